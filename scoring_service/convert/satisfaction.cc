#include "scoring_service/convert/satisfaction.h"

#include "absl/strings/str_cat.h"
#include "platform/base/text.h"
#include "scoring_service/convert/time.h"
#include "scoring_service/domain/headline.h"
#include "scoring_service/errors.h"
#include "scoring_service/limits.h"

namespace hoiam::scoring {
namespace {

namespace pb = hoiam::scoring::v1;

static_assert(static_cast<int>(Band::kDetractor) == pb::Band::DETRACTOR);
static_assert(static_cast<int>(Band::kPromoter) == pb::Band::PROMOTER);
static_assert(static_cast<int>(Band::kDissatisfied) == pb::Band::DISSATISFIED);
static_assert(static_cast<int>(Band::kDifficult) == pb::Band::DIFFICULT);

std::string ReasonOf(SellBlock block) {
  switch (block) {
    case SellBlock::kOpenCase:
      return "OPEN_CASE";
    case SellBlock::kUnresolvedDetractor:
      return "UNRESOLVED_DETRACTOR";
    case SellBlock::kNone:
      break;
  }
  return "";
}

}  // namespace

absl::Status CheckRequest(const pb::GetSatisfactionRequest& request) {
  Violations v;
  CheckClientId(request.customer_id(), "customerId", v);
  return v.ToStatus();
}

absl::Status CheckRequest(const pb::BatchGetSatisfactionRequest& request) {
  Violations v;
  if (request.customer_ids().empty()) NoIds("customerIds", v);
  if (request.customer_ids_size() > kMaxSheets) {
    TooManyIds("customerIds", kMaxSheets, v);
  } else {
    for (int i = 0; i < request.customer_ids_size(); ++i)
      CheckClientId(request.customer_ids(i), absl::StrCat("customerIds[", i, "]"), v);
  }
  return v.ToStatus();
}

pb::Satisfaction FromSheet(const std::string& customer_id, const Sheet& sheet, absl::Time now,
                           const absl::TimeZone& zone) {
  pb::Satisfaction out;
  out.set_customer_id(customer_id);
  for (const auto& [metric, s] : sheet.standings) {
    pb::MetricStanding* m = out.add_metrics();
    m->set_metric(metric);
    m->set_score(s.score);
    m->set_band(static_cast<pb::Band::Code>(s.band));
    *m->mutable_responded_at() = FromTime(s.responded_at);
    m->set_stale(IsStale(s, now));
    if (s.previous) m->set_previous_score(*s.previous);
    m->set_scope(static_cast<hoiam::survey::v1::Scope::Code>(s.scope));
    m->set_responses(static_cast<int>(s.responses));
  }
  out.set_rated_interactions(static_cast<int>(sheet.rated_interactions));
  out.set_total_interactions(static_cast<int>(sheet.total_interactions));
  out.set_open_cases(static_cast<int>(sheet.open_cases));
  const SellBlock block = SellBlockOf(sheet);
  out.mutable_do_not_sell()->set_blocked(block != SellBlock::kNone);
  out.mutable_do_not_sell()->set_reason(ReasonOf(block));
  if (sheet.next_eligible_at && *sheet.next_eligible_at > now)
    *out.mutable_next_eligible_time() = FromTime(*sheet.next_eligible_at);
  const Headline headline = HeadlineOf(sheet, now, zone);
  out.mutable_headline()->set_vi(headline.vi);
  out.mutable_headline()->set_en(headline.en);
  return out;
}

}  // namespace hoiam::scoring
