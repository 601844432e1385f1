#include "survey_service/app/mail_work.h"

#include <algorithm>
#include <future>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "platform/base/crypto.h"
#include "platform/base/status.h"
#include "platform/mail/message.h"
#include "platform/mail/retry.h"
#include "platform/observe/log.h"
#include "survey_service/app/ask_step.h"
#include "survey_service/app/customer_step.h"
#include "survey_service/app/delivery_step.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/app/metric_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/ask_policy.h"
#include "survey_service/convert/invitation.h"
#include "survey_service/convert/metric.h"
#include "survey_service/convert/survey.h"
#include "survey_service/convert/times.h"
#include "survey_service/domain/invitation_text.h"
#include "survey_service/domain/mail_text.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

constexpr absl::string_view kTestMode = "~test";

void Want(db::UnitOfWork& uow, const due::Work& work) {
  WantWork(uow, work);
  WantDelivery(uow, work.tenant_id, work.subject);
  const auto* row = uow.Find<InvitationRow>({work.tenant_id, work.subject, work.work_id});
  v1::Invitation i;
  if (!row || !i.ParseFromString(row->body)) return;
  uow.Want<SurveyRow>({work.tenant_id, i.survey_id()});
  uow.Want<SurveyVersionRow>({work.tenant_id, i.survey_id(), i.survey_version()});
  const auto* version = uow.Find<SurveyVersionRow>({work.tenant_id, i.survey_id(), i.survey_version()});
  v1::Survey survey;
  if (version && survey.ParseFromString(version->body)) WantMetrics(uow, work.tenant_id, OwnMetrics(survey));
  if (!i.interaction_id().empty()) uow.Want<InteractionRow>({work.tenant_id, i.interaction_id()});
}

// nullopt when there is no such invitation.
absl::StatusOr<std::optional<DueInvitation>> Load(db::UnitOfWork& uow, const due::Work& work, absl::Time now) {
  const auto* row = uow.Find<InvitationRow>({work.tenant_id, work.subject, work.work_id});
  if (!row) return std::nullopt;
  DueInvitation due{uow, work, *row};
  due.now = now;
  HOIAM_ASSIGN_OR_RETURN(due.invitation, Parse<v1::Invitation>(row->body));
  const v1::Invitation& i = due.invitation;
  if (const auto* version = uow.Find<SurveyVersionRow>({work.tenant_id, i.survey_id(), i.survey_version()})) {
    HOIAM_ASSIGN_OR_RETURN(due.survey, Parse<v1::Survey>(version->body));
  }
  if (const auto* survey = uow.Find<SurveyRow>({work.tenant_id, i.survey_id()})) {
    HOIAM_ASSIGN_OR_RETURN(const v1::Survey current, Parse<v1::Survey>(survey->body));
    due.survey_state = current.state();
  }
  if (!IsReceiptHolder(work.subject)) {
    HOIAM_ASSIGN_OR_RETURN(due.customer, FindCustomer(uow, work.tenant_id, work.subject, now));
  }
  HOIAM_ASSIGN_OR_RETURN(due.policy, FindPolicy(uow, work.tenant_id));
  due.person = ToPerson(due.customer, due.policy->rules);
  return due;
}

// The question that can be answered by one click: the first that has a score and is shown to everybody.
const Question* FirstScale(const std::vector<Question>& questions) {
  for (const Question& q : questions)
    if (ScaleOf(q) && q.kind != QuestionKind::kExpectationPair && !q.show_if) return &q;
  return nullptr;
}

}  // namespace

struct MailWork::Draft {
  due::Work work;
  v1::Invitation invitation;
  v1::Survey survey;
  MetricBook metrics;  // the survey's
  v1::Interaction interaction;
  v1::Customer customer;
  std::string link;
  bool goes = false;
};

std::optional<absl::Time> MustWait(const DueInvitation& due) {
  const AskRules& rules = due.policy->rules;
  if (due.survey_state == v1::SurveyState::PAUSED) return due.now + kLookAtPausedEvery;
  if (const BlackoutDays* days = FindBlackout(rules.blackouts, due.now, due.person.zone))
    return EndOf(*days, due.person.zone);
  const absl::Time at = LeaveQuietHours(due.now, rules.quiet, due.person.zone);
  return at > due.now ? std::optional(at) : std::nullopt;
}

void Later(DueInvitation& due, absl::Time at) {
  if (!HoldsWork(due.uow, due.work)) return;
  if (at >= ToTime(due.invitation.expire_time()))
    FinishWork(due.uow, due.work);
  else
    due::AddWork(due.uow, due.work.tenant_id, due.work.kind, due.work.subject, due.work.work_id, at);
}

