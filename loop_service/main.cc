// loop_service: cases. What is done about an unhappy customer, by whom, until when.
#include "loop_service/app/backfill.h"
#include "loop_service/app/change_case.h"
#include "loop_service/app/clock.h"
#include "loop_service/app/due_kinds.h"
#include "loop_service/app/follow_survey.h"
#include "loop_service/app/read_cases.h"
#include "loop_service/migrations/migrations.h"
#include "loop_service/rpc/case_service.h"
#include "loop_service/rpc/playbook_service.h"
#include "platform/server/app.h"

using namespace hoiam;

int main() {
  loop::PlaybookCache playbooks;
  loop::SurveyFollower alarm(playbooks);  // outlives the app, which reads survey's feed into it
  server::AppOptions options;
  options.name = "loop";
  options.migrations = &loop::Migrations();
  server::App app(options);
  app.Start();

  app.hub().Offer([] { return loop::ReadCasesAgain(); });  // tells scoring, survey and the gateway about cases

  feed::Consumer& survey = app.Follow("survey", alarm, {.writes_own_log = true});

  loop::CaseReads reads(app.pool(), survey, app.clock());
  loop::CaseChanger changer(app.pool(), app.writer(), playbooks);
  loop::CaseService service(app.runtime(), reads, changer);
  app.Register(&service);
  loop::Settings settings(app.pool(), app.writer(), playbooks);
  loop::PlaybookService playbook(app.runtime(), settings);
  app.Register(&playbook);

  loop::CaseClock clock(app.writer(), playbooks);
  due::Scheduler scheduler(app.pool(), app.writer(), app.clock());
  scheduler.Handle(loop::DueKind::kCase, clock, loop::kClockTaking);
  app.OnServe([&scheduler] { return scheduler.Start(); }, [&scheduler] { scheduler.Stop(); });

  return app.Serve();
}
