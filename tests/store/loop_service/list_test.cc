// Lists of cases: order, pages, filters, tokens, overdue at reading; and what the database makes of the
// statements.
#include <gmock/gmock.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "loop_service/convert/case_filter.h"
#include "loop_service/store/case_reader.h"
#include "loop_service/store/rows.h"
#include "tests/store/loop_service/suite.h"
#include "tests/support/fake_clock.h"

namespace hoiam::loop::testing {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(LoopTest, PagesHoldEveryCaseOnceNewestFirst) {
  constexpr int kCases = 150;  // more than one chunk of reading
  for (int i = 0; i < kCases; i += 10) {
    std::vector<survey::v1::Response> answers;
    for (int j = i; j < i + 10; ++j) answers.push_back(DetractorAnswer(absl::StrCat("r", j), absl::StrCat("c", j)));
    Answer(answers);
  }
  const auto all = Cases();
  ASSERT_EQ(all.size(), static_cast<size_t>(kCases));
  for (size_t i = 1; i < all.size(); ++i) {
    const auto key = [](const pb::Case& c) {
      return std::tuple(c.create_time().seconds(), c.create_time().nanos(), c.case_id());
    };
    EXPECT_GT(key(all[i - 1]), key(all[i]));
  }
  for (int page_size : {1, 7, 50, 149, 150, 151}) {
    std::vector<std::string> seen;
    pb::ListCasesRequest q;
    q.set_page_size(page_size);
    q.set_filter("open = true");
    do {
      const auto page = loop_.Call(&Stub::ListCases, q);
      ASSERT_THAT(page, IsOk());
      EXPECT_LE(page->cases_size(), page_size);
      EXPECT_GT(page->cases_size(), 0);
      for (const auto& c : page->cases()) seen.push_back(c.case_id());
      q.set_page_token(page->next_page_token());
    } while (!q.page_token().empty());
    ASSERT_EQ(seen.size(), all.size()) << page_size;
    for (size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i], all[i].case_id());
  }
}

TEST_F(LoopTest, FiltersCutTheList) {
  const pb::Case one = OpenCaseOf("c1"), two = Acknowledge(OpenCaseOf("c2")),
                 three = Resolve(Contact(OpenCaseOf("c3")));
  Answer({DetractorAnswer("r4", "chị Lan", 0)});
  const auto customers = [&](const std::string& filter) {
    std::set<std::string> out;
    for (const auto& c : Cases(filter)) out.insert(c.customer_id());
    return out;
  };
  EXPECT_THAT(customers("state = ACKNOWLEDGED"), ElementsAre("c2"));
  EXPECT_THAT(customers("state = NEW AND priority = P3"), ElementsAre("c1"));
  EXPECT_THAT(customers("open = false"), ElementsAre("c3"));
  EXPECT_THAT(customers("open = true AND customer != c1"), ElementsAre("c2", "chị Lan"));
  EXPECT_THAT(customers("customer = \"chị Lan\" OR owner = lan"), ElementsAre("c2", "c3", "chị Lan"));
  EXPECT_THAT(customers("team = cskh AND kind = DETRACTOR AND priority = P2"), ElementsAre("chị Lan"));
  EXPECT_THAT(customers("touchpoint = delivery AND cause = delivery_late_partner"), ElementsAre("c3"));
  EXPECT_THAT(customers("touchpoint != \"delivery.*\" OR origin = PROACTIVE"), IsEmpty());
  EXPECT_THAT(customers("createTime > 2100-01-01T00:00:00Z"), IsEmpty());
  EXPECT_EQ(customers("createTime > 2020-01-01T00:00:00Z AND kind != PROMOTER").size(), 4u);
}

