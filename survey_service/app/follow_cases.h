// Follows loop's cases: a case that is resolved is an occasion to ask (recovery surveys), and one that is opened again
// takes back what was not sent yet.
#pragma once

#include "platform/feed/consumer.h"
#include "survey_service/domain/link.h"

namespace hoiam::survey {

class CaseFollower final : public feed::EventHandler {
 public:
  // `links` must outlive it.
  explicit CaseFollower(const LinkMaker& links) : links_(links) {}
  void Want(const hoiam::event::v1::Event& event, db::UnitOfWork& uow) override;
  absl::Status Apply(const hoiam::event::v1::Event& event, db::UnitOfWork& uow, absl::Time now) override;

 private:
  const LinkMaker& links_;
};

}  // namespace hoiam::survey
