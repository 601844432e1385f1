#include "survey_service/convert/survey.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "platform/base/text.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/metric.h"
#include "survey_service/convert/question.h"
#include "survey_service/convert/sample.h"
#include "survey_service/convert/times.h"
#include "survey_service/convert/trigger.h"
#include "survey_service/domain/placeholders.h"
#include "survey_service/domain/templates.h"

namespace hoiam::survey {
namespace {

const Patchable& Fields() {
  static const auto* p =
      new Patchable{{"display_name", "questions", "trigger", "channels", "fatigue", "expire_after", "brand",
                     "reminders", "address", "daily_limit", "schedule", "recovery", "scope", "incentivised"},
                    "survey_id"};
  return *p;
}

// What an unset channel means.
v1::DeliveryChannel::Code ChannelOf(int code) {
  const auto channel = static_cast<v1::DeliveryChannel::Code>(code);
  return channel == v1::DeliveryChannel::UNSPECIFIED ? v1::DeliveryChannel::LINK : channel;
}

void CheckReminders(const v1::Survey& s, Violations& v) {
  if (s.reminders().empty()) return;
  if (s.reminders_size() > kMaxReminders)
    v.Add("reminders", "TOO_MANY", absl::StrCat("at most ", kMaxReminders), {{"max", absl::StrCat(kMaxReminders)}});
  if (std::find(s.channels().begin(), s.channels().end(), v1::DeliveryChannel::EMAIL) == s.channels().end())
    v.Add("reminders", "REMINDERS_NEED_EMAIL", "we remind by mail only; put EMAIL among the channels");
  absl::Duration before = absl::ZeroDuration();
  for (int i = 0; i < s.reminders_size(); ++i) {
    const std::string field = absl::StrCat("reminders[", i, "].after");
    const auto& after = s.reminders(i).after();
    CheckDuration(after, field, kMinReminderAfter, kMaxReminderAfter, v);
    if (!IsValid(after)) continue;
    if (ToDuration(after) <= before) v.Add(field, "NOT_ASCENDING", "must be longer than the one before");
    before = ToDuration(after);
  }
}

void CheckSchedule(const v1::Survey& s, Violations& v) {
  const v1::Schedule& schedule = s.schedule();
  if (!schedule.has_start_time())
    v.Add("schedule.startTime", "REQUIRED", "is required");
  else if (!IsValid(schedule.start_time()))
    v.Add("schedule.startTime", "TIME_OUT_OF_RANGE", "must be a time");
  CheckSample(schedule.sample(), "schedule.sample", v);
  if (s.survey_id().size() > kMaxScheduledSurveyId)
    v.Add("surveyId", "TOO_LONG",
          absl::StrCat("of a survey with a schedule has at most ", kMaxScheduledSurveyId, " bytes"),
          {{"max", absl::StrCat(kMaxScheduledSurveyId)}});
  if (schedule.every_months() < 1 || schedule.every_months() > kMaxWaveMonths)
    v.Add("schedule.everyMonths", "OUT_OF_RANGE", absl::StrCat("must be 1 to ", kMaxWaveMonths),
          {{"min", "1"}, {"max", absl::StrCat(kMaxWaveMonths)}});
}

// Everything but the metric and the template, which do not change.
void CheckSurvey(const v1::Survey& s, const MetricBook& metrics, Violations& v) {
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
  CheckLine(s.address(), "address", kMaxHonorific, v);
  CheckReminders(s, v);
  if (s.daily_limit() < 0 || s.daily_limit() > kMaxDailyLimit)
    v.Add("dailyLimit", "OUT_OF_RANGE", absl::StrCat("must be 0 to ", kMaxDailyLimit),
          {{"min", "0"}, {"max", absl::StrCat(kMaxDailyLimit)}});
  if (s.has_schedule()) CheckSchedule(s, v);
  if (s.recovery() && s.has_trigger() && s.trigger().on() != v1::TriggerEvent::CASE_RESOLVED)
    v.Add("recovery", "RECOVERY_NEEDS_CASE", "only a survey that asks when a case is resolved is a recovery survey");
  for (int i = 0; i < s.questions_size(); ++i)
    CheckQuestionFields(s.questions(i), absl::StrCat("questions[", i, "]"), v);
  if (!v1::Scope::Code_IsValid(s.scope())) UnknownEnum("scope", v);
  if (const MetricPtr metric = metrics.Find(s.metric()))
    AddProblems(CheckQuestions(ToQuestions(s, metrics), *metric), "questions", v);
}

// The template's metric and questions, where the survey leaves them to it.
void ExpandTemplate(const MetricBook& metrics, v1::Survey& s, Violations& v) {
  if (s.template_().empty()) return;
  const Template* t = FindTemplate(s.template_());
  if (!t) return v.Add("template", "UNKNOWN_TEMPLATE", "must be the id of a template that GET /v1/templates lists");
  if (s.questions_size() > 0)
    return v.Add("questions", "TEMPLATE_AND_QUESTIONS", "give either a template or questions, not both");
  if (s.metric().empty())
    s.set_metric(t->metric);
  else if (metrics.Find(s.metric()) && s.metric() != t->metric)
    return v.Add("metric", "METRIC_MISMATCH", absl::StrCat("template ", t->id, " measures ", t->metric));
  for (const Question& q : t->questions) *s.add_questions() = FromQuestion(q);
}

void Normalise(v1::Survey& s) {
  if (s.channels().empty()) s.add_channels(v1::DeliveryChannel::LINK);
  for (int i = 0; i < s.channels_size(); ++i) {
    s.set_channels(i, ChannelOf(s.channels(i)));
  }
  s.mutable_channels()->erase(std::unique(s.mutable_channels()->begin(), s.mutable_channels()->end()),
                              s.mutable_channels()->end());
}

}  // namespace

NewSurvey ReadNewSurvey(const v1::CreateSurveyRequest& q, const MetricBook& metrics, Violations& v) {
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
  ExpandTemplate(metrics, s, v);
  if (v.empty() || !s.metric().empty()) CheckMetric(s.metric(), "metric", true, metrics, v);
  CheckSurvey(s, metrics, v);
  FillScope(metrics, s);
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

void ApplySurveyPatch(const v1::Survey& source, const Patch& patch, const MetricBook& metrics, v1::Survey& survey,
                      Violations& v) {
  if (!source.metric().empty() && source.metric() != survey.metric())
    v.Add("metric", "METRIC_IMMUTABLE", "a survey keeps its metric; make another survey");
  ApplyPatch(source, patch, survey);
  for (const auto* f : patch.fields) {
    if (f->number() == v1::Survey::kQuestionsFieldNumber) survey.clear_template_();
  }
  CheckSurvey(survey, metrics, v);
  Normalise(survey);
  FillScope(metrics, survey);
}

v1::Scope::Code ScopeOf(const v1::Survey& survey, const Metric& metric) {
  if (survey.scope() != v1::Scope::UNSPECIFIED) return survey.scope();
  const Template* t = FindTemplate(survey.template_());
  return FromScope(t ? t->scope : metric.scope);
}

void FillScope(const MetricBook& metrics, v1::Survey& survey) {
  if (const MetricPtr metric = metrics.Find(survey.metric())) survey.set_scope(ScopeOf(survey, *metric));
}

std::vector<Question> ToQuestions(const v1::Survey& survey, const MetricBook& metrics) {
  std::vector<Question> out;
  for (const v1::Question& q : survey.questions()) out.push_back(ToQuestion(q, metrics));
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

absl::Duration ExpireAfter(const v1::Survey& s) {
  return s.has_expire_after() ? ToDuration(s.expire_after()) : kDefaultExpireAfter;
}

void FillTexts(const v1::Interaction& interaction, absl::string_view tenant, v1::Survey& s, absl::string_view order) {
  const std::string brand = s.brand().empty() ? std::string(tenant) : s.brand();
  if (s.address().empty()) s.set_address(std::string(kAddressVi));
  const auto fill = [&](std::string* text, absl::string_view address) {
    *text = FillPlaceholders(*text, [&](absl::string_view name) -> std::optional<std::string> {
      if (name == "brand") return brand;
      if (name == "xungHo") return std::string(address);
      if (name == "XungHo") return Capitalised(address);
      const auto it = interaction.properties().find(std::string(name));
      if (it != interaction.properties().end() && !it->second.string_value().empty()) return it->second.string_value();
      if (name == "order" && !order.empty()) return std::string(order);
      if (name == "store") return brand;
      return std::nullopt;
    });
  };
  const auto both = [&](v1::LocalizedText* words) {
    fill(words->mutable_vi(), s.address());
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
