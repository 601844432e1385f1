#include "gateway/openapi/document.h"

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "platform/base/crypto.h"

namespace hoiam::gateway::openapi {

HttpResponse Serve(const HttpRequest& request) {
  static const auto* tag =
      new std::string(absl::StrCat("\"", absl::BytesToHexString(Sha256(DocumentText()).substr(0, 16)), "\""));
  HttpResponse r;
  const absl::string_view known = request.Header("if-none-match");
  if (known == "*" || absl::StrContains(known, *tag)) {
    r.status = 304;
    r.content_type = "";
  } else {
    r.body = std::string(DocumentText());
  }
  r.headers.emplace_back("ETag", *tag);
  r.headers.emplace_back("Cache-Control", "public, max-age=300");
  r.headers.emplace_back("Access-Control-Allow-Origin", "*");
  return r;
}

}  // namespace hoiam::gateway::openapi
