#include "gateway/openapi/schemas.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "hoiam/options/v1/options.pb.h"
#include "platform/base/status.h"
#include "platform/json/reader.h"

namespace hoiam::gateway::openapi {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using json::FieldInfo;
using json::Kind;

std::string WithoutPackage(const std::string& full_name, const std::string& package) {
  return std::string(absl::StripPrefix(full_name, package + "."));
}

// Any JSON value, and google.protobuf.Any: the two that every document has.
std::string ValueSchema() {
  return Object{{"description", Text("Any JSON value.")},
                {"anyOf", List({Object{{"type", Text("string")}, {"nullable", "true"}},
                                Object{{"type", Text("number")}}, Object{{"type", Text("boolean")}},
                                Object{{"type", Text("object")}, {"additionalProperties", "true"}},
                                Object{{"type", Text("array")}, {"items", Ref("schemas", "Value")}}})}};
}

std::string AnySchema() {
  return Object{{"type", Text("object")},
                {"description", Text("A message that says its type, with the fields of that type.")},
                {"required", List({Text("@type")})},
                {"properties", Object{{"@type", Object{{"type", Text("string")},
                                                       {"description", Text("type.googleapis.com/ and its name.")}}}}},
                {"additionalProperties", "true"}};
}

void PutNumber(Object& o, absl::string_view name, const std::optional<int64_t>& n) {
  if (n) o.Put(name, absl::StrCat(*n));
}

bool IsNumber(Kind k) { return k == Kind::kInt32 || k == Kind::kUint32 || k == Kind::kDouble || k == Kind::kFloat; }

void PutLimits(const FieldInfo& f, const Said& said, Object& o) {
  if (f.map) return;
  if (f.repeated) {
    PutNumber(o, "minItems", said.low);
    PutNumber(o, "maxItems", f.per_item ? std::optional<int64_t>(json::kMaxItems) : said.high);
  } else if (IsNumber(f.kind)) {
    PutNumber(o, "minimum", said.low);
    PutNumber(o, "maximum", said.high);
    PutNumber(o, "default", said.preset);
  } else if (f.kind == Kind::kString) {
    PutNumber(o, "minLength", said.min_length);
    PutNumber(o, "maxLength", said.max_length);
    // What may be empty is answered as "", which the pattern of its other values does not match.
    if (said.text.find("empty") == std::string::npos) o.PutText("pattern", said.pattern);
  }
}

}  // namespace

std::string NameOf(const Descriptor* message) {
  return WithoutPackage(message->full_name(), message->file()->package());
}

std::string NameOf(const EnumDescriptor* type) {
  if (type->containing_type() && type->name() == "Code") return NameOf(type->containing_type());
  return WithoutPackage(type->full_name(), type->file()->package());
}

std::string Ref(absl::string_view section, absl::string_view name) {
  return Object{{"$ref", Text(absl::StrCat("#/components/", section, "/", name))}};
}

absl::Status Schemas::AddSent(const Descriptor* message, const Fields& but) { return Add(message, true, but); }
absl::Status Schemas::AddAnswered(const Descriptor* message) { return Add(message, false, {}); }

absl::Status Schemas::AddEnum(const EnumDescriptor* type) {
  const auto [at, fresh] = enums_.emplace(NameOf(type), type);
  if (at->second != type || messages_.count(NameOf(type)))
    return absl::FailedPreconditionError(absl::StrCat("two schemas would be called ", NameOf(type)));
  return absl::OkStatus();
}

absl::Status Schemas::Add(const Descriptor* message, bool sent, const Fields& but) {
  const auto [at, fresh] = messages_.emplace(NameOf(message), Use{message, false, false, but});
  Use& use = at->second;
  if (use.message != message || enums_.count(NameOf(message)))
    return absl::FailedPreconditionError(absl::StrCat("two schemas would be called ", NameOf(message)));
  if (use.but != but)
    return absl::FailedPreconditionError(absl::StrCat(message->full_name(), " is sent in two shapes"));
  bool& way = sent ? use.sent : use.answered;
  if (std::exchange(way, true)) return absl::OkStatus();
  for (const FieldInfo& f : json::InfoOf(message).fields) {
    if (f.hidden || but.count(f.field)) continue;
    const FieldInfo& value = f.map ? f.message->fields[1] : f;
    if (value.kind == Kind::kMessage) HOIAM_RETURN_IF_ERROR(Add(value.message->descriptor, sent, {}));
    if (value.kind == Kind::kEnum) HOIAM_RETURN_IF_ERROR(AddEnum(value.field->enum_type()));
  }
  return absl::OkStatus();
}

