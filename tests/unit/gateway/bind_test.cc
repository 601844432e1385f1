#include "gateway/route/bind.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/support/matchers.h"
#include "tests/unit/gateway/probe.pb.h"

namespace hoiam::gateway {
namespace {

using namespace test::v1;  // NOLINT: the probe's messages

const RouteTable& Probes() {
  static const auto* table =
      new RouteTable(*RouteTable::Build({Probe::descriptor()->file()->FindServiceByName("ProbeService")}));
  return *table;
}

template <class Request>
absl::Status Bind(const char* method, const std::string& target, const std::string& body, Request& request) {
  const size_t mark = target.find('?');
  const auto match = Probes().Find(method, target.substr(0, mark));
  EXPECT_THAT(match, testing::IsOk());
  return BindRequest(*match->route, match->variables, mark == std::string::npos ? "" : target.substr(mark + 1), body,
                     request);
}

std::string Faults(const absl::Status& s) {
  const auto detail = DetailOf(s);
  if (!detail) return std::string(s.message());
  return absl::StrJoin(detail->violations, ", ",
                       [](std::string* out, const Violation& v) { absl::StrAppend(out, v.field, " ", v.reason); });
}

TEST(BindTest, QueryParametersGoToTheFieldsThatPathAndBodyLeave) {
  GetProbeRequest r;
  HOIAM_ASSERT_OK(Bind("GET",
                       "/v1/probes/x%2Fy?words=a&words=b,c&colors=RED,GREEN&pageSize=7&deep=true&"
                       "since=2026-11-21T17:00:00%2B07:00",
                       "", r));
  EXPECT_EQ(r.probe_id(), "x/y");
  EXPECT_EQ(absl::StrJoin(r.words(), "|"), "a|b|c");
  EXPECT_EQ(r.colors(1), Color::GREEN);
  EXPECT_EQ(r.page_size(), 7);
  EXPECT_TRUE(r.deep());
  EXPECT_EQ(r.since().seconds(), 1795255200);
}

TEST(BindTest, APlusInAQueryIsASpace) {
  GetProbeRequest r;
  HOIAM_ASSERT_OK(Bind("GET", "/v1/probes/x?words=a+b%20c%2B", "", r));
  EXPECT_EQ(r.words(0), "a b c+");
}

TEST(BindTest, EveryBadParameterIsNamed) {
  GetProbeRequest r;
  EXPECT_EQ(Faults(Bind("GET", "/v1/probes/x?nope=1&pageSize=a&deep=1&colors=RED,BLUE&since=now&page_size=1", "", r)),
            "nope UNKNOWN_FIELD, pageSize WRONG_TYPE, deep WRONG_TYPE, colors INVALID_ENUM, since INVALID_TIME, "
            "page_size UNKNOWN_FIELD");
  EXPECT_EQ(Faults(Bind("GET", "/v1/probes/x?pageSize=1&pageSize=2", "", r)), "pageSize DUPLICATE_KEY");
  EXPECT_EQ(Faults(Bind("GET", "/v1/probes/x?pageSize=99999999999", "", r)), "pageSize OUT_OF_RANGE");
  EXPECT_EQ(Faults(Bind("GET", "/v1/probes/x?a%ffz=1&=2", "", r)), "a\\xffz UNKNOWN_FIELD, $ UNKNOWN_FIELD");
  EXPECT_EQ(Faults(Bind("GET", "/v1/probes/x?pageSize=%zz", "", r)), "pageSize INVALID_ESCAPE");
  EXPECT_EQ(Faults(Bind("GET", "/v1/probes/x?words=%ff", "", r)), "words INVALID_UTF8");
  EXPECT_EQ(Faults(Bind("GET", "/v1/probes/x?probeId=y", "", r)), "probeId UNKNOWN_FIELD") << "it is in the path";
}

TEST(BindTest, AMethodWithoutBodyTakesNone) {
  GetProbeRequest r;
  EXPECT_EQ(Faults(Bind("GET", "/v1/probes/x", "{}", r)), "$ UNEXPECTED_BODY");
}

TEST(BindTest, AWholeBodyLeavesNoQueryParameters) {
  PaintProbeRequest r;
  HOIAM_ASSERT_OK(Bind("POST", "/v1/probes/x:paint", R"({"color":"RED"})", r));
  EXPECT_EQ(r.probe_id(), "x");
  EXPECT_EQ(r.color(), Color::RED);
  PaintProbeRequest again;
  EXPECT_EQ(Faults(Bind("POST", "/v1/probes/x:paint?color=RED", "", again)), "color UNKNOWN_FIELD");
}

TEST(BindTest, AnIdInTheBodyMustBeTheOneInThePath) {
  PaintProbeRequest same, other;
  HOIAM_EXPECT_OK(Bind("POST", "/v1/probes/x:paint", R"({"probeId":"x"})", same));
  EXPECT_EQ(Faults(Bind("POST", "/v1/probes/x:paint", R"({"probeId":"y"})", other)), "probeId ID_MISMATCH");
  UpdateProbeRequest nested;
  EXPECT_EQ(Faults(Bind("PATCH", "/v1/probes/x", R"({"probeId":"y","number":"z"})", nested)),
            "number WRONG_TYPE, probeId ID_MISMATCH");
}

TEST(BindTest, AnIdThatIsNotUtf8IsRefused) {
  GetProbeRequest r;
  EXPECT_EQ(Faults(Bind("GET", "/v1/probes/%ff", "", r)), "probeId INVALID_UTF8");
}

TEST(BindTest, ABodyFieldLeavesTheOtherFieldsToTheQuery) {
  CreateProbeRequest r;
  HOIAM_ASSERT_OK(Bind("POST", "/v1/probes?probeId=p", R"({"number":3})", r));
  EXPECT_EQ(r.probe_id(), "p");
  EXPECT_EQ(r.probe().number(), 3);
}

std::string MaskOf(const std::string& target, const std::string& body) {
  UpdateProbeRequest r;
  const absl::Status s = Bind("PATCH", target, body, r);
  return s.ok() ? absl::StrJoin(r.update_mask().paths(), ",") : Faults(s);
}

TEST(BindTest, APatchWithoutMaskSetsTheFieldsPresentAndMergesMaps) {
  EXPECT_EQ(MaskOf("/v1/probes/x", R"({"number":0,"probeId":"x","score":null,"properties":{"a":1}})"),
            "number,score,properties.*");
  EXPECT_EQ(MaskOf("/v1/probes/x", "{}"), "");
}

TEST(BindTest, AMaskOfTheCallerIsPassedOnInSnakeCase) {
  EXPECT_EQ(MaskOf("/v1/probes/x?updateMask=fromGateway,properties", R"({"number":1})"), "from_gateway,properties");
  EXPECT_EQ(MaskOf("/v1/probes/x?updateMask=child.number", R"({})"), "child.number")
      << "the service refuses deep paths";
}

TEST(BindTest, AnEmptyMaskIsAnError) {
  EXPECT_EQ(MaskOf("/v1/probes/x?updateMask=", "{}"), "updateMask INVALID_FIELD_MASK");
  EXPECT_EQ(MaskOf("/v1/probes/x?updateMask=a,", "{}"), "updateMask INVALID_FIELD_MASK");
}

}  // namespace
}  // namespace hoiam::gateway
