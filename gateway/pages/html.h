// What all pages are answered with.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "gateway/http/message.h"

namespace hoiam::gateway {

// A page with the headers under which pages are shown: nothing from elsewhere, not kept, not found by searching.
HttpResponse HtmlPage(int status, std::string body);

// The first value of a parameter of a query; "" when there is none.
std::string QueryParameter(absl::string_view query, absl::string_view name);

}  // namespace hoiam::gateway
