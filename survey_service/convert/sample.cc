#include "survey_service/convert/sample.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <cmath>
#include <set>

#include "absl/strings/str_cat.h"
#include "platform/base/text.h"
#include "survey_service/convert/checks.h"
#include "survey_service/errors.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

void CheckStratum(const v1::SampleSpec::Stratum& s, bool fixed, const std::string& field, Violations& v) {
  CheckLine(s.stratum(), field + ".stratum", kMaxStratum, v);
  if (fixed) {
    CheckRange(s.size(), 1, kMaxSampleSize, field + ".size", v);
    if (s.deviation() != 0) v.Add(field + ".deviation", "NOT_APPLICABLE", "only NEYMAN looks at deviations");
  } else {
    if (s.size() != 0) v.Add(field + ".size", "NOT_APPLICABLE", "only FIXED takes the size of a stratum");
    if (!std::isfinite(s.deviation()) || s.deviation() < 0)
      v.Add(field + ".deviation", "OUT_OF_RANGE", "must be a number above 0", {{"min", "0"}});
  }
}

void CheckStrata(const v1::SampleSpec& s, const std::string& field, Violations& v) {
  const bool fixed = s.allocation() == v1::Allocation::FIXED;
  if (!fixed && s.allocation() != v1::Allocation::NEYMAN) {
    if (s.strata_size() > 0) v.Add(field, "NOT_APPLICABLE", "only FIXED and NEYMAN need to know of strata");
    return;
  }
  if (s.strata_size() > static_cast<int>(kMaxStrata))
    return v.Add(field, "TOO_MANY", absl::StrCat("at most ", kMaxStrata), {{"max", absl::StrCat(kMaxStrata)}});
  if (fixed && s.strata_size() == 0) v.Add(field, "REQUIRED", "FIXED needs the size of each stratum that is asked");
  std::set<std::string> seen;
  for (int i = 0; i < s.strata_size(); ++i) {
    const std::string at = absl::StrCat(field, "[", i, "]");
    CheckStratum(s.strata(i), fixed, at, v);
    if (!seen.insert(s.strata(i).stratum()).second)
      v.Add(at + ".stratum", "DUPLICATE", absl::StrCat("'", s.strata(i).stratum(), "' stands here twice"));
  }
}

void CheckSize(const v1::SampleSpec& s, const std::string& field, Violations& v) {
  if (s.allocation() != v1::Allocation::FIXED) return CheckRange(s.size(), 1, kMaxSampleSize, field, v);
  int64_t sum = 0;
  for (const auto& stratum : s.strata()) sum += stratum.size();
  if (s.size() != 0 && s.size() != sum)
    v.Add(field, "SIZE_MISMATCH", "must be the sum of the strata's sizes, or be left out",
          {{"sum", absl::StrCat(sum)}});
  if (sum > kMaxSampleSize) CheckRange(sum, 1, kMaxSampleSize, field, v);
}

// Bytes of a length-delimited field; they lie where the input lies.
bool ReadBytes(CodedInputStream& in, absl::string_view& out) {
  uint32_t size = 0;
  if (!in.ReadVarint32(&size)) return false;
  const void* data = nullptr;
  int available = 0;
  if (size == 0) return out = "", true;
  if (!in.GetDirectBufferPointer(&data, &available) || available < static_cast<int64_t>(size)) return false;
  out = absl::string_view(static_cast<const char*>(data), size);
  return in.Skip(static_cast<int>(size));
}

// Number and wire type of a field, as they stand before it.
constexpr uint32_t Tag(int field, WireFormatLite::WireType type) {
  return static_cast<uint32_t>(field) << 3 | static_cast<uint32_t>(type);
}
constexpr auto kVarint = WireFormatLite::WIRETYPE_VARINT;
constexpr auto kBytes = WireFormatLite::WIRETYPE_LENGTH_DELIMITED;

std::string TextOf(const google::protobuf::Value& value) {
  switch (value.kind_case()) {
    case google::protobuf::Value::kStringValue:
      return value.string_value();
    case google::protobuf::Value::kNumberValue:
      return absl::StrCat(value.number_value());
    case google::protobuf::Value::kBoolValue:
      return value.bool_value() ? "true" : "false";
    default:
      return "";
  }
}

