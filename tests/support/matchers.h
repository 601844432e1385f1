// IsOk(), StatusIs(code, reason): tests compare code and reason, never text.
#pragma once

#include <gmock/gmock.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "platform/base/status.h"

namespace hoiam::testing {

inline const absl::Status& StatusOf(const absl::Status& s) { return s; }
template <class T>
const absl::Status& StatusOf(const absl::StatusOr<T>& s) {
  return s.status();
}

MATCHER(IsOk, "is OK") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).ok();
}
MATCHER_P(StatusIs, code, "") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).code() == code;
}
MATCHER_P2(StatusIs, code, reason, "") {
  *result_listener << StatusOf(arg).ToString() << " reason " << ReasonOf(StatusOf(arg));
  return StatusOf(arg).code() == code && ReasonOf(StatusOf(arg)) == reason;
}

}  // namespace hoiam::testing

#define HOIAM_ASSERT_OK(expr) ASSERT_THAT((expr), ::hoiam::testing::IsOk())
#define HOIAM_EXPECT_OK(expr) EXPECT_THAT((expr), ::hoiam::testing::IsOk())
