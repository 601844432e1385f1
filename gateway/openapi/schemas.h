// Messages and enums as the schemas of an OpenAPI 3.0 document: what platform/json reads and writes, told to others.
#pragma once

#include <map>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "gateway/openapi/comments.h"
#include "gateway/openapi/json_text.h"
#include "google/protobuf/descriptor.h"
#include "platform/json/fields.h"

namespace hoiam::gateway::openapi {

using Fields = std::set<const google::protobuf::FieldDescriptor*>;

// "Customer", "BatchUpsertCustomersResponse.Result"; of an enum the message around it when it is that message's `Code`.
std::string NameOf(const google::protobuf::Descriptor* message);
std::string NameOf(const google::protobuf::EnumDescriptor* type);
// {"$ref": "#/components/<section>/<name>"}
std::string Ref(absl::string_view section, absl::string_view name);

class Schemas {
 public:
  // `comments` must outlive it.
  explicit Schemas(const Comments& comments) : comments_(comments) {}

  // A message, with all it holds, that callers send (without the fields `but`, which the path gives) or are answered.
  // FAILED_PRECONDITION when two have one name, or one message would need two shapes.
  absl::Status AddSent(const google::protobuf::Descriptor* message, const Fields& but = {});
  absl::Status AddAnswered(const google::protobuf::Descriptor* message);

  // Of one field, with its limits, and with its comment when `described`.
  std::string Of(const json::FieldInfo& field, bool described = true) const;
  // Whether a request of this type must have a body: a field of it is required.
  bool NeedsBody(const google::protobuf::Descriptor* message) const;
  // The enums that parameters need, and all messages added with what they hold: members of components/schemas, by name.
  Object Build() const;
  absl::Status AddEnum(const google::protobuf::EnumDescriptor* type);

 private:
  struct Use {
    const google::protobuf::Descriptor* message = nullptr;
    bool sent = false, answered = false;
    Fields but;
  };
  absl::Status Add(const google::protobuf::Descriptor* message, bool sent, const Fields& but);
  std::string MessageSchema(const Use& use) const;
  std::string EnumSchema(const google::protobuf::EnumDescriptor* type) const;
  // Without comment and limits.
  Object Plain(const json::FieldInfo& field) const;

  const Comments& comments_;
  std::map<std::string, Use> messages_;
  std::map<std::string, const google::protobuf::EnumDescriptor*> enums_;
};

}  // namespace hoiam::gateway::openapi
