#include "platform/base/filter.h"

#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "platform/db/filter_sql.h"
#include "tests/support/matchers.h"

namespace hoiam {
namespace {

using ::hoiam::testing::IsOk;
using ::hoiam::testing::StatusIs;

std::string Show(const Filter& f) {
  if (f.kind == Filter::Kind::kEverything) return "*";
  if (f.kind == Filter::Kind::kCompare) return absl::StrCat(f.field, FilterOpText(f.op), f.value.text);
  return absl::StrCat(f.kind == Filter::Kind::kAnd ? "and(" : "or(",
                      absl::StrJoin(f.parts, ",", [](std::string* out, const Filter& p) { *out += Show(p); }), ")");
}

std::string Parsed(absl::string_view text) {
  const auto f = ParseFilter(text);
  EXPECT_THAT(f, IsOk());
  return f.ok() ? Show(*f) : "";
}

std::string PositionOf(absl::string_view text) {
  const auto f = ParseFilter(text);
  EXPECT_THAT(f, StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_FILTER")) << text;
  const auto detail = DetailOf(f.status());
  return detail && detail->metadata.count("position") ? detail->metadata.at("position") : "none";
}

TEST(FilterTest, AnEmptyFilterLetsEverythingThrough) {
  EXPECT_EQ(Parsed(""), "*");
  EXPECT_EQ(Parsed("  \n"), "*");
}

TEST(FilterTest, EveryOperatorIsRead) {
  EXPECT_EQ(Parsed("a=1"), "a=1");
  EXPECT_EQ(Parsed("a != 1"), "a!=1");
  EXPECT_EQ(Parsed("a<1 AND b<=2 AND c>3 AND d>=4"), "and(a<1,b<=2,c>3,d>=4)");
}

TEST(FilterTest, OrBindsTighterThanAndAsAip160Says) {
  EXPECT_EQ(Parsed("a=1 AND b=2 OR c=3"), "and(a=1,or(b=2,c=3))");
  EXPECT_EQ(Parsed("(a=1 AND b=2) OR c=3"), "or(and(a=1,b=2),c=3)");
}

TEST(FilterTest, QuotedTextKeepsSpacesAccentsAndEscapedQuotes) {
  EXPECT_EQ(Parsed("segment = \"Khách mới\""), "segment=Khách mới");
  EXPECT_EQ(Parsed(R"(s = "say \"hi\" \\ AND")"), R"(s=say "hi" \ AND)");
  EXPECT_EQ(Parsed("s='it is'"), "s=it is");
}

TEST(FilterTest, FieldNamesOfJsonBecomeThoseOfTheProtoFile) {
  EXPECT_EQ(Parsed("respondedAt > 2026-01-01T00:00:00Z"), "responded_at>2026-01-01T00:00:00Z");
}

TEST(FilterTest, AKeyAfterADotIsKeptAsItWasWrittenAndMayBeQuoted) {
  const auto f = ParseFilter("properties.\"Hạng thẻ\" = Bạc AND answers.why-low = Giá");
  HOIAM_ASSERT_OK(f);
  EXPECT_EQ(f->parts[0].said, "properties.Hạng thẻ");
  EXPECT_EQ(f->parts[1].said, "answers.why-low");
  EXPECT_EQ(PositionOf("why-low = 1"), "0");
  EXPECT_EQ(PositionOf("a\"b\" = 1"), "1");
}

TEST(FilterTest, NumbersAreNumbersOnlyWhenWrittenBare) {
  EXPECT_EQ(ParseFilter("a=-2.5")->value.number, -2.5);
  EXPECT_EQ(ParseFilter("a=\"2\"")->value.number, std::nullopt);
  EXPECT_EQ(ParseFilter("a=nan")->value.number, std::nullopt);
  EXPECT_EQ(ParseFilter("a=1e999")->value.number, std::nullopt);
}

TEST(FilterTest, TimesAreReadBareAndQuotedWithAnyOffset) {
  const absl::Time noon = absl::FromCivil(absl::CivilSecond(2026, 1, 31, 12, 0, 0), absl::UTCTimeZone());
  EXPECT_EQ(ParseFilter("t>=2026-01-31T12:00:00Z")->value.time, noon);
  EXPECT_EQ(ParseFilter("t>=\"2026-01-31T19:00:00+07:00\"")->value.time, noon);
  EXPECT_EQ(ParseFilter("t>=infinite-future-infinite")->value.time, std::nullopt);
  EXPECT_EQ(ParseFilter("t>=2026-01-31")->value.time, std::nullopt);
}

TEST(FilterTest, AMistakeIsNamedWithItsPosition) {
  EXPECT_EQ(PositionOf("score"), "5");
  EXPECT_EQ(PositionOf("score <"), "7");
  EXPECT_EQ(PositionOf("score = AND"), "8");
}

TEST(FilterTest, WhatIsNotOfTheSubsetIsRefused) {
  EXPECT_EQ(PositionOf("score : 3"), "6");
  EXPECT_EQ(PositionOf("NOT a=1"), "0");
  EXPECT_EQ(PositionOf("-a=1"), "0");
  EXPECT_EQ(PositionOf("a ! 1"), "2");
  EXPECT_EQ(PositionOf("a == 1"), "2");
  EXPECT_EQ(PositionOf("a=1 b=2"), "4");
  EXPECT_EQ(PositionOf("a=1 AND"), "7");
  EXPECT_EQ(PositionOf("(a=1"), "0");
  EXPECT_EQ(PositionOf("a=1)"), "3");
  EXPECT_EQ(PositionOf("a=\"x"), "2");
  EXPECT_EQ(PositionOf("a=\"x\\"), "2");
  EXPECT_EQ(PositionOf("\"a\"=1"), "0");
  EXPECT_EQ(PositionOf("a=1; DROP TABLE x"), "5");
}

TEST(FilterTest, BoundsKeepAFilterSmall) {
  std::string many = "a=1";
  for (size_t i = 1; i < kMaxFilterComparisons; ++i) many += " AND a=1";
  EXPECT_THAT(ParseFilter(many), IsOk());
  EXPECT_THAT(ParseFilter(many + " AND a=1"), StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_FILTER"));
  const auto nested = [](int n) { return std::string(n, '(') + "a=1" + std::string(n, ')'); };
  EXPECT_THAT(ParseFilter(nested(kMaxFilterDepth)), IsOk());
  EXPECT_THAT(ParseFilter(nested(kMaxFilterDepth + 1)), StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_FILTER"));
  EXPECT_THAT(ParseFilter(std::string(kMaxFilterBytes + 1, ' ')),
              StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_FILTER"));
  EXPECT_THAT(ParseFilter("a=\xC3"), StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_FILTER"));
  EXPECT_THAT(ParseFilter(absl::string_view("a=\0", 3)),
              StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_FILTER"));
}

const std::vector<db::FilterField> kFields = {{"metric", "metric", db::FilterFieldKind::kText},
                                              {"score", "score", db::FilterFieldKind::kInteger},
                                              {"responded_at", "responded_at", db::FilterFieldKind::kTime}};

TEST(FilterSqlTest, ValuesGoThroughPlaceholdersAndColumnsThroughTheList) {
  db::Values params;
  const auto sql = db::FilterSql(*ParseFilter("metric=\"x' OR 1=1\" AND (score<=6 OR score=9)"), kFields, params);
  HOIAM_ASSERT_OK(sql);
  EXPECT_EQ(*sql, "(metric = ? AND (score <= ? OR score = ?))");
  EXPECT_EQ(params, (db::Values{std::string("x' OR 1=1"), int64_t{6}, int64_t{9}}));
}

TEST(FilterSqlTest, ASubtreeIsItsTopAndARangeOfKeys) {
  const std::vector<db::FilterField> path = {{"touchpoint", "touchpoint", db::FilterFieldKind::kPath}};
  db::Values params;
  EXPECT_EQ(*db::FilterSql(*ParseFilter("touchpoint = \"store.*\""), path, params),
            "(touchpoint = ? OR (touchpoint >= ? AND touchpoint < ?))");
  EXPECT_EQ(params, (db::Values{std::string("store"), std::string("store."), std::string("store/")}));
  params.clear();
  EXPECT_EQ(*db::FilterSql(*ParseFilter("touchpoint != store.*"), path, params),
            "(touchpoint != ? AND (touchpoint < ? OR touchpoint >= ?))");
  params.clear();
  EXPECT_EQ(*db::FilterSql(*ParseFilter("touchpoint = store"), path, params), "touchpoint = ?");
}

TEST(FilterSqlTest, UnknownFieldsAndWrongKindsAreRefused) {
  db::Values params;
  for (const char* text : {"comment=x", "score=\"6\"", "score=6.5", "responded_at=yesterday"}) {
    EXPECT_THAT(db::FilterSql(*ParseFilter(text), kFields, params),
                StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_FILTER"))
        << text;
  }
}

}  // namespace
}  // namespace hoiam
