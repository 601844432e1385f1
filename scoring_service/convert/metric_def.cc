#include "scoring_service/convert/metric_def.h"

namespace hoiam::scoring {
namespace {

using hoiam::survey::v1::Mood;

Band BandOf(Mood::Code mood) {
  switch (mood) {
    case Mood::HAPPY:
      return Band::kHappy;
    case Mood::INDIFFERENT:
      return Band::kIndifferent;
    case Mood::UNHAPPY:
      return Band::kUnhappy;
    default:
      return Band::kNone;
  }
}

}  // namespace

MetricDef ToMetricDef(const hoiam::survey::v1::Metric& metric) {
  MetricDef def{metric.metric_id(), metric.version(), metric.min(), metric.max(), {}};
  for (const auto& part : metric.parts())
    def.parts.push_back({part.name(), BandOf(part.mood()), part.low(), part.high(), part.weight()});
  return def;
}

}  // namespace hoiam::scoring
