#include "cli/import/rows.h"

#include <gmock/gmock.h>

#include "tests/support/matchers.h"

namespace hoiam::cli {
namespace {

using ::testing::ElementsAre;
using testing::IsOk;
using ::testing::Pair;
using testing::StatusIs;

const absl::Time kNow = absl::FromCivil(absl::CivilSecond(2026, 11, 21, 10, 0, 0), absl::UTCTimeZone());

// (column, reason) of everything that is wrong with one row.
template <class K>
std::vector<std::pair<std::string, std::string>> Wrong(const K& kind, const std::vector<std::string>& header,
                                                       const std::vector<std::string>& cells,
                                                       typename K::Item* item = nullptr) {
  const auto h = ReadHeader(kind, {1, header});
  EXPECT_THAT(h, IsOk());
  typename K::Item mine;
  Violations violations;
  ReadRow(kind, *h, {2, cells}, kNow, item ? *item : mine, violations);
  std::vector<std::pair<std::string, std::string>> wrong;
  if (violations.empty()) return wrong;
  const auto detail = DetailOf(violations.ToStatus());
  for (const auto& v : detail->violations) wrong.emplace_back(v.field, v.reason);
  return wrong;
}

const std::vector<std::string> kResponse = {"response_id", "metric", "score", "responded_at"};

TEST(HeaderTest, ColumnsMayStandInAnyOrderAndUnknownOnesAreTold) {
  const auto h =
      ReadHeader(Customers(), {1, {"segment", "customer_id", "properties.city", "shoe_size", "properties."}});
  ASSERT_THAT(h, IsOk());
  EXPECT_THAT(h->unknown, ElementsAre("shoe_size", "properties."));
}

TEST(HeaderTest, MissingAndRepeatedColumnsAreRefusedAllAtOnce) {
  const auto h = ReadHeader(Responses(), {1, {"response_id", "score", "score"}});
  EXPECT_THAT(h, StatusIs(absl::StatusCode::kInvalidArgument, "BAD_HEADER"));
  EXPECT_EQ(h.status().message(),
            "column score is there twice; column metric is missing; column responded_at is missing");
}

TEST(HeaderTest, AnswersHaveNoProperties) {
  EXPECT_THAT(ReadHeader(Responses(), {1, {"response_id", "metric", "score", "responded_at", "properties.x"}})->unknown,
              ElementsAre("properties.x"));
}

TEST(RowTest, ACustomersCellsBecomeItsFields) {
  survey::v1::Customer c;
  EXPECT_THAT(Wrong(Customers(), {"customer_id", "email", "phone", "properties.city", "lifecycle"},
                    {"kh-1", "a@b.example", "", "Huế", "ACTIVE"}, &c),
              ElementsAre());
  EXPECT_EQ(c.customer_id(), "kh-1");
  EXPECT_EQ(c.phone(), "");
  EXPECT_EQ(c.properties().at("city").string_value(), "Huế");
  EXPECT_EQ(c.lifecycle(), survey::v1::Lifecycle::ACTIVE);
}

TEST(RowTest, EverythingWrongWithARowIsToldAtOnce) {
  EXPECT_THAT(
      Wrong(Interactions(), {"interaction_id", "customer_id", "type", "channel", "occurred_at", "amount", "currency"},
            {"", "..", "purchase", "No Channel", "yesterday", "1,5", "đồng"}),
      ElementsAre(Pair("interaction_id", "REQUIRED"), Pair("customer_id", "INVALID_ID"), Pair("type", "INVALID_TYPE"),
                  Pair("channel", "INVALID_SLUG"), Pair("occurred_at", "INVALID_TIME"),
                  Pair("amount", "INVALID_AMOUNT"), Pair("currency", "INVALID_CURRENCY")));
}

TEST(RowTest, AScoreMustLieOnTheScaleOfItsMetric) {
  const auto at = [](const char* metric, const char* score) {
    return Wrong(Responses(), kResponse, {"r", metric, score, "2026-01-01T00:00:00Z"});
  };
  for (const char* good : {"0", "6", "10"}) EXPECT_THAT(at("NPS", good), ElementsAre()) << good;
  EXPECT_THAT(at("NPS", "11"), ElementsAre(Pair("score", "SCORE_OUT_OF_RANGE")));
  EXPECT_THAT(at("CSAT", "0"), ElementsAre(Pair("score", "SCORE_OUT_OF_RANGE")));
  EXPECT_THAT(at("CES", "8"), ElementsAre(Pair("score", "SCORE_OUT_OF_RANGE")));
  for (const char* bad : {"-1", "4.0", "4 ", "+4", "0x4", "99999999999999999999", "bốn"})
    EXPECT_THAT(at("NPS", bad), ElementsAre(Pair("score", "WRONG_TYPE"))) << bad;
  EXPECT_THAT(at("NPS", ""), ElementsAre(Pair("score", "REQUIRED"))) << "no answer is not a score of zero";
}

TEST(RowTest, AZeroIsAnAnswer) {
  survey::v1::CreateResponseRequest r;
  Wrong(Responses(), kResponse, {"r", "NPS", "0", "2026-01-01T00:00:00Z"}, &r);
  EXPECT_TRUE(r.has_score());
  EXPECT_EQ(r.score(), 0);
}

TEST(RowTest, TimesLieBetweenTwoThousandAndAnHourFromNow) {
  const auto at = [](const char* time) { return Wrong(Responses(), kResponse, {"r", "NPS", "1", time}); };
  for (const char* good :
       {"2000-01-01T00:00:00Z", "2026-11-21T11:00:00Z", "2026-11-21T18:00:00+07:00", "2026-11-21T09:00:00.123456789Z"})
    EXPECT_THAT(at(good), ElementsAre()) << good;
  for (const char* bad : {"1999-12-31T23:59:59Z", "2026-11-21T11:00:01Z", "2026-11-21T18:00:01+07:00"})
    EXPECT_THAT(at(bad), ElementsAre(Pair("responded_at", "TIME_OUT_OF_RANGE"))) << bad;
  for (const char* bad :
       {"2026-11-21", "2026-11-21 10:00:00", "21/11/2026", "2026-02-30T00:00:00Z", "2026-11-21T10:00:00"})
    EXPECT_THAT(at(bad), ElementsAre(Pair("responded_at", "INVALID_TIME"))) << bad;
}

TEST(RowTest, TimesAreKeptToTheMicrosecond) {
  survey::v1::CreateResponseRequest r;
  Wrong(Responses(), kResponse, {"r", "NPS", "1", "2026-11-21T09:00:00.123456789Z"}, &r);
  EXPECT_EQ(r.responded_at().nanos(), 123456000);
}

TEST(RowTest, AnAmountNeedsItsCurrencyAndTheOtherWayRound) {
  const std::vector<std::string> header = {"interaction_id", "customer_id", "type",
                                           "occurred_at",    "amount",      "currency"};
  const auto at = [&](const char* amount, const char* currency) {
    return Wrong(Interactions(), header, {"i", "c", "PURCHASE", "2026-01-01T00:00:00Z", amount, currency});
  };
  EXPECT_THAT(at("1250000", "VND"), ElementsAre());
  EXPECT_THAT(at("", ""), ElementsAre());
  EXPECT_THAT(at("1", ""), ElementsAre(Pair("currency", "REQUIRED")));
  EXPECT_THAT(at("", "VND"), ElementsAre(Pair("amount", "REQUIRED")));
}

TEST(RowTest, ACostIsInTheCurrencyOfTheAmountAndMayStandAlone) {
  const std::vector<std::string> header = {"interaction_id", "customer_id", "type",    "occurred_at",
                                           "amount",         "cost",        "currency"};
  survey::v1::RecordInteractionRequest i;
  const auto at = [&](const char* amount, const char* cost, const char* currency) {
    return Wrong(Interactions(), header, {"i", "c", "REPAIR", "2026-01-01T00:00:00Z", amount, cost, currency}, &i);
  };
  EXPECT_THAT(at("", "250000", "VND"), ElementsAre());
  EXPECT_EQ(i.cost(), "250000");
  EXPECT_THAT(at("1", "2", "VND"), ElementsAre());
  i.Clear();
  EXPECT_THAT(at("", "1", ""), ElementsAre(Pair("currency", "REQUIRED")));
  EXPECT_THAT(at("", "1,5", "VND"), ElementsAre(Pair("cost", "INVALID_AMOUNT")));
}

TEST(RowTest, AnAnswerSaysWhatItIsAboutAndWhetherSomethingWasGivenForIt) {
  std::vector<std::string> header = kResponse;
  header.insert(header.end(), {"scope", "incentivised"});
  survey::v1::CreateResponseRequest r;
  const auto at = [&](const char* scope, const char* incentivised) {
    return Wrong(Responses(), header, {"r", "NPS", "1", "2026-01-01T00:00:00Z", scope, incentivised}, &r);
  };
  EXPECT_THAT(at("", ""), ElementsAre());
  EXPECT_EQ(r.scope(), survey::v1::Scope::UNSPECIFIED);
  EXPECT_THAT(at("JOURNEY", "true"), ElementsAre());
  EXPECT_EQ(r.scope(), survey::v1::Scope::JOURNEY);
  EXPECT_TRUE(r.incentivised());
  EXPECT_THAT(at("UNSPECIFIED", "có"), ElementsAre(Pair("scope", "INVALID_ENUM"), Pair("incentivised", "WRONG_TYPE")));
}

TEST(RowTest, AMetricOfTheTenantsOwnIsForTheServerToKnow) {
  EXPECT_THAT(Wrong(Responses(), kResponse, {"r", "ZALO_SMILE", "4", "2026-01-01T00:00:00Z"}), ElementsAre());
  EXPECT_THAT(Wrong(Responses(), kResponse, {"r", "nps", "4", "2026-01-01T00:00:00Z"}),
              ElementsAre(Pair("metric", "UNKNOWN_METRIC")));
}

TEST(RowTest, AMissingCellIsNotGuessed) {
  EXPECT_THAT(Wrong(Customers(), {"customer_id", "email"}, {"a"}), ElementsAre(Pair("", "WRONG_CELL_COUNT")));
}

TEST(RowTest, TextThatIsNoUtf8IsToldAsSuch) {
  EXPECT_THAT(Wrong(Customers(), {"customer_id", "display_name"}, {"a", "Nguy\xEAn"}),
              ElementsAre(Pair("display_name", "INVALID_UTF8")));
}

TEST(RowTest, ACommentMayHaveLineBreaksAndFourThousandCharacters) {
  std::vector<std::string> header = kResponse;
  header.push_back("comment");
  const auto at = [&](const std::string& comment) {
    return Wrong(Responses(), header, {"r", "NPS", "1", "2026-01-01T00:00:00Z", comment});
  };
  std::string long_one;
  for (int i = 0; i < 4000; ++i) long_one += "ế";
  EXPECT_THAT(at("a\nb"), ElementsAre());
  EXPECT_THAT(at(long_one), ElementsAre());
  EXPECT_THAT(at(long_one + "ế"), ElementsAre(Pair("comment", "TOO_LONG")));
}

}  // namespace
}  // namespace hoiam::cli
