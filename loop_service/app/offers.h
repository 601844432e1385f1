// The do-not-sell gate: whoever wants to sell asks here first. A refusal is recorded, an override too.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/event/v1/event.pb.h"
#include "hoiam/loop/v1/loop_service.pb.h"
#include "loop_service/app/playbook_cache.h"
#include "platform/db/session.h"
#include "platform/rpc/context.h"
#include "platform/rpc/write.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

class Offers {
 public:
  // All must outlive it.
  Offers(db::Pool& pool, rpc::Writer& writer, PlaybookCache& playbooks)
      : pool_(pool), writer_(writer), playbooks_(playbooks) {}

  // Decided in the customer's partition, under whose lock cases are opened and closed too.
  void Check(const rpc::CallContext& ctx, const pb::CheckOfferRequest& q, rpc::Reply<pb::CheckOfferResponse> reply);
  absl::StatusOr<pb::ListOfferChecksResponse> List(const rpc::CallContext& ctx, const pb::ListOfferChecksRequest& q);

 private:
  db::Pool& pool_;
  rpc::Writer& writer_;
  PlaybookCache& playbooks_;
};

// Of the feed: which complaints and returns are open. `event` holds an interaction. What was recorded as history is
// complete.
void WantOpenInteraction(const hoiam::event::v1::Event& event, db::UnitOfWork& uow);
void KeepOpenInteraction(const hoiam::event::v1::Event& event, db::UnitOfWork& uow);

}  // namespace hoiam::loop
