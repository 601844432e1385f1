// Every number of scoring_service, with its reason.
#pragma once

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace hoiam::scoring {

// Fewer answers give an interval too wide to act on; the row says so (requirements.md D4, GapVisor and others use 30).
inline constexpr int64_t kEnoughAnswers = 30;
// Cut by team a row is about named people: fewer answers than this would show who said what (D11).
inline constexpr int64_t kSmallestGroup = 5;
// A score older than this no longer tells how the customer feels (E10).
inline constexpr absl::Duration kStaleAfter = absl::Hours(24 * 180);
// A complaint or return that nobody closed for a month was forgotten, not left open: as loop's policy says by default.
inline constexpr absl::Duration kComplaintOpenFor = absl::Hours(24 * 30);
// Revenue represented by an answer: what the customer spent in the year before it.
inline constexpr absl::Duration kRevenueWindow = absl::Hours(24 * 365);
// Rows of one GetScores: ten years of days for two groups and more; keeps a reply under 16 MiB.
inline constexpr size_t kMaxScoreRows = 10'000;
// Answers that are read one by one when no rollup fits: about half a second of one connection.
inline constexpr int64_t kMaxScannedAnswers = 200'000;
// Answers fetched at a time while scanning: the driver buffers a whole result, so this bounds memory.
inline constexpr int64_t kScanPage = 5'000;
// Groups read with one statement; a power of two.
inline constexpr size_t kKeysPerRead = 64;
// People whose earlier answers are read with one statement; a power of two.
inline constexpr size_t kPeoplePerRead = 512;
// Passives that are counted for the total of a work list: about a second of one connection.
inline constexpr int64_t kMaxCountedPassives = 200'000;
// Interactions that are looked at for the share of loyal customers: about a second of one connection.
inline constexpr int64_t kMaxCountedInteractions = 1'000'000;
// Items that a satisfaction sheet names, the newest: more are a list of their own.
inline constexpr size_t kMaxShownItems = 20;
// Weeks of a heat map when nobody says which.
inline constexpr int kHeatMapWeeks = 12;
// Targets, and improvements, of one tenant: more are a list nobody reads, and a write reads them all.
inline constexpr size_t kMaxSettings = 1'000;
// Characters of a comment that are kept beside the answer: enough for the line of a list. The whole is the survey's.
inline constexpr size_t kCommentBeginning = 200;
// Days before and after an improvement: a quarter if nobody says, a year at most.
inline constexpr int kUsualEffectDays = 90;
inline constexpr int kMaxEffectDays = 366;
// Strata of one weighted score.
inline constexpr int kMaxStrata = 1'000;
// What an improvement is called, in bytes; a value of a dimension (as its columns have it).
inline constexpr size_t kMaxSettingName = 256;
inline constexpr size_t kMaxDimensionValue = 64;
// Sheets of one BatchGetSatisfaction.
inline constexpr int kMaxSheets = 200;
// The way of counting: changed whenever answers that are stored would be counted otherwise. Figures of another layout
// are made again.
inline constexpr int64_t kLayout = 2;

// How long to wait for a connection to the database, and before the next try.
inline constexpr absl::Duration kDatabaseWait = absl::Seconds(5);
inline constexpr absl::Duration kDatabaseRetry = absl::Milliseconds(100);
// How often a process looks which generation is shown: what the others show a second later.
inline constexpr absl::Duration kLookAtGenerations = absl::Seconds(1);
// The same while a generation catches up: it is shown once it stands where the shown one stood a look ago.
inline constexpr absl::Duration kLookWhileCatchingUp = absl::Milliseconds(100);
// A process that could not look for so long does not answer: what it would read may be deleted by now.
inline constexpr absl::Duration kTrustALook = absl::Seconds(10);
// A generation that is not shown any more is followed and kept for so long: for reads that have begun on it, and for
// processes that have not looked yet. Several times kTrustALook.
inline constexpr absl::Duration kKeepReplaced = absl::Seconds(40);
// Who reads or deletes a generation and dies is followed by another after this; renewed from half of it on.
inline constexpr absl::Duration kRebuildLease = absl::Seconds(15);
// How long to wait before what failed is tried again, and how often for failures that waiting may not help.
inline constexpr absl::Duration kRebuildRetry = absl::Seconds(1);
inline constexpr int kRebuildTries = 5;
// Rows deleted with one statement: no lock is held for long.
inline constexpr int64_t kDeleteAtOnce = 2'000;

}  // namespace hoiam::scoring