void Count(DueInvitation& due, absl::string_view item) {
  Count(due.uow, due.row.tenant_id, due.invitation, item, 1, due.policy->policy.time_zone());
}

std::vector<MailWork::Draft> MailWork::Check(const std::vector<due::Work>& taken) const {
  std::vector<Draft> drafts(taken.size());
  std::map<std::string, std::vector<rpc::Writer::Item>> by_tenant;
  for (size_t n = 0; n < taken.size(); ++n) {
    Draft& draft = drafts[n];
    draft.work = taken[n];
    rpc::Writer::Item item;
    item.subject = taken[n].subject;
    item.bytes = kInvitationBytes;
    item.want = [&work = taken[n]](db::UnitOfWork& uow) { Want(uow, work); };
    item.decide = [this, &draft](db::UnitOfWork& uow, absl::Time now) -> absl::Status {
      draft.goes = false;
      if (!HoldsWork(uow, draft.work)) return absl::OkStatus();
      HOIAM_ASSIGN_OR_RETURN(auto due, Load(uow, draft.work, now));
      if (!due) {
        FinishWork(uow, draft.work);
        return absl::OkStatus();
      }
      HOIAM_ASSIGN_OR_RETURN(draft.goes, Decide(*due));
      if (!draft.goes) return absl::OkStatus();
      draft.invitation = due->invitation;
      draft.survey = due->survey;
      draft.metrics = FindMetrics(uow, draft.work.tenant_id, OwnMetrics(draft.survey));
      draft.customer = due->customer;
      draft.link = deps_.links.Link(draft.work.tenant_id, draft.work.work_id, due->row.key_id);
      const std::string& about = draft.invitation.interaction_id();
      const auto* interaction = about.empty() ? nullptr : uow.Find<InteractionRow>({draft.work.tenant_id, about});
      if (interaction) {
        HOIAM_ASSIGN_OR_RETURN(draft.interaction, Parse<v1::Interaction>(interaction->body));
      }
      return absl::OkStatus();
    };
    by_tenant[taken[n].tenant_id].push_back(std::move(item));
  }
  std::vector<std::future<void>> submitted;
  for (auto& [tenant, items] : by_tenant) {
    rpc::CallContext ctx;
    ctx.tenant = tenant;
    ctx.deadline = deps_.clock.Now() + due::kTakeWithin;
    auto done = std::make_shared<std::promise<void>>();
    submitted.push_back(done->get_future());
    deps_.writer.SubmitBatch(ctx, std::move(items), [done](std::vector<absl::Status> statuses, rpc::ReplyMeta) {
      for (const absl::Status& s : statuses)
        if (!s.ok()) observe::Warn("mail.not_decided", {{"error", std::string(s.message())}});
      done->set_value();
    });
  }
  for (auto& f : submitted) f.get();
  // One whose decision failed in the end comes back when the lease ends.
  drafts.erase(std::remove_if(drafts.begin(), drafts.end(), [](const Draft& d) { return !d.goes; }), drafts.end());
  return drafts;
}

absl::StatusOr<std::string> MailWork::Write(const Draft& draft, const std::string& id) const {
  v1::Survey survey = draft.survey;
  // One form of address per mail: where the survey names none, the one by which this customer is greeted.
  if (survey.address().empty()) survey.set_address(draft.customer.honorific());
  FillTexts(draft.interaction, draft.work.tenant_id, survey, draft.invitation.order());
  const std::vector<Question> questions = ToQuestions(survey, draft.metrics);
  MailWords words;
  words.language = std::string(MessageLanguage(draft.customer.locale()));
  words.brand = survey.brand().empty() ? draft.work.tenant_id : survey.brand();
  words.honorific = draft.customer.honorific();
  words.given_name = draft.customer.given_name();
  words.bought = draft.interaction.type() == kPurchase;
  words.reminder = reminds();
  words.link = draft.link;
  if (const Question* q = FirstScale(questions)) {
    words.question = InLanguage(words.language, q->text.vi, q->text.en);
    words.scale = ScaleOf(*q);
    words.low_label = InLanguage(words.language, q->low_label.vi, q->low_label.en);
    words.high_label = InLanguage(words.language, q->high_label.vi, q->high_label.en);
  }
  MailText text = WriteMail(words);
  mail::Message m;
  m.id = id;
  m.date = deps_.clock.Now();
  m.from_name = words.brand;
  m.from = from_;
  m.to_name = draft.customer.display_name();
  m.to = draft.customer.email();
  m.subject = std::move(text.subject);
  m.text = std::move(text.text);
  m.html = std::move(text.html);
  m.headers = {{"List-Unsubscribe", absl::StrCat("<", UnsubscribeLink(draft.link), ">")},
               {"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"},
               {"Auto-Submitted", "auto-generated"}};
  return mail::Compose(m);
}

