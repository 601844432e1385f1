// Mails from anybody: whatever comes, what is read of it is text that can be stored, and reading ends.
#include "platform/base/text.h"
#include "platform/mail/parse.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace hoiam;  // NOLINT
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto mail = mail::Parse(bytes);
  if (!mail.ok()) return 0;
  FUZZ_CHECK(IsUtf8(mail->subject) && !HasControl(mail->subject));
  FUZZ_CHECK(IsUtf8(mail->text) && !HasControl(mail->text, /*allow_breaks=*/true));
  FUZZ_CHECK(!mail->report || mail->automatic);
  const std::string words = mail::NewWords(mail->text);
  FUZZ_CHECK(IsUtf8(words) && words.size() <= mail->text.size());
  if (IsUtf8(bytes)) FUZZ_CHECK(IsUtf8(mail::TextOfHtml(bytes)));
  return 0;
}
