#include "gateway/pages/view.h"

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <optional>
#include <set>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
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

const sv::Answer& AnswerTo(const FormView& view, const std::string& id) {
  static const auto* none = new sv::Answer;
  const auto it =
      std::find_if(view.answers->begin(), view.answers->end(), [&](const auto& a) { return a.question_id() == id; });
  return it == view.answers->end() ? *none : *it;
}

Names NamesOf(const FormView& view) { return {view.page->survey().brand(), view.page->survey().address()}; }

sv::ScaleStyle::Code StyleOf(const sv::Question& q) {
  if (q.style() != sv::ScaleStyle::UNSPECIFIED) return q.style();
  return q.type() == sv::QuestionType::CSAT ? sv::ScaleStyle::FACES : sv::ScaleStyle::NUMBERS;
}

// The points of a scale; `chosen` is none of them when nothing is chosen.
Data Points(const sv::Question& q, int low, int high, std::optional<double> chosen, Language language) {
  static constexpr const char* kFaces[] = {"😞", "🙁", "😐", "🙂", "😀"};
  const auto style = StyleOf(q);
  const bool faces = style == sv::ScaleStyle::FACES && high - low == 4;
  Data points(Data::type::list);
  for (int n = low; n <= high; ++n) {
    Data p;
    p.set("value", absl::StrCat(n));
    p.set("label", faces ? TextsIn(language).satisfaction[n - low] : absl::StrCat(n));
    p.set("face", faces ? Data(kFaces[n - low]) : style == sv::ScaleStyle::STARS ? Data("★") : Data(false));
    p.set("checked", chosen == n);
    points << p;
  }
  return points;
}

void AddOption(Data& options, const std::string& value, const std::string& label, const sv::Answer& answer) {
  Data d;
  d.set("value", value);
  d.set("label", label);
  d.set("checked", std::find(answer.choices().begin(), answer.choices().end(), value) != answer.choices().end());
  options << d;
}

Data Options(const sv::Survey& survey, const sv::Question& q, const sv::Answer& answer, Language language) {
  static constexpr const char* kExpectation[] = {"below", "as_expected", "above"};
  Data options(Data::type::list);
  if (q.type() == sv::QuestionType::EXPECTATION) {
    for (int i = 0; i < 3; ++i) AddOption(options, kExpectation[i], TextsIn(language).expectation[i], answer);
  } else if (q.type() == sv::QuestionType::CSI_IMPORTANCE) {
    for (const sv::Question& other : survey.questions())
      if (other.type() == sv::QuestionType::CSI)
        AddOption(options, other.question_id(), TextIn(other.text(), language), answer);
  } else {
    for (const sv::Option& o : q.options()) AddOption(options, o.option_id(), TextIn(o.text(), language), answer);
  }
  return options;
}

// How many may be chosen, where that is fewer than all of several.
std::string Hint(const sv::Question& q, Language language) {
  const bool important = q.type() == sv::QuestionType::CSI_IMPORTANCE;
  const int max = q.max_choices() > 0 ? q.max_choices() : important ? 3 : 0;
  if (max == 0 || (!important && q.type() != sv::QuestionType::MULTIPLE_CHOICE)) return "";
  return absl::StrReplaceAll(TextsIn(language).at_most, {{"{n}", absl::StrCat(max)}});
}

bool SameEnds(const sv::Question& q, const sv::Question* before) {
  return before && before->type() == q.type() && before->low_label().vi() == q.low_label().vi() &&
         before->high_label().vi() == q.high_label().vi() && before->low_label().en() == q.low_label().en() &&
         before->high_label().en() == q.high_label().en();
}

// A scale on the page: of a pair there are two.
Data ScaleData(const FormView& view, const sv::Question& q, const std::string& name, const std::string& title,
               std::optional<double> chosen) {
  int low = 0, high = 0;
  ScaleOf(*view.page, q, low, high);
  Data d;
  d.set("name", name);
  Set(d, "title", title);
  d.set("count", absl::StrCat(high - low + 1));
  d.set("points", Points(q, low, high, chosen, view.language));
  return d;
}

