#include "gateway/openapi/standing.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "gateway/openapi/schemas.h"

namespace hoiam::gateway::openapi {
namespace {

constexpr char kAbout[] =
    "Customer feedback for companies that already have a CRM: record what happened, learn who is asked and why not, "
    "store answers, read scores, history and cases.\n\n"
    "Every call carries `Authorization: Bearer hk_…`; keys `hk_test_…` belong to a test mode of their own. Creates "
    "take "
    "an id of yours: the same body again is the same success. POST and PATCH take `Idempotency-Key` besides. Writes "
    "answer a consistency token; a read that is given it shows that write. 429 and 503 say in `Retry-After` when to "
    "come again. Names are lowerCamelCase, 64-bit integers are strings (in requests numbers too), times are RFC 3339. "
    "Fields and query parameters that are not described here are refused with 400. A later release may answer more "
    "fields and enum values: ignore those you do not know.\n\n"
    "Recipes: docs/crm-integration.md in the source.";

struct Failure {
  const char* component;
  int http;
  const char* status;
  const char* description;
  const char* reason;
  const char* message;
  bool retry_after = false;
};

constexpr std::array kFailures = {
    Failure{"BadRequest", 400, "INVALID_ARGUMENT",
            "The request is not as described, or (`FAILED_PRECONDITION`) the resource is not in the state for it. "
            "`google.rpc.BadRequest` has one violation per bad field, all at once.",
            "SCORE_OUT_OF_RANGE", "score must be between 0 and 10"},
    Failure{"Unauthenticated", 401, "UNAUTHENTICATED",
            "No key, an unknown one, or one that has expired or was revoked.", "MISSING_KEY",
            "send an API key: Authorization: Bearer hk_…"},
    Failure{"PermissionDenied", 403, "PERMISSION_DENIED", "The key lacks the scope of this operation.", "MISSING_SCOPE",
            "this API key lacks the scope surveys.write"},
    Failure{"NotFound", 404, "NOT_FOUND", "There is no such resource in the tenant of the key.", "CUSTOMER_NOT_FOUND",
            "there is no such customer"},
    Failure{"Conflict", 409, "ALREADY_EXISTS",
            "The id is taken by something else (`ID_REUSED`), the version is stale (`VERSION_MISMATCH`), or the same "
            "call is still running (`IN_PROGRESS`).",
            "ID_REUSED", "interactionId 'order-1001' was used with another body; use a new id"},
    Failure{"TooLarge", 413, "INVALID_ARGUMENT", "The body is larger than 1 MiB (a batch: 8 MiB).", "BODY_TOO_LARGE",
            "the body may have 1048576 bytes"},
    Failure{"IdempotencyKeyReused", 422, "FAILED_PRECONDITION", "The Idempotency-Key was used for another request.",
            "IDEMPOTENCY_KEY_REUSED", "this Idempotency-Key was used with another request; use a new key"},
    Failure{"TooManyRequests", 429, "RESOURCE_EXHAUSTED", "Over the limit; come again after `Retry-After` seconds.",
            "RATE_LIMITED", "too many requests with this key", true},
    Failure{
        "Unavailable", 503, "UNAVAILABLE",
        "Cannot be answered now, or (`PROJECTION_BEHIND`) what the consistency token stands for is not counted yet. "
        "The same request is safe to send again after `Retry-After` seconds.",
        "PROJECTION_BEHIND", "not counted yet", true},
    Failure{"Failure", 500, "INTERNAL", "Any other failure.", "", "internal error"},
};

std::string ErrorExample(const Failure& f) {
  std::vector<std::string> details;
  if (*f.reason)
    details.push_back(Object{{"@type", Text("type.googleapis.com/google.rpc.ErrorInfo")},
                             {"reason", Text(f.reason)},
                             {"domain", Text("hoiam")},
                             {"metadata", Object()}});
  return Object{{"error", Object{{"code", absl::StrCat(f.http)},
                                 {"status", Text(f.status)},
                                 {"message", Text(f.message)},
                                 {"details", List(details)}}}};
}

std::string Header(absl::string_view description, absl::string_view type = "string") {
  return Object{{"description", Text(description)}, {"schema", Object{{"type", Text(type)}}}};
}

std::string RefHeader(absl::string_view name) { return Ref("headers", name); }

std::string StringSchema(absl::string_view description) {
  return Object{{"type", Text("string")}, {"description", Text(description)}};
}

}  // namespace

std::string Info(absl::string_view version) {
  return Object{
      {"title", Text("Hoiam")},
      {"version", Text(version)},
      {"description", Text(kAbout)},
      {"license", Object{{"name", Text("Apache-2.0")}, {"url", Text("https://www.apache.org/licenses/LICENSE-2.0")}}}};
}

std::string SecuritySchemes() {
  return Object{
      {"apiKey", Object{{"type", Text("http")},
                        {"scheme", Text("bearer")},
                        {"bearerFormat", Text("hk_…")},
                        {"description", Text("A key of the tenant. Each operation names the scope it needs in "
                                             "`x-required-scope`; `admin` holds all but `operator`.")}}}};
}

Object HeaderComponents() {
  return Object{
      {"X-Request-Id",
       Header("Names this call in our logs: the caller's own X-Request-Id when it is sane, else a new one.")},
      {"Hoiam-Consistency-Token", Header("Stands for this write. Give it to a read as `consistencyToken`.")},
      {"Idempotency-Replayed", Header("`true`: this is the answer that the first call with this Idempotency-Key got.")},
      {"RateLimit", Header("What is left of the limits, as draft-ietf-httpapi-ratelimit-headers has it.")},
      {"RateLimit-Policy", Header("The limits that RateLimit speaks of.")},
      {"Retry-After", Header("Seconds to wait before the next try.", "integer")}};
}

Object ParameterComponents() {
  return Object{
      {"Idempotency-Key",
       Object{
           {"name", Text("Idempotency-Key")},
           {"in", Text("header")},
           {"description", Text("Any text of yours, new for each thing to do: a repeated call with it gets the first "
                                "call's answer (24 h). Another request with it is refused with 422.")},
           {"schema",
            Object{
                {"type", Text("string")}, {"minLength", "1"}, {"maxLength", "255"}, {"pattern", Text("^[ -~]+$")}}}}}};
}

Object ResponseComponents() {
  Object out;
  for (const Failure& f : kFailures) {
    Object headers{{"X-Request-Id", RefHeader("X-Request-Id")}};
    if (f.retry_after) headers.Put("Retry-After", RefHeader("Retry-After"));
    if (f.http == 429) {
      headers.Put("RateLimit", RefHeader("RateLimit"));
      headers.Put("RateLimit-Policy", RefHeader("RateLimit-Policy"));
    }
    out.Put(f.component, Object{{"description", Text(f.description)},
                                {"headers", headers},
                                {"content", Object{{"application/json", Object{{"schema", Ref("schemas", "Error")},
                                                                               {"example", ErrorExample(f)}}}}}});
  }
  return out;
}

Object ErrorSchemas() {
  const std::string detail =
      Object{{"anyOf", List({Ref("schemas", "ErrorInfo"), Ref("schemas", "BadRequest"), Ref("schemas", "Any")})}};
  const std::string violation =
      Object{{"type", Text("object")},
             {"required", List({Text("field"), Text("description")})},
             {"properties", Object{{"field", StringSchema("Its path in the request: \"interactions[3].score\".")},
                                   {"description", StringSchema("What is wrong with it, for people.")}}}};
  return Object{
      {"Error",
       Object{
           {"type", Text("object")},
           {"description", Text("A failure: google.rpc.Status as Google renders it.")},
           {"required", List({Text("error")})},
           {"properties",
            Object{
                {"error",
                 Object{{"type", Text("object")},
                        {"required", List({Text("code"), Text("status"), Text("message"), Text("details")})},
                        {"properties",
                         Object{{"code", Object{{"type", Text("integer")}, {"description", Text("The HTTP code.")}}},
                                {"status", StringSchema("The name of the gRPC code: INVALID_ARGUMENT, NOT_FOUND, …")},
                                {"message", StringSchema("For people; may change.")},
                                {"details", Object{{"type", Text("array")}, {"items", detail}}}}}}}}}}},
      {"ErrorInfo",
       Object{{"type", Text("object")},
              {"description", Text("Why it failed, for programs.")},
              {"required", List({Text("@type"), Text("reason"), Text("domain")})},
              {"properties",
               Object{{"@type", Object{{"type", Text("string")},
                                       {"enum", List({Text("type.googleapis.com/google.rpc.ErrorInfo")})}}},
                      {"reason", StringSchema("UPPER_SNAKE; never changes its meaning.")},
                      {"domain", StringSchema("\"hoiam\".")},
                      {"metadata", Object{{"type", Text("object")},
                                          {"additionalProperties", Object{{"type", Text("string")}}},
                                          {"description", Text("What the reason speaks of: field, min, max, …")}}}}}}},
      {"BadRequest",
       Object{
           {"type", Text("object")},
           {"description", Text("Every field that is wrong.")},
           {"required", List({Text("@type"), Text("fieldViolations")})},
           {"properties", Object{{"@type", Object{{"type", Text("string")},
                                                  {"enum", List({Text("type.googleapis.com/google.rpc.BadRequest")})}}},
                                 {"fieldViolations", Object{{"type", Text("array")}, {"items", violation}}}}}}}};
}

Object RefusalsOf(const Refusals& r) {
  Object out;
  const auto put = [&](absl::string_view code, absl::string_view component) {
    out.Put(code, Ref("responses", component));
  };
  put("400", "BadRequest");
  put("401", "Unauthenticated");
  put("403", "PermissionDenied");
  if (r.path_id) put("404", "NotFound");
  if (r.writes) put("409", "Conflict");
  if (r.has_body) put("413", "TooLarge");
  if (r.writes) put("422", "IdempotencyKeyReused");
  put("429", "TooManyRequests");
  put("503", "Unavailable");
  put("default", "Failure");
  return out;
}

std::string HeadersOf(const Refusals& r) {
  Object out;
  for (const char* name : {"X-Request-Id", "RateLimit", "RateLimit-Policy"}) out.Put(name, RefHeader(name));
  if (r.writes) {
    for (const char* name : {"Hoiam-Consistency-Token", "Idempotency-Replayed"}) out.Put(name, RefHeader(name));
  }
  return out;
}

}  // namespace hoiam::gateway::openapi
