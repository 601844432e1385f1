// Surveys asked of samples, over REST: a whole wave, why anybody is in or out, and what stops one.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "platform/base/clock.h"
#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

constexpr absl::Duration kSoon = absl::Seconds(150);

class WaveTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { suite_ = new Suite; }
  static void TearDownTestSuite() { delete std::exchange(suite_, nullptr); }
  WaveTest() : api_(HttpClient(suite_->url(), suite_->MakeTenant("w" + std::to_string(++tenants_)))) {
    // At any time of day.
    api_.Patch("/v1/askPolicy", R"({"quietUntil":"00:00","quietFrom":"00:00"})");
  }

  // 330 people: 160 "Mới", 100 "Cũ", 60 VIP, all customers, and 10 employees without a segment.
  void MakePeople() {
    std::string body;
    for (int i = 0; i < 330; ++i) {
      const char* segment = i < 160 ? "Mới" : i < 260 ? "Cũ" : i < 320 ? "VIP" : "";
      absl::StrAppend(&body, body.empty() ? "" : ",", R"({"customerId":"C)", i, R"(","segment":")", segment,
                      R"(","email":"c)", i, R"(@x.example","kind":")", i < 320 ? "CUSTOMER" : "EMPLOYEE", "\"}");
    }
    api_.Post("/v1/customers:batchUpsert", absl::StrCat(R"({"customers":[)", body, "]}"));
  }
  void MakeSurvey(const std::string& id, const std::string& more = "") {
    api_.Post("/v1/surveys?surveyId=" + id, absl::StrCat(R"({"template":"nps")", more, "}"));
    api_.Post("/v1/surveys/" + id + ":activate", "{}");
  }
  Json Create(const std::string& survey, const std::string& wave, const std::string& body) {
    return api_.Post(absl::StrCat("/v1/surveys/", survey, "/waves?waveId=", wave), body);
  }
  Answer TryToCreate(const std::string& survey, const std::string& wave, const std::string& body) {
    return api_.http().Post(absl::StrCat("/v1/surveys/", survey, "/waves?waveId=", wave), body);
  }
  Json WaitFor(const std::string& wave, const std::string& state) {
    const absl::Time end = Now() + kSoon;
    for (;;) {
      Json w = api_.Get("/v1/waves/" + wave);
      if (w.String("state") == state || Now() > end) {
        EXPECT_EQ(w.String("state"), state) << w.Dump();
        return w;
      }
      SystemClock().Sleep(absl::Milliseconds(100));
    }
  }
  std::vector<Json> Members(const std::string& wave, int page_size = 1000) {
    return api_.List("/v1/waves/" + wave + "/members", "members", page_size);
  }
  Json Member(const std::string& wave, const std::string& customer) {
    return api_.Get(absl::StrCat("/v1/waves/", wave, "/members/", customer));
  }
  // Who, in which stratum, at which place: what a draw decides.
  static std::vector<std::string> Drawn(const std::vector<Json>& members) {
    std::vector<std::string> out;
    for (const Json& m : members)
      out.push_back(absl::StrCat(m.String("stratum"), "/", m.Int("rank"), "/", m.String("customerId")));
    return out;
  }
  static std::map<std::string, int> Outcomes(const std::vector<Json>& members) {
    std::map<std::string, int> out;
    for (const Json& m : members) ++out[m.String("outcome")];
    return out;
  }

  static Suite* suite_;
  static int tenants_;
  Api api_;
};

Suite* WaveTest::suite_ = nullptr;
int WaveTest::tenants_ = 0;

constexpr char kSample[] = R"("sample":{"size":64,"stratifyBy":"segment","seed":"7","replacementPercent":50})";

