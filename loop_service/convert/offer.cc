#include "loop_service/convert/offer.h"

#include "loop_service/limits.h"
#include "platform/base/ids.h"
#include "platform/base/status.h"
#include "platform/base/text.h"
#include "platform/proto/time.h"

namespace hoiam::loop {
namespace {

static_assert(static_cast<int>(OfferBlock::kOpenReturn) == pb::OfferBlock::OPEN_RETURN &&
              static_cast<int>(OfferBlock::kOpenCase) == pb::OfferBlock::OPEN_CASE);

absl::Status ReadBooleans(Filter& f) {
  for (Filter& part : f.parts) HOIAM_RETURN_IF_ERROR(ReadBooleans(part));
  if (f.kind != Filter::Kind::kCompare || f.field != "overridden") return absl::OkStatus();
  if (f.op != FilterOp::kEq && f.op != FilterOp::kNe)
    return InvalidFilter(f.position, "overridden is compared with = or !=");
  if (f.value.text != "true" && f.value.text != "false")
    return InvalidFilter(f.position, "overridden is compared with true or false");
  f.value.number = f.value.text == "true" ? 1 : 0;
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckOffer(const pb::CheckOfferRequest& q) {
  Violations v;
  CheckClientId(q.customer_id(), "customerId", v);
  if (q.purpose() == pb::OfferPurpose::UNSPECIFIED)
    v.Add("purpose", "REQUIRED", "is required");
  else if (!pb::OfferPurpose::Code_IsValid(q.purpose()))
    v.Add("purpose", "UNKNOWN_VALUE", "is not a purpose");
  CheckProse(q.override_reason(), "overrideReason", kMaxProseChars, v);
  return v.ToStatus();
}

pb::OfferCheck ToRecord(absl::string_view check_id, const pb::CheckOfferRequest& q, const Obstacle& obstacle,
                        const std::string& actor, absl::Time now) {
  pb::OfferCheck out;
  out.set_check_id(UuidToString(check_id));
  out.set_customer_id(q.customer_id());
  out.set_purpose(q.purpose());
  out.set_block(static_cast<pb::OfferBlock::Code>(obstacle.block));
  out.set_blocked_by(obstacle.by);
  out.set_overridden(!q.override_reason().empty());
  out.set_override_reason(q.override_reason());
  out.set_actor(actor);
  SetTime(now, out.mutable_time());
  return out;
}

void SetRefusal(const pb::OfferCheck& check, absl::Time since, pb::CheckOfferResponse& response) {
  response.set_block(check.block());
  response.set_blocked_by(check.blocked_by());
  SetTime(since, response.mutable_since());
  response.set_check_id(check.check_id());
}

absl::Time OccurredAt(const hoiam::survey::v1::Interaction& interaction) { return ToTime(interaction.occurred_at()); }

absl::StatusOr<Filter> ParseOfferFilter(absl::string_view text) {
  HOIAM_ASSIGN_OR_RETURN(Filter filter, ParseFilter(text));
  HOIAM_RETURN_IF_ERROR(ReadBooleans(filter));
  return filter;
}

}  // namespace hoiam::loop
