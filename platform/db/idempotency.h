// The reply that a request with an Idempotency-Key got, kept beside its effect.
#pragma once

#include <string>

#include "platform/db/table.h"

namespace hoiam::db {

struct IdempotencyRow {
  std::string tenant_id, principal, method, key, fingerprint, reply, subject;
  absl::Time expires_at;

  static const TableDef& Table() {
    static const auto* def = new TableDef{
        "idempotency",
        {"tenant_id", "principal", "method", "idempotency_key", "fingerprint", "reply", "subject", "expires_at"},
        4};
    return *def;
  }
  void Bind(Values& v) const {
    v.insert(v.end(), {tenant_id, principal, method, key, fingerprint, reply, subject, expires_at});
  }
  static IdempotencyRow Read(const Row& r) {
    return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Bytes(3), r.Bytes(4), r.Bytes(5), r.Bytes(6), r.Time(7)};
  }
};

}  // namespace hoiam::db