TEST_F(LoopTest, CasesOfTeamsAndOfAllBelowThemComeInOneOrder) {
  const char* teams[] = {"ha-dong", "go-vap", "long-bien", "region-north", "hai-phong", "cskh", "can-tho"};
  for (int i = 0; i < 21; ++i) {
    pb::AssignCaseRequest assign;
    assign.set_case_id(OpenCaseOf(absl::StrCat("c", i)).case_id());
    assign.set_team(teams[i % 7]);
    ASSERT_THAT(loop_.Call(&Stub::AssignCase, assign), IsOk());
    if (i % 3 == 0) {
      pb::CancelCaseRequest cancel;
      cancel.set_case_id(assign.case_id());
      cancel.set_reason("spam");
      ASSERT_THAT(loop_.Call(&Stub::CancelCase, cancel), IsOk());
    }
  }
  const auto pages = [&](const std::string& filter, int page_size) {
    std::vector<std::string> customers;
    pb::ListCasesRequest q;
    q.set_page_size(page_size);
    q.set_filter(filter);
    do {
      const auto page = loop_.Call(&Stub::ListCases, q);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return customers;
      for (const auto& c : page->cases()) customers.push_back(c.customer_id());
      q.set_page_token(page->next_page_token());
    } while (!q.page_token().empty());
    return customers;
  };
  const auto expected = [&](auto&& holds) {
    std::vector<std::string> customers;
    for (const pb::Case& c : Cases())
      if (holds(c)) customers.push_back(c.customer_id());
    return customers;
  };
  const std::set<std::string> north = {"ha-dong", "long-bien", "region-north", "hai-phong"};
  for (int page_size : {1, 4, 100}) {
    EXPECT_EQ(pages("team = \"region-north.*\"", page_size),
              expected([&](const pb::Case& c) { return north.contains(c.team()); }));
    EXPECT_EQ(pages("team = \"region-north.*\" AND open = true", page_size), expected([&](const pb::Case& c) {
                return north.contains(c.team()) && c.state() != pb::CaseState::CANCELLED;
              }));
    EXPECT_EQ(pages("team = go-vap", page_size), expected([](const pb::Case& c) { return c.team() == "go-vap"; }));
    EXPECT_EQ(pages("team != \"region-north.*\"", page_size),
              expected([&](const pb::Case& c) { return !north.contains(c.team()); }));
  }
}

TEST_F(LoopTest, BadListRequestsNameEveryField) {
  pb::ListCasesRequest q;
  q.set_page_size(1001);
  q.set_page_token("nonsense");
  q.set_filter("state = OPEN");
  q.add_consistency_token("?");
  const auto refused = loop_.Call(&Stub::ListCases, q);
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "PAGE_SIZE_OUT_OF_RANGE"));
  EXPECT_EQ(DetailOf(refused.status())->violations.size(), 4u);
  q.Clear();
  q.set_filter("comment = x");
  EXPECT_THAT(loop_.Call(&Stub::ListCases, q), StatusIs(StatusCode::kInvalidArgument, "INVALID_FILTER"));
}