// One entry of the map `properties`.
bool ReadProperty(absl::string_view entry, absl::string_view wanted, Person& person) {
  CodedInputStream in(reinterpret_cast<const uint8_t*>(entry.data()), static_cast<int>(entry.size()));
  absl::string_view key, value;
  while (const uint32_t tag = in.ReadTag()) {
    const bool read = tag == Tag(1, kBytes)   ? ReadBytes(in, key)
                      : tag == Tag(2, kBytes) ? ReadBytes(in, value)
                                              : WireFormatLite::SkipField(&in, tag);
    if (!read) return false;
  }
  if (key != wanted) return true;
  google::protobuf::Value parsed;
  if (!parsed.ParseFromArray(value.data(), static_cast<int>(value.size()))) return false;
  person.property = TextOf(parsed);
  return true;
}

// Names live as long as the program.
absl::string_view LifecycleName(uint32_t code) {
  if (code == 0 || !v1::Lifecycle::Code_IsValid(static_cast<int>(code))) return "";
  return v1::Lifecycle::Code_Name(static_cast<v1::Lifecycle::Code>(code));
}

absl::string_view KindName(uint32_t code) {
  if (code == 0 || !v1::RespondentKind::Code_IsValid(static_cast<int>(code))) return "CUSTOMER";
  return v1::RespondentKind::Code_Name(static_cast<v1::RespondentKind::Code>(code));
}

}  // namespace

void CheckSample(const v1::SampleSpec& s, absl::string_view field, Violations& v) {
  const std::string at = absl::StrCat(field, ".");
  if (!v1::Allocation::Code_IsValid(s.allocation())) UnknownEnum(at + "allocation", v);
  CheckStrata(s, at + "strata", v);
  CheckSize(s, at + "size", v);
  if (!ParseStratification(s.stratify_by()))
    v.Add(at + "stratifyBy", "UNKNOWN_ATTRIBUTE",
          "must be segment, lifecycle, owner_team, kind, locale, properties.KEY, or be left out");
  if (s.has_replacement_percent()) CheckRange(s.replacement_percent(), 0, 100, at + "replacementPercent", v);
  CheckRange(s.drip_days(), 0, kMaxDripDays, at + "dripDays", v);
  CheckRange(s.target_responses(), 0, kMaxSampleSize, at + "targetResponses", v);
  const auto filter = ParseFilter(s.filter());
  const absl::Status status = filter.ok() ? Population::Make(*filter).status() : filter.status();
  if (const auto detail = DetailOf(status)) {
    for (const Violation& each : detail->violations)
      v.Add(at + each.field, each.reason, each.description, each.metadata);
  }
}

absl::StatusOr<SampleRequest> ToSampleRequest(const v1::SampleSpec& s) {
  SampleRequest out;
  HOIAM_ASSIGN_OR_RETURN(const Filter filter, ParseFilter(s.filter()));
  HOIAM_ASSIGN_OR_RETURN(out.population, Population::Make(filter));
  out.strata = *ParseStratification(s.stratify_by());
  out.plan.size = SampleSize(s);
  out.plan.seed = s.seed();
  if (s.has_replacement_percent()) out.plan.replacement_percent = s.replacement_percent();
  for (const auto& stratum : s.strata()) {
    if (s.allocation() == v1::Allocation::FIXED)
      out.plan.fixed[stratum.stratum()] = stratum.size();
    else
      out.plan.deviation[stratum.stratum()] = stratum.deviation() == 0 ? 1 : stratum.deviation();
  }
  out.plan.rule = s.allocation() == v1::Allocation::FIXED    ? AllocationRule::kFixed
                  : s.allocation() == v1::Allocation::NEYMAN ? AllocationRule::kNeyman
                                                             : AllocationRule::kProportional;
  return out;
}

