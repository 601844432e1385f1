// What talking with the customer does to a case. The words themselves are kept as messages beside it.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "loop_service/domain/case.h"

namespace hoiam::loop {

// Who acts when the customer does: by mail, or on the status page.
inline constexpr absl::string_view kCustomerActor = "customer";

// The customer said something, by `channel`: a case that waited for that goes on. Words are heard in every state: who
// writes to a case that is over may have it reopened. A full case only counts them.
void HearCustomer(Case& c, absl::string_view actor, absl::string_view channel, absl::Time now);

// The staff said something. With `await_reply` the case waits for the customer now; else it is in progress. False, and
// nothing changed, when the case is not open.
bool TellCustomer(Case& c, absl::string_view actor, absl::string_view channel, bool await_reply, absl::Time now);

// What the customer's yes or no on the status page means as the case is.
enum class Word {
  kNone,       // nobody asked
  kAccepts,    // the proposal
  kDeclines,   // it
  kSettled,    // it is resolved, and it is
  kUnsettled,  // it is not
};
Word WordOf(const Case& c, bool yes);
// Whether the customer can still write.
bool MayWrite(const Case& c);

}  // namespace hoiam::loop
