#include "gateway/store/key_row.h"

namespace hoiam::gateway {

const db::TableDef& KeyRow::Table() {
  static const auto* def =
      new db::TableDef{"api_key",
                       {"tenant_id", "key_id", "principal", "scopes", "secret_hash", "prefix", "created_at",
                        "expires_at", "revoked_at", "kind", "role", "test_mode", "teams"},
                       2};
  return *def;
}

void KeyRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, key_id, principal, scopes, secret_hash, prefix, created_at, db::Of(expires_at),
                     db::Of(revoked_at), kind, role, int64_t{test_mode}, teams});
}

KeyRow KeyRow::Read(const db::Row& r) {
  return {r.Bytes(0),   r.Bytes(1),   r.Bytes(2), r.Bytes(3), r.Bytes(4),     r.Bytes(5), r.Time(6),
          r.OptTime(7), r.OptTime(8), r.Int(9),   r.Int(10),  r.Int(11) != 0, r.Bytes(12)};
}

}  // namespace hoiam::gateway
