#include "survey_service/convert/question.h"

#include <array>
#include <utility>

#include "platform/base/text.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/times.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

// The numbers of QuestionType beside the kinds.
constexpr std::array<std::pair<v1::QuestionType::Code, QuestionKind>, 13> kKinds = {{
    {v1::QuestionType::NPS, QuestionKind::kNps},
    {v1::QuestionType::CSAT, QuestionKind::kCsat},
    {v1::QuestionType::CES, QuestionKind::kCes},
    {v1::QuestionType::SINGLE_CHOICE, QuestionKind::kSingleChoice},
    {v1::QuestionType::MULTIPLE_CHOICE, QuestionKind::kMultipleChoice},
    {v1::QuestionType::TEXT, QuestionKind::kText},
    {v1::QuestionType::CSI, QuestionKind::kCsi},
    {v1::QuestionType::CSI_IMPORTANCE, QuestionKind::kCsiImportance},
    {v1::QuestionType::EXPECTATION, QuestionKind::kExpectation},
    {v1::QuestionType::EXPECTATION_PAIR, QuestionKind::kExpectationPair},
    {v1::QuestionType::IDEAL, QuestionKind::kIdeal},
    {v1::QuestionType::SOURCE, QuestionKind::kSource},
    {v1::QuestionType::SCALE, QuestionKind::kScale},
}};

constexpr std::array<std::pair<v1::Comparison::Code, ScoreCompare::Op>, 6> kOperators = {{
    {v1::Comparison::EQ, ScoreCompare::Op::kEq},
    {v1::Comparison::NE, ScoreCompare::Op::kNe},
    {v1::Comparison::LT, ScoreCompare::Op::kLt},
    {v1::Comparison::LE, ScoreCompare::Op::kLe},
    {v1::Comparison::GT, ScoreCompare::Op::kGt},
    {v1::Comparison::GE, ScoreCompare::Op::kGe},
}};

constexpr std::array<std::pair<v1::CsiObject::Code, CsiObject>, 3> kObjects = {{
    {v1::CsiObject::PRODUCT, CsiObject::kProduct},
    {v1::CsiObject::SERVICE, CsiObject::kService},
    {v1::CsiObject::BRAND, CsiObject::kBrand},
}};

constexpr std::array<std::pair<v1::ScaleStyle::Code, ScaleStyle>, 3> kStyles = {{
    {v1::ScaleStyle::NUMBERS, ScaleStyle::kNumbers},
    {v1::ScaleStyle::STARS, ScaleStyle::kStars},
    {v1::ScaleStyle::FACES, ScaleStyle::kFaces},
}};

template <class Table, class Wire, class Rule>
Rule ToRule(const Table& table, Wire wire, Rule fallback) {
  for (const auto& [w, r] : table)
    if (w == wire) return r;
  return fallback;
}

template <class Wire, class Table, class Rule>
Wire ToWire(const Table& table, Rule rule) {
  for (const auto& [w, r] : table)
    if (r == rule) return w;
  return {};
}

Words ToWords(const v1::LocalizedText& t) { return {t.vi(), t.en()}; }

ShowIf ToShowIf(const v1::ShowIf& c) {
  ShowIf out;
  out.question_id = c.question_id();
  if (c.has_min()) out.min = c.min();
  if (c.has_max()) out.max = c.max();
  if (c.has_compare())
    out.compare =
        ScoreCompare{ToRule(kOperators, c.compare().operator_(), ScoreCompare::Op::kNone), c.compare().value()};
  out.choices.assign(c.choices().begin(), c.choices().end());
  out.bands.assign(c.bands().begin(), c.bands().end());
  if (c.has_answered()) out.answered = c.answered();
  for (const v1::ShowIf& part : c.all()) out.all.push_back(ToShowIf(part));
  for (const v1::ShowIf& part : c.any()) out.any.push_back(ToShowIf(part));
  return out;
}

void SetShowIf(const ShowIf& c, v1::ShowIf* out) {
  out->set_question_id(c.question_id);
  if (c.min) out->set_min(*c.min);
  if (c.max) out->set_max(*c.max);
  if (c.compare) {
    out->mutable_compare()->set_operator_(ToWire<v1::Comparison::Code>(kOperators, c.compare->op));
    out->mutable_compare()->set_value(c.compare->value);
  }
  for (const std::string& choice : c.choices) out->add_choices(choice);
  for (const std::string& band : c.bands) out->add_bands(band);
  if (c.answered) out->set_answered(*c.answered);
  for (const ShowIf& part : c.all) SetShowIf(part, out->add_all());
  for (const ShowIf& part : c.any) SetShowIf(part, out->add_any());
}

}  // namespace

v1::LocalizedText FromWords(const Words& w) {
  v1::LocalizedText out;
  out.set_vi(w.vi);
  out.set_en(w.en);
  return out;
}

