#include "platform/json/well_known.h"

#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"

namespace hoiam::json {
namespace {

constexpr int64_t kMinSeconds = -62135596800;  // 0001-01-01
constexpr int64_t kMaxSeconds = 253402300799;  // 9999-12-31
constexpr int64_t kMaxDuration = 315576000000;

// `value` with `n` digits. Without a format to be read: a page of history has hundreds of times.
void AppendDigits(int64_t value, int n, std::string& out) {
  out.append(n, '0');
  for (size_t at = out.size(); value > 0 && n-- > 0; value /= 10) out[--at] = static_cast<char>('0' + value % 10);
}

// ".125" of 125,000,000 ns.
void AppendFraction(int32_t nanos, std::string& out) {
  if (nanos == 0) return;
  out += '.';
  if (nanos % 1'000'000 == 0) return AppendDigits(nanos / 1'000'000, 3, out);
  if (nanos % 1'000 == 0) return AppendDigits(nanos / 1'000, 6, out);
  AppendDigits(nanos, 9, out);
}

// Exactly `n` digits.
bool Digits(absl::string_view& in, int n, int& out) {
  if (in.size() < static_cast<size_t>(n)) return false;
  out = 0;
  for (int i = 0; i < n; ++i) {
    if (!absl::ascii_isdigit(in[i])) return false;
    out = out * 10 + (in[i] - '0');
  }
  in.remove_prefix(n);
  return true;
}

bool Char(absl::string_view& in, char c) {
  if (in.empty() || in[0] != c) return false;
  in.remove_prefix(1);
  return true;
}

// ".125", 1–9 digits; nothing gives 0.
bool Nanos(absl::string_view& in, int32_t& nanos) {
  nanos = 0;
  if (!Char(in, '.')) return true;
  int digits = 0;
  while (!in.empty() && absl::ascii_isdigit(in[0])) {
    if (++digits > 9) return false;
    nanos = nanos * 10 + (in[0] - '0');
    in.remove_prefix(1);
  }
  if (digits == 0) return false;
  for (; digits < 9; ++digits) nanos *= 10;
  return true;
}

}  // namespace

std::string FormatTimestamp(const google::protobuf::Timestamp& t) {
  const absl::CivilSecond c = absl::CivilSecond(1970, 1, 1, 0, 0, 0) + t.seconds();
  std::string out;
  out.reserve(32);
  AppendDigits(c.year(), 4, out);
  out += '-';
  AppendDigits(c.month(), 2, out);
  out += '-';
  AppendDigits(c.day(), 2, out);
  out += 'T';
  AppendDigits(c.hour(), 2, out);
  out += ':';
  AppendDigits(c.minute(), 2, out);
  out += ':';
  AppendDigits(c.second(), 2, out);
  AppendFraction(t.nanos(), out);
  out += 'Z';
  return out;
}

bool ParseTimestamp(absl::string_view in, google::protobuf::Timestamp& t) {
  int year, month, day, hour, minute, second, off_hour = 0, off_minute = 0;
  int32_t nanos;
  const bool date = Digits(in, 4, year) && Char(in, '-') && Digits(in, 2, month) && Char(in, '-') && Digits(in, 2, day);
  if (!date || in.empty() || (in[0] != 'T' && in[0] != 't')) return false;
  in.remove_prefix(1);
  if (!Digits(in, 2, hour) || !Char(in, ':') || !Digits(in, 2, minute) || !Char(in, ':') || !Digits(in, 2, second))
    return false;
  if (!Nanos(in, nanos) || in.empty()) return false;
  const char zone = in[0];
  in.remove_prefix(1);
  if (zone == '+' || zone == '-') {
    if (!Digits(in, 2, off_hour) || !Char(in, ':') || !Digits(in, 2, off_minute)) return false;
  } else if (zone != 'Z' && zone != 'z') {
    return false;
  }
  if (!in.empty() || hour > 23 || minute > 59 || second > 59 || off_hour > 23 || off_minute > 59) return false;
  const absl::CivilSecond c(year, month, day, hour, minute, second);
  if (c.year() != year || c.month() != month || c.day() != day) return false;  // 30 February
  const int64_t offset = (off_hour * 60 + off_minute) * 60 * (zone == '-' ? -1 : 1);
  const int64_t seconds = c - absl::CivilSecond(1970, 1, 1, 0, 0, 0) - offset;
  if (seconds < kMinSeconds || seconds > kMaxSeconds) return false;
  t.set_seconds(seconds);
  t.set_nanos(nanos);
  return true;
}

std::string FormatDuration(const google::protobuf::Duration& d) {
  const bool negative = d.seconds() < 0 || d.nanos() < 0;
  std::string out = absl::StrCat(negative ? "-" : "", d.seconds() < 0 ? -d.seconds() : d.seconds());
  AppendFraction(d.nanos() < 0 ? -d.nanos() : d.nanos(), out);
  out += 's';
  return out;
}

bool ParseDuration(absl::string_view in, google::protobuf::Duration& d) {
  const bool negative = Char(in, '-');
  int64_t seconds = 0;
  int digits = 0;
  while (!in.empty() && absl::ascii_isdigit(in[0])) {
    if (++digits > 12) return false;
    seconds = seconds * 10 + (in[0] - '0');
    in.remove_prefix(1);
  }
  int32_t nanos;
  if (digits == 0 || !Nanos(in, nanos) || in != "s" || seconds > kMaxDuration) return false;
  d.set_seconds(negative ? -seconds : seconds);
  d.set_nanos(negative ? -nanos : nanos);
  return true;
}

std::string FormatFieldMask(const google::protobuf::FieldMask& mask) {
  std::string out;
  for (const std::string& path : mask.paths()) {
    if (!out.empty()) out += ',';
    bool upper = false;
    for (char c : path) {
      if (c == '_') {
        upper = true;
      } else {
        out += upper ? absl::ascii_toupper(c) : c;
        upper = false;
      }
    }
  }
  return out;
}

bool ParseFieldMask(absl::string_view text, google::protobuf::FieldMask& mask) {
  for (absl::string_view path : absl::StrSplit(text, ',')) {
    std::string snake;
    for (absl::string_view name : absl::StrSplit(path, '.')) {
      if (!snake.empty()) snake += '.';
      if (name == "*") {
        snake += '*';
        continue;
      }
      if (name.empty() || !absl::ascii_islower(name[0])) return false;
      for (char c : name) {
        if (!absl::ascii_isalnum(c)) return false;
        if (absl::ascii_isupper(c)) snake += '_';
        snake += absl::ascii_tolower(c);
      }
    }
    mask.add_paths(snake);
  }
  return true;
}

}  // namespace hoiam::json
