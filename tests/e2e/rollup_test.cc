// GET /v1/scores equals a count of GET /v1/responses, figure by figure, after everything that can happen to an answer:
// late, amended, voided, revenue that comes or goes later.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>

#include "absl/strings/str_split.h"
#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

const absl::Time kToday = absl::FromUnixSeconds(absl::ToUnixSeconds(Now()) / 86400 * 86400);

struct Counted {
  std::string id, customer, metric;
  int score;
  std::string kind, scope;
  absl::Time at;
  std::map<std::string, std::string> dims;
};

struct Bought {
  std::string customer, currency;
  int64_t micros, cost;
  absl::Time at;
  bool voided = false;
};

// Never mixed, as a query asks for them.
constexpr char kSolicited[] = "", kUnsolicited[] = "&solicited=false", kIncentivised[] = "&incentivised=true";

// What the figures of a set of answers must be.
struct Expected {
  int64_t n = 0;
  std::map<int, int64_t> distribution;
  std::map<std::string, int64_t> share;
  std::map<std::string, std::map<std::string, __int128>> revenue, cost;  // share → currency → micros
  double score = 0;
};

std::string ShareOf(const std::string& metric, int score) {
  if (metric == "NPS") return score <= 6 ? "detractors" : score <= 8 ? "passives" : "promoters";
  if (metric == "CSAT") return score <= 2 ? "dissatisfied" : score == 3 ? "neutral" : "satisfied";
  return score <= 3 ? "difficult" : score == 4 ? "moderate" : "easy";
}

double Round3(double v) { return std::round(v * 1000) / 1000; }

int64_t Micros(const std::string& amount) {
  const std::vector<std::string> parts = absl::StrSplit(amount, '.');
  std::string fraction = parts.size() > 1 ? parts[1] : "";
  fraction.resize(6, '0');
  return std::stoll(parts[0]) * 1000000 + std::stoll(fraction);
}

class RollupTest : public ::testing::Test {
 protected:
  RollupTest() : api_(suite_.Http()) {}

  void Arrange();
  void ReadBack();
  Expected Expect(const std::string& metric, const std::function<bool(const Counted&)>& which) const;
  // Every row against what it stands for, and all rows together against the whole.
  void Compare(const std::string& metric, const std::string& kind, const std::vector<std::string>& group_by,
               const std::string& more, absl::Time start, absl::Time end,
               const std::function<bool(const Counted&)>& which);

  Suite suite_;
  Api api_;
  std::mt19937 random_{20261121};
  std::vector<Bought> bought_;
  std::vector<Counted> answers_;
  std::string token_;
};

