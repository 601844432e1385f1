#include "survey_service/domain/send_time.h"

namespace hoiam::survey {
namespace {

bool IsQuiet(const QuietHours& quiet, int minute) {
  if (quiet.until == quiet.from) return false;
  if (quiet.until < quiet.from) return minute < quiet.until || minute >= quiet.from;
  return minute >= quiet.from && minute < quiet.until;
}

}  // namespace

absl::Time LeaveQuietHours(absl::Time earliest, const QuietHours& quiet, absl::TimeZone zone) {
  const absl::CivilSecond local = zone.At(earliest).cs;
  const int minute = local.hour() * 60 + local.minute();
  if (!IsQuiet(quiet, minute)) return earliest;
  absl::CivilDay day(local);
  if (minute >= quiet.until) ++day;
  const absl::CivilMinute end = absl::CivilMinute(day) + quiet.until;
  // A time that a clock set forward leaves out has come when it was set; of one that comes twice, the next.
  const absl::TimeZone::TimeInfo found = zone.At(absl::CivilSecond(end));
  if (found.kind == absl::TimeZone::TimeInfo::SKIPPED) return found.trans;
  return found.pre > earliest ? found.pre : found.post;
}

const BlackoutDays* FindBlackout(const std::vector<BlackoutDays>& days, absl::Time at, absl::TimeZone zone) {
  if (days.empty()) return nullptr;
  const absl::CivilDay today(zone.At(at).cs);
  for (const BlackoutDays& each : days)
    if (each.first <= today && today <= each.last) return &each;
  return nullptr;
}

absl::Time EndOf(const BlackoutDays& days, absl::TimeZone zone) {
  const absl::TimeZone::TimeInfo next = zone.At(absl::CivilSecond(days.last + 1));
  return next.kind == absl::TimeZone::TimeInfo::SKIPPED ? next.trans : next.pre;
}

std::optional<int> ParseTimeOfDay(absl::string_view text) {
  const auto digit = [&](size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) return std::nullopt;
  const int hour = (text[0] - '0') * 10 + text[1] - '0', minute = (text[3] - '0') * 10 + text[4] - '0';
  if (hour > 23 || minute > 59) return std::nullopt;
  return hour * 60 + minute;
}

}  // namespace hoiam::survey
