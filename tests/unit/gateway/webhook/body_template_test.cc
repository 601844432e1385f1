#include "gateway/webhook/body_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "gateway/limits.h"
#include "gateway/webhook/samples.h"
#include "platform/base/status.h"
#include "tests/support/matchers.h"

namespace hoiam::gateway {
namespace {

v1::PublicEvent Sample() {
  v1::PublicEvent e = SampleOf("case.opened", absl::FromUnixSeconds(1'793'000'000));
  e.set_id("0190");
  loop::v1::CaseAnswer& answer = *e.mutable_data()->mutable_case_()->mutable_answers(0);
  answer.set_comment("Nóng \"lắm\"\n<b>&'");
  *e.mutable_data()->mutable_case_()->add_answers() = answer;
  e.mutable_data()->mutable_case_()->mutable_answers(1)->set_comment("thứ hai");
  return e;
}

std::string Rendered(const std::string& text, Escape escape = Escape::kText) {
  Violations v;
  const BodyTemplate t = BodyTemplate::Parse(text, escape, "bodyTemplate", v);
  if (!v.empty()) return ReasonOf(v.ToStatus());
  const auto body = t.Render(Sample());
  return body.ok() ? *body : std::string(body.status().message());
}

TEST(BodyTemplateTest, PlaceholdersAreValuesOfTheEvent) {
  EXPECT_EQ(Rendered(""), "");
  EXPECT_EQ(Rendered("no placeholder } }} {"), "no placeholder } }} {");
  EXPECT_EQ(Rendered("{{type}}"), "case.opened");
  EXPECT_EQ(Rendered("{{ id }} {{timestamp}}"), "0190 2026-10-26T07:33:20Z");
  EXPECT_EQ(Rendered("{{data.case.priority}}/{{data.case.kind}}"), "P1/DETRACTOR");
  EXPECT_EQ(Rendered("{{data.case.answers.0.score}}"), "3");
  EXPECT_EQ(Rendered("{{data.case.answers.last.comment}}"), "thứ hai");
  EXPECT_EQ(Rendered("{{data.case.answers.7.comment}}|{{data.text}}"), "|") << "what is not there is empty";
  EXPECT_EQ(Rendered("{{data.case.answers.0.reasons}}"), R"(["NPS 3"])");
  EXPECT_EQ(Rendered("{\"a\":{\"b\":{{data.testMode}}}}"), "{\"a\":{\"b\":false}}");
}

TEST(BodyTemplateTest, FiltersShortenAndEscape) {
  const std::string comment = "{{data.case.answers.0.comment";
  EXPECT_EQ(Rendered(comment + "}}"), "Nóng \"lắm\"\n<b>&'");
  EXPECT_EQ(Rendered(comment + " | truncate 6}}"), "Nóng …") << "characters, not bytes";
  EXPECT_EQ(Rendered(comment + " | truncate 200 | json}}"), R"(Nóng \"lắm\"\n<b>&')");
  EXPECT_EQ(Rendered(comment + "}}", Escape::kJson), R"(Nóng \"lắm\"\n<b>&')");
  EXPECT_EQ(Rendered(comment + " | html}}", Escape::kJson), R"(Nóng &quot;lắm&quot;\n&lt;b&gt;&amp;&#39;)");
  EXPECT_EQ(Rendered("{{data.case.answers.last.comment}}", Escape::kForm), "th%E1%BB%A9%20hai");
  EXPECT_EQ(Rendered("{{data.case.answers.0.reasons}}", Escape::kJson), R"([\"NPS 3\"])") << "inside a string";
  EXPECT_EQ(Rendered("{{data.case.answers.0.reasons | text}}", Escape::kJson), R"(["NPS 3"])") << "a value by itself";
  EXPECT_EQ(Rendered("{{data.response | text}}", Escape::kJson), "null");
  EXPECT_EQ(Rendered("{{data.text | default 'it''s'}}"), "TEMPLATE_UNKNOWN_FILTER");
  EXPECT_EQ(Rendered("{{data.text | default '| }} \"?\"' | truncate 4}}", Escape::kJson), "| }…");
  EXPECT_EQ(Rendered("{{type | default 'x'}}"), "case.opened");
}

TEST(BodyTemplateTest, EveryMistakeIsNamed) {
  const std::vector<std::pair<std::string, std::string>> mistakes = {
      {"{{type", "TEMPLATE_UNBALANCED"},
      {"{{type}", "TEMPLATE_UNBALANCED"},
      {"{{type {{id}}", "TEMPLATE_UNBALANCED"},
      {"{{type | default 'x}}", "TEMPLATE_UNBALANCED"},
      {"{{}}", "TEMPLATE_UNKNOWN_FIELD"},
      {"{{Type}}", "TEMPLATE_UNKNOWN_FIELD"},
      {"{{data.}}", "TEMPLATE_UNKNOWN_FIELD"},
      {"{{data.case.colour}}", "TEMPLATE_UNKNOWN_FIELD"},
      {"{{data.case.case_id}}", "TEMPLATE_UNKNOWN_FIELD"},
      {"{{data.case.answers.comment}}", "TEMPLATE_UNKNOWN_FIELD"},
      {"{{data.case.answers.-1.comment}}", "TEMPLATE_UNKNOWN_FIELD"},
      {"{{data.case.priority.x}}", "TEMPLATE_UNKNOWN_FIELD"},
      {"{{type | upper}}", "TEMPLATE_UNKNOWN_FILTER"},
      {"{{type | truncate}}", "TEMPLATE_UNKNOWN_FILTER"},
      {"{{type | truncate 0}}", "TEMPLATE_UNKNOWN_FILTER"},
      {"{{type | truncate x}}", "TEMPLATE_UNKNOWN_FILTER"},
      {"{{type | json | truncate 2}}", "TEMPLATE_UNKNOWN_FILTER"},
      {"{{type | html | truncate 2}}", "TEMPLATE_UNKNOWN_FILTER"},
      {"{{type | json x}}", "TEMPLATE_UNKNOWN_FILTER"},
      {"{{type |}}", "TEMPLATE_UNKNOWN_FILTER"},
      {"\xC3", "INVALID_UTF8"},
      {std::string("a\0b", 3), "CONTROL_CHARACTER"},
      {std::string(kMaxBodyTemplate + 1, 'x'), "TOO_LONG"},
  };
  for (const auto& [text, reason] : mistakes) EXPECT_EQ(Rendered(text), reason) << text;
  std::string many;
  for (size_t i = 0; i <= kMaxPlaceholders; ++i) many += "{{type}}";
  EXPECT_EQ(Rendered(many), "TOO_MANY_PLACEHOLDERS");
  for (const char* raw : {"{{data.case.answers.0.comment | text}}", "{{data.case | truncate 9 | text}}"})
    EXPECT_EQ(Rendered(raw, Escape::kJson), "TEMPLATE_UNESCAPED") << raw;
  Violations v;
  BodyTemplate::Parse("ab {{x}} {{y}}", Escape::kText, "bodyTemplate", v);
  const auto detail = DetailOf(v.ToStatus());
  ASSERT_EQ(detail->violations.size(), 2u) << "all at once";
  EXPECT_EQ(detail->violations[1].metadata.at("position"), "9");
}

TEST(BodyTemplateTest, ABodyIsBounded) {
  v1::PublicEvent huge = Sample();
  huge.mutable_data()->mutable_case_()->set_resolution(std::string(100'000, 'x'));
  std::string text;
  for (int i = 0; i < 20; ++i) text += "{{data.case.resolution}}";
  Violations v;
  const BodyTemplate t = BodyTemplate::Parse(text, Escape::kText, "bodyTemplate", v);
  EXPECT_EQ(t.Render(huge).status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(Rendered(text), "");
}

TEST(BodyTemplateTest, TheContentTypeDecidesHowValuesAreWritten) {
  EXPECT_EQ(EscapeOf(""), Escape::kJson);
  EXPECT_EQ(EscapeOf("application/json; charset=utf-8"), Escape::kJson);
  EXPECT_EQ(EscapeOf("application/vnd.api+JSON"), Escape::kJson);
  EXPECT_EQ(EscapeOf("application/x-www-form-urlencoded"), Escape::kForm);
  EXPECT_EQ(EscapeOf("text/html"), Escape::kHtml);
  EXPECT_EQ(EscapeOf("text/plain"), Escape::kText);
  const auto refused = [](const std::string& type) {
    Violations v;
    CheckContentType(type, "contentType", v);
    return !v.empty();
  };
  for (const char* fine : {"", "text/plain", "application/vnd.api+json", "text/plain; charset=UTF-8"})
    EXPECT_FALSE(refused(fine)) << fine;
  for (const char* wrong : {"json", "text/", "/plain", "text/plain\r\nx: y", "text/plain\r",
                            "text/plain; charset=latin1", "a/b/c", "text/plain; charset=utf-8; q=1", "text plain/x"})
    EXPECT_TRUE(refused(wrong)) << wrong;
  EXPECT_TRUE(refused(absl::StrCat("text/", std::string(kMaxContentType, 'x'))));
}

}  // namespace
}  // namespace hoiam::gateway