TEST_F(WaveTest, EverybodyDrawnIsAskedOrReplacedWithAReasonAndEverybodyElseIsToldWhyNot) {
  MakePeople();
  MakeSurvey("rel");
  std::set<std::string> silent;
  for (int i = 0; i < 320; i += 8) {
    silent.insert(absl::StrCat("C", i));
    api_.Post(absl::StrCat("/v1/customers/C", i, ":unsubscribe"), R"({"reason":"enough"})");
  }

  const Json preview = api_.Post("/v1/surveys/rel/waves:preview", absl::StrCat("{", kSample, "}"));
  EXPECT_EQ(preview.Int("population"), 320);
  EXPECT_EQ(preview.Int("drawn"), 64);
  EXPECT_FALSE(preview.Bool("needsConfirmation"));
  const Json made = Create("rel", "w1", absl::StrCat("{", kSample, "}"));
  EXPECT_EQ(made.Dump("strata"), preview.Dump("strata"));
  ASSERT_EQ(made.Size("strata"), 3u);
  EXPECT_EQ(made.Dump("strata/0"), R"({"stratum":"Cũ","population":100,"places":20,"replacements":10})");
  EXPECT_EQ(made.Dump("strata/1"), R"({"stratum":"Mới","population":160,"places":32,"replacements":16})");
  EXPECT_EQ(made.Dump("strata/2"), R"({"stratum":"VIP","population":60,"places":12,"replacements":6})");
  EXPECT_EQ(made.Int("drawn"), 64);

  const Json again = Create("rel", "w1", absl::StrCat("{", kSample, "}"));
  EXPECT_EQ(again.String("createTime"), made.String("createTime"));
  EXPECT_THAT(TryToCreate("rel", "w1", R"({"sample":{"size":65}})"), IsRefused(409, "ALREADY_EXISTS", "ID_REUSED", ""));

  const Json done = WaitFor("w1", "DONE");
  const auto members = Members("w1", 7);
  ASSERT_EQ(members.size(), 96u);
  const auto drawn = Drawn(members);
  std::set<std::string> seen, replaced, invitations;
  std::map<std::string, int> skipped, places, ranks;
  int invited = 0;
  for (const Json& m : members) {
    const std::string id = m.String("customerId"), stratum = m.String("stratum"), outcome = m.String("outcome");
    EXPECT_TRUE(seen.insert(id).second) << id;
    EXPECT_EQ(m.Int("rank"), ++ranks[stratum]) << m.Dump();
    EXPECT_FALSE(m.String("text/vi").empty() || m.String("text/en").empty());
    if (outcome == "INVITED") {
      ++invited;
      ++places[stratum];
      EXPECT_EQ(silent.count(id), 0u) << id;
      EXPECT_TRUE(invitations.insert(m.String("invitationId")).second);
    } else if (outcome == "SKIPPED") {
      ++skipped[stratum];
      EXPECT_EQ(m.String("reason"), "UNSUBSCRIBED") << m.Dump();
      EXPECT_EQ(silent.count(id), 1u) << id;
    } else {
      EXPECT_EQ(outcome, "NOT_NEEDED") << m.Dump();
    }
    if (!m.String("replaces").empty()) EXPECT_TRUE(replaced.insert(m.String("replaces")).second) << m.Dump();
  }
  // Of each stratum as many were asked as it has places: an eighth has refused, and there are enough replacements.
  EXPECT_EQ(places, (std::map<std::string, int>{{"Cũ", 20}, {"Mới", 32}, {"VIP", 12}}));
  EXPECT_EQ(done.Int("invited"), 64);
  EXPECT_EQ(static_cast<size_t>(done.Int("skipped")), replaced.size());
  EXPECT_GT(replaced.size(), 0u);
  for (const Json& m : members)
    EXPECT_EQ(replaced.count(m.String("customerId")), m.String("outcome") == "SKIPPED" ? 1u : 0u) << m.Dump();
  std::set<std::string> listed;
  for (const Json& i : api_.List("/v1/surveys/rel/invitations", "invitations")) {
    EXPECT_EQ(i.String("waveId"), "w1");
    listed.insert(i.String("invitationId"));
  }
  EXPECT_EQ(listed, invitations);

  // Why not.
  EXPECT_EQ(Member("w1", "C325").String("outcome"), "NOT_IN_POPULATION");
  std::string out;
  for (int i = 0; out.empty(); ++i)
    if (!seen.count(absl::StrCat("C", i))) out = absl::StrCat("C", i);
  const Json not_drawn = Member("w1", out);
  EXPECT_EQ(not_drawn.String("outcome"), "NOT_DRAWN");
  EXPECT_EQ(not_drawn.String("stratum"), "Mới");
  EXPECT_THAT(not_drawn.String("text/en"), ::testing::HasSubstr("160 people, of whom 32 were drawn"));
  EXPECT_THAT(not_drawn.String("text/vi"), ::testing::HasSubstr("160 người"));
  api_.Post("/v1/customers:batchUpsert", R"({"customers":[{"customerId":"later"}]})");
  EXPECT_EQ(Member("w1", "later").String("outcome"), "NOT_IN_POPULATION");
  EXPECT_THAT(Member("w1", "later").String("text/en"), ::testing::HasSubstr("not a customer yet"));
  EXPECT_THAT(api_.http().Get("/v1/waves/w1/members/nobody"), IsRefused(404, "NOT_FOUND", "CUSTOMER_NOT_FOUND", ""));
  EXPECT_THAT(api_.http().Get("/v1/waves/nope/members/C1"), IsRefused(404, "NOT_FOUND", "WAVE_NOT_FOUND", ""));

  // The same seed, people and settings draw the same people; another seed draws others.
  MakeSurvey("rel2");
  const std::string tomorrow = absl::StrCat(R"(,"startTime":")", Rfc3339(Now() + absl::Hours(24)), "\"");
  api_.Patch("/v1/customers/later", R"({"kind":"EMPLOYEE"})");
  Create("rel2", "w2", absl::StrCat("{", kSample, tomorrow, "}"));
  EXPECT_EQ(Drawn(Members("w2")), drawn);
  Create("rel2", "w3", absl::StrCat(R"({"sample":{"size":64,"stratifyBy":"segment","seed":"8"})", tomorrow, "}"));
  EXPECT_NE(Drawn(Members("w3")), drawn);
  EXPECT_EQ(Outcomes(Members("w2")), (std::map<std::string, int>{{"REPLACEMENT", 32}, {"WAITING", 64}}));

  // Cancelled, it asks nobody.
  EXPECT_EQ(api_.Post("/v1/waves/w2:cancel", "{}").String("state"), "CANCELLED");
  EXPECT_EQ(api_.Post("/v1/waves/w2:cancel", "{}").String("state"), "CANCELLED");
  EXPECT_EQ(Outcomes(Members("w2")), (std::map<std::string, int>{{"NOT_NEEDED", 96}}));
  EXPECT_THAT(api_.http().Post("/v1/waves/w1:cancel", "{}"), IsRefused(400, "FAILED_PRECONDITION", "WAVE_DONE", ""));
  const auto waves = api_.List("/v1/surveys/rel2/waves", "waves", 1);
  ASSERT_EQ(waves.size(), 2u);
  EXPECT_EQ(waves[0].String("waveId"), "w3");  // newest first
}

