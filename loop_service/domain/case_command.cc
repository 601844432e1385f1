#include "loop_service/domain/case_command.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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

// Each makes its changes and answers the line of history.
std::string Do(Case& c, const Acknowledge& x, absl::string_view actor) {
  if (c.owner.empty()) c.owner = std::string(actor);
  return x.note;
}
std::string Do(Case& c, const Assign& x, absl::string_view) {
  c.owner = x.owner;
  if (!x.team.empty()) c.team = x.team;
  return WithNote(absl::StrCat("owner ", x.owner.empty() ? "nobody" : x.owner, ", team ", c.team), x.note);
}
std::string Do(Case&, const AddNote& x, absl::string_view) { return x.text; }
std::string Do(Case&, const Contact& x, absl::string_view) {
  return WithNote(absl::StrCat(x.channel, " ", Name(x.outcome)), x.note);
}
std::string Do(Case& c, const Resolve& x, absl::string_view) {
  c.root_cause = x.root_cause;
  c.originator_team = x.originator_team;
  c.resolution = x.resolution;
  c.customer_reply = x.customer_reply;
  if (x.compensation) c.compensation = x.compensation;
  return x.resolution;
}
std::string Do(Case& c, const Verify& x, absl::string_view) {
  c.verification = x.evidence;
  return WithNote(x.evidence == Verification::kScore ? "SCORE" : "CUSTOMER_WORD", x.note);
}
std::string Do(Case&, const Close& x, absl::string_view) { return x.note; }
std::string Do(Case& c, const Reopen& x, absl::string_view) {
  c.verification = Verification::kNone;
  return x.reason;
}
std::string Do(Case&, const Cancel& x, absl::string_view) { return x.reason; }

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
                        [](const Resolve&) { return CaseVerb::kResolve; },
                        [](const Verify&) { return CaseVerb::kVerify; },
                        [](const Close&) { return CaseVerb::kClose; },
                        [](const Reopen&) { return CaseVerb::kReopen; },
                        [](const Cancel&) { return CaseVerb::kCancel; },
                    },
                    command);
}

int Contacts(const Case& c) {
  return static_cast<int>(std::count_if(c.history.begin(), c.history.end(), [](const HistoryLine& line) {
    return line.action == Name(CaseVerb::kContact);
  }));
}

Refusal Apply(Case& c, const CaseCommand& command, absl::string_view actor, absl::Time now) {
  const CaseVerb verb = VerbOf(command);
  const auto to = NextState(c.state, verb);
  if (!to) return Refusal::kTransition;
  if (const auto* x = std::get_if<Resolve>(&command);
      x && x->customer_reply.empty() && Contacts(c) < kContactsInsteadOfReply)
    return Refusal::kNeedsCustomerReply;
  if (!EndsCase(verb) && IsFull(c)) return Refusal::kFull;

  std::string note = std::visit([&](const auto& x) { return Do(c, x, actor); }, command);
  Record(c, actor, Name(verb), *to, std::move(note), now);
  if (verb == CaseVerb::kReopen) SetDeadlines(c, now);
  return Refusal::kNone;
}

}  // namespace hoiam::loop
