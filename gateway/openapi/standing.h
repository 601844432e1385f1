// The parts of the document that are the same for every operation: what api.md says under "General".
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "gateway/openapi/json_text.h"

namespace hoiam::gateway::openapi {

std::string Info(absl::string_view version);
std::string SecuritySchemes();
// Members of components/headers, components/parameters, components/responses.
Object HeaderComponents();
Object ParameterComponents();
Object ResponseComponents();
// What every failure's body is: schemas "Error" and what it holds.
Object ErrorSchemas();

// The responses of an operation that may be refused.
struct Refusals {
  bool writes = false;   // takes an Idempotency-Key
  bool path_id = false;  // names a resource in its path
  bool has_body = false;
};
// Answers by code besides 200: members of an operation's `responses`.
Object RefusalsOf(const Refusals& r);
// Headers of a 200.
std::string HeadersOf(const Refusals& r);

}  // namespace hoiam::gateway::openapi
