#include "platform/feed/applier.h"

#include "absl/strings/str_cat.h"
#include "platform/base/ids.h"
#include "platform/base/status.h"
#include "platform/db/event_log.h"
#include "platform/db/mysql_error.h"
#include "platform/feed/cursors.h"
#include "platform/observe/log.h"

namespace hoiam::feed {
namespace {

using hoiam::event::v1::Event;

constexpr int kMaxRounds = 6;  // of Want
constexpr char kCommit[] = "COMMIT";

}  // namespace

absl::StatusOr<db::Session*> Applier::Session() {
  if (session_ && session_->healthy()) return session_.get();
  session_.reset();
  HOIAM_ASSIGN_OR_RETURN(session_, pool_.Open());
  HOIAM_RETURN_IF_ERROR(session_->Execute("SET autocommit = 0"));
  return session_.get();
}

absl::Status Applier::ReadParked() {
  HOIAM_ASSIGN_OR_RETURN(db::Session * session, Session());
  HOIAM_ASSIGN_OR_RETURN(parked_, ReadParkedSubjects(*session, options_.consumer, options_.source));
  return session->Execute("ROLLBACK");
}

absl::StatusOr<Applier::Done> Applier::Apply(const std::vector<PlacedEvent>& events, const Guard& guard) {
  for (int attempt = 1;; ++attempt) {
    std::optional<Place> guilty;
    const absl::StatusOr<Done> done = Transact(events, &guard, guilty);
    const absl::Status& s = done.status();
    if (s.ok()) {
      poison_.clear();
      return done;
    }
    if (session_ && session_->healthy()) session_->Execute("ROLLBACK").IgnoreError();
    if (db::IsLost(s) || s.code() == absl::StatusCode::kUnimplemented) return s;
    if (s.code() == absl::StatusCode::kOutOfRange && !guilty) return s;
    // A duplicate: another transaction made the row first. Decided again, it is found.
    if ((db::IsRetry(s) || db::IsDuplicate(s)) && attempt < 20) continue;
    if (attempt < options_.tries) {
      clock_.Sleep(absl::Milliseconds(10 * attempt));
      continue;
    }
    if (!guilty) {
      HOIAM_ASSIGN_OR_RETURN(guilty, FindGuilty(events));
      if (!guilty) return s;
    }
    poison_[*guilty] = std::string(s.message());
    observe::Error("feed.parked", {{"source", options_.source},
                                   {"partition", absl::StrCat(guilty->partition)},
                                   {"seq", absl::StrCat(guilty->seq)},
                                   {"error", std::string(s.message())}});
    attempt = options_.tries - 1;
  }
}

// A failure while writing names no event: try each one alone, without committing.
absl::StatusOr<std::optional<Place>> Applier::FindGuilty(const std::vector<PlacedEvent>& events) {
  for (const PlacedEvent& e : events) {
    if (poison_.contains(e.place)) continue;
    std::optional<Place> unused;
    const absl::Status s = Transact({e}, nullptr, unused).status();
    if (session_ && session_->healthy()) session_->Execute("ROLLBACK").IgnoreError();
    if (db::IsLost(s)) return s;
    if (!s.ok() && !db::IsRetry(s)) return std::optional(e.place);
  }
  return std::optional<Place>();
}

// One transaction over all events; without a guard nothing is committed. `guilty` is the event whose Apply failed, if
// one did.
absl::StatusOr<Applier::Done> Applier::Transact(const std::vector<PlacedEvent>& events, const Guard* guard,
                                                std::optional<Place>& guilty) {
  HOIAM_ASSIGN_OR_RETURN(db::Session * session, Session());
  if (guard) HOIAM_RETURN_IF_ERROR((*guard)(*session, !poison_.empty()));
  const absl::Time now = absl::FromUnixMicros(absl::ToUnixMicros(clock_.Now()));
  std::map<uint32_t, db::Head> heads;
  if (options_.own_partitions > 0) {
    std::set<uint32_t> own;
    for (const PlacedEvent& e : events) own.insert(OwnPartition(e.event));
    if (!own.empty()) {
      HOIAM_ASSIGN_OR_RETURN(heads, db::LockHeads(*session, own));
    }
  }

  db::UnitOfWork uow;
  for (int round = 0;; ++round) {
    for (const auto& [place, event] : events) {
      if (poison_.contains(place)) continue;
      uow.Begin(0, event.tenant_id());
      handler_.Want(event, uow);
      if (absl::Status s = uow.violation(); !s.ok()) {
        guilty = place;
        return s;
      }
    }
    if (!uow.NeedsLoad()) break;
    if (round == kMaxRounds) return absl::InternalError("a handler wants rows without end");
    HOIAM_RETURN_IF_ERROR(uow.Load(*session));
  }

  std::set<uint32_t> touched;
  auto parked_now = parked_;
  Done done;
  for (const auto& [place, event] : events) {
    const std::pair<std::string, std::string> subject(event.tenant_id(), event.subject());
    std::string why;
    if (const auto it = poison_.find(place); it != poison_.end())
      why = it->second;
    else if (!event.subject().empty() && parked_now.contains(subject))
      why = "behind a parked event of the same customer";
    if (!why.empty()) {
      if (guard)
        HOIAM_RETURN_IF_ERROR(Park(*session, options_.consumer, options_.source, place.partition, place.seq,
                                   place.position, event, why, now));
      parked_now.insert(subject);
      ++done.parked;
      continue;
    }
    uow.Begin(options_.own_partitions > 0 ? OwnPartition(event) : 0, event.tenant_id());
    absl::Status s = handler_.Apply(event, uow, now);
    s.Update(uow.violation());
    if (!s.ok()) {
      if (s.code() == absl::StatusCode::kUnimplemented)
        return MakeError(
            absl::StatusCode::kUnimplemented, "UNKNOWN_EVENT",
            absl::StrCat("an event of a kind that this release does not know, at seq ", place.seq, ": upgrade"));
      guilty = place;
      return s;
    }
    ++done.applied;
    if (uow.Wrote() && options_.own_partitions > 0) touched.insert(OwnPartition(event));
  }
  HOIAM_RETURN_IF_ERROR(uow.Flush(*session));
  if (!guard) return done;
  std::vector<db::Committed> written;
  if (!touched.empty()) {
    HOIAM_ASSIGN_OR_RETURN(written, db::AppendEnvelopes(*session, heads, touched, uow, NewUuid(now), now));
  }
  HOIAM_RETURN_IF_ERROR(session->Execute(kCommit));  // outcome unknown when lost: what the guard wrote tells
  for (const auto& c : written)
    if (options_.on_commit) options_.on_commit(c);
  parked_ = std::move(parked_now);
  return done;
}

uint32_t Applier::OwnPartition(const Event& e) const {
  // An anonymous answer has no subject: its own id decides, as it does for calls about what it caused.
  const bool anonymous = e.subject().empty() && e.has_response();
  return PartitionOf(e.tenant_id(), anonymous ? e.response().response().response_id() : e.subject(),
                     options_.own_partitions);
}

}  // namespace hoiam::feed
