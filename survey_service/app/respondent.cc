#include "survey_service/app/respondent.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utility>

#include "platform/base/ids.h"
#include "platform/base/text.h"
#include "survey_service/app/customer_step.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/app/response_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/app/token.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/invitation.h"
#include "survey_service/convert/question.h"
#include "survey_service/convert/response.h"
#include "survey_service/convert/survey.h"
#include "survey_service/convert/times.h"
#include "survey_service/errors.h"
#include "survey_service/store/customer_reader.h"
#include "survey_service/store/interaction_reader.h"
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

  const std::string& tenant() const { return opened.tenant_id; }
  const std::string& customer_id() const { return opened.customer_id; }
};

void Want(const Submission& s, db::UnitOfWork& uow) {
  WantCustomer(uow, s.tenant(), s.customer_id());
  WantAsks(uow, s.tenant(), s.customer_id());
  WantStanding(uow, s.tenant(), s.customer_id());
  const auto* row = uow.Find<InvitationRow>({s.tenant(), s.customer_id(), s.opened.invitation_id});
  v1::Invitation i;
  if (!row || !i.ParseFromString(row->body)) return;
  uow.Want<SurveyVersionRow>({s.tenant(), i.survey_id(), i.survey_version()});
  if (!i.interaction_id().empty()) uow.Want<InteractionRow>({s.tenant(), i.interaction_id()});
  if (!i.response_id().empty()) uow.Want<ResponseRow>({s.tenant(), i.response_id()});
}

absl::Status CheckStillOpen(const v1::Invitation& i, absl::Time now) {
  switch (StateAt(i, now)) {
    case InvitationState::kCreated:
    case InvitationState::kSent:
    case InvitationState::kStarted:
      return absl::OkStatus();
    case InvitationState::kAnswered:
      return LinkUsed();
    case InvitationState::kExpired:
      return LinkExpired();
    case InvitationState::kRevoked:
      return LinkRevoked();
  }
  return absl::OkStatus();
}

absl::Status CheckForm(const v1::SubmitAnswerRequest& q) {
  Violations v;
  if (q.answers_size() > static_cast<int>(kMaxQuestions))
    v.Add("answers", "TOO_MANY", "has more answers than a survey");
  if (!q.comment().empty()) CheckProse(q.comment(), "comment", kMaxComment, v);
  CheckLanguage(q.language(), "language", v);
  return v.ToStatus();
}

// Reads the form against the survey it belongs to, and puts what it means into `r`.
absl::Status ReadForm(const v1::SubmitAnswerRequest& form, const v1::Survey& survey, v1::Response& r) {
  const auto metric = ParseMetric(survey.metric());
  if (!metric) return absl::InternalError("a survey of an unknown metric");
  const std::vector<Question> questions = ToQuestions(survey);
  std::vector<Answer> given;
  for (Answer& a : ToAnswers(form.answers())) {  // an untouched field is no answer
    if (a.number || !a.choices.empty() || (a.text && !a.text->empty())) given.push_back(std::move(a));
  }
  Violations v;
  for (const Problem& p : CheckAnswers(questions, given)) {
    const size_t i = std::strtoul(p.path.c_str() + 1, nullptr, 10);  // "[2].number"
    v.Add(given[i].question_id, p.reason, p.description, p.metadata);
  }
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  const std::vector<Answer> answers = ApplyForm(questions, *metric, ToAnswers(r.answers()), given);
  for (const std::string& id : MissingAnswers(questions, *metric, answers)) {
    const bool scores = std::any_of(questions.begin(), questions.end(),
                                    [&](const Question& q) { return q.id == id && q.kind == QuestionOf(*metric); });
    if (form.finished() || scores) v.Add(id, "REQUIRED", "must be answered");
  }
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  SetAnswers(answers, r.mutable_answers());
  r.set_score(*ScoreIn(questions, *metric, answers));
  if (!form.comment().empty()) r.set_comment(form.comment());
  if (!form.language().empty()) r.set_language(form.language());
  return absl::OkStatus();
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
  std::optional<v1::Interaction> interaction;
  if (!i.interaction_id().empty()) {
    if (const auto* row = uow.Find<InteractionRow>({s.tenant(), i.interaction_id()})) {
      HOIAM_ASSIGN_OR_RETURN(interaction, Parse<v1::Interaction>(row->body));
      r.set_interaction_id(i.interaction_id());
    }
  }
  HOIAM_ASSIGN_OR_RETURN(const v1::Customer customer, UpsertCustomer(uow, s.tenant(), s.customer_id(), nullptr, now));
  Freeze(interaction ? &*interaction : nullptr, &customer, r);
  return r;
}

