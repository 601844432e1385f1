#include "gateway/openapi/openapi.h"

#include <map>
#include <memory>
#include <set>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "gateway/openapi/events.h"
#include "gateway/openapi/examples.h"
#include "gateway/openapi/json_text.h"
#include "gateway/openapi/schemas.h"
#include "gateway/openapi/standing.h"
#include "google/protobuf/dynamic_message.h"
#include "hoiam/options/v1/options.pb.h"
#include "platform/base/status.h"
#include "platform/json/fields.h"
#include "platform/json/reader.h"
#include "platform/json/text_value.h"

namespace hoiam::gateway::openapi {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;

// Those of the request itself: "customer.customer_id" is a field of its `customer`.
Fields PathFields(const Route& route) {
  Fields out;
  for (const auto& segment : route.segments)
    if (!segment.field.empty()) out.insert(segment.field.back());
  return out;
}

// "/v1/customers/{customerId}:unsubscribe"
std::string PathOf(const Route& route) {
  std::string out;
  for (const auto& segment : route.segments) {
    absl::StrAppend(&out, "/", segment.literal);
    if (!segment.field.empty()) absl::StrAppend(&out, "{", segment.field.back()->json_name(), "}");
  }
  return route.verb.empty() ? out : absl::StrCat(out, ":", route.verb);
}

const Descriptor* BodyType(const Route& route) {
  if (route.body == Route::Body::kNone) return nullptr;
  return route.body == Route::Body::kWhole ? route.method->input_type() : route.body_field->message_type();
}

const json::FieldInfo& InfoOfField(const FieldDescriptor* f) {
  return *json::InfoOf(f->containing_type()).Find(f->json_name());
}

// The fields that come by the query string: neither path nor body has them, and text can give them.
std::vector<const json::FieldInfo*> QueryFields(const Route& route) {
  std::vector<const json::FieldInfo*> out;
  if (route.body == Route::Body::kWhole) return out;
  const Fields in_path = PathFields(route);
  for (const json::FieldInfo& f : json::InfoOf(route.method->input_type()).fields) {
    if (!f.hidden && f.field != route.body_field && !in_path.count(f.field) && json::FitsText(f)) out.push_back(&f);
  }
  return out;
}

class Document {
 public:
  Document(const RouteTable& routes, const Comments& comments)
      : routes_(routes), comments_(comments), schemas_(comments) {}

  absl::StatusOr<std::string> Write(absl::string_view version) {
    HOIAM_RETURN_IF_ERROR(AddSchemas());
    for (const auto& route : routes_.routes()) HOIAM_RETURN_IF_ERROR(AddOperation(*route));
    Object paths;
    for (const std::string& path : path_order_) paths.Put(path, paths_[path]);
    Object schemas = schemas_.Build();
    schemas.Append(ErrorSchemas());
    const std::string webhooks = Webhooks(schemas);
    return Object{{"openapi", Text("3.0.3")},
                  {"info", Info(version)},
                  {"servers", List({Object{{"url", Text("/")}}})},
                  {"security", List({Object{{"apiKey", "[]"}}})},
                  {"tags", List(tags_)},
                  {"paths", paths},
                  {"x-webhooks", webhooks},
                  {"components", Object{{"securitySchemes", SecuritySchemes()},
                                        {"headers", HeaderComponents()},
                                        {"parameters", ParameterComponents()},
                                        {"responses", ResponseComponents()},
                                        {"schemas", schemas}}}}
        .Build();
  }

 private:
  absl::Status AddSchemas() {
    for (const auto& route : routes_.routes()) {
      HOIAM_RETURN_IF_ERROR(schemas_.AddAnswered(route->method->output_type()));
      if (const Descriptor* body = BodyType(*route))
        HOIAM_RETURN_IF_ERROR(
            schemas_.AddSent(body, route->body == Route::Body::kWhole ? PathFields(*route) : Fields{}));
      for (const json::FieldInfo* f : QueryFields(*route)) {
        if (f->kind == json::Kind::kEnum) HOIAM_RETURN_IF_ERROR(schemas_.AddEnum(f->field->enum_type()));
      }
    }
    return absl::OkStatus();
  }

  absl::Status AddOperation(const Route& route) {
    const MethodDescriptor* m = route.method;
    if (!operations_.insert(m->name()).second)
      return absl::FailedPreconditionError(absl::StrCat("two operations would be called ", m->name()));
    if (services_.insert(m->service()->name()).second)
      tags_.push_back(Object{{"name", Text(m->service()->name())}, {"description", Text(comments_.Of(m->service()))}});

    const std::string comment = comments_.Of(m);
    const bool publishable = m->options().GetExtension(options::v1::rule).publishable();
    Object operation{{"operationId", Text(m->name())}, {"tags", List({Text(m->service()->name())})}};
    operation.PutText("summary", FirstSentence(comment));
    operation.Put("description",
                  Text(absl::StrCat(comment, comment.empty() ? "" : "\n\n", "Scope: `", route.scope, "`.",
                                    publishable ? " A publishable key (`hk_pub_…`) may call it too." : "")));
    operation.Put("x-required-scope", Text(route.scope));
    if (publishable) operation.Put("x-publishable", "true");
    operation.Put("parameters", List(Parameters(route)));
    if (BodyType(route)) {
      HOIAM_ASSIGN_OR_RETURN(const std::string body, RequestBody(route));
      operation.Put("requestBody", body);
    }
    const Refusals refusals{route.writes, !PathFields(route).empty(), BodyType(route) != nullptr};
    Object responses{{"200", Object{{"description", Text(Described(m->output_type()))},
                                    {"headers", HeadersOf(refusals)},
                                    {"content", Json(NameOf(m->output_type()))}}}};
    operation.Put("responses", responses.Append(RefusalsOf(refusals)));

    const std::string path = PathOf(route);
    if (!paths_.count(path)) path_order_.push_back(path);
    paths_[path].Put(absl::AsciiStrToLower(route.http_method), operation);
    return absl::OkStatus();
  }

