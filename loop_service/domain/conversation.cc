#include "loop_service/domain/conversation.h"

#include "loop_service/domain/case_command.h"

namespace hoiam::loop {

void HearCustomer(Case& c, absl::string_view actor, absl::string_view channel, absl::Time now) {
  TakeOver(c, actor, now);
  ++c.messages;
  c.last_customer_message_at = now;
  const CaseState to = NextState(c.state, CaseVerb::kCustomerMessage).value_or(c.state);
  if (to != c.state || !IsFull(c)) Record(c, actor, kActionCustomerMessage, to, std::string(channel), now);
}

bool TellCustomer(Case& c, absl::string_view actor, absl::string_view channel, bool await_reply, absl::Time now) {
  const auto to = NextState(c.state, await_reply ? CaseVerb::kAskByMessage : CaseVerb::kMessage);
  if (!to) return false;
  TakeOver(c, actor, now);
  ++c.messages;
  Record(c, actor, Name(CaseVerb::kMessage), *to, std::string(channel), now);
  return true;
}

Word WordOf(const Case& c, bool yes) {
  if (IsOpen(c.state) && c.solution && c.solution->state == SolutionState::kProposed)
    return yes ? Word::kAccepts : Word::kDeclines;
  if (c.state == CaseState::kResolved) return yes ? Word::kSettled : Word::kUnsettled;
  return Word::kNone;
}

bool MayWrite(const Case& c) { return c.state != CaseState::kClosed && c.state != CaseState::kCancelled; }

}  // namespace hoiam::loop
