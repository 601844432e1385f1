#include "survey_service/convert/checks.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "survey_service/config.h"
#include "survey_service/convert/interaction.h"
#include "survey_service/convert/response.h"
#include "survey_service/convert/survey.h"
#include "survey_service/convert/times.h"
#include "survey_service/limits.h"
#include "tests/support/matchers.h"

namespace hoiam::survey {
namespace {

using ::hoiam::testing::IsOk;
using ::hoiam::testing::StatusIs;

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);

v1::RecordInteractionRequest Interaction() {
  v1::RecordInteractionRequest q;
  q.set_interaction_id("i-1");
  q.set_customer_id("lan");
  q.set_type("PURCHASE");
  SetTime(kNow, q.mutable_occurred_at());
  return q;
}

std::string PrintOf(const v1::RecordInteractionRequest& q) {
  Violations v;
  const NewInteraction n = ReadInteraction(q, PhoneNumbers("VN"), kNow, v);
  HOIAM_EXPECT_OK(v.ToStatus());
  return n.fingerprint;
}

TEST(FingerprintTest, OneMeaningHasOneFingerprint) {
  auto q = Interaction();
  q.set_amount("10");
  q.set_currency("VND");
  const std::string print = PrintOf(q);
  q.set_amount("10.00");
  EXPECT_EQ(PrintOf(q), print);
  q.mutable_occurred_at()->set_nanos(999);  // below a microsecond
  EXPECT_EQ(PrintOf(q), print);
  q.mutable_occurred_at()->set_nanos(1000);
  EXPECT_NE(PrintOf(q), print);
}

TEST(FingerprintTest, MapsHaveNoOrder) {
  auto a = Interaction(), b = Interaction();
  for (int i = 0; i < 20; ++i) (*a.mutable_properties())[absl::StrCat(i)].set_number_value(i);
  for (int i = 19; i >= 0; --i) (*b.mutable_properties())[absl::StrCat(i)].set_number_value(i);
  EXPECT_EQ(PrintOf(a), PrintOf(b));
}

TEST(FingerprintTest, TheCustomerOfTheRequestCounts) {
  auto q = Interaction();
  const std::string print = PrintOf(q);
  q.mutable_customer()->set_segment("VIP");
  EXPECT_NE(PrintOf(q), print);
}

TEST(TimesTest, MicrosecondsSurviveAndOddMessagesAreSeen) {
  google::protobuf::Timestamp t;
  for (int64_t micros : {int64_t{0}, int64_t{-1}, int64_t{1'790'000'000'123'456}}) {
    SetTime(absl::FromUnixMicros(micros), &t);
    EXPECT_TRUE(IsValid(t));
    EXPECT_EQ(absl::ToUnixMicros(ToTime(t)), micros);
  }
  t.set_nanos(-1);
  EXPECT_FALSE(IsValid(t));
  t.set_nanos(1'000'000'000);
  EXPECT_FALSE(IsValid(t));
  google::protobuf::Duration d;
  d.set_seconds(1);
  d.set_nanos(-1);
  EXPECT_FALSE(IsValid(d));
}

TEST(LanguageTest, TagsHaveTheShapeOfBcp47) {
  const auto good = [](absl::string_view tag) {
    Violations v;
    CheckLanguage(tag, "language", v);
    return v.empty();
  };
  for (const char* tag : {"", "vi", "vi-VN", "pt-BR", "zh-Hant-TW", "en-GB-oxendict"}) EXPECT_TRUE(good(tag)) << tag;
  for (const char* tag : {"v", "vi_VN", "vi-", "-vi", "tiếng Việt", "toolonglanguage", "vi VN"})
    EXPECT_FALSE(good(tag)) << tag;
}

TEST(PropertiesTest, SixtyFourKeysAndEightKibAreTheEnd) {
  const auto reason = [](const Properties& p) {
    Violations v;
    CheckProperties(p, "properties", v);
    return ReasonOf(v.ToStatus());
  };
  Properties p;
  for (size_t i = 0; i < kMaxProperties; ++i) p[absl::StrCat("k", i)].set_bool_value(true);
  EXPECT_EQ(reason(p), "");
  p["one more"].set_bool_value(true);
  EXPECT_EQ(reason(p), "TOO_MANY_PROPERTIES");
  p.clear();
  p["k"].set_string_value(std::string(kMaxPropertyBytes - 1, 'x'));
  EXPECT_EQ(reason(p), "");
  p["k"].set_string_value(std::string(kMaxPropertyBytes, 'x'));
  EXPECT_EQ(reason(p), "PROPERTIES_TOO_LARGE");
  p["k"].set_string_value(std::string("a\0b", 3));
  EXPECT_EQ(reason(p), "CONTROL_CHARACTER");
  p["k"].set_string_value("\xC3");
  EXPECT_EQ(reason(p), "INVALID_UTF8");
  p["k"].set_null_value(google::protobuf::NULL_VALUE);
  EXPECT_EQ(reason(p), "PROPERTY_TYPE");
  p.clear();
  p[""].set_bool_value(true);
  EXPECT_EQ(reason(p), "INVALID_PROPERTY_KEY");
}

v1::Survey Nps() {
  v1::CreateSurveyRequest q;
  q.set_survey_id("nps");
  q.mutable_survey()->set_template_("nps");
  Violations v;
  return ReadNewSurvey(q, {}, v).survey;
}

v1::Answer Number(const std::string& id, double n) {
  v1::Answer a;
  a.set_question_id(id);
  a.set_number(n);
  return a;
}

TEST(ResponseTest, TheScoreComesFromTheQuestionOfTheMetricOrAgreesWithIt) {
  v1::Response r;
  *r.add_answers() = Number("nps", 7);
  Violations v;
  CheckAgainstSurvey(Nps(), {}, {}, true, r, v);
  HOIAM_EXPECT_OK(v.ToStatus());
  EXPECT_EQ(r.score(), 7);
  r.set_score(8);
  CheckAgainstSurvey(Nps(), {}, {}, true, r, v);
  EXPECT_THAT(v.ToStatus(), StatusIs(absl::StatusCode::kInvalidArgument, "SCORE_MISMATCH"));
}

TEST(ResponseTest, RequiredQuestionsAreAskedOfFullAnswersOnly) {
  v1::Survey survey = Nps();
  survey.mutable_questions(1)->set_required(true);  // shown to detractors
  const auto check = [&](int score, bool strict) {
    v1::Response r;
    r.set_metric("NPS");
    r.set_score(score);
    Violations v;
    CheckAgainstSurvey(survey, {}, {}, strict, r, v);
    return ReasonOf(v.ToStatus());
  };
  EXPECT_EQ(check(3, true), "REQUIRED");
  EXPECT_EQ(check(9, true), "") << "not shown";
  EXPECT_EQ(check(3, false), "") << "history is taken as it is";
}

TEST(ResponseTest, AnAmendedScoreGoesIntoTheAnswerToo) {
  v1::UpdateResponseRequest q;
  q.mutable_response()->set_response_id("r-1");
  q.mutable_response()->set_score(9);
  Violations v;
  const Patch patch = ReadResponsePatch(q, v);
  v1::Response stored;
  stored.set_metric("NPS");
  stored.set_score(9);
  *stored.add_answers() = Number("nps", 3);
  CheckAmended(Nps(), {}, patch, stored, v);
  HOIAM_EXPECT_OK(v.ToStatus());
  EXPECT_EQ(stored.answers(0).number(), 9);
}

std::string NoSettings(const char* name) { return absl::string_view(name) == "HOIAM_STATE_DIR" ? "state" : ""; }
std::string BadUrl(const char* name) {
  return absl::string_view(name) == "HOIAM_PUBLIC_URL" ? "ftp://x" : NoSettings(name);
}

TEST(ConfigTest, TheLinkKeyMustBeGivenAndTheUrlHasADefault) {
  config::Env env(&NoSettings);
  EXPECT_EQ(ReadConfig(env).public_url, "http://127.0.0.1:8080");
  ASSERT_EQ(env.problems().size(), 1u);
  EXPECT_NE(env.problems()[0].find("HOIAM_LINK_KEY_FILE"), std::string::npos);
  config::Env bad(&BadUrl);
  ReadConfig(bad);
  EXPECT_EQ(bad.problems().size(), 2u);
}

}  // namespace
}  // namespace hoiam::survey
