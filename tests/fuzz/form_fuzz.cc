// The respondent's form: whatever a browser (or not a browser) posts, what is read of it belongs to the survey.
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "gateway/pages/form.h"
#include "gateway/route/path.h"
#include "platform/base/text.h"
#include "tests/fuzz/fuzz.h"

namespace hoiam::gateway {
namespace {

namespace sv = hoiam::survey::v1;

const sv::Survey& TheSurvey() {
  static const auto* survey = [] {
    auto* s = new sv::Survey;
    const auto add = [&](const char* id, sv::QuestionType::Code type) {
      sv::Question* q = s->add_questions();
      q->set_question_id(id);
      q->set_type(type);
      return q;
    };
    add("nps", sv::QuestionType::NPS)->set_required(true);
    sv::Question* why = add("why", sv::QuestionType::MULTIPLE_CHOICE);
    why->mutable_show_if()->set_question_id("nps");
    why->mutable_show_if()->set_max(6);
    for (const char* o : {"price", "staff"}) why->add_options()->set_option_id(o);
    sv::Question* keep = add("keep", sv::QuestionType::TEXT);
    keep->mutable_show_if()->set_question_id("nps");
    keep->mutable_show_if()->set_min(9);
    keep->mutable_show_if()->set_max(10);
    add("effort", sv::QuestionType::CES);
    add("pair", sv::QuestionType::EXPECTATION_PAIR);
    add("ideal", sv::QuestionType::IDEAL);
    return s;
  }();
  return *survey;
}

const sv::Question* Find(const std::string& id) {
  for (const sv::Question& q : TheSurvey().questions())
    if (q.question_id() == id) return &q;
  return nullptr;
}

std::string Encode(absl::string_view s) {
  std::string out;
  for (unsigned char c : s) absl::ascii_isalnum(c) ? out += static_cast<char>(c) : out += absl::StrFormat("%%%02X", c);
  return out;
}

// The answers as a browser would post them.
std::string Write(const sv::SubmitAnswerRequest& request) {
  std::string out = absl::StrCat("_comment=", Encode(request.comment()), "&_phone=", Encode(request.phone()));
  if (request.shown_size() > 0) absl::StrAppend(&out, "&_shown=", Encode(absl::StrJoin(request.shown(), ",")));
  for (const sv::Answer& a : request.answers()) {
    const std::string name = absl::StrCat("&", Encode(a.question_id()), "=");
    if (a.has_number()) absl::StrAppend(&out, name, static_cast<int>(a.number()));
    if (a.has_text()) absl::StrAppend(&out, name, Encode(a.text()));
    for (const std::string& c : a.choices()) absl::StrAppend(&out, name, Encode(c));
    if (a.has_expected())
      absl::StrAppend(&out, "&", kExpectedField, Encode(a.question_id()), "=", static_cast<int>(a.expected()));
    if (a.nothing_missing()) absl::StrAppend(&out, "&", kNothingField, Encode(a.question_id()), "=1");
  }
  return request.finished() ? out + "&finish=1" : out;
}

}  // namespace
}  // namespace hoiam::gateway

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace hoiam;           // NOLINT
  using namespace hoiam::gateway;  // NOLINT
  const auto fields = ParseQuery(absl::string_view(reinterpret_cast<const char*>(data), size));
  if (!fields.ok()) return 0;
  Violations violations;
  const auto request = ReadForm(TheSurvey(), *fields, violations);
  if (!violations.empty()) {
    fuzz::CheckRefusal(violations);
    const auto detail = DetailOf(violations.ToStatus());
    for (const Violation& v : detail->violations)
      FUZZ_CHECK(v.reason == "UNKNOWN_FIELD" || v.field == kCommentField || v.field == kPhoneField || Find(v.field));
  }
  FUZZ_CHECK(IsUtf8(request.comment()) && IsUtf8(request.phone()) && request.token().empty());
  for (const std::string& id : request.shown()) FUZZ_CHECK(Find(id));
  std::set<std::string> answered;
  bool pressed = false, shown = false;
  for (const auto& [name, value] : *fields) {
    pressed |= name == kFinishField && !value.empty() && value != "0";
    shown |= name == kShownField;
  }
  FUZZ_CHECK(!request.finished() || pressed || (shown && request.shown_size() > 0));
  for (const sv::Answer& a : request.answers()) {
    const sv::Question* q = Find(a.question_id());
    FUZZ_CHECK(q && answered.insert(a.question_id()).second);
    FUZZ_CHECK(!a.has_number() || IsScale(q->type()));
    const bool words = q->type() == sv::QuestionType::TEXT || q->type() == sv::QuestionType::IDEAL;
    FUZZ_CHECK(!a.has_text() || (words && IsUtf8(a.text()) && !a.nothing_missing()));
    FUZZ_CHECK(!a.has_expected() || q->type() == sv::QuestionType::EXPECTATION_PAIR);
    FUZZ_CHECK(!a.nothing_missing() || q->type() == sv::QuestionType::IDEAL);
    for (const std::string& c : a.choices()) FUZZ_CHECK(IsUtf8(c) && q->type() == sv::QuestionType::MULTIPLE_CHOICE);
  }
  if (!violations.empty()) return 0;
  const auto again_fields = ParseQuery(Write(request));
  FUZZ_CHECK(again_fields.ok());
  Violations none;
  const auto again = ReadForm(TheSurvey(), *again_fields, none);
  FUZZ_CHECK(none.empty() && again.SerializeAsString() == request.SerializeAsString());
  return 0;
}
