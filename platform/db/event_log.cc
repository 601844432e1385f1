#include "platform/db/event_log.h"

#include "absl/strings/str_cat.h"
#include "hoiam/feed/v1/feed.pb.h"
#include "platform/base/status.h"

namespace hoiam::db {
namespace {

// Few partitions, so few texts.
std::string LockSql(size_t n) {
  std::string marks;
  for (size_t i = 0; i < n; ++i) marks += i ? ", ?" : "?";
  return absl::StrCat("SELECT partition_id, next_seq, epoch FROM event_head WHERE partition_id IN (", marks,
                      ") ORDER BY partition_id FOR UPDATE");
}

constexpr char kAppend[] =
    "INSERT INTO event_log (partition_id, seq, batch_id, envelope, committed_at) VALUES (?, ?, ?, ?, ?)";
constexpr char kMove[] = "UPDATE event_head SET next_seq = ? WHERE partition_id = ?";
constexpr char kEnds[] = "SELECT partition_id, epoch, next_seq FROM event_head WHERE partition_id >= 0";
constexpr char kLook[] = "SELECT 1 FROM event_log WHERE partition_id = ? AND seq = ? AND batch_id = ?";

}  // namespace

absl::StatusOr<std::map<uint32_t, Head>> LockHeads(Session& session, const std::set<uint32_t>& partitions) {
  Values params;
  for (uint32_t p : partitions) params.push_back(int64_t{p});
  std::map<uint32_t, Head> heads;
  HOIAM_RETURN_IF_ERROR(session.Query(LockSql(partitions.size()), params, [&](const Row& r) {
    heads[static_cast<uint32_t>(r.Int(0))] = {static_cast<uint64_t>(r.Int(1)), static_cast<uint64_t>(r.Int(2))};
  }));
  if (heads.size() != partitions.size()) return absl::InternalError("event_head lacks partitions: run hoiam-migrate");
  return heads;
}

absl::StatusOr<std::vector<Committed>> AppendEnvelopes(Session& session, const std::map<uint32_t, Head>& heads,
                                                       const std::set<uint32_t>& touched, const UnitOfWork& uow,
                                                       const std::string& batch_id, absl::Time now) {
  std::map<uint32_t, hoiam::feed::v1::Batch> batches;
  for (uint32_t p : touched) batches[p];
  for (const auto& e : uow.events()) batches[e.partition].add_events(e.event);
  std::vector<Committed> out;
  for (const auto& [p, batch] : batches) {
    const Head& head = heads.at(p);
    auto payload = std::make_shared<const std::string>(batch.SerializeAsString());
    HOIAM_RETURN_IF_ERROR(
        session.Run(kAppend, {int64_t{p}, static_cast<int64_t>(head.next_seq), batch_id, *payload, now}).status());
    HOIAM_RETURN_IF_ERROR(session.Run(kMove, {static_cast<int64_t>(head.next_seq + 1), int64_t{p}}).status());
    out.push_back({{p, head.epoch, head.next_seq}, now, std::move(payload)});
  }
  return out;
}

absl::StatusOr<std::vector<LogPosition>> ReadLogEnds(const TenantDb& db) {
  std::vector<LogPosition> ends;
  HOIAM_RETURN_IF_ERROR(db.system()->Query(kEnds, {}, [&](const Row& r) {
    ends.push_back(
        {static_cast<uint32_t>(r.Int(0)), static_cast<uint64_t>(r.Int(1)), static_cast<uint64_t>(r.Int(2)) - 1});
  }));
  return ends;
}

absl::StatusOr<bool> WasCommitted(Session& session, const std::vector<Committed>& written,
                                  const std::string& batch_id) {
  std::set<uint32_t> partitions;
  for (const Committed& c : written) partitions.insert(c.at.partition);
  bool found = false;
  HOIAM_RETURN_IF_ERROR(InTransaction(session, [&]() -> absl::Status {
    HOIAM_RETURN_IF_ERROR(LockHeads(session, partitions).status());
    const Committed& c = written.front();
    return session.Query(kLook, {int64_t{c.at.partition}, static_cast<int64_t>(c.at.seq), batch_id},
                         [&](const Row&) { found = true; });
  }));
  return found;
}

}  // namespace hoiam::db
