#include "scoring_service/app/fresh_reads.h"

#include "platform/base/status.h"
#include "platform/feed/token.h"
#include "platform/rpc/tenant_db.h"

namespace hoiam::scoring {

absl::StatusOr<View> FreshReads::Open(const rpc::CallContext& ctx,
                                      const google::protobuf::RepeatedPtrField<std::string>& tokens) const {
  HOIAM_ASSIGN_OR_RETURN(const auto positions,
                         feed::DecodeTokens(std::vector<absl::string_view>(tokens.begin(), tokens.end())));
  HOIAM_ASSIGN_OR_RETURN(db::TenantDb db, rpc::OpenDb(pool_, ctx));
  HOIAM_ASSIGN_OR_RETURN(const Shown shown, shown_());
  for (feed::Consumer* consumer : shown.consumers)
    HOIAM_RETURN_IF_ERROR(consumer->WaitFor(positions, ctx.deadline, db));
  return View{std::move(db), shown.generation};
}

absl::TimeZone FreshReads::zone() const {
  const absl::StatusOr<Shown> shown = shown_();
  return shown.ok() ? shown->generation.zone : absl::UTCTimeZone();
}

}  // namespace hoiam::scoring
