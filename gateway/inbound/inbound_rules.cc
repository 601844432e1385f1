#include "gateway/inbound/inbound_rules.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/inbound/mapping.h"
#include "gateway/limits.h"
#include "platform/base/crypto.h"
#include "platform/base/text.h"

namespace hoiam::gateway {
namespace {

using google::protobuf::FieldDescriptor;

constexpr std::array kSettable = {"display_name", "items", "conditions", "fields", "time_zone", "signature", "enabled"};
constexpr size_t kTokenBytes = 16;  // 128 bits: nobody finds one by trying
constexpr size_t kTokenChars = 22;

std::string Deterministic(const google::protobuf::Message& m) {
  std::string out;
  google::protobuf::io::StringOutputStream stream(&out);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  m.SerializeToCodedStream(&coded);
  coded.Trim();
  return out;
}

// Of an HTTP header (RFC 9110).
bool IsHeaderName(absl::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || absl::StrContains("!#$%&'*+-.^_`|~", c);
  });
}

void CheckSignature(const v1::InboundSignature& s, const std::string& at, bool has_secret, Violations& v) {
  CheckLine(s.header(), at + "header", kMaxInboundHeader, v);
  CheckLine(s.secret(), at + "secret", kMaxInboundSecret, v);
  if (s.encoding() == v1::SignatureEncoding::UNSPECIFIED) {
    if (!s.header().empty()) v.Add(at + "header", "NOT_ALLOWED", "needs an encoding");
    if (!s.secret().empty()) v.Add(at + "secret", "NOT_ALLOWED", "needs an encoding");
    return;
  }
  if (!v1::SignatureEncoding::Code_IsValid(s.encoding()))
    v.Add(at + "encoding", "UNKNOWN_VALUE", "is not a value that this release knows");
  if (s.header().empty())
    v.Add(at + "header", "REQUIRED", "is required with an encoding");
  else if (!IsHeaderName(s.header()))
    v.Add(at + "header", "INVALID_HEADER", "must be the name of a header, e.g. X-Hub-Signature");
  if (s.secret().empty() && !has_secret) v.Add(at + "secret", "REQUIRED", "is required with an encoding");
}

std::string SealContext(absl::string_view tenant, absl::string_view inbound_id) {
  return absl::StrCat("inbound/", tenant, "/", inbound_id);
}

// What we set ourselves, or keep elsewhere.
void ClearOutput(v1::Inbound& inbound) {
  inbound.clear_revision();
  inbound.clear_create_time();
  inbound.clear_last_used_time();
}

void Set(absl::Time t, google::protobuf::Timestamp* out) {
  const int64_t us = absl::ToUnixMicros(t);
  out->set_seconds(us / 1'000'000);
  out->set_nanos(static_cast<int32_t>(us % 1'000'000 * 1000));
}

// The fields that a PATCH sets.
std::vector<const FieldDescriptor*> Named(const v1::UpdateInboundRequest& request, Violations& v) {
  const auto* type = v1::Inbound::descriptor();
  const auto settable = [](absl::string_view name) {
    return std::find(kSettable.begin(), kSettable.end(), name) != kSettable.end();
  };
  std::vector<const FieldDescriptor*> named;
  if (!request.has_update_mask()) {
    request.inbound().GetReflection()->ListFields(request.inbound(), &named);
    std::erase_if(named, [&](const FieldDescriptor* f) { return !settable(f->name()); });
    return named;
  }
  if (request.update_mask().paths().empty())
    v.Add("updateMask", "EMPTY_MASK", "names no field; leave it out to set the fields that are present");
  for (const std::string& path : request.update_mask().paths()) {
    const auto* f = type->FindFieldByName(path);
    if (path == "inbound_id") continue;  // says which one
    if (f && settable(path))
      named.push_back(f);
    else if (absl::StrContains(path, '.'))
      v.Add("updateMask", "PATH_TOO_DEEP", absl::StrCat("'", path, "': only whole fields can be named"));
    else if (f)
      v.Add("updateMask", "NOT_SETTABLE", absl::StrCat("'", path, "' cannot be set"));
    else
      v.Add("updateMask", "UNKNOWN_FIELD", absl::StrCat("'", path, "' is no field of this resource"));
  }
  std::sort(named.begin(), named.end());
  named.erase(std::unique(named.begin(), named.end()), named.end());
  return named;
}

std::string NumberText(double d) {
  constexpr double kWhole = 1e15;
  if (d == std::floor(d) && std::fabs(d) < kWhole) return absl::StrCat(static_cast<int64_t>(d));
  char text[32];
  const auto end = std::to_chars(text, text + sizeof(text), d).ptr;
  return std::string(text, end);
}

}  // namespace

