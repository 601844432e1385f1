#include <gmock/gmock.h>

#include "cli/api/client.h"
#include "cli/api/json.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "tests/support/matchers.h"

namespace hoiam::cli {
namespace {

using testing::IsOk;
using testing::StatusIs;

TEST(JsonTest, ARequestHoldsOnlyWhatIsSet) {
  survey::v1::CreateResponseRequest r;
  r.set_metric("NPS");
  EXPECT_EQ(ToJson(r), R"({"metric":"NPS"})");
  r.set_score(0);
  EXPECT_EQ(ToJson(r), R"({"metric":"NPS","score":0})") << "a score of 0 is an answer";
}

TEST(JsonTest, AnAnswerMayHaveFieldsOfANewerServer) {
  survey::v1::Customer c;
  EXPECT_THAT(FromJson(R"({"customerId":"a","madeUp":{"x":[1]}})", c), IsOk());
  EXPECT_EQ(c.customer_id(), "a");
  EXPECT_THAT(FromJson("<html>", c), StatusIs(absl::StatusCode::kInternal));
}

TEST(ErrorTest, AServersErrorKeepsReasonAndEveryBadField) {
  const auto status = ErrorOf(
      400,
      R"json({"error":{"code":400,"status":"INVALID_ARGUMENT","message":"score: must be 0 to 10 (and 1 more)","details":[
      {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"SCORE_OUT_OF_RANGE","domain":"hoiam","metadata":{"field":"score"}},
      {"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[
        {"field":"score","description":"SCORE_OUT_OF_RANGE: must be 0 to 10"},{"field":"metric","description":"REQUIRED: is required"}]}]
}
})json");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, "SCORE_OUT_OF_RANGE"));
  ASSERT_EQ(DetailOf(status)->violations.size(), 2u);
  EXPECT_EQ(DetailOf(status)->violations[1].field, "metric");
}

TEST(ErrorTest, ABodyThatIsNoErrorIsToldByItsHttpStatus) {
  for (const char* body : {"", "<html>bad gateway</html>", "[]", R"({"error":"x"})", R"({"error":{"status":7}})"})
    EXPECT_FALSE(ErrorOf(502, body).ok()) << body;
  EXPECT_EQ(ErrorOf(502, "").message(), "HTTP status 502");
}

TEST(PathTest, WhatGoesIntoAPathIsEncodedOnce) {
  EXPECT_EQ(PercentEncode("a/b:c é%"), "a%2Fb%3Ac%20%C3%A9%25");
  EXPECT_EQ(WithQuery("/v1/x", {{"a", "1 2"}, {"empty", ""}, {"b", "&"}}), "/v1/x?a=1%202&b=%26");
  EXPECT_EQ(WithQuery("/v1/x?y=1", {{"a", "1"}}), "/v1/x?y=1&a=1");
}

}  // namespace
}  // namespace hoiam::cli
