// An API key as it is stored.
#pragma once

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "platform/db/table.h"

namespace hoiam::gateway {

struct KeyRow {
  std::string tenant_id;
  std::string key_id;
  std::string principal;
  std::string scopes;       // FormatScopes; of a key with a role what the role had when the key was made
  std::string secret_hash;  // SHA-256 of the key's text
  std::string prefix;
  absl::Time created_at;
  std::optional<absl::Time> expires_at;
  std::optional<absl::Time> revoked_at;
  int64_t kind = 1;  // v1::KeyKind
  int64_t role = 0;  // v1::Role
  bool test_mode = false;
  std::string teams;  // it is bound to, by commas; "" none

  bool LiveAt(absl::Time now) const { return !revoked_at && (!expires_at || *expires_at > now); }

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static KeyRow Read(const db::Row& r);
};

}  // namespace hoiam::gateway
