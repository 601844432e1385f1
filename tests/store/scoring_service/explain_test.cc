// Every SELECT that this service runs, on tables of some size, is served by an index.
#include <gmock/gmock.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "scoring_service/app/history.h"
#include "scoring_service/app/improvements.h"
#include "scoring_service/app/metric_book.h"
#include "scoring_service/app/scores.h"
#include "scoring_service/app/sheets.h"
#include "scoring_service/app/targets.h"
#include "scoring_service/store/generations.h"
#include "scoring_service/store/population_reads.h"
#include "scoring_service/store/setting_rows.h"
#include "tests/store/scoring_service/world.h"

namespace hoiam::scoring {
namespace {

using ::hoiam::testing::IsOk;
using ::testing::HasSubstr;
using ::testing::Not;

// Passes everything on and remembers each SELECT with the values it was first run with.
class ListeningSession : public db::Session {
 public:
  explicit ListeningSession(db::Session& to) : to_(to) {}
  absl::Status Execute(absl::string_view sql) override { return to_.Execute(sql); }
  absl::StatusOr<int64_t> Run(const std::string& sql, const db::Values& params) override {
    return to_.Run(sql, params);
  }
  absl::Status Query(const std::string& sql, const db::Values& params,
                     const std::function<void(const db::Row&)>& each) override {
    heard.try_emplace(sql, params);
    return to_.Query(sql, params, each);
  }
  bool healthy() const override { return to_.healthy(); }

  std::map<std::string, db::Values> heard;

