#include "survey_service/domain/population.h"

#include <algorithm>

#include "absl/strings/strip.h"
#include "platform/base/filter_match.h"
#include "platform/base/status.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

const std::vector<MatchField>& Fields() {
  static const auto* fields = new std::vector<MatchField>{
      {"segment", FilterFieldKind::kText},
      {"lifecycle", FilterFieldKind::kText, {"PROSPECT", "NEW", "ACTIVE", "LAPSED"}},
      {"owner_team", FilterFieldKind::kText},
      {"kind", FilterFieldKind::kText, {"CUSTOMER", "PROSPECT", "EMPLOYEE", "PARTNER"}},
  };
  return *fields;
}

std::optional<Attribute> ParseAttribute(absl::string_view name) {
  if (name == "segment") return Attribute::kSegment;
  if (name == "lifecycle") return Attribute::kLifecycle;
  if (name == "owner_team" || name == "ownerTeam") return Attribute::kOwnerTeam;
  if (name == "kind") return Attribute::kKind;
  if (name == "locale") return Attribute::kLocale;
  return std::nullopt;
}

bool SaysKind(const Filter& f) { return f.field == "kind" || std::any_of(f.parts.begin(), f.parts.end(), &SaysKind); }

}  // namespace

absl::string_view Stratification::StratumOf(const Person& person) const {
  if (!attribute) return "";
  absl::string_view value = person[*attribute];
  if (value.size() <= kMaxStratum) return value;
  size_t end = kMaxStratum;
  while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) --end;  // not within a character
  return value.substr(0, end);
}

std::optional<Stratification> ParseStratification(absl::string_view stratify_by) {
  if (stratify_by.empty()) return Stratification{};
  absl::string_view key = stratify_by;
  if (absl::ConsumePrefix(&key, "properties.")) {
    if (key.empty() || key.size() > kMaxPropertyKey) return std::nullopt;
    return Stratification{Attribute::kProperty, std::string(key)};
  }
  const auto attribute = ParseAttribute(stratify_by);
  if (!attribute) return std::nullopt;
  return Stratification{attribute, ""};
}

absl::StatusOr<Population> Population::Make(const Filter& filter) {
  HOIAM_RETURN_IF_ERROR(CheckFilter(filter, Fields()));
  Population p;
  p.filter_ = filter;
  p.says_kind_ = SaysKind(filter);
  return p;
}

bool Population::Holds(const Person& person) const {
  const absl::string_view kind = person[Attribute::kKind];
  if (!says_kind_ && kind != "CUSTOMER" && kind != "PROSPECT") return false;
  return Matches(filter_, [&](const Filter& f) -> FieldValue { return person[*ParseAttribute(f.field)]; });
}

}  // namespace hoiam::survey
