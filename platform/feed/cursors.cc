#include "platform/feed/cursors.h"

#include "platform/base/status.h"

namespace hoiam::feed {
namespace {

constexpr char kEnsure[] =
    "INSERT INTO feed_cursor (consumer, source, partition_id, epoch, seq, parked_version) VALUES (?, ?, ?, ?, 0, 0) "
    "ON DUPLICATE KEY UPDATE seq = seq";
constexpr char kRead[] =
    "SELECT partition_id, epoch, seq, parked_version FROM feed_cursor WHERE consumer = ? AND source = ?";
constexpr char kMove[] =
    "UPDATE feed_cursor SET seq = ?, parked_version = ? "
    "WHERE consumer = ? AND source = ? AND partition_id = ? AND epoch = ? AND seq = ? AND parked_version = ?";
constexpr char kSubjects[] =
    "SELECT DISTINCT tenant_id, subject FROM feed_parked WHERE consumer = ? AND source = ? AND subject <> ''";
constexpr char kPark[] =
    "INSERT INTO feed_parked (consumer, source, partition_id, seq, position, tenant_id, subject, event, error, "
    "parked_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

constexpr char kEnds[] = "SELECT partition_id, next_seq, epoch FROM event_head ORDER BY partition_id";
constexpr char kForgetCursors[] = "DELETE FROM feed_cursor WHERE consumer = ? AND source = ?";
constexpr char kForgetParked[] = "DELETE FROM feed_parked WHERE consumer = ? AND source = ?";
constexpr char kPut[] =
    "INSERT INTO feed_cursor (consumer, source, partition_id, epoch, seq, parked_version) VALUES (?, ?, ?, ?, ?, 0)";

}  // namespace

absl::Status EnsureCursor(db::Session& s, const std::string& consumer, const std::string& source,
                          const hoiam::feed::v1::Position& end) {
  HOIAM_RETURN_IF_ERROR(
      s.Run(kEnsure, {consumer, source, int64_t{end.partition()}, static_cast<int64_t>(end.epoch())}).status());
  return s.Execute("COMMIT");
}

absl::StatusOr<std::map<uint32_t, Cursor>> ReadCursors(db::Session& s, const std::string& consumer,
                                                       const std::string& source) {
  std::map<uint32_t, Cursor> cursors;
  HOIAM_RETURN_IF_ERROR(s.Query(kRead, {consumer, source}, [&](const db::Row& r) {
    const auto id = static_cast<uint32_t>(r.Int(0));
    cursors[id] = {id, static_cast<uint64_t>(r.Int(1)), static_cast<uint64_t>(r.Int(2)), r.Int(3)};
  }));
  return cursors;
}

absl::StatusOr<std::vector<hoiam::feed::v1::Position>> ReadEnds(db::Session& s, const std::string& source) {
  std::vector<hoiam::feed::v1::Position> ends;
  HOIAM_RETURN_IF_ERROR(s.Query(kEnds, {}, [&](const db::Row& r) {
    auto& end = ends.emplace_back();
    end.set_source(source);
    end.set_partition(static_cast<uint32_t>(r.Int(0)));
    end.set_seq(static_cast<uint64_t>(r.Int(1)) - 1);
    end.set_epoch(static_cast<uint64_t>(r.Int(2)));
  }));
  return ends;
}

absl::Status ForgetConsumer(db::Session& s, const std::string& consumer, const std::string& source) {
  HOIAM_RETURN_IF_ERROR(s.Run(kForgetParked, {consumer, source}).status());
  return s.Run(kForgetCursors, {consumer, source}).status();
}

absl::Status PutCursor(db::Session& s, const std::string& consumer, const std::string& source,
                       const hoiam::feed::v1::Position& at) {
  return s
      .Run(kPut, {consumer, source, int64_t{at.partition()}, static_cast<int64_t>(at.epoch()),
                  static_cast<int64_t>(at.seq())})
      .status();
}

absl::StatusOr<bool> MoveCursor(db::Session& s, const std::string& consumer, const std::string& source,
                                const Cursor& from, const Cursor& to) {
  HOIAM_ASSIGN_OR_RETURN(
      const int64_t rows,
      s.Run(kMove, {static_cast<int64_t>(to.seq), to.parked_version, consumer, source, int64_t{from.partition},
                    static_cast<int64_t>(from.epoch), static_cast<int64_t>(from.seq), from.parked_version}));
  return rows == 1;
}

absl::StatusOr<std::set<std::pair<std::string, std::string>>> ReadParkedSubjects(db::Session& s,
                                                                                 const std::string& consumer,
                                                                                 const std::string& source) {
  std::set<std::pair<std::string, std::string>> subjects;
  HOIAM_RETURN_IF_ERROR(
      s.Query(kSubjects, {consumer, source}, [&](const db::Row& r) { subjects.emplace(r.Bytes(0), r.Bytes(1)); }));
  return subjects;
}

absl::Status Park(db::Session& s, const std::string& consumer, const std::string& source, uint32_t partition,
                  uint64_t seq, int position, const hoiam::event::v1::Event& event, const std::string& why,
                  absl::Time now) {
  return s
      .Run(kPark, {consumer, source, int64_t{partition}, static_cast<int64_t>(seq), int64_t{position},
                   event.tenant_id(), event.subject(), event.SerializeAsString(), why, now})
      .status();
}

}  // namespace hoiam::feed
