// An inbound endpoint as it is stored.
#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "platform/db/table.h"

namespace hoiam::gateway {

struct InboundRow {
  std::string tenant_id;
  std::string inbound_id;
  std::string definition;  // serialized hoiam.gateway.v1.Inbound, without secret, revision and times
  std::string secret;      // sealed; "" when the sender does not sign
  std::string made_by;     // digest of the request that made it
  std::string token_hash;  // SHA-256 of the token in its address
  int64_t generation = 1;  // of the address
  bool enabled = true;
  int64_t revision = 1;
  absl::Time created_at;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static InboundRow Read(const db::Row& r);
};

}  // namespace hoiam::gateway
