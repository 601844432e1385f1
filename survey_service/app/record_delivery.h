// What others report about a message on its way.
#pragma once

#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

// By the table in domain/delivery.h; a report that is late or comes again changes nothing. NOT_FOUND
// INVITATION_NOT_FOUND. Blocks: looks up whose it is.
void RecordDelivery(const Deps& deps, const rpc::CallContext& ctx, const v1::RecordDeliveryRequest& q,
                    rpc::Reply<v1::RecordDeliveryResponse> reply);

// A person looks at the page. NOT_FOUND LINK_UNKNOWN. Blocks.
void MarkOpened(const Deps& deps, const rpc::CallContext& ctx, const v1::MarkOpenedRequest& q,
                rpc::Reply<v1::MarkOpenedResponse> reply);

}  // namespace hoiam::survey