void CheckInbound(const v1::Inbound& inbound, absl::string_view prefix, bool has_secret, Violations& v) {
  CheckLine(inbound.display_name(), absl::StrCat(prefix, "displayName"), kMaxInboundName, v);
  ReadMapping(inbound, prefix, v);
  CheckSignature(inbound.signature(), absl::StrCat(prefix, "signature."), has_secret, v);
}

absl::StatusOr<v1::Inbound> CheckNewInbound(const v1::CreateInboundRequest& request) {
  Violations v;
  CheckSlug(request.inbound_id(), "inboundId", true, v);
  v1::Inbound inbound = request.inbound();
  if (!inbound.inbound_id().empty() && inbound.inbound_id() != request.inbound_id())
    v.Add("inbound.inboundId", "ID_MISMATCH", "must be inboundId, or be left out");
  CheckInbound(inbound, "inbound.", false, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  inbound.set_inbound_id(request.inbound_id());
  if (!inbound.has_enabled()) inbound.set_enabled(true);
  ClearOutput(inbound);
  return inbound;
}

absl::StatusOr<v1::Inbound> MergeInbound(const v1::Inbound& stored, const v1::UpdateInboundRequest& request,
                                         bool has_secret) {
  Violations v;
  const auto named = Named(request, v);
  v1::Inbound merged = stored;
  if (!named.empty()) {
    v1::Inbound given = request.inbound();
    merged.GetReflection()->SwapFields(&merged, &given, named);
  }
  if (!merged.has_enabled()) merged.set_enabled(true);
  ClearOutput(merged);
  CheckInbound(merged, "", has_secret, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  return merged;
}

InboundRow ToRow(const std::string& tenant, const v1::Inbound& inbound, const SecretKey& key, const InboundRow* before,
                 absl::Time now) {
  InboundRow row;
  if (before) {
    row = *before;
    ++row.revision;
  } else {
    row.tenant_id = tenant;
    row.inbound_id = inbound.inbound_id();
    row.made_by = MadeBy(key, inbound);
    row.token_hash = Sha256(InboundToken(key, tenant, row.inbound_id, row.generation));
    row.created_at = now;
  }
  row.enabled = inbound.enabled();
  if (inbound.signature().encoding() == v1::SignatureEncoding::UNSPECIFIED)
    row.secret.clear();
  else if (!inbound.signature().secret().empty())
    row.secret = key.Seal(SealContext(tenant, row.inbound_id), inbound.signature().secret());
  v1::Inbound definition = inbound;
  if (definition.has_signature()) definition.mutable_signature()->clear_secret();
  definition.clear_enabled();
  row.definition = Deterministic(definition);
  return row;
}

absl::StatusOr<v1::Inbound> ToProto(const InboundRow& row, std::optional<absl::Time> last_used) {
  v1::Inbound out;
  if (!out.ParseFromString(row.definition)) return absl::InternalError("a stored inbound endpoint cannot be read");
  out.set_enabled(row.enabled);
  out.set_revision(row.revision);
  Set(row.created_at, out.mutable_create_time());
  if (last_used) Set(*last_used, out.mutable_last_used_time());
  return out;
}

absl::StatusOr<std::string> SecretOf(const InboundRow& row, const SecretKey& key) {
  if (row.secret.empty()) return "";
  return key.Open(SealContext(row.tenant_id, row.inbound_id), row.secret);
}

std::string InboundToken(const SecretKey& key, absl::string_view tenant, absl::string_view inbound_id,
                         int64_t generation) {
  return Base64Url(key.Derive("inbound", {tenant, inbound_id, absl::StrCat(generation)}).substr(0, kTokenBytes));
}

bool IsInboundToken(absl::string_view text) { return text.size() == kTokenChars && Base64UrlDecode(text).has_value(); }

std::string MadeBy(const SecretKey& key, const v1::Inbound& inbound) {
  return key.Derive("inbound-made-by", {Deterministic(inbound)});
}

JsonNode ToTree(const google::protobuf::Value& value) {
  using google::protobuf::Value;
  JsonNode out;
  switch (value.kind_case()) {
    case Value::kBoolValue:
      out.kind = JsonNode::Kind::kBool;
      out.text = value.bool_value() ? "true" : "false";
      break;
    case Value::kNumberValue:
      out.kind = JsonNode::Kind::kNumber;
      out.text = NumberText(value.number_value());
      break;
    case Value::kStringValue:
      out.kind = JsonNode::Kind::kString;
      out.text = value.string_value();
      break;
    case Value::kListValue:
      out.kind = JsonNode::Kind::kArray;
      for (const Value& item : value.list_value().values()) out.items.push_back(ToTree(item));
      break;
    case Value::kStructValue:
      out.kind = JsonNode::Kind::kObject;
      for (const auto& [name, item] : value.struct_value().fields()) {
        out.names.push_back(name);
        out.items.push_back(ToTree(item));
      }
      break;
    default:
      break;
  }
  return out;
}

}  // namespace hoiam::gateway
