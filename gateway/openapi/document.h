// GET /openapi.json: the document that was made with this program.
#pragma once

#include "absl/strings/string_view.h"
#include "gateway/http/message.h"

namespace hoiam::gateway::openapi {

inline constexpr absl::string_view kDocumentPath = "/openapi.json";

// The document as JSON; made at build time.
absl::string_view DocumentText();

// For anybody, from any origin; 304 for an If-None-Match that names it.
HttpResponse Serve(const HttpRequest& request);

}  // namespace hoiam::gateway::openapi