TEST_F(WaveTest, AsManyAnswersAsWereWantedStopIt) {
  MakePeople();
  MakeSurvey("rel");
  // Its first day was yesterday but for ten minutes, so the second has not come.
  const absl::Time start = Now() - absl::Hours(24) + absl::Minutes(10);
  Create("rel", "drip",
         absl::StrCat(R"({"sample":{"size":30,"seed":"1","dripDays":3,"targetResponses":4},"startTime":")",
                      Rfc3339(start), "\"}"));
  std::vector<std::string> invitations;
  const absl::Time end = Now() + kSoon;
  while (invitations.size() < 10 && Now() < end) {
    invitations.clear();
    for (const Json& i : api_.List("/v1/surveys/rel/invitations", "invitations"))
      invitations.push_back(i.String("invitationId"));
  }
  ASSERT_EQ(invitations.size(), 10u);
  // The others wait for two further days, ten on each.
  std::map<std::string, int> turns;
  for (const Json& m : Members("drip"))
    if (m.String("outcome") == "WAITING") ++turns[m.String("askTime")];
  EXPECT_EQ(turns, (std::map<std::string, int>{{Rfc3339(start + absl::Hours(24)), 10},
                                               {Rfc3339(start + absl::Hours(48)), 10}}));
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(api_.Get("/v1/waves/drip").Int("responses"), i);
    const std::string answer =
        absl::StrCat(R"({"responseId":"r)", i, R"(","invitationId":")", invitations[i], R"(","score":)", 5 + i, "}");
    api_.Post("/v1/responses", answer);
    api_.Post("/v1/responses", answer);  // the same answer again is counted once
  }
  const Json done = WaitFor("drip", "DONE");
  EXPECT_EQ(done.Int("responses"), 4);
  EXPECT_EQ(done.Int("invited"), 10);
  EXPECT_EQ(Outcomes(Members("drip")), (std::map<std::string, int>{{"INVITED", 10}, {"NOT_NEEDED", 26}}));
}

