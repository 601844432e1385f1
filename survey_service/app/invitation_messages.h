// What the CRM is told to send: names, phones and links are not in the feed, so they are read when it is told.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/context.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

// In the order asked for; ids that are unknown are left out. In test mode without phone and mail address: nothing can
// be sent to anybody.
absl::StatusOr<v1::GetInvitationMessagesResponse> GetInvitationMessages(const Deps& deps, const rpc::CallContext& ctx,
                                                                        const v1::GetInvitationMessagesRequest& q);

}  // namespace hoiam::survey
