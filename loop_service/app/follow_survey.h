// What loop does with what survey tells.
#pragma once

#include "loop_service/app/playbook_cache.h"
#include "platform/feed/consumer.h"

namespace hoiam::loop {

class SurveyFollower final : public feed::EventHandler {
 public:
  explicit SurveyFollower(PlaybookCache& playbooks) : playbooks_(playbooks) {}

  void Want(const hoiam::event::v1::Event& event, db::UnitOfWork& uow) override;
  absl::Status Apply(const hoiam::event::v1::Event& event, db::UnitOfWork& uow, absl::Time now) override;

 private:
  PlaybookCache& playbooks_;
};

}  // namespace hoiam::loop
