// Paths against the whole route table: a match can be written as a path again, and that path means the same.
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gateway/route/path.h"
#include "gateway/route/route_table.h"
#include "tests/fuzz/fuzz.h"

namespace hoiam::gateway {
namespace {

std::string Escape(absl::string_view s) {
  std::string out;
  for (unsigned char c : s) absl::ascii_isalnum(c) ? out += static_cast<char>(c) : out += absl::StrFormat("%%%02X", c);
  return out;
}

std::string Write(const Route& route, const std::vector<std::string>& variables) {
  std::string out;
  auto value = variables.begin();
  for (const auto& segment : route.segments) {
    FUZZ_CHECK(segment.field.empty() || (value != variables.end() && !value->empty()));
    absl::StrAppend(&out, "/", segment.field.empty() ? segment.literal : Escape(*value++));
  }
  FUZZ_CHECK(value == variables.end());
  return route.verb.empty() ? out : absl::StrCat(out, ":", route.verb);
}

}  // namespace
}  // namespace hoiam::gateway

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace hoiam;           // NOLINT
  using namespace hoiam::gateway;  // NOLINT
  static const auto* routes = new RouteTable(*RouteTable::Build(LinkedServices()));
  static constexpr const char* kMethods[] = {"GET", "POST", "PATCH", "DELETE", "PUT", ""};
  fuzz::Input input(data, size);
  const char* method = kMethods[input.Byte() % std::size(kMethods)];
  const auto match = routes->Find(method, input.rest());
  if (!match.ok()) return fuzz::CheckRefusal(match.status()), 0;
  if (!match->route) return 0;
  FUZZ_CHECK(match->route->http_method == method && match->allowed.empty());
  const auto again = routes->Find(method, Write(*match->route, match->variables));
  FUZZ_CHECK(again.ok() && again->route == match->route && again->variables == match->variables);
  // A path never leads to a method that has no rule.
  FUZZ_CHECK(match->route->scope_bit != 0);
  return 0;
}
