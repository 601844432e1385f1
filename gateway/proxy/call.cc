#include "gateway/proxy/call.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "gateway/errors.h"
#include "gateway/limits.h"
#include "platform/base/crypto.h"
#include "platform/base/ids.h"

namespace hoiam::gateway {

absl::Status CheckScope(const Caller& caller, const Route& route) {
  if (caller.publishable) return route.publishable ? absl::OkStatus() : NotPublishable();
  return Allows(caller.scopes, route.scope_bit) ? absl::OkStatus() : MissingScope(route.scope);
}

absl::StatusOr<std::string> CheckIdempotencyKey(absl::string_view value) {
  if (value.size() > kMaxIdempotencyKey) return InvalidIdempotencyKey();
  for (char c : value)
    if (!absl::ascii_isprint(c)) return InvalidIdempotencyKey();
  return std::string(value);
}

std::string RequestId(absl::string_view given, absl::Time now) {
  bool sane = !given.empty() && given.size() <= 64;
  for (char c : given) sane &= absl::ascii_isalnum(c) || c == '.' || c == '_' || c == '-';
  return sane ? std::string(given) : UuidToString(NewUuid(now));
}

std::string Traceparent(absl::string_view given) {
  bool sane = given.size() == 55 && given.substr(0, 3) == "00-" && given[35] == '-' && given[52] == '-';
  for (size_t i = 3; sane && i < given.size(); ++i)
    sane = i == 35 || i == 52 || absl::ascii_isdigit(given[i]) || (given[i] >= 'a' && given[i] <= 'f');
  const auto zeros = [&](size_t from, size_t n) {  // W3C: such an id is none
    return given.substr(from, n).find_first_not_of('0') == absl::string_view::npos;
  };
  if (sane && !zeros(3, 32) && !zeros(36, 16)) return std::string(given);
  return absl::StrCat("00-", Hex(RandomBytes(16)), "-", Hex(RandomBytes(8)), "-01");
}

}  // namespace hoiam::gateway
