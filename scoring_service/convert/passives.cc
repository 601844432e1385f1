#include "scoring_service/convert/passives.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "platform/base/page_token.h"
#include "platform/base/status.h"
#include "scoring_service/convert/money.h"
#include "scoring_service/convert/time.h"
#include "scoring_service/errors.h"

namespace hoiam::scoring {
namespace {

constexpr int kLowestPromoter = 9;
constexpr const char* kFitOfRank[] = {"FIT", "", "NO_FIT"};

// What must stay the same between pages.
std::string NameOfQuery(const std::string& tenant, const WorkQuery& q) {
  return absl::StrCat("passives\n", tenant, "\n", q.nps, "\n", q.hidden ? "hidden" : "all");
}

}  // namespace

absl::StatusOr<WorkQuery> ToWorkQuery(const std::string& tenant, const v1::ListPassivesRequest& request) {
  Violations v;
  WorkQuery q;
  q.nps = request.nps();
  q.hidden = request.hidden();
  if (q.nps != 0 && q.nps != 7 && q.nps != 8) OutOfRange("nps", "7", "8", v);
  if (const auto size = CheckPageSize(request.page_size()); size.ok())
    q.page_size = *size;
  else
    AddViolationsOf(size.status(), v);
  const auto key = DecodePageToken(NameOfQuery(tenant, q), request.page_token());
  WorkKey after;
  if (!key.ok()) {
    AddViolationsOf(key.status(), v);
  } else if (key->size() == 3 && absl::SimpleAtoi((*key)[0], &after.icp_rank) &&
             absl::SimpleAtoi((*key)[1], &after.nps)) {
    after.customer_id = (*key)[2];
    q.after = after;
  }
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  return q;
}

std::string WorkToken(const std::string& tenant, const WorkQuery& query, const WorkKey& end) {
  return EncodePageToken(NameOfQuery(tenant, query),
                         {absl::StrCat(end.icp_rank), absl::StrCat(end.nps), end.customer_id});
}

v1::WorkItem FromWorkItem(const WorkItem& item) {
  const Passive& p = item.passive;
  v1::WorkItem out;
  out.set_customer_id(item.customer_id);
  out.set_nps(p.nps);
  *out.mutable_nps_responded_at() = FromTime(p.nps_at);
  if (p.csat) out.set_csat(*p.csat);
  out.set_icp_fit(kFitOfRank[p.icp_rank]);
  out.set_segment(item.segment);
  AddRevenue(p.represented, p.represented, out.mutable_revenue());
  out.set_steps_to_promoter(kLowestPromoter - p.nps);
  return out;
}

}  // namespace hoiam::scoring
