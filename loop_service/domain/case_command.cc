#include "loop_service/domain/case_command.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "loop_service/domain/conversation.h"
#include "loop_service/limits.h"

namespace hoiam::loop {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

// "owner hoa, team cskh: takes over tomorrow"
std::string WithNote(std::string facts, const std::string& note) {
  if (note.empty()) return facts;
  return facts.empty() ? note : absl::StrCat(facts, ": ", note);
}

// What must always stay possible, so that a full case can be brought to its end.
bool EndsCase(CaseVerb v) {
  return v == CaseVerb::kResolve || v == CaseVerb::kVerify || v == CaseVerb::kClose || v == CaseVerb::kCancel;
}

// The case changes hands.
void HandOver(Case& c, const Assign& x, absl::string_view actor, absl::Time now) {
  const std::string& team = x.team.empty() ? c.team : x.team;
  if (team == c.team && x.owner == c.owner) return;
  Handoff h{now, c.team, team, c.owner, x.owner, std::nullopt};
  if (!x.owner.empty() && x.owner == actor) h.taken_at = now;
  if (c.handoffs.size() >= kMaxHandoffs) c.handoffs.erase(c.handoffs.begin());
  c.handoffs.push_back(std::move(h));
  c.owner = x.owner;
  c.team = team;
}

}  // namespace

void TakeOver(Case& c, absl::string_view actor, absl::Time now) {
  if (c.handoffs.empty() || c.handoffs.back().taken_at || actor == kSystemActor || actor == kCustomerActor) return;
  Handoff& last = c.handoffs.back();
  const auto given = std::find_if(c.history.rbegin(), c.history.rend(),
                                  [](const HistoryLine& line) { return line.action == Name(CaseVerb::kAssign); });
  const bool by_giver = given != c.history.rend() && given->actor == actor;
  if (last.to_owner.empty() ? !by_giver : last.to_owner == actor) last.taken_at = now;
}

namespace {

// Each makes its changes and answers the line of history.
struct Doing {
  Case& c;
  absl::string_view actor;
  absl::Time now;

  std::string operator()(const Acknowledge& x) const {
    if (c.owner.empty()) c.owner = std::string(actor);
    return x.note;
  }
  std::string operator()(const Assign& x) const {
    HandOver(c, x, actor, now);
    return WithNote(absl::StrCat("owner ", c.owner.empty() ? "nobody" : c.owner, ", team ", c.team), x.note);
  }
  std::string operator()(const AddNote& x) const { return x.text; }
  std::string operator()(const Contact& x) const {
    return WithNote(absl::StrCat(x.channel, " ", Name(x.outcome)), x.note);
  }
  std::string operator()(const Diagnose& x) const {
    c.root_cause = x.root_cause;
    if (!x.originator_team.empty()) c.originator_team = x.originator_team;
    if (!x.lot.empty()) c.lot = x.lot;
    return WithNote(x.root_cause, x.note);
  }
  std::string operator()(const AddNeed& x) const {
    c.needs.push_back({x.need_id, x.kind, x.text, std::string(actor), now});
    return x.text;
  }
  std::string operator()(const Propose& x) const {
    c.solution = Solution{x.text, SolutionState::kProposed, std::string(actor), now, std::nullopt};
    return x.text;
  }
  std::string operator()(const AnswerSolution& x) const {
    c.solution->state = x.accepted ? SolutionState::kAccepted : SolutionState::kDeclined;
    c.solution->answered_at = now;
    return WithNote(x.accepted ? "ACCEPTED" : "DECLINED", x.note);
  }
  std::string operator()(const Compensate& x) const {
    c.compensation = x.compensation;
    const Compensation& got = x.compensation;
    return WithNote(absl::StrCat(got.type, got.amount.empty() ? "" : absl::StrCat(" ", got.amount, " ", got.currency)),
                    x.note);
  }
  std::string operator()(const Resolve& x) const {
    if (c.owner.empty()) c.owner = std::string(actor);
    c.resolved_by = c.owner;
    c.root_cause = x.root_cause;
    c.originator_team = x.originator_team;
    c.resolution = x.resolution;
    c.customer_reply = x.customer_reply;
    c.cause_removed = x.cause_removed;
    if (x.compensation) c.compensation = x.compensation;
    return x.resolution;
  }
  std::string operator()(const Verify& x) const {
    c.verification = x.evidence;
    return WithNote(x.evidence == Verification::kScore ? "SCORE" : "CUSTOMER_WORD", x.note);
  }
  std::string operator()(const Close& x) const { return x.note; }
  std::string operator()(const Reopen& x) const {
    c.verification = Verification::kNone;
    return x.reason;
  }
  std::string operator()(const Cancel& x) const { return x.reason; }
};

// What went before the case was last reopened says nothing about it now.
absl::Span<const HistoryLine> LinesSinceStart(const Case& c) {
  const auto reopened = std::find_if(c.history.rbegin(), c.history.rend(),
                                     [](const HistoryLine& line) { return line.action == Name(CaseVerb::kReopen); });
  return absl::MakeConstSpan(c.history).subspan(c.history.rend() - reopened);
}

// The customer wrote, or answered a proposal.
bool CustomerSpoke(const Case& c) {
  const auto lines = LinesSinceStart(c);
  return std::any_of(lines.begin(), lines.end(), [](const HistoryLine& line) {
    return line.action == Name(CaseVerb::kCustomerMessage) || line.action == Name(CaseVerb::kAnswerSolution);
  });
}

Refusal Check(const Case& c, const Resolve& x) {
  const bool heard = !x.customer_reply.empty() || CustomerSpoke(c);
  return heard || Contacts(c) >= kContactsInsteadOfReply ? Refusal::kNone : Refusal::kNeedsCustomerReply;
}
Refusal Check(const Case& c, const AnswerSolution&) {
  const bool waits = c.solution && c.solution->state == SolutionState::kProposed;
  return waits ? Refusal::kNone : Refusal::kNoSolutionProposed;
}
Refusal Check(const Case& c, const AddNeed&) {
  return c.needs.size() < kMaxNeeds ? Refusal::kNone : Refusal::kNeedsFull;
}
template <class Other>
Refusal Check(const Case&, const Other&) {
  return Refusal::kNone;
}

}  // namespace