void RollupTest::Arrange() {
  const char* segments[] = {"", "VIP", "Khách mới"};
  const char* teams[] = {"", "north", "south"};
  const char* touchpoints[] = {"", "delivery", "store", "web"};
  const char* channels[] = {"", "shop", "app"};
  const char* amounts[] = {"", "0.1", "1250000", "19.99", "123456.789012"};
  api_.ActiveSurvey("after", "NPS", R"({"interactionTypes":["NEVER"]})");
  std::string customers, interactions, responses;
  for (int c = 0; c < 30; ++c)
    absl::StrAppend(&customers, c ? "," : "", R"({"customerId":"c)", c, R"(","segment":")", segments[c % 3],
                    R"(","ownerTeam":")", teams[c / 3 % 3], "\"}");
  api_.Post("/v1/customers:batchUpsert", R"({"customers":[)" + customers + "]}");
  std::vector<std::string> owner;
  const auto interaction = [&](int i, absl::Time at) {
    const std::string customer = absl::StrCat("c", random_() % 30), amount = amounts[random_() % 5];
    const std::string currency = random_() % 4 ? "VND" : "USD";
    owner.push_back(customer);
    const bool costs = !amount.empty() && random_() % 2;
    bought_.push_back({customer, currency, amount.empty() ? 0 : Micros(amount), costs ? Micros("1.25") : 0, at});
    return absl::StrCat(R"({"interactionId":"i)", i, R"(","customerId":")", customer,
                        R"(","type":"PURCHASE","touchpoint":")", touchpoints[random_() % 4], R"(","channel":")",
                        channels[random_() % 3], R"(","occurredAt":")", Rfc3339(at), "\"",
                        amount.empty() ? "" : R"(,"amount":")" + amount + R"(","currency":")" + currency + "\"",
                        costs ? R"(,"cost":"1.25")" : "", "}");
  };
  for (int i = 0; i < 200; ++i)
    absl::StrAppend(&interactions, i ? "," : "",
                    interaction(i, kToday - absl::Hours(24 * 500) * (random_() % 1000) / 1000));
  api_.Post("/v1/interactions:batchRecord", R"({"effects":"RECORD_ONLY","interactions":[)" + interactions + "]}");
  for (int r = 0; r < 900; ++r) {
    const char* metric = r % 3 == 0 ? "NPS" : r % 3 == 1 ? "CSAT" : "CES";
    const int score = r % 3 == 0 ? random_() % 11 : r % 3 == 1 ? 1 + random_() % 5 : 1 + random_() % 7;
    const absl::Time at =
        kToday - absl::Hours(24 * 100) + absl::Seconds(random_() % (86400 * 99)) + absl::Microseconds(r);
    std::string whom;
    if (random_() % 2) {
      const int i = random_() % owner.size();
      whom = absl::StrCat(R"(,"interactionId":"i)", i, R"(","customerId":")", owner[i], "\"");
    } else if (r % 3 != 1 || random_() % 2) {
      whom = absl::StrCat(R"(,"customerId":"c)", random_() % 30, "\"");
    }
    absl::StrAppend(&responses, r ? "," : "", R"({"responseId":"r)", r, R"(","metric":")", metric, R"(","score":)",
                    score, whom, R"(,"respondedAt":")", Rfc3339(at), "\"", r % 5 == 0 ? R"(,"solicited":false)" : "",
                    r % 4 == 0 ? R"(,"collectedBy":"STAFF")" : "", r % 6 == 0 ? R"(,"surveyId":"after")" : "",
                    r % 11 == 0 ? R"(,"incentivised":true)" : "", r % 8 == 0 ? R"(,"scope":"JOURNEY")" : "", "}");
  }
  api_.Post("/v1/responses:batchImport", R"({"responses":[)" + responses + "]}");
  // Amended, voided; revenue that comes late, revenue that is taken back; a customer who changes segment later.
  for (int r = 0; r < 900; r += 7) {
    const int score = r % 3 == 0 ? random_() % 11 : r % 3 == 1 ? 1 + random_() % 5 : 1 + random_() % 7;
    api_.Patch(absl::StrCat("/v1/responses/r", r), absl::StrCat(R"({"score":)", score, "}"));
  }
  for (int r = 5; r < 900; r += 31) api_.Post(absl::StrCat("/v1/responses/r", r, ":void"), R"({"reason":"twice"})");
  std::string late;
  for (int i = 200; i < 260; ++i)
    absl::StrAppend(&late, i > 200 ? "," : "", interaction(i, kToday - absl::Hours(random_() % (24 * 150))));
  api_.Post("/v1/interactions:batchRecord", R"({"effects":"RECORD_ONLY","interactions":[)" + late + "]}");
  for (int i = 0; i < 260; i += 17) {
    api_.Post(absl::StrCat("/v1/interactions/i", i, ":void"), R"({"reason":"returned"})");
    bought_[i].voided = true;
  }
  api_.Patch("/v1/customers/c1", R"({"segment":"Ngủ đông"})");
  token_ = "&consistencyToken=" + Escape(api_.token());
}

void RollupTest::ReadBack() {
  for (const Json& r : api_.List("/v1/responses", "responses", 137)) {
    if (r.Bool("voided") || !r.Has("score")) continue;
    answers_.push_back({r.String("responseId"),
                        r.String("customerId"),
                        r.String("metric"),
                        static_cast<int>(r.Int("score")),
                        r.Bool("incentivised") ? kIncentivised
                        : r.Bool("solicited")  ? kSolicited
                                               : kUnsolicited,
                        r.String("scope"),
                        r.Time("respondedAt"),
                        {{"touchpoint", r.String("touchpoint")},
                         {"channel", r.String("channel")},
                         {"segment", r.String("segment")},
                         {"team", r.String("ownerTeam")},
                         {"survey", r.String("surveyId")},
                         {"collectedBy", r.String("collectedBy")},
                         {"usageStatus", r.String("usageStatus")},
                         {"icpFit", r.String("icpFit")},
                         {"stage", r.String("stage") == "UNSPECIFIED" ? "" : r.String("stage")}}});
  }
}

