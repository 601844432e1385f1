#include "survey_service/app/token.h"

#include "platform/base/status.h"
#include "survey_service/domain/link.h"
#include "survey_service/errors.h"
#include "survey_service/store/invitation_reader.h"

namespace hoiam::survey {

absl::StatusOr<InvitationRow> OpenToken(const Deps& deps, const rpc::CallContext& ctx, absl::string_view token) {
  HOIAM_ASSIGN_OR_RETURN(const db::SystemDb db, db::SystemDb::Open(deps.pool, ctx.deadline));
  HOIAM_ASSIGN_OR_RETURN(auto row, ReadInvitationByToken(db, TokenHash(token)));
  if (!row) return LinkUnknown();
  return *std::move(row);
}

rpc::CallContext RespondentContext(rpc::CallContext ctx, const std::string& tenant) {
  ctx.tenant = tenant;
  ctx.principal = kRespondent;
  ctx.idempotency_key.clear();
  return ctx;
}

}  // namespace hoiam::survey