int SampleSize(const v1::SampleSpec& s) {
  if (s.allocation() != v1::Allocation::FIXED) return s.size();
  int sum = 0;
  for (const auto& stratum : s.strata()) sum += stratum.size();
  return sum;
}

bool ReadPerson(absl::string_view body, absl::string_view property, Person& person) {
  using Customer = v1::Customer;
  CodedInputStream in(reinterpret_cast<const uint8_t*>(body.data()), static_cast<int>(body.size()));
  const auto at = [&](Attribute a) -> absl::string_view& { return person.values[static_cast<size_t>(a)]; };
  person.values = {};
  person.property.clear();
  uint32_t lifecycle = 0, kind = 0;
  absl::string_view entry;
  while (const uint32_t tag = in.ReadTag()) {
    bool read = true;
    switch (tag) {
      case Tag(Customer::kLocaleFieldNumber, kBytes):
        read = ReadBytes(in, at(Attribute::kLocale));
        break;
      case Tag(Customer::kSegmentFieldNumber, kBytes):
        read = ReadBytes(in, at(Attribute::kSegment));
        break;
      case Tag(Customer::kLifecycleFieldNumber, kVarint):
        read = in.ReadVarint32(&lifecycle);
        break;
      case Tag(Customer::kOwnerTeamFieldNumber, kBytes):
        read = ReadBytes(in, at(Attribute::kOwnerTeam));
        break;
      case Tag(Customer::kPropertiesFieldNumber, kBytes):
        read = ReadBytes(in, entry) && (property.empty() || ReadProperty(entry, property, person));
        break;
      case Tag(Customer::kKindFieldNumber, kVarint):
        read = in.ReadVarint32(&kind);
        break;
      default:
        read = WireFormatLite::SkipField(&in, tag);
    }
    if (!read) return false;
  }
  at(Attribute::kLifecycle) = LifecycleName(lifecycle);
  at(Attribute::kKind) = KindName(kind);
  at(Attribute::kProperty) = person.property;
  return in.ConsumedEntireMessage();
}

absl::Status ToStatus(const SampleProblem& p, absl::string_view field) {
  const auto bad = [&](absl::string_view name, absl::string_view reason, const std::string& description,
                       std::map<std::string, std::string> metadata = {}) {
    Violations v;
    v.Add(absl::StrCat(field, ".", name), reason, description, std::move(metadata));
    return v.ToStatus();
  };
  const std::string population = absl::StrCat(p.population), size = absl::StrCat(p.size);
  switch (p.kind) {
    case SampleProblem::kNone:
      return absl::OkStatus();
    case SampleProblem::kEmptyPopulation:
      return bad("filter", "EMPTY_POPULATION", "lets nobody through");
    case SampleProblem::kLargerThanPopulation:
      return bad("size", "SAMPLE_LARGER_THAN_POPULATION", absl::StrCat("the population has ", population, " people"),
                 {{"population", population}, {"size", size}});
    case SampleProblem::kFewerPlacesThanStrata:
      return bad("size", "SAMPLE_SMALLER_THAN_STRATA",
                 absl::StrCat("each stratum gets at least one place, and there are ", population),
                 {{"strata", population}, {"size", size}});
    case SampleProblem::kUnknownStratum:
      return bad("strata", "EMPTY_STRATUM", absl::StrCat("nobody is in stratum '", p.stratum, "'"),
                 {{"stratum", p.stratum}});
    case SampleProblem::kLargerThanStratum:
      return bad("strata", "SAMPLE_LARGER_THAN_STRATUM",
                 absl::StrCat("stratum '", p.stratum, "' has ", population, " people"),
                 {{"stratum", p.stratum}, {"population", population}, {"size", size}});
  }
  return absl::InternalError("a sample was refused for no reason");
}

v1::Wave::Stratum FromStratum(const DrawnStratum& s) {
  v1::Wave::Stratum out;
  out.set_stratum(s.stratum);
  out.set_population(static_cast<int32_t>(s.population));
  out.set_places(static_cast<int32_t>(s.places));
  out.set_replacements(static_cast<int32_t>(s.replacements));
  return out;
}

}  // namespace hoiam::survey