  std::vector<std::string> Parameters(const Route& route) const {
    std::vector<std::string> out;
    for (const auto& segment : route.segments) {
      if (!segment.field.empty()) out.push_back(Parameter("path", InfoOfField(segment.field.back())));
    }
    for (const json::FieldInfo* f : QueryFields(route)) out.push_back(Parameter("query", *f));
    if (route.writes) out.push_back(Ref("parameters", "Idempotency-Key"));
    return out;
  }

  std::string Parameter(absl::string_view in, const json::FieldInfo& f) const {
    const Said said = Read(comments_.Of(f.field));
    Object p{{"name", Text(f.name)}, {"in", Text(in)}};
    p.PutText("description", said.text);
    if (in == "path" || said.required) p.Put("required", "true");
    if (f.repeated) p.Put("style", Text("form")).Put("explode", "true");
    return p.Put("schema", schemas_.Of(f, /*described=*/false));
  }

  absl::StatusOr<std::string> RequestBody(const Route& route) const {
    Object content{{"schema", Ref("schemas", NameOf(BodyType(route)))}};
    for (const Example& example : kExamples) {
      if (route.method->name() != example.operation) continue;
      HOIAM_RETURN_IF_ERROR(Check(route, example));
      content.Put("example", example.body);
    }
    const bool needed = route.body == Route::Body::kWhole && schemas_.NeedsBody(BodyType(route));
    return Object{{"required", needed ? "true" : "false"}, {"content", Object{{"application/json", content}}}}.Build();
  }

  static absl::Status Check(const Route& route, const Example& example) {
    google::protobuf::DynamicMessageFactory factory;
    const std::unique_ptr<google::protobuf::Message> body(factory.GetPrototype(BodyType(route))->New());
    Violations violations;
    json::ReadObject(example.body, *body, violations);
    const absl::Status read = violations.ToStatus();
    return read.ok()
               ? read
               : absl::FailedPreconditionError(absl::StrCat("example of ", example.operation, ": ", read.message()));
  }

  static std::string Json(absl::string_view schema) {
    return Object{{"application/json", Object{{"schema", Ref("schemas", schema)}}}};
  }

  std::string Described(const Descriptor* message) const {
    const std::string comment = comments_.Of(message);
    return comment.empty() ? message->name() : comment;
  }

  // 3.0 has no `webhooks`; the extension has their form. Adds a schema for each type of event.
  static std::string Webhooks(Object& schemas) {
    const auto header = [](absl::string_view name, absl::string_view description) -> std::string {
      return Object{{"name", Text(name)},
                    {"in", Text("header")},
                    {"required", "true"},
                    {"description", Text(description)},
                    {"schema", Object{{"type", Text("string")}}}};
    };
    const std::string headers =
        List({header("webhook-id", "The event's id: the same over all attempts and replays."),
              header("webhook-timestamp", "When this attempt was signed: seconds since 1970."),
              header("webhook-signature", "Standard Webhooks 1.0: one `v1,<base64>` per live secret, by spaces.")});
    Object out;
    for (const EventShape& event : kEventShapes) {
      Object data{{"type", Text("object")}};
      if (*event.field) data.Put("required", List({Text(event.field)}));
      const std::string name = absl::StrCat("Event.", event.type);
      // As it is sent: what is `id` in GET /v1/events is the header webhook-id here.
      schemas.Put(name, Object{{"type", Text("object")},
                               {"description", Text(event.when)},
                               {"required", List({Text("type"), Text("timestamp"), Text("data")})},
                               {"properties",
                                Object{{"type", Object{{"type", Text("string")}, {"enum", List({Text(event.type)})}}},
                                       {"timestamp", Object{{"type", Text("string")}, {"format", Text("date-time")}}},
                                       {"data", Object{{"allOf", List({Ref("schemas", "EventData"), data})}}}}}});
      out.Put(event.type,
              Object{{"post", Object{{"operationId", Text(absl::StrCat("on.", event.type))},
                                     {"tags", List({Text("WebhookService")})},
                                     {"summary", Text(event.type)},
                                     {"description", Text(event.when)},
                                     {"security", "[]"},
                                     {"parameters", headers},
                                     {"requestBody", Object{{"required", "true"}, {"content", Json(name)}}},
                                     {"responses",
                                      Object{{"2XX", Object{{"description", Text("Taken.")}}},
                                             {"410", Object{{"description", Text("Gone: the webhook is disabled.")}}},
                                             {"default", Object{{"description", Text("Tried again later.")}}}}}}}});
    }
    return out;
  }

  const RouteTable& routes_;
  const Comments& comments_;
  Schemas schemas_;
  std::set<std::string> operations_, services_;
  std::vector<std::string> tags_, path_order_;
  std::map<std::string, Object> paths_;
};

}  // namespace

absl::StatusOr<std::string> OpenApiOf(const RouteTable& routes, const Comments& comments, absl::string_view version) {
  return Document(routes, comments).Write(version);
}

}  // namespace hoiam::gateway::openapi
