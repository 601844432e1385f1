#include "platform/json/reader.h"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <algorithm>
#include <bitset>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "google/protobuf/struct.pb.h"
#include "google/rpc/status.pb.h"
#include "platform/base/text.h"
#include "platform/json/fields.h"
#include "platform/json/text_value.h"
#include "platform/json/well_known.h"
#include "platform/rpc/status_wire.h"

namespace hoiam::json {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using Pool = rapidjson::MemoryPoolAllocator<>;
using Document = rapidjson::GenericDocument<rapidjson::UTF8<>, Pool, Pool>;
using Json = Document::ValueType;

// The field of what is wrong with the body as a whole.
constexpr char kWholeBody[] = "$";

absl::string_view Text(const Json& j) { return {j.GetString(), j.GetStringLength()}; }

bool Utf8(absl::string_view s) {
  for (unsigned char c : s)
    if (c >= 0x80) return IsUtf8(s);
  return true;
}

const char* TypeName(const Json& j) {
  switch (j.GetType()) {
    case rapidjson::kNullType:
      return "null";
    case rapidjson::kFalseType:
    case rapidjson::kTrueType:
      return "a boolean";
    case rapidjson::kObjectType:
      return "an object";
    case rapidjson::kArrayType:
      return "a list";
    case rapidjson::kStringType:
      return "a string";
    case rapidjson::kNumberType:
      return "a number";
  }
  return "";
}

// A place in the body, written out only when something is wrong there.
struct Path {
  const Path* up = nullptr;
  absl::string_view name;
  int index = -1;  // ≥ 0: an item of a list

  std::string ToString() const {
    std::string out = up ? up->ToString() : "";
    if (index >= 0) return absl::StrCat(out, "[", index, "]");
    if (!up) return out;
    const absl::string_view shown = name.substr(0, 64);
    return absl::StrCat(out, out.empty() ? "" : ".", Utf8(shown) ? std::string(shown) : absl::CHexEscape(shown));
  }
};

class Walker {
 public:
  explicit Walker(Violations& violations) : violations_(violations) {}

  bool ok() const { return count_ == 0; }

  void Object(const Json& j, const MessageInfo& info, Message& m, const Path& path, int depth,
              std::vector<const FieldDescriptor*>* present) {
    if (!j.IsObject()) return WrongType(path, "an object", j);
    if (depth > kMaxDepth) return TooDeep(path);
    const Reflection& r = *m.GetReflection();
    std::bitset<MessageInfo::kMaxFields> seen;
    for (auto it = j.MemberBegin(); it != j.MemberEnd(); ++it) {
      const absl::string_view name = Text(it->name);
      const Path here{&path, name};
      const FieldInfo* f = info.Find(name);
      if (!f) {
        Unknown(info, name, here);
        continue;
      }
      if (seen[f->field->index()]) {
        Add(here, "DUPLICATE_KEY", "is given more than once");
        continue;
      }
      seen[f->field->index()] = true;
      if (present) present->push_back(f->field);
      if (it->value.IsNull() && f->kind != Kind::kValue) continue;
      if (const auto* oneof = f->field->real_containing_oneof(); oneof && r.HasOneof(m, oneof)) {
        Add(here, "ONEOF_CONFLICT",
            absl::StrCat("must not be given together with ", r.GetOneofFieldDescriptor(m, oneof)->json_name()));
        continue;
      }
      Field(it->value, *f, info, m, here, depth + 1);
    }
  }

 private:
  void Field(const Json& j, const FieldInfo& f, const MessageInfo& owner, Message& m, const Path& path, int depth) {
    if (f.map) return Map(j, f, m, path, depth);
    if (!f.repeated) return Single(j, f, m, path, depth);
    if (!j.IsArray()) return WrongType(path, "a list", j);
    if (depth > kMaxDepth) return TooDeep(path);
    if (f.per_item && j.Size() > kMaxItems)
      return Add(path, "TOO_MANY_ITEMS", absl::StrCat("must hold at most ", kMaxItems, " items"),
                 {{"max", absl::StrCat(kMaxItems)}});
    int i = 0;
    for (const Json& item : j.GetArray()) {
      const Path here{&path, "", i};
      if (f.per_item) {
        Item(item, i, f, owner, m, here, depth + 1);
      } else if (item.IsNull() && f.kind != Kind::kValue) {
        WrongType(here, "a value", item);
      } else {
        Single(item, f, m, here, depth + 1);
      }
      ++i;
    }
  }

