#include "survey_service/domain/population.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "platform/base/status.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

constexpr absl::string_view kLifecycles[] = {"PROSPECT", "NEW", "ACTIVE", "LAPSED"};
constexpr absl::string_view kKinds[] = {"CUSTOMER", "PROSPECT", "EMPLOYEE", "PARTNER"};

std::optional<Attribute> ParseAttribute(absl::string_view name) {
  if (name == "segment") return Attribute::kSegment;
  if (name == "lifecycle") return Attribute::kLifecycle;
  if (name == "owner_team" || name == "ownerTeam") return Attribute::kOwnerTeam;
  if (name == "kind") return Attribute::kKind;
  if (name == "locale") return Attribute::kLocale;
  return std::nullopt;
}

template <size_t n>
absl::Status CheckName(const Filter& f, const absl::string_view (&names)[n]) {
  if (f.op != FilterOp::kEq && f.op != FilterOp::kNe)
    return InvalidFilter(f.position, absl::StrCat(f.field, " is compared with = or !="));
  if (!f.value.text.empty() && std::find(std::begin(names), std::end(names), f.value.text) == std::end(names))
    return InvalidFilter(f.position, absl::StrCat(f.field, " is one of ", absl::StrJoin(names, ", ")));
  return absl::OkStatus();
}

bool Compare(absl::string_view left, FilterOp op, absl::string_view right) {
  switch (op) {
    case FilterOp::kEq:
      return left == right;
    case FilterOp::kNe:
      return left != right;
    case FilterOp::kLt:
      return left < right;
    case FilterOp::kLe:
      return left <= right;
    case FilterOp::kGt:
      return left > right;
    case FilterOp::kGe:
      return left >= right;
  }
  return false;
}

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
  Population p;
  HOIAM_ASSIGN_OR_RETURN(p.root_, p.Compile(filter));
  return p;
}

absl::StatusOr<Population::Node> Population::Compile(const Filter& f) {
  Node node;
  node.kind = f.kind;
  for (const Filter& part : f.parts) {
    HOIAM_ASSIGN_OR_RETURN(Node compiled, Compile(part));
    node.parts.push_back(std::move(compiled));
  }
  if (f.kind != Filter::Kind::kCompare) return node;
  const auto attribute = ParseAttribute(f.field);
  if (!attribute || *attribute == Attribute::kLocale)
    return InvalidFilter(
        f.position,
        absl::StrCat("'", f.field, "' cannot be filtered on; these can: segment, lifecycle, owner_team, kind"));
  if (*attribute == Attribute::kLifecycle) HOIAM_RETURN_IF_ERROR(CheckName(f, kLifecycles));
  if (*attribute == Attribute::kKind) HOIAM_RETURN_IF_ERROR(CheckName(f, kKinds));
  says_kind_ |= *attribute == Attribute::kKind;
  node.attribute = *attribute;
  node.op = f.op;
  node.text = f.value.text;
  return node;
}

bool Population::Holds(const Node& node, const Person& person) {
  const auto holds = [&](const Node& part) { return Holds(part, person); };
  switch (node.kind) {
    case Filter::Kind::kEverything:
      return true;
    case Filter::Kind::kAnd:
      return std::all_of(node.parts.begin(), node.parts.end(), holds);
    case Filter::Kind::kOr:
      return std::any_of(node.parts.begin(), node.parts.end(), holds);
    case Filter::Kind::kCompare:
      return Compare(person[node.attribute], node.op, node.text);
  }
  return false;
}

bool Population::Holds(const Person& person) const {
  const absl::string_view kind = person[Attribute::kKind];
  return (says_kind_ || kind == "CUSTOMER" || kind == "PROSPECT") && Holds(root_, person);
}

}  // namespace hoiam::survey
