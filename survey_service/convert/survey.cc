#include "survey_service/convert/survey.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "platform/base/text.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/metric.h"
#include "survey_service/convert/question.h"
#include "survey_service/convert/times.h"
#include "survey_service/domain/placeholders.h"
#include "survey_service/domain/templates.h"

namespace hoiam::survey {
namespace {

const Patchable& Fields() {
  static const auto* p = new Patchable{
      {"display_name", "questions", "trigger", "channels", "fatigue", "expire_after", "brand"}, "survey_id"};
  return *p;
}

void CheckDuration(const google::protobuf::Duration& d, absl::string_view field, absl::Duration min, absl::Duration max,
                   Violations& v) {
  if (IsValid(d) && ToDuration(d) >= min && ToDuration(d) <= max) return;
  const std::string low = absl::StrCat(absl::ToInt64Seconds(min), "s"),
                    high = absl::StrCat(absl::ToInt64Seconds(max), "s");
  v.Add(field, "DURATION_OUT_OF_RANGE", absl::StrCat("must lie between ", low, " and ", high),
        {{"min", low}, {"max", high}});
}

void CheckTrigger(const v1::Trigger& t, Violations& v) {
  const auto count = [&](int n, absl::string_view field) {
    if (n > static_cast<int>(kMaxTriggerValues))
      v.Add(field, "TOO_MANY", absl::StrCat("at most ", kMaxTriggerValues), {{"max", absl::StrCat(kMaxTriggerValues)}});
  };
  count(t.interaction_types_size(), "trigger.interactionTypes");
  count(t.touchpoints_size(), "trigger.touchpoints");
  for (int i = 0; i < t.interaction_types_size(); ++i)
    CheckUpperSnake(t.interaction_types(i), absl::StrCat("trigger.interactionTypes[", i, "]"), v);
  for (int i = 0; i < t.touchpoints_size(); ++i)
    CheckSlug(t.touchpoints(i), absl::StrCat("trigger.touchpoints[", i, "]"), true, v);
  if (t.has_delay() && (t.delay().seconds() != 0 || t.delay().nanos() != 0))
    v.Add("trigger.delay", "NOT_SUPPORTED", "is not supported by this release; leave it out");
  if (t.has_sample_percent() && !(t.sample_percent() >= 0 && t.sample_percent() <= 100))
    v.Add("trigger.samplePercent", "PERCENT_OUT_OF_RANGE", "must be 0 to 100", {{"min", "0"}, {"max", "100"}});
  if (t.has_max_age()) CheckDuration(t.max_age(), "trigger.maxAge", absl::Seconds(1), kMaxMaxAge, v);
}

// Everything but the metric and the template, which do not change.
void CheckSurvey(const v1::Survey& s, Violations& v) {
  CheckLine(s.display_name().vi(), "displayName.vi", kMaxName, v);
  CheckLine(s.display_name().en(), "displayName.en", kMaxName, v);
  CheckLine(s.brand(), "brand", kMaxName, v);
  if (s.has_trigger()) CheckTrigger(s.trigger(), v);
  for (int i = 0; i < s.channels_size(); ++i) {
    if (!v1::DeliveryChannel::Code_IsValid(s.channels(i))) UnknownEnum(absl::StrCat("channels[", i, "]"), v);
  }
  if (s.fatigue().has_window())
    CheckDuration(s.fatigue().window(), "fatigue.window", absl::ZeroDuration(), kMaxWindow, v);
  if (s.has_expire_after()) CheckDuration(s.expire_after(), "expireAfter", kMinExpireAfter, kMaxExpireAfter, v);
  for (int i = 0; i < s.questions_size(); ++i) {
    const auto type = s.questions(i).type();
    const std::string field = absl::StrCat("questions[", i, "].type");
    if (type == v1::QuestionType::UNSPECIFIED)
      v.Add(field, "REQUIRED", "is required");
    else if (!v1::QuestionType::Code_IsValid(type))
      UnknownEnum(field, v);
  }
  if (const auto metric = ParseMetric(s.metric())) AddProblems(CheckQuestions(ToQuestions(s), *metric), "questions", v);
}

// The template's metric and questions, where the survey leaves them to it.
void ExpandTemplate(v1::Survey& s, Violations& v) {
  if (s.template_().empty()) return;
  const Template* t = FindTemplate(s.template_());
  if (!t) return v.Add("template", "UNKNOWN_TEMPLATE", "must be nps, csat or ces, or be left out");
  if (s.questions_size() > 0)
    return v.Add("questions", "TEMPLATE_AND_QUESTIONS", "give either a template or questions, not both");
  if (s.metric().empty())
    s.set_metric(std::string(MetricName(t->metric)));
  else if (ParseMetric(s.metric()) && s.metric() != MetricName(t->metric))
    return v.Add("metric", "METRIC_MISMATCH", absl::StrCat("template ", t->id, " measures ", MetricName(t->metric)));
  for (const Question& q : t->questions) *s.add_questions() = FromQuestion(q);
}

void Normalise(v1::Survey& s) {
  if (s.channels().empty()) s.add_channels(v1::DeliveryChannel::LINK);
  for (int i = 0; i < s.channels_size(); ++i) {
    if (s.channels(i) == v1::DeliveryChannel::UNSPECIFIED) s.set_channels(i, v1::DeliveryChannel::LINK);
  }
  s.mutable_channels()->erase(std::unique(s.mutable_channels()->begin(), s.mutable_channels()->end()),
                              s.mutable_channels()->end());
}

}  // namespace

NewSurvey ReadNewSurvey(const v1::CreateSurveyRequest& q, Violations& v) {
  NewSurvey made{q.survey(), ""};
  v1::Survey& s = made.survey;
  const std::string& id = q.survey_id().empty() ? s.survey_id() : q.survey_id();
  CheckSlug(id, "surveyId", true, v);
  if (!s.survey_id().empty() && s.survey_id() != id)
    v.Add("surveyId", "ID_MISMATCH", "must be surveyId, or be left out");
  s.set_survey_id(id);
  s.clear_state();
  s.clear_version();
  s.clear_create_time();
  s.clear_update_time();
  Normalise(s);
  made.fingerprint = Fingerprint(s);
  ExpandTemplate(s, v);
  if (v.empty() || !s.metric().empty()) CheckMetric(s.metric(), "metric", true, v);
  CheckSurvey(s, v);
  s.set_state(v1::SurveyState::DRAFT);
  s.set_version(1);
  return made;
}

Patch ReadSurveyPatch(const v1::UpdateSurveyRequest& q, Violations& v) {
  CheckSlug(q.survey().survey_id(), "surveyId", true, v);
  Patch patch = ReadPatch(q.survey(), q.has_update_mask() ? &q.update_mask() : nullptr, Fields(), v);
  if (!q.has_update_mask() && !q.survey().template_().empty())
    v.Add("template", "NOT_SETTABLE", "a survey keeps the template it was made with");
  return patch;
}

void ApplySurveyPatch(const v1::Survey& source, const Patch& patch, v1::Survey& survey, Violations& v) {
  if (!source.metric().empty() && source.metric() != survey.metric())
    v.Add("metric", "METRIC_IMMUTABLE", "a survey keeps its metric; make another survey");
  ApplyPatch(source, patch, survey);
  for (const auto* f : patch.fields) {
    if (f->number() == v1::Survey::kQuestionsFieldNumber) survey.clear_template_();
  }
  CheckSurvey(survey, v);
  Normalise(survey);
}

std::vector<Question> ToQuestions(const v1::Survey& survey) {
  std::vector<Question> out;
  for (const v1::Question& q : survey.questions()) out.push_back(ToQuestion(q));
  return out;
}

SurveyState ToState(v1::SurveyState::Code state) {
  switch (state) {
    case v1::SurveyState::ACTIVE:
      return SurveyState::kActive;
    case v1::SurveyState::PAUSED:
      return SurveyState::kPaused;
    case v1::SurveyState::ARCHIVED:
      return SurveyState::kArchived;
    default:
      return SurveyState::kDraft;
  }
}

v1::SurveyState::Code FromState(SurveyState state) {
  switch (state) {
    case SurveyState::kDraft:
      return v1::SurveyState::DRAFT;
    case SurveyState::kActive:
      return v1::SurveyState::ACTIVE;
    case SurveyState::kPaused:
      return v1::SurveyState::PAUSED;
    case SurveyState::kArchived:
      return v1::SurveyState::ARCHIVED;
  }
  return v1::SurveyState::UNSPECIFIED;
}

v1::Survey Slim(const v1::Survey& survey) {
  v1::Survey slim;
  slim.set_survey_id(survey.survey_id());
  slim.set_metric(survey.metric());
  slim.set_version(survey.version());
  if (survey.has_trigger()) *slim.mutable_trigger() = survey.trigger();
  if (survey.has_fatigue()) *slim.mutable_fatigue() = survey.fatigue();
  if (survey.has_expire_after()) *slim.mutable_expire_after() = survey.expire_after();
  return slim;
}

AskingSurvey ToAsking(const v1::Survey& s) {
  AskingSurvey out;
  out.survey_id = s.survey_id();
  const v1::Trigger& t = s.trigger();
  out.trigger.interaction_types.assign(t.interaction_types().begin(), t.interaction_types().end());
  out.trigger.touchpoints.assign(t.touchpoints().begin(), t.touchpoints().end());
  if (t.has_sample_percent()) out.trigger.sample_percent = t.sample_percent();
  if (t.has_max_age()) out.trigger.max_age = ToDuration(t.max_age());
  out.window = s.fatigue().has_window() ? ToDuration(s.fatigue().window()) : DefaultWindow(s.has_trigger());
  return out;
}

absl::Duration ExpireAfter(const v1::Survey& s) {
  return s.has_expire_after() ? ToDuration(s.expire_after()) : kDefaultExpireAfter;
}

void FillTexts(const v1::Interaction& interaction, absl::string_view tenant, v1::Survey& s) {
  const std::string brand = s.brand().empty() ? std::string(tenant) : s.brand();
  const auto fill = [&](std::string* text, absl::string_view address) {
    *text = FillPlaceholders(*text, [&](absl::string_view name) -> std::optional<std::string> {
      if (name == "brand") return brand;
      if (name == "xungHo") return std::string(address);
      const auto it = interaction.properties().find(std::string(name));
      if (it != interaction.properties().end() && !it->second.string_value().empty()) return it->second.string_value();
      if (name == "store") return brand;
      return std::nullopt;
    });
  };
  const auto both = [&](v1::LocalizedText* words) {
    fill(words->mutable_vi(), kAddressVi);
    fill(words->mutable_en(), kAddressEn);
  };
  if (s.has_display_name()) both(s.mutable_display_name());
  for (v1::Question& q : *s.mutable_questions()) {
    both(q.mutable_text());
    if (q.has_low_label()) both(q.mutable_low_label());
    if (q.has_high_label()) both(q.mutable_high_label());
    for (v1::Option& o : *q.mutable_options()) both(o.mutable_text());
  }
}

}  // namespace hoiam::survey
