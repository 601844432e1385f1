// Everything that is counted is counted again while it is read and written, and comes out the same, byte by byte: also
// when the process that counts, or the one it reads from, is killed in the middle.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <random>
#include <thread>

#include "absl/strings/str_join.h"
#include "platform/db/session.h"
#include "tests/e2e/api.h"
#include "tests/support/matchers.h"

namespace hoiam::testing {
namespace {

constexpr absl::Duration kPatience = absl::Minutes(3);

// Random life of a shop: whatever changes something that scoring_service counts or shows.
class Life {
 public:
  Life(const Suite& suite, int seed) : http_(suite.Http()), random_(seed), name_(absl::StrCat("w", seed)) {}

  static void Found(Api& api) {
    api.ActiveSurvey("after", "NPS", R"({"interactionTypes":["PURCHASE"]})");
    api.Post("/v1/surveys?surveyId=csi",
             R"({"displayName":{"vi":"CSI","en":"CSI"},"metric":"CSI","template":"csi","channels":["LINK"]})");
    api.Post("/v1/surveys/csi:activate", "{}");
    api.Patch("/v1/metrics/EASE?allowMissing=true",
              R"({"displayName":{"vi":"Dễ","en":"Ease"},"min":1,"max":5,"parts":[
                 {"name":"hard","mood":"UNHAPPY","low":1,"high":2,"weight":-1},
                 {"name":"so_so","mood":"INDIFFERENT","low":3,"high":3,"weight":0},
                 {"name":"easy","mood":"HAPPY","low":4,"high":5,"weight":1}]})");
  }
  // One thing happens; what is refused (a case that has moved, an id that is void) changes nothing, which is fine.
  void Step() {
    switch (random_() % 12) {
      case 0:
        return Send("PATCH", absl::StrCat("/v1/customers/", Customer(), "?allowMissing=true"),
                    absl::StrCat(R"({"segment":")", Pick({"", "VIP", "Mới"}), R"(","ownerTeam":")",
                                 Pick({"", "north", "south"}), R"(","lifecycle":"ACTIVE"})"));
      case 1:
      case 2:
      case 3:
        return Buy();
      case 4:
        if (bought_.empty()) return Buy();
        return Send("POST", absl::StrCat("/v1/interactions/", bought_[random_() % bought_.size()], ":void"),
                    R"({"reason":"returned"})");
      case 5:
      case 6:
      case 7:
        return Respond(Customer());
      case 8:
        return Respond("");
      case 9:
        if (answered_.empty()) return Respond(Customer());
        return Send("PATCH", absl::StrCat("/v1/responses/", answered_[random_() % answered_.size()]),
                    absl::StrCat(R"({"score":)", 1 + random_() % 5, R"(,"comment":"nghĩ lại )", random_() % 9, "\"}"));
      case 10:
        if (random_() % 2 && !orders_.empty())
          return Send("POST", "/v1/responses:claim",
                      absl::StrCat(R"({"customerId":")", Customer(), R"(","order":")",
                                   orders_[random_() % orders_.size()], "\"}"));
        if (answered_.empty()) return;
        return Send("POST", absl::StrCat("/v1/responses/", answered_[random_() % answered_.size()], ":void"),
                    R"({"reason":"mistake"})");
      default:
        return Use();
    }
  }
  int refused() const { return refused_; }

 private:
  std::string Id(const char* kind) { return absl::StrCat(kind, "-", name_, "-", ++last_); }
  std::string Customer() { return absl::StrCat("c", random_() % 60); }
  std::string Pick(std::vector<std::string> from) { return from[random_() % from.size()]; }
  std::string Ago() { return Rfc3339(Now() - absl::Seconds(random_() % (86400 * 300))); }

  void Send(const std::string& method, const std::string& path, const std::string& body) {
    if (http_.Send(method, path, body, {}).code != 200) ++refused_;
  }
  void Buy() {
    bought_.push_back(Id("i"));
    const bool recent = random_() % 3 == 0;  // asks
    Send("POST", "/v1/interactions",
         absl::StrCat(R"({"interactionId":")", bought_.back(), R"(","customerId":")", Customer(),
                      R"(","type":"PURCHASE","touchpoint":")", Pick({"", "delivery", "store"}), R"(","channel":")",
                      Pick({"", "shop", "app"}), R"(","occurredAt":")", recent ? Rfc3339(Now()) : Ago(),
                      random_() % 3 ? absl::StrCat(R"(","currency":")", Pick({"VND", "USD"}), R"(","amount":")",
                                                   random_() % 1000, ".5\"}")
                                    : "\"}"));
  }
  void Respond(const std::string& customer) {
    answered_.push_back(Id("r"));
    const std::string metric = Pick({"NPS", "CSAT", "CES", "EASE", "CSI"});
    std::string body = absl::StrCat(R"({"responseId":")", answered_.back(), R"(","respondedAt":")", Ago(), "\"");
    if (metric == "CSI")
      absl::StrAppend(&body, R"(,"metric":"CSI","surveyId":"csi","answers":[)", csi_, "]");
    else
      absl::StrAppend(&body, R"(,"metric":")", metric, R"(","score":)",
                      metric == "NPS" ? random_() % 11 : 1 + random_() % 5, R"(,"comment":"lời )", random_() % 100,
                      "\"");
    if (!customer.empty()) absl::StrAppend(&body, R"(,"customerId":")", customer, "\"");
    if (customer.empty() && random_() % 2) {
      orders_.push_back(Id("o"));
      absl::StrAppend(&body, R"(,"order":")", orders_.back(), "\"");
    }
    if (random_() % 4 == 0) absl::StrAppend(&body, R"(,"solicited":false)");
    if (random_() % 5 == 0) absl::StrAppend(&body, R"(,"incentivised":true)");
    if (!customer.empty() && !bought_.empty() && random_() % 3 == 0)
      absl::StrAppend(&body, R"(,"interactionId":")", bought_[random_() % bought_.size()], "\"");
    Send("POST", "/v1/responses", body + "}");
  }
  void Use() {
    Send("POST", absl::StrCat("/v1/customers/", Customer(), "/usage"),
         absl::StrCat(R"({"usageId":")", Id("u"), R"(","item":"item)", random_() % 3, R"(","status":")",
                      Pick({"IN_USE", "STOPPED", "NOT_STARTED"}), R"(","occurredAt":")", Ago(), "\"}"));
  }

 public:
  std::string csi_;  // answers to the CSI's questions

 private:
  HttpClient http_;
  std::mt19937 random_;
  const std::string name_;
  int last_ = 0, refused_ = 0;
  std::vector<std::string> bought_, answered_, orders_;
};

