#include "gateway/route/route_table.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gateway/limits.h"
#include "gateway/route/path.h"
#include "google/api/annotations.pb.h"
#include "google/protobuf/descriptor_database.h"
#include "hoiam/options/v1/options.pb.h"
#include "platform/base/status.h"

namespace hoiam::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

absl::Status Wrong(const MethodDescriptor* m, absl::string_view what) {
  return absl::FailedPreconditionError(absl::StrCat(m->full_name(), ": ", what));
}

// The method and the template of an http rule.
absl::Status ReadPattern(const MethodDescriptor* m, const google::api::HttpRule& rule, Route& route) {
  switch (rule.pattern_case()) {
    case google::api::HttpRule::kGet:
      route.http_method = "GET", route.path = rule.get();
      break;
    case google::api::HttpRule::kPost:
      route.http_method = "POST", route.path = rule.post();
      break;
    case google::api::HttpRule::kPut:
      route.http_method = "PUT", route.path = rule.put();
      break;
    case google::api::HttpRule::kPatch:
      route.http_method = "PATCH", route.path = rule.patch();
      break;
    case google::api::HttpRule::kDelete:
      route.http_method = "DELETE", route.path = rule.delete_();
      break;
    default:
      return Wrong(m, "has a rule but no path");
  }
  return absl::OkStatus();
}

// "customer.customer_id" to its fields.
absl::Status ResolveVariable(const MethodDescriptor* m, absl::string_view dotted, Route::Segment& segment) {
  const Descriptor* type = m->input_type();
  for (absl::string_view name : absl::StrSplit(dotted, '.')) {
    const FieldDescriptor* f = type ? type->FindFieldByName(std::string(name)) : nullptr;
    if (!f || f->is_repeated()) return Wrong(m, absl::StrCat("the path names ", dotted, ", which is not a field"));
    segment.field.push_back(f);
    type = f->message_type();
  }
  if (segment.field.back()->type() != FieldDescriptor::TYPE_STRING)
    return Wrong(m, absl::StrCat("the path names ", dotted, ", which is not a string"));
  return absl::OkStatus();
}

absl::Status ReadPath(const MethodDescriptor* m, Route& route) {
  absl::string_view path = route.path;
  if (path.empty() || path[0] != '/') return Wrong(m, "has a path that does not begin with /");
  path.remove_prefix(1);
  const size_t colon = path.rfind(':');
  if (colon != absl::string_view::npos && path.find('}', colon) == absl::string_view::npos) {
    route.verb = std::string(path.substr(colon + 1));
    path = path.substr(0, colon);
  }
  for (absl::string_view part : absl::StrSplit(path, '/')) {
    Route::Segment& segment = route.segments.emplace_back();
    if (part.empty() || part[0] != '{') {
      segment.literal = std::string(part);
      if (part.find_first_of("{}*") != absl::string_view::npos)
        return Wrong(m, "has a path of a form that is not supported");
      continue;
    }
    if (part.back() != '}') return Wrong(m, "has a path of a form that is not supported");
    HOIAM_RETURN_IF_ERROR(ResolveVariable(m, part.substr(1, part.size() - 2), segment));
  }
  return absl::OkStatus();
}

absl::Status ReadBody(const MethodDescriptor* m, const std::string& body, Route& route) {
  if (body.empty()) return absl::OkStatus();
  if (body == "*") {
    route.body = Route::Body::kWhole;
    return absl::OkStatus();
  }
  route.body = Route::Body::kField;
  route.body_field = m->input_type()->FindFieldByName(body);
  if (!route.body_field || !route.body_field->message_type() || route.body_field->is_repeated())
    return Wrong(m, absl::StrCat("has a body ", body, " that is not a message field"));
  const FieldDescriptor* mask = m->input_type()->FindFieldByName("update_mask");
  if (route.http_method == "PATCH" && mask) route.mask_field = mask;
  return absl::OkStatus();
}

bool IsBatch(const Descriptor* request) {
  for (int i = 0; i < request->field_count(); ++i)
    if (request->field(i)->options().GetExtension(options::v1::per_item)) return true;
  return false;
}

bool HasBytes(const Descriptor* request) {
  for (int i = 0; i < request->field_count(); ++i)
    if (request->field(i)->type() == google::protobuf::FieldDescriptor::TYPE_BYTES) return true;
  return false;
}

}  // namespace

size_t Route::max_body() const { return batch ? kMaxBatchBody : bytes ? kMaxBytesBody : kMaxBody; }

absl::StatusOr<RouteTable> RouteTable::Build(const std::vector<const ServiceDescriptor*>& services) {
  RouteTable table;
  for (const ServiceDescriptor* s : services) {
    for (int i = 0; i < s->method_count(); ++i) HOIAM_RETURN_IF_ERROR(table.Add(s->method(i)));
  }
  return table;
}

