#include "platform/json/text_value.h"

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "platform/base/text.h"
#include "platform/json/well_known.h"

namespace hoiam::json {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// What a text came to: nothing wrong, or a reason and what would be right.
struct Fault {
  const char* reason = nullptr;
  std::string description;
};

bool LooksIntegral(absl::string_view s) {
  if (!s.empty() && s[0] == '-') s.remove_prefix(1);
  if (s.empty()) return false;
  for (char c : s)
    if (c < '0' || c > '9') return false;
  return true;
}

template <class N, class Store>
Fault Integer(absl::string_view text, Store store) {
  N n;
  if (!LooksIntegral(text)) return {"WRONG_TYPE", "must be an integer"};
  if (!absl::SimpleAtoi(text, &n)) return {"OUT_OF_RANGE", "is too large or too small"};
  store(n);
  return {};
}

template <class Store>
Fault Real(absl::string_view text, Store store) {
  double d;
  const bool plain = text.find_first_not_of("0123456789+-.eE") == absl::string_view::npos;
  if (!plain || !absl::SimpleAtod(text, &d)) return {"WRONG_TYPE", "must be a number"};
  store(d);
  return {};
}

template <class T, class Parse>
Fault Parsed(absl::string_view text, Message& into, Parse parse, Fault fault) {
  T value;
  if (!parse(text, value)) return fault;
  if (T* same = google::protobuf::DynamicCastToGenerated<T>(&into)) {
    *same = std::move(value);
  } else {
    into.ParseFromString(value.SerializeAsString());
  }
  return {};
}

Fault Set(const FieldInfo& f, absl::string_view text, Message& m) {
  const auto& r = *m.GetReflection();
  const FieldDescriptor* d = f.field;
  const auto sub = [&]() -> Message& { return f.repeated ? *r.AddMessage(&m, d) : *r.MutableMessage(&m, d); };
  switch (f.kind) {
    case Kind::kString:
      if (!IsUtf8(text)) return {"INVALID_UTF8", "must be valid UTF-8"};
      f.repeated ? r.AddString(&m, d, std::string(text)) : r.SetString(&m, d, std::string(text));
      return {};
    case Kind::kBytes: {
      std::string raw;
      if (!absl::WebSafeBase64Unescape(text, &raw)) return {"INVALID_BASE64", "must be base64url"};
      f.repeated ? r.AddString(&m, d, raw) : r.SetString(&m, d, raw);
      return {};
    }
    case Kind::kBool:
      if (text != "true" && text != "false") return {"WRONG_TYPE", "must be true or false"};
      f.repeated ? r.AddBool(&m, d, text == "true") : r.SetBool(&m, d, text == "true");
      return {};
    case Kind::kInt32:
      return Integer<int32_t>(text, [&](int32_t n) { f.repeated ? r.AddInt32(&m, d, n) : r.SetInt32(&m, d, n); });
    case Kind::kUint32:
      return Integer<uint32_t>(text, [&](uint32_t n) { f.repeated ? r.AddUInt32(&m, d, n) : r.SetUInt32(&m, d, n); });
    case Kind::kInt64:
      return Integer<int64_t>(text, [&](int64_t n) { f.repeated ? r.AddInt64(&m, d, n) : r.SetInt64(&m, d, n); });
    case Kind::kUint64:
      return Integer<uint64_t>(text, [&](uint64_t n) { f.repeated ? r.AddUInt64(&m, d, n) : r.SetUInt64(&m, d, n); });
    case Kind::kFloat:
      return Real(text, [&](double n) { f.repeated ? r.AddFloat(&m, d, n) : r.SetFloat(&m, d, n); });
    case Kind::kDouble:
      return Real(text, [&](double n) { f.repeated ? r.AddDouble(&m, d, n) : r.SetDouble(&m, d, n); });
    case Kind::kEnum: {
      const auto* v = d->enum_type()->FindValueByName(std::string(text));
      if (!v) return {"INVALID_ENUM", absl::StrCat("must be one of ", EnumNames(d->enum_type()))};
      f.repeated ? r.AddEnum(&m, d, v) : r.SetEnum(&m, d, v);
      return {};
    }
    case Kind::kTimestamp:
      return Parsed<google::protobuf::Timestamp>(
          text, sub(), ParseTimestamp,
          {"INVALID_TIME", "must be RFC 3339, e.g. 2026-11-21T10:00:00Z (a + is %2B here)"});
    case Kind::kDuration:
      return Parsed<google::protobuf::Duration>(text, sub(), ParseDuration,
                                                {"INVALID_DURATION", "must be seconds with an s, e.g. 3600s"});
    case Kind::kFieldMask:
      return Parsed<google::protobuf::FieldMask>(
          text, sub(), ParseFieldMask, {"INVALID_FIELD_MASK", "must be names of fields, by commas, and not empty"});
    default:
      return {"WRONG_TYPE", "cannot be given here"};
  }
}

}  // namespace

void SetFromText(const FieldInfo& field, absl::string_view text, absl::string_view path, Message& message,
                 Violations& violations) {
  const Fault fault = Set(field, text, message);
  if (fault.reason) violations.Add(path, fault.reason, fault.description);
}

bool FitsText(const FieldInfo& f) {
  return !f.map && f.kind != Kind::kStruct && f.kind != Kind::kValue && f.kind != Kind::kListValue &&
         f.kind != Kind::kAny && f.kind != Kind::kMessage;
}

std::string EnumNames(const google::protobuf::EnumDescriptor* type) {
  std::string out;
  for (int i = 0; i < type->value_count(); ++i) {
    if (type->value(i)->number() == 0) continue;
    absl::StrAppend(&out, out.empty() ? "" : ", ", type->value(i)->name());
  }
  return out;
}

}  // namespace hoiam::json