Expected RollupTest::Expect(const std::string& metric, const std::function<bool(const Counted&)>& which) const {
  Expected e;
  const int low = metric == "NPS" ? 0 : 1, high = metric == "NPS" ? 10 : metric == "CSAT" ? 5 : 7;
  for (int v = low; v <= high; ++v) e.distribution[v] = 0;
  for (const Counted& a : answers_) {
    if (a.metric != metric || !which(a)) continue;
    ++e.n;
    ++e.distribution[a.score];
    const std::string share = ShareOf(metric, a.score);
    ++e.share[share];
    for (const Bought& b : bought_)
      if (!a.customer.empty() && b.customer == a.customer && !b.voided && b.at <= a.at &&
          b.at > a.at - absl::Hours(24 * 365))
        e.revenue[share][b.currency] += b.micros, e.cost[share][b.currency] += b.cost;
  }
  const double n = static_cast<double>(e.n);
  if (metric == "NPS")
    e.score =
        Round3(100.0 * (static_cast<double>(e.share["promoters"]) - static_cast<double>(e.share["detractors"])) / n);
  else
    e.score = Round3(100.0 * static_cast<double>(metric == "CSAT" ? e.share["satisfied"] : e.share["easy"]) / n);
  return e;
}

// What is told of one part against what it must be, and its percentage against all parts.
void ExpectMoney(const std::vector<Json>& told, const std::map<std::string, std::map<std::string, __int128>>& money,
                 const std::string& part) {
  std::map<std::string, __int128> total;
  for (const auto& [share, by_currency] : money)
    for (const auto& [currency, micros] : by_currency) total[currency] += micros;
  auto wanted = money.count(part) ? money.at(part) : std::map<std::string, __int128>();
  for (const Json& one : told) {
    const std::string currency = one.String("currency");
    EXPECT_EQ(Micros(one.String("amount")), static_cast<int64_t>(wanted[currency])) << part << " " << currency;
    if (total[currency] != 0) {
      EXPECT_NEAR(one.Number("percent"),
                  100.0 * static_cast<double>(wanted[currency]) / static_cast<double>(total[currency]), 0.00051);
    }
    wanted.erase(currency);
  }
  for (const auto& [currency, micros] : wanted)
    EXPECT_EQ(static_cast<int64_t>(micros), 0) << part << " lacks " << currency;
}

void RollupTest::Compare(const std::string& metric, const std::string& kind, const std::vector<std::string>& group_by,
                         const std::string& more, absl::Time start, absl::Time end,
                         const std::function<bool(const Counted&)>& which) {
  std::string query = absl::StrCat("/v1/scores?metric=", metric, kind, more, token_);
  for (const auto& g : group_by) query += "&groupBy=" + g;
  if (start != absl::InfinitePast()) query += "&startTime=" + Escape(Rfc3339(start));
  if (end != absl::InfiniteFuture()) query += "&endTime=" + Escape(Rfc3339(end));
  SCOPED_TRACE(query);
  const auto in_range = [&](const Counted& a) { return a.kind == kind && a.at >= start && a.at < end && which(a); };
  int64_t seen = 0;
  const Json scores = api_.Get(query);
  for (const Json& row : scores.Items("rows")) {
    SCOPED_TRACE(row.Dump().substr(0, 400));
    EXPECT_EQ(row.Size("group"), group_by.size());
    const absl::Time row_start = row.Has("startTime") ? row.Time("startTime") : absl::InfinitePast();
    const absl::Time row_end = row.Has("endTime") ? row.Time("endTime") : absl::InfiniteFuture();
    const Expected e = Expect(metric, [&](const Counted& a) {
      if (!in_range(a) || a.at < row_start || a.at >= row_end || a.scope != row.String("scope")) return false;
      for (const auto& g : group_by)
        if (a.dims.at(g) != row.String("group/" + g)) return false;
      return true;
    });
    seen += e.n;
    const bool by_team = std::find(group_by.begin(), group_by.end(), "team") != group_by.end();
    if (by_team && e.n > 0 && e.n < 5) {
      EXPECT_EQ(row.String("withheld"), "SMALL_GROUP");
      EXPECT_FALSE(row.Has("score"));
      continue;
    }
    EXPECT_FALSE(row.Has("withheld"));
    ASSERT_EQ(row.Int("responses"), e.n);
    EXPECT_EQ(row.Bool("enoughData"), e.n >= 30);
    std::vector<int64_t> distribution;
    for (const auto& [value, n] : e.distribution) distribution.push_back(n);
    EXPECT_EQ(Distribution(row), distribution);
    if (e.n == 0) {
      EXPECT_FALSE(row.Has("score"));
      continue;
    }
    EXPECT_DOUBLE_EQ(row.Number("score"), e.score);
    for (const Json& share : row.Items("shares")) {
      const std::string name = share.String("name");
      const int64_t n = e.share.count(name) ? e.share.at(name) : 0;
      EXPECT_EQ(share.Int("count"), n) << name;
      EXPECT_DOUBLE_EQ(share.Number("percent"), Round3(100.0 * static_cast<double>(n) / static_cast<double>(e.n)))
          << name;
      ExpectMoney(share.Items("revenue"), e.revenue, name);
      ExpectMoney(share.Items("cost"), e.cost, name);
    }
  }
  EXPECT_EQ(seen, Expect(metric, in_range).n) << "every answer is in one row";
}