absl::StatusOr<v1::SubmitAnswerResponse> Decide(const Submission& s, db::UnitOfWork& uow, absl::Time now) {
  const auto* found = uow.Find<InvitationRow>({s.tenant(), s.customer_id(), s.opened.invitation_id});
  if (!found) return LinkUnknown();
  const InvitationRow row = *found;
  HOIAM_ASSIGN_OR_RETURN(v1::Invitation i, Parse<v1::Invitation>(row.body));
  HOIAM_RETURN_IF_ERROR(CheckStillOpen(i, now));
  const auto* version = uow.Find<SurveyVersionRow>({s.tenant(), i.survey_id(), i.survey_version()});
  if (!version) return absl::InternalError("an invitation's survey version is missing");
  HOIAM_ASSIGN_OR_RETURN(const v1::Survey survey, Parse<v1::Survey>(version->body));

  v1::Response r;
  std::string fingerprint;
  if (i.response_id().empty()) {
    HOIAM_ASSIGN_OR_RETURN(r, FirstAnswer(s, i, survey, uow, now));
    fingerprint = Fingerprint(r);
  } else {
    const ResponseRow* stored = uow.Find<ResponseRow>({s.tenant(), i.response_id()});
    if (!stored) return absl::InternalError("an invitation's response is missing");
    fingerprint = stored->fingerprint;
    HOIAM_ASSIGN_OR_RETURN(r, Parse<v1::Response>(stored->body));
    if (r.voided()) return LinkUsed();
  }
  const v1::Response before = r;
  HOIAM_RETURN_IF_ERROR(ReadForm(*s.form, survey, r));
  if (i.response_id().empty() || !SameContent(before, r)) {
    HOIAM_ASSIGN_OR_RETURN(r, PutResponse(uow, s.tenant(), std::move(r), fingerprint, now));
  }

  const auto state = s.form->finished() ? v1::InvitationState::ANSWERED : v1::InvitationState::STARTED;
  if (i.state() != state || i.response_id().empty()) {
    i.set_state(state);
    i.set_response_id(r.response_id());
    HOIAM_RETURN_IF_ERROR(ChangeInvitation(uow, row, std::move(i), now).status());
  }
  v1::SubmitAnswerResponse out;
  out.set_state(state);
  out.mutable_response()->Swap(&r);
  return out;
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
  FillTexts(interaction, row.tenant_id, *page.mutable_survey());
  page.set_state(FromState(StateAt(i, deps.clock.Now())));
  *page.mutable_expire_time() = i.expire_time();
  if (!i.response_id().empty()) {
    HOIAM_ASSIGN_OR_RETURN(const auto body, ReadResponse(db, i.response_id()));
    if (body) {
      HOIAM_ASSIGN_OR_RETURN(*page.mutable_response(), Parse<v1::Response>(*body));
    }
  }
  page.set_language(kFirstLanguage);
  HOIAM_ASSIGN_OR_RETURN(const auto customer_row, ReadCustomer(db, row.customer_id));
  if (customer_row) {
    HOIAM_ASSIGN_OR_RETURN(const v1::Customer customer, Parse<v1::Customer>(customer_row->body));
    if (!customer.locale().empty()) page.set_language(customer.locale());
  }
  return page;
}

void SubmitAnswer(const Deps& deps, const rpc::CallContext& ctx, const v1::SubmitAnswerRequest& q,
                  rpc::Reply<v1::SubmitAnswerResponse> reply) {
  auto opened = OpenToken(deps, ctx, q.token());
  if (!opened.ok()) return reply(opened.status(), {});
  if (absl::Status s = CheckForm(q); !s.ok()) return reply(std::move(s), {});
  auto s = std::make_shared<Submission>(Submission{&q, *std::move(opened)});
  rpc::Write<v1::SubmitAnswerResponse> w;
  w.subject = s->customer_id();
  w.bytes = 2 * q.ByteSizeLong() + 1024;
  w.want = [s](db::UnitOfWork& uow) { Want(*s, uow); };
  w.decide = [s](db::UnitOfWork& uow, absl::Time now) { return Decide(*s, uow, now); };
  const std::string tenant = s->tenant();
  deps.writer.Submit(RespondentContext(ctx, tenant), q, std::move(w), std::move(reply));
}

}  // namespace hoiam::survey
