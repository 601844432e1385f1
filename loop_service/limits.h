// The numbers of loop_service, each with its reason.
#pragma once

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace hoiam::loop {

// The policy that Hoiam brings. Service levels are in the time of the team's calendar (AddWorkingTime), from the moment
// a case is opened or reopened.
inline constexpr absl::Duration kAcknowledgeP1 = absl::Hours(2);       // danger
inline constexpr absl::Duration kAcknowledgeP2 = absl::Hours(8);       // a working day
inline constexpr absl::Duration kAcknowledgeWithin = absl::Hours(24);  // a day of silence makes a complaint worse
inline constexpr absl::Duration kContactWithin = absl::Hours(48);      // what a customer who complained waits for
inline constexpr absl::Duration kResolveWithin = absl::Hours(7 * 24);  // a week for what needs a repair or a refund
inline constexpr absl::Duration kMaxWait = absl::Hours(7 * 24);        // then somebody asks the customer again
inline constexpr absl::Duration kEscalateEvery = absl::Hours(1);       // time to look and take it
// The recovery survey is asked 14 days after resolving and has 14 to be answered.
inline constexpr absl::Duration kVerifyAfter = absl::Hours(28 * 24);
inline constexpr absl::Duration kSaidTwiceWithin = absl::Hours(180 * 24);  // half a year: a fix of then is forgotten
inline constexpr absl::Duration kComplaintOpenFor = absl::Hours(30 * 24);  // what nobody completed is not open for ever

// The playbook. It is read whole when it changed, and kept in memory per tenant.
inline constexpr size_t kMaxSettings = 1000;         // of a kind: a chain of 800 shops has 800 teams
inline constexpr size_t kMaxCalendars = 100;         // one may be 60 KB
inline constexpr size_t kMaxAlarmRules = 100;        // every answer is held against each
inline constexpr size_t kMaxCachedPlaybooks = 1000;  // tenants that changed something and are at work
inline constexpr int kMaxCauseLevels = 5;            // driver to cause; a deeper tree is not found one's way in
inline constexpr size_t kMaxNameBytes = 256;
inline constexpr size_t kMaxEmailBytes = 254;  // RFC 5321
inline constexpr int kMaxTeamsOfMember = 20;
inline constexpr int kMaxAbsences = 50;
inline constexpr int kMaxWorkingHours = 50;
inline constexpr int kMaxHolidays = 200;
inline constexpr int kMaxTetDays = 15;
inline constexpr int kMaxRank = 1'000'000;
inline constexpr int kMaxConditionValues = 200;  // of one list of an alarm rule
inline constexpr int kMaxScore = 1000;           // of any scale, either way
inline constexpr size_t kMaxKeywordChars = 64;
inline constexpr int kMaxRoles = 50;
inline constexpr size_t kMaxBrandBytes = 128;
// Durations of a policy: less is no time to do anything in, more is a promise for another year.
inline constexpr absl::Duration kMinLevel = absl::Minutes(1);
inline constexpr absl::Duration kMaxLevel = absl::Hours(365 * 24);

// The clock of cases. What it takes is done in a transaction or two: a lease that ends is of a replica that died.
inline constexpr int kCasesAtOnce = 100;
inline constexpr absl::Duration kClockLease = absl::Seconds(30);
// A case and the event that tells of it, as they are on average.
inline constexpr size_t kCaseBytes = 8 << 10;

// So many tries to reach a customer stand in for the customer's own reply.
inline constexpr int kContactsInsteadOfReply = 2;

// What a case keeps beside its history.
inline constexpr size_t kMaxNeeds = 20;  // more is a catalogue, not what one person needs
inline constexpr size_t kMaxNeedChars = 1000;
inline constexpr size_t kMaxHandoffs = 50;  // the last ones; the history has all

// The loop rate reads every case of its time, 100 bytes each: half a second and 20 MB at most.
inline constexpr size_t kMaxLoopRateCases = 200'000;
inline constexpr int kEnoughAnswers = 30;  // as for every figure: fewer say little

// What a customer spent is asked for over a year.
inline constexpr absl::Duration kSpentWithin = absl::Hours(365 * 24);
// Older purchases are not kept: history that is imported costs nothing here. A month more, for answers that come late.
inline constexpr absl::Duration kPurchasesKept = absl::Hours(396 * 24);

// Fixes of one cause in one place that are remembered: the latest decides, the rest is for looking back.
inline constexpr size_t kMaxFixes = 20;

// Prose of staff: notes, reasons, resolutions. Two pages; more belongs in an attachment of the CRM.
inline constexpr size_t kMaxProseChars = 4000;
// Names of people as the CRM's login gives them.
inline constexpr size_t kMaxPersonBytes = 128;
// Shops and lots as the CRM names them; keys of said-it-twice.
inline constexpr size_t kMaxPlaceBytes = 128;

// The conversation with the customer.
inline constexpr size_t kMinLinkKeyBytes = 32;         // as long as what it signs with
inline constexpr size_t kMaxMessageChars = 20'000;     // ten pages; more belongs in a file
inline constexpr size_t kMaxPageMessageChars = 4'000;  // of the form on the status page
inline constexpr size_t kMaxSubjectBytes = 256;
inline constexpr size_t kMaxMailBytes = 1 << 20;  // words, and a small picture in the signature
inline constexpr int64_t kMaxMailsAnHour = 20;    // of one case; more is two machines talking

// The status page has 30 KiB at most: the last steps, and as much of a text as tells what it is about.
inline constexpr size_t kMaxSteps = 20;
inline constexpr size_t kMaxStepChars = 400;
inline constexpr size_t kMaxShownChars = 1500;

// A case is one row and one event, written whole on every change: its growth is bounded, so that no change costs more
// than this. 1,000 lines are three a day for a year.
inline constexpr size_t kMaxHistoryLines = 1000;
inline constexpr size_t kMaxCaseTextBytes = 512 << 10;

// A page of cases ends early rather than outgrow a gRPC message (16 MiB on every hop).
inline constexpr size_t kMaxPageBytes = 4 << 20;

}  // namespace hoiam::loop
