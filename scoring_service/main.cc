// scoring_service: what the answers mean.
#include <iostream>

#include "platform/server/app.h"
#include "scoring_service/app/feeds.h"
#include "scoring_service/app/fresh_reads.h"
#include "scoring_service/app/reporting_zone.h"
#include "scoring_service/config.h"
#include "scoring_service/migrations/migrations.h"
#include "scoring_service/rpc/handlers.h"
#include "scoring_service/rpc/service.h"

int main() {
  using namespace hoiam;
  server::App app({.name = "scoring", .migrations = &scoring::Migrations()});
  const scoring::Config config = scoring::ReadConfig(app.env());
  app.Start();
  if (const absl::Status zone = scoring::CheckReportingZone(app.pool(), app.clock(), config.reporting_zone);
      !zone.ok()) {
    std::cerr << "scoring: " << zone.message() << "\n";
    return 1;
  }

  scoring::SurveyFeed survey_feed(config.reporting_zone);
  scoring::LoopFeed loop_feed;
  scoring::FreshReads reads(app.pool(), {&app.Follow("survey", survey_feed, {.gather = server::kGatherForProjection}),
                                         &app.Follow("loop", loop_feed, {.gather = server::kGatherForProjection})});
  scoring::Handlers handlers(reads, app.clock(), config.reporting_zone);
  scoring::Service service(app.runtime(), handlers);

  app.Register(&service);
  return app.Serve();
}
