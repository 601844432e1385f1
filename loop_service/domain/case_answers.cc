#include "loop_service/domain/case_answers.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace hoiam::loop {
namespace {

std::string ScoreOf(const Answer& a) { return a.score ? absl::StrCat(a.metric, " ", *a.score) : "in words"; }

CaseAnswer InCase(const Answer& a, AnswerRole role, const Alarm& alarm) {
  CaseAnswer out;
  out.response_id = a.response_id;
  out.role = role;
  out.metric = a.metric;
  out.score = a.score;
  out.comment = a.comment;
  out.touchpoint = a.touchpoint;
  out.rule = alarm.rule;
  out.reasons = alarm.reasons;
  out.responded_at = a.responded_at;
  return out;
}

// "NPS 3", and what else it rang for: "NPS 10, “rò điện”".
std::string NoteOf(const Answer& a, const Alarm& alarm) {
  std::vector<std::string> parts = {ScoreOf(a)};
  for (const std::string& reason : alarm.reasons)
    if (reason != parts.front()) parts.push_back(reason);
  return absl::StrJoin(parts, ", ");
}

// The customer has spoken: if the case waited for that, it goes on.
CaseState AfterCustomersWord(const Case& c) { return NextState(c.state, CaseVerb::kCustomerReply).value_or(c.state); }

void Verify(Case& c, std::string note, absl::Time now) {
  c.verification = Verification::kScore;
  Record(c, kSystemActor, Name(CaseVerb::kVerify), CaseState::kVerified, std::move(note), now);
}

// What a score given after the recovery survey comes to; `otherwise` is done when it changes no state.
void Judge(Case& c, const Answer& a, absl::string_view otherwise, std::string note, bool may_reopen, absl::Time now) {
  if (a.score && a.detractor() && may_reopen && NextState(c.state, CaseVerb::kReopen)) {
    Record(c, kSystemActor, Name(CaseVerb::kReopen), CaseState::kReopened, std::move(note), now);
    c.verification = Verification::kNone;
  } else if (a.score && !a.detractor() && NextState(c.state, CaseVerb::kVerify)) {
    Verify(c, std::move(note), now);
  } else {
    Record(c, kSystemActor, otherwise, AfterCustomersWord(c), std::move(note), now);
  }
}

}  // namespace

CaseKind KindOf(const Answer& a) {
  if (!a.score) return CaseKind::kFeedback;
  switch (a.band) {
    case Band::kBest:
      return CaseKind::kPromoter;
    case Band::kMiddle:
      return CaseKind::kPassive;
    case Band::kWorst:
      return CaseKind::kDetractor;
    case Band::kNone:
      break;
  }
  return CaseKind::kFeedback;
}

Case OpenCase(std::string case_id, const Answer& answer, const Alarm& alarm, std::string team, std::string owner,
              absl::Time now) {
  Case c;
  c.case_id = std::move(case_id);
  c.kind = KindOf(answer);
  c.priority = alarm.priority;
  c.rule = alarm.rule;
  c.customer_id = answer.customer_id;
  c.answers.push_back(InCase(answer, AnswerRole::kOpened, alarm));
  c.team = std::move(team);
  c.owner = std::move(owner);
  c.touchpoint = answer.touchpoint;
  c.shop = answer.shop;
  c.lot = answer.lot;
  c.create_time = now;
  Record(c, kSystemActor, kActionOpen, CaseState::kNew, NoteOf(answer, alarm), now);
  return c;
}

bool AttachAnswer(Case& c, const Answer& answer, const Alarm& alarm, absl::Time now) {
  if (IsFull(c)) return false;
  c.answers.push_back(InCase(answer, AnswerRole::kAttached, alarm));
  c.priority = std::min(c.priority, alarm.priority);
  Record(c, kSystemActor, kActionAttach, AfterCustomersWord(c), NoteOf(answer, alarm), now);
  return true;
}

