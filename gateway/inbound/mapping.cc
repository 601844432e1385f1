#include "gateway/inbound/mapping.h"

#include <array>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "gateway/inbound/json_tree.h"
#include "gateway/inbound/target.h"
#include "gateway/limits.h"
#include "platform/base/text.h"

namespace hoiam::gateway {
namespace {

using hoiam::survey::v1::RecordInteractionRequest;

constexpr std::array kRequired = {"interactionId", "customerId", "type", "occurredAt"};

void TooMany(absl::string_view field, size_t max, Violations& v) {
  v.Add(field, "TOO_MANY", absl::StrCat("must hold at most ", max, " entries"), {{"max", absl::StrCat(max)}});
}

Mapping::Source ReadSource(absl::string_view path, absl::string_view field, Violations& v) {
  Mapping::Source source;
  source.from_root = absl::StartsWith(path, "//");
  source.pointer = std::string(source.from_root ? path.substr(1) : path);
  CheckLine(path, field, kMaxInboundPointer, v);
  if (!ParsePointer(source.pointer, source.tokens))
    v.Add(field, "INVALID_POINTER", "must be a JSON pointer such as /Order/Code, or //Shop/Id from the root");
  return source;
}

std::optional<absl::TimeZone> ReadZone(absl::string_view name, absl::string_view field, Violations& v) {
  if (name.empty()) return std::nullopt;
  if (auto zone = FindTimeZone(name); zone) return zone;
  v.Add(field, "UNKNOWN_TIME_ZONE", "must be an IANA zone, e.g. Asia/Ho_Chi_Minh");
  return std::nullopt;
}

// What a constant must come to, tried once.
void CheckConstant(const Mapping& mapping, const Mapping::Field& field, absl::string_view at, Violations& v) {
  if (field.constant.empty()) return;
  RecordInteractionRequest scratch;
  Violations wrong;
  SetConstant(mapping, field, scratch, wrong);
  if (field.name == "type") CheckUpperSnake(field.constant, at, wrong);
  if (field.name == "touchpoint" || field.name == "channel") CheckSlug(field.constant, at, false, wrong);
  if (!wrong.empty()) v.Add(at, "INVALID_CONSTANT", DetailOf(wrong.ToStatus())->violations.front().description);
}

void ReadField(const v1::InboundField& in, const std::string& at, Mapping& mapping, Violations& v) {
  Mapping::Field field;
  field.name = in.field();
  field.constant = in.constant();
  field.prefix = in.prefix();
  CheckLine(in.constant(), at + ".constant", kMaxInboundConstant, v);
  CheckLine(in.prefix(), at + ".prefix", kMaxInboundPrefix, v);
  if (!in.path().empty()) field.source = ReadSource(in.path(), at + ".path", v);
  if (in.path().empty() && in.constant().empty()) v.Add(at + ".path", "REQUIRED", "a path or a constant is required");
  if (!FindTarget(in.field(), field))
    return v.Add(at + ".field", "UNKNOWN_TARGET", absl::StrCat("must be a field of an interaction: ", TargetNames()));
  if (!TakesPrefix(field) && !in.prefix().empty())
    v.Add(at + ".prefix", "PREFIX_NOT_ALLOWED", absl::StrCat(in.field(), " takes no prefix"));
  // One id for everything would make everything but the first a duplicate.
  if (in.field() == "interactionId" && !in.constant().empty())
    v.Add(at + ".constant", "CONSTANT_NOT_ALLOWED", "interactionId must differ from item to item");
  else
    CheckConstant(mapping, field, at + ".constant", v);
  mapping.fields.push_back(std::move(field));
}

void CheckWhole(const v1::Inbound& inbound, const std::string& at, Violations& v) {
  absl::flat_hash_set<absl::string_view> given;
  for (int i = 0; i < inbound.fields_size(); ++i) {
    const absl::string_view name = inbound.fields(i).field();
    if (!given.insert(name).second)
      v.Add(absl::StrCat(at, "[", i, "].field"), "DUPLICATE_TARGET", "is given more than once");
  }
  for (const char* name : kRequired) {
    if (!given.contains(name))
      v.Add(at, "REQUIRED", absl::StrCat("must say where ", name, " comes from"), {{"target", name}});
  }
  const bool money = given.contains("amount") || given.contains("cost");
  if (money != given.contains("currency"))
    v.Add(at, "REQUIRED", "must hold amount or cost, and currency, or none of them",
          {{"target", money ? "currency" : "amount"}});
}

}  // namespace

Mapping ReadMapping(const v1::Inbound& inbound, absl::string_view prefix, Violations& v) {
  Mapping mapping;
  const auto at = [&](auto... more) { return absl::StrCat(prefix, more...); };
  mapping.zone = ReadZone(inbound.time_zone(), at("timeZone"), v);
  CheckLine(inbound.items(), at("items"), kMaxInboundPointer, v);
  if (absl::StartsWith(inbound.items(), "//") || !ParsePointer(inbound.items(), mapping.items))
    v.Add(at("items"), "INVALID_POINTER", "must be a JSON pointer such as /Notifications/*/Data/*, or be left out");

  if (inbound.conditions_size() > kMaxInboundConditions) TooMany(at("conditions"), kMaxInboundConditions, v);
  for (int i = 0; i < inbound.conditions_size() && i < kMaxInboundConditions; ++i) {
    const v1::InboundCondition& in = inbound.conditions(i);
    const std::string here = at("conditions[", i, "]");
    if (in.path().empty()) v.Add(here + ".path", "REQUIRED", "is required");
    if (in.values().empty()) v.Add(here + ".values", "REQUIRED", "must hold at least one value");
    if (in.values_size() > kMaxInboundConditionValues) TooMany(here + ".values", kMaxInboundConditionValues, v);
    for (int k = 0; k < in.values_size() && k < kMaxInboundConditionValues; ++k)
      CheckLine(in.values(k), absl::StrCat(here, ".values[", k, "]"), kMaxInboundConstant, v);
    mapping.conditions.push_back({ReadSource(in.path(), here + ".path", v), {in.values().begin(), in.values().end()}});
  }

  if (inbound.fields_size() > kMaxInboundFields) return TooMany(at("fields"), kMaxInboundFields, v), mapping;
  for (int i = 0; i < inbound.fields_size(); ++i) ReadField(inbound.fields(i), at("fields[", i, "]"), mapping, v);
  CheckWhole(inbound, at("fields"), v);
  return mapping;
}

}  // namespace hoiam::gateway
