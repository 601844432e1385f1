// Consistency tokens: base64url of hoiam.feed.v1.Token, opaque to callers.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "hoiam/feed/v1/feed.pb.h"

namespace hoiam::feed {

std::string EncodeToken(const std::vector<hoiam::feed::v1::Position>& positions);
// All positions of all tokens, the furthest per (source, partition). INVALID_ARGUMENT reason INVALID_CONSISTENCY_TOKEN.
absl::StatusOr<std::vector<hoiam::feed::v1::Position>> DecodeTokens(const std::vector<absl::string_view>& tokens);

}  // namespace hoiam::feed
