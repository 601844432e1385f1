// What customers say about being asked, with its proof.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

// The same id and body again is the same success; another body is ID_REUSED.
void CreateConsent(const Deps& deps, const rpc::CallContext& ctx, const v1::CreateConsentRequest& q,
                   rpc::Reply<v1::CreateConsentResponse> reply);

// Newest first, with what was kept before consents had ids. CUSTOMER_NOT_FOUND.
absl::StatusOr<v1::ListConsentsResponse> ListConsents(const Deps& deps, const rpc::CallContext& ctx,
                                                      const v1::ListConsentsRequest& q);

}  // namespace hoiam::survey
