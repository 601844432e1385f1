// scoring_service: what the answers mean.
#include <iostream>

#include "platform/server/app.h"
#include "scoring_service/app/feeds.h"
#include "scoring_service/app/fresh_reads.h"
#include "scoring_service/app/generations.h"
#include "scoring_service/config.h"
#include "scoring_service/migrations/migrations.h"
#include "scoring_service/rpc/handlers.h"
#include "scoring_service/rpc/service.h"

int main() {
  using namespace hoiam;
  server::App app({.name = "scoring", .migrations = &scoring::Migrations()});
  const scoring::Config config = scoring::ReadConfig(app.env());
  app.Start();
  const auto generation = scoring::ShownGeneration(app.pool(), app.clock(), config.reporting_zone);
  if (!generation.ok()) {
    std::cerr << "scoring: " << generation.status().message() << "\n";
    return 1;
  }
  scoring::SurveyFeed survey_feed(*generation);
  scoring::LoopFeed loop_feed(*generation);
  scoring::FreshReads reads(app.pool(), *generation,
                            {&app.Follow("survey", survey_feed, {.gather = server::kGatherForProjection}),
                             &app.Follow("loop", loop_feed, {.gather = server::kGatherForProjection})});
  scoring::Handlers handlers(reads, app.clock(), config.reporting_zone);
  scoring::Service service(app.runtime(), handlers);

  app.Register(&service);
  return app.Serve();
}
