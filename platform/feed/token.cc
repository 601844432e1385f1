#include "platform/feed/token.h"

#include <map>

#include "platform/base/crypto.h"
#include "platform/base/status.h"

namespace hoiam::feed {

using hoiam::feed::v1::Position;

std::string EncodeToken(const std::vector<Position>& positions) {
  hoiam::feed::v1::Token token;
  for (const Position& p : positions) *token.add_positions() = p;
  return Base64Url(token.SerializeAsString());
}

absl::StatusOr<std::vector<Position>> DecodeTokens(const std::vector<absl::string_view>& tokens) {
  std::map<std::pair<std::string, uint32_t>, Position> furthest;
  for (absl::string_view text : tokens) {
    const auto raw = Base64UrlDecode(text);
    hoiam::feed::v1::Token token;
    if (text.empty() || !raw || !token.ParseFromString(*raw)) {
      Violations v;
      v.Add("consistencyToken", "INVALID_CONSISTENCY_TOKEN", "is not a token that a write answered");
      return v.ToStatus();
    }
    for (const Position& p : token.positions()) {
      Position& f = furthest[{p.source(), p.partition()}];
      if (std::pair(f.epoch(), f.seq()) <= std::pair(p.epoch(), p.seq())) f = p;
    }
  }
  std::vector<Position> out;
  for (auto& [key, p] : furthest) out.push_back(std::move(p));
  return out;
}

}  // namespace hoiam::feed
