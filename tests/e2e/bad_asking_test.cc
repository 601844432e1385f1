// What must be refused where customers are asked: surveys, policy, waves, consents, usage, the catalogue. A clear error
// that names the field, and nothing changed.
#include <gtest/gtest.h>

#include "platform/base/clock.h"
#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

using ::testing::Contains;

struct Bad {
  const char* method;
  std::string path, body, reason, field;  // "*": any reason; a field is named by its beginning
};

class BadAskingTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { suite_ = new Suite; }
  static void TearDownTestSuite() { delete std::exchange(suite_, nullptr); }
  BadAskingTest() : api_(HttpClient(suite_->url(), suite_->MakeTenant("t" + std::to_string(++tenants_)))) {
    for (int i = 0; i < 12; ++i)
      api_.Patch(absl::StrCat("/v1/customers/c", i, "?allowMissing=true"),
                 absl::StrCat(R"({"email":"c)", i, R"(@nhaen.example","segment":")", i < 4 ? "VIP" : "New", "\"}"));
    for (const auto& [id, channel] :
         std::vector<std::pair<std::string, std::string>>{{"relation", "LINK"}, {"mailed", "EMAIL"}}) {
      api_.Post("/v1/surveys?surveyId=" + id, R"({"metric":"NPS","template":"nps","channels":[")" + channel + "\"]}");
      api_.Post("/v1/surveys/" + id + ":activate", "{}");
    }
  }

  std::string Everything() {
    std::string all;
    for (const char* path :
         {"/v1/surveys", "/v1/surveys/relation/waves", "/v1/surveys/mailed/waves", "/v1/surveys/relation/invitations",
          "/v1/askPolicy", "/v1/touchpoints?showArchived=true", "/v1/channels?showArchived=true", "/v1/customers",
          "/v1/customers/c1/usage", "/v1/customers/c1/consents", "/v1/responses", "/v1/surveys/relation/funnel"})
      all += api_.Get(path).Dump() + "\n";
    return all;
  }

  void ExpectRefused(const std::vector<Bad>& cases) {
    const std::string before = Everything();
    for (const Bad& c : cases) {
      const Answer answer = api_.http().Send(c.method, c.path, c.body, {});
      SCOPED_TRACE(absl::StrCat(c.method, " ", c.path, " ",
                                c.body.substr(c.body.size() - std::min<size_t>(c.body.size(), 300)), "\n→ HTTP ",
                                answer.code, " ", answer.body.substr(0, 700)));
      EXPECT_EQ(answer.code, 400);
      EXPECT_TRUE(c.reason == "*" ? !answer.reason().empty() : answer.reason() == c.reason) << "wanted " << c.reason;
      EXPECT_FALSE(answer.json().String("error/message").empty());
      if (!c.field.empty()) {
        EXPECT_THAT(answer.fields(), Contains(::testing::StartsWith(c.field)));
      }
    }
    EXPECT_EQ(Everything(), before);
  }

  static Bad Survey(const std::string& body, const std::string& reason, const std::string& field) {
    return {"POST", "/v1/surveys?surveyId=x", body, reason, field};
  }
  // A survey whose third question is shown under this condition.
  static Bad Condition(const std::string& show_if, const std::string& reason = "*") {
    return Survey(R"({"metric":"NPS","questions":[
        {"questionId":"nps","type":"NPS","text":{"vi":"Điểm?"}},
        {"questionId":"why","type":"SINGLE_CHOICE","text":{"vi":"Vì sao?"},"options":[
          {"optionId":"price","text":{"vi":"Giá"}},{"optionId":"staff","text":{"vi":"Nhân viên"}}]},
        {"questionId":"more","type":"TEXT","text":{"vi":"Gì nữa?"},"showIf":)" +
                      show_if + R"(},
        {"questionId":"last","type":"TEXT","text":{"vi":"Cuối?"}}]})",
                  reason, "questions[2].showIf");
  }
  static Bad Policy(const std::string& body, const std::string& field, const std::string& reason = "*") {
    return {"PATCH", "/v1/askPolicy", body, reason, field};
  }
  static Bad Wave(const std::string& body, const std::string& field, const std::string& reason = "*",
                  const std::string& survey = "relation") {
    return {"POST", "/v1/surveys/" + survey + "/waves?waveId=x", body, reason, field};
  }
  static Bad Answered(const std::string& answers, const std::string& field, const std::string& reason = "*") {
    return {"POST", "/v1/responses",
            R"({"responseId":"x","customerId":"c1","surveyId":"long","score":9,"answers":)" + answers + "}", reason,
            field};
  }

  static Suite* suite_;
  static int tenants_;
  Api api_;
};

