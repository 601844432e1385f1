#include "loop_service/convert/alarm_trial.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "loop_service/convert/answer_event.h"
#include "loop_service/limits.h"
#include "platform/base/text.h"

namespace hoiam::loop {
namespace {

// Scales that everybody has, as survey_service has them: scores up to `worst` are the worst band, up to `middle` the
// middle, up to `lowest` the lowest third of the worst.
struct Scale {
  absl::string_view metric;
  int min, lowest, worst, middle, max;
  absl::string_view bands[3];
};
constexpr Scale kScales[] = {{"NPS", 0, 2, 6, 8, 10, {"DETRACTOR", "PASSIVE", "PROMOTER"}},
                             {"CSAT", 1, 1, 2, 3, 5, {"DISSATISFIED", "NEUTRAL", "SATISFIED"}},
                             {"CES", 1, 1, 3, 4, 7, {"DIFFICULT", "MODERATE", "EASY"}}};

constexpr absl::string_view kOwnBands[] = {"UNHAPPY", "INDIFFERENT", "HAPPY"};

const Scale* FindScale(absl::string_view metric) {
  for (const Scale& scale : kScales)
    if (scale.metric == metric) return &scale;
  return nullptr;
}

void CheckScore(const pb::TestAlarmRulesRequest& q, const Scale* scale, Violations& v) {
  const auto check = [&](bool present, int score, const char* field) {
    if (present && scale && (score < scale->min || score > scale->max))
      v.Add(field, "SCORE_OUT_OF_RANGE", absl::StrCat("must be ", scale->min, " to ", scale->max),
            {{"min", absl::StrCat(scale->min)}, {"max", absl::StrCat(scale->max)}});
  };
  check(q.response().has_score(), q.response().score(), "response.score");
  check(q.has_previous_score(), q.previous_score(), "previousScore");
  const bool own = std::count(std::begin(kOwnBands), std::end(kOwnBands), q.band()) > 0;
  if (!q.band().empty() && (scale || !own))
    v.Add("band", "UNKNOWN_VALUE", "must be UNHAPPY, INDIFFERENT or HAPPY, and only of a metric of your own");
  if (!scale && q.response().has_score() && q.band().empty())
    v.Add("band", "REQUIRED", "is required for a score of a metric of your own");
}

}  // namespace

Answer ReadTrial(const pb::TestAlarmRulesRequest& q, Violations& v) {
  const hoiam::survey::v1::Response& response = q.response();
  Violations metric;
  CheckUpperSnake(response.metric(), "response.metric", metric);
  if (!metric.empty() && (response.has_score() || !response.metric().empty()))
    v.Add("response.metric", "UNKNOWN_METRIC", "must be NPS, CSAT, CES or the id of a metric of your own");
  if (!response.customer_id().empty()) CheckClientId(response.customer_id(), "response.customerId", v);
  CheckProse(response.comment(), "response.comment", kMaxProseChars, v);
  const Scale* scale = FindScale(response.metric());
  if (metric.empty()) CheckScore(q, scale, v);

  hoiam::event::v1::ResponseChanged changed;
  *changed.mutable_response() = response;
  changed.mutable_response()->set_effects(hoiam::survey::v1::Effects::FULL);
  if (q.has_previous_score()) changed.set_previous_score(q.previous_score());
  changed.set_band(q.band());
  changed.set_lowest(q.lowest());
  if (scale && response.has_score()) {
    const int score = response.score();
    changed.set_band(std::string(scale->bands[(score > scale->worst) + (score > scale->middle)]));
    changed.set_lowest(score <= scale->lowest);
  }
  return FromEvent(changed);
}

}  // namespace hoiam::loop
