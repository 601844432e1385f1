// From a respondent's token to the invitation that it opens.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "platform/rpc/context.h"
#include "survey_service/app/deps.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {

// Who acts behind a link.
inline constexpr char kRespondent[] = "respondent";

// NOT_FOUND LINK_UNKNOWN. Blocks.
absl::StatusOr<InvitationRow> OpenToken(const Deps& deps, const rpc::CallContext& ctx, absl::string_view token);

// The caller as the tenant's respondent: a page has no tenant and no key of its own.
rpc::CallContext RespondentContext(rpc::CallContext ctx, const std::string& tenant);

}  // namespace hoiam::survey
