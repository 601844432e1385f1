// Where a consumer stands, and what it had to set aside. SQL only.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "hoiam/event/v1/event.pb.h"
#include "hoiam/feed/v1/feed.pb.h"
#include "platform/db/session.h"

namespace hoiam::feed {

struct Cursor {
  uint32_t partition = 0;
  uint64_t epoch = 0;
  uint64_t seq = 0;
  int64_t parked_version = 0;
};

// Makes the cursor at the start of the log when there is none. Commits.
absl::Status EnsureCursor(db::Session& s, const std::string& consumer, const std::string& source,
                          const hoiam::feed::v1::Position& end);
absl::StatusOr<std::map<uint32_t, Cursor>> ReadCursors(db::Session& s, const std::string& consumer,
                                                       const std::string& source);
// Where this service's own log ends, by partition.
absl::StatusOr<std::vector<hoiam::feed::v1::Position>> ReadEnds(db::Session& s, const std::string& source);
// Forgets all that a consumer knows of a source: cursors and parked events.
absl::Status ForgetConsumer(db::Session& s, const std::string& consumer, const std::string& source);
// Makes the cursor at `at`, where there is none.
absl::Status PutCursor(db::Session& s, const std::string& consumer, const std::string& source,
                       const hoiam::feed::v1::Position& at);
// Compare-and-set; false when the cursor is no longer at `from`.
absl::StatusOr<bool> MoveCursor(db::Session& s, const std::string& consumer, const std::string& source,
                                const Cursor& from, const Cursor& to);

absl::StatusOr<std::set<std::pair<std::string, std::string>>> ReadParkedSubjects(db::Session& s,
                                                                                 const std::string& consumer,
                                                                                 const std::string& source);
absl::Status Park(db::Session& s, const std::string& consumer, const std::string& source, uint32_t partition,
                  uint64_t seq, int position, const hoiam::event::v1::Event& event, const std::string& why,
                  absl::Time now);

}  // namespace hoiam::feed
