#include "gateway/store/events.h"

#include <algorithm>

#include "gateway/limits.h"
#include "platform/base/status.h"

namespace hoiam::gateway {
namespace {

constexpr char kSeqOf[] = "SELECT seq FROM public_event WHERE tenant_id = ? AND event_id = ?";
constexpr char kEnd[] = "SELECT next_seq FROM event_order WHERE tenant_id = ?";
constexpr char kNextSeq[] =
    "SELECT seq FROM public_event FORCE INDEX (PRIMARY) WHERE tenant_id = ? AND seq > ? ORDER BY seq LIMIT 1";
constexpr char kAfter[] =
    "SELECT tenant_id, seq, event_id, type, subject, occurred_at, body FROM public_event FORCE INDEX (PRIMARY) "
    "WHERE tenant_id = ? AND seq BETWEEN ? AND ? AND (? = '' OR FIND_IN_SET(type, ?) > 0) ORDER BY seq LIMIT ?";
constexpr char kLastId[] =
    "SELECT seq, event_id FROM public_event FORCE INDEX (PRIMARY) WHERE tenant_id = ? AND seq <= ? ORDER BY seq DESC "
    "LIMIT 1";
constexpr char kBySeq[] =
    "SELECT tenant_id, seq, event_id, type, subject, occurred_at, body FROM public_event FORCE INDEX (PRIMARY) "
    "WHERE tenant_id = ? AND seq IN (?, ?, ?, ?, ?, ?, ?, ?)";
constexpr char kBetween[] =
    "SELECT seq, occurred_at FROM public_event FORCE INDEX (public_event_by_time) "
    "WHERE tenant_id = ? AND occurred_at >= ? AND occurred_at < ? AND FIND_IN_SET(type, ?) > 0 "
    "ORDER BY occurred_at, seq LIMIT ?";
constexpr char kBodiesBetween[] =
    "SELECT seq, occurred_at, body FROM public_event FORCE INDEX (public_event_by_time) "
    "WHERE tenant_id = ? AND occurred_at >= ? AND occurred_at < ? AND FIND_IN_SET(type, ?) > 0 "
    "ORDER BY occurred_at, seq LIMIT ?";
constexpr char kForget[] =
    "DELETE FROM public_event WHERE tenant_id = ? AND occurred_at < ? ORDER BY occurred_at LIMIT 1000";

static_assert(kMaxParallel == 8, "kBySeq has as many");

absl::StatusOr<std::optional<int64_t>> ReadInt(const db::TenantDb& db, const char* sql, const db::Values& params) {
  std::optional<int64_t> found;
  HOIAM_RETURN_IF_ERROR(db.Query(sql, params, [&](const db::Row& r) { found = r.Int(0); }));
  return found;
}

}  // namespace

absl::StatusOr<std::optional<int64_t>> FindEventSeq(const db::TenantDb& db, const std::string& event_id) {
  return ReadInt(db, kSeqOf, {event_id});
}

absl::StatusOr<EventPage> ReadEventsAfter(const db::TenantDb& db, int64_t after, const std::string& types, int limit) {
  EventPage page;
  page.seq = after;
  // Up to where the order stood before the rest is read: all of that is committed.
  HOIAM_ASSIGN_OR_RETURN(const auto end, ReadInt(db, kEnd, {}));
  HOIAM_ASSIGN_OR_RETURN(const auto first, ReadInt(db, kNextSeq, {after}));
  if (!end || !first) return page;
  const int64_t last = std::min(*end - 1, *first + kMaxEventsScanned - 1);
  HOIAM_RETURN_IF_ERROR(db.Query(kAfter, {*first, last, types, types, int64_t{limit}},
                                 [&](const db::Row& r) { page.events.push_back(PublicEventRow::Read(r)); }));
  if (page.events.size() == static_cast<size_t>(limit)) {
    page.seq = page.events.back().seq;
    page.last_id = page.events.back().event_id;
    return page;
  }
  HOIAM_RETURN_IF_ERROR(db.Query(kLastId, {last}, [&](const db::Row& r) {
    if (r.Int(0) <= after) return;
    page.seq = r.Int(0);
    page.last_id = r.Bytes(1);
  }));
  return page;
}

absl::StatusOr<std::vector<PublicEventRow>> ReadEventsBySeq(const db::TenantDb& db, const std::vector<int64_t>& seqs) {
  std::vector<PublicEventRow> events;
  if (seqs.empty()) return events;
  db::Values params;
  for (size_t i = 0; i < kMaxParallel; ++i) params.push_back(seqs[std::min(i, seqs.size() - 1)]);
  HOIAM_RETURN_IF_ERROR(db.Query(kBySeq, params, [&](const db::Row& r) { events.push_back(PublicEventRow::Read(r)); }));
  return events;
}

absl::StatusOr<std::vector<EventRef>> FindEventsBetween(const db::TenantDb& db, absl::Time start, absl::Time end,
                                                        const std::string& types, int limit,
                                                        const std::function<bool(const std::string& body)>& wants) {
  std::vector<EventRef> found;
  HOIAM_RETURN_IF_ERROR(
      db.Query(wants ? kBodiesBetween : kBetween, {start, end, types, int64_t{limit}}, [&](const db::Row& r) {
        found.push_back({r.Int(0), r.Time(1), !wants || wants(r.Bytes(2))});
      }));
  return found;
}

absl::StatusOr<int64_t> ForgetEvents(const db::TenantDb& db, absl::Time before) { return db.Run(kForget, {before}); }

}  // namespace hoiam::gateway