mail::Outcome MailWork::Send(mail::Connection& connection, const Draft& draft) const {
  if (absl::EndsWith(draft.work.tenant_id, kTestMode)) return {mail::Outcome::kTaken, ""};  // customers get nothing
  if (!mail::IsAddress(draft.customer.email())) return {mail::Outcome::kNoMailbox, "not a mail address"};
  const std::string ask = absl::StrCat(draft.work.tenant_id, absl::string_view("\0", 1), draft.work.work_id,
                                       absl::string_view("\0", 1), draft.invitation.reminder_times_size() + reminds());
  const std::string id = absl::StrCat(Hex(Sha256(ask)).substr(0, 32), "@", from_.substr(from_.find('@') + 1));
  const absl::StatusOr<std::string> bytes = Write(draft, id);
  if (!bytes.ok()) return {mail::Outcome::kRefusedMail, std::string(bytes.status().message())};
  return connection.Send({id, from_, draft.customer.email()}, *bytes);
}

absl::Status MailWork::Record(const Draft& draft, const mail::Outcome& outcome, db::UnitOfWork& uow,
                              absl::Time now) const {
  const bool held = HoldsWork(uow, draft.work);
  HOIAM_ASSIGN_OR_RETURN(auto due, Load(uow, draft.work, now));
  if (!due) return absl::OkStatus();
  // Withdrawn while the mail was on its way: the work is gone, but the customer was asked.
  const bool withdrawn = due->invitation.state() == v1::InvitationState::REVOKED;
  if (!held && !withdrawn) return absl::OkStatus();
  if (outcome.code == mail::Outcome::kTaken) {
    FinishWork(uow, draft.work);
    HOIAM_RETURN_IF_ERROR(Sent(*due));
    return ChangeInvitation(uow, due->row, due->invitation, now).status();
  }
  if (withdrawn) {
    FinishWork(uow, draft.work);
    return absl::OkStatus();
  }
  const std::optional<absl::Duration> pause = mail::PauseAfter(draft.work.attempts);
  if ((outcome.code == mail::Outcome::kNotNow || outcome.code == mail::Outcome::kNoServer) && pause) {
    PutOffWork(uow, draft.work, now + *pause);
    return absl::OkStatus();
  }
  FinishWork(uow, draft.work);
  if (outcome.code == mail::Outcome::kNoMailbox)
    return Bounce(uow, due->row, due->invitation, outcome.why, true, now).status();
  return GiveUp(*due, outcome.why);
}

absl::Status MailWork::Run(const std::vector<due::Work>& taken, absl::Time until) {
  const std::vector<Draft> drafts = Check(taken);
  if (drafts.empty()) return absl::OkStatus();
  std::unique_ptr<mail::Connection> connection = connections_.Borrow();
  std::vector<std::future<void>> recorded;
  std::optional<mail::Outcome> no_server;  // then there is no point in trying the others
  for (const Draft& draft : drafts) {
    if (!no_server && deps_.clock.Now() + mail::kSendWithin > until) break;  // the rest comes back
    const mail::Outcome outcome = no_server ? *no_server : Send(*connection, draft);
    if (outcome.code == mail::Outcome::kNoServer && !no_server) {
      observe::Warn("mail.no_server", {{"error", outcome.why}});
      no_server = outcome;
    }
    // At once, and not when all are sent: the less is sent and not recorded, the less is sent twice after a crash.
    rpc::CallContext ctx;
    ctx.tenant = draft.work.tenant_id;
    ctx.deadline = until + mail::kSendWithin;
    std::vector<rpc::Writer::Item> items(1);
    items[0].subject = draft.work.subject;
    items[0].bytes = kInvitationBytes;
    items[0].want = [&draft](db::UnitOfWork& uow) { Want(uow, draft.work); };
    items[0].decide = [this, &draft, outcome](db::UnitOfWork& uow, absl::Time now) {
      return Record(draft, outcome, uow, now);
    };
    auto done = std::make_shared<std::promise<void>>();
    recorded.push_back(done->get_future());
    deps_.writer.SubmitBatch(ctx, std::move(items), [done](std::vector<absl::Status> statuses, rpc::ReplyMeta) {
      if (!statuses[0].ok()) observe::Warn("mail.not_recorded", {{"error", std::string(statuses[0].message())}});
      done->set_value();
    });
  }
  connections_.GiveBack(std::move(connection));
  for (auto& f : recorded) f.get();
  return absl::OkStatus();
}

}  // namespace hoiam::survey
