// What this service does with the events of the others: one use case per kind.
#pragma once

#include "absl/time/time.h"
#include "platform/feed/consumer.h"

namespace hoiam::scoring {

// Interactions, invitations and answers.
class SurveyFeed : public feed::EventHandler {
 public:
  explicit SurveyFeed(absl::TimeZone reporting_zone) : zone_(reporting_zone) {}
  void Want(const hoiam::event::v1::Event& event, db::UnitOfWork& uow) override;
  absl::Status Apply(const hoiam::event::v1::Event& event, db::UnitOfWork& uow, absl::Time now) override;

 private:
  const absl::TimeZone zone_;
};

// Cases.
class LoopFeed : public feed::EventHandler {
 public:
  void Want(const hoiam::event::v1::Event& event, db::UnitOfWork& uow) override;
  absl::Status Apply(const hoiam::event::v1::Event& event, db::UnitOfWork& uow, absl::Time now) override;
};

}  // namespace hoiam::scoring