class RebuildTest : public ::testing::Test {
 protected:
  explicit RebuildTest(Suite::Env env = {})
      : suite_(std::move(env)),
        url_(*db::ParseUrl(suite_.db_url())),
        api_(suite_.Http()),
        operator_(suite_.url(), suite_.OperatorKey()) {}

  std::unique_ptr<db::Session> Session(const std::string& schema) {
    auto session = db::Connect(url_, url_.prefix + "_" + schema);
    EXPECT_TRUE(session.ok()) << session.status();
    return *std::move(session);
  }
  int64_t Number(const std::string& sql, const std::string& schema = "scoring") {
    int64_t n = -1;
    HOIAM_EXPECT_OK(Session(schema)->Query(sql, {}, [&](const db::Row& r) { n = r.IsNull(0) ? 0 : r.Int(0); }));
    return n;
  }
  bool Eventually(const std::function<bool()>& f) {
    const absl::Time until = absl::Now() + kPatience;
    while (!f()) {
      if (absl::Now() > until) return false;
      absl::SleepFor(absl::Milliseconds(20));
    }
    return true;
  }
  void Load(int steps) {
    Life::Found(api_);
    Life life(suite_, 1);
    const Json csi = api_.Get("/v1/surveys/csi");
    std::vector<std::string> answers;
    for (const Json& q : csi.Items("questions"))
      if (q.String("type") == "CSI_SCORE" || q.String("type") == "CSI")
        answers.push_back(absl::StrCat(R"({"questionId":")", q.String("questionId"), R"(","number":7})"));
    life.csi_ = csi_ = absl::StrJoin(answers, ",");
    for (int i = 0; i < steps; ++i) life.Step();
  }
  int64_t Start() {
    const Answer answer = operator_.Post("/v1/scoring:rebuild", "{}");
    EXPECT_THAT(answer, HasCode(200));
    return answer.json().Int("generation");
  }
  std::string State() { return operator_.Get("/v1/scoring:rebuild").json().String("state"); }
  // What was replaced stays, and is followed, until the test is done with it.
  void Keep(int64_t number) {
    HOIAM_EXPECT_OK(
        Session("scoring")
            ->Run(
                "UPDATE generation SET lease_until = '2099-01-01' WHERE number = ? AND state = 5 AND lease_owner = ''",
                {number})
            .status());
  }
  // Until both have counted all that was committed.
  void Quiesce(int64_t a, int64_t b) {
    const auto behind = [&](int64_t n) {
      int64_t rows = 0;
      const std::string consumer = n == 1 ? "scoring" : absl::StrCat("scoring.", n);
      for (const std::string source : {"survey", "loop"})
        rows += Number(absl::StrCat("SELECT COUNT(*) FROM ", url_.prefix, "_", source,
                                    ".event_head h LEFT JOIN feed_cursor c ON c.consumer = '", consumer,
                                    "' AND c.source = '", source,
                                    "' AND c.partition_id = h.partition_id AND c.seq = h.next_seq - 1 "
                                    "WHERE c.consumer IS NULL"));
      return rows;
    };
    // Cases follow answers: loop_service first has to see all of them.
    EXPECT_TRUE(Eventually([&] {
      return Number(absl::StrCat("SELECT COUNT(*) FROM ", url_.prefix, "_survey.event_head h LEFT JOIN ", url_.prefix,
                                 "_loop.feed_cursor c ON c.source = 'survey' AND c.partition_id = h.partition_id AND "
                                 "c.seq = h.next_seq - 1 WHERE c.consumer IS NULL")) == 0 &&
             behind(a) == 0 && behind(b) == 0;
    }));
  }
  // Every table, row by row and byte by byte.
  void ExpectEqual(int64_t a, int64_t b) {
    const std::string schema = url_.prefix + "_scoring";
    auto session = Session("scoring");
    std::vector<std::string> tables;
    HOIAM_ASSERT_OK(session->Query(
        "SELECT table_name FROM information_schema.columns WHERE table_schema = ? AND column_name = 'generation' "
        "ORDER BY table_name",
        {schema}, [&](const db::Row& r) { tables.push_back(r.Bytes(0)); }));
    EXPECT_GE(tables.size(), 10u);
    for (const std::string& table : tables) {
      std::vector<std::string> columns;
      HOIAM_ASSERT_OK(session->Query(
          "SELECT column_name FROM information_schema.columns WHERE table_schema = ? AND table_name = ? AND "
          "column_name <> 'generation' ORDER BY ordinal_position",
          {schema, table}, [&](const db::Row& r) { columns.push_back(r.Bytes(0)); }));
      const auto rows = [&](int64_t generation) {
        std::vector<std::string> out;
        std::vector<std::string> shown;
        for (const std::string& c : columns) shown.push_back(absl::StrCat("COALESCE(HEX(", c, "), 'NULL')"));
        HOIAM_EXPECT_OK(
            session->Query(absl::StrCat("SELECT CONCAT_WS(' ', ", absl::StrJoin(shown, ", "), ") AS all_of_it FROM ",
                                        table, " WHERE generation = ? ORDER BY all_of_it"),
                           {generation}, [&](const db::Row& r) { out.push_back(r.Bytes(0)); }));
        return out;
      };
      const std::vector<std::string> before = rows(a), after = rows(b);
      EXPECT_FALSE(before.empty()) << table;
      std::vector<std::string> lost, made;
      std::set_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(lost));
      std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(made));
      EXPECT_TRUE(lost.empty() && made.empty())
          << table << " (" << absl::StrJoin(columns, " ") << "): " << before.size() << " rows, " << lost.size()
          << " differ; shown:\n"
          << (lost.empty() ? "nothing" : lost.front()) << "\nmade again:\n"
          << (made.empty() ? "nothing" : made.front());
    }
  }
  // Holds the reading of `number` in its middle, and does something to it.
  void InTheMiddle(int64_t number, const std::function<void()>& what) {
    auto session = Session("scoring");
    EXPECT_TRUE(Eventually([&] {
      int64_t state = 0, read = 0;
      HOIAM_EXPECT_OK(session->Execute("START TRANSACTION"));
      const absl::Status s = session->Query("SELECT state, rows_read FROM generation WHERE number = ? FOR UPDATE",
                                            {number}, [&](const db::Row& r) { state = r.Int(0), read = r.Int(1); });
      const bool middle = s.ok() && state == 1 && read > 0;
      EXPECT_LE(state, 1) << "it was over before it could be held";
      if (middle) what();
      HOIAM_EXPECT_OK(session->Execute("ROLLBACK"));
      return middle || state > 1;
    }));
  }

  Suite suite_;
  const db::Url url_;
  Api api_;
  HttpClient operator_;
  std::string csi_;
};