TEST_F(WaveTest, SoManyMailsWantToBeConfirmedByTheirNumber) {
  MakePeople();
  MakeSurvey("mail", R"(,"channels":["EMAIL"])");
  MakeSurvey("link");
  api_.Patch("/v1/askPolicy", R"({"confirmAbove":5})");
  const std::string later = absl::StrCat(R"("startTime":")", Rfc3339(Now() + absl::Hours(24)), R"(",)");
  const auto body = [&](int size, int confirmed) {
    return absl::StrCat("{", later, R"("sample":{"size":)", size, R"(},"confirmedSize":)", confirmed, "}");
  };
  EXPECT_FALSE(api_.Post("/v1/surveys/mail/waves:preview", R"({"sample":{"size":5}})").Bool("needsConfirmation"));
  EXPECT_TRUE(api_.Post("/v1/surveys/mail/waves:preview", R"({"sample":{"size":6}})").Bool("needsConfirmation"));
  EXPECT_FALSE(api_.Post("/v1/surveys/link/waves:preview", R"({"sample":{"size":6}})").Bool("needsConfirmation"));
  for (const int confirmed : {0, 5, 7}) {
    const Answer refused = TryToCreate("mail", "big", body(6, confirmed));
    EXPECT_THAT(refused, IsRefused(400, "FAILED_PRECONDITION", "CONFIRMATION_REQUIRED", ""));
    EXPECT_EQ(refused.json().String("error/details/0/metadata/count"), "6") << refused;
    EXPECT_EQ(refused.json().String("error/details/0/metadata/limit"), "5") << refused;
  }
  EXPECT_THAT(api_.http().Get("/v1/waves/big"), IsRefused(404, "NOT_FOUND", "WAVE_NOT_FOUND", ""));
  EXPECT_EQ(Create("mail", "big", body(6, 6)).Int("drawn"), 6);
  EXPECT_EQ(Create("link", "small", body(6, 0)).Int("drawn"), 6);
  // Nobody is there to confirm the waves of a schedule.
  const std::string schedule = absl::StrCat(R"({"template":"nps","channels":["EMAIL"],"schedule":{"everyMonths":3,)",
                                            later, R"("sample":{"size":6}})");
  EXPECT_THAT(api_.http().Post("/v1/surveys?surveyId=quarterly", schedule + "}"),
              IsRefused(400, "INVALID_ARGUMENT", "CONFIRMATION_REQUIRED", "schedule.sample.size"));
  api_.Post("/v1/surveys?surveyId=quarterly", schedule + R"(,"dailyLimit":5})");
}

