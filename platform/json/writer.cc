#include "platform/json/writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <memory>

#include "absl/strings/escaping.h"
#include "google/protobuf/any.pb.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/struct.pb.h"
#include "platform/json/fields.h"
#include "platform/json/well_known.h"

namespace hoiam::json {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

void Object(const Message& m, const MessageInfo& info, bool first, std::string& out);
void Append(const google::protobuf::Value& v, std::string& out);

// `m` as the generated class T: itself, or (of a dynamic descriptor) a copy.
template <class T, class F>
void As(const Message& m, F use) {
  if (const T* t = google::protobuf::DynamicCastToGenerated<T>(&m)) return use(*t);
  T copy;
  copy.ParseFromString(m.SerializeAsString());
  use(copy);
}

template <class N>
void Number(N n, std::string& out) {
  if constexpr (std::is_floating_point_v<N>) {
    if (!std::isfinite(n)) {
      out += std::isnan(n) ? "\"NaN\"" : n > 0 ? "\"Infinity\"" : "\"-Infinity\"";
      return;
    }
  }
  std::array<char, 32> buf;
  const auto end = std::to_chars(buf.data(), buf.data() + buf.size(), n).ptr;
  out.append(buf.data(), end);
}

template <class N>
void Quoted(N n, std::string& out) {
  out += '"';
  Number(n, out);
  out += '"';
}

void Enum(const FieldDescriptor* f, int number, std::string& out) {
  if (f->enum_type()->full_name() == "google.protobuf.NullValue") {
    out += "null";
  } else if (const auto* v = f->enum_type()->FindValueByNumber(number)) {
    out += '"';
    out += v->name();
    out += '"';
  } else {
    Number(number, out);  // of a newer release
  }
}

void Append(const google::protobuf::Struct& s, std::string& out) {
  std::map<absl::string_view, const google::protobuf::Value*> sorted;
  for (const auto& [k, v] : s.fields()) sorted[k] = &v;
  out += '{';
  bool first = true;
  for (const auto& [k, v] : sorted) {
    if (!first) out += ',';
    first = false;
    AppendString(k, out);
    out += ':';
    Append(*v, out);
  }
  out += '}';
}

void Append(const google::protobuf::ListValue& l, std::string& out) {
  out += '[';
  for (int i = 0; i < l.values_size(); ++i) {
    if (i > 0) out += ',';
    Append(l.values(i), out);
  }
  out += ']';
}

void Append(const google::protobuf::Value& v, std::string& out) {
  switch (v.kind_case()) {
    case google::protobuf::Value::kNumberValue:
      return Number(v.number_value(), out);
    case google::protobuf::Value::kStringValue:
      return AppendString(v.string_value(), out);
    case google::protobuf::Value::kBoolValue:
      out += v.bool_value() ? "true" : "false";
      return;
    case google::protobuf::Value::kStructValue:
      return Append(v.struct_value(), out);
    case google::protobuf::Value::kListValue:
      return Append(v.list_value(), out);
    default:
      out += "null";
  }
}

// {"@type": …, fields}; of a type that is not linked in: {"@type": …, "value": base64}.
void Append(const google::protobuf::Any& any, std::string& out) {
  out += "{\"@type\":";
  AppendString(any.type_url(), out);
  const absl::string_view url = any.type_url();
  const auto* d = google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
      std::string(url.substr(url.rfind('/') + 1)));
  const Message* prototype = d ? google::protobuf::MessageFactory::generated_factory()->GetPrototype(d) : nullptr;
  std::unique_ptr<Message> inner(prototype ? prototype->New() : nullptr);
  if (inner && inner->ParseFromString(any.value())) return Object(*inner, InfoOf(d), false, out);
  out += ",\"value\":\"";
  out += absl::Base64Escape(any.value());
  out += "\"}";
}

void MessageValue(const Message& m, const FieldInfo& f, std::string& out) {
  switch (f.kind) {
    case Kind::kTimestamp:
      return As<google::protobuf::Timestamp>(m, [&](const auto& t) { AppendString(FormatTimestamp(t), out); });
    case Kind::kDuration:
      return As<google::protobuf::Duration>(m, [&](const auto& t) { AppendString(FormatDuration(t), out); });
    case Kind::kFieldMask:
      return As<google::protobuf::FieldMask>(m, [&](const auto& t) { AppendString(FormatFieldMask(t), out); });
    case Kind::kStruct:
      return As<google::protobuf::Struct>(m, [&](const auto& t) { Append(t, out); });
    case Kind::kValue:
      return As<google::protobuf::Value>(m, [&](const auto& t) { Append(t, out); });
    case Kind::kListValue:
      return As<google::protobuf::ListValue>(m, [&](const auto& t) { Append(t, out); });
    case Kind::kAny:
      return As<google::protobuf::Any>(m, [&](const auto& t) { Append(t, out); });
    default:
      return Object(m, *f.message, true, out);
  }
}

void Bytes(const std::string& s, std::string& out) {
  out += '"';
  out += absl::Base64Escape(s);
  out += '"';
}

