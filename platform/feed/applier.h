// Applies events to this service's schema, one transaction at a time: what readers of a feed and of a backfill share.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hoiam/event/v1/event.pb.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"
#include "platform/db/unit_of_work.h"
#include "platform/db/write_combiner.h"

namespace hoiam::feed {

// What a consumer does with events. Pure apart from the unit of work; may run several times for one event.
class EventHandler {
 public:
  virtual ~EventHandler() = default;
  // Says which rows the event needs. Called in rounds until nothing new is wanted.
  virtual void Want(const hoiam::event::v1::Event& event, db::UnitOfWork& uow) = 0;
  // Applies it. Must be a no-op for an event whose revision is already in. UNIMPLEMENTED for a kind it does not know:
  // the consumer stops and says so. Any other error parks the event after a few tries.
  virtual absl::Status Apply(const hoiam::event::v1::Event& event, db::UnitOfWork& uow, absl::Time now) = 0;
};

// Where an event lies in what is read. Parked events are kept by it.
struct Place {
  uint32_t partition = 0;
  uint64_t seq = 0;
  int position = 0;
  auto operator<=>(const Place&) const = default;
};

struct PlacedEvent {
  Place place;
  hoiam::event::v1::Event event;
};

struct ApplierOptions {
  std::string consumer;  // own name: "scoring"
  std::string source;    // whose events: "survey"
  int tries = 3;         // before an event is parked
  // For a consumer whose service has its own log: its partition count, and where to publish what it commits.
  uint32_t own_partitions = 0;  // 0: no own log
  std::function<void(const db::Committed&)> on_commit;
};

// For one thread.
class Applier {
 public:
  // The first statements of a transaction, which make sure that nobody else applies the same; `parks`: feed_parked will
  // change with it. When it answers OUT_OF_RANGE, nothing was applied and the events have to be looked at again.
  using Guard = std::function<absl::Status(db::Session& session, bool parks)>;
  struct Done {
    uint64_t applied = 0, parked = 0;
  };

  Applier(db::Pool& pool, EventHandler& handler, const Clock& clock, ApplierOptions options)
      : pool_(pool), handler_(handler), clock_(clock), options_(std::move(options)) {}

  // The connection, made again when it was lost. Outside of Apply, statements on it must end with COMMIT or ROLLBACK.
  absl::StatusOr<db::Session*> Session();
  // Reads whose events are parked: their later ones are parked behind them.
  absl::Status ReadParked();

  // Applies all events in one transaction, whatever it takes: again after a deadlock; after other failures one by one,
  // with what cannot be applied parked. Answers what it came to, or: UNAVAILABLE when the connection was lost (the
  // outcome is unknown: what the guard wrote tells), UNIMPLEMENTED for an event of a kind that is not known, and
  // OUT_OF_RANGE of the guard. What was found to be poison before such an answer is remembered.
  absl::StatusOr<Done> Apply(const std::vector<PlacedEvent>& events, const Guard& guard);

 private:
  absl::StatusOr<Done> Transact(const std::vector<PlacedEvent>& events, const Guard* guard,
                                std::optional<Place>& guilty);
  absl::StatusOr<std::optional<Place>> FindGuilty(const std::vector<PlacedEvent>& events);
  uint32_t OwnPartition(const hoiam::event::v1::Event& event) const;

  db::Pool& pool_;
  EventHandler& handler_;
  const Clock& clock_;
  const ApplierOptions options_;
  std::unique_ptr<db::Session> session_;
  std::set<std::pair<std::string, std::string>> parked_;  // (tenant, subject)
  std::map<Place, std::string> poison_;                   // to be parked with the next commit, and why
};

}  // namespace hoiam::feed
