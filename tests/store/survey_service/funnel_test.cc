#include "survey_service/app/funnel.h"

#include "absl/strings/str_cat.h"
#include "survey_service/store/policy_reader.h"
#include "survey_service/store/tally_reader.h"
#include "tests/store/survey_service/harness.h"
#include "tests/support/explaining_session.h"

namespace hoiam::survey {
namespace {

using ::hoiam::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Pair;

class FunnelTest : public SurveyServiceTest {
 protected:
  FunnelTest() { ActiveSurvey("nps"); }

  absl::StatusOr<v1::GetFunnelResponse> Funnel(const v1::GetFunnelRequest& q) {
    return GetFunnel(replica_.deps(), As(), q);
  }
  v1::GetFunnelRequest Ask(bool by_touchpoint = false) const {
    v1::GetFunnelRequest q;
    q.set_survey_id("nps");
    q.set_by_touchpoint(by_touchpoint);
    return q;
  }
  v1::Funnel All() {
    const auto funnel = Funnel(Ask());
    EXPECT_TRUE(funnel.ok()) << funnel.status();
    return funnel.ok() ? funnel->rows(0) : v1::Funnel();
  }
  static int CountOf(const v1::Funnel& row, v1::FunnelStep::Code step) {
    for (const auto& s : row.steps()) {
      if (s.step() == step) return s.count();
    }
    return -1;
  }
  static std::vector<std::pair<std::string, std::pair<int, int>>> Questions(const v1::Funnel& row) {
    std::vector<std::pair<std::string, std::pair<int, int>>> out;
    for (const auto& q : row.questions()) {
      if (q.shown() > 0) out.push_back({q.question_id(), {q.shown(), q.answered()}});
    }
    return out;
  }
  // Invites by a purchase; answers the token of the link.
  std::string Invite(const std::string& customer, const std::string& touchpoint) {
    auto q = Purchase("order-" + customer, customer);
    q.set_touchpoint(touchpoint);
    const auto recorded = Record(q);
    EXPECT_TRUE(recorded.ok()) << recorded.status();
    return recorded.ok() && recorded->dispatch_size() == 1 ? TokenOf(recorded->dispatch(0).link()) : "";
  }
  void Submit(const std::string& token, double nps, const std::string& cause, bool finished) {
    v1::SubmitAnswerRequest q;
    q.set_token(token);
    v1::Answer* score = q.add_answers();
    score->set_question_id("nps");
    score->set_number(nps);
    if (!cause.empty()) {
      v1::Answer* why = q.add_answers();
      why->set_question_id("detractor_cause");
      why->add_choices(cause);
    }
    q.set_finished(finished);
    HOIAM_EXPECT_OK(Write(&SubmitAnswer, q, As("")));
  }
};

TEST_F(FunnelTest, EveryoneIsCountedAsFarAsTheyGotAndWhyNoFurther) {
  Invite("minh", "store");
  const std::string lan = Invite("lan", "delivery"), hoa = Invite("hoa", "delivery");
  HOIAM_ASSERT_OK(Record("second", "lan"));  // asked a moment ago
  Submit(lan, 3, "delivery", true);
  Submit(hoa, 10, "", true);

  const auto funnel = Funnel(Ask(true));
  HOIAM_ASSERT_OK(funnel);
  ASSERT_GE(funnel->rows_size(), 3);
  const v1::Funnel& all = funnel->rows(0);
  EXPECT_EQ(all.touchpoint(), "");
  EXPECT_EQ(CountOf(all, v1::FunnelStep::TRIGGERED), 4);
  EXPECT_EQ(CountOf(all, v1::FunnelStep::ELIGIBLE), 3);
  EXPECT_EQ(CountOf(all, v1::FunnelStep::SAMPLED), 3);
  EXPECT_EQ(CountOf(all, v1::FunnelStep::SENT), 3);
  EXPECT_EQ(CountOf(all, v1::FunnelStep::DELIVERED), -1) << "nobody reports it";
  EXPECT_EQ(CountOf(all, v1::FunnelStep::STARTED), 2);
  EXPECT_EQ(CountOf(all, v1::FunnelStep::FINISHED), 2);
  ASSERT_EQ(all.skips_size(), 1);
  EXPECT_EQ(all.skips(0).count(), 1);
  for (const v1::Funnel& row : funnel->rows()) {
    if (row.touchpoint() == "delivery") {
      EXPECT_EQ(CountOf(row, v1::FunnelStep::FINISHED), 2);
    }
    if (row.touchpoint() == "store") {
      EXPECT_EQ(CountOf(row, v1::FunnelStep::SENT), 1);
      EXPECT_EQ(CountOf(row, v1::FunnelStep::STARTED), 0);
    }
  }
  EXPECT_EQ(Funnel(Ask())->rows_size(), 1) << "the row of all alone";
}

TEST_F(FunnelTest, AnAnswerThatIsAddedToIsStartedOnceAndWhatACorrectionHidesIsTakenBack) {
  const std::string lan = Invite("lan", "delivery");
  Submit(lan, 2, "delivery", false);
  EXPECT_EQ(CountOf(All(), v1::FunnelStep::STARTED), 1);
  EXPECT_EQ(CountOf(All(), v1::FunnelStep::FINISHED), 0);
  const auto first = Questions(All());
  EXPECT_THAT(first, ::testing::Contains(Pair("nps", Pair(1, 1))));
  EXPECT_THAT(first, ::testing::Contains(Pair("detractor_cause", Pair(1, 1))));

  Submit(lan, 9, "", true);  // a slip of the finger: promoters are not asked what was wrong
  const v1::Funnel after = All();
  EXPECT_EQ(CountOf(after, v1::FunnelStep::STARTED), 1);
  EXPECT_EQ(CountOf(after, v1::FunnelStep::FINISHED), 1);
  EXPECT_THAT(Questions(after), ::testing::Contains(Pair("nps", Pair(1, 1))));
  for (const auto& q : Questions(after)) EXPECT_NE(q.first, "detractor_cause");
}

TEST_F(FunnelTest, PeopleAreCountedOnTheDayOnWhichTheyWereAskedInThePolicysZone) {
  absl::TimeZone zone;
  ASSERT_TRUE(absl::LoadTimeZone("Asia/Ho_Chi_Minh", &zone));
  const absl::Time midnight = absl::FromCivil(absl::ToCivilDay(clock_.Now(), zone) + 2, zone);
  clock_.Advance(midnight - absl::Minutes(1) - clock_.Now());
  const std::string before = Invite("lan", "");
  clock_.Advance(absl::Minutes(2));
  Invite("hoa", "");
  Submit(before, 9, "", true);  // after midnight, yet she was asked the day before

  const auto count = [&](absl::Time start, absl::Time end, v1::FunnelStep::Code step) {
    v1::GetFunnelRequest q = Ask();
    SetTimestamp(start, q.mutable_start_time());
    SetTimestamp(end, q.mutable_end_time());
    const auto funnel = Funnel(q);
    EXPECT_TRUE(funnel.ok()) << funnel.status();
    return funnel.ok() ? CountOf(funnel->rows(0), step) : -1;
  };
  const absl::Time day_before = midnight - absl::Hours(24), day_after = midnight + absl::Hours(24);
  EXPECT_EQ(count(day_before, midnight, v1::FunnelStep::SENT), 1) << "midnight is the end of the day before";
  EXPECT_EQ(count(day_before, midnight, v1::FunnelStep::FINISHED), 1);
  EXPECT_EQ(count(midnight, day_after, v1::FunnelStep::SENT), 1);
  EXPECT_EQ(count(midnight, day_after, v1::FunnelStep::FINISHED), 0);
  EXPECT_EQ(count(day_before, midnight + absl::Seconds(1), v1::FunnelStep::SENT), 2) << "a day that has begun is whole";
  EXPECT_EQ(count(midnight - absl::Seconds(1), day_after, v1::FunnelStep::SENT), 2);
  EXPECT_EQ(count(day_after, day_after + absl::Hours(24), v1::FunnelStep::SENT), 0);
}

TEST_F(FunnelTest, AnImportedAnswerIsInNoFunnel) {
  v1::BatchImportResponsesRequest q;
  *q.add_responses() = Answer("old", "lan", "NPS", 4);
  q.mutable_responses(0)->set_survey_id("nps");
  ASSERT_EQ(Write(&BatchImportResponses, q, As())->results(0).status().code(), 0);
  EXPECT_EQ(CountOf(All(), v1::FunnelStep::STARTED), 0);
}

TEST_F(FunnelTest, ATimeThatEndsBeforeItBeginsIsRefusedAndAnUnknownSurveyIsNotFound) {
  v1::GetFunnelRequest q = Ask();
  SetTimestamp(clock_.Now(), q.mutable_start_time());
  SetTimestamp(clock_.Now(), q.mutable_end_time());
  EXPECT_THAT(Funnel(q), StatusIs(absl::StatusCode::kInvalidArgument, "END_BEFORE_START"));
  q = Ask();
  q.set_survey_id("nope");
  EXPECT_THAT(Funnel(q), StatusIs(absl::StatusCode::kNotFound, "SURVEY_NOT_FOUND"));
}

TEST_F(FunnelTest, CountsAreReadByTheirKey) {
  auto session = database_.Session();
  for (int day = 0; day < 400; ++day) {
    std::string rows;
    for (const char* touchpoint : {"", "store", "delivery"})
      for (const char* item : {"step:SENT", "step:STARTED", "skip:FLOOR_24H"})
        absl::StrAppend(&rows, rows.empty() ? "" : ",", "('demo','s", day % 7, "',", day, ",'", touchpoint, "','", item,
                        "',1)");
    HOIAM_ASSERT_OK(
        session->Execute("INSERT INTO tally (tenant_id, survey_id, day, touchpoint, item, n) VALUES " + rows));
  }
  HOIAM_ASSERT_OK(session->Query("ANALYZE TABLE tally", {}, [](const db::Row&) {}));
  testing::ExplainingSession explaining(database_.Session());
  const db::TenantDb db = testing::TenantOn(explaining, "demo");
  for (const bool by_touchpoint : {false, true}) {
    const auto counts = ReadTally(db, "s1", {0, 100}, by_touchpoint);
    HOIAM_ASSERT_OK(counts);
    EXPECT_EQ(counts->size(), by_touchpoint ? 3u : 1u);
    EXPECT_EQ(counts->at("").at("step:SENT"), 15);
  }
  HOIAM_EXPECT_OK(ReadAskPolicy(db));
  EXPECT_EQ(explaining.explained, 3);
  EXPECT_THAT(explaining.bad, ::testing::IsEmpty());
}

}  // namespace
}  // namespace hoiam::survey