Suite* BadAskingTest::suite_ = nullptr;
int BadAskingTest::tenants_ = 0;

TEST_F(BadAskingTest, AConditionOnlyLooksBackAndOnlyAtWhatIsThere) {
  std::string deep = R"({"questionId":"nps","min":1,"max":2})", wide;
  for (int i = 0; i < 5; ++i) deep = R"({"all":[)" + deep + "]}";
  for (int i = 0; i < 21; ++i) absl::StrAppend(&wide, i ? "," : "", R"({"questionId":"nps","min":1,"max":2})");
  ExpectRefused({Condition(R"({"questionId":"last","answered":true})"),
                 Condition(R"({"questionId":"more","answered":true})"),
                 Condition(R"({"questionId":"nowhere","answered":true})"), Condition("{}"),
                 Condition(R"({"questionId":"why"})"), Condition(R"({"questionId":"nps","min":6,"max":0})"),
                 Condition(R"({"questionId":"nps","compare":{"operator":"LE","value":11}})"),
                 Condition(R"({"questionId":"nps","compare":{"value":6}})"),
                 Condition(R"({"questionId":"nps","bands":["SATISFIED"]})"),
                 Condition(R"({"questionId":"why","choices":["colour"]})"),
                 Condition(R"({"questionId":"why","compare":{"operator":"EQ","value":1}})"),
                 Condition(R"({"questionId":"nps","bands":["DETRACTOR"],"answered":true})"),
                 Condition(R"({"all":[{"questionId":"nps","answered":true}],"questionId":"why","answered":true})"),
                 Condition(R"({"any":[]})"), Condition(R"({"all":[{"questionId":"last","answered":true}]})"),
                 Condition(deep), Condition(R"({"any":[)" + wide + "]}")});
}

TEST_F(BadAskingTest, ASurveyThatCannotAskIsNotMade) {
  const auto trigger = [](const std::string& body, const std::string& field) {
    return Survey(R"({"metric":"NPS","template":"nps","trigger":)" + body + "}", "*", "trigger." + field);
  };
  const auto with = [](const std::string& more, const std::string& field) {
    return Survey(R"({"metric":"NPS","template":"nps",)" + more + "}", "*", field);
  };
  ExpectRefused({
      trigger(R"({"delay":"-1s"})", "delay"),
      trigger(R"({"delay":"7862400s"})", "delay"),
      trigger(R"({"samplePercent":101})", "samplePercent"),
      trigger(R"({"samplePercent":-1})", "samplePercent"),
      trigger(R"({"minAmount":"100"})", "currency"),
      trigger(R"({"minAmount":"1e5","currency":"VND"})", "minAmount"),
      trigger(R"({"minAmount":"200","maxAmount":"100","currency":"VND"})", "maxAmount"),
      trigger(R"({"minAmount":"100","currency":"dong"})", "currency"),
      trigger(R"({"properties":[{"key":"vip","value":true}]})", "properties[0].operator"),
      trigger(R"({"properties":[{"key":"vip","operator":"LT","value":"x"}]})", "properties[0]"),
      trigger(R"({"properties":[{"operator":"EQ","value":1}]})", "properties[0].key"),
      trigger(R"({"on":"FULL_MOON"})", "on"),
      with(R"("channels":["PIGEON"])", "channels[0]"),
      with(R"("channels":["LINK"],"reminders":[{"after":"259200s"}])", "reminders"),
      with(R"("channels":["EMAIL"],"reminders":[{"after":"3600s"}])", "reminders[0]"),
      with(R"("channels":["EMAIL"],"reminders":[{"after":"604800s"},{"after":"259200s"}])", "reminders[1]"),
      with(R"("channels":["EMAIL"],"reminders":[{"after":"86400s"},{"after":"172800s"},{"after":"259200s"}])",
           "reminders"),
      with(R"("dailyLimit":-1)", "dailyLimit"),
      with(R"("schedule":{"startTime":"2027-01-01T00:00:00Z","everyMonths":25,"sample":{"size":1}})",
           "schedule.everyMonths"),
      with(R"("schedule":{"startTime":"2027-01-01T00:00:00Z","everyMonths":3,"sample":{"size":0}})", "schedule.sample"),
      Survey(R"({"metric":"NPS","template":"nope"})", "UNKNOWN_TEMPLATE", "template"),
      Survey(R"({"metric":"CSI","questions":[{"questionId":"q","type":"TEXT","text":{"vi":"x"}}]})", "*", ""),
  });
}

