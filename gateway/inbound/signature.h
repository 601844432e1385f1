// Whether a request comes from the sender who knows the endpoint's secret.
#pragma once

#include "absl/strings/string_view.h"
#include "hoiam/gateway/v1/inbound_service.pb.h"

namespace hoiam::gateway {

// `given` is the value of the header that the signature names. True when it is the HMAC-SHA256 of the raw body under
// `secret`, in the encoding named; compared in time that does not depend on where they differ. Base64 with its padding
// or without; hexadecimal in any case; "sha256=" before it is ignored. Always true when the sender does not sign.
bool SignatureHolds(const v1::InboundSignature& signature, absl::string_view secret, absl::string_view given,
                    absl::string_view body);

}  // namespace hoiam::gateway
