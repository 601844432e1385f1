#include "loop_service/convert/setting_checks.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "loop_service/limits.h"
#include "platform/base/text.h"

namespace hoiam::loop {

absl::Time ToTime(const google::protobuf::Timestamp& t) {
  return absl::FromUnixSeconds(t.seconds()) + absl::Nanoseconds(t.nanos());
}

absl::Duration ToDuration(const google::protobuf::Duration& d) {
  return absl::Seconds(d.seconds()) + absl::Nanoseconds(d.nanos());
}

google::protobuf::Duration FromDuration(absl::Duration d) {
  google::protobuf::Duration out;
  out.set_seconds(absl::IDivDuration(d, absl::Seconds(1), &d));
  out.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(d)));
  return out;
}

void CheckNames(const hoiam::survey::v1::LocalizedText& name, Violations& v) {
  if (name.vi().empty() && name.en().empty()) v.Add("displayName", "REQUIRED", "needs a name in vi or en");
  CheckLine(name.vi(), "displayName.vi", kMaxNameBytes, v);
  CheckLine(name.en(), "displayName.en", kMaxNameBytes, v);
}

void CheckEmail(absl::string_view email, absl::string_view field, Violations& v) {
  if (email.empty()) return;
  const size_t at = email.find('@');
  const bool address = email.size() <= kMaxEmailBytes && IsUtf8(email) && !HasControl(email) &&
                       at != absl::string_view::npos && at > 0 && at + 1 < email.size() && email.rfind('@') == at &&
                       email.find_first_of(" <>,;:\"()[]\\") == absl::string_view::npos;
  if (!address)
    v.Add(field, "INVALID_EMAIL", absl::StrCat("must be one mail address of at most ", kMaxEmailBytes, " bytes"));
}

void UnknownValue(absl::string_view field, Violations& v) {
  v.Add(field, "UNKNOWN_VALUE", "is not a value that this release knows");
}

void CheckCount(int n, int most, absl::string_view field, Violations& v) {
  if (n > most) v.Add(field, "TOO_MANY", absl::StrCat("at most ", most), {{"max", absl::StrCat(most)}});
}

void CheckNumber(int64_t n, int64_t min, int64_t max, absl::string_view field, Violations& v) {
  if (n < min || n > max)
    v.Add(field, "OUT_OF_RANGE", absl::StrCat("must be ", min, " to ", max),
          {{"min", absl::StrCat(min)}, {"max", absl::StrCat(max)}});
}

void CheckDuration(const google::protobuf::Duration& d, absl::Duration min, absl::Duration max, absl::string_view field,
                   Violations& v) {
  const absl::Duration value = ToDuration(d);
  if (value >= min && value <= max) return;
  const std::string low = absl::StrCat(absl::ToInt64Seconds(min), "s"),
                    high = absl::StrCat(absl::ToInt64Seconds(max), "s");
  v.Add(field, "DURATION_OUT_OF_RANGE", absl::StrCat("must lie between ", low, " and ", high),
        {{"min", low}, {"max", high}});
}

}  // namespace hoiam::loop