TEST_F(BadAskingTest, APolicyThatCannotBeKeptIsNotSet) {
  std::string many;
  for (int i = 0; i < 21; ++i)
    absl::StrAppend(&many, i ? "," : "", R"({"ruleId":"r)", i, R"(","maxAsks":1,"window":"86400s"})");
  ExpectRefused({
      Policy(R"({"timeZone":"Mars/Base"})", "timeZone", "UNKNOWN_TIME_ZONE"),
      Policy(R"({"timeZone":"../../etc/passwd"})", "timeZone", "UNKNOWN_TIME_ZONE"),
      Policy(R"({"quietUntil":"25:00"})", "quietUntil"),
      Policy(R"({"quietFrom":"7am"})", "quietFrom"),
      Policy(R"({"rules":[{"ruleId":"Bad Id","maxAsks":1,"window":"86400s"}]})", "rules[0].ruleId"),
      Policy(R"({"rules":[{"ruleId":"a","maxAsks":0,"window":"86400s"}]})", "rules[0].maxAsks"),
      Policy(R"({"rules":[{"ruleId":"a","maxAsks":1,"window":"3600s"}]})", "rules[0].window"),
      Policy(R"({"rules":[{"ruleId":"a","maxAsks":1}]})", "rules[0].window"),
      Policy(R"({"rules":[{"ruleId":"a","maxAsks":1,"window":"86400s","metric":"JOY"}]})", "rules[0].metric"),
      Policy(R"({"rules":[{"ruleId":"a","maxAsks":1,"window":"86400s"},{"ruleId":"a","maxAsks":2,"window":"86400s"}]})",
             "rules[1].ruleId"),
      Policy(R"({"rules":[{"ruleId":"floor_24h","maxAsks":9,"window":"86400s"}]})", "rules[0].ruleId"),
      Policy(R"({"rules":[)" + many + "]}", "rules"),
      Policy(R"({"blackouts":[{"firstDay":"2026-02-30","lastDay":"2026-03-01"}]})", "blackouts[0].firstDay"),
      Policy(R"({"blackouts":[{"firstDay":"2026-02-20","lastDay":"2026-02-14"}]})", "blackouts[0].lastDay"),
      Policy(R"({"confirmAbove":-1})", "confirmAbove"),
      Policy(R"({"confirmAbove":1000001})", "confirmAbove"),
      Policy(R"({"revision":7})", ""),
  });
}

TEST_F(BadAskingTest, ASampleThatCannotBeDrawnIsNotDrawn) {
  const std::string nobody = R"({"size":2,"filter":"segment = \"Nobody\""})";
  ExpectRefused({
      Wave(R"({"sample":{"size":13}})", "sample.size"),
      Wave(R"({"sample":{"size":0}})", "sample.size"),
      Wave(R"({"sample":{"size":-1}})", "sample.size"),
      Wave(R"({"sample":{"size":100001}})", "sample.size"),
      Wave("{}", "sample"),
      Wave(R"({"sample":)" + nobody + "}", "sample"),
      Wave(R"({"sample":{"size":2,"filter":"shoe = 1"}})", "sample.filter"),
      Wave(R"({"sample":{"size":2,"stratifyBy":"shoe"}})", "sample.stratifyBy"),
      // Empty strata, and places that are not there.
      Wave(R"({"sample":{"stratifyBy":"segment","allocation":"FIXED","strata":[{"stratum":"Gone","size":2}]}})",
           "sample.strata", "EMPTY_STRATUM"),
      Wave(R"({"sample":{"stratifyBy":"segment","allocation":"FIXED","strata":[{"stratum":"VIP","size":5}]}})",
           "sample.strata", "SAMPLE_LARGER_THAN_STRATUM"),
      Wave(R"({"sample":{"size":3,"stratifyBy":"segment","allocation":"FIXED","strata":[{"stratum":"VIP","size":2}]}})",
           "sample.size"),
      Wave(R"({"sample":{"size":4,"stratifyBy":"segment","allocation":"FIXED"}})", "sample.strata"),
      Wave(R"({"sample":{"size":4,"stratifyBy":"segment","allocation":"NEYMAN",
              "strata":[{"stratum":"VIP","deviation":-1}]}})",
           "sample.strata[0]"),
      Wave(R"({"sample":{"size":4,"allocation":"LUCK"}})", "sample.allocation"),
      Wave(R"({"sample":{"size":2,"replacementPercent":101}})", "sample.replacementPercent"),
      Wave(R"({"sample":{"size":2,"dripDays":366}})", "sample.dripDays"),
      Wave(R"({"sample":{"size":2,"targetResponses":-1}})", "sample.targetResponses"),
      {"POST", "/v1/surveys/relation/waves?waveId=Bad%20Id", R"({"sample":{"size":2}})", "*", "waveId"},
      {"POST", "/v1/surveys/relation/waves", R"({"sample":{"size":2}})", "REQUIRED", "waveId"},
      {"POST", "/v1/surveys/relation/waves:preview", R"({"sample":{"size":13}})", "*", "sample.size"},
  });
}