Object Schemas::Plain(const FieldInfo& f) const {
  const auto type = [](absl::string_view name, absl::string_view format = "") {
    return Object{{"type", Text(name)}}.PutText("format", format);
  };
  const auto ref = [](absl::string_view name) {
    return Object().Put("$ref", Text(absl::StrCat("#/components/schemas/", name)));
  };
  switch (f.kind) {
    case Kind::kBool:
      return type("boolean");
    case Kind::kInt32:
      return type("integer", "int32");
    case Kind::kUint32:
      return type("integer", "int64").Put("minimum", "0");
    case Kind::kInt64:
      return type("string", "int64");
    case Kind::kUint64:
      return type("string", "uint64");
    case Kind::kFloat:
      return type("number", "float");
    case Kind::kDouble:
      return type("number", "double");
    case Kind::kString:
      return type("string");
    case Kind::kBytes:
      return type("string", "byte");
    case Kind::kTimestamp:
      return type("string", "date-time");
    case Kind::kDuration:
      return type("string").Put("pattern", Text(R"(^-?[0-9]+(\.[0-9]{1,9})?s$)")).Put("example", Text("86400s"));
    case Kind::kFieldMask:
      return type("string").Put("example", Text("displayName,email"));
    case Kind::kStruct:
      return type("object").Put("additionalProperties", "true");
    case Kind::kListValue:
      return type("array").Put("items", Ref("schemas", "Value"));
    case Kind::kValue:
      return ref("Value");
    case Kind::kAny:
      return ref("Any");
    case Kind::kEnum:
      return ref(NameOf(f.field->enum_type()));
    case Kind::kMessage:
      return ref(NameOf(f.message->descriptor));
  }
  return Object();
}

std::string Schemas::Of(const FieldInfo& f, bool described) const {
  const Said said = Read(comments_.Of(f.field));
  Object limits;
  PutLimits(f, said, limits);
  if (described) limits.PutText("description", said.text);
  if (said.output_only) limits.Put("readOnly", "true");
  if (f.field->options().GetExtension(options::v1::decimal)) limits.Put("format", Text("decimal"));
  if (f.field->options().GetExtension(options::v1::sensitive)) limits.Put("x-sensitive", "true");
  const bool named =
      f.kind == Kind::kValue || f.kind == Kind::kAny || f.kind == Kind::kEnum || f.kind == Kind::kMessage;
  Object schema;
  if (f.map) {
    schema = Object{{"type", Text("object")}, {"additionalProperties", Plain(f.message->fields[1])}};
  } else if (f.repeated) {
    schema = Object{{"type", Text("array")}, {"items", Plain(f)}};
  } else if (named && !limits.empty()) {
    schema = Object{{"allOf", List({Plain(f)})}};  // what stands beside a $ref is not read
  } else {
    schema = Plain(f);
  }
  return schema.Append(limits);
}

bool Schemas::NeedsBody(const Descriptor* message) const {
  const auto use = messages_.find(NameOf(message));
  for (const FieldInfo& f : json::InfoOf(message).fields) {
    if (use != messages_.end() && use->second.but.count(f.field)) continue;
    if (!f.hidden && Read(comments_.Of(f.field)).required) return true;
  }
  return false;
}

std::string Schemas::MessageSchema(const Use& use) const {
  Object properties;
  std::vector<std::string> required;
  for (const FieldInfo& f : json::InfoOf(use.message).fields) {
    if (f.hidden || use.but.count(f.field)) continue;
    properties.Put(f.name, Of(f));
    // Answers have every field that has no presence of its own; what is also sent need not.
    const bool always = use.answered && !use.sent && !f.field->has_presence();
    if (always || (use.sent && Read(comments_.Of(f.field)).required)) required.push_back(Text(f.name));
  }
  Object schema{{"type", Text("object")}};
  schema.PutText("description", comments_.Of(use.message));
  if (!required.empty()) schema.Put("required", List(required));
  schema.Put("properties", properties);
  // The gateway refuses fields that it does not know; a later release may answer more than this one.
  if (!use.answered) schema.Put("additionalProperties", "false");
  return schema;
}

std::string Schemas::EnumSchema(const EnumDescriptor* type) const {
  std::string description =
      type->containing_type() && type->name() == "Code" ? comments_.Of(type->containing_type()) : comments_.Of(type);
  std::vector<std::string> names;
  for (int i = 0; i < type->value_count(); ++i) {
    names.push_back(Text(type->value(i)->name()));
    const std::string comment = comments_.Of(type->value(i));
    const absl::string_view gap = description.empty() ? "" : i == 0 ? "\n\n" : "\n";
    if (!comment.empty()) absl::StrAppend(&description, gap, "- `", type->value(i)->name(), "`: ", comment);
  }
  return Object{{"type", Text("string")}, {"enum", List(names)}}.PutText("description", description);
}

Object Schemas::Build() const {
  std::map<std::string, std::string> all = {{"Any", AnySchema()}, {"Value", ValueSchema()}};
  for (const auto& [name, use] : messages_) all[name] = MessageSchema(use);
  for (const auto& [name, type] : enums_) all[name] = EnumSchema(type);
  Object out;
  for (const auto& [name, schema] : all) out.Put(name, schema);
  return out;
}

}  // namespace hoiam::gateway::openapi