TEST_F(RollupTest, ScoresEqualACountOfTheAnswers) {
  Arrange();
  ReadBack();
  ASSERT_GT(answers_.size(), 800u);
  const absl::Time past = absl::InfinitePast(), future = absl::InfiniteFuture();
  const auto all = [](const Counted&) { return true; };
  const absl::TimeZone zone = [] {
    absl::TimeZone z;
    EXPECT_TRUE(absl::LoadTimeZone("Asia/Ho_Chi_Minh", &z));
    return z;
  }();
  const absl::CivilDay today(absl::ToCivilDay(kToday, zone));
  const absl::Time start = absl::FromCivil(today - 70, zone), end = absl::FromCivil(today - 7, zone);
  for (const std::string metric : {"NPS", "CSAT", "CES"}) {
    for (const std::string kind : {kSolicited, kUnsolicited, kIncentivised}) {
      Compare(metric, kind, {}, "", past, future, all);
      for (const std::string dim :
           {"touchpoint", "channel", "segment", "team", "survey", "collectedBy", "usageStatus", "icpFit", "stage"})
        Compare(metric, kind, {dim}, "", past, future, all);
    }
    Compare(metric, kSolicited, {}, "&scope=JOURNEY", past, future,
            [](const Counted& a) { return a.scope == "JOURNEY"; });
    for (const std::string interval : {"DAY", "WEEK", "MONTH", "QUARTER", "YEAR", "ALL"}) {
      Compare(metric, kSolicited, {}, "&interval=" + interval, start, end, all);
      Compare(metric, kSolicited, {"touchpoint"}, "&interval=" + interval, start, end, all);
    }
    for (const std::string dim : {"touchpoint", "channel", "segment", "icpFit"})
      Compare(metric, kSolicited, {"survey", dim}, "", start, end, all);
    Compare(metric, kSolicited, {"stage", "touchpoint"}, "", start, end, all);
    // What no cut is kept for is counted from the answers.
    Compare(metric, kSolicited, {"touchpoint", "segment"}, "", past, future, all);
    Compare(metric, kSolicited, {}, "&interval=DAY&timeZone=UTC", start, end, all);
    Compare(metric, kSolicited, {}, "", start + absl::Seconds(12345), end - absl::Microseconds(54321), all);
    Compare(metric, kSolicited, {"channel"}, "&filter=" + Escape("segment = \"VIP\""), past, future,
            [](const Counted& a) { return a.dims.at("segment") == "VIP"; });
    Compare(metric, kSolicited, {}, "&filter=" + Escape("segment = \"VIP\" AND touchpoint = \"store\""), past, future,
            [](const Counted& a) { return a.dims.at("segment") == "VIP" && a.dims.at("touchpoint") == "store"; });
    Compare(metric, kSolicited, {"segment"}, "&filter=" + Escape("touchpoint = \"store.*\""), past, future,
            [](const Counted& a) { return a.dims.at("touchpoint") == "store"; });
  }
}

TEST_F(RollupTest, LastPerPersonCountsEachPersonsLastAnswerOfThePeriod) {
  Arrange();
  ReadBack();
  for (const std::string metric : {"NPS", "CES"}) {
    std::map<std::pair<std::string, std::string>, const Counted*> last;
    for (const Counted& a : answers_)
      if (auto& one = last[{a.customer, a.scope}];
          a.metric == metric && a.kind == kSolicited && (!one || one->at < a.at))
        one = &a;
    const auto is_last = [&](const Counted& a) { return last[{a.customer, a.scope}] == &a; };
    for (const std::vector<std::string>& group : std::vector<std::vector<std::string>>{{}, {"touchpoint"}, {"segment"}})
      Compare(metric, kSolicited, group, "&answers=LAST_PER_PERSON", absl::InfinitePast(), absl::InfiniteFuture(),
              is_last);
  }
}

}  // namespace
}  // namespace hoiam::testing
