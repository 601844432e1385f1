#include "gateway/pages/html.h"

#include <utility>

#include "gateway/pages/view.h"
#include "gateway/route/path.h"

namespace hoiam::gateway {

HttpResponse HtmlPage(int status, std::string body) {
  HttpResponse r;
  r.status = status;
  r.content_type = "text/html; charset=utf-8";
  r.headers = {{"Content-Security-Policy", PagePolicy()},
               {"Referrer-Policy", "no-referrer"},
               {"Cache-Control", "no-store"},
               {"X-Robots-Tag", "noindex"}};
  r.body = std::move(body);
  return r;
}

std::string QueryParameter(absl::string_view query, absl::string_view name) {
  const auto parameters = ParseQuery(query);
  if (!parameters.ok()) return "";
  for (const auto& [n, value] : *parameters)
    if (n == name) return value;
  return "";
}

}  // namespace hoiam::gateway
