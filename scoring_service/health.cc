#include "scoring_service/health.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace hoiam::scoring {

void ShowHealth(server::App& app, const Generations& generations) {
  const Generations* g = &generations;
  observe::Metrics& metrics = app.metrics();
  for (const std::string source : {"survey", "loop"}) {
    app.ReadyWhen(absl::StrCat("feed of ", source), [g, source] { return g->Health(source); });
    metrics.Gauge(absl::StrCat("hoiam_feed_", source, "_applied_total"), "Events applied.",
                  [g, source] { return static_cast<double>(g->Stats(source).applied); });
    metrics.Gauge(absl::StrCat("hoiam_feed_", source, "_parked_total"),
                  "Events set aside because they could not be applied.",
                  [g, source] { return static_cast<double>(g->Stats(source).parked); });
  }
  app.Tell("generation shown", [g] { return absl::StrCat(g->ShownNumber()); });
  app.Tell("generation being built", [g] {
    const int64_t number = g->BuildingNumber();
    return number == 0 ? "none" : absl::StrCat(number);
  });
  metrics.Gauge("hoiam_scoring_generation_shown", "Number of the generation that reads are of.",
                [g] { return static_cast<double>(g->ShownNumber()); });
  metrics.Gauge("hoiam_scoring_generation_building", "Number of the generation that is being built; 0: none.",
                [g] { return static_cast<double>(g->BuildingNumber()); });
}

}  // namespace hoiam::scoring
