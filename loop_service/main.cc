// loop_service: cases. What is done about an unhappy customer, by whom, until when.
#include "loop_service/app/backfill.h"
#include "loop_service/app/case_status.h"
#include "loop_service/app/change_case.h"
#include "loop_service/app/clock.h"
#include "loop_service/app/conversation.h"
#include "loop_service/app/due_kinds.h"
#include "loop_service/app/follow_survey.h"
#include "loop_service/app/mail_work.h"
#include "loop_service/app/read_cases.h"
#include "loop_service/config.h"
#include "loop_service/domain/case_link.h"
#include "loop_service/migrations/migrations.h"
#include "loop_service/rpc/case_service.h"
#include "loop_service/rpc/case_status_service.h"
#include "loop_service/rpc/offer_service.h"
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
  const loop::Config config = loop::ReadConfig(app.env());
  app.Start();
  const loop::CaseLinks links(config.link_key, config.public_url, config.reply_domain);

  app.hub().Offer([] { return loop::ReadCasesAgain(); });  // tells scoring, survey and the gateway about cases

  feed::Consumer& survey = app.Follow("survey", alarm, {.writes_own_log = true});

  loop::CaseReads reads(app.pool(), survey, app.clock(), playbooks, links);
  loop::CaseChanger changer(app.pool(), app.writer(), playbooks, links);
  const auto customers = loop::CustomersOf(app.Peer("survey"));
  loop::Conversation conversation({app.pool(), app.writer(), app.clock(), playbooks, links, *customers},
                                  config.mail.from);
  loop::CaseService service(app.runtime(), reads, changer, conversation);
  app.Register(&service);
  loop::CaseStatus status(app.pool(), app.writer(), playbooks, links);
  loop::CaseStatusService pages(app.runtime(), status);
  app.Register(&pages);
  loop::Offers offers(app.pool(), app.writer(), playbooks);
  loop::OfferService gate(app.runtime(), offers);
  app.Register(&gate);
  loop::Settings settings(app.pool(), app.writer(), playbooks);
  loop::PlaybookService playbook(app.runtime(), settings);
  app.Register(&playbook);

  loop::CaseClock clock(app.writer(), playbooks);
  const std::unique_ptr<mail::Transport> transport = mail::MakeTransport(config.mail);
  loop::MailWork mails({app.pool(), app.writer(), app.clock(), playbooks, links, *customers, *transport},
                       config.mail.from);
  due::Scheduler scheduler(app.pool(), app.writer(), app.clock());
  scheduler.Handle(loop::DueKind::kCase, clock, loop::kClockTaking);
  scheduler.Handle(loop::DueKind::kMail, mails, loop::kMailing);
  app.OnServe([&scheduler] { return scheduler.Start(); }, [&scheduler] { scheduler.Stop(); });

  return app.Serve();
}
