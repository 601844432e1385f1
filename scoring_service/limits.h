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
// Characters of a comment that are kept beside the answer: enough for the line of a list. The whole is the survey's.
inline constexpr size_t kCommentBeginning = 200;
// Sheets of one BatchGetSatisfaction.
inline constexpr int kMaxSheets = 200;
// The way of counting: changed whenever answers that are stored would be counted otherwise. Figures of another layout
// are made again.
inline constexpr int64_t kLayout = 1;

// How long a start waits for a database that comes up at the same time, and how often it looks.
inline constexpr absl::Duration kDatabaseWait = absl::Seconds(10);
inline constexpr absl::Duration kDatabaseRetry = absl::Milliseconds(100);

}  // namespace hoiam::scoring
