#include "survey_service/convert/checks.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "platform/base/crypto.h"
#include "platform/base/text.h"
#include "survey_service/convert/times.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

void AppendDeterministic(const google::protobuf::Message& message, std::string& out) {
  google::protobuf::io::StringOutputStream stream(&out);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&coded);
}

}  // namespace

void CheckTime(const google::protobuf::Timestamp& t, absl::string_view field, absl::Time now, Violations& v) {
  static const absl::Time earliest = absl::FromCivil(kEarliest, absl::UTCTimeZone());
  if (IsValid(t) && ToTime(t) >= earliest && ToTime(t) <= now + kClockSlack) return;
  v.Add(field, "TIME_OUT_OF_RANGE", "must lie between 2000-01-01 and one hour from now");
}

void CheckProperties(const Properties& properties, absl::string_view field, Violations& v) {
  if (properties.size() > kMaxProperties)
    v.Add(field, "TOO_MANY_PROPERTIES", absl::StrCat("must have at most ", kMaxProperties, " keys"),
          {{"max", absl::StrCat(kMaxProperties)}});
  size_t bytes = 0;
  for (const auto& [key, value] : properties) {
    bytes += key.size();
    const auto at = [&, k = &key] { return absl::StrCat(field, ".", *k); };
    if (key.empty() || key.size() > kMaxPropertyKey || !IsUtf8(key) || HasControl(key)) {
      v.Add(field, "INVALID_PROPERTY_KEY",
            absl::StrCat("keys must be 1 to ", kMaxPropertyKey, " bytes of UTF-8 without control characters"));
      continue;
    }
    switch (value.kind_case()) {
      case google::protobuf::Value::kStringValue:
        bytes += value.string_value().size();
        if (!IsUtf8(value.string_value()) || HasControl(value.string_value(), true))
          CheckProse(value.string_value(), at(), kMaxPropertyBytes, v);
        break;
      case google::protobuf::Value::kNumberValue:
        bytes += sizeof(double);
        if (!std::isfinite(value.number_value())) v.Add(at(), "NOT_FINITE", "must be a finite number");
        break;
      case google::protobuf::Value::kBoolValue:
        bytes += 1;
        break;
      default:
        v.Add(at(), "PROPERTY_TYPE", "must be a string, a number or a boolean");
    }
  }
  if (bytes > kMaxPropertyBytes)
    v.Add(field, "PROPERTIES_TOO_LARGE", absl::StrCat("must be at most ", kMaxPropertyBytes, " bytes in all"),
          {{"max", absl::StrCat(kMaxPropertyBytes)}});
}

void CheckLanguage(absl::string_view value, absl::string_view field, Violations& v) {
  if (value.empty()) return;
  bool good = value.size() <= kMaxLanguage;
  int part = 0;
  for (absl::string_view subtag : absl::StrSplit(value, '-')) {
    good &= !subtag.empty() && subtag.size() <= 8 && (part > 0 || subtag.size() >= 2);
    for (char c : subtag) good &= part == 0 ? absl::ascii_isalpha(c) : absl::ascii_isalnum(c);
    ++part;
  }
  if (!good) v.Add(field, "INVALID_LANGUAGE", "must be a BCP 47 tag such as vi or vi-VN");
}

void CheckReason(absl::string_view value, absl::string_view field, Violations& v) {
  if (value.empty()) return v.Add(field, "REQUIRED", "is required");
  CheckLine(value, field, kMaxReason, v);
}

void UnknownEnum(absl::string_view field, Violations& v) {
  v.Add(field, "UNKNOWN_VALUE", "is not a value that this release knows");
}

void CheckDuration(const google::protobuf::Duration& d, absl::string_view field, absl::Duration min, absl::Duration max,
                   Violations& v) {
  if (IsValid(d) && ToDuration(d) >= min && ToDuration(d) <= max) return;
  const std::string low = absl::StrCat(absl::ToInt64Seconds(min), "s"),
                    high = absl::StrCat(absl::ToInt64Seconds(max), "s");
  v.Add(field, "DURATION_OUT_OF_RANGE", absl::StrCat("must lie between ", low, " and ", high),
        {{"min", low}, {"max", high}});
}

void CheckRange(int64_t value, int64_t min, int64_t max, absl::string_view field, Violations& v) {
  if (value >= min && value <= max) return;
  v.Add(field, "OUT_OF_RANGE", absl::StrCat("must be ", min, " to ", max),
        {{"min", absl::StrCat(min)}, {"max", absl::StrCat(max)}});
}

void AddProblems(const std::vector<Problem>& problems, absl::string_view field, Violations& v) {
  for (const Problem& p : problems) v.Add(absl::StrCat(field, p.path), p.reason, p.description, p.metadata);
}

std::string Fingerprint(const google::protobuf::Message& message) {
  std::string bytes;
  AppendDeterministic(message, bytes);
  return Sha256(bytes);
}

std::string Fingerprint(const google::protobuf::Message& first, const google::protobuf::Message& second) {
  std::string bytes;
  AppendDeterministic(first, bytes);
  absl::StrAppend(&bytes, absl::string_view("\0", 1), second.ByteSizeLong(), absl::string_view("\0", 1));
  AppendDeterministic(second, bytes);
  return Sha256(bytes);
}

bool SameContent(const google::protobuf::Message& a, const google::protobuf::Message& b) {
  std::string left, right;
  AppendDeterministic(a, left);
  AppendDeterministic(b, right);
  return left == right;
}

}  // namespace hoiam::survey