bool AmendAnswer(Case& c, const Answer& answer, const KnownAnswer& known, const std::optional<Alarm>& alarm,
                 bool may_reopen, absl::Time now) {
  const auto it = std::find_if(c.answers.begin(), c.answers.end(),
                               [&](const CaseAnswer& a) { return a.response_id == answer.response_id; });
  if (it == c.answers.end() || IsFull(c)) return false;

  std::vector<std::string> said;
  CaseState to = c.state;
  if (c.customer_id.empty() && !answer.customer_id.empty()) {
    said.push_back("claimed by its customer");
    c.customer_id = answer.customer_id;
  }
  if (answer.voided && !known.voided)
    said.push_back(absl::StrCat("answer voided", answer.void_reason.empty() ? "" : ": ", answer.void_reason));
  const bool rescored = answer.score && answer.score != it->score;
  if (rescored) {
    said.push_back(absl::StrCat(answer.metric, " ", it->score ? absl::StrCat(*it->score) : "without score", " → ",
                                *answer.score, answer.detractor() ? "" : ", no longer a detractor"));
    it->score = answer.score;
  }
  if (answer.comment != it->comment) {
    said.push_back(answer.comment.empty() ? "comment removed"
                   : it->comment.empty()  ? "comment added"
                                          : "comment changed");
    if (!answer.comment.empty()) to = AfterCustomersWord(c);
    it->comment = answer.comment;
  }
  if (alarm && !answer.voided) {
    if (IsOpen(c.state) && alarm->priority < c.priority) {
      said.push_back(
          absl::StrCat(Name(c.priority), " → ", Name(alarm->priority), ": ", absl::StrJoin(alarm->reasons, ", ")));
      c.priority = alarm->priority;
    }
    it->rule = alarm->rule;
    it->reasons = alarm->reasons;
  }
  if (said.empty()) return false;
  it->touchpoint = answer.touchpoint;
  std::string note = absl::StrJoin(said, "; ");
  if (it->recovery && rescored && !answer.voided)
    Judge(c, answer, kActionAmend, std::move(note), may_reopen, now);
  else
    Record(c, kSystemActor, kActionAmend, to, std::move(note), now);
  return true;
}

bool TakeRecoveryAnswer(Case& c, const Answer& answer, bool may_reopen, absl::Time now) {
  if (c.state == CaseState::kCancelled || IsFull(c)) return false;
  CaseAnswer item = InCase(answer, AnswerRole::kAttached, {});
  item.recovery = true;
  c.answers.push_back(std::move(item));
  Judge(c, answer, kActionAttach, absl::StrCat(ScoreOf(answer), " after the recovery survey"), may_reopen, now);
  return true;
}

void NoteStillUnhappy(Case& c, const Answer& answer, absl::Time now) {
  if (IsFull(c)) return;
  CaseAnswer item = InCase(answer, AnswerRole::kAttached, {});
  item.recovery = true;
  c.answers.push_back(std::move(item));
  Record(c, kSystemActor, kActionAmend, c.state,
         absl::StrCat(ScoreOf(answer), " after the recovery survey; goes on in the open case"), now);
}

bool VerifyByLaterAnswer(Case& c, const Answer& answer, absl::Time now) {
  if (!NextState(c.state, CaseVerb::kVerify) || c.answers.empty() || !answer.score || IsFull(c)) return false;
  const CaseAnswer& first = c.answers.front();
  // What opened it was in the band that its kind says.
  const bool better = (c.kind == CaseKind::kDetractor && answer.band > Band::kWorst) ||
                      (c.kind == CaseKind::kPassive && answer.band > Band::kMiddle);
  const bool later = c.resolved_at ? answer.responded_at > *c.resolved_at : answer.responded_at > first.responded_at;
  if (answer.metric != first.metric || !better || !later) return false;
  Verify(c, ScoreOf(answer), now);
  return true;
}

}  // namespace hoiam::loop
