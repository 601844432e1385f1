// A caller whose connection is cut anywhere in an exchange sends the same again with its Idempotency-Key: there is one
// effect, and it learns what became of it.
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <set>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "hoiam/survey/v1/survey_service.grpc.pb.h"
#include "platform/base/clock.h"
#include "tests/e2e/api.h"
#include "tests/e2e/writes.h"
#include "tests/support/cut_proxy.h"
#include "tests/support/database.h"
#include "tests/support/matchers.h"

namespace hoiam::testing {
namespace {

using Way = CutProxy::Way;

constexpr size_t kNowhere = std::string::npos;

// What passed, or was about to, in each direction.
struct Exchange {
  std::mutex mu;
  std::string request, response;
};

// Cuts the connection after `n` bytes in one direction.
CutProxy::Rule CutAfter(Way cut, size_t n, std::shared_ptr<Exchange> seen) {
  return [=, passed = size_t{0}](int, Way way, absl::string_view bytes) mutable -> CutProxy::Verdict {
    std::lock_guard<std::mutex> lock(seen->mu);
    (way == Way::kToServer ? seen->request : seen->response).append(bytes.data(), bytes.size());
    if (way != cut) return {bytes.size()};
    const size_t before = passed;
    passed += bytes.size();
    return n > passed || n == kNowhere ? CutProxy::Verdict{bytes.size()} : CutProxy::Verdict{n - before, true};
  };
}

bool Replayed(const Answer& a) {
  const auto it = a.headers.find("idempotency-replayed");
  return it != a.headers.end() && it->second == "true";
}

class IdempotencyTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { suite_ = new Suite; }
  static void TearDownTestSuite() { delete std::exchange(suite_, nullptr); }
  IdempotencyTest()
      : key_(suite_->MakeTenant("t" + std::to_string(++tenants_))),
        api_(HttpClient(suite_->url(), key_)),
        proxy_(suite_->url().substr(std::string("http://").size())) {}

  static int64_t Count(const std::string& schema, const std::string& sql) {
    const auto url = db::ParseUrl(suite_->db_url());
    auto session = db::Connect(*url, url->prefix + "_" + schema);
    int64_t n = -1;
    if (session.ok()) {
      HOIAM_EXPECT_OK((*session)->Query(sql, {}, [&](const db::Row& r) { n = r.Int(0); }));
    }
    return n;
  }
  static void Run(const std::string& schema, const std::string& sql) {
    const auto url = db::ParseUrl(suite_->db_url());
    auto session = db::Connect(*url, url->prefix + "_" + schema);
    HOIAM_ASSERT_OK(session);
    HOIAM_ASSERT_OK((*session)->Run(sql, {}));
  }
  // Transactions that this service has committed: each has an envelope, whatever it wrote.
  // Of the effects that calls have: loop commits besides, whenever a mail about a case has gone out.
  static int64_t Commits(const std::string& schema) {
    return Count(schema, schema == "loop" ? "SELECT COALESCE(SUM(version), 0) FROM loop_case"
                                          : "SELECT SUM(next_seq) FROM event_head");
  }

  Answer Send(HttpClient& http, const Call& c, const std::string& key) {
    return http.Send(c.method, c.path, c.body, {{"Idempotency-Key", key}});
  }
  // As a caller does it: again while the first is still under way.
  Answer Settle(const Call& c, const std::string& key) {
    const absl::Time end = SystemClock().Now() + absl::Seconds(30);
    for (;;) {
      Answer a = Send(api_.http(), c, key);
      const bool again = a.code == 0 || a.code == 429 || a.code >= 500 || a.reason() == "IN_PROGRESS";
      if (!again || SystemClock().Now() > end) return a;
      SystemClock().Sleep(absl::Milliseconds(2));
    }
  }

