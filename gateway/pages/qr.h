// Links as QR codes: GET /s/{token}/qr.svg and /s/{token}/qr.png. The picture is made from its address alone, so
// whether a link is known can neither be learned here nor costs anything.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "gateway/http/message.h"

namespace hoiam::gateway {

// The picture of public_url + "/s/{token}"; nullopt for a path that is none of these, or whose token has not the shape
// of one (22 characters of base64url).
std::optional<HttpResponse> QrAt(absl::string_view path, absl::string_view public_url);

// Error correction M, four modules of quiet zone.
std::string QrSvg(absl::string_view text);
// The same, black on white, kQrPixels a module.
std::string QrPng(absl::string_view text);

}  // namespace hoiam::gateway