// `before` is the question shown above it; nullptr: none.
Data QuestionData(const FormView& view, const sv::Question& q, const sv::Question* before) {
  const Texts& t = TextsIn(view.language);
  const sv::Answer& answer = AnswerTo(view, q.question_id());
  const bool scale = IsScale(q.type());
  const bool ideal = q.type() == sv::QuestionType::IDEAL;
  const bool text = ideal || q.type() == sv::QuestionType::TEXT;
  const bool pair = q.type() == sv::QuestionType::EXPECTATION_PAIR;
  const bool several = q.type() == sv::QuestionType::MULTIPLE_CHOICE || q.type() == sv::QuestionType::CSI_IMPORTANCE;
  const auto error = view.errors.find(q.question_id());
  Data d;
  d.set("id", q.question_id());
  d.set("text", TextIn(q.text(), view.language));
  d.set("must", q.required());
  d.set("must_word", t.required);
  Set(d, "error",
      error == view.errors.end() ? "" : Filled(ErrorText(error->second, view.language), NamesOf(view), view.language));
  d.set("is_scale", scale);
  d.set("is_text", text);
  d.set("is_choice", !scale && !text);
  d.set("compact", q.type() == sv::QuestionType::CSI);
  Data scales(Data::type::list);
  if (pair)
    scales << ScaleData(view, q, absl::StrCat(kExpectedField, q.question_id()), t.expected,
                        answer.has_expected() ? std::optional(answer.expected()) : std::nullopt);
  if (scale)
    scales << ScaleData(view, q, q.question_id(), pair ? t.received : "",
                        answer.has_number() ? std::optional(answer.number()) : std::nullopt);
  d.set("scales", scales);
  if (!scale && !text) d.set("options", Options(view.page->survey(), q, answer, view.language));
  Set(d, "hint", Hint(q, view.language));
  d.set("input", several ? "checkbox" : "radio");
  d.set("value", answer.text());
  d.set("low_label", TextIn(q.low_label(), view.language));
  d.set("high_label", TextIn(q.high_label(), view.language));
  const bool ends = scale && StyleOf(q) != sv::ScaleStyle::FACES && (q.has_low_label() || q.has_high_label());
  d.set("has_ends", ends && !(q.type() == sv::QuestionType::CSI && SameEnds(q, before)));
  d.set("is_ideal", ideal);
  d.set("nothing_field", absl::StrCat(kNothingField, q.question_id()));
  d.set("nothing_missing", t.nothing_missing);
  d.set("nothing_checked", answer.nothing_missing());
  return d;
}

// The box for free words: where no question on the page asks for words.
Data CommentData(const FormView& view) {
  sv::Question q;
  q.set_question_id(kCommentField);
  q.set_type(sv::QuestionType::TEXT);
  q.mutable_text()->set_vi(TextsIn(Language::kVi).comment);
  q.mutable_text()->set_en(TextsIn(Language::kEn).comment);
  Data d = QuestionData(view, q, nullptr);
  d.set("value", view.comment);
  return d;
}

}  // namespace

std::string RenderLayout(Language language, const std::string& title, const std::string& brand,
                         const std::string& content) {
  Data d;
  d.set("language", CodeOf(language));
  d.set("title", title);
  Set(d, "brand", brand);
  d.set("style", kStyle);
  d.set("content", content);
  return Render(kLayoutTemplate, d);
}

std::string RenderForm(const FormView& view) {
  const Texts& t = TextsIn(view.language);
  const sv::Survey& survey = view.page->survey();
  const std::set<std::string> shown(view.page->shown().begin(), view.page->shown().end());
  Data questions(Data::type::list);
  bool asks_for_words = false;
  const sv::Question* before = nullptr;
  for (const sv::Question& q : survey.questions()) {
    if (!shown.contains(q.question_id())) continue;
    asks_for_words |= q.type() == sv::QuestionType::TEXT || q.type() == sv::QuestionType::IDEAL;
    questions << QuestionData(view, q, before);
    before = &q;
  }
  if (!asks_for_words) questions << CommentData(view);
  const Language other = view.language == Language::kVi ? Language::kEn : Language::kVi;
  const bool more = view.page->more_may_come();
  const auto phone_error = view.errors.find(kPhoneField);
  Data d;
  d.set("token", view.token);
  d.set("language", CodeOf(view.language));
  Set(d, "notice", view.mistakes ? Filled(t.please_check, NamesOf(view), view.language) : "");
  d.set("shown", absl::StrJoin(view.page->shown(), ","));
  d.set("questions", questions);
  d.set("anonymous", view.page->anonymous());
  d.set("phone_text", t.phone);
  d.set("phone", view.phone);
  Set(d, "phone_error",
      phone_error == view.errors.end()
          ? ""
          : Filled(ErrorText(phone_error->second, view.language), NamesOf(view), view.language));
  d.set("last", !more);
  d.set("button", more ? t.proceed : t.send);
  d.set("other_code", CodeOf(other));
  d.set("other_language", t.other_language);
  d.set("unsubscribe", t.unsubscribe);
  const std::string brand = survey.brand();
  return RenderLayout(view.language, brand.empty() ? t.survey : absl::StrCat(t.survey, " · ", brand), brand,
                      Render(kFormTemplate, d));
}

std::string RenderMessage(const MessageView& view) {
  Data d;
  d.set("title", view.title);
  Set(d, "text", view.text);
  Set(d, "hint", view.hint);
  Set(d, "action", view.action);
  d.set("button", view.button);
  return RenderLayout(view.language, view.title, view.brand, Render(kMessageTemplate, d));
}

std::string RenderLanding() { return RenderLayout(Language::kEn, "Hoiam", "", Render(kLandingTemplate, Data())); }

const std::string& PagePolicy() {
  static const auto* policy =
      new std::string(absl::StrCat("default-src 'none'; style-src 'sha256-", absl::Base64Escape(Sha256(kStyle)),
                                   "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"));
  return *policy;
}

}  // namespace hoiam::gateway
