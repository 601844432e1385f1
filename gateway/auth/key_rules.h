// What a key may be and when it may be made: values in, values out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/auth/scopes.h"
#include "gateway/store/key_row.h"
#include "hoiam/gateway/v1/key_service.pb.h"

namespace hoiam::gateway {

// A request that has the right shape.
struct NewKey {
  std::string key_id;
  std::string principal;
  ScopeSet scopes = 0;  // those of the role when there is one
  std::optional<absl::Time> expires_at;
  v1::KeyKind::Code kind = v1::KeyKind::SECRET;
  v1::Role::Code role = v1::Role::UNSPECIFIED;
  bool test_mode = false;
  std::vector<std::string> teams;  // ascending
};

// Who makes a key: no more than this can be given.
struct KeyMaker {
  ScopeSet held = 0;
  bool test_mode = false;
  std::vector<std::string> teams;  // bound to these; empty: to none
};

// A rotation that has the right shape.
struct NewRotation {
  std::string key_id;
  std::string new_key_id;
  absl::Duration overlap;
  std::optional<absl::Time> expires_at;  // unset: as the old one
};

// What a key may do now: the scopes of its role, else its own; none when it is publishable; in the test mode never
// `operator`, which is not of a tenant.
ScopeSet ScopesOf(const KeyRow& key);

// Its role as v1::Role names it; "ADMIN" for one without role that may do everything in its tenant; "" for any other.
std::string RoleOf(const KeyRow& key);

// All that is wrong at once: REQUIRED, INVALID_SLUG, TOO_LONG, UNKNOWN_SCOPE, UNKNOWN_VALUE, SCOPES_OR_ROLE,
// PUBLISHABLE_HAS_NO_SCOPES, NOT_IN_TEST_MODE, TIME_IN_PAST, TOO_MANY, TEAM_NOT_HELD. Then SCOPE_NOT_HELD. A maker of
// the test mode makes keys of the test mode only, one that is bound to teams keys bound to teams among its own.
absl::StatusOr<NewKey> CheckNewKey(const v1::CreateKeyRequest& request, const KeyMaker& maker, absl::Time now);
// REQUIRED, INVALID_SLUG, SAME_ID, OUT_OF_RANGE, TIME_IN_PAST.
absl::StatusOr<NewRotation> CheckRotation(const v1::RotateKeyRequest& request, absl::Time now);

// Among a tenant's keys: the one that the same request made before (then nothing is to be made), or nullopt when the
// key may be made. ID_REUSED, TOO_MANY_LIVE_KEYS, TOO_MANY_KEYS.
absl::StatusOr<std::optional<KeyRow>> DecideNewKey(const NewKey& wanted, const std::vector<const KeyRow*>& keys,
                                                   absl::Time now);

struct Rotation {
  KeyRow old_key;  // as it is afterwards
  NewKey new_key;
  std::optional<KeyRow> made_before;  // set: the same request did it before, and nothing is to be done
};
// KEY_NOT_FOUND, KEY_NOT_LIVE, SCOPE_NOT_HELD, and what DecideNewKey refuses. The old key ends after the overlap, and
// counts among the principal's live ones unless that is zero.
absl::StatusOr<Rotation> DecideRotation(const NewRotation& wanted, const std::vector<const KeyRow*>& keys,
                                        const KeyMaker& maker, absl::Time now);

// As it is stored.
KeyRow ToRow(const std::string& tenant, const NewKey& key, absl::string_view text, absl::Time now);
// As callers see it.
v1::ApiKey ToProto(const KeyRow& key, std::optional<absl::Time> last_used, absl::Time now);

}  // namespace hoiam::gateway
