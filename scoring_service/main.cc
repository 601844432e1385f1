// scoring_service: what the answers mean.
#include "platform/server/app.h"
#include "scoring_service/app/fresh_reads.h"
#include "scoring_service/app/generations.h"
#include "scoring_service/app/setting_writes.h"
#include "scoring_service/config.h"
#include "scoring_service/health.h"
#include "scoring_service/migrations/migrations.h"
#include "scoring_service/rpc/handlers.h"
#include "scoring_service/rpc/service.h"

int main() {
  using namespace hoiam;
  server::App app({.name = "scoring", .migrations = &scoring::Migrations()});
  const scoring::Config config = scoring::ReadConfig(app.env());
  app.Start();
  scoring::Generations generations(app.pool(), app.clock(), {app.Peer("survey"), app.Peer("loop")},
                                   config.reporting_zone);
  scoring::FreshReads reads(app.pool(), [&generations] { return generations.ShownNow(); });
  scoring::Handlers handlers(reads, app.clock());
  scoring::SettingWrites settings(reads, app.writer());
  scoring::Service service(app.runtime(), handlers, settings, generations);

  app.Register(&service);
  scoring::ShowHealth(app, generations);
  app.OnServe([&generations] { return generations.Start(); }, [&generations] { generations.Stop(); });
  return app.Serve();
}
