// Closing the loop over REST: one case for a detractor, moved along the table, seen in the history.
#include <gtest/gtest.h>

#include "platform/base/clock.h"
#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

class CaseTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { suite_ = new Suite; }
  static void TearDownTestSuite() { delete std::exchange(suite_, nullptr); }
  CaseTest() : api_(HttpClient(suite_->url(), suite_->MakeTenant("t" + std::to_string(++tenants_)))) {}

  Json Answered(const std::string& id, const std::string& customer, const std::string& metric, int score,
                const std::string& more = "") {
    return api_.Post("/v1/responses",
                     absl::StrCat(R"({"responseId":")", id, R"(","metric":")", metric, R"(","score":)", score,
                                  customer.empty() ? "" : R"(,"customerId":")" + customer + "\"", more, "}"));
  }
  std::vector<Json> Cases(const std::string& filter = "") {
    return api_
        .Get("/v1/cases?consistencyToken=" + Escape(api_.token()) + (filter.empty() ? "" : "&filter=" + Escape(filter)))
        .Items("cases");
  }
  // The case that a detractor's answer opens.
  std::string OpenCase(const std::string& customer) {
    Answered("r-" + customer, customer, "NPS", 3, R"(,"comment":"Giao hàng trễ")");
    const auto cases = Cases("customer = \"" + customer + "\"");
    EXPECT_EQ(cases.size(), 1u);
    return cases.empty() ? "" : cases[0].String("caseId");
  }
  Json Move(const std::string& id, const std::string& verb, const std::string& body = "{}") {
    return api_.Post("/v1/cases/" + id + verb, body).At("case");
  }
  Answer Try(const std::string& id, const std::string& verb, const std::string& body = "{}") {
    return api_.http().Post("/v1/cases/" + id + verb, body);
  }
  std::string Resolution() {
    const auto causes = api_.List("/v1/rootCauses", "rootCauses");
    const auto teams = api_.List("/v1/teams", "teams");
    std::string cause;
    for (const Json& c : causes)
      if (!c.String("parent").empty()) cause = c.String("rootCauseId");
    EXPECT_FALSE(cause.empty()) << "a starting tree is there";
    EXPECT_FALSE(teams.empty()) << "at least one team is there";
    return absl::StrCat(R"({"rootCause":")", cause, R"(","originatorTeam":")",
                        teams.empty() ? "" : teams[0].String("teamId"),
                        R"(","resolution":"Đã gọi xin lỗi và giao lại","customerReply":"Cảm ơn em"})");
  }

  static Suite* suite_;
  static int tenants_;
  Api api_;
};

Suite* CaseTest::suite_ = nullptr;
int CaseTest::tenants_ = 0;

TEST_F(CaseTest, ExactlyOneCaseIsOpenWellUnderASecondAfterADetractorsAnswer) {
  Answered("warm-up", "someone", "NPS", 10);
  const absl::Time acknowledged = SystemClock().Now();
  Answered("r1", "lan", "NPS", 0, R"(,"comment":"Đặt giao trong 4h mà 2 ngày sau mới tới")");
  std::vector<Json> cases;
  while (cases.empty() && SystemClock().Now() < acknowledged + absl::Seconds(5))
    cases = api_.Get("/v1/cases").Items("cases");
  EXPECT_LT(SystemClock().Now() - acknowledged, absl::Milliseconds(500)) << "without waiting for a token";
  ASSERT_EQ(Cases().size(), 1u);
  const Json c = Cases()[0];
  EXPECT_EQ(c.String("kind"), "DETRACTOR");
  EXPECT_EQ(c.String("state"), "NEW");
  EXPECT_EQ(c.String("priority"), "P2");
  EXPECT_EQ(c.String("customerId"), "lan");
  ASSERT_EQ(c.Size("answers"), 1u) << c.Dump();
  EXPECT_EQ(c.String("answers/0/responseId"), "r1");
  EXPECT_EQ(c.String("answers/0/role"), "OPENED");
  EXPECT_EQ(c.String("answers/0/metric"), "NPS");
  EXPECT_EQ(c.Int("answers/0/score"), 0);
  EXPECT_EQ(c.String("answers/0/comment"), "Đặt giao trong 4h mà 2 ngày sau mới tới");
  EXPECT_EQ(c.Int("version"), 1);
  EXPECT_EQ(c.Dump("overdue"), "[]");
  EXPECT_LT(c.Time("acknowledgeBy"), c.Time("contactBy"));
  EXPECT_LT(c.Time("contactBy"), c.Time("resolveBy"));

  // The same answer again, and its amendment, open nothing.
  Answered("r1", "lan", "NPS", 0, R"(,"comment":"Đặt giao trong 4h mà 2 ngày sau mới tới")");
  api_.Patch("/v1/responses/r1", R"({"comment":"… và tổng đài không ai nghe máy"})");
  ASSERT_EQ(Cases().size(), 1u);
  EXPECT_EQ(Cases()[0].String("answers/0/comment"), "… và tổng đài không ai nghe máy") << "a later comment enriches it";

  // While it is open, a further detractor's answer is attached.
  Answered("r2", "lan", "CSAT", 2);
  ASSERT_EQ(Cases().size(), 1u);
  ASSERT_EQ(Cases()[0].Size("answers"), 2u);
  EXPECT_EQ(Cases()[0].String("answers/1/role"), "ATTACHED");
}

