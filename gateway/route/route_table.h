// The public API as the descriptors say it: which path and which gRPC method is what, and its rule. A new RPC appears
// here because its .proto is linked in; no code of the gateway names one.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gateway/auth/scopes.h"
#include "google/protobuf/descriptor.h"

namespace hoiam::gateway {

struct Route {
  // A segment of the path: a literal, or (field set) a variable.
  struct Segment {
    std::string literal;
    std::vector<const google::protobuf::FieldDescriptor*> field;  // customer, customer_id
  };

  const google::protobuf::MethodDescriptor* method = nullptr;
  std::string full_method;  // "/hoiam.survey.v1.CustomerService/UpdateCustomer"
  std::string peer;         // who serves it: "survey", from the package
  std::string http_method;  // "PATCH"
  std::string path;         // "/v1/customers/{customer.customer_id}", as written
  std::vector<Segment> segments;
  std::string verb;  // "batchRecord"; empty when there is none
  enum class Body { kNone, kWhole, kField } body = Body::kNone;
  const google::protobuf::FieldDescriptor* body_field = nullptr;  // of kField
  // Set when a PATCH without a mask must be given one: the request's own update_mask.
  const google::protobuf::FieldDescriptor* mask_field = nullptr;
  std::string scope;
  ScopeSet scope_bit = 0;
  bool writes = false;
  absl::Duration deadline;
  bool batch = false;        // has a per_item field
  bool bytes = false;        // has a field of bytes
  bool publishable = false;  // a publishable key may call it, from any origin

  size_t max_body() const;
};

class RouteTable {
 public:
  // All services of `services` whose methods have a rule. FAILED_PRECONDITION names the first method that is not whole:
  // no idempotency, an unknown scope, no path, a path that another has, a body or variable that is no field, streaming.
  static absl::StatusOr<RouteTable> Build(const std::vector<const google::protobuf::ServiceDescriptor*>& services);

  struct Match {
    const Route* route = nullptr;        // set when path and method are right
    std::string allowed;                 // "GET, PATCH": the path is right, the method is not
    std::vector<std::string> variables;  // decoded, in order of the path
  };
  // `raw_path` without the query. A match with neither route nor allowed: no such path. INVALID_PATH on a bad escape.
  absl::StatusOr<Match> Find(absl::string_view http_method, absl::string_view raw_path) const;

  // By path, then method: one line each, as tests/golden/routes.txt has them.
  std::string ToText() const;
  const std::vector<std::unique_ptr<const Route>>& routes() const { return routes_; }

 private:
  struct Node {
    absl::flat_hash_map<std::string, std::unique_ptr<Node>> literals;
    std::unique_ptr<Node> variable;
    absl::flat_hash_map<std::string, std::vector<const Route*>> ends;  // by verb
  };
  absl::Status Add(const google::protobuf::MethodDescriptor* method);
  static const std::vector<const Route*>* Walk(const Node& node, const std::vector<std::string>& segments, size_t i,
                                               const std::string& verb, std::vector<std::string>& variables);

  std::vector<std::unique_ptr<const Route>> routes_;
  absl::flat_hash_set<std::string> verbs_;
  Node root_;
};

// Every service linked into this program (link hoiam_protos_all).
std::vector<const google::protobuf::ServiceDescriptor*> LinkedServices();

}  // namespace hoiam::gateway
