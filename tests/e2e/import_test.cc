// `hoiam import` on files in the shape of a real shop's export: the same result when run twice or killed half way, and
// the CSAT that counting the file gives.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <random>

#include "platform/base/clock.h"
#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

using ::testing::HasSubstr;

constexpr int kCustomers = 800, kInteractions = 3000, kResponses = 2500;

struct Files {
  std::string dir;
  int satisfied = 0, detractors = 0;
};

Files WriteFiles(const std::string& dir) {
  mkdir(dir.c_str(), 0700);
  Files files{dir};
  std::mt19937 random(3);
  const absl::Time start = Now() - absl::Hours(24 * 400);
  std::string customers = "customer_id,display_name,email,phone,locale,segment,properties.city\n";
  for (int c = 0; c < kCustomers; ++c)
    absl::StrAppend(&customers, "c", c, ",,c", c, "@shop.example,,pt-BR,", c % 2 ? "SP" : "RJ",
                    ",\"são paulo, \"\"centro\"\"\"\n");
  std::string interactions =
      "interaction_id,type,touchpoint,occurred_at,customer_id,channel,amount,currency,properties.order,properties.days_"
      "late\n";
  for (int i = 0; i < kInteractions; ++i) {
    const bool bought = i % 2 == 0;
    absl::StrAppend(&interactions, "o", i / 2, bought ? "-purchase,PURCHASE,checkout," : "-delivery,DELIVERY,delivery,",
                    Rfc3339(start + absl::Hours(i)), ",c", i / 2 % kCustomers, ",web,", bought ? "75.06,BRL" : ",",
                    ",o", i / 2, ",", bought ? "" : "-3", "\n");
  }
  std::string responses = "response_id,customer_id,interaction_id,metric,score,comment,language,responded_at\n";
  for (int r = 0; r < kResponses; ++r) {
    const int score = 1 + static_cast<int>(random() % 5), order = r % (kInteractions / 2);
    files.satisfied += score >= 4;
    files.detractors += score <= 2;
    absl::StrAppend(&responses, "r", r, ",c", order % kCustomers, ",o", order, "-delivery,CSAT,", score, ",",
                    r % 2 ? "\"Não foi entregue,\naguardo \"\"resposta\"\"\"" : "", ",pt,",
                    Rfc3339(start + absl::Hours(4000 + r)), "\n");
  }
  WriteFile(dir + "/customers.csv", customers);
  WriteFile(dir + "/interactions.csv", interactions);
  WriteFile(dir + "/responses.csv", responses);
  return files;
}

class ImportTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    suite_ = new Suite;
    files_ = new Files(WriteFiles(suite_->dir() + "/csv"));
  }
  static void TearDownTestSuite() {
    delete std::exchange(suite_, nullptr);
    delete std::exchange(files_, nullptr);
  }
  ImportTest() : key_(suite_->MakeTenant("t" + std::to_string(++tenants_))), api_(HttpClient(suite_->url(), key_)) {}

  Program Import(std::vector<std::string> args) {
    args.insert(args.begin(), "import");
    Program program = suite_->CliProgram(args);
    program.env["HOIAM_API_KEY"] = key_;
    return program;
  }
  // All that an import leaves behind, without the times of its storing.
  std::string Result() {
    std::string all;
    for (const auto& [path, field, id] : {std::tuple{"/v1/customers", "customers", "customerId"},
                                          std::tuple{"/v1/responses", "responses", "responseId"}}) {
      std::vector<std::string> lines;
      for (const Json& item : api_.List(path, field)) {
        lines.push_back(
            item.String(id) + " " +
            (item.Has("score")
                 ? item.Dump("score") + item.String("comment") + item.String("touchpoint") + item.String("respondedAt")
                 : item.String("segment") + item.String("properties/city") + item.String("email")));
      }
      std::sort(lines.begin(), lines.end());
      for (const auto& line : lines) all += line + "\n";
    }
    all += api_.Get("/v1/scores?metric=CSAT&groupBy=touchpoint").Dump();
    for (const char* c : {"c0", "c1", "c799"})
      absl::StrAppend(&all, api_.Get(std::string("/v1/customers/") + c + "/satisfaction").Dump());
    return all;
  }
  void ExpectWhole() {
    EXPECT_EQ(api_.List("/v1/customers", "customers").size(), static_cast<size_t>(kCustomers));
    EXPECT_EQ(api_.List("/v1/responses", "responses").size(), static_cast<size_t>(kResponses));
    const Json row = api_.ScoreRow("metric=CSAT");
    EXPECT_EQ(row.Int("responses"), kResponses) << "it waits for its last token before it ends";
    EXPECT_NEAR(row.Number("score"), 100.0 * files_->satisfied / kResponses, 0.0006) << "as counting the file";
    EXPECT_EQ(api_.Get("/v1/cases").Size("cases"), 0u) << "importing history has no effects";
    EXPECT_EQ(api_.Get("/v1/interactions/o3-delivery").Dump("properties/days_late"), "\"-3\"");
  }

  static Suite* suite_;
  static Files* files_;
  static int tenants_;
  const std::string key_;
  Api api_;
};