  void Item(const Json& j, int index, const FieldInfo& f, const MessageInfo& owner, Message& m, const Path& path,
            int depth) {
    const Reflection& r = *m.GetReflection();
    Message& item = *r.AddMessage(&m, f.field);
    Violations violations;
    Walker walker(violations);
    walker.Object(j, *f.message, item, path, depth, nullptr);
    if (walker.ok()) return;
    item.Clear();
    Message& entry = *r.AddMessage(&m, owner.rejected_items);
    const auto* type = entry.GetDescriptor();
    entry.GetReflection()->SetUInt32(&entry, type->map_key(), index);
    entry.GetReflection()
        ->MutableMessage(&entry, type->map_value())
        ->ParseFromString(rpc::ToProto(violations.ToStatus()).SerializeAsString());
  }

  void Map(const Json& j, const FieldInfo& f, Message& m, const Path& path, int depth) {
    if (!j.IsObject()) return WrongType(path, "an object", j);
    if (depth > kMaxDepth) return TooDeep(path);
    const Reflection& r = *m.GetReflection();
    const FieldInfo& key = f.message->fields[0];
    const FieldInfo& value = f.message->fields[1];
    absl::flat_hash_set<absl::string_view> seen;
    for (auto it = j.MemberBegin(); it != j.MemberEnd(); ++it) {
      const absl::string_view name = Text(it->name);
      const Path here{&path, name};
      if (!Utf8(name)) {
        Add(here, "INVALID_UTF8", "must be valid UTF-8");
        continue;
      }
      if (!seen.insert(name).second) {
        Add(here, "DUPLICATE_KEY", "is given more than once");
        continue;
      }
      Message& entry = *r.AddMessage(&m, f.field);
      if (key.kind == Kind::kString) {
        entry.GetReflection()->SetString(&entry, key.field, std::string(name));
      } else {
        FromText(key, name, entry, here);
      }
      if (it->value.IsNull() && value.kind != Kind::kValue) {
        WrongType(here, "a value", it->value);
      } else {
        Single(it->value, value, entry, here, depth + 1);
      }
    }
  }

  // One value: a field's own, or one more item of a repeated field.
  void Single(const Json& j, const FieldInfo& f, Message& m, const Path& path, int depth) {
    const Reflection& r = *m.GetReflection();
    const FieldDescriptor* d = f.field;
    const auto sub = [&]() -> Message& { return f.repeated ? *r.AddMessage(&m, d) : *r.MutableMessage(&m, d); };
    switch (f.kind) {
      case Kind::kString: {
        if (!j.IsString()) return WrongType(path, "a string", j);
        if (!Utf8(Text(j))) return Add(path, "INVALID_UTF8", "must be valid UTF-8");
        std::string s(Text(j));
        return f.repeated ? r.AddString(&m, d, std::move(s)) : r.SetString(&m, d, std::move(s));
      }
      case Kind::kBytes: {
        std::string raw;
        if (!j.IsString()) return WrongType(path, "a base64 string", j);
        if (!absl::Base64Unescape(Text(j), &raw) && !absl::WebSafeBase64Unescape(Text(j), &raw))
          return Add(path, "INVALID_BASE64", "must be base64");
        return f.repeated ? r.AddString(&m, d, std::move(raw)) : r.SetString(&m, d, std::move(raw));
      }
      case Kind::kBool:
        if (!j.IsBool()) return WrongType(path, "true or false", j);
        return f.repeated ? r.AddBool(&m, d, j.GetBool()) : r.SetBool(&m, d, j.GetBool());
      case Kind::kInt32: {
        int32_t n;
        if (!Integer(j, path, n)) return;
        return f.repeated ? r.AddInt32(&m, d, n) : r.SetInt32(&m, d, n);
      }
      case Kind::kUint32: {
        uint32_t n;
        if (!Integer(j, path, n)) return;
        return f.repeated ? r.AddUInt32(&m, d, n) : r.SetUInt32(&m, d, n);
      }
      case Kind::kInt64: {
        int64_t n;
        if (!Integer(j, path, n)) return;
        return f.repeated ? r.AddInt64(&m, d, n) : r.SetInt64(&m, d, n);
      }
      case Kind::kUint64: {
        uint64_t n;
        if (!Integer(j, path, n)) return;
        return f.repeated ? r.AddUInt64(&m, d, n) : r.SetUInt64(&m, d, n);
      }
      case Kind::kFloat:
        if (!j.IsNumber()) return WrongType(path, "a number", j);
        if (std::fabs(j.GetDouble()) > std::numeric_limits<float>::max()) return OutOfRange(path);
        return f.repeated ? r.AddFloat(&m, d, static_cast<float>(j.GetDouble()))
                          : r.SetFloat(&m, d, static_cast<float>(j.GetDouble()));
      case Kind::kDouble:
        if (!j.IsNumber()) return WrongType(path, "a number", j);
        return f.repeated ? r.AddDouble(&m, d, j.GetDouble()) : r.SetDouble(&m, d, j.GetDouble());
      case Kind::kEnum:
      case Kind::kTimestamp:
      case Kind::kDuration:
      case Kind::kFieldMask: {
        if (!j.IsString()) return WrongType(path, "a string", j);
        return FromText(f, Text(j), m, path);
      }
      case Kind::kStruct:
        return Free<google::protobuf::Struct>(j, sub(), path, depth);
      case Kind::kValue:
        return Free<google::protobuf::Value>(j, sub(), path, depth);
      case Kind::kListValue:
        return Free<google::protobuf::ListValue>(j, sub(), path, depth);
      case Kind::kAny:
        return Add(path, "WRONG_TYPE", "cannot be given");
      case Kind::kMessage:
        return Object(j, *f.message, sub(), path, depth, nullptr);
    }
  }