absl::Status RouteTable::Add(const MethodDescriptor* m) {
  const bool has_path = m->options().HasExtension(google::api::http);
  if (!m->options().HasExtension(options::v1::rule))
    return has_path ? Wrong(m, "has a path but no rule") : absl::OkStatus();  // without both: internal
  const auto& rule = m->options().GetExtension(options::v1::rule);
  const auto& http = m->options().GetExtension(google::api::http);
  auto route = std::make_unique<Route>();
  route->method = m;
  route->full_method = absl::StrCat("/", m->service()->full_name(), "/", m->name());
  const std::vector<std::string> package = absl::StrSplit(m->file()->package(), '.');
  if (package.size() != 3 || package[0] != "hoiam") return Wrong(m, "is not in a package hoiam.<service>.<version>");
  route->peer = package[1];
  if (m->client_streaming() || m->server_streaming()) return Wrong(m, "streams, which the gateway does not forward");
  if (rule.idempotency() == options::v1::Idempotency::UNSPECIFIED) return Wrong(m, "does not say its idempotency");
  const auto scope = ParseScope(rule.scope());
  if (!scope) return Wrong(m, absl::StrCat("has no scope that is in the list: \"", rule.scope(), "\""));
  route->scope = rule.scope();
  route->scope_bit = *scope;
  route->publishable = rule.publishable();
  route->writes = rule.idempotency() != options::v1::Idempotency::READ;
  route->deadline = rule.default_deadline_ms() > 0 ? absl::Milliseconds(rule.default_deadline_ms()) : kDefaultDeadline;
  HOIAM_RETURN_IF_ERROR(ReadPattern(m, http, *route));
  HOIAM_RETURN_IF_ERROR(ReadPath(m, *route));
  HOIAM_RETURN_IF_ERROR(ReadBody(m, http.body(), *route));
  route->batch = IsBatch(m->input_type());
  route->bytes = HasBytes(m->input_type());

  Node* node = &root_;
  for (const auto& segment : route->segments) {
    auto& next = segment.field.empty() ? node->literals[segment.literal] : node->variable;
    if (!next) next = std::make_unique<Node>();
    node = next.get();
  }
  auto& here = node->ends[route->verb];
  for (const Route* other : here) {
    if (other->http_method == route->http_method)
      return Wrong(
          m, absl::StrCat("has the path of ", other->method->full_name(), ": ", route->http_method, " ", route->path));
  }
  here.push_back(route.get());
  if (!route->verb.empty()) verbs_.insert(route->verb);
  routes_.push_back(std::move(route));
  return absl::OkStatus();
}

// Literals come before variables; a branch that leads nowhere is left again.
const std::vector<const Route*>* RouteTable::Walk(const Node& node, const std::vector<std::string>& segments, size_t i,
                                                  const std::string& verb, std::vector<std::string>& variables) {
  if (i == segments.size()) {
    const auto end = node.ends.find(verb);
    return end == node.ends.end() ? nullptr : &end->second;
  }
  if (const auto it = node.literals.find(segments[i]); it != node.literals.end()) {
    if (const auto* found = Walk(*it->second, segments, i + 1, verb, variables)) return found;
  }
  if (!node.variable || segments[i].empty()) return nullptr;
  variables.push_back(segments[i]);
  if (const auto* found = Walk(*node.variable, segments, i + 1, verb, variables)) return found;
  variables.pop_back();
  return nullptr;
}

absl::StatusOr<RouteTable::Match> RouteTable::Find(absl::string_view http_method, absl::string_view raw_path) const {
  HOIAM_ASSIGN_OR_RETURN(const Path path,
                         ParsePath(raw_path, [this](absl::string_view v) { return verbs_.contains(v); }));
  Match match;
  const auto* ends = Walk(root_, path.segments, 0, path.verb, match.variables);
  if (!ends) return match;
  std::vector<std::string> allowed;
  for (const Route* route : *ends) {
    if (route->http_method == http_method) {
      match.route = route;
      return match;
    }
    allowed.push_back(route->http_method);
  }
  std::sort(allowed.begin(), allowed.end());
  match.allowed = absl::StrJoin(allowed, ", ");
  return match;
}

std::string RouteTable::ToText() const {
  std::vector<std::string> lines;
  for (const auto& r : routes_) {
    lines.push_back(absl::StrCat(r->path, " ", r->http_method, " ", r->method->full_name(), " scope=", r->scope, " ",
                                 r->writes ? "KEYED" : "READ", " deadline=", absl::ToInt64Milliseconds(r->deadline),
                                 "ms", r->batch ? " batch" : "", r->publishable ? " publishable" : "", "\n"));
  }
  std::sort(lines.begin(), lines.end());
  return absl::StrJoin(lines, "");
}

std::vector<const ServiceDescriptor*> LinkedServices() {
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  std::vector<std::string> files;
  google::protobuf::DescriptorPool::internal_generated_database()->FindAllFileNames(&files);
  std::sort(files.begin(), files.end());
  std::vector<const ServiceDescriptor*> out;
  for (const std::string& name : files) {
    const auto* file = pool->FindFileByName(name);
    for (int i = 0; file && i < file->service_count(); ++i) out.push_back(file->service(i));
  }
  return out;
}

}  // namespace hoiam::gateway
