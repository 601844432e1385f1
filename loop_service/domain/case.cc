#include "loop_service/domain/case.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "loop_service/limits.h"

namespace hoiam::loop {
namespace {

CaseAnswer InCase(const Answer& a, AnswerRole role) {
  CaseAnswer out;
  out.response_id = a.response_id;
  out.role = role;
  out.metric = a.metric;
  out.score = a.score;
  out.comment = a.comment;
  out.touchpoint = a.touchpoint;
  out.responded_at = a.responded_at;
  return out;
}

// The customer has spoken: if the case waited for that, it goes on.
CaseState AfterCustomersWord(const Case& c) { return NextState(c.state, CaseVerb::kCustomerReply).value_or(c.state); }

}  // namespace

absl::string_view Name(CaseKind k) {
  switch (k) {
    case CaseKind::kDetractor:
      return "DETRACTOR";
    case CaseKind::kPassive:
      return "PASSIVE";
    case CaseKind::kPromoter:
      return "PROMOTER";
    case CaseKind::kFeedback:
      return "FEEDBACK";
  }
  return "";
}

absl::string_view Name(CaseOrigin o) { return o == CaseOrigin::kProactive ? "PROACTIVE" : "REACTIVE"; }

absl::string_view Name(Relation r) {
  switch (r) {
    case Relation::kSamePerson:
      return "SAME_PERSON";
    case Relation::kSameLot:
      return "SAME_LOT";
    case Relation::kSameTouchpoint:
      return "SAME_TOUCHPOINT";
    case Relation::kSameShop:
      return "SAME_SHOP";
  }
  return "";
}

absl::string_view Name(Deadline d) {
  switch (d) {
    case Deadline::kAcknowledge:
      return "ACKNOWLEDGE";
    case Deadline::kContact:
      return "CONTACT";
    case Deadline::kResolve:
      return "RESOLVE";
  }
  return "";
}

void Record(Case& c, absl::string_view actor, absl::string_view action, CaseState to, std::string note,
            absl::Time now) {
  HistoryLine line;
  line.time = now;
  line.actor = std::string(actor);
  line.action = std::string(action);
  if (c.version > 0) line.from = c.state;
  line.to = to;
  line.note = std::move(note);
  line.version = ++c.version;
  c.state = to;
  c.update_time = now;
  c.history.push_back(std::move(line));
}

const std::string& SubjectOf(const Case& c) {
  return c.customer_id.empty() ? c.answers.front().response_id : c.customer_id;
}

bool IsFull(const Case& c) {
  if (c.history.size() >= kMaxHistoryLines) return true;
  size_t bytes = 0;
  for (const HistoryLine& line : c.history) bytes += line.note.size();
  for (const CaseAnswer& a : c.answers) bytes += a.comment.size();
  return bytes >= kMaxCaseTextBytes;
}

Case OpenCase(std::string case_id, const Answer& answer, std::string team, absl::Time now) {
  Case c;
  c.case_id = std::move(case_id);
  c.priority = PriorityOf(answer.metric, *answer.score);
  c.customer_id = answer.customer_id;
  c.answers.push_back(InCase(answer, AnswerRole::kOpened));
  c.team = std::move(team);
  c.touchpoint = answer.touchpoint;
  c.create_time = now;
  Record(c, kSystemActor, kActionOpen, CaseState::kNew, absl::StrCat(answer.metric, " ", *answer.score), now);
  return c;
}

bool AttachAnswer(Case& c, const Answer& answer, absl::Time now) {
  if (IsFull(c)) return false;
  c.answers.push_back(InCase(answer, AnswerRole::kAttached));
  c.priority = std::min(c.priority, PriorityOf(answer.metric, *answer.score));
  Record(c, kSystemActor, kActionAttach, AfterCustomersWord(c), absl::StrCat(answer.metric, " ", *answer.score), now);
  return true;
}

bool AmendAnswer(Case& c, const Answer& answer, const KnownAnswer& known, absl::Time now) {
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
  if (answer.score && answer.score != it->score) {
    said.push_back(absl::StrCat(answer.metric, " ", it->score.value_or(0), " → ", *answer.score,
                                answer.detractor ? "" : ", no longer a detractor"));
    it->score = *answer.score;
    if (answer.detractor && IsOpen(c.state))
      c.priority = std::min(c.priority, PriorityOf(answer.metric, *answer.score));
  }
  if (answer.comment != it->comment) {
    said.push_back(answer.comment.empty() ? "comment removed"
                   : it->comment.empty()  ? "comment added"
                                          : "comment changed");
    if (!answer.comment.empty()) to = AfterCustomersWord(c);
    it->comment = answer.comment;
  }
  if (said.empty()) return false;
  it->touchpoint = answer.touchpoint;
  Record(c, kSystemActor, kActionAmend, to, absl::StrJoin(said, "; "), now);
  return true;
}

}  // namespace hoiam::loop
