#include "platform/base/filter_match.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "platform/base/status.h"

namespace hoiam {
namespace {

constexpr absl::string_view kBelow = ".*";

bool IsEquality(const Filter& f) { return f.op == FilterOp::kEq || f.op == FilterOp::kNe; }

absl::Status Refuse(const Filter& f, absl::string_view what) {
  return InvalidFilter(f.position, absl::StrCat(f.field, what));
}

bool IsNamed(const MatchField& field, const Filter& f) {
  if (!absl::EndsWith(field.name, ".")) return field.name == f.field;
  return absl::StartsWith(f.field, field.name) && f.field.size() > field.name.size();
}

template <class T>
bool Compare(const T& left, FilterOp op, const T& right) {
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

struct Comparing {
  const Filter& f;

  bool operator()(std::monostate) const { return false; }
  bool operator()(absl::string_view text) const { return Compare(text, f.op, absl::string_view(f.value.text)); }
  bool operator()(PathText path) const {
    const absl::string_view top = SubtreeOf(f);
    if (top.empty()) return (*this)(path.text);
    absl::string_view rest = path.text;
    const bool inside = absl::ConsumePrefix(&rest, top) && (rest.empty() || rest.front() == '.');
    return inside == (f.op == FilterOp::kEq);
  }
  bool operator()(double number) const { return f.value.number && Compare(number, f.op, *f.value.number); }
  bool operator()(bool is) const {
    if (!IsEquality(f) || (f.value.text != "true" && f.value.text != "false")) return false;
    return (is == (f.value.text == "true")) == (f.op == FilterOp::kEq);
  }
  bool operator()(absl::Time t) const { return f.value.time && Compare(t, f.op, *f.value.time); }
  bool operator()(const std::vector<absl::string_view>& list) const {
    if (list.empty() || !IsEquality(f)) return false;
    const bool in = std::find(list.begin(), list.end(), f.value.text) != list.end();
    return in == (f.op == FilterOp::kEq);
  }
};

}  // namespace

absl::Status CheckComparison(const Filter& f, FilterFieldKind kind) {
  switch (kind) {
    case FilterFieldKind::kText:
    case FilterFieldKind::kPath:
    case FilterFieldKind::kAny:
      return absl::OkStatus();
    case FilterFieldKind::kInteger:
      if (f.value.number && std::floor(*f.value.number) == *f.value.number && std::fabs(*f.value.number) <= 1e15)
        return absl::OkStatus();
      return Refuse(f, " is compared with a whole number, without quotes");
    case FilterFieldKind::kNumber:
      return f.value.number ? absl::OkStatus() : Refuse(f, " is compared with a number, without quotes");
    case FilterFieldKind::kTime:
      return f.value.time ? absl::OkStatus() : Refuse(f, " is compared with a time such as 2026-01-31T00:00:00Z");
    case FilterFieldKind::kBool:
      if (!IsEquality(f)) return Refuse(f, " is compared with = or !=");
      return f.value.text == "true" || f.value.text == "false" ? absl::OkStatus()
                                                               : Refuse(f, " is compared with true or false");
  }
  return absl::OkStatus();
}

absl::Status CheckFilter(const Filter& f, const std::vector<MatchField>& fields) {
  for (const Filter& part : f.parts) HOIAM_RETURN_IF_ERROR(CheckFilter(part, fields));
  if (f.kind != Filter::Kind::kCompare) return absl::OkStatus();
  const auto field = std::find_if(fields.begin(), fields.end(), [&](const MatchField& x) { return IsNamed(x, f); });
  if (field == fields.end()) {
    const std::string names = absl::StrJoin(fields, ", ", [](std::string* out, const MatchField& x) {
      absl::StrAppend(out, x.name, absl::EndsWith(x.name, ".") ? "KEY" : "");
    });
    return InvalidFilter(f.position, absl::StrCat("'", f.field, "' cannot be filtered on; these can: ", names));
  }
  if (!field->values.empty()) {
    if (!IsEquality(f)) return Refuse(f, " is compared with = or !=");
    if (!f.value.text.empty() &&
        std::find(field->values.begin(), field->values.end(), f.value.text) == field->values.end())
      return Refuse(f, absl::StrCat(" is one of ", absl::StrJoin(field->values, ", ")));
  }
  return CheckComparison(f, field->kind);
}

absl::string_view FieldKey(const Filter& f) {
  const size_t dot = f.said.find('.');
  return dot == std::string::npos ? absl::string_view() : absl::string_view(f.said).substr(dot + 1);
}

absl::string_view SubtreeOf(const Filter& f) {
  absl::string_view top = f.value.text;
  return IsEquality(f) && absl::ConsumeSuffix(&top, kBelow) ? top : absl::string_view();
}

bool Matches(const Filter& f, absl::FunctionRef<FieldValue(const Filter& comparison)> lookup) {
  const auto holds = [&](const Filter& part) { return Matches(part, lookup); };
  switch (f.kind) {
    case Filter::Kind::kEverything:
      return true;
    case Filter::Kind::kAnd:
      return std::all_of(f.parts.begin(), f.parts.end(), holds);
    case Filter::Kind::kOr:
      return std::any_of(f.parts.begin(), f.parts.end(), holds);
    case Filter::Kind::kCompare:
      return std::visit(Comparing{f}, lookup(f));
  }
  return false;
}

}  // namespace hoiam