TEST_F(BadAskingTest, AWaveThatMailsMoreThanTheLimitWantsToBeConfirmedWithItsNumber) {
  api_.Patch("/v1/askPolicy", R"({"confirmAbove":5})");
  ExpectRefused({Wave(R"({"sample":{"size":6}})", "", "CONFIRMATION_REQUIRED", "mailed"),
                 Wave(R"({"sample":{"size":6},"confirmedSize":5})", "", "CONFIRMATION_REQUIRED", "mailed"),
                 Wave(R"({"sample":{"size":6},"confirmedSize":7})", "", "CONFIRMATION_REQUIRED", "mailed")});
  EXPECT_TRUE(api_.Post("/v1/surveys/mailed/waves:preview", R"({"sample":{"size":6}})").Bool("needsConfirmation"));
  EXPECT_FALSE(api_.Post("/v1/surveys/mailed/waves:preview", R"({"sample":{"size":5}})").Bool("needsConfirmation"));
  const Json wave =
      api_.Post("/v1/surveys/mailed/waves?waveId=x", R"({"sample":{"size":6},"confirmedSize":6,"startTime":")" +
                                                         Rfc3339(Now() + absl::Hours(24 * 300)) + "\"}");
  EXPECT_EQ(wave.Int("drawn"), 6);
  EXPECT_EQ(wave.Int("invited"), 0);
}

TEST_F(BadAskingTest, AnAnswerToWhatWasNotAskedIsRefusedAndOneOutOfScaleToo) {
  api_.Post("/v1/surveys?surveyId=long", R"({"metric":"NPS","questions":[
      {"questionId":"nps","type":"NPS","text":{"vi":"Điểm?"}},
      {"questionId":"ease","type":"CES","text":{"vi":"Dễ không?"}},
      {"questionId":"why","type":"SINGLE_CHOICE","text":{"vi":"Vì sao?"},"options":[
        {"optionId":"price","text":{"vi":"Giá"}},{"optionId":"staff","text":{"vi":"Nhân viên"}}]},
      {"questionId":"wrong","type":"TEXT","text":{"vi":"Điều gì chưa tốt?"},
       "showIf":{"questionId":"nps","bands":["DETRACTOR"]}}]})");
  api_.Post("/v1/surveys/long:activate", "{}");
  ExpectRefused({
      Answered(R"([{"questionId":"colour","text":"red"}])", "answers[0]"),
      Answered(R"([{"questionId":"ease","number":8}])", "answers[0]"),
      Answered(R"([{"questionId":"ease","number":0}])", "answers[0]"),
      Answered(R"([{"questionId":"ease","number":3.5}])", "answers[0]"),
      Answered(R"([{"questionId":"ease","text":"easy"}])", "answers[0]"),
      Answered(R"([{"questionId":"ease","number":3,"text":"easy"}])", "answers[0]"),
      Answered(R"([{"questionId":"ease"}])", "answers[0]"),
      Answered(R"([{"questionId":"why","choices":["colour"]}])", "answers[0]"),
      Answered(R"([{"questionId":"why","choices":["price","staff"]}])", "answers[0]"),
      Answered(R"([{"questionId":"ease","number":3},{"questionId":"ease","number":4}])", "answers[1]"),
      Answered(R"([{"questionId":"wrong","text":"hidden from those who scored 9"}])", "answers", "QUESTION_NOT_ASKED"),
  });
}