TEST_F(CaseTest, OnlyDetractorsOpenCases) {
  const struct {
    const char* metric;
    int last_bad, max;
  } scales[] = {{"NPS", 6, 10}, {"CSAT", 2, 5}, {"CES", 3, 7}};
  size_t bad = 0;
  for (const auto& scale : scales)
    for (int score = scale.metric == std::string("NPS") ? 0 : 1; score <= scale.max; ++score) {
      const std::string who = absl::StrCat(scale.metric, score);
      Answered("r" + who, who, scale.metric, score);
      bad += score <= scale.last_bad;
      EXPECT_EQ(Cases("customer = \"" + who + "\"").size(), score <= scale.last_bad ? 1u : 0u) << who;
    }
  EXPECT_EQ(Cases().size(), bad);
  Answered("quiet", "quiet", "NPS", 0, R"(,"effects":"SCORES_ONLY")");
  EXPECT_EQ(Cases().size(), bad);
  Answered("anonymous", "", "NPS", 1);
  EXPECT_EQ(Cases().size(), bad + 1) << "an anonymous detractor has a case of its own";
}

TEST_F(CaseTest, EveryVerbMovesItAsTheTableSaysAndTheHistoryShowsIt) {
  const std::string id = OpenCase("lan");
  Json c = Move(id, ":acknowledge", R"({"version":1,"note":"Em nhận ạ"})");
  EXPECT_EQ(c.String("state"), "ACKNOWLEDGED");
  EXPECT_FALSE(c.String("owner").empty()) << "the caller owns it now";
  const std::string team = api_.List("/v1/teams", "teams")[0].String("teamId");
  c = Move(id, ":assign", R"({"owner":"huong","team":")" + team + R"("})");
  EXPECT_EQ(c.String("state"), "ACKNOWLEDGED");
  EXPECT_EQ(c.String("owner"), "huong");
  EXPECT_EQ(c.String("team"), team);
  c = Move(id, "/notes", R"({"noteId":"n1","text":"Khách mua lần đầu"})");
  const int64_t noted = c.Int("version");
  EXPECT_EQ(Move(id, "/notes", R"({"noteId":"n1","text":"Khách mua lần đầu"})").Int("version"), noted)
      << "the same note again";
  EXPECT_THAT(Try(id, "/notes", R"({"noteId":"n1","text":"khác"})"), IsRefused(409, "ALREADY_EXISTS", "ID_REUSED", ""));
  c = Move(id, ":contact", R"({"channel":"phone","note":"Đã gọi","outcome":"AWAITING_REPLY"})");
  EXPECT_EQ(c.String("state"), "WAITING_CUSTOMER");
  c = Move(id, ":contact", R"({"channel":"phone","note":"Khách nghe máy","outcome":"REACHED"})");
  EXPECT_EQ(c.String("state"), "IN_PROGRESS");
  c = Move(id, ":resolve", Resolution());
  EXPECT_EQ(c.String("state"), "RESOLVED");
  EXPECT_EQ(c.String("customerReply"), "Cảm ơn em");
  EXPECT_EQ(api_.Get("/v1/customers/lan/satisfaction?consistencyToken=" + Escape(api_.token())).Int("openCases"), 0)
      << "RESOLVED is not open";
  c = Move(id, ":verify", R"({"evidence":"CUSTOMER_WORD"})");
  EXPECT_EQ(c.String("state"), "VERIFIED");
  EXPECT_EQ(c.String("verification"), "CUSTOMER_WORD");
  c = Move(id, ":close");
  EXPECT_EQ(c.String("state"), "CLOSED");
  c = Move(id, ":reopen", R"({"reason":"Lại trễ"})");
  EXPECT_EQ(c.String("state"), "REOPENED");
  c = Move(id, ":acknowledge");
  EXPECT_EQ(c.String("state"), "ACKNOWLEDGED");
  c = Move(id, ":cancel", R"({"reason":"Trùng phiếu"})");
  EXPECT_EQ(c.String("state"), "CANCELLED");

  const char* path[][3] = {{"open", "UNSPECIFIED", "NEW"},
                           {"acknowledge", "NEW", "ACKNOWLEDGED"},
                           {"assign", "ACKNOWLEDGED", "ACKNOWLEDGED"},
                           {"note", "ACKNOWLEDGED", "ACKNOWLEDGED"},
                           {"contact", "ACKNOWLEDGED", "WAITING_CUSTOMER"},
                           {"contact", "WAITING_CUSTOMER", "IN_PROGRESS"},
                           {"resolve", "IN_PROGRESS", "RESOLVED"},
                           {"verify", "RESOLVED", "VERIFIED"},
                           {"close", "VERIFIED", "CLOSED"},
                           {"reopen", "CLOSED", "REOPENED"},
                           {"acknowledge", "REOPENED", "ACKNOWLEDGED"},
                           {"cancel", "ACKNOWLEDGED", "CANCELLED"}};
  ASSERT_EQ(c.Size("history"), std::size(path)) << c.Dump("history");
  for (size_t i = 0; i < std::size(path); ++i) {
    const Json h = c.At("history/" + std::to_string(i));
    EXPECT_EQ(h.String("action"), path[i][0]);
    EXPECT_EQ(h.String("from"), path[i][1]);
    EXPECT_EQ(h.String("to"), path[i][2]);
    EXPECT_EQ(h.Int("version"), static_cast<int64_t>(i) + 1) << "gap-free";
    EXPECT_EQ(h.String("actor") == "system", i == 0);
  }
  EXPECT_EQ(api_.Get("/v1/cases/" + id).Dump(), c.Dump());

  // With the token of GET /v1/cases the customer's history holds the case as it is there.
  const Json list = api_.Get("/v1/cases?consistencyToken=" + Escape(api_.token()));
  ASSERT_FALSE(list.String("consistencyToken").empty());
  const Json history =
      api_.Get("/v1/customers/lan/history?kinds=CASE&consistencyToken=" + Escape(list.String("consistencyToken")));
  ASSERT_EQ(history.Size("entries"), 1u) << history.Dump();
  EXPECT_EQ(history.String("entries/0/case/caseId"), id);
  EXPECT_EQ(history.String("entries/0/case/state"), "CANCELLED");
  EXPECT_EQ(history.Size("entries/0/case/history"), std::size(path));
}