TEST_F(RebuildTest, WhileItIsReadAndWrittenEverythingIsCountedAgainAndComesOutTheSame) {
  EXPECT_EQ(State(), "UNSPECIFIED");
  Load(1500);
  std::atomic<bool> stop{false};
  std::atomic<int> reads{0}, failed{0};
  std::vector<std::thread> threads;
  for (int w = 2; w < 4; ++w)
    threads.emplace_back([&, w] {
      Life life(suite_, w);
      life.csi_ = csi_;
      while (!stop) life.Step();
    });
  threads.emplace_back([&] {
    HttpClient http = suite_.Http();
    while (!stop) {
      for (const char* path : {"/v1/scores?metric=NPS&interval=MONTH", "/v1/customers/c1/history",
                               "/v1/customers/c1/satisfaction", "/v1/scores?metric=CSAT&groupBy=segment"}) {
        const Answer answer = http.Get(path);
        ++reads;
        if (answer.code != 200 && ++failed < 3) ADD_FAILURE() << answer;
      }
    }
  });
  const int64_t made = Start();
  EXPECT_EQ(made, 2);
  EXPECT_EQ(Start(), 2) << "asked for again while it runs";
  EXPECT_TRUE(Eventually([&] { return State() != "READING" && State() != "CATCHING_UP"; }));
  Keep(1);
  EXPECT_EQ(State(), "DONE");
  // The token of a write that is counted by what is shown now.
  const Answer written =
      suite_.Http().Post("/v1/responses", R"({"responseId":"token","customerId":"token","metric":"NPS","score":9})");
  ASSERT_THAT(written, HasCode(200));
  EXPECT_EQ(api_.Get("/v1/customers/token/satisfaction?consistencyToken=" + written.token()).Int("metrics/0/score"), 9);
  stop = true;
  for (auto& t : threads) t.join();
  EXPECT_GT(reads, 20);
  EXPECT_EQ(failed, 0);
  Quiesce(1, 2);
  ExpectEqual(1, 2);
  EXPECT_EQ(Number("SELECT COUNT(*) FROM feed_parked"), 0);

  // The same from the command line; what is not shown any more is deleted after a while.
  HOIAM_EXPECT_OK(Session("scoring")->Run("UPDATE generation SET lease_until = ? WHERE number = 1", {Now()}).status());
  Program program = suite_.CliProgram({"rebuild", "scoring"});
  program.env["HOIAM_OPERATOR_KEY"] = suite_.OperatorKey();
  const Finished cli = RunToEnd(std::move(program), kPatience);
  EXPECT_EQ(cli.status, 0) << cli.output;
  EXPECT_NE(cli.output.find("generation 3 is shown"), std::string::npos) << cli.output;
  HOIAM_EXPECT_OK(Session("scoring")->Run("UPDATE generation SET lease_until = ? WHERE number = 2", {Now()}).status());
  EXPECT_TRUE(Eventually([&] { return Number("SELECT COUNT(*) FROM generation") == 1; }));
  for (const char* table : {"answer", "rollup", "timeline", "sheet", "customer_spend", "customer_case"})
    EXPECT_EQ(Number(absl::StrCat("SELECT COUNT(*) FROM ", table, " WHERE generation <> 3")), 0) << table;
  EXPECT_THAT(suite_.Http().Post("/v1/scoring:rebuild", "{}"), HasCode(403)) << "not with a tenant's key";
}

