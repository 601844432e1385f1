// The Authorization header: only a whole key behind "Bearer" is ever looked up; everything else is refused at once,
// without a word to the database.
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "gateway/auth/authenticator.h"
#include "gateway/auth/key_text.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/key.h"

namespace hoiam::gateway {
namespace {

class StillClock final : public Clock {
 public:
  absl::Time Now() const override { return absl::FromUnixSeconds(1'800'000'000); }
  void Sleep(absl::Duration) const override {}
};

// Takes no work: a look-up ends in OVERLOADED, which tells it from a refusal.
class FullRuntime final : public rpc::Runtime {
 public:
  absl::StatusOr<rpc::CallContext> Admit(grpc::CallbackServerContext&, const char*) override {
    return absl::UnavailableError("");
  }
  bool Enqueue(std::function<void()>) override { return false; }
  void Finished(const rpc::CallContext&, const absl::Status&, absl::Time) override {}
  absl::Time Now() const override { return StillClock().Now(); }
};

// What becomes of a header.
std::string Outcome(absl::string_view header) {
  static StillClock clock;
  static FullRuntime runtime;
  static auto* pool = new db::Pool({}, "", 1);  // never asked for a connection
  Authenticator authenticator(*pool, runtime, clock);
  int answers = 0;
  absl::Status status;
  authenticator.Authenticate(header, "192.0.2.1", [&](absl::StatusOr<Caller> caller) {
    ++answers;
    status = caller.status();
  });
  FUZZ_CHECK(answers == 1);
  fuzz::CheckRefusal(status);
  return ReasonOf(status);
}

}  // namespace
}  // namespace hoiam::gateway

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace hoiam;           // NOLINT
  using namespace hoiam::gateway;  // NOLINT
  fuzz::Input input(data, size);
  const absl::string_view header = input.rest();
  const std::string outcome = Outcome(header);
  if (outcome == "OVERLOADED") {
    FUZZ_CHECK(absl::StartsWithIgnoreCase(header, "bearer "));
    FUZZ_CHECK(IsKeyText(absl::StripAsciiWhitespace(header.substr(7))));
  } else {
    FUZZ_CHECK(outcome == (absl::StartsWithIgnoreCase(header, "bearer ") ? "INVALID_KEY" : "MISSING_KEY"));
  }
  // A key of the input's bytes, with something before and behind it.
  const std::string key = fuzz::KeyOf(input);
  FUZZ_CHECK(Outcome("bEARER  " + key + "\t") == "OVERLOADED");
  const std::string before(input.Line()), behind(input.rest());
  const std::string wrapped = absl::StrCat("Bearer ", before, key, behind);
  const bool blank = absl::StripAsciiWhitespace(before).empty() && absl::StripAsciiWhitespace(behind).empty();
  FUZZ_CHECK((Outcome(wrapped) == "OVERLOADED") == blank);
  return 0;
}
