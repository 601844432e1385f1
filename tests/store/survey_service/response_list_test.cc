// Lists of answers: everything that a figure is cut by finds the answers behind it.
#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "platform/base/filter_match.h"
#include "survey_service/app/usage.h"
#include "survey_service/convert/response_filter.h"
#include "survey_service/limits.h"
#include "survey_service/store/response_reader.h"
#include "tests/store/survey_service/harness.h"

namespace hoiam::survey {
namespace {

using absl::StatusCode;
using ::hoiam::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ResponseListTest : public SurveyServiceTest {
 protected:
  absl::StatusOr<v1::ListResponsesResponse> Page(const std::string& filter, int size = 0,
                                                 const std::string& token = "") {
    v1::ListResponsesRequest q;
    q.set_filter(filter);
    q.set_page_size(size);
    q.set_page_token(token);
    return ListResponses(replica_.deps(), As(), q);
  }
  // All pages, newest first.
  std::vector<std::string> Ids(const std::string& filter, int size = 0) {
    std::vector<std::string> ids;
    std::string token;
    do {
      const auto page = Page(filter, size, token);
      EXPECT_THAT(page, testing::IsOk()) << filter;
      if (!page.ok()) return ids;
      EXPECT_TRUE(size == 0 || page->responses_size() <= size);
      for (const auto& r : page->responses()) ids.push_back(r.response_id());
      token = page->next_page_token();
    } while (!token.empty());
    return ids;
  }
  // An answer `age` minutes old.
  v1::CreateResponseRequest Old(const std::string& id, const std::string& customer, int score, int age) {
    auto q = Answer(id, customer, "NPS", score);
    SetTimestamp(clock_.Now() - absl::Minutes(age), q.mutable_responded_at());
    return q;
  }
  void Import(const std::vector<v1::CreateResponseRequest>& all) {
    for (size_t i = 0; i < all.size(); i += 1000) {
      v1::BatchImportResponsesRequest q;
      for (size_t k = i; k < std::min(all.size(), i + 1000); ++k) *q.add_responses() = all[k];
      const auto r = Write(&BatchImportResponses, q, As());
      HOIAM_ASSERT_OK(r);
      for (const auto& each : r->results()) ASSERT_EQ(each.status().code(), 0) << each.status().message();
    }
  }
};

TEST_F(ResponseListTest, EveryCutOfAFigureFindsItsAnswers) {
  v1::CreateSurveyRequest made;
  made.set_survey_id("s");
  made.mutable_survey()->set_template_("nps");
  HOIAM_ASSERT_OK(Write(&CreateSurvey, made, As()));
  HOIAM_ASSERT_OK(Activate("s"));
  v1::RecordUsageRequest used;
  used.set_customer_id("lan");
  used.set_usage_id("u");
  used.set_item("NC-1");
  used.set_status("BROKEN");
  SetTimestamp(clock_.Now() - absl::Hours(3), used.mutable_occurred_at());
  HOIAM_ASSERT_OK(Write(&RecordUsage, used, As()));
  auto i = Purchase("i-1", "lan");
  i.set_touchpoint("delivery");
  i.set_channel("home");
  (*i.mutable_properties())["item"].set_string_value("NC-1");
  i.mutable_customer()->set_segment("Khách VIP");
  i.mutable_customer()->set_owner_team("north");
  HOIAM_ASSERT_OK(Record(i));
  HOIAM_ASSERT_OK(Record("i-2", "minh"));

  auto lan = Old("lan", "lan", 3, 10);
  lan.set_interaction_id("i-1");
  lan.set_survey_id("s");
  lan.set_comment("Giao trễ");
  lan.set_collected_by(v1::CollectedBy::STAFF);
  auto minh = Old("minh", "minh", 9, 20);
  minh.set_interaction_id("i-2");
  minh.set_incentivised(true);
  auto web = Old("web", "", 0, 30);
  web.set_solicited(false);
  web.clear_score();
  web.set_comment("Trang chậm");
  web.set_scope(v1::Scope::PRODUCT_USE);
  auto gone = Old("gone", "minh", 1, 40);
  Import({lan, minh, web, gone});
  v1::VoidResponseRequest away;
  away.set_response_id("gone");
  away.set_reason("nhầm");
  HOIAM_ASSERT_OK(Write(&VoidResponse, away, As()));

  EXPECT_THAT(Ids(""), ElementsAre("lan", "minh", "web", "gone")) << "voided ones too, as ever";
  EXPECT_THAT(Ids("voided = false"), ElementsAre("lan", "minh", "web"));
  EXPECT_THAT(Ids("voided = true"), ElementsAre("gone"));
  EXPECT_THAT(Ids("solicited = false"), ElementsAre("web"));
  EXPECT_THAT(Ids("incentivised = true"), ElementsAre("minh"));
  EXPECT_THAT(Ids("scope = PRODUCT_USE"), ElementsAre("web"));
  EXPECT_THAT(Ids("scope = \"RELATIONSHIP\" AND voided = false"), ElementsAre("lan", "minh"));
  EXPECT_THAT(Ids("channel = home"), ElementsAre("lan"));
  EXPECT_THAT(Ids("team = north"), ElementsAre("lan"));
  EXPECT_THAT(Ids("ownerTeam = north"), ElementsAre("lan"));
  EXPECT_THAT(Ids("collectedBy = STAFF"), ElementsAre("lan"));
  EXPECT_THAT(Ids("collected_by != STAFF AND voided = false"), ElementsAre("minh", "web"));
  EXPECT_THAT(Ids("usageStatus = BROKEN"), ElementsAre("lan"));
  EXPECT_THAT(Ids("icpFit = \"\" AND has_comment = true"), ElementsAre("lan", "web"));
  EXPECT_THAT(Ids("stage = AFTER"), ElementsAre("lan"));
  EXPECT_THAT(Ids("stage = DURING"), ElementsAre("minh"));
  EXPECT_THAT(Ids("stage = \"\""), ElementsAre("web", "gone"));
  EXPECT_THAT(Ids("touchpoint = \"store.*\""), ElementsAre("minh"));
  EXPECT_THAT(Ids("touchpoint = store"), IsEmpty());
  EXPECT_THAT(Ids("touchpoint = store.* OR channel = home"), ElementsAre("lan", "minh"))
      << "one is looked for in memory";
  EXPECT_THAT(Ids("score >= 0"), ElementsAre("lan", "minh", "gone")) << "without a score no comparison holds";
  EXPECT_THAT(Ids("segment = \"Khách VIP\" AND survey = s"), ElementsAre("lan"));
  const auto at = [&](absl::Duration age) {
    return absl::FormatTime(absl::RFC3339_full, clock_.Now() - age, absl::UTCTimeZone());
  };
  EXPECT_THAT(
      Ids(absl::StrCat("metric = \"NPS\" AND scope = \"RELATIONSHIP\" AND solicited = true AND incentivised = false "
                       "AND voided = false AND touchpoint = \"delivery\" AND responded_at >= \"",
                       at(absl::Hours(1)), "\" AND responded_at < \"", at(absl::ZeroDuration()), "\"")),
      ElementsAre("lan"));
  for (const char* bad : {"comment = x", "scope = COMPANY", "solicited = maybe", "voided > true", "answers = x"})
    EXPECT_THAT(Page(bad), StatusIs(StatusCode::kInvalidArgument, "INVALID_FILTER")) << bad;
}

TEST_F(ResponseListTest, WhatWasAnsweredFindsItsAnswers) {
  v1::CreateSurveyRequest made;
  made.set_survey_id("s");
  auto& survey = *made.mutable_survey();
  survey.set_metric("CSAT");
  const auto ask = [&](const std::string& id, v1::QuestionType::Code type) {
    auto* q = survey.add_questions();
    q->set_question_id(id);
    q->set_type(type);
    q->mutable_text()->set_vi(id);
    return q;
  };
  ask("csat", v1::QuestionType::CSAT);
  auto* why = ask("why-low", v1::QuestionType::MULTIPLE_CHOICE);
  for (const char* option : {"price", "late", "rude"}) {
    auto* o = why->add_options();
    o->set_option_id(option);
    o->mutable_text()->set_vi(option);
  }
  ask("words", v1::QuestionType::TEXT);
  HOIAM_ASSERT_OK(Write(&CreateSurvey, made, As()));
  HOIAM_ASSERT_OK(Activate("s"));
  const auto answer = [&](const std::string& id, int score, std::vector<std::string> reasons, int age) {
    auto q = Old(id, id, 0, age);
    q.set_metric("CSAT");
    q.clear_score();
    q.set_survey_id("s");
    auto* a = q.add_answers();
    a->set_question_id("csat");
    a->set_number(score);
    if (reasons.empty()) return q;
    a = q.add_answers();
    a->set_question_id("why-low");
    for (auto& each : reasons) a->add_choices(std::move(each));
    a = q.add_answers();
    a->set_question_id("words");
    a->set_text("Giá \"cao\"");
    return q;
  };
  Import({answer("a", 1, {"price", "late"}, 1), answer("b", 2, {"rude"}, 2), answer("c", 5, {}, 3)});
  EXPECT_THAT(Ids("answers.why-low = price"), ElementsAre("a"));
  EXPECT_THAT(Ids("answers.why-low != price"), ElementsAre("b")) << "who was not asked matches nothing";
  EXPECT_THAT(Ids("answers.csat <= 2 AND metric = CSAT"), ElementsAre("a", "b"));
  EXPECT_THAT(Ids("answers.\"why-low\" = late OR answers.csat = 5"), ElementsAre("a", "c"));
  EXPECT_THAT(Ids(R"(answers.words = "Giá \"cao\"")"), ElementsAre("a", "b"));
}

TEST_F(ResponseListTest, ACallLooksAtSoManyAnswersAndItsTokenGoesOnThere) {
  std::vector<v1::CreateResponseRequest> all;
  const int n = kMaxLookedAt + 3 * kLookAtOnce / 2;
  for (int k = 0; k < n; ++k) {
    all.push_back(Old(absl::StrCat("r", k), "", k % 11, 0));
    SetTimestamp(clock_.Now() - absl::Seconds(k), all.back().mutable_responded_at());
    if (k % 5000 == 4999 || k == n - 1) all.back().set_comment("x");
  }
  Import(all);
  const auto first = Page("has_comment = true");
  HOIAM_ASSERT_OK(first);
  ASSERT_EQ(first->responses_size(), 2) << "a page may hold fewer than asked for";
  ASSERT_FALSE(first->next_page_token().empty());
  EXPECT_THAT(Ids("has_comment = true"), ElementsAre("r4999", "r9999", absl::StrCat("r", n - 1)));
  EXPECT_THAT(Ids("has_comment = true", 1), ElementsAre("r4999", "r9999", absl::StrCat("r", n - 1)));
  EXPECT_EQ(Ids("solicited = true AND score = 0", 700).size(), static_cast<size_t>((n + 10) / 11));
}

// The same filter asked of rows by the database and of values in memory.
TEST_F(ResponseListTest, TheDatabaseAndTheMemoryAgreeOnEveryFilter) {
  std::mt19937 random(20261122);
  const auto pick = [&](const std::vector<std::string>& of) { return of[random() % of.size()]; };
  const std::vector<std::string> touchpoints = {"", "store", "store.checkout", "store-2", "stored", "delivery"},
                                 segments = {"", "VIP", "vip", "Khách mới", "Á"}, customers = {"", "lan", "minh"};
  std::vector<v1::CreateResponseRequest> all;
  for (int k = 0; k < 200; ++k) {
    const std::string customer = pick(customers), interaction = absl::StrCat("i", k);
    auto q = Old(absl::StrCat("r", k), customer, random() % 6, random() % 50);
    q.set_metric(pick({"CSAT", "NPS"}));
    if (q.metric() == "CSAT") q.set_score(1 + q.score() % 5);
    if (random() % 5 == 0) q.clear_score();
    if (!customer.empty()) {
      auto i = Purchase(interaction, customer);
      i.set_touchpoint(pick(touchpoints));
      i.mutable_customer()->set_segment(pick(segments));
      HOIAM_ASSERT_OK(Record(i));
      q.set_interaction_id(interaction);
    }
    all.push_back(q);
    if (!customer.empty()) Import({q});  // the segment is the one of that moment
  }
  std::vector<v1::CreateResponseRequest> anonymous;
  for (const auto& q : all)
    if (q.customer_id().empty()) anonymous.push_back(q);
  Import(anonymous);
  const auto everything = Page("", 1000);
  HOIAM_ASSERT_OK(everything);
  ASSERT_EQ(everything->responses_size(), 200);

  const std::vector<std::string> ops = {"=", "!=", "<", "<=", ">", ">="};
  const std::function<std::string(int)> make = [&](int depth) -> std::string {
    if (depth > 0 && random() % 3 > 0) {
      std::vector<std::string> parts;
      for (size_t n = 2 + random() % 2; n > 0; --n) parts.push_back(absl::StrCat("(", make(depth - 1), ")"));
      return absl::StrJoin(parts, random() % 2 ? " AND " : " OR ");
    }
    switch (random() % 6) {
      case 0:
        return absl::StrCat("score ", pick(ops), " ", random() % 6);
      case 1:
        return absl::StrCat("metric ", pick(ops), " ", pick({"CSAT", "NPS", "csat"}));
      case 2:
        return absl::StrCat("touchpoint ", pick({"=", "!="}), " \"", pick({"store.*", "store", "stor.*", "delivery.*"}),
                            "\"");
      case 3:
        return absl::StrCat("touchpoint ", pick(ops), " \"", pick(touchpoints), "\"");
      case 4:
        return absl::StrCat("segment ", pick(ops), " \"", pick(segments), "\"");
      default:
        return absl::StrCat(
            "responded_at ", pick(ops), " ",
            absl::FormatTime(absl::RFC3339_full, clock_.Now() - absl::Minutes(random() % 50), absl::UTCTimeZone()));
    }
  };
  size_t some = 0;
  for (int k = 0; k < 300; ++k) {
    const std::string text = make(2);
    const auto filter = ParseFilter(text);
    HOIAM_ASSERT_OK(filter) << text;
    HOIAM_ASSERT_OK(CheckFilter(*filter, ResponseFields())) << text;
    ASSERT_TRUE(IsIndexed(*filter)) << text;
    const auto rows = Page(text, 1000);
    HOIAM_ASSERT_OK(rows) << text;
    std::vector<std::string> of_database, of_memory;
    for (const auto& r : rows->responses()) of_database.push_back(r.response_id());
    for (const auto& r : everything->responses())
      if (Matches(*filter, [&](const Filter& f) { return ResponseValue(r, f); })) of_memory.push_back(r.response_id());
    EXPECT_EQ(of_database, of_memory) << text;
    some += !of_memory.empty() && of_memory.size() < 200;
  }
  EXPECT_GT(some, 100u) << "filters that say something";
}

}  // namespace
}  // namespace hoiam::survey