  void FromText(const FieldInfo& f, absl::string_view text, Message& m, const Path& path) {
    Violations wrong;
    SetFromText(f, text, "", m, wrong);
    if (wrong.empty()) return;
    const Violation fault = DetailOf(wrong.ToStatus())->violations.front();
    Add(path, fault.reason.c_str(), fault.description);
  }

  template <class N>
  bool Integer(const Json& j, const Path& path, N& n) {
    constexpr bool kWide = sizeof(N) == 8;
    if (j.IsString() && kWide) {
      if (absl::SimpleAtoi(Text(j), &n) && absl::StrCat(n) == Text(j)) return true;
      return WrongType(path, "an integer", j), false;
    }
    if (!j.IsNumber()) return WrongType(path, "an integer", j), false;
    if (j.IsInt64() || j.IsUint64()) {
      const bool fits = j.IsInt64() ? std::in_range<N>(j.GetInt64()) : std::in_range<N>(j.GetUint64());
      if (!fits) return OutOfRange(path), false;
      n = static_cast<N>(j.IsInt64() ? j.GetInt64() : static_cast<int64_t>(j.GetUint64()));
      return true;
    }
    const double d = j.GetDouble();
    if (d != std::floor(d)) return Add(path, "WRONG_TYPE", "must be an integer, without a fraction"), false;
    if (std::fabs(d) > 9007199254740992.0 || !std::in_range<N>(static_cast<int64_t>(d))) return OutOfRange(path), false;
    n = static_cast<N>(d);
    return true;
  }

  // Struct, Value and ListValue: any JSON.
  template <class T>
  void Free(const Json& j, Message& into, const Path& path, int depth) {
    if (T* same = google::protobuf::DynamicCastToGenerated<T>(&into)) return Copy(j, *same, path, depth);
    T value;
    Copy(j, value, path, depth);
    into.ParseFromString(value.SerializeAsString());
  }
  void Copy(const Json& j, google::protobuf::Struct& s, const Path& path, int depth) {
    if (!j.IsObject()) return WrongType(path, "an object", j);
    if (depth > kMaxDepth) return TooDeep(path);
    for (auto it = j.MemberBegin(); it != j.MemberEnd(); ++it) {
      const absl::string_view name = Text(it->name);
      const Path here{&path, name};
      if (!Utf8(name)) {
        Add(here, "INVALID_UTF8", "must be valid UTF-8");
      } else if (s.fields().contains(std::string(name))) {
        Add(here, "DUPLICATE_KEY", "is given more than once");
      } else {
        Copy(it->value, (*s.mutable_fields())[std::string(name)], here, depth + 1);
      }
    }
  }
  void Copy(const Json& j, google::protobuf::ListValue& l, const Path& path, int depth) {
    if (!j.IsArray()) return WrongType(path, "a list", j);
    if (depth > kMaxDepth) return TooDeep(path);
    int i = 0;
    for (const Json& item : j.GetArray()) Copy(item, *l.add_values(), Path{&path, "", i++}, depth + 1);
  }
  void Copy(const Json& j, google::protobuf::Value& v, const Path& path, int depth) {
    switch (j.GetType()) {
      case rapidjson::kNullType:
        return v.set_null_value(google::protobuf::NULL_VALUE);
      case rapidjson::kFalseType:
        return v.set_bool_value(false);
      case rapidjson::kTrueType:
        return v.set_bool_value(true);
      case rapidjson::kNumberType:
        return v.set_number_value(j.GetDouble());
      case rapidjson::kObjectType:
        return Copy(j, *v.mutable_struct_value(), path, depth);
      case rapidjson::kArrayType:
        return Copy(j, *v.mutable_list_value(), path, depth);
      case rapidjson::kStringType:
        if (!Utf8(Text(j))) return Add(path, "INVALID_UTF8", "must be valid UTF-8");
        return v.set_string_value(std::string(Text(j)));
    }
  }