TEST_F(BadAskingTest, WhatIsSaidAboutACustomerIsChecked) {
  const std::string future = Rfc3339(Now() + absl::Hours(2));
  const auto consent = [](const std::string& body, const std::string& field) {
    return Bad{"POST", "/v1/customers/c1/consents", body, "*", field};
  };
  const auto usage = [](const std::string& body, const std::string& field) {
    return Bad{"POST", "/v1/customers/c1/usage", body, "*", field};
  };
  const auto email = [](const std::string& address) {
    return Bad{"PATCH", "/v1/customers/c1", R"({"email":")" + address + "\"}", "*", "email"};
  };
  ExpectRefused({
      email("a@nhaen.example\\r\\nBcc: b@nhaen.example"),
      email("a@nhaen.example\\nX: y"),
      email("a@nhaen.example\\u0000"),
      email("a@nhaen.example,b@nhaen.example"),
      email("a b@nhaen.example"),
      email("@nhaen.example"),
      {"PATCH", "/v1/customers/c1", R"({"timeZone":"Asia/Nowhere"})", "UNKNOWN_TIME_ZONE", "timeZone"},
      {"PATCH", "/v1/customers/c1", R"({"kind":"GHOST"})", "*", "kind"},
      consent(R"({"consentId":"k","how":"by phone"})", "wish"),
      consent(R"({"consentId":"k","wish":"GIVEN"})", "how"),
      consent(R"({"wish":"GIVEN","how":"by phone"})", "consentId"),
      consent(R"({"consentId":"k","wish":"GIVEN","how":"by phone","statedAt":")" + future + "\"}", "statedAt"),
      consent(R"({"consentId":"k","wish":"GIVEN","how":"by phone","channel":"PIGEON"})", "channel"),
      usage(R"({"usageId":"u","item":"fryer-1","status":"in use"})", "status"),
      usage(R"({"usageId":"u","item":"","status":"IN_USE"})", "item"),
      usage(R"({"item":"fryer-1","status":"IN_USE"})", "usageId"),
      usage(R"({"usageId":"u","item":"fryer-1","status":"IN_USE","occurredAt":")" + future + "\"}", "occurredAt"),
      {"POST", "/v1/responses:claim", R"({"customerId":"c1"})", "*", ""},
      {"POST", "/v1/responses:claim", R"({"order":"B-1"})", "REQUIRED", "customerId"},
  });
}

TEST_F(BadAskingTest, TheCatalogueStaysATree) {
  const auto point = [](const std::string& id, const std::string& body, const std::string& field) {
    return Bad{"PATCH", "/v1/touchpoints/" + id + "?allowMissing=true", body, "*", field};
  };
  const std::string named = R"({"displayName":{"vi":"Điểm"}})";
  api_.Patch("/v1/touchpoints/mine?allowMissing=true", R"({"displayName":{"vi":"Mới"},"aliases":["Quầy mới"]})");
  ExpectRefused({
      point("nowhere.child", named, ""),
      point("Bad%20Id", named, "touchpoint"),
      point("other", R"({"displayName":{"vi":"Điểm"},"aliases":["QUẦY MỚI"]})", ""),
      point("other", R"({"displayName":{"vi":"Điểm"},"stage":"LATER"})", "stage"),
  });
}

TEST_F(BadAskingTest, AFunnelOfNoTimeAndAskingNobodyAreRefused) {
  const auto invite = [](const std::string& body, const std::string& field) {
    return Bad{"POST", "/v1/surveys/relation/invitations", body, "*", field};
  };
  ExpectRefused({
      {"GET", "/v1/surveys/relation/funnel?startTime=2026-02-01T00:00:00Z&endTime=2026-01-01T00:00:00Z", "",
       "END_BEFORE_START", "endTime"},
      {"GET", "/v1/surveys/relation/funnel?startTime=2026-02-01T00:00:00Z&endTime=2026-02-01T00:00:00Z", "",
       "END_BEFORE_START", "endTime"},
      {"GET", "/v1/surveys/relation/funnel?startTime=yesterday", "", "*", "startTime"},
      invite(R"({"invitationId":"x"})", ""),
      invite(R"({"invitationId":"x","customerId":"c1","order":"B-1"})", ""),
      invite(R"({"customerId":"c1"})", "invitationId"),
      invite(R"({"invitationId":"x","customerId":"c1","channel":"PIGEON"})", "channel"),
      invite(R"({"invitationId":"x","customerId":"c1","reask":"I_WANT_TO"})", "reask"),
  });
  for (const char* path : {"/v1/surveys/nope/funnel", "/v1/customers/nobody/eligibility", "/v1/waves/nope",
                           "/v1/waves/nope/members", "/v1/waves/nope/members/c1"})
    EXPECT_THAT(api_.http().Get(path), HasCode(404)) << path;
  EXPECT_THAT(api_.http().Post("/v1/invitations/nope:recordDelivery", R"({"state":"DELIVERED"})"), HasCode(404));
}

}  // namespace
}  // namespace hoiam::testing
