// Filters: what is read can be written and read again as the same tree, and stays within its limits.
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "platform/base/filter.h"
#include "platform/base/text.h"
#include "tests/fuzz/fuzz.h"

namespace hoiam {
namespace {

std::string Quoted(absl::string_view text) {
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"\"", "\\\""}}), "\"");
}

std::string Write(const Filter& f) {
  if (f.kind == Filter::Kind::kEverything) return "";
  if (f.kind == Filter::Kind::kCompare) {
    const size_t key = f.said.find('.') + 1;  // what follows a dot may be anything, in quotes
    const std::string field = key == 0 ? f.said : absl::StrCat(f.said.substr(0, key), Quoted(f.said.substr(key)));
    const std::string value = f.value.number ? f.value.text : Quoted(f.value.text);  // only a bare word is a number
    return absl::StrCat(field, " ", FilterOpText(f.op), " ", value);
  }
  std::string out;
  for (const Filter& part : f.parts)
    absl::StrAppend(&out, out.empty() ? "" : f.kind == Filter::Kind::kAnd ? " AND " : " OR ", "(", Write(part), ")");
  return out;
}

void CheckSame(const Filter& a, const Filter& b) {
  FUZZ_CHECK(a.kind == b.kind && a.parts.size() == b.parts.size());
  FUZZ_CHECK(a.field == b.field && a.op == b.op);
  FUZZ_CHECK(a.value.text == b.value.text && a.value.number == b.value.number && a.value.time == b.value.time);
  for (size_t i = 0; i < a.parts.size(); ++i) CheckSame(a.parts[i], b.parts[i]);
}

size_t CheckTree(const Filter& f, size_t text_size) {
  if (f.kind == Filter::Kind::kCompare) {
    FUZZ_CHECK(f.parts.empty() && !f.field.empty() && f.position < text_size);
    const std::string ours = f.field.substr(0, f.field.find('.'));
    FUZZ_CHECK(ours.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos);
    FUZZ_CHECK(!f.value.number || std::isfinite(*f.value.number));
    return 1;
  }
  FUZZ_CHECK(f.kind == Filter::Kind::kEverything ? f.parts.empty() : f.parts.size() >= 2);
  size_t comparisons = 0;
  for (const Filter& part : f.parts) comparisons += CheckTree(part, text_size);
  return comparisons;
}

}  // namespace
}  // namespace hoiam

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace hoiam;  // NOLINT
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const auto filter = ParseFilter(text);
  if (!filter.ok()) return fuzz::CheckRefusal(filter.status()), 0;
  FUZZ_CHECK(size <= kMaxFilterBytes && IsUtf8(text));
  FUZZ_CHECK(CheckTree(*filter, size) <= kMaxFilterComparisons);
  const std::string written = Write(*filter);
  if (written.size() > kMaxFilterBytes) return 0;  // our parentheses may be more than it had
  const auto again = ParseFilter(written);
  FUZZ_CHECK(again.ok());
  CheckSame(*filter, *again);
  return 0;
}
