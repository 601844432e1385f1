#include "gateway/route/bind.h"

#include <algorithm>
#include <bitset>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gateway/route/path.h"
#include "google/protobuf/field_mask.pb.h"
#include "platform/base/status.h"
#include "platform/json/fields.h"
#include "platform/json/reader.h"
#include "platform/json/text_value.h"

namespace hoiam::gateway {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

class Binder {
 public:
  Binder(const Route& route, Message& request, Violations& violations)
      : route_(route), request_(request), violations_(violations) {}

  void Body(std::string body) {
    if (route_.body == Route::Body::kNone) {
      if (!body.empty()) violations_.Add("$", "UNEXPECTED_BODY", "this method takes no body");
      return;
    }
    Message& target = route_.body == Route::Body::kWhole
                          ? request_
                          : *request_.GetReflection()->MutableMessage(&request_, route_.body_field);
    json::ReadObject(body.empty() ? "{}" : std::move(body), target, violations_, &present_);
  }

  void Query(absl::string_view raw) {
    const auto parameters = ParseQuery(raw);
    if (!parameters.ok()) {
      const auto detail = DetailOf(parameters.status());
      for (const Violation& v : detail->violations) violations_.Add(v.field, v.reason, v.description);
      return;
    }
    std::bitset<json::MessageInfo::kMaxFields> seen;
    const json::MessageInfo& info = json::InfoOf(request_.GetDescriptor());
    for (const auto& [name, value] : *parameters) {
      const json::FieldInfo* f = info.Find(name);
      if (!f || !Takes(*f)) {
        violations_.Add(ShownName(name), "UNKNOWN_FIELD", "is not a query parameter here");
        continue;
      }
      if (!f->repeated && seen[f->field->index()]) {
        violations_.Add(name, "DUPLICATE_KEY", "is given more than once");
        continue;
      }
      seen[f->field->index()] = true;
      if (f->field == route_.mask_field) mask_given_ = true;
      if (!f->repeated) {
        json::SetFromText(*f, value, name, request_, violations_);
        continue;
      }
      for (absl::string_view item : absl::StrSplit(value, ',', absl::SkipEmpty()))
        json::SetFromText(*f, item, name, request_, violations_);
    }
  }

  void Path(const std::vector<std::string>& variables) {
    auto value = variables.begin();
    for (const auto& segment : route_.segments) {
      if (!segment.field.empty()) Variable(segment.field, *value++);
    }
  }

  void Mask() {
    if (!route_.mask_field || mask_given_) return;
    google::protobuf::FieldMask mask;
    for (const FieldDescriptor* f : present_) {
      if (!InPath(f)) mask.add_paths(f->is_map() ? absl::StrCat(f->name(), ".*") : f->name());
    }
    if (mask.paths().empty()) return;
    request_.GetReflection()->MutableMessage(&request_, route_.mask_field)->ParseFromString(mask.SerializeAsString());
  }

 private:
  // A query parameter is a field that neither the path nor the body gives.
  bool Takes(const json::FieldInfo& f) const {
    return route_.body != Route::Body::kWhole && f.field != route_.body_field && !InPath(f.field) && json::FitsText(f);
  }
  bool InPath(const FieldDescriptor* f) const {
    return std::any_of(route_.segments.begin(), route_.segments.end(),
                       [&](const auto& s) { return !s.field.empty() && s.field.back() == f; });
  }

  void Variable(const std::vector<const FieldDescriptor*>& chain, const std::string& value) {
    Message* owner = &request_;
    for (size_t i = 0; i + 1 < chain.size(); ++i) owner = owner->GetReflection()->MutableMessage(owner, chain[i]);
    const FieldDescriptor* f = chain.back();
    const json::FieldInfo& info = *json::InfoOf(owner->GetDescriptor()).Find(f->json_name());
    const std::string in_body = owner->GetReflection()->GetString(*owner, f);
    if (!in_body.empty() && in_body != value)
      return violations_.Add(info.name, "ID_MISMATCH", "is not the one in the path", {{"path", value}});
    json::SetFromText(info, value, info.name, *owner, violations_);
  }

  const Route& route_;
  Message& request_;
  Violations& violations_;
  std::vector<const FieldDescriptor*> present_;
  bool mask_given_ = false;
};

}  // namespace

absl::Status BindRequest(const Route& route, const std::vector<std::string>& variables, absl::string_view query,
                         std::string body, Message& request) {
  Violations violations;
  Binder binder(route, request, violations);
  binder.Body(std::move(body));
  binder.Query(query);
  binder.Path(variables);
  binder.Mask();
  return violations.ToStatus();
}

}  // namespace hoiam::gateway
