#include "gateway/inbound/target.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "gateway/inbound/values.h"
#include "platform/base/decimal.h"
#include "platform/json/text_value.h"

namespace hoiam::gateway {
namespace {

using google::protobuf::Message;
using hoiam::survey::v1::Customer;
using hoiam::survey::v1::RecordInteractionRequest;

constexpr char kCustomer[] = "customer.";
constexpr char kProperties[] = "properties.";

bool MayBeFilled(const json::FieldInfo& f, bool of_customer) {
  if (f.repeated || f.map || f.hidden) return false;
  if (of_customer && f.name == "customerId") return false;
  return f.kind == json::Kind::kString || f.kind == json::Kind::kEnum || f.name == "occurredAt";
}

const json::MessageInfo& InfoOf(bool of_customer) {
  return json::InfoOf(of_customer ? Customer::descriptor() : RecordInteractionRequest::descriptor());
}

// A double holds 15 digits of any number.
bool FitsDouble(absl::string_view number) {
  return std::count_if(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; }) <= 15;
}

void SetProperty(const Mapping::Field& field, const JsonNode& found, RecordInteractionRequest& interaction) {
  auto& map =
      field.of_customer ? *interaction.mutable_customer()->mutable_properties() : *interaction.mutable_properties();
  google::protobuf::Value& value = map[field.property];
  double number;
  if (found.kind == JsonNode::Kind::kBool && field.prefix.empty())
    value.set_bool_value(found.text == "true");
  else if (found.kind == JsonNode::Kind::kNumber && field.prefix.empty() && FitsDouble(found.text) &&
           absl::SimpleAtod(found.text, &number))
    value.set_number_value(number);
  else
    value.set_string_value(absl::StrCat(field.prefix, found.text));
}

bool IsMoney(absl::string_view name) { return name == "amount" || name == "cost"; }

}  // namespace

bool FindTarget(absl::string_view name, Mapping::Field& field) {
  field.of_customer = absl::ConsumePrefix(&name, kCustomer);
  if (absl::ConsumePrefix(&name, kProperties)) {
    field.property = std::string(name);
    return !name.empty();
  }
  const json::FieldInfo* info = InfoOf(field.of_customer).Find(name);
  if (!info || !MayBeFilled(*info, field.of_customer)) return false;
  field.field = info;
  return true;
}

const std::string& TargetNames() {
  static const auto* names = [] {
    auto* out = new std::string;
    for (bool of_customer : {false, true}) {
      for (const json::FieldInfo& f : InfoOf(of_customer).fields)
        if (MayBeFilled(f, of_customer)) absl::StrAppend(out, of_customer ? kCustomer : "", f.name, ", ");
    }
    absl::StrAppend(out, kProperties, "<key>, ", kCustomer, kProperties, "<key>");
    return out;
  }();
  return *names;
}

bool TakesPrefix(const Mapping::Field& field) {
  return !field.field || (field.field->kind == json::Kind::kString && !IsMoney(field.field->name));
}

void SetFound(const Mapping& mapping, const Mapping::Field& field, const JsonNode& found,
              RecordInteractionRequest& interaction, Violations& v) {
  if (found.kind == JsonNode::Kind::kArray || found.kind == JsonNode::Kind::kObject)
    return v.Add(field.name, "WRONG_TYPE", "must be a text, a number or a boolean");
  if (!field.field) return SetProperty(field, found, interaction);
  if (field.name == "occurredAt") {
    const auto time = ReadTime(found.text, mapping.zone ? &*mapping.zone : nullptr);
    if (!time)
      return v.Add(field.name, "INVALID_TIME",
                   mapping.zone ? "must be a time such as 2026-11-21T10:00:00"
                                : "must be a time such as 2026-11-21T10:00:00+07:00; without a zone it needs timeZone");
    *interaction.mutable_occurred_at() = *time;
    return;
  }
  if (IsMoney(field.name)) {
    const auto amount = PlainNumber(found.text);
    if (!amount)
      return v.Add(field.name, "INVALID_AMOUNT", "must be a decimal of at most 18 digits, at most 6 after the point");
    return field.name == "cost" ? interaction.set_cost(*amount) : interaction.set_amount(*amount);
  }
  Message& owner = field.of_customer ? static_cast<Message&>(*interaction.mutable_customer()) : interaction;
  json::SetFromText(*field.field, absl::StrCat(field.prefix, found.text), field.name, owner, v);
}

void SetConstant(const Mapping& mapping, const Mapping::Field& field, RecordInteractionRequest& interaction,
                 Violations& v) {
  Mapping::Field without = field;
  without.prefix.clear();
  SetFound(mapping, without, JsonNode{JsonNode::Kind::kString, field.constant}, interaction, v);
}

}  // namespace hoiam::gateway
