#include "gateway/http/render.h"

#include <gtest/gtest.h>

#include "absl/status/status.h"
#include "gateway/errors.h"
#include "platform/base/status.h"
#include "platform/rpc/status_wire.h"

namespace hoiam::gateway {
namespace {

using absl::StatusCode;

TEST(RenderTest, TheHttpCodeFollowsTheReasonWhereItDiffers) {
  const auto code = [](StatusCode c, const char* reason) { return HttpCode(static_cast<int>(c), reason); };
  EXPECT_EQ(code(StatusCode::kInvalidArgument, "SCORE_OUT_OF_RANGE"), 400);
  EXPECT_EQ(code(StatusCode::kFailedPrecondition, "CASE_TRANSITION_REFUSED"), 400);
  EXPECT_EQ(code(StatusCode::kInvalidArgument, "BODY_TOO_LARGE"), 413);
  EXPECT_EQ(code(StatusCode::kInvalidArgument, "HEADERS_TOO_LARGE"), 431);
  EXPECT_EQ(code(StatusCode::kFailedPrecondition, "IDEMPOTENCY_KEY_REUSED"), 422);
  EXPECT_EQ(code(StatusCode::kAborted, "IN_PROGRESS"), 409);
  EXPECT_EQ(code(StatusCode::kAborted, "VERSION_MISMATCH"), 409);
  EXPECT_EQ(code(StatusCode::kAlreadyExists, "ID_REUSED"), 409);
  EXPECT_EQ(code(StatusCode::kFailedPrecondition, "LINK_USED"), 410);
  EXPECT_EQ(code(StatusCode::kFailedPrecondition, "LINK_EXPIRED"), 410);
  EXPECT_EQ(code(StatusCode::kFailedPrecondition, "LINK_REVOKED"), 410);
  EXPECT_EQ(code(StatusCode::kUnavailable, "PROJECTION_BEHIND"), 503);
  EXPECT_EQ(code(StatusCode::kResourceExhausted, "OVERLOADED"), 429);
  EXPECT_EQ(code(StatusCode::kUnauthenticated, "MISSING_KEY"), 401);
  EXPECT_EQ(code(StatusCode::kPermissionDenied, "MISSING_SCOPE"), 403);
  EXPECT_EQ(code(StatusCode::kNotFound, ""), 404);
  EXPECT_EQ(code(StatusCode::kUnimplemented, "METHOD_NOT_ALLOWED"), 405);
  EXPECT_EQ(code(StatusCode::kUnimplemented, ""), 501);
  EXPECT_EQ(code(StatusCode::kDeadlineExceeded, ""), 504);
  EXPECT_EQ(code(StatusCode::kInternal, ""), 500);
}

TEST(RenderTest, AnErrorLooksAsGoogleRendersIt) {
  Violations v;
  v.Add("score", "SCORE_OUT_OF_RANGE", "must be 0 to 10", {{"min", "0"}, {"max", "10"}});
  const HttpResponse r = RenderError(rpc::ToProto(v.ToStatus()));
  EXPECT_EQ(r.status, 400);
  EXPECT_EQ(
      r.body,
      R"({"error":{"code":400,"status":"INVALID_ARGUMENT","message":"score: must be 0 to 10","details":[)"
      R"({"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"SCORE_OUT_OF_RANGE","domain":"hoiam","metadata":)"
      R"({"field":"score","max":"10","min":"0"}},)"
      R"({"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"score","description":)"
      R"("SCORE_OUT_OF_RANGE: must be 0 to 10"}]}]}})"
      "\n");
}

TEST(RenderTest, HeadersThatBelongToACodeAreThere) {
  const auto header = [](const absl::Status& s, const std::string& name) {
    for (const auto& [n, value] : RenderError(rpc::ToProto(s)).headers)
      if (n == name) return value;
    return std::string();
  };
  EXPECT_EQ(header(MissingKey(), "WWW-Authenticate"), "Bearer");
  EXPECT_EQ(header(MethodNotAllowed("GET, PATCH"), "Allow"), "GET, PATCH");
  EXPECT_EQ(header(MakeError(StatusCode::kUnavailable, "PROJECTION_BEHIND", "x"), "Retry-After"), "1");
  EXPECT_EQ(header(NoSuchPath(), "Retry-After"), "");
}

}  // namespace
}  // namespace hoiam::gateway
