#include "platform/json/fields.h"

#include <cstdlib>
#include <memory>
#include <mutex>
#include <shared_mutex>

#include "absl/strings/str_cat.h"
#include "hoiam/options/v1/options.pb.h"

namespace hoiam::json {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

Kind MessageKind(const Descriptor* d) {
  const std::string& name = d->full_name();
  if (name == "google.protobuf.Timestamp") return Kind::kTimestamp;
  if (name == "google.protobuf.Duration") return Kind::kDuration;
  if (name == "google.protobuf.FieldMask") return Kind::kFieldMask;
  if (name == "google.protobuf.Struct") return Kind::kStruct;
  if (name == "google.protobuf.Value") return Kind::kValue;
  if (name == "google.protobuf.ListValue") return Kind::kListValue;
  if (name == "google.protobuf.Any") return Kind::kAny;
  return Kind::kMessage;
}

Kind KindOf(const FieldDescriptor* f) {
  switch (f->cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return Kind::kBool;
    case FieldDescriptor::CPPTYPE_INT32:
      return Kind::kInt32;
    case FieldDescriptor::CPPTYPE_UINT32:
      return Kind::kUint32;
    case FieldDescriptor::CPPTYPE_INT64:
      return Kind::kInt64;
    case FieldDescriptor::CPPTYPE_UINT64:
      return Kind::kUint64;
    case FieldDescriptor::CPPTYPE_FLOAT:
      return Kind::kFloat;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return Kind::kDouble;
    case FieldDescriptor::CPPTYPE_ENUM:
      return Kind::kEnum;
    case FieldDescriptor::CPPTYPE_STRING:
      return f->type() == FieldDescriptor::TYPE_BYTES ? Kind::kBytes : Kind::kString;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageKind(f->message_type());
  }
  std::abort();
}

}  // namespace

const FieldInfo* MessageInfo::Find(absl::string_view json_name) const {
  const auto it = by_name_.find(json_name);
  return it == by_name_.end() ? nullptr : it->second;
}

class Registry {
 public:
  const MessageInfo& Get(const Descriptor* d) {
    {
      std::shared_lock lock(mu_);
      if (const auto it = infos_.find(d); it != infos_.end()) return *it->second;
    }
    std::unique_lock lock(mu_);
    return *Make(d);
  }

 private:
  const MessageInfo* Make(const Descriptor* d) {
    auto& slot = infos_[d];
    if (slot) return slot.get();
    slot = std::make_unique<MessageInfo>();
    MessageInfo* info = slot.get();  // `slot` moves when the messages below it are made
    info->descriptor = d;
    if (d->field_count() > MessageInfo::kMaxFields) std::abort();  // a mistake in protos/, met by every test
    info->fields.resize(d->field_count());
    for (int i = 0; i < d->field_count(); ++i) {
      const FieldDescriptor* f = d->field(i);
      FieldInfo& out = info->fields[i];
      out.field = f;
      out.name = f->json_name();
      out.prefix = absl::StrCat("\"", out.name, "\":");
      out.kind = KindOf(f);
      out.map = f->is_map();
      out.repeated = f->is_repeated() && !f->is_map();
      out.per_item = f->options().GetExtension(options::v1::per_item);
      out.hidden = f->options().GetExtension(options::v1::gateway_only);
      if (f->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) out.message = Make(f->message_type());
      if (!out.hidden) info->by_name_[out.name] = &out;
      if (f->name() == "rejected_items" && f->is_map()) info->rejected_items = f;
    }
    return info;
  }

  std::shared_mutex mu_;
  absl::flat_hash_map<const Descriptor*, std::unique_ptr<MessageInfo>> infos_;
};

const MessageInfo& InfoOf(const Descriptor* descriptor) {
  static auto* registry = new Registry;
  return registry->Get(descriptor);
}

}  // namespace hoiam::json
