#include "platform/rpc/status_wire.h"

#include <gmock/gmock.h>

#include "google/rpc/error_details.pb.h"
#include "platform/base/status.h"
#include "tests/support/matchers.h"

namespace hoiam::rpc {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::StatusIs;

TEST(StatusWireTest, TheInsideIsNeverShown) {
  for (const absl::Status& s :
       {absl::InternalError("SELECT secret"), absl::UnknownError("SELECT secret"),
        absl::UnavailableError("SELECT secret"), absl::AbortedError("SELECT secret"),
        absl::InvalidArgumentError("SELECT secret"), absl::DeadlineExceededError("SELECT secret"),
        MakeError(absl::StatusCode::kInternal, "X", "SELECT secret", {{"q", "SELECT secret"}})}) {
    EXPECT_THAT(ToGrpc(s, "req-1").error_message(), Not(HasSubstr("secret")));
    EXPECT_THAT(ToGrpc(s, "req-1").error_details(), Not(HasSubstr("secret")));
  }
  EXPECT_THAT(ToGrpc(absl::InternalError("x"), "req-1").error_message(), HasSubstr("req-1"));
}

TEST(StatusWireTest, ReasonMetadataAndViolationsComeBackAsTheyWent) {
  Violations v;
  v.Add("score", "SCORE_OUT_OF_RANGE", "must be 0 to 10", {{"min", "0"}, {"max", "10"}});
  v.Add("comment", "TOO_LONG", "must be short");
  const absl::Status back = FromGrpc(ToGrpc(v.ToStatus()));
  EXPECT_THAT(back, StatusIs(absl::StatusCode::kInvalidArgument, "SCORE_OUT_OF_RANGE"));
  EXPECT_EQ(DetailOf(back)->metadata.at("max"), "10");
  EXPECT_EQ(DetailOf(back)->violations[1].reason, "TOO_LONG");
  const absl::Status stale =
      MakeError(absl::StatusCode::kAborted, "VERSION_MISMATCH", "read again", {{"version", "3"}});
  EXPECT_EQ(DetailOf(FromGrpc(ToGrpc(stale)))->metadata.at("version"), "3");
}

}  // namespace
}  // namespace hoiam::rpc
