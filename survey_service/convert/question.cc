#include "survey_service/convert/question.h"

namespace hoiam::survey {
namespace {

QuestionKind ToKind(v1::QuestionType::Code type) {
  switch (type) {
    case v1::QuestionType::NPS:
      return QuestionKind::kNps;
    case v1::QuestionType::CSAT:
      return QuestionKind::kCsat;
    case v1::QuestionType::CES:
      return QuestionKind::kCes;
    case v1::QuestionType::SINGLE_CHOICE:
      return QuestionKind::kSingleChoice;
    case v1::QuestionType::MULTIPLE_CHOICE:
      return QuestionKind::kMultipleChoice;
    default:
      return QuestionKind::kText;
  }
}

v1::QuestionType::Code FromKind(QuestionKind kind) {
  switch (kind) {
    case QuestionKind::kNps:
      return v1::QuestionType::NPS;
    case QuestionKind::kCsat:
      return v1::QuestionType::CSAT;
    case QuestionKind::kCes:
      return v1::QuestionType::CES;
    case QuestionKind::kSingleChoice:
      return v1::QuestionType::SINGLE_CHOICE;
    case QuestionKind::kMultipleChoice:
      return v1::QuestionType::MULTIPLE_CHOICE;
    case QuestionKind::kText:
      return v1::QuestionType::TEXT;
  }
  return v1::QuestionType::UNSPECIFIED;
}

Words ToWords(const v1::LocalizedText& t) { return {t.vi(), t.en()}; }

void SetWords(const Words& w, v1::LocalizedText* out) {
  out->set_vi(w.vi);
  out->set_en(w.en);
}

}  // namespace

Question ToQuestion(const v1::Question& q) {
  Question out;
  out.id = q.question_id();
  out.kind = ToKind(q.type());
  out.text = ToWords(q.text());
  out.required = q.required();
  for (const v1::Option& o : q.options()) out.options.push_back({o.option_id(), ToWords(o.text())});
  if (q.has_show_if()) out.show_if = ShowIf{q.show_if().question_id(), q.show_if().min(), q.show_if().max()};
  out.low_label = ToWords(q.low_label());
  out.high_label = ToWords(q.high_label());
  return out;
}

v1::Question FromQuestion(const Question& q) {
  v1::Question out;
  out.set_question_id(q.id);
  out.set_type(FromKind(q.kind));
  SetWords(q.text, out.mutable_text());
  out.set_required(q.required);
  for (const Option& o : q.options) {
    v1::Option* option = out.add_options();
    option->set_option_id(o.id);
    SetWords(o.text, option->mutable_text());
  }
  if (q.show_if) {
    out.mutable_show_if()->set_question_id(q.show_if->question_id);
    out.mutable_show_if()->set_min(q.show_if->min);
    out.mutable_show_if()->set_max(q.show_if->max);
  }
  if (!q.low_label.empty()) SetWords(q.low_label, out.mutable_low_label());
  if (!q.high_label.empty()) SetWords(q.high_label, out.mutable_high_label());
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
  }
  return out;
}

void SetAnswers(const std::vector<Answer>& answers, google::protobuf::RepeatedPtrField<v1::Answer>* out) {
  out->Clear();
  for (const Answer& a : answers) {
    v1::Answer* to = out->Add();
    to->set_question_id(a.question_id);
    if (a.number) to->set_number(*a.number);
    for (const std::string& choice : a.choices) to->add_choices(choice);
    if (a.text) to->set_text(*a.text);
  }
}

}  // namespace hoiam::survey
