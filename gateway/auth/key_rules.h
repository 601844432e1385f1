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
  ScopeSet scopes = 0;
  std::optional<absl::Time> expires_at;
};

// All that is wrong at once: REQUIRED, INVALID_SLUG, TOO_LONG, UNKNOWN_SCOPE, TIME_IN_PAST.
absl::StatusOr<NewKey> CheckNewKey(const v1::CreateKeyRequest& request, absl::Time now);

// Among a tenant's keys: the one that the same request made before (then nothing is to be made), or nullopt when the
// key may be made. ID_REUSED, TOO_MANY_LIVE_KEYS, TOO_MANY_KEYS.
absl::StatusOr<std::optional<KeyRow>> DecideNewKey(const NewKey& wanted, const std::vector<const KeyRow*>& keys,
                                                   absl::Time now);

// As callers see it.
v1::ApiKey ToProto(const KeyRow& key, std::optional<absl::Time> last_used, absl::Time now);

}  // namespace hoiam::gateway