Suite* ImportTest::suite_ = nullptr;
Files* ImportTest::files_ = nullptr;
int ImportTest::tenants_ = 0;

TEST_F(ImportTest, TwiceIsOnce) {
  api_.ActiveSurvey("after", "CSAT", R"({"interactionTypes":["DELIVERY"],"maxAge":"31536000s"})");
  const Finished first = RunToEnd(Import({files_->dir}));
  ASSERT_EQ(first.status, 0) << first.output;
  ExpectWhole();
  EXPECT_EQ(api_.List("/v1/surveys/after/invitations", "invitations").size(), 0u);
  const std::string result = Result();
  const Finished second =
      RunToEnd(Import({"--customers", files_->dir + "/customers.csv", "--interactions",
                       files_->dir + "/interactions.csv", "--responses", files_->dir + "/responses.csv"}));
  EXPECT_EQ(second.status, 0) << second.output;
  EXPECT_EQ(Result(), result);
}

TEST_F(ImportTest, KilledHalfWayAndRunAgainIsOnce) {
  for (int kill = 0; kill < 3; ++kill) {
    Process import(Import({files_->dir}));
    SystemClock().Sleep(absl::Milliseconds(60 + 90 * kill));
    import.Kill();
  }
  const Finished whole = RunToEnd(Import({files_->dir}));
  ASSERT_EQ(whole.status, 0) << whole.output;
  ExpectWhole();
}

TEST_F(ImportTest, ADryRunTellsEveryBadRowAndStoresNothing) {
  const std::string dir = suite_->dir() + "/bad";
  mkdir(dir.c_str(), 0700);
  WriteFile(
      dir + "/customers.csv",
      "customer_id,display_name,email,phone,locale,segment,properties.city\nc1,,,,vi,VIP,Vinh\n,,,,vi,VIP,Vinh\n");
  WriteFile(dir + "/interactions.csv",
            "interaction_id,type,touchpoint,occurred_at,customer_id,channel,amount,currency\n"
            "o1,PURCHASE,checkout,2026-01-05T00:15:34Z,c1,web,10,VND\no2,PURCHASE,checkout,yesterday,c1,web,10,VND\n");
  WriteFile(dir + "/responses.csv",
            "response_id,customer_id,interaction_id,metric,score,comment,language,responded_at\n"
            "r1,c1,o1,CSAT,5,,vi,2026-01-06T00:00:00Z\nr2,c1,o1,CSAT,9,,vi,2026-01-06T00:00:00Z\nr3,c1,o1,CSAT,five,,"
            "vi,2026-01-06T00:00:00Z\n");
  const Finished dry = RunToEnd(Import({"--dry-run", dir}));
  EXPECT_NE(dry.status, 0) << dry.output;
  EXPECT_THAT(dry.output, HasSubstr("customers.csv"));
  EXPECT_THAT(dry.output, HasSubstr("occurred_at"));
  EXPECT_THAT(dry.output, HasSubstr("score"));
  for (const char* id : {"o2", "r2", "r3"}) EXPECT_THAT(dry.output, HasSubstr(id));
  EXPECT_EQ(api_.Get("/v1/customers").Size("customers"), 0u);

  // For good: the good rows are in, the bad ones are told.
  const Finished real = RunToEnd(Import({dir}));
  EXPECT_NE(real.status, 0) << real.output;
  for (const char* id : {"o2", "r2", "r3"}) EXPECT_THAT(real.output, HasSubstr(id));
  EXPECT_EQ(api_.Get("/v1/responses").Size("responses"), 1u);
  EXPECT_EQ(api_.ScoreRow("metric=CSAT").Int("responses"), 1);

  EXPECT_EQ(RunToEnd(Import({"--dry-run", files_->dir})).status, 0);
  EXPECT_NE(RunToEnd(Import({suite_->dir() + "/nowhere"})).status, 0);
}

}  // namespace
}  // namespace hoiam::testing