 private:
  db::Session& to_;
};

class ExplainTest : public ::testing::Test {
 protected:
  // 3,000 customers with an interaction and two answers each.
  void Fill() {
    for (int c = 0; c < 3000; c += 100) {
      std::vector<Event> batch;
      for (int i = c; i < c + 100; ++i) {
        const std::string customer = absl::StrCat("c", i), interaction = absl::StrCat("i", i);
        batch.push_back(EventOf(InteractionOf(customer, interaction, Local(2026, 1, 1) + absl::Hours(i), "100")));
        for (const char* metric : {"NPS", "CSAT"}) {
          auto r = ResponseOf(customer, absl::StrCat(metric, i), metric, 1 + i % 5, Local(2026, 1, 2) + absl::Hours(i));
          r.set_interaction_id(interaction);
          r.set_survey_id(absl::StrCat("s", i % 7));
          r.set_touchpoint(absl::StrCat("t", i % 20));
          r.set_metric_version(1);
          batch.push_back(EventOf(r));
        }
      }
      ASSERT_NO_FATAL_FAILURE(w_.Apply(batch));
      std::vector<Event> people;
      for (int i = c; i < c + 100; ++i) {
        hoiam::event::v1::CustomerChanged person;
        person.set_customer_id(absl::StrCat("c", i));
        person.set_revision(1);
        people.push_back(EventOf(person));
      }
      ASSERT_NO_FATAL_FAILURE(w_.Apply(people));
      std::vector<Event> cases;
      for (int i = c; i < c + 100; ++i) cases.push_back(CaseOf(absl::StrCat("c", i), absl::StrCat("k", i), 1));
      ASSERT_NO_FATAL_FAILURE(w_.Apply(cases));
    }
    for (const char* table : {"answer", "customer_spend", "rollup", "timeline", "sheet", "customer_case", "person"})
      ASSERT_THAT(w_.session->Query(absl::StrCat("ANALYZE TABLE ", table), {}, [](const db::Row&) {}), IsOk());
  }
  static Event CaseOf(const std::string& customer, const std::string& id, int version) {
    hoiam::loop::v1::Case c;
    c.set_customer_id(customer);
    c.set_case_id(id);
    c.set_version(version);
    return EventOf(c);
  }
  std::string Plan(const std::string& sql, const db::Values& params) {
    std::string plan;
    EXPECT_THAT(w_.session->Query("EXPLAIN FORMAT=JSON " + sql, params,
                                  [&](const db::Row& r) { absl::StrAppend(&plan, r.Bytes(0)); }),
                IsOk())
        << sql;
    return plan;
  }
  World w_;
};

TEST_F(ExplainTest, NoQueryOfReadsOrOfTheFeedsScansATableOrAWholeIndex) {
  Fill();
  ListeningSession listening(*w_.session);
  const View view{testing::TenantOn(listening, kTenant), w_.generation};
  // Everything that reads.
  ScoreQuery q;
  q.metric = kNps;
  q.zone = w_.zone;
  const auto scores = [&] { EXPECT_THAT(ComputeScores(view, q, w_.clock.Now()), IsOk()); };
  scores();  // one row of everything
  q.interval = Interval::kMonth;
  scores();  // open ends
  q.group_by = {Dimension::kTouchpoint};
  scores();
  q.filters = {{Dimension::kSurvey, "s1"}};
  scores();  // the keys below one survey
  q.start = Local(2026, 2, 1, 0);
  q.end = Local(2026, 2, 2, 7);
  scores();  // answers one by one
  q.metric = kCsi;
  q.filters.clear();
  q.start = Local(2026, 2, 1, 0);
  q.end = Local(2026, 3, 1, 0);
  scores();  // parts of answers
  for (bool after : {false, true})
    for (bool some : {false, true}) {
      HistoryQuery h{"c17", 2, {}, std::nullopt};
      if (some) h.kinds = {1, 3};
      if (after) h.after = HistoryKey{Local(2026, 1, 3), 3, "NPS17"};
      EXPECT_THAT(HistoryOf(view, h), IsOk());
    }
  EXPECT_THAT(SheetsOf(view, {"c1"}), IsOk());
  EXPECT_THAT(SheetsOf(view, {"c1", "c2", "c3"}), IsOk());
  EXPECT_THAT(ReadMetricBook(view, "TASTE"), IsOk());
  EXPECT_THAT(ReadMetricBook(view), IsOk());
  EXPECT_THAT(ReadPopulation(view, Dimension::kSegment, {}), IsOk());
  EXPECT_THAT(TargetScores(view), IsOk());
  EXPECT_THAT(ReadImprovements(view.db, std::nullopt, 50), IsOk());
  EXPECT_THAT(ReadImprovements(view.db, ImprovementPlace{Local(2026, 5, 1), "i"}, 50), IsOk());
  EXPECT_THAT(ReadImprovement(view.db, "i"), IsOk());
  // Everything that the feeds read, for one event and for many.
  for (int n : {1, 2, 40}) {
    std::vector<Event> survey, loop;
    for (int i = 0; i < n; ++i) {
      const std::string customer = absl::StrCat("c", i * 7);
      auto r = ResponseOf(customer, absl::StrCat("NPS", i * 7), "NPS", 3, Local(2026, 5, 1));
      r.set_interaction_id(absl::StrCat("i", i * 7 + 1));
      r.set_revision(n + 2);
      survey.push_back(EventOf(r));
      auto interaction = InteractionOf(customer, absl::StrCat("i", i * 7), Local(2026, 1, 2), "7");
      interaction.set_revision(n + 2);
      survey.push_back(EventOf(interaction));
      loop.push_back(CaseOf(customer, absl::StrCat("k", i * 7), n + 1));
      Event invited;
      invited.set_tenant_id(kTenant);
      invited.mutable_invitation()->mutable_invitation()->set_customer_id(customer);
      invited.mutable_invitation()->mutable_invitation()->set_invitation_id(absl::StrCat("v", i));
      survey.push_back(invited);
    }
    EXPECT_THAT(w_.TryApply(survey, listening), IsOk());
    EXPECT_THAT(w_.TryApply(loop, listening), IsOk());
  }
  EXPECT_GT(listening.heard.size(), 25);
  for (const auto& [sql, params] : listening.heard) {
    const std::string plan = Plan(sql, params);
    if (plan.find("const tables") != std::string::npos) continue;  // looked up by its whole key, and not there
    EXPECT_THAT(plan, HasSubstr("\"key\"")) << sql;
    EXPECT_THAT(plan, Not(HasSubstr("\"access_type\": \"index\""))) << sql << "\n" << plan;
    // The one thing read to its end is the inner list of a count, which is bounded.
    const bool counts = sql.find("SELECT COUNT(*) FROM (") == 0;
    const size_t all = plan.find("\"access_type\": \"ALL\"");
    if (counts) {
      EXPECT_EQ(plan.find("\"access_type\": \"ALL\"", all + 1), std::string::npos) << sql << "\n" << plan;
    } else {
      EXPECT_EQ(all, std::string::npos) << sql << "\n" << plan;
    }
  }
}

TEST_F(ExplainTest, APageOfHistoryIsReadInTheOrderOfItsIndex) {
  Fill();
  ListeningSession listening(*w_.session);
  const View view{testing::TenantOn(listening, kTenant), w_.generation};
  EXPECT_THAT(HistoryOf(view, {"c17", 50, {}, std::nullopt}), IsOk());
  EXPECT_THAT(HistoryOf(view, {"c17", 50, {3}, HistoryKey{Local(2026, 5, 1), 1, "x"}}), IsOk());
  ASSERT_EQ(listening.heard.size(), 2);
  for (const auto& [sql, params] : listening.heard) {
    const std::string plan = Plan(sql, params);
    EXPECT_THAT(plan, HasSubstr("by_time"));
    EXPECT_THAT(plan, Not(HasSubstr("filesort"))) << plan;
  }
}

TEST_F(ExplainTest, AScanWouldBeSeen) {
  Fill();
  EXPECT_THAT(Plan("SELECT score FROM answer WHERE score = ?", {int64_t{3}}), HasSubstr("\"access_type\": \"ALL\""));
}

}  // namespace
}  // namespace hoiam::scoring
