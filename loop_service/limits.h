// The numbers of loop_service, each with its reason.
#pragma once

#include <cstddef>

#include "absl/time/time.h"

namespace hoiam::loop {

// Service levels, in plain hours from the moment a case is opened or reopened.
inline constexpr absl::Duration kAcknowledgeWithin = absl::Hours(24);  // a day of silence makes a complaint worse
inline constexpr absl::Duration kContactWithin = absl::Hours(48);      // what a customer who complained waits for
inline constexpr absl::Duration kResolveWithin = absl::Hours(7 * 24);  // a week for what needs a repair or a refund

// The clock that marks missed deadlines: an alarm about one is a second late at most, an idle look is one indexed read.
inline constexpr absl::Duration kLookEvery = absl::Seconds(1);
inline constexpr absl::Duration kLookWithin = absl::Seconds(10);
// A look is one batch of the write combiner at most, whatever has come due while nobody looked.
inline constexpr int kMaxDueCases = 100;

// So many tries to reach a customer stand in for the customer's own reply.
inline constexpr int kContactsInsteadOfReply = 2;

// Prose of staff: notes, reasons, resolutions. Two pages; more belongs in an attachment of the CRM.
inline constexpr size_t kMaxProseChars = 4000;
// Names of people as the CRM's login gives them.
inline constexpr size_t kMaxPersonBytes = 128;

// A case is one row and one event, written whole on every change: its growth is bounded, so that no change costs more
// than this. 1,000 lines are three a day for a year.
inline constexpr size_t kMaxHistoryLines = 1000;
inline constexpr size_t kMaxCaseTextBytes = 512 << 10;

// A page of cases ends early rather than outgrow a gRPC message (16 MiB on every hop).
inline constexpr size_t kMaxPageBytes = 4 << 20;

}  // namespace hoiam::loop
