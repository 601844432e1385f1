#include "gateway/pages/view.h"

#include <algorithm>
#include <kainjow/mustache.hpp>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gateway/pages/form.h"
#include "gateway/pages/templates.h"
#include "platform/base/crypto.h"

namespace hoiam::gateway {
namespace {

namespace sv = hoiam::survey::v1;
using Data = kainjow::mustache::data;

// Sections look outwards for names that are missing, so every name is set, here or with its flag.
void Set(Data& d, const std::string& name, const std::string& value) {
  d.set(name, value);
  d.set("has_" + name, !value.empty());
}

std::string Render(const char* source, const Data& data) { return kainjow::mustache::mustache(source).render(data); }

std::string Page(Language language, const std::string& title, const std::string& brand, const std::string& content) {
  Data d;
  d.set("language", CodeOf(language));
  d.set("title", title);
  Set(d, "brand", brand);
  d.set("style", kStyle);
  d.set("content", content);
  return Render(kLayoutTemplate, d);
}

const sv::Answer& AnswerTo(const FormView& view, const std::string& id) {
  static const auto* none = new sv::Answer;
  const auto it =
      std::find_if(view.answers->begin(), view.answers->end(), [&](const auto& a) { return a.question_id() == id; });
  return it == view.answers->end() ? *none : *it;
}

Data Points(const sv::Question& q, const sv::Answer& answer, int low, int high, Language language) {
  static constexpr const char* kFaces[] = {"😞", "🙁", "😐", "🙂", "😀"};
  const bool satisfaction = q.type() == sv::QuestionType::CSAT;
  Data points(Data::type::list);
  for (int n = low; n <= high; ++n) {
    Data p;
    p.set("value", absl::StrCat(n));
    p.set("label", satisfaction ? TextsIn(language).satisfaction[n - low] : absl::StrCat(n));
    p.set("face", satisfaction ? Data(kFaces[n - low]) : Data(false));
    p.set("checked", answer.has_number() && answer.number() == n);
    points << p;
  }
  return points;
}

Data Options(const sv::Question& q, const sv::Answer& answer, Language language) {
  Data options(Data::type::list);
  for (const sv::Option& o : q.options()) {
    Data d;
    d.set("value", o.option_id());
    d.set("label", TextIn(o.text(), language));
    d.set("checked",
          std::find(answer.choices().begin(), answer.choices().end(), o.option_id()) != answer.choices().end());
    options << d;
  }
  return options;
}

Data QuestionData(const FormView& view, const sv::Question& q) {
  const sv::Answer& answer = AnswerTo(view, q.question_id());
  int low = 0, high = 0;
  const bool scale = ScaleOf(q.type(), low, high);
  const bool text = q.type() == sv::QuestionType::TEXT;
  const auto error = view.errors.find(q.question_id());
  Data d;
  d.set("id", q.question_id());
  d.set("text", TextIn(q.text(), view.language));
  d.set("must", q.required());
  d.set("must_word", TextsIn(view.language).required);
  Set(d, "error", error == view.errors.end() ? "" : ErrorText(error->second, view.language));
  d.set("is_scale", scale);
  d.set("is_text", text);
  d.set("is_choice", !scale && !text);
  d.set("count", absl::StrCat(high - low + 1));
  if (scale) d.set("points", Points(q, answer, low, high, view.language));
  if (!scale && !text) d.set("options", Options(q, answer, view.language));
  d.set("input", q.type() == sv::QuestionType::SINGLE_CHOICE ? "radio" : "checkbox");
  d.set("value", answer.text());
  d.set("low_label", TextIn(q.low_label(), view.language));
  d.set("high_label", TextIn(q.high_label(), view.language));
  d.set("has_ends", scale && q.type() != sv::QuestionType::CSAT && (q.has_low_label() || q.has_high_label()));
  return d;
}

// The box for free words: where no question on the page asks for words.
Data CommentData(const FormView& view) {
  sv::Question q;
  q.set_question_id(kCommentField);
  q.set_type(sv::QuestionType::TEXT);
  q.mutable_text()->set_vi(TextsIn(Language::kVi).comment);
  q.mutable_text()->set_en(TextsIn(Language::kEn).comment);
  Data d = QuestionData(view, q);
  d.set("value", view.comment);
  return d;
}

}  // namespace

std::string RenderForm(const FormView& view) {
  const Texts& t = TextsIn(view.language);
  const bool more = MoreMayCome(*view.survey, *view.answers);
  Data questions(Data::type::list);
  std::string shown;
  bool asks_for_words = false;
  for (const sv::Question& q : view.survey->questions()) {
    if (!IsShown(q, *view.answers)) continue;
    asks_for_words |= q.type() == sv::QuestionType::TEXT;
    absl::StrAppend(&shown, shown.empty() ? "" : ",", q.question_id());
    questions << QuestionData(view, q);
  }
  if (!asks_for_words) questions << CommentData(view);
  const Language other = view.language == Language::kVi ? Language::kEn : Language::kVi;
  Data d;
  d.set("token", view.token);
  d.set("language", CodeOf(view.language));
  Set(d, "notice", view.notice);
  d.set("shown", shown);
  d.set("questions", questions);
  d.set("last", !more);
  d.set("button", more ? t.proceed : t.send);
  d.set("other_code", CodeOf(other));
  d.set("other_language", t.other_language);
  d.set("unsubscribe", t.unsubscribe);
  const std::string brand = view.survey->brand();
  return Page(view.language, brand.empty() ? t.survey : absl::StrCat(t.survey, " · ", brand), brand,
              Render(kFormTemplate, d));
}

std::string RenderMessage(const MessageView& view) {
  Data d;
  d.set("title", view.title);
  Set(d, "text", view.text);
  Set(d, "hint", view.hint);
  Set(d, "action", view.action);
  d.set("button", view.button);
  return Page(view.language, view.title, view.brand, Render(kMessageTemplate, d));
}

std::string RenderLanding() { return Page(Language::kEn, "Hoiam", "", Render(kLandingTemplate, Data())); }

const std::string& PagePolicy() {
  static const auto* policy =
      new std::string(absl::StrCat("default-src 'none'; style-src 'sha256-", absl::Base64Escape(Sha256(kStyle)),
                                   "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"));
  return *policy;
}

}  // namespace hoiam::gateway