TEST_F(CaseTest, TheHistoryHoldsANewCaseWithTheTokenOfGetCases) {
  for (int i = 0; i < 20; ++i) {
    const std::string who = absl::StrCat("c", i);
    Answered("r" + who, who, "NPS", i % 7);
    const Json list = api_.Get("/v1/cases?consistencyToken=" + Escape(api_.token()));
    const Json sheet =
        api_.Get("/v1/customers/" + who + "/satisfaction?consistencyToken=" + Escape(list.String("consistencyToken")));
    EXPECT_EQ(sheet.Int("openCases"), 1);
    EXPECT_TRUE(sheet.Bool("doNotSell/blocked"));
    EXPECT_EQ(sheet.String("doNotSell/reason"), "OPEN_CASE");
  }
}

TEST_F(CaseTest, AMoveThatTheTableDoesNotListIsRefusedAndChangesNothing) {
  const std::string id = OpenCase("lan");
  const std::string resolution = Resolution();
  for (const std::string verb : {":verify", ":close", ":reopen", ":resolve"}) {
    const std::string body = verb == ":verify"    ? R"({"evidence":"SCORE"})"
                             : verb == ":reopen"  ? R"({"reason":"x"})"
                             : verb == ":resolve" ? resolution
                                                  : "{}";
    EXPECT_THAT(Try(id, verb, body), IsRefused(400, "FAILED_PRECONDITION", "CASE_TRANSITION_REFUSED", "")) << verb;
  }
  EXPECT_THAT(Try(id, ":acknowledge", R"({"version":7})"), IsRefused(409, "ABORTED", "VERSION_MISMATCH", ""));
  EXPECT_EQ(api_.Get("/v1/cases/" + id).Int("version"), 1);
  Move(id, ":contact", R"({"channel":"zalo"})");
  EXPECT_THAT(Try(id, ":acknowledge"), IsRefused(400, "FAILED_PRECONDITION", "CASE_TRANSITION_REFUSED", ""));
  EXPECT_EQ(Try(id, ":resolve", R"({"resolution":"x","customerReply":"y","originatorTeam":"z"})").code, 400)
      << "needs a root cause";
  Move(id, ":cancel", R"({"reason":"Nhầm"})");
  for (const std::string verb : {":acknowledge", ":contact", ":close"})
    EXPECT_EQ(Try(id, verb, verb == ":contact" ? R"({"channel":"zalo"})" : "{}").reason(), "CASE_TRANSITION_REFUSED")
        << verb;
  EXPECT_EQ(Try(id, ":reopen", R"({"reason":"x"})").reason(), "CASE_TRANSITION_REFUSED") << "CANCELLED is final";
  EXPECT_EQ(api_.Get("/v1/cases/" + id).Int("version"), 3);
}

}  // namespace
}  // namespace hoiam::testing