  void Unknown(const MessageInfo& info, absl::string_view name, const Path& path) {
    const FieldDescriptor* snake = info.descriptor->FindFieldByName(std::string(name));
    const FieldInfo* meant = snake ? info.Find(snake->json_name()) : nullptr;
    Add(path, "UNKNOWN_FIELD",
        meant ? absl::StrCat("is not a field here; it is written ", meant->name) : "is not a field here");
  }
  void WrongType(const Path& path, const char* right, const Json& j) {
    Add(path, "WRONG_TYPE", absl::StrCat("must be ", right, ", not ", TypeName(j)));
  }
  void OutOfRange(const Path& path) { Add(path, "OUT_OF_RANGE", "is too large or too small for this field"); }
  void TooDeep(const Path& path) {
    Add(path, "TOO_DEEP", absl::StrCat("is deeper than ", kMaxDepth, " levels"), {{"max", absl::StrCat(kMaxDepth)}});
  }
  void Add(const Path& path, const char* reason, absl::string_view description,
           std::map<std::string, std::string> meta = {}) {
    if (++count_ > kMaxViolations) return;
    const std::string field = path.ToString();
    violations_.Add(field.empty() ? kWholeBody : field, reason, description, std::move(meta));
  }

  Violations& violations_;
  int count_ = 0;
};

void NotJson(size_t offset, int64_t line, const char* what, Violations& v) {
  v.Add(kWholeBody, "INVALID_JSON",
        absl::StrCat("the body is not JSON: ", what, " (line ", line, ", byte ", offset, ")"),
        {{"line", absl::StrCat(line)}, {"offset", absl::StrCat(offset)}});
}

// How much of `text` is a number that is zero, as "0.000", "0e300" and "0.0E-5" are, without its sign; 0 when it begins
// with another.
size_t ZeroLength(absl::string_view text) {
  absl::string_view rest = text;
  const auto skip = [&](absl::string_view any_of) {
    const size_t n = std::min(rest.find_first_not_of(any_of), rest.size());
    rest.remove_prefix(n);
    return n > 0;
  };
  if (!absl::ConsumePrefix(&rest, "0")) return 0;
  if (absl::ConsumePrefix(&rest, ".") && !skip("0")) return 0;
  if (!rest.empty() && absl::ascii_isdigit(rest[0])) return 0;
  if (absl::ConsumePrefix(&rest, "e") || absl::ConsumePrefix(&rest, "E")) {
    if (!absl::ConsumePrefix(&rest, "-")) absl::ConsumePrefix(&rest, "+");
    if (!skip("0123456789")) return 0;
  }
  return text.size() - rest.size();
}

// Makes "0.000e300" to "0", with spaces for the rest: rapidjson (1.1.0, full precision) counts the leading zeros of
// such a zero, which has no end.
void ShortenZeros(std::string& text) {
  bool in_string = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') in_string = !in_string;
    if (in_string && text[i] == '\\') ++i;
    if (in_string || i >= text.size() || !absl::ascii_isdigit(text[i])) continue;
    const size_t end = std::min(text.find_first_not_of("0123456789.eE+-", i), text.size());
    const size_t zero = ZeroLength(absl::string_view(text).substr(i, end - i));
    if (zero > 1) std::fill_n(text.begin() + static_cast<ptrdiff_t>(i) + 1, zero - 1, ' ');
    i = end - 1;
  }
}

}  // namespace

void ReadObject(std::string text, Message& message, Violations& violations,
                std::vector<const FieldDescriptor*>* present) {
  constexpr unsigned kFlags =
      rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag | rapidjson::kParseFullPrecisionFlag;
  const auto lines = std::count(text.begin(), text.end(), '\n');  // before parsing overwrites them
  const auto line_of = [&](size_t at) { return 1 + lines - std::count(text.begin() + at, text.end(), '\n'); };
  if (const size_t nul = text.find('\0'); nul != std::string::npos)  // where rapidjson would take the body to end
    return NotJson(nul, line_of(nul), "it holds a NUL byte.", violations);
  ShortenZeros(text);
  char values[16384], stack[4096];
  Pool value_pool(values, sizeof(values)), stack_pool(stack, sizeof(stack));
  Document doc(&value_pool, 1024, &stack_pool);
  doc.ParseInsitu<kFlags>(text.data());
  if (doc.HasParseError()) {
    const size_t at = std::min(doc.GetErrorOffset(), text.size());
    return NotJson(at, line_of(at), rapidjson::GetParseError_En(doc.GetParseError()), violations);
  }
  Walker(violations).Object(doc, InfoOf(message.GetDescriptor()), message, Path{}, 1, present);
}

}  // namespace hoiam::json
