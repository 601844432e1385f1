// survey_service: who is asked what, when, and why; and what they answered.
#include "platform/server/app.h"
#include "survey_service/app/backfill.h"
#include "survey_service/app/due_kinds.h"
#include "survey_service/app/follow_cases.h"
#include "survey_service/app/remind.h"
#include "survey_service/app/send_invitations.h"
#include "survey_service/app/wave_schedule.h"
#include "survey_service/app/wave_work.h"
#include "survey_service/config.h"
#include "survey_service/domain/link.h"
#include "survey_service/limits.h"
#include "survey_service/migrations/migrations.h"
#include "survey_service/rpc/catalogue_server.h"
#include "survey_service/rpc/services.h"
#include "survey_service/rpc/wave_server.h"

int main() {
  using namespace hoiam;

  server::App app({.name = "survey", .migrations = &survey::Migrations()});
  const survey::Config config = survey::ReadConfig(app.env());
  app.Start();

  const survey::LinkMaker links(config.link_key, config.public_url);
  const survey::PhoneNumbers phones(config.phone_region);
  const survey::Deps deps{app.writer(), app.pool(), app.clock(), links, phones};

  survey::CustomerServer customers(deps, app.runtime());
  survey::CatalogueServer catalogue(deps, app.runtime());
  survey::InteractionServer interactions(deps, app.runtime());
  survey::SurveyServer surveys(deps, app.runtime());
  survey::ResponseServer responses(deps, app.runtime());
  survey::RespondentServer respondents(deps, app.runtime());
  survey::MessageServer messages(deps, app.runtime());
  survey::WaveServer waves(deps, app.runtime());

  app.Register(&customers);
  app.Register(&catalogue);
  app.Register(&interactions);
  app.Register(&surveys);
  app.Register(&responses);
  app.Register(&respondents);
  app.Register(&messages);
  app.Register(&waves);
  app.hub().Offer([&app] { return survey::ReadEverything(app.clock()); });  // tells the others what was committed

  survey::CaseFollower cases(links);
  app.Follow("loop", cases, {.writes_own_log = true});

  survey::WaveWork wave_work(deps);
  survey::WaveScheduleWork wave_schedule(deps);
  const std::unique_ptr<mail::Transport> transport = mail::MakeTransport(config.mail);
  survey::SendInvitations send(deps, *transport, config.mail.from);
  survey::Remind remind(deps, *transport, config.mail.from);
  due::Scheduler scheduler(app.pool(), app.writer(), app.clock());
  scheduler.Handle(survey::DueKind::kSend, send, survey::kSending);
  scheduler.Handle(survey::DueKind::kRemind, remind, survey::kReminding);
  scheduler.Handle(survey::DueKind::kWave, wave_work, {});
  scheduler.Handle(survey::DueKind::kSchedule, wave_schedule, {.lease = survey::kScheduleLease});
  app.OnServe([&scheduler] { return scheduler.Start(); }, [&scheduler] { scheduler.Stop(); });

  return app.Serve();
}