  // Sends `c` through a connection that is cut after `n` bytes in one direction, then again: one effect, the same
  // answer, and Idempotency-Replayed exactly when the first had been committed.
  void CutOnce(const std::string& schema, const Call& c, const std::string& key, Way way, size_t n,
               size_t request_size) {
    SCOPED_TRACE(absl::StrCat(c.method, " ", c.path, way == Way::kToServer ? " request" : " response", " cut after ", n,
                              " bytes, key ", key));
    auto seen = std::make_shared<Exchange>();
    const int cuts = proxy_.cuts();
    const int64_t commits = Commits(schema);
    proxy_.SetRule(CutAfter(way, n, seen));
    {
      HttpClient through("http://" + proxy_.address(), key_);
      const Answer lost = Send(through, c, key);
      EXPECT_EQ(lost.code, 0) << lost;
    }
    const Answer second = Settle(c, key), third = Settle(c, key);
    ASSERT_THAT(second, HasCode(200));
    if (way == Way::kToClient || n < request_size) {
      EXPECT_EQ(Replayed(second), way == Way::kToClient) << second;
    }
    EXPECT_EQ(proxy_.cuts(), cuts + 1);
    EXPECT_TRUE(Replayed(third)) << third;
    EXPECT_EQ(Commits(schema), commits + 1);
    EXPECT_EQ(Told(second), Told(third));
    std::lock_guard<std::mutex> lock(seen->mu);
    const size_t body = seen->response.find("\r\n\r\n");
    if (way == Way::kToServer || body == std::string::npos) return;
    const Json first(seen->response.substr(body + 4));
    if (!first.valid()) return;  // of an answer that came in pieces only the first was seen
    EXPECT_EQ(Told(Answer{200, {}, seen->response.substr(body + 4)}), Told(second));
    ++compared_;
  }
  // What an answer says, but for its consistency token and for secrets, which are told once.
  static std::map<std::string, std::string> Told(const Answer& a) {
    std::map<std::string, std::string> told;
    for (const std::string& name : a.json().Names())
      if (name != "consistencyToken" && name != "secret") told[name] = a.json().Dump(name);
    return told;
  }

  // Sizes of the request and the answer of a call that is not cut.
  std::pair<size_t, size_t> SizesOf(const Call& c, const std::string& key) {
    auto seen = std::make_shared<Exchange>();
    proxy_.SetRule(CutAfter(Way::kToServer, kNowhere, seen));
    HttpClient through("http://" + proxy_.address(), key_);
    EXPECT_THAT(Send(through, c, key), HasCode(200));
    std::lock_guard<std::mutex> lock(seen->mu);
    return {seen->request.size(), seen->response.size()};
  }

  static std::string Key(int i) { return absl::StrFormat("k-%05d", i); }

