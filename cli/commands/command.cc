#include "cli/commands/command.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "platform/base/status.h"

namespace hoiam::cli {

absl::StatusOr<Client> Context::Connect() const {
  HOIAM_ASSIGN_OR_RETURN(Target target, FindTarget(as_operator));
  return Client(std::move(target), clock);
}

int Fail(const Context& context, const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  context.err << "hoiam: " << status.message() << (reason.empty() ? "" : absl::StrCat(" [", reason, "]")) << "\n";
  if (const auto detail = DetailOf(status); detail && detail->violations.size() > 1) {
    for (const auto& v : detail->violations)
      context.err << "  " << v.field << ": " << v.description << " [" << v.reason << "]\n";
  }
  return kFailed;
}

int Misuse(const Context& context, const std::string& command, absl::string_view problem) {
  context.err << "hoiam " << command << ": " << problem << "\n"
              << context.say("Xem: hoiam ", "See: hoiam ") << command << " --help\n";
  return kMisused;
}

absl::StatusOr<std::string> TimeArgument(const std::string& text, absl::TimeZone zone) {
  if (text.empty()) return text;
  absl::CivilDay day;
  absl::Time t;
  if (absl::ParseCivilTime(text, &day))
    t = absl::FromCivil(day, zone);
  else if (!absl::ParseTime(absl::RFC3339_full, text, &t, nullptr))
    return absl::InvalidArgumentError(
        absl::StrCat(text, " is no date such as 2026-11-21 and no time such as 2026-11-21T10:00:00Z"));
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", t, absl::UTCTimeZone());
}

}  // namespace hoiam::cli
