// What a new installation needs before anybody can call it: a tenant, and a key that may make further keys.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "platform/db/session.h"

namespace hoiam::gateway {

// The id of the key that Bootstrap makes.
inline constexpr char kFirstKeyId[] = "first";

// Makes the tenant when it is missing, and a key "first" with scope `admin` when the tenant has no live one of that id.
// Answers the text of the key it made, or "" when a live one is there already: its text is stored nowhere, so the
// caller must keep it (mode 0600). `session` is on the gateway's migrated schema. One transaction; running it twice
// changes nothing.
absl::StatusOr<std::string> Bootstrap(db::Session& session, absl::string_view tenant, absl::string_view display_name,
                                      absl::Time now);

}  // namespace hoiam::gateway
