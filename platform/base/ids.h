// Ids that the application makes, and the partition a subject lives in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace hoiam {

// 16 bytes of a UUIDv7 (RFC 9562): milliseconds of `now`, then random bits. Ordered by time.
std::string NewUuid(absl::Time now);
// "018f…-…" of 16 bytes.
std::string UuidToString(absl::string_view bytes);
// 16 bytes of a UUID in its 36-character form; nullopt otherwise.
std::optional<std::string> ParseUuid(absl::string_view text);

// First 8 bytes, big endian, of SHA-256(tenant ‖ 0x00 ‖ subject), mod `partitions`. The same in every process and
// release.
uint32_t PartitionOf(absl::string_view tenant, absl::string_view subject, uint32_t partitions);

}  // namespace hoiam
