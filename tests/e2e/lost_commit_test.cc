// A connection to the database that is lost in COMMIT leaves open whether there was one. The service finds out behind
// the head lock, on a fresh connection, and its caller is told the truth.
#include <gtest/gtest.h>

#include <atomic>

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "platform/base/clock.h"
#include "tests/e2e/api.h"
#include "tests/support/cut_proxy.h"
#include "tests/support/database.h"
#include "tests/support/matchers.h"

namespace hoiam::testing {
namespace {

using Way = CutProxy::Way;

// COM_QUERY as it goes over the wire: length, number, command, text.
constexpr absl::string_view kCommit(
    "\x07\x00\x00\x00\x03"
    "COMMIT",
    11);

enum class Moment {
  kBefore,     // the server never hears of the COMMIT
  kOnItsWay,   // it does, and nobody waits for what it says
  kAfterwards  // it has committed, and its answer is lost
};

// A survey_service behind a proxy to its database, and a gateway in front of it, beside those of the suite.
class LostCommitTest : public ::testing::TestWithParam<Moment> {
 protected:
  LostCommitTest() : url_(*db::ParseUrl(suite_.db_url())), proxy_(AddressOf(url_)) {
    suite_.StartReplica("survey2", "survey_service", {{"HOIAM_DB_URL", ThroughProxy()}});
    suite_.StartReplica("gateway2", "gateway", {{"HOIAM_SURVEY_ADDR", "unix:" + suite_.Socket("survey2")}});
    suite_.WaitAllReady();
    proxy_.SetRule([this](int connection, Way way, absl::string_view bytes) { return Judge(connection, way, bytes); });
  }

  static std::string AddressOf(const db::Url& url) {
    return url.socket.empty() ? absl::StrCat(url.host, ":", url.port) : "unix:" + url.socket;
  }
  std::string ThroughProxy() const {
    return url_.socket.empty()
               ? absl::StrCat("mysql://", url_.user, ":", url_.password, "@", proxy_.address(), "/", url_.prefix)
               : absl::StrCat("mysql://", url_.user, ":", url_.password, "@/", url_.prefix,
                              "?socket=", proxy_.address());
  }

  CutProxy::Verdict Judge(int connection, Way way, absl::string_view bytes) {
    if (way == Way::kToClient)
      return connection == waiting_ ? (waiting_ = -1, CutProxy::Verdict{0, true}) : CutProxy::Verdict{bytes.size()};
    if (!absl::StrContains(bytes, kCommit) || !armed_.exchange(false)) return {bytes.size()};
    if (stay_away_) proxy_.Refuse(true);
    if (moment_ == Moment::kBefore) return {0, true};
    if (moment_ == Moment::kOnItsWay) return {bytes.size(), true};
    waiting_ = connection;
    return {bytes.size()};
  }

  Answer Post(int i, const Headers& headers = {}) {
    HttpClient http(suite_.Url("gateway2"), suite_.key());
    http.set_timeout(absl::Seconds(40));
    return http.Post("/v1/feedback",
                     absl::StrFormat(R"({"customerId":"c-%05d","metric":"NPS","score":9,"comment":"ổn"})", i), headers);
  }
  int64_t Count(const std::string& sql) {
    auto session = db::Connect(url_, url_.prefix + "_survey");
    int64_t n = -1;
    if (session.ok()) {
      HOIAM_EXPECT_OK((*session)->Query(sql, {}, [&](const db::Row& r) { n = r.Int(0); }));
    }
    return n;
  }
  int64_t Answers(int i) {
    return Count(absl::StrFormat("SELECT COUNT(*) FROM response WHERE customer_id = 'c-%05d'", i));
  }

  Suite suite_;
  const db::Url url_;
  std::atomic<bool> armed_{false};
  std::atomic<Moment> moment_{Moment::kBefore};
  std::atomic<bool> stay_away_{false};
  int waiting_ = -1;  // connection whose COMMIT is not answered; the proxy asks one at a time
  CutProxy proxy_;
};

// No id of its own, and in every other round no key either: a COMMIT that is taken to have failed has its effect twice.
TEST_P(LostCommitTest, TheCallerIsToldWhatHappenedAndItHappensOnce) {
  moment_ = GetParam();
  for (int i = 0; i < 24; ++i) {
    const int cuts = proxy_.cuts();
    armed_ = true;
    const std::string key = absl::StrCat("k", i);
    const Answer first = Post(i, i % 2 ? Headers{{"Idempotency-Key", key}} : Headers{});
    ASSERT_THAT(first, HasCode(200));
    EXPECT_EQ(first.headers.count("idempotency-replayed"), 0u) << first;
    EXPECT_EQ(proxy_.cuts(), cuts + 1);
    EXPECT_EQ(Answers(i), 1);
    if (i % 2 == 0) continue;
    const Answer again = Post(i, {{"Idempotency-Key", key}});
    EXPECT_EQ(again.headers.count("idempotency-replayed"), 1u) << again;
    EXPECT_EQ(again.json().Dump("response"), first.json().Dump("response"));
    EXPECT_EQ(Answers(i), 1);
  }
  EXPECT_EQ(Count("SELECT MAX(seq) FROM event_log"), Count("SELECT COUNT(*) FROM event_log"));
  EXPECT_EQ(Count("SELECT next_seq FROM event_head"), Count("SELECT MAX(seq) + 1 FROM event_log"));
  EXPECT_EQ(Count("SELECT COUNT(*) FROM event_log"), 24) << "one each";
}

// The database is gone for longer than callers wait: they are told that nobody knows, and may ask again.
TEST_P(LostCommitTest, WhereNobodyCanKnowTheCallerIsToldSoAndLearnsItLater) {
  moment_ = GetParam();
  stay_away_ = true;
  armed_ = true;
  const Answer unknown = Post(1, {{"Idempotency-Key", "k"}});
  EXPECT_THAT(unknown.code, ::testing::AnyOf(503, 504)) << unknown;
  stay_away_ = false;
  proxy_.Refuse(false);
  Answer later;
  for (const absl::Time end = SystemClock().Now() + absl::Seconds(60); SystemClock().Now() < end;) {
    later = Post(1, {{"Idempotency-Key", "k"}});
    if (later.code == 200) break;
    SystemClock().Sleep(absl::Milliseconds(50));
  }
  ASSERT_THAT(later, HasCode(200));
  // What was committed is replayed. What was not may have been written since: the service had not given up.
  if (GetParam() == Moment::kAfterwards) {
    EXPECT_EQ(later.headers.count("idempotency-replayed"), 1u) << later;
  }
  EXPECT_EQ(Answers(1), 1);
}

INSTANTIATE_TEST_SUITE_P(EachMoment, LostCommitTest,
                         ::testing::Values(Moment::kBefore, Moment::kOnItsWay, Moment::kAfterwards),
                         [](const auto& info) {
                           return info.param == Moment::kBefore     ? "Before"
                                  : info.param == Moment::kOnItsWay ? "OnItsWay"
                                                                    : "Afterwards";
                         });

}  // namespace
}  // namespace hoiam::testing
