// What the gateway does with the feeds of survey_service and loop_service: it tells the outside.
#pragma once

#include "platform/feed/consumer.h"

namespace hoiam::gateway {

class EventHandler final : public feed::EventHandler {
 public:
  void Want(const event::v1::Event& event, db::UnitOfWork& uow) override;
  absl::Status Apply(const event::v1::Event& event, db::UnitOfWork& uow, absl::Time now) override;
};

}  // namespace hoiam::gateway
