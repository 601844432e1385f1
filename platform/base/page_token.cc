#include "platform/base/page_token.h"

#include <cstdint>

#include "platform/base/crypto.h"

namespace hoiam {
namespace {

constexpr size_t kMac = 8;

// Not a secret: it only catches tokens that are damaged or belong to another query. A made-up position shows nothing
// that the caller could not list anyway.
std::string Check(absl::string_view query, absl::string_view body) { return HmacSha256(query, body).substr(0, kMac); }

absl::Status Bad() {
  Violations v;
  v.Add("pageToken", "INVALID_PAGE_TOKEN", "is not a token of this query; start again without it");
  return v.ToStatus();
}

}  // namespace

std::string EncodePageToken(absl::string_view query, const std::vector<std::string>& key) {
  std::string body;
  for (const std::string& part : key) {
    body.push_back(static_cast<char>(part.size() >> 8));
    body.push_back(static_cast<char>(part.size()));
    body += part;
  }
  return Base64Url(Check(query, body) + body);
}

absl::StatusOr<std::vector<std::string>> DecodePageToken(absl::string_view query, absl::string_view token) {
  std::vector<std::string> key;
  if (token.empty()) return key;
  const auto raw = Base64UrlDecode(token);
  if (!raw || raw->size() < kMac) return Bad();
  absl::string_view body = absl::string_view(*raw).substr(kMac);
  if (!EqualConstantTime(Check(query, body), absl::string_view(*raw).substr(0, kMac))) return Bad();
  while (body.size() >= 2) {
    const size_t n = static_cast<unsigned char>(body[0]) << 8 | static_cast<unsigned char>(body[1]);
    if (body.size() < 2 + n) return Bad();
    key.emplace_back(body.substr(2, n));
    body.remove_prefix(2 + n);
  }
  if (!body.empty() || key.empty()) return Bad();
  return key;
}

absl::StatusOr<int> CheckPageSize(int requested) {
  if (requested >= 0 && requested <= 1000) return requested == 0 ? 50 : requested;
  Violations v;
  v.Add("pageSize", "PAGE_SIZE_OUT_OF_RANGE", "must be 1 to 1000, or left out for 50", {{"min", "1"}, {"max", "1000"}});
  return v.ToStatus();
}

}  // namespace hoiam