TEST_F(LoopTest, APageTokenOfAnotherFilterIsRefused) {
  OpenCaseOf("c1");
  OpenCaseOf("c2");
  pb::ListCasesRequest q;
  q.set_page_size(1);
  q.set_page_token(loop_.Call(&Stub::ListCases, q)->next_page_token());
  EXPECT_THAT(loop_.Call(&Stub::ListCases, q), IsOk());
  EXPECT_THAT(loop_.Call(&Stub::ListCases, q, {.tenant = "other"}),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN"));
  q.set_filter("open = true");
  EXPECT_THAT(loop_.Call(&Stub::ListCases, q), StatusIs(StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN"));
}

TEST_F(LoopTest, ATokenMakesTheListExactAndTheAnswersTokenHoldsLoopsPosition) {
  for (int i = 0; i < 20; ++i) {
    const auto written = survey_.Tell({DetractorAnswer(absl::StrCat("r", i), absl::StrCat("c", i))});
    pb::ListCasesRequest q;
    q.set_page_size(1);
    q.add_consistency_token(feed::EncodeToken({written}));
    const auto page = loop_.Call(&Stub::ListCases, q);
    ASSERT_THAT(page, IsOk());
    ASSERT_EQ(page->cases_size(), 1);
    EXPECT_EQ(page->cases(0).customer_id(), absl::StrCat("c", i));

    const auto positions = feed::DecodeTokens({page->consistency_token()});
    ASSERT_THAT(positions, IsOk());
    uint64_t loop_seq = 0, survey_seq = 0;
    for (const auto& p : *positions) (p.source() == "loop" ? loop_seq : survey_seq) = p.seq();
    EXPECT_EQ(survey_seq, written.seq());
    EXPECT_GE(static_cast<int64_t>(loop_seq), db_.Count("SELECT MAX(seq) FROM event_log")) << "covers the case's event";
  }
  EXPECT_EQ(loop_.Call(&Stub::ListCases, pb::ListCasesRequest())->consistency_token(), "");
}

TEST_F(LoopTest, ATokenFromTheFutureIsProjectionBehind) {
  feed::v1::Position ahead = survey_.Tell({DetractorAnswer("r1")});
  ahead.set_seq(ahead.seq() + 1000);
  pb::ListCasesRequest q;
  q.add_consistency_token(feed::EncodeToken({ahead}));
  EXPECT_THAT(loop_.Call(&Stub::ListCases, q), StatusIs(StatusCode::kUnavailable, "PROJECTION_BEHIND"));
}

TEST_F(LoopTest, OverdueIsComputedWhenACaseIsRead) {
  const pb::Case c = OpenCaseOf("c1");
  EXPECT_THAT(c.overdue(), IsEmpty());
  hoiam::testing::FakeClock clock(SystemClock().Now() + absl::Hours(30));
  Replica later(db_, survey_.Channel(), clock);
  pb::GetCaseRequest q;
  q.set_case_id(c.case_id());
  EXPECT_THAT(later.Call(&Stub::GetCase, q)->overdue(), ElementsAre(pb::Deadline::ACKNOWLEDGE));
  clock.Advance(absl::Hours(30));
  EXPECT_THAT(later.Call(&Stub::ListCases, pb::ListCasesRequest())->cases(0).overdue(),
              ElementsAre(pb::Deadline::ACKNOWLEDGE, pb::Deadline::CONTACT));
}

TEST_F(LoopTest, APageOfLongCasesEndsEarlyAndTheNextGoesOn) {
  const std::string prose(3900, 'x');
  for (const char* customer : {"c1", "c2", "c3"}) {
    const pb::Case c = OpenCaseOf(customer);
    for (int i = 0; i < 8; ++i) {
      pb::CreateNoteRequest q;
      q.set_case_id(c.case_id());
      q.set_note_id(std::to_string(i));
      q.set_text(prose);
      ASSERT_THAT(loop_.Call(&Stub::CreateNote, q), IsOk());
    }
  }
  const auto session = db_.Session();
  const db::TenantDb db = ::hoiam::testing::TenantOn(*session, "t");
  const auto page = ListCases(db, {}, std::nullopt, 10, 70'000);  // two cases of 31 kB, and not a third
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->cases.size(), 2u);
  EXPECT_TRUE(page->more);
  const auto one = ListCases(db, {}, std::nullopt, 10, 1);
  EXPECT_EQ(one->cases.size(), 1u) << "one at least";
  const auto rest = ListCases(db, {}, page->cases.back().position, 10, 70'000);
  EXPECT_EQ(rest->cases.size(), 1u);
  EXPECT_FALSE(rest->more);
}

class ExplainTest : public ::testing::Test {
 protected:
  ExplainTest() : session_(db_.Session()) {
    EXPECT_THAT(db::InTransaction(*session_, [&] { return Fill(); }), IsOk());
    EXPECT_THAT(session_->Query("ANALYZE TABLE loop_case", {}, [](const db::Row&) {}), IsOk());
  }
  // Cases of two tenants, half of them open.
  absl::Status Fill() {
    const char* states[] = {"NEW", "ACKNOWLEDGED", "CLOSED", "CLOSED"};
    for (int i = 0; i < 4000; ++i) {
      const absl::Time t = absl::FromUnixSeconds(1'700'000'000 + i);
      CaseRow row;
      row.tenant_id = i % 3 ? "t" : "u";
      row.case_id = NewUuid(t);
      row.subject = row.customer_id = absl::StrCat("c", i);
      row.kind = "DETRACTOR";
      row.state = states[i % 4];
      row.is_open = i % 4 < 2;
      row.priority = i % 9 ? "P3" : "P2";
      row.owner = absl::StrCat("o", i % 50);
      row.team = absl::StrCat("t", i % 20);
      row.create_time = row.update_time = t;
      db::Values values;
      row.Bind(values);
      HOIAM_RETURN_IF_ERROR(session_->Run(Insert(), values).status());
    }
    return absl::OkStatus();
  }
  static std::string Insert() {
    const auto& columns = CaseRow::Table().columns;
    return absl::StrCat("INSERT INTO loop_case (", absl::StrJoin(columns, ", "), ") VALUES (",
                        absl::StrJoin(std::vector<std::string>(columns.size(), "?"), ", "), ")");
  }
  // The plan, as the database tells it.
  std::string Explain(const std::string& sql, const db::Values& params) {
    std::string plan;
    EXPECT_THAT(session_->Query("EXPLAIN FORMAT=JSON " + sql, params, [&](const db::Row& r) { plan += r.Bytes(0); }),
                IsOk());
    return plan;
  }
  TestDatabase db_{"loop", Migrations()};
  std::unique_ptr<db::Session> session_;
};

TEST_F(ExplainTest, NoListScansTheTableAndNoneOfOneFieldSorts) {
  for (const char* text :
       {"", "state = NEW", "kind = PASSIVE", "priority = P2", "customer = c17", "owner = o3", "team = t3", "cause = x",
        "touchpoint = delivery", "origin = PROACTIVE", "open = true", "create_time >= 2023-11-15T00:00:00Z",
        "team = t3 AND open = true", "owner = o3 AND open = true", "open = true AND priority = P2",
        "state = NEW OR state = REOPENED", "(team = t3 OR team = t4) AND open = true",
        "open = true AND (owner = o3 OR team = x) AND create_time < 2024-01-01T00:00:00Z"}) {
    const auto condition = MakeCaseCondition(*ParseCaseFilter(text));
    ASSERT_THAT(condition, IsOk());
    std::vector<const CaseLane*> lanes;
    for (const CaseLane& lane : condition->lanes) lanes.push_back(&lane);
    const bool merged = !lanes.empty();
    if (!merged) lanes.push_back(nullptr);
    for (const CaseLane* lane : lanes) {
      for (bool after : {false, true}) {
        db::Values params = {std::string("t")};
        if (lane) params.insert(params.end(), lane->params.begin(), lane->params.end());
        const absl::Time t = absl::FromUnixSeconds(1'700'002'000);
        if (after) params.insert(params.end(), {t, t, NewUuid(t)});
        params.insert(params.end(), condition->params.begin(), condition->params.end());
        params.push_back(int64_t{51});
        const std::string plan = Explain(ListKeysSql(*condition, lane, after), params);
        EXPECT_THAT(plan, Not(HasSubstr("\"access_type\": \"ALL\""))) << text;
        EXPECT_THAT(plan, Not(HasSubstr("\"access_type\": \"index\""))) << text;
        const bool one_field = std::string(text).find(' ') == std::string(text).rfind(' ') || !*text;
        if (one_field || merged) {
          EXPECT_THAT(plan, Not(HasSubstr("filesort"))) << text;
        }
      }
    }
  }
}

TEST(CaseConditionTest, AListIsReadInTheOrderOfAnIndexAndOfAFewAndMerged) {
  const auto lanes = [](const std::string& text) {
    std::vector<std::string> out;
    const auto condition = MakeCaseCondition(*ParseCaseFilter(text));
    for (const CaseLane& lane : condition->lanes) {
      out.push_back(lane.index);
      for (const db::Value& v : lane.params) {
        if (const auto* s = std::get_if<std::string>(&v)) absl::StrAppend(&out.back(), " ", *s);
        if (const auto* n = std::get_if<int64_t>(&v)) absl::StrAppend(&out.back(), " ", *n);
      }
    }
    return out;
  };
  EXPECT_THAT(lanes(""), ElementsAre("newest"));
  EXPECT_THAT(lanes("team = a"), ElementsAre("by_team a 1", "by_team a 0"));
  EXPECT_THAT(lanes("team = a AND open = true AND priority = P1"), ElementsAre("by_team a 1"));
  EXPECT_THAT(lanes("team = a AND open != true"), ElementsAre("by_team a 0"));
  EXPECT_THAT(lanes("open = true AND (team = b OR team = a OR team = b)"), ElementsAre("by_team a 1", "by_team b 1"));
  EXPECT_THAT(lanes("team = a AND owner = lan AND open = true"), ElementsAre("by_owner lan 1"));
  EXPECT_THAT(lanes("cause = x AND open = true"), ElementsAre("by_cause x"));
  EXPECT_THAT(lanes("state = NEW OR state = REOPENED"), ElementsAre("by_state NEW", "by_state REOPENED"));
  EXPECT_THAT(lanes("open = true"), ElementsAre("by_open 1"));
  EXPECT_THAT(lanes("origin = PROACTIVE"), ElementsAre("by_origin PROACTIVE"));
  for (const char* in_order : {"team != a", "team > a", "touchpoint = \"store.*\"", "origin != PROACTIVE"})
    EXPECT_THAT(lanes(in_order), ElementsAre("newest")) << in_order;
  for (const char* rare : {"team = a OR open = true", "customer = a OR owner = b"})
    EXPECT_THAT(lanes(rare), IsEmpty()) << rare << ": the database chooses";
  std::string many = "team = t0";
  for (int i = 1; i < 40; ++i) absl::StrAppend(&many, " OR team = t", i);
  EXPECT_THAT(lanes(many), ElementsAre("newest")) << "so many are no needle";
  EXPECT_THAT(lanes("open = true AND (" + many + ")"), ElementsAre("by_open 1"));
}

TEST_F(ExplainTest, AScanWouldBeSeen) {
  EXPECT_THAT(Explain("SELECT case_id FROM loop_case WHERE version = ?", {int64_t{1}}),
              HasSubstr("\"access_type\": \"ALL\""));
}

TEST_F(ExplainTest, TheOtherReadsGoByPrimaryKey) {
  const std::string id = NewUuid(SystemClock().Now());
  for (const char* sql : {"SELECT subject, LENGTH(body) FROM loop_case WHERE tenant_id = ? AND case_id = ?",
                          "SELECT body FROM loop_case WHERE tenant_id = ? AND case_id = ?"})
    EXPECT_THAT(Explain(sql, {std::string("t"), id}), Not(HasSubstr("\"ALL\""))) << sql;
  EXPECT_THAT(Explain("SELECT partition_id, epoch, next_seq FROM event_head WHERE partition_id >= 0", {}),
              Not(HasSubstr("\"ALL\"")));
}

}  // namespace
}  // namespace hoiam::loop::testing