void CheckQuestionFields(const v1::Question& q, const std::string& field, Violations& v) {
  if (q.type() == v1::QuestionType::UNSPECIFIED)
    v.Add(field + ".type", "REQUIRED", "is required");
  else if (!v1::QuestionType::Code_IsValid(q.type()))
    UnknownEnum(field + ".type", v);
  if (!v1::CsiObject::Code_IsValid(q.object())) UnknownEnum(field + ".object", v);
  if (!v1::ScaleStyle::Code_IsValid(q.style())) UnknownEnum(field + ".style", v);
  CheckLine(q.known_from(), field + ".knownFrom", kMaxPropertyKey, v);
  if (q.has_ask_again_after())
    CheckDuration(q.ask_again_after(), field + ".askAgainAfter", kMinAskAgainAfter, kMaxAskAgainAfter, v);
  if (!q.assumption().empty()) CheckProse(q.assumption(), field + ".assumption", kMaxAssumption, v);
  if (q.has_assumption_expire_time() && !IsValid(q.assumption_expire_time()))
    v.Add(field + ".assumptionExpireTime", "TIME_OUT_OF_RANGE", "must be a time");
}

Question ToQuestion(const v1::Question& q, const MetricBook& metrics) {
  Question out;
  out.id = q.question_id();
  out.kind = ToRule(kKinds, q.type(), QuestionKind::kText);
  out.text = ToWords(q.text());
  out.required = q.required();
  for (const v1::Option& o : q.options()) out.options.push_back({o.option_id(), ToWords(o.text())});
  if (q.has_show_if()) out.show_if = ToShowIf(q.show_if());
  out.low_label = ToWords(q.low_label());
  out.high_label = ToWords(q.high_label());
  out.object = ToRule(kObjects, q.object(), CsiObject::kNone);
  out.max_choices = q.max_choices();
  out.style = ToRule(kStyles, q.style(), ScaleStyle::kPlain);
  out.known_from = q.known_from();
  if (q.has_ask_again_after()) out.ask_again_after = ToDuration(q.ask_again_after());
  out.metric_id = q.metric();
  if (out.kind == QuestionKind::kScale) out.metric = metrics.Find(q.metric());
  return out;
}

v1::Question FromQuestion(const Question& q) {
  v1::Question out;
  out.set_question_id(q.id);
  out.set_type(ToWire<v1::QuestionType::Code>(kKinds, q.kind));
  *out.mutable_text() = FromWords(q.text);
  out.set_required(q.required);
  for (const Option& o : q.options) {
    v1::Option* option = out.add_options();
    option->set_option_id(o.id);
    *option->mutable_text() = FromWords(o.text);
  }
  if (q.show_if) SetShowIf(*q.show_if, out.mutable_show_if());
  if (!q.low_label.empty()) *out.mutable_low_label() = FromWords(q.low_label);
  if (!q.high_label.empty()) *out.mutable_high_label() = FromWords(q.high_label);
  out.set_object(ToWire<v1::CsiObject::Code>(kObjects, q.object));
  out.set_max_choices(q.max_choices);
  out.set_style(ToWire<v1::ScaleStyle::Code>(kStyles, q.style));
  out.set_known_from(q.known_from);
  if (q.ask_again_after) SetDuration(*q.ask_again_after, out.mutable_ask_again_after());
  out.set_metric(q.metric_id);
  return out;
}

std::vector<Answer> ToAnswers(const google::protobuf::RepeatedPtrField<v1::Answer>& answers) {
  std::vector<Answer> out;
  for (const v1::Answer& a : answers) {
    Answer& to = out.emplace_back();
    to.question_id = a.question_id();
    if (a.has_number()) to.number = a.number();
    to.choices.assign(a.choices().begin(), a.choices().end());
    if (a.has_text()) to.text = a.text();
    if (a.has_importance()) to.importance = a.importance();
    if (a.has_expected()) to.expected = a.expected();
    to.nothing_missing = a.nothing_missing();
  }
  return out;
}

v1::Answer FromAnswer(const Answer& a) {
  v1::Answer to;
  to.set_question_id(a.question_id);
  if (a.number) to.set_number(*a.number);
  for (const std::string& choice : a.choices) to.add_choices(choice);
  if (a.text) to.set_text(*a.text);
  if (a.importance) to.set_importance(*a.importance);
  if (a.expected) to.set_expected(*a.expected);
  to.set_nothing_missing(a.nothing_missing);
  return to;
}

void SetAnswers(const std::vector<Answer>& answers, google::protobuf::RepeatedPtrField<v1::Answer>* out) {
  out->Clear();
  for (const Answer& a : answers) *out->Add() = FromAnswer(a);
}

}  // namespace hoiam::survey
