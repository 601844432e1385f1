#include "survey_service/app/claim_responses.h"

#include <memory>
#include <string>
#include <utility>

#include "platform/base/status.h"
#include "platform/base/text.h"
#include "survey_service/app/claim_step.h"
#include "survey_service/app/customer_step.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

struct Claim {
  std::string tenant, customer_id, order;
  std::string phone;  // as it is looked up
};

}  // namespace

void ClaimResponses(const Deps& deps, const rpc::CallContext& ctx, const v1::ClaimResponsesRequest& q,
                    rpc::Reply<v1::ClaimResponsesResponse> reply) {
  Violations v;
  CheckClientId(q.customer_id(), "customerId", v);
  if (q.order().empty() && q.phone().empty()) v.Add("order", "REQUIRED", "order or phone is required");
  if (!q.order().empty()) CheckClientId(q.order(), "order", v);
  if (!q.phone().empty()) CheckLine(q.phone(), "phone", kMaxPhone, v);
  if (!v.empty()) return reply(v.ToStatus(), {});
  const auto claim = std::make_shared<const Claim>(
      Claim{ctx.tenant, q.customer_id(), q.order(), q.phone().empty() ? "" : deps.phones.Normal(q.phone())});
  rpc::Write<v1::ClaimResponsesResponse> w;
  w.subject = claim->customer_id;
  w.bytes = 4096;  // answers are read and written again
  w.want = [claim](db::UnitOfWork& uow) {
    WantCustomer(uow, claim->tenant, claim->customer_id);
    WantClaims(uow, claim->tenant, claim->customer_id, claim->order, claim->phone);
  };
  w.decide = [claim](db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::ClaimResponsesResponse> {
    HOIAM_ASSIGN_OR_RETURN(const v1::Customer customer,
                           CustomerWhoAnswers(uow, claim->tenant, claim->customer_id, now));
    HOIAM_ASSIGN_OR_RETURN(auto claimed, ClaimAnswers(uow, claim->tenant, customer, claim->order, claim->phone, now));
    v1::ClaimResponsesResponse out;
    for (v1::Response& r : claimed) out.add_responses()->Swap(&r);
    return out;
  };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

}  // namespace hoiam::survey
