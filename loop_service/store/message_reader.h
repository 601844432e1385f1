// Reads of the conversation outside of the unit of work, each served by an index and by tenant.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "platform/db/tenant_db.h"

namespace hoiam::loop {

// Where a message stands in the order of the conversation: oldest first.
struct MessagePosition {
  absl::Time create_time;
  std::string message_id;
};

struct StoredMessage {
  MessagePosition position;
  std::string body;
};

struct MessagePage {
  std::vector<StoredMessage> messages;
  bool more = false;
};

// At most `limit` messages after `after`; fewer when bodies come to more than `max_bytes` (but one at least).
absl::StatusOr<MessagePage> ListMessages(const db::TenantDb& db, absl::string_view case_id,
                                         const std::optional<MessagePosition>& after, size_t limit, size_t max_bytes);
// Bodies of the last `limit` messages, newest first.
absl::StatusOr<std::vector<std::string>> LastMessages(const db::TenantDb& db, absl::string_view case_id, size_t limit);
// Body of one; nullopt when there is none.
absl::StatusOr<std::optional<std::string>> FindMessage(const db::TenantDb& db, absl::string_view case_id,
                                                       absl::string_view message_id);
// Body of a mail that is to go out; nullopt when it has gone.
absl::StatusOr<std::optional<std::string>> FindMail(const db::TenantDb& db, absl::string_view case_id,
                                                    absl::string_view mail_id);
// Mails that came for a case since then, but at most `limit` of them are counted.
absl::StatusOr<int64_t> CountReceived(const db::TenantDb& db, absl::string_view case_id, absl::Time since,
                                      int64_t limit);

}  // namespace hoiam::loop
