#include "survey_service/convert/icp.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/enum_names.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

constexpr char kFit[] = "FIT", kNoFit[] = "NO_FIT";

const Patchable& Fields() {
  static const auto* p = new Patchable{{"criteria", "fit_from"}, ""};
  return *p;
}

const std::vector<MatchField>& CustomerFields() {
  static const auto* fields = new std::vector<MatchField>{
      {"segment", FilterFieldKind::kText},
      {"lifecycle", FilterFieldKind::kText, EnumNames(v1::Lifecycle::Code_descriptor())},
      {"owner_team", FilterFieldKind::kText},
      {"kind", FilterFieldKind::kText, EnumNames(v1::RespondentKind::Code_descriptor())},
      {"locale", FilterFieldKind::kText},
      {"properties.", FilterFieldKind::kAny},
  };
  return *fields;
}

FieldValue PropertyOf(const v1::Customer& c, const Filter& f) {
  const auto it = c.properties().find(std::string(FieldKey(f)));
  if (it == c.properties().end()) return std::monostate();
  switch (it->second.kind_case()) {
    case google::protobuf::Value::kStringValue:
      return absl::string_view(it->second.string_value());
    case google::protobuf::Value::kNumberValue:
      return it->second.number_value();
    case google::protobuf::Value::kBoolValue:
      return it->second.bool_value();
    default:
      return std::monostate();
  }
}

// A customer without a kind is a CUSTOMER.
FieldValue ValueOf(const v1::Customer& c, const Filter& f) {
  if (f.field == "segment") return absl::string_view(c.segment());
  if (f.field == "lifecycle") return EnumName(v1::Lifecycle::Code_descriptor(), c.lifecycle());
  if (f.field == "owner_team") return absl::string_view(c.owner_team());
  if (f.field == "kind")
    return EnumName(v1::RespondentKind::Code_descriptor(),
                    c.kind() == v1::RespondentKind::UNSPECIFIED ? v1::RespondentKind::CUSTOMER : c.kind());
  if (f.field == "locale") return absl::string_view(c.locale());
  return PropertyOf(c, f);
}

void CheckCriterion(const v1::IcpProfile::Criterion& c, const std::string& at, Violations& v) {
  CheckRange(c.weight(), 1, kMaxIcpWeight, at + ".weight", v);
  const auto filter = ParseFilter(c.filter());
  absl::Status status = filter.ok() ? CheckFilter(*filter, CustomerFields()) : filter.status();
  if (filter.ok() && filter->kind == Filter::Kind::kEverything)
    return v.Add(at + ".filter", "REQUIRED", "says of whom it holds");
  if (const auto detail = DetailOf(status)) {
    for (const Violation& each : detail->violations)
      v.Add(absl::StrCat(at, ".", each.field), each.reason, each.description, each.metadata);
  }
}

}  // namespace

v1::IcpProfile DefaultIcpProfile() {
  v1::IcpProfile profile;
  profile.set_fit_from(kDefaultFitFrom);
  return profile;
}

Patch ReadIcpPatch(const v1::UpdateIcpProfileRequest& q, Violations& v) {
  return ReadPatch(q.profile(), q.has_update_mask() ? &q.update_mask() : nullptr, Fields(), v);
}

void ApplyIcpPatch(const v1::IcpProfile& source, const Patch& patch, v1::IcpProfile& profile, Violations& v) {
  ApplyPatch(source, patch, profile);
  if (profile.fit_from() == 0) profile.set_fit_from(kDefaultFitFrom);  // cleared
  CheckRange(profile.fit_from(), 1, 100, "fitFrom", v);
  if (profile.criteria_size() > kMaxIcpCriteria)
    v.Add("criteria", "TOO_MANY", absl::StrCat("at most ", kMaxIcpCriteria), {{"max", absl::StrCat(kMaxIcpCriteria)}});
  for (int i = 0; i < profile.criteria_size(); ++i)
    CheckCriterion(profile.criteria(i), absl::StrCat("criteria[", i, "]"), v);
}

IcpRules ToIcpRules(const v1::IcpProfile& profile) {
  IcpRules rules;
  rules.fit_from = profile.fit_from();
  for (const auto& c : profile.criteria()) {
    if (auto filter = ParseFilter(c.filter()); filter.ok()) rules.criteria.push_back({*std::move(filter), c.weight()});
  }
  return rules;
}

void SetIcpFit(const IcpRules& rules, v1::Customer& customer) {
  const auto fit = FitOf(rules, [&](const Filter& f) { return ValueOf(customer, f); });
  customer.clear_icp_fit();
  customer.clear_icp_score();
  if (!fit) return;
  customer.set_icp_fit(fit->fits ? kFit : kNoFit);
  customer.set_icp_score(fit->score);
}

}  // namespace hoiam::survey