TEST_F(RebuildTest, WhoeverIsKilledInItsMiddleItEndsAndComesOutTheSame) {
  Load(3000);
  int64_t made = Start();
  InTheMiddle(made, [&] { suite_.Kill("survey"); });
  suite_.Restart("survey");
  suite_.WaitReady("survey");
  InTheMiddle(made, [&] { suite_.Kill("scoring"); });
  suite_.Restart("scoring");
  suite_.WaitReady("scoring");
  EXPECT_TRUE(Eventually([&] { return State() == "DONE" || State() == "FAILED"; }));
  Keep(1);
  EXPECT_EQ(State(), "DONE");
  Life life(suite_, 9);
  life.csi_ = csi_;
  for (int i = 0; i < 100; ++i) life.Step();
  Quiesce(1, made);
  ExpectEqual(1, made);
}

class ZoneTest : public RebuildTest {
 protected:
  ZoneTest() : RebuildTest({{"HOIAM_REPORTING_ZONE", "UTC"}}) {}
  std::vector<int64_t> PerDay() {
    std::vector<int64_t> out;
    for (const Json& row : api_.Get("/v1/scores?metric=NPS&interval=DAY&startTime=2026-03-01T00:00:00Z&"
                                    "endTime=2026-03-03T00:00:00Z&timeZone=Asia/Ho_Chi_Minh")
                               .Items("rows"))
      out.push_back(row.Int("responses"));
    return out;
  }
};

