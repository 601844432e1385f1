// What an inbound endpoint may be: values in, values out.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gateway/inbound/json_tree.h"
#include "gateway/secrets/secret_key.h"
#include "gateway/store/inbound_row.h"
#include "google/protobuf/struct.pb.h"
#include "hoiam/gateway/v1/inbound_service.pb.h"
#include "platform/base/status.h"

namespace hoiam::gateway {

// Everything wrong with an endpoint, each at `prefix` and its path: that of its mapping (mapping.h), REQUIRED,
// TOO_LONG, UNKNOWN_VALUE, INVALID_HEADER, NOT_ALLOWED. `has_secret`: one is stored already, so that none need be
// given.
void CheckInbound(const v1::Inbound& inbound, absl::string_view prefix, bool has_secret, Violations& v);

// A new endpoint as the request has it, in its normal form: with its id, without what we set ourselves.
absl::StatusOr<v1::Inbound> CheckNewInbound(const v1::CreateInboundRequest& request);

// The endpoint after a PATCH: `stored` with the fields of the mask, or without a mask those present. A signature
// without a secret keeps the one stored. EMPTY_MASK, PATH_TOO_DEEP, NOT_SETTABLE, UNKNOWN_FIELD on updateMask, and all
// of CheckInbound. `has_secret`: of `stored`.
absl::StatusOr<v1::Inbound> MergeInbound(const v1::Inbound& stored, const v1::UpdateInboundRequest& request,
                                         bool has_secret);

// The row of an endpoint, with its secret sealed; of a new one or, when `before` is given, of a changed one.
InboundRow ToRow(const std::string& tenant, const v1::Inbound& inbound, const SecretKey& key, const InboundRow* before,
                 absl::Time now);
// As callers see it: without the secret.
absl::StatusOr<v1::Inbound> ToProto(const InboundRow& row, std::optional<absl::Time> last_used);
// The sender's secret; "" when it does not sign.
absl::StatusOr<std::string> SecretOf(const InboundRow& row, const SecretKey& key);

// What the address ends in: 16 bytes, base64url. The same for the same generation, so that it is stored nowhere.
std::string InboundToken(const SecretKey& key, absl::string_view tenant, absl::string_view inbound_id,
                         int64_t generation);
bool IsInboundToken(absl::string_view text);
// A digest of a request that makes an endpoint, secret and all; says nothing without the key.
std::string MadeBy(const SecretKey& key, const v1::Inbound& inbound);

// A value of a request as the tree that a body would have come to.
JsonNode ToTree(const google::protobuf::Value& value);

}  // namespace hoiam::gateway