TEST_F(WaveTest, WhatCannotBeDrawnIsRefusedAndChangesNothing) {
  MakePeople();
  MakeSurvey("rel");
  api_.Post("/v1/surveys?surveyId=draft", R"({"template":"nps"})");
  struct Bad {
    const char* sample;
    const char* reason;
    const char* field;
  };
  for (const Bad& bad :
       std::vector<Bad>{{R"({"size":321})", "SAMPLE_LARGER_THAN_POPULATION", "sample.size"},
                        {R"({"size":61,"filter":"segment = VIP"})", "SAMPLE_LARGER_THAN_POPULATION", "sample.size"},
                        {R"({"size":1,"filter":"segment = Vang"})", "EMPTY_POPULATION", "sample.filter"},
                        {R"({"size":2,"stratifyBy":"segment"})", "SAMPLE_SMALLER_THAN_STRATA", "sample.size"},
                        {R"({"stratifyBy":"segment","allocation":"FIXED","strata":[{"stratum":"VIP","size":61}]})",
                         "SAMPLE_LARGER_THAN_STRATUM", "sample.strata"},
                        {R"({"stratifyBy":"segment","allocation":"FIXED","strata":[{"stratum":"Vang","size":1}]})",
                         "EMPTY_STRATUM", "sample.strata"},
                        {R"({"stratifyBy":"segment","allocation":"FIXED"})", "REQUIRED", "sample.strata"},
                        {R"({"size":9,"allocation":"NEYMAN","strata":[{"stratum":"VIP","deviation":-1}]})",
                         "OUT_OF_RANGE", "sample.strata[0].deviation"},
                        {R"({"size":9,"stratifyBy":"email"})", "UNKNOWN_ATTRIBUTE", "sample.stratifyBy"},
                        {R"({"size":9,"filter":"email = x"})", "INVALID_FILTER", "sample.filter"},
                        {R"({"size":9,"dripDays":366})", "OUT_OF_RANGE", "sample.dripDays"},
                        {R"({"size":0})", "OUT_OF_RANGE", "sample.size"},
                        {R"({"size":100001})", "OUT_OF_RANGE", "sample.size"},
                        {R"({"size":9,"replacementPercent":101})", "OUT_OF_RANGE", "sample.replacementPercent"}}) {
    const std::string body = absl::StrCat(R"({"sample":)", bad.sample, "}");
    EXPECT_THAT(TryToCreate("rel", "bad", body), IsRefused(400, "INVALID_ARGUMENT", bad.reason, bad.field)) << body;
    EXPECT_THAT(api_.http().Post("/v1/surveys/rel/waves:preview", body),
                IsRefused(400, "INVALID_ARGUMENT", bad.reason, bad.field))
        << body;
  }
  const std::string good = R"({"sample":{"size":9}})";
  EXPECT_THAT(TryToCreate("draft", "bad", good), IsRefused(400, "FAILED_PRECONDITION", "SURVEY_NOT_ACTIVE", ""));
  EXPECT_THAT(TryToCreate("nope", "bad", good), IsRefused(404, "NOT_FOUND", "SURVEY_NOT_FOUND", ""));
  EXPECT_THAT(TryToCreate("rel", "Bad-Id", good), HasCode(400));
  EXPECT_THAT(api_.http().Get("/v1/waves/bad"), IsRefused(404, "NOT_FOUND", "WAVE_NOT_FOUND", ""));
  EXPECT_EQ(api_.List("/v1/surveys/rel/waves", "waves").size(), 0u);
}

TEST_F(WaveTest, AKillInTheMiddleAsksNobodyTwiceAndForgetsNobody) {
  constexpr int kPeople = 4000;  // several steps of asking
  for (int at = 0; at < kPeople; at += 1000) {
    std::string body;
    for (int i = at; i < at + 1000; ++i) absl::StrAppend(&body, i == at ? "" : ",", R"({"customerId":"C)", i, R"("})");
    api_.Post("/v1/customers:batchUpsert", absl::StrCat(R"({"customers":[)", body, "]}"));
  }
  MakeSurvey("rel");
  suite_->StartReplica("survey2", "survey_service");
  suite_->WaitReady("survey2");
  Create("rel", "all", absl::StrCat(R"({"sample":{"size":)", kPeople, R"(,"seed":"5"}})"));
  const absl::Time end = Now() + kSoon;
  while (api_.Get("/v1/surveys/rel/invitations?pageSize=1").Size("invitations") == 0 && Now() < end) {
  }
  suite_->Kill("survey");
  suite_->Kill("survey2");
  suite_->Restart("survey");
  suite_->Restart("survey2");
  suite_->WaitAllReady();
  const auto before = api_.List("/v1/surveys/rel/invitations", "invitations").size();
  EXPECT_GT(before, 0u);
  // What the killed one had taken comes back when its lease of a minute ends.
  const Json done = WaitFor("all", "DONE");
  EXPECT_EQ(done.Int("invited"), kPeople);
  std::map<std::string, int> asked;
  for (const Json& i : api_.List("/v1/surveys/rel/invitations", "invitations")) ++asked[i.String("customerId")];
  EXPECT_EQ(asked.size(), static_cast<size_t>(kPeople));
  for (const auto& [customer, times] : asked) EXPECT_EQ(times, 1) << customer;
  RecordProperty("asked_before_the_kill", static_cast<int>(before));
  suite_->Kill("survey2");
}

}  // namespace
}  // namespace hoiam::testing
