// What this service does with the events of the others, in one generation: one use case per kind.
#pragma once

#include "absl/time/time.h"
#include "platform/feed/consumer.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// Customers, interactions, invitations, answers, usage, and the tenant's own metrics.
class SurveyFeed : public feed::EventHandler {
 public:
  explicit SurveyFeed(Generation generation) : generation_(generation) {}
  void Want(const hoiam::event::v1::Event& event, db::UnitOfWork& uow) override;
  absl::Status Apply(const hoiam::event::v1::Event& event, db::UnitOfWork& uow, absl::Time now) override;

 private:
  const Generation generation_;
};

// Cases.
class LoopFeed : public feed::EventHandler {
 public:
  explicit LoopFeed(Generation generation) : generation_(generation) {}
  void Want(const hoiam::event::v1::Event& event, db::UnitOfWork& uow) override;
  absl::Status Apply(const hoiam::event::v1::Event& event, db::UnitOfWork& uow, absl::Time now) override;

 private:
  const Generation generation_;
};

}  // namespace hoiam::scoring
