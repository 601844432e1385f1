#include "platform/proto/mask.h"

#include <algorithm>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"

namespace hoiam {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kField[] = "updateMask";

bool IsPresent(const Message& m, const FieldDescriptor* f) {
  return f->is_repeated() ? m.GetReflection()->FieldSize(m, f) > 0 : m.GetReflection()->HasField(m, f);
}

}  // namespace

Patch ReadPatch(const Message& source, const google::protobuf::FieldMask* mask, const Patchable& patchable,
                Violations& v) {
  Patch patch;
  const auto* type = source.GetDescriptor();
  const auto settable = [&](absl::string_view name) {
    return std::find(patchable.fields.begin(), patchable.fields.end(), name) != patchable.fields.end();
  };
  if (!mask) {
    for (absl::string_view name : patchable.fields) {
      const auto* f = type->FindFieldByName(std::string(name));
      if (!IsPresent(source, f)) continue;
      if (name == "properties")
        patch.properties = PropertiesPatch::kMerge;
      else
        patch.fields.push_back(f);
    }
    return patch;
  }
  if (mask->paths().empty())
    v.Add(kField, "EMPTY_MASK", "names no field; leave it out to set the fields that are present");
  for (const std::string& path : mask->paths()) {
    if (path == patchable.key) continue;
    if (path == "properties.*" && settable("properties")) {
      if (patch.properties == PropertiesPatch::kUntouched) patch.properties = PropertiesPatch::kMerge;
    } else if (path == "properties" && settable(path)) {
      patch.properties = PropertiesPatch::kReplace;
    } else if (settable(path)) {
      patch.fields.push_back(type->FindFieldByName(path));
    } else if (path.find('.') != std::string::npos) {
      v.Add(kField, "PATH_TOO_DEEP", absl::StrCat("'", path, "': only whole fields can be named"));
    } else if (type->FindFieldByName(path)) {
      v.Add(kField, "NOT_SETTABLE", absl::StrCat("'", path, "' cannot be set"));
    } else {
      v.Add(kField, "UNKNOWN_FIELD", absl::StrCat("'", path, "' is no field of this resource"));
    }
  }
  std::sort(patch.fields.begin(), patch.fields.end());
  patch.fields.erase(std::unique(patch.fields.begin(), patch.fields.end()), patch.fields.end());
  return patch;
}

void ApplyPatch(const Message& source, const Patch& patch, Message& target) {
  if (patch.fields.empty()) return;
  const std::unique_ptr<Message> copy(source.New());
  copy->CopyFrom(source);
  target.GetReflection()->SwapFields(&target, copy.get(), patch.fields);
}

}  // namespace hoiam
