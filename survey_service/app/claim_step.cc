#include "survey_service/app/claim_step.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "platform/base/crypto.h"
#include "platform/base/status.h"
#include "survey_service/app/metric_step.h"
#include "survey_service/app/response_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/times.h"
#include "survey_service/limits.h"
#include "survey_service/store/customer_rows.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {
namespace {

constexpr char kOrder[] = "order", kPhone[] = "phone";

std::string ClaimHash(const std::string& tenant, absl::string_view kind, absl::string_view value) {
  const absl::string_view nul("\0", 1);
  return Sha256(absl::StrCat(kind, nul, tenant, nul, value));
}

std::vector<std::string> ClaimHashes(const std::string& tenant, const std::string& order, const std::string& phone) {
  std::vector<std::string> hashes;
  if (!order.empty()) hashes.push_back(ClaimHash(tenant, kOrder, order));
  if (!phone.empty()) hashes.push_back(ClaimHash(tenant, kPhone, phone));
  return hashes;
}

std::set<std::string> ClaimedIds(db::UnitOfWork& uow, const std::string& tenant, const std::string& order,
                                 const std::string& phone) {
  std::set<std::string> ids;
  for (const std::string& hash : ClaimHashes(tenant, order, phone)) {
    size_t left = kMaxClaims;
    for (const ResponseClaimRow* row : uow.List<ResponseClaimRow>({tenant, hash})) {
      if (left-- == 0) break;
      ids.insert(row->response_id);
    }
  }
  return ids;
}

}  // namespace

void PutClaims(db::UnitOfWork& uow, const std::string& tenant, const std::string& response_id, const std::string& order,
               const std::string& phone) {
  for (const std::string& hash : ClaimHashes(tenant, order, phone))
    uow.Replace(ResponseClaimRow{tenant, hash, response_id});
}

void WantClaims(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id,
                const std::string& order, const std::string& phone) {
  WantStanding(uow, tenant, customer_id);
  for (const std::string& hash : ClaimHashes(tenant, order, phone)) uow.Want<ResponseClaimRow>({tenant, hash});
  for (const std::string& id : ClaimedIds(uow, tenant, order, phone)) {
    uow.Want<ResponseRow>({tenant, id});
    const ResponseRow* row = uow.Find<ResponseRow>({tenant, id});
    v1::Response r;
    if (!row || !row->customer_id.empty() || !r.ParseFromString(row->body)) continue;
    WantMetric(uow, tenant, r.metric());
    WantAskedWith(uow, tenant, r);
  }
}

absl::StatusOr<std::vector<v1::Response>> ClaimAnswers(db::UnitOfWork& uow, const std::string& tenant,
                                                       const v1::Customer& customer, const std::string& order,
                                                       const std::string& phone, absl::Time now) {
  std::vector<v1::Response> claimed;
  for (const std::string& id : ClaimedIds(uow, tenant, order, phone)) {
    const ResponseRow* row = uow.Find<ResponseRow>({tenant, id});
    if (!row || (!row->customer_id.empty() && row->customer_id != customer.customer_id())) continue;
    HOIAM_ASSIGN_OR_RETURN(v1::Response r, Parse<v1::Response>(row->body));
    if (row->customer_id.empty()) {
      // One that was given in this very batch is claimed the next time: its survey was not there to be read.
      if (!r.survey_id().empty() && !uow.Wanted<SurveyVersionRow>({tenant, r.survey_id(), r.survey_version()}))
        continue;
      HOIAM_ASSIGN_OR_RETURN(const auto survey, AskedWith(uow, tenant, r));
      r.set_customer_id(customer.customer_id());
      SetTime(now, r.mutable_claim_time());
      FreezeCustomer(customer, r);
      const std::string fingerprint = row->fingerprint;
      HOIAM_ASSIGN_OR_RETURN(r, PutResponse(uow, tenant, std::move(r), survey ? &*survey : nullptr, fingerprint, now));
    }
    claimed.push_back(std::move(r));
  }
  return claimed;
}

}  // namespace hoiam::survey
