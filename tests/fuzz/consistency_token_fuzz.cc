// Consistency tokens: what is taken names each partition once, at its furthest, and says the same when written again.
#include <set>

#include "platform/feed/token.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace hoiam;  // NOLINT
  fuzz::Input input(data, size);
  const absl::string_view first = input.Line();
  const absl::string_view second = input.rest();
  const auto positions = feed::DecodeTokens({first, second});
  if (!positions.ok()) return fuzz::CheckRefusal(positions.status()), 0;
  std::set<std::pair<std::string, uint32_t>> seen;
  for (const auto& p : *positions) FUZZ_CHECK(seen.emplace(p.source(), p.partition()).second);
  if (positions->empty()) return 0;
  const auto again = feed::DecodeTokens({feed::EncodeToken(*positions)});
  FUZZ_CHECK(again.ok() && again->size() == positions->size());
  for (const auto& p : *positions) {
    const bool found = std::any_of(again->begin(), again->end(), [&](const auto& o) {
      return o.source() == p.source() && o.partition() == p.partition() && o.epoch() == p.epoch() && o.seq() == p.seq();
    });
    FUZZ_CHECK(found);
  }
  return 0;
}