TEST_F(ZoneTest, AProcessWithAnotherZoneCountsAgainByThatZoneAndTheOthersFollow) {
  Life::Found(api_);
  api_.Post("/v1/responses", R"({"responseId":"a","customerId":"c","metric":"NPS","score":9,
                                 "respondedAt":"2026-03-01T18:30:00Z"})");
  api_.Post("/v1/responses", R"({"responseId":"b","customerId":"c","metric":"NPS","score":9,
                                 "respondedAt":"2026-03-01T10:30:00Z"})");
  const auto days = [&](int64_t generation) {
    return Number(
        absl::StrCat("SELECT COUNT(DISTINCT day) FROM rollup WHERE metric = 'NPS' AND generation = ", generation));
  };
  EXPECT_TRUE(Eventually([&] { return Number("SELECT COUNT(*) FROM answer WHERE generation = 1") == 2; }));
  EXPECT_EQ(days(1), 1);  // one day in UTC
  const std::vector<int64_t> before = PerDay();
  suite_.StartReplica("scoring2", "scoring_service", {{"HOIAM_REPORTING_ZONE", "Asia/Ho_Chi_Minh"}});
  suite_.WaitReady("scoring2");
  EXPECT_TRUE(Eventually([&] { return Number("SELECT number FROM shown_generation") == 2; }));
  EXPECT_EQ(days(2), 2);  // two in Viet Nam
  // The first process, whose setting is the old zone, shows the new figures and leaves it at that.
  EXPECT_TRUE(Eventually([&] {
    const Json scores =
        api_.Get("/v1/scores?metric=NPS&interval=DAY&startTime=2026-02-28T17:00:00Z&endTime=2026-03-02T17:00:00Z");
    return scores.Size("rows") == 2 && scores.String("rows/1/startTime") == "2026-03-01T17:00:00Z" &&
           scores.Int("rows/0/responses") == 1 && scores.Int("rows/1/responses") == 1;
  }));
  EXPECT_EQ(PerDay(), before);
  EXPECT_EQ(State(), "DONE");
  EXPECT_EQ(Number("SELECT MAX(number) FROM generation"), 2);
}

}  // namespace
}  // namespace hoiam::testing