  static Suite* suite_;
  static int tenants_;
  const std::string key_;
  Api api_;
  CutProxy proxy_;
  int compared_ = 0;
};

Suite* IdempotencyTest::suite_ = nullptr;
int IdempotencyTest::tenants_ = 0;

// Feedback without an id of its own: nothing but the key keeps it from being there twice.
TEST_F(IdempotencyTest, WhereverAnExchangeIsCutThereIsOneEffectAndTheNextCallLearnsIt) {
  const auto call = [](int i) {
    return Call{"POST", "/v1/feedback",
                absl::StrFormat(R"({"customerId":"c-%05d","metric":"NPS","score":9,"comment":"ổn"})", i)};
  };
  const auto [request_size, response_size] = SizesOf(call(0), Key(0));
  std::set<size_t> in_request, in_response = {0, 1, response_size - 2, response_size - 1};
  for (size_t at = 0; at <= request_size; ++at) in_request.insert(at);
  for (size_t at = 7; at < response_size - 1; at += 7) in_response.insert(at);

  int i = 0;
  for (const size_t n : in_request) {
    ++i;
    CutOnce("survey", call(i), Key(i), Way::kToServer, n, request_size);
  }
  for (const size_t n : in_response) {
    ++i;
    CutOnce("survey", call(i), Key(i), Way::kToClient, n, request_size);
  }
  EXPECT_GT(compared_, static_cast<int>(in_response.size()) / 2) << "answers that were committed, then lost";
  EXPECT_EQ(api_.List("/v1/responses", "responses").size(), static_cast<size_t>(i) + 1);
}

TEST_F(IdempotencyTest, EveryKindOfWriteOfEveryServiceIsThereOnceAndItsKeyIsForThatRequestOnly) {
  std::map<std::string, std::string> cases;
  const auto case_of = [&](const std::string& i) {
    std::string& id = cases[i];
    if (!id.empty()) return id;
    api_.Post("/v1/responses",
              R"({"responseId":"r)" + i + R"(","customerId":"d)" + i + R"(","metric":"NPS","score":1})");
    id = api_.Get("/v1/cases?filter=" + Escape("customer = \"d" + i + "\"") +
                  "&consistencyToken=" + Escape(api_.token()))
             .String("cases/0/caseId");
    return id;
  };
  int number = 0;
  for (const Write& o : Writes(case_of)) {
    const auto next = [&] {
      const std::string i = absl::StrFormat("%04d", ++number);
      o.prepare(api_, i);
      return i;
    };
    std::string i = next();
    const auto [request_size, response_size] = SizesOf(o.call(i), "k" + i);
    const std::pair<Way, size_t> cuts[] = {{Way::kToServer, 0},
                                           {Way::kToServer, request_size / 2},
                                           {Way::kToServer, request_size - 1},
                                           {Way::kToServer, request_size},
                                           {Way::kToClient, 0},
                                           {Way::kToClient, response_size / 2},
                                           {Way::kToClient, response_size - 1}};
    for (const auto& [way, n] : cuts) {
      i = next();
      const Call call = o.call(i);
      CutOnce(o.schema, call, "k" + i, way, n, request_size);
      const int64_t commits = Commits(o.schema);
      EXPECT_THAT(Send(api_.http(), o.other(i), "k" + i),
                  IsRefused(422, "FAILED_PRECONDITION", "IDEMPOTENCY_KEY_REUSED", ""))
          << call.path;
      EXPECT_EQ(Commits(o.schema), commits) << call.path;
    }
  }
}

// Both at once, through one survey_service and through two.
TEST_F(IdempotencyTest, OfTwoCallsWithOneKeyAtOnceOneHasTheEffectAndTheOtherReplaysItOrIsToldToWait) {
  suite_->StartReplica("survey2", "survey_service");
  suite_->StartReplica("gateway2", "gateway", {{"HOIAM_SURVEY_ADDR", "unix:" + suite_->Socket("survey2")}});
  suite_->WaitAllReady();
  int told_to_wait = 0, replays = 0, number = 0;
  for (const std::string& second_url : {suite_->url(), suite_->Url("gateway2")}) {
    HttpClient clients[] = {HttpClient(suite_->url(), key_), HttpClient(second_url, key_)};
    for (int round = 0; round < 60; ++round) {
      const std::string key = Key(++number);
      const Call call{"POST", "/v1/feedback",
                      absl::StrCat(R"({"customerId":"c)", number, R"(","metric":"NPS","score":9})")};
      Answer answers[2];
      std::atomic<int> arrived{0};
      const auto send = [&](int who) {
        ++arrived;
        while (arrived < 2) std::this_thread::yield();
        answers[who] = Send(clients[who], call, key);
      };
      std::thread other([&] { send(1); });
      send(0);
      other.join();
      int fresh = 0;
      for (const Answer& a : answers) {
        if (a.code == 200) {
          ++(Replayed(a) ? replays : fresh);
        } else {
          EXPECT_THAT(a, IsRefused(409, "ABORTED", "IN_PROGRESS", ""));
          ++told_to_wait;
        }
      }
      EXPECT_EQ(fresh, 1) << answers[0] << "\n" << answers[1];
      EXPECT_TRUE(Replayed(Settle(call, key)));
    }
  }
  EXPECT_EQ(api_.List("/v1/responses", "responses").size(), static_cast<size_t>(number));
  EXPECT_GT(told_to_wait + replays, 0);
  suite_->process("gateway2").Kill();
  suite_->process("survey2").Kill();
}

TEST_F(IdempotencyTest, AReplayIsTheSameOverRestAndGrpcForAPatchToo) {
  const auto trailer = [](const grpc::ClientContext& c) {
    const auto& all = c.GetServerTrailingMetadata();
    return all.count("hoiam-idempotency-replayed") > 0;
  };
  const auto stub = survey::v1::CustomerService::NewStub(suite_->Channel());
  const auto call = [&](const std::string& key, const std::string& segment, bool& replayed) {
    grpc::ClientContext context;
    Suite::Authorize(context, key_);
    context.AddMetadata("idempotency-key", key);
    survey::v1::UpdateCustomerRequest q;
    q.mutable_customer()->set_customer_id("lan");
    q.mutable_customer()->set_segment(segment);
    q.mutable_update_mask()->add_paths("segment");
    q.set_allow_missing(true);
    survey::v1::Customer r;
    const grpc::Status s = stub->UpdateCustomer(&context, q, &r);
    replayed = trailer(context);
    return s;
  };
  const Call rest{"PATCH", "/v1/customers/lan?allowMissing=true", R"({"segment":"VIP"})"};
  bool replayed = true;
  // gRPC first, REST again.
  ASSERT_TRUE(call("a", "VIP", replayed).ok());
  EXPECT_FALSE(replayed);
  const Answer again = Send(api_.http(), rest, "a");
  EXPECT_THAT(again, HasCode(200));
  EXPECT_TRUE(Replayed(again));
  // REST first, gRPC again.
  EXPECT_FALSE(Replayed(Send(api_.http(), rest, "b")));
  EXPECT_TRUE(call("b", "VIP", replayed).ok());
  EXPECT_TRUE(replayed);
  EXPECT_THAT(call("b", "NEW", replayed).error_details(), ::testing::HasSubstr("IDEMPOTENCY_KEY_REUSED"));
  EXPECT_EQ(api_.Get("/v1/customers/lan").String("segment"), "VIP");
}

TEST_F(IdempotencyTest, ASecretIsToldOnceAndLiesNowhereInTheDatabase) {
  std::vector<std::string> secrets;
  const Call calls[] = {
      {"POST", "/v1/keys", R"({"keyId":"till","principal":"till","scopes":["interactions.write"]})"},
      {"POST", "/v1/keys/till:rotate", R"({"newKeyId":"till2"})"},
      {"POST", "/v1/webhooks",
       R"({"webhookId":"w","url":"https://example.com/h","eventTypes":["response.submitted"]})"},
  };
  for (const Call& call : calls) {
    const Answer first = Send(api_.http(), call, call.path);
    ASSERT_THAT(first, HasCode(200));
    secrets.push_back(first.json().String("secret"));
    EXPECT_GT(secrets.back().size(), 20u) << first;
    EXPECT_FALSE(absl::StartsWith(secrets.back(), "<missing")) << first;
    const Answer again = Send(api_.http(), call, call.path);
    ASSERT_THAT(again, HasCode(200));
    EXPECT_TRUE(Replayed(again));
    if (again.json().Has("secret")) {
      EXPECT_EQ(again.json().String("secret"), "");
    }
  }
  const auto url = db::ParseUrl(suite_->db_url());
  auto session = db::Connect(*url, "information_schema");
  HOIAM_ASSERT_OK(session);
  std::vector<std::array<std::string, 3>> columns;
  HOIAM_ASSERT_OK((*session)->Query(
      "SELECT table_schema, table_name, column_name FROM columns WHERE table_schema LIKE ? AND data_type IN "
      "('varbinary', 'binary', 'varchar', 'text', 'longtext', 'blob', 'mediumblob', 'longblob')",
      {url->prefix + "\\_%"}, [&](const db::Row& r) {
        columns.push_back({r.Bytes(0), r.Bytes(1), r.Bytes(2)});
      }));
  ASSERT_GT(columns.size(), 50u);
  int looked = 0;
  for (const auto& [schema, table, column] : columns) {
    for (const std::string& secret : secrets) {
      HOIAM_ASSERT_OK((*session)->Query(
          absl::StrCat("SELECT COUNT(*) FROM `", schema, "`.`", table, "` WHERE INSTR(`", column, "`, ?) > 0"),
          {secret}, [&](const db::Row& r) {
            ++looked;
            EXPECT_EQ(r.Int(0), 0) << schema << "." << table << "." << column;
          }));
    }
  }
  EXPECT_EQ(looked, static_cast<int>(columns.size() * secrets.size()));
}

TEST_F(IdempotencyTest, AfterADayAKeyIsFreeAgain) {
  const auto call = [](int score) {
    return Call{"POST", "/v1/feedback", absl::StrCat(R"({"metric":"NPS","score":)", score, "}")};
  };
  ASSERT_THAT(Send(api_.http(), call(9), "day"), HasCode(200));
  EXPECT_THAT(Send(api_.http(), call(8), "day"), HasCode(422));
  EXPECT_EQ(Count("survey",
                  "SELECT COUNT(*) FROM idempotency WHERE idempotency_key = 'day' AND expires_at BETWEEN "
                  "UTC_TIMESTAMP(6) + INTERVAL 1439 MINUTE AND UTC_TIMESTAMP(6) + INTERVAL 1441 MINUTE"),
            1);
  Run("survey", "UPDATE idempotency SET expires_at = expires_at - INTERVAL 24 HOUR WHERE idempotency_key = 'day'");
  const Answer next = Send(api_.http(), call(8), "day");
  EXPECT_THAT(next, HasCode(200));
  EXPECT_FALSE(Replayed(next));
  EXPECT_TRUE(Replayed(Send(api_.http(), call(8), "day")));
  EXPECT_EQ(api_.List("/v1/responses", "responses").size(), 2u);
}

}  // namespace
}  // namespace hoiam::testing
