// The alarm: follows survey's answers, and opens, joins or enriches cases. Which of these is decided by
// domain/answer.h.
#pragma once

#include "platform/feed/consumer.h"

namespace hoiam::loop {

class AnswerFollower final : public feed::EventHandler {
 public:
  void Want(const hoiam::event::v1::Event& event, db::UnitOfWork& uow) override;
  absl::Status Apply(const hoiam::event::v1::Event& event, db::UnitOfWork& uow, absl::Time now) override;
};

}  // namespace hoiam::loop
