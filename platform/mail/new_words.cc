#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "platform/mail/parse.h"

namespace hoiam::mail {
namespace {

constexpr size_t kHeaderLines = 3;  // a line "On …, … wrote:" is broken at 70 characters
constexpr size_t kMaxHeaderBytes = 400;
constexpr size_t kMaxFooterBytes = 80;
constexpr size_t kBlockLines = 6;  // From, Sent, To, Cc, Subject and an empty one

using Lines = std::vector<std::string>;

bool BeginsWithOneOf(absl::string_view line, absl::Span<const absl::string_view> begins) {
  return std::any_of(begins.begin(), begins.end(), [&](absl::string_view x) { return absl::StartsWith(line, x); });
}

bool IsQuoted(absl::string_view line) { return absl::StartsWith(line, ">"); }

// How many lines from `at` on say who wrote when what follows; 0: they say something else.
size_t WroteLines(const Lines& lines, size_t at) {
  constexpr std::array<absl::string_view, 5> kBegins = {"On ", "At ", "Vào ", "Ngày ", "Lúc "};
  constexpr std::array<absl::string_view, 2> kEnds = {"wrote:", "viết:"};
  std::string joined;
  for (size_t n = 0; n < kHeaderLines && at + n < lines.size(); ++n) {
    const std::string& line = lines[at + n];
    if (line.empty() || IsQuoted(line)) return 0;
    absl::StrAppend(&joined, n == 0 ? "" : " ", line);
    if (joined.size() > kMaxHeaderBytes) return 0;
    const bool ends = std::any_of(kEnds.begin(), kEnds.end(), [&](auto x) { return absl::EndsWith(joined, x); });
    if (!ends) continue;
    const bool dated =
        std::any_of(joined.begin(), joined.end(), [](unsigned char c) { return absl::ascii_isdigit(c); });
    return dated && (BeginsWithOneOf(joined, kBegins) || absl::StrContains(joined, '@')) ? n + 1 : 0;
  }
  return 0;
}

// "-----Original Message-----", "----- Thư gốc -----", "________".
bool IsDivider(absl::string_view line) {
  if (line.size() >= 10 && line.find_first_not_of('_') == absl::string_view::npos) return true;
  if (!absl::StartsWith(line, "---") || !absl::EndsWith(line, "---")) return false;
  const std::string lower = absl::AsciiStrToLower(line);
  return absl::StrContains(lower, "message") || absl::StrContains(lower, "thư") || absl::StrContains(line, "Thư") ||
         absl::StrContains(lower, "tin nhắn");
}

// The head of the mail that is answered, as Outlook puts it: "From: … Sent: … To: … Subject: …".
bool IsHeaderBlock(const Lines& lines, size_t at) {
  constexpr std::array<absl::string_view, 3> kFrom = {"From:", "Từ:", "Người gửi:"};
  constexpr std::array<absl::string_view, 13> kOthers = {
      "Sent:", "Date:", "To:",  "Subject:", "Đã gửi:",     "Ngày:",   "Ngày gửi:",
      "Gửi:",  "Đến:",  "Tới:", "Chủ đề:",  "Người nhận:", "Tiêu đề:"};
  const auto plain = [&](size_t n) { return absl::StrReplaceAll(lines[n], {{"*", ""}}); };
  if (!BeginsWithOneOf(plain(at), kFrom)) return false;
  int others = 0;
  for (size_t n = at + 1; n < std::min(lines.size(), at + kBlockLines); ++n)
    others += BeginsWithOneOf(plain(n), kOthers);
  return others >= 2;
}

// What programs of phones put below.
bool IsFooter(absl::string_view line) {
  constexpr std::array<absl::string_view, 7> kBegins = {"Sent from ",   "Get Outlook for ", "Gửi từ ",  "Đã gửi từ ",
                                                        "Được gửi từ ", "Tải Outlook cho ", "Sent via "};
  return line.size() <= kMaxFooterBytes && BeginsWithOneOf(line, kBegins);
}

bool EndsWords(const Lines& lines, size_t at) {
  return lines[at] == "--" || IsDivider(lines[at]) || IsHeaderBlock(lines, at);
}

std::string Joined(const Lines& lines) { return std::string(absl::StripAsciiWhitespace(absl::StrJoin(lines, "\n"))); }

}  // namespace

std::string NewWords(absl::string_view text) {
  Lines lines;
  for (absl::string_view line : absl::StrSplit(text, '\n'))
    lines.emplace_back(absl::StripTrailingAsciiWhitespace(line));
  Lines kept, unquoted;
  bool over = false;
  for (size_t at = 0; at < lines.size(); ++at) {
    if (IsQuoted(lines[at])) continue;
    unquoted.push_back(lines[at]);
    over |= EndsWords(lines, at);
    if (over) continue;
    if (const size_t header = WroteLines(lines, at); header > 0) {
      // Below a quote that is marked by ">" people go on writing; one that is not marked has no end.
      size_t next = at + header;
      while (next < lines.size() && lines[next].empty()) ++next;
      over = next == lines.size() || !IsQuoted(lines[next]);
      at += header - 1;
      continue;
    }
    if (!IsFooter(lines[at])) kept.push_back(lines[at]);
  }
  const std::string words = Joined(kept);
  return words.empty() ? Joined(unquoted) : words;
}

}  // namespace hoiam::mail
