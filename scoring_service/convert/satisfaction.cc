#include "scoring_service/convert/satisfaction.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "platform/base/text.h"
#include "scoring_service/convert/time.h"
#include "scoring_service/domain/headline.h"
#include "scoring_service/domain/quote.h"
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
    case SellBlock::kOpenComplaint:
      return "OPEN_COMPLAINT";
    case SellBlock::kOpenReturn:
      return "OPEN_RETURN";
    case SellBlock::kUnresolvedDetractor:
      return "UNRESOLVED_DETRACTOR";
    case SellBlock::kNone:
      break;
  }
  return "";
}

using NamedStanding = Standings::value_type;

// NPS, CSAT, CES and CSI in this order, then the tenant's own by id.
std::vector<const NamedStanding*> InOrder(const Standings& standings) {
  constexpr absl::string_view kFirst[] = {kNps, kCsat, kCes, kCsi};
  const auto place = [&](const NamedStanding* s) { return std::find(std::begin(kFirst), std::end(kFirst), s->first); };
  std::vector<const NamedStanding*> all;
  for (const NamedStanding& s : standings) all.push_back(&s);
  std::stable_sort(all.begin(), all.end(), [&](const auto* a, const auto* b) { return place(a) < place(b); });
  return all;
}

pb::MetricStanding FromStanding(const std::string& metric, const Standing& s, absl::Time now) {
  pb::MetricStanding m;
  m.set_metric(metric);
  m.set_score(s.score);
  m.set_band(static_cast<pb::Band::Code>(s.band));
  *m.mutable_responded_at() = FromTime(s.responded_at);
  m.set_stale(IsStale(s, now));
  if (s.previous) m.set_previous_score(s.previous->score);
  m.set_scope(static_cast<hoiam::survey::v1::Scope::Code>(s.scope));
  if (s.csi) m.set_csi(*s.csi / 1000.0);
  m.set_responses(static_cast<int>(s.responses));
  m.set_comment(Shorten(s.comment, kCommentBeginning));
  return m;
}

hoiam::survey::v1::LocalizedText FromHeadline(const Headline& headline) {
  hoiam::survey::v1::LocalizedText text;
  text.set_vi(headline.vi);
  text.set_en(headline.en);
  return text;
}

// The newest first; of the same moment by item.
absl::Status AddUsage(const std::vector<std::string>& items, pb::Satisfaction& out) {
  std::vector<hoiam::survey::v1::Usage> all;
  for (const std::string& item : items)
    if (!all.emplace_back().ParseFromString(item)) return absl::InternalError("a stored usage status cannot be read");
  const auto before = [](const auto& a, const auto& b) {
    const absl::Time at_a = ToTime(a.occurred_at()), at_b = ToTime(b.occurred_at());
    return at_a != at_b ? at_a > at_b : a.item() < b.item();
  };
  std::sort(all.begin(), all.end(), before);
  for (size_t i = 0; i < all.size() && i < kMaxShownItems; ++i) {
    pb::UsageStanding* usage = out.add_usage();
    usage->set_item(all[i].item());
    usage->set_status(all[i].status());
    usage->set_detail(all[i].detail());
    usage->set_stated_by(all[i].stated_by());
    *usage->mutable_occurred_at() = all[i].occurred_at();
  }
  return absl::OkStatus();
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

absl::StatusOr<pb::Satisfaction> FromSheet(const std::string& customer_id, const Sheet& sheet,
                                           const std::vector<std::string>& items, absl::Time now,
                                           const absl::TimeZone& zone) {
  pb::Satisfaction out;
  out.set_customer_id(customer_id);
  for (const auto* standing : InOrder(sheet.standings))
    *out.add_metrics() = FromStanding(standing->first, standing->second, now);
  out.set_rated_interactions(static_cast<int>(sheet.rated_interactions));
  out.set_total_interactions(static_cast<int>(sheet.total_interactions));
  out.set_open_cases(static_cast<int>(sheet.open_cases));
  const SellVerdict sell = MaySell(sheet, now);
  out.mutable_do_not_sell()->set_blocked(sell.block != SellBlock::kNone);
  out.mutable_do_not_sell()->set_reason(ReasonOf(sell.block));
  if (sell.block != SellBlock::kNone) *out.mutable_do_not_sell()->mutable_since() = FromTime(sell.since);
  if (sheet.next_eligible_at && *sheet.next_eligible_at > now)
    *out.mutable_next_eligible_time() = FromTime(*sheet.next_eligible_at);
  *out.mutable_headline() = FromHeadline(HeadlineOf(sheet, now, zone));
  *out.mutable_headline_template() = FromHeadline(HeadlineOf(sheet, now, zone, kWhoTemplate, kWhoTemplate));
  HOIAM_RETURN_IF_ERROR(AddUsage(items, out));
  return out;
}

}  // namespace hoiam::scoring