void Single(const Message& m, const Reflection& r, const FieldInfo& f, std::string& out) {
  std::string scratch;
  switch (f.kind) {
    case Kind::kBool:
      out += r.GetBool(m, f.field) ? "true" : "false";
      return;
    case Kind::kInt32:
      return Number(r.GetInt32(m, f.field), out);
    case Kind::kUint32:
      return Number(r.GetUInt32(m, f.field), out);
    case Kind::kInt64:
      return Quoted(r.GetInt64(m, f.field), out);
    case Kind::kUint64:
      return Quoted(r.GetUInt64(m, f.field), out);
    case Kind::kFloat:
      return Number(r.GetFloat(m, f.field), out);
    case Kind::kDouble:
      return Number(r.GetDouble(m, f.field), out);
    case Kind::kString:
      return AppendString(r.GetStringReference(m, f.field, &scratch), out);
    case Kind::kBytes:
      return Bytes(r.GetStringReference(m, f.field, &scratch), out);
    case Kind::kEnum:
      return Enum(f.field, r.GetEnumValue(m, f.field), out);
    default:
      return MessageValue(r.GetMessage(m, f.field), f, out);
  }
}

void Element(const Message& m, const Reflection& r, const FieldInfo& f, int i, std::string& out) {
  std::string scratch;
  switch (f.kind) {
    case Kind::kBool:
      out += r.GetRepeatedBool(m, f.field, i) ? "true" : "false";
      return;
    case Kind::kInt32:
      return Number(r.GetRepeatedInt32(m, f.field, i), out);
    case Kind::kUint32:
      return Number(r.GetRepeatedUInt32(m, f.field, i), out);
    case Kind::kInt64:
      return Quoted(r.GetRepeatedInt64(m, f.field, i), out);
    case Kind::kUint64:
      return Quoted(r.GetRepeatedUInt64(m, f.field, i), out);
    case Kind::kFloat:
      return Number(r.GetRepeatedFloat(m, f.field, i), out);
    case Kind::kDouble:
      return Number(r.GetRepeatedDouble(m, f.field, i), out);
    case Kind::kString:
      return AppendString(r.GetRepeatedStringReference(m, f.field, i, &scratch), out);
    case Kind::kBytes:
      return Bytes(r.GetRepeatedStringReference(m, f.field, i, &scratch), out);
    case Kind::kEnum:
      return Enum(f.field, r.GetRepeatedEnumValue(m, f.field, i), out);
    default:
      return MessageValue(r.GetRepeatedMessage(m, f.field, i), f, out);
  }
}

// Integer keys are sorted as numbers, others as bytes.
void Map(const Message& m, const Reflection& r, const FieldInfo& f, std::string& out) {
  const FieldInfo& key = f.message->fields[0];
  const FieldInfo& value = f.message->fields[1];
  std::vector<std::pair<std::string, const Message*>> entries;
  const int n = r.FieldSize(m, f.field);
  for (int i = 0; i < n; ++i) {
    const Message& entry = r.GetRepeatedMessage(m, f.field, i);
    std::string name;
    Single(entry, *entry.GetReflection(), key, name);
    if (name[0] != '"') name = "\"" + name + "\"";
    entries.emplace_back(std::move(name), &entry);
  }
  const bool text = key.kind == Kind::kString;
  std::sort(entries.begin(), entries.end(), [&](const auto& a, const auto& b) {
    return !text && a.first.size() != b.first.size() ? a.first.size() < b.first.size() : a.first < b.first;
  });
  out += '{';
  for (size_t i = 0; i < entries.size(); ++i) {
    if (i > 0) out += ',';
    out += entries[i].first;
    out += ':';
    Single(*entries[i].second, *entries[i].second->GetReflection(), value, out);
  }
  out += '}';
}

void Object(const Message& m, const MessageInfo& info, bool first, std::string& out) {
  const Reflection& r = *m.GetReflection();
  if (first) out += '{';
  for (const FieldInfo& f : info.fields) {
    if (f.field->has_presence() && !r.HasField(m, f.field)) continue;
    if (!first) out += ',';
    first = false;
    out += f.prefix;
    if (f.map) {
      Map(m, r, f, out);
    } else if (f.repeated) {
      out += '[';
      const int n = r.FieldSize(m, f.field);
      for (int i = 0; i < n; ++i) {
        if (i > 0) out += ',';
        Element(m, r, f, i, out);
      }
      out += ']';
    } else {
      Single(m, r, f, out);
    }
  }
  out += '}';
}

}  // namespace

void AppendString(absl::string_view s, std::string& out) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  size_t begin = 0;
  for (size_t i = 0; i < s.size(); ++i) {
    const auto c = static_cast<unsigned char>(s[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(s.data() + begin, i - begin);
    begin = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += "\\u00", out += kHex[c >> 4], out += kHex[c & 15];
    }
  }
  out.append(s.data() + begin, s.size() - begin);
  out += '"';
}

void Append(const Message& message, std::string& out) { Object(message, InfoOf(message.GetDescriptor()), true, out); }

}  // namespace hoiam::json
