#include "survey_service/app/respondent.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "platform/base/ids.h"
#include "platform/base/text.h"
#include "survey_service/app/catalogue_step.h"
#include "survey_service/app/claim_step.h"
#include "survey_service/app/customer_step.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/app/known_step.h"
#include "survey_service/app/metric_step.h"
#include "survey_service/app/response_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/app/token.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/invitation.h"
#include "survey_service/convert/metric.h"
#include "survey_service/convert/question.h"
#include "survey_service/convert/response.h"
#include "survey_service/convert/survey.h"
#include "survey_service/convert/times.h"
#include "survey_service/errors.h"
#include "survey_service/store/customer_reader.h"
#include "survey_service/store/interaction_reader.h"
#include "survey_service/store/known_reader.h"
#include "survey_service/store/response_reader.h"
#include "survey_service/store/survey_reader.h"

namespace hoiam::survey {
namespace {

// Shown first where nothing is known of the customer's language.
constexpr char kFirstLanguage[] = "vi";

// One form on its way in. `opened` is the invitation as it was when the token was looked up: whose it is never changes.
struct Submission {
  const v1::SubmitAnswerRequest* form;
  InvitationRow opened;
  std::string phone;  // to be claimed by, as it is looked up

  const std::string& tenant() const { return opened.tenant_id; }
  const std::string& holder() const { return opened.customer_id; }
  // "" behind a receipt.
  std::string customer_id() const { return IsReceiptHolder(holder()) ? "" : holder(); }
};

void Want(const Submission& s, db::UnitOfWork& uow) {
  const std::string customer_id = s.customer_id();
  if (!customer_id.empty()) WantCustomer(uow, s.tenant(), customer_id);
  WantAsks(uow, s.tenant(), s.holder());
  WantStanding(uow, s.tenant(), customer_id);
  WantTally(uow, s.tenant());
  const auto* row = uow.Find<InvitationRow>({s.tenant(), s.holder(), s.opened.invitation_id});
  v1::Invitation i;
  if (!row || !i.ParseFromString(row->body)) return;
  uow.Want<SurveyVersionRow>({s.tenant(), i.survey_id(), i.survey_version()});
  const auto* version = uow.Find<SurveyVersionRow>({s.tenant(), i.survey_id(), i.survey_version()});
  v1::Survey survey;
  if (version && survey.ParseFromString(version->body)) {
    WantMetrics(uow, s.tenant(), OwnMetrics(survey));
    WantKnown(uow, s.tenant(), customer_id, ToQuestions(survey, {}));
  }
  if (!i.interaction_id().empty()) {
    uow.Want<InteractionRow>({s.tenant(), i.interaction_id()});
    const auto* found = uow.Find<InteractionRow>({s.tenant(), i.interaction_id()});
    v1::Interaction interaction;
    if (found && interaction.ParseFromString(found->body)) WantFrozen(uow, s.tenant(), interaction);
  }
  WantStage(uow, s.tenant(), i.touchpoint());
  if (i.response_id().empty()) return;
  uow.Want<ResponseRow>({s.tenant(), i.response_id()});
  if (const auto* response = uow.Find<ResponseRow>({s.tenant(), i.response_id()}))
    WantStanding(uow, s.tenant(), response->customer_id);  // an anonymous answer may have been claimed
}

absl::Status CheckStillOpen(const v1::Invitation& i, absl::Time now) {
  switch (StateAt(i, now)) {
    case InvitationState::kAnswered:
      return LinkUsed();
    case InvitationState::kExpired:
      return LinkExpired();
    case InvitationState::kRevoked:
      return LinkRevoked();
    default:
      return absl::OkStatus();
  }
}

absl::Status CheckForm(const v1::SubmitAnswerRequest& q) {
  Violations v;
  if (q.answers_size() > static_cast<int>(kMaxQuestions))
    v.Add("answers", "TOO_MANY", "has more answers than a survey");
  if (!q.comment().empty()) CheckProse(q.comment(), "comment", kMaxComment, v);
  CheckLanguage(q.language(), "language", v);
  CheckLine(q.phone(), "phone", kMaxPhone, v);
  return v.ToStatus();
}

// The survey of a form, as the rules look at it.
struct Asking {
  const Metric& metric;
  std::vector<Question> questions;
  std::set<std::string> known;
};

// Whether nothing is left to be shown to somebody who has seen `seen` and is done with that.
bool IsTheEnd(const v1::SubmitAnswerRequest& form, const Asked& asked, const std::set<std::string>& seen) {
  if (!form.finished() || seen.empty()) return form.finished();
  return std::all_of(asked.shown.begin(), asked.shown.end(), [&](const std::string& id) { return seen.contains(id); });
}

// Reads the form against the survey it belongs to, and puts what it means into `r`. Answers what is shown then.
absl::StatusOr<Asked> ReadForm(const v1::SubmitAnswerRequest& form, const Asking& asking, v1::Response& r) {
  const std::vector<Question>& questions = asking.questions;
  Form given;
  given.shown.insert(form.shown().begin(), form.shown().end());
  for (Answer& a : ToAnswers(form.answers())) {  // an untouched field is no answer
    if (!IsEmpty(a)) given.answers.push_back(std::move(a));
  }
  Violations v;
  for (const Problem& p : CheckAnswers(questions, given.answers)) {
    const size_t i = std::strtoul(p.path.c_str() + 1, nullptr, 10);  // "[2].number"
    v.Add(given.answers[i].question_id, p.reason, p.description, p.metadata);
  }
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  NoteNothingMissing(questions, given.answers);
  const std::vector<Answer> answers = ApplyForm(questions, asking.metric, ToAnswers(r.answers()), given);
  const Asked asked = WhatToAsk(questions, asking.known, answers);
  const bool ends = IsTheEnd(form, asked, given.shown);
  const auto of_metric = UnansweredMetric(questions, asking.metric, answers);
  for (const std::string& id : MissingAnswers(questions, asking.metric, asking.known, answers)) {
    if (ends || of_metric == id) v.Add(id, "REQUIRED", "must be answered");
  }
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  SetAnswers(answers, r.mutable_answers());
  if (const auto score = ScoreIn(questions, asking.metric, answers)) r.set_score(*score);
  if (!form.comment().empty()) r.set_comment(form.comment());
  if (!form.language().empty()) r.set_language(form.language());
  if (ends) r.set_finished(true);
  return asked;
}

absl::StatusOr<v1::Response> FirstAnswer(const Submission& s, const v1::Invitation& i, const v1::Survey& survey,
                                         db::UnitOfWork& uow, absl::Time now) {
  v1::Response r;
  r.set_response_id(UuidToString(NewUuid(now)));
  r.set_customer_id(s.customer_id());
  r.set_survey_id(i.survey_id());
  r.set_survey_version(i.survey_version());
  r.set_invitation_id(i.invitation_id());
  r.set_metric(survey.metric());
  SetTime(now, r.mutable_responded_at());
  r.set_solicited(true);
  r.set_collected_by(v1::CollectedBy::SELF);
  r.set_effects(v1::Effects::FULL);
  r.set_voice(v1::Voice::ACTUAL);
  std::optional<v1::Interaction> interaction;
  if (!i.interaction_id().empty()) {
    if (const auto* row = uow.Find<InteractionRow>({s.tenant(), i.interaction_id()})) {
      HOIAM_ASSIGN_OR_RETURN(interaction, Parse<v1::Interaction>(row->body));
      r.set_interaction_id(i.interaction_id());
    }
  }
  std::optional<v1::Customer> customer;
  if (!r.customer_id().empty()) {
    HOIAM_ASSIGN_OR_RETURN(customer, CustomerWhoAnswers(uow, s.tenant(), r.customer_id(), now));
  }
  Freeze(uow, s.tenant(), {interaction ? &*interaction : nullptr, &i, customer ? &*customer : nullptr, &survey}, r);
  return r;
}

absl::StatusOr<std::set<std::string>> KnownTo(const Submission& s, const std::vector<Question>& questions,
                                              db::UnitOfWork& uow, absl::Time now) {
  const std::string customer_id = s.customer_id();
  const auto* row = customer_id.empty() ? nullptr : uow.Find<CustomerRow>({s.tenant(), customer_id});
  if (!row) return std::set<std::string>();
  HOIAM_ASSIGN_OR_RETURN(const v1::Customer customer, Parse<v1::Customer>(row->body));
  return Known(uow, s.tenant(), &customer, questions, now);
}

absl::StatusOr<v1::SubmitAnswerResponse> Decide(const Submission& s, db::UnitOfWork& uow, absl::Time now) {
  const auto* found = uow.Find<InvitationRow>({s.tenant(), s.holder(), s.opened.invitation_id});
  if (!found) return LinkUnknown();
  const InvitationRow row = *found;
  HOIAM_ASSIGN_OR_RETURN(v1::Invitation i, Parse<v1::Invitation>(row.body));
  HOIAM_RETURN_IF_ERROR(CheckStillOpen(i, now));
  const auto* version = uow.Find<SurveyVersionRow>({s.tenant(), i.survey_id(), i.survey_version()});
  if (!version) return absl::InternalError("an invitation's survey version is missing");
  HOIAM_ASSIGN_OR_RETURN(const v1::Survey survey, Parse<v1::Survey>(version->body));

  v1::Response r;
  std::string fingerprint;
  const bool first = i.response_id().empty();
  if (first) {
    HOIAM_ASSIGN_OR_RETURN(r, FirstAnswer(s, i, survey, uow, now));
    fingerprint = Fingerprint(r);
  } else {
    const ResponseRow* stored = uow.Find<ResponseRow>({s.tenant(), i.response_id()});
    if (!stored) return absl::InternalError("an invitation's response is missing");
    fingerprint = stored->fingerprint;
    HOIAM_ASSIGN_OR_RETURN(r, Parse<v1::Response>(stored->body));
    if (r.voided()) return LinkUsed();
  }
  MetricBook metrics = FindMetrics(uow, s.tenant(), OwnMetrics(survey));
  if (!first) metrics.Add(FindMetric(uow, s.tenant(), r.metric(), r.metric_version()));  // by which it counts
  const MetricPtr metric = metrics.Find(survey.metric());
  if (!metric) return absl::InternalError("a survey of an unknown metric");
  Asking asking{*metric, ToQuestions(survey, metrics), {}};
  HOIAM_ASSIGN_OR_RETURN(asking.known, KnownTo(s, asking.questions, uow, now));
  const v1::Response before = r;
  HOIAM_ASSIGN_OR_RETURN(const Asked asked, ReadForm(*s.form, asking, r));
  if (first || !SameContent(before, r)) {
    const auto counted = first ? std::nullopt : std::optional(ReachedBy(asking.questions, asking.known, before));
    HOIAM_RETURN_IF_ERROR(CountReached(uow, s.tenant(), i, counted, ReachedBy(asking.questions, asking.known, r)));
    KeepKnown(uow, s.tenant(), s.customer_id(), asking.questions, r, ToTime(r.responded_at()));
    HOIAM_ASSIGN_OR_RETURN(r, PutResponse(uow, s.tenant(), std::move(r), &survey, fingerprint, now));
  }
  if (r.customer_id().empty()) PutClaims(uow, s.tenant(), r.response_id(), r.order(), s.phone);

  const auto state = r.finished() ? v1::InvitationState::ANSWERED : v1::InvitationState::STARTED;
  if (i.state() != state || first) {
    i.set_state(state);
    i.set_response_id(r.response_id());
    HOIAM_RETURN_IF_ERROR(ChangeInvitation(uow, row, std::move(i), now).status());
  }
  v1::SubmitAnswerResponse out;
  out.set_state(state);
  out.mutable_response()->Swap(&r);
  for (const std::string& id : asked.shown) out.add_shown(id);
  return out;
}

// "vi" when any question has words in it, else "en".
std::string LanguageOf(const v1::Survey& survey) {
  const bool vi = std::any_of(survey.questions().begin(), survey.questions().end(),
                              [](const v1::Question& q) { return !q.text().vi().empty(); });
  return vi ? "vi" : "en";
}

}  // namespace

absl::StatusOr<v1::RespondentPage> GetRespondentPage(const Deps& deps, const rpc::CallContext& ctx,
                                                     const v1::GetRespondentPageRequest& q) {
  HOIAM_ASSIGN_OR_RETURN(const InvitationRow row, OpenToken(deps, ctx, q.token()));
  HOIAM_ASSIGN_OR_RETURN(const v1::Invitation i, Parse<v1::Invitation>(row.body));
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, RespondentContext(ctx, row.tenant_id)));
  v1::RespondentPage page;
  HOIAM_ASSIGN_OR_RETURN(const auto survey, ReadSurveyVersion(db, i.survey_id(), i.survey_version()));
  if (!survey) return absl::InternalError("an invitation's survey version is missing");
  HOIAM_ASSIGN_OR_RETURN(*page.mutable_survey(), Parse<v1::Survey>(*survey));
  v1::Interaction interaction;
  if (!i.interaction_id().empty()) {
    HOIAM_ASSIGN_OR_RETURN(const auto body, ReadInteraction(db, i.interaction_id()));
    if (body) {
      HOIAM_ASSIGN_OR_RETURN(interaction, Parse<v1::Interaction>(*body));
    }
  }
  FillTexts(interaction, row.tenant_id, *page.mutable_survey(), i.order());
  page.set_state(FromState(StateAt(i, deps.clock.Now())));
  *page.mutable_expire_time() = i.expire_time();
  page.set_fallback_language(LanguageOf(page.survey()));
  page.set_anonymous(IsReceiptHolder(row.customer_id));
  if (!i.response_id().empty()) {
    HOIAM_ASSIGN_OR_RETURN(const auto body, ReadResponse(db, i.response_id()));
    if (body) {
      HOIAM_ASSIGN_OR_RETURN(*page.mutable_response(), Parse<v1::Response>(*body));
    }
  }
  const std::set<std::string> own = OwnMetrics(page.survey());
  HOIAM_ASSIGN_OR_RETURN(const MetricBook metrics, ReadMetrics(db, own));
  for (const std::string& id : own) {
    if (const MetricPtr metric = metrics.Find(id)) *page.add_metrics() = FromMetric(*metric);
  }
  page.set_language(kFirstLanguage);
  std::set<std::string> known;
  const std::vector<Question> questions = ToQuestions(page.survey(), metrics);
  HOIAM_ASSIGN_OR_RETURN(const auto customer_row, ReadCustomer(db, row.customer_id));
  if (customer_row) {
    HOIAM_ASSIGN_OR_RETURN(const v1::Customer customer, Parse<v1::Customer>(customer_row->body));
    if (!customer.locale().empty()) page.set_language(customer.locale());
    HOIAM_ASSIGN_OR_RETURN(const auto answered, ReadKnownAnswers(db, row.customer_id));
    known = KnownQuestions(questions, ProfileNames(customer), answered, deps.clock.Now());
  }
  const Asked asked = WhatToAsk(questions, known, ToAnswers(page.response().answers()));
  for (const std::string& id : asked.shown) page.add_shown(id);
  page.set_more_may_come(asked.more_may_come);
  return page;
}

void SubmitAnswer(const Deps& deps, const rpc::CallContext& ctx, const v1::SubmitAnswerRequest& q,
                  rpc::Reply<v1::SubmitAnswerResponse> reply) {
  auto opened = OpenToken(deps, ctx, q.token());
  if (!opened.ok()) return reply(opened.status(), {});
  if (absl::Status s = CheckForm(q); !s.ok()) return reply(std::move(s), {});
  auto s = std::make_shared<Submission>(Submission{&q, *std::move(opened), ""});
  if (!q.phone().empty() && s->customer_id().empty()) s->phone = deps.phones.Normal(q.phone());
  rpc::Write<v1::SubmitAnswerResponse> w;
  w.subject = s->holder();
  w.bytes = 2 * q.ByteSizeLong() + 1024;
  w.want = [s](db::UnitOfWork& uow) { Want(*s, uow); };
  w.decide = [s](db::UnitOfWork& uow, absl::Time now) { return Decide(*s, uow, now); };
  const std::string tenant = s->tenant();
  deps.writer.Submit(RespondentContext(ctx, tenant), q, std::move(w), std::move(reply));
}

}  // namespace hoiam::survey