absl::string_view Name(ContactOutcome o) {
  switch (o) {
    case ContactOutcome::kReached:
      return "REACHED";
    case ContactOutcome::kNotReached:
      return "NOT_REACHED";
    case ContactOutcome::kAwaitingReply:
      return "AWAITING_REPLY";
  }
  return "";
}

CaseVerb VerbOf(const CaseCommand& command) {
  return std::visit(Overloaded{
                        [](const Acknowledge&) { return CaseVerb::kAcknowledge; },
                        [](const Assign&) { return CaseVerb::kAssign; },
                        [](const AddNote&) { return CaseVerb::kNote; },
                        [](const Contact& x) {
                          return x.outcome == ContactOutcome::kAwaitingReply ? CaseVerb::kAwaitReply
                                                                             : CaseVerb::kContact;
                        },
                        [](const Diagnose&) { return CaseVerb::kDiagnose; },
                        [](const AddNeed&) { return CaseVerb::kNeed; },
                        [](const Propose&) { return CaseVerb::kPropose; },
                        [](const AnswerSolution&) { return CaseVerb::kAnswerSolution; },
                        [](const Compensate&) { return CaseVerb::kCompensate; },
                        [](const Resolve&) { return CaseVerb::kResolve; },
                        [](const Verify&) { return CaseVerb::kVerify; },
                        [](const Close&) { return CaseVerb::kClose; },
                        [](const Reopen&) { return CaseVerb::kReopen; },
                        [](const Cancel&) { return CaseVerb::kCancel; },
                    },
                    command);
}

int Contacts(const Case& c) {
  const auto lines = LinesSinceStart(c);
  return static_cast<int>(std::count_if(lines.begin(), lines.end(), [](const HistoryLine& line) {
    return line.action == Name(CaseVerb::kContact) || line.action == Name(CaseVerb::kMessage);
  }));
}

Refusal Apply(Case& c, const CaseCommand& command, absl::string_view actor, absl::Time now) {
  const CaseVerb verb = VerbOf(command);
  const auto to = NextState(c.state, verb);
  if (!to) return Refusal::kTransition;
  const Refusal refusal = std::visit([&](const auto& x) { return Check(c, x); }, command);
  if (refusal != Refusal::kNone) return refusal;
  if (!EndsCase(verb) && IsFull(c)) return Refusal::kFull;

  TakeOver(c, actor, now);
  std::string note = std::visit(Doing{c, actor, now}, command);
  Record(c, actor, Name(verb), *to, std::move(note), now);
  return Refusal::kNone;
}

absl::Duration WaitOf(const Case& c, size_t i, absl::Time now) {
  const Handoff& h = c.handoffs[i];
  absl::Time until = now;
  if (h.taken_at)
    until = *h.taken_at;
  else if (i + 1 < c.handoffs.size())
    until = c.handoffs[i + 1].time;
  else if (!IsOpen(c.state))
    until = c.resolved_at.value_or(c.update_time);
  return std::max(until - h.time, absl::ZeroDuration());
}

Case OpenCase(const OpenByHand& call, absl::string_view actor, absl::Time now) {
  Case c;
  c.case_id = call.case_id;
  c.kind = call.kind;
  c.priority = call.priority;
  c.customer_id = call.customer_id;
  c.origin = call.origin;
  c.reason = call.reason;
  c.touchpoint = call.touchpoint;
  c.shop = call.shop;
  c.lot = call.lot;
  c.team = call.team;
  c.owner = call.owner;
  c.create_time = now;
  Record(c, actor, kActionOpen, CaseState::kNew, call.reason, now);
  return c;
}

bool WasOpenedBy(const Case& c, const OpenByHand& call) {
  return c.customer_id == call.customer_id && c.kind == call.kind && c.origin == call.origin &&
         c.reason == call.reason && c.touchpoint == call.touchpoint && c.shop == call.shop;
}

}  // namespace hoiam::loop
