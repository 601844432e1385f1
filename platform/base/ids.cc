#include "platform/base/ids.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "platform/base/crypto.h"

namespace hoiam {

std::string NewUuid(absl::Time now) {
  std::string id = RandomBytes(16);
  const uint64_t ms = static_cast<uint64_t>(absl::ToUnixMillis(now));
  for (int i = 0; i < 6; ++i) id[i] = static_cast<char>(ms >> (40 - 8 * i));
  id[6] = static_cast<char>((id[6] & 0x0F) | 0x70);
  id[8] = static_cast<char>((id[8] & 0x3F) | 0x80);
  return id;
}

std::string UuidToString(absl::string_view bytes) {
  const std::string h = Hex(bytes);
  return absl::StrCat(h.substr(0, 8), "-", h.substr(8, 4), "-", h.substr(12, 4), "-", h.substr(16, 4), "-",
                      h.substr(20));
}

std::optional<std::string> ParseUuid(absl::string_view text) {
  if (text.size() != 36) return std::nullopt;
  std::string hex;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i] != '-') return std::nullopt;
    } else if (absl::ascii_isxdigit(static_cast<unsigned char>(text[i]))) {
      hex.push_back(text[i]);
    } else {
      return std::nullopt;
    }
  }
  return absl::HexStringToBytes(hex);
}

uint32_t PartitionOf(absl::string_view tenant, absl::string_view subject, uint32_t partitions) {
  if (partitions <= 1) return 0;
  const std::string digest = Sha256(absl::StrCat(tenant, absl::string_view("\0", 1), subject));
  uint64_t head = 0;
  for (int i = 0; i < 8; ++i) head = head << 8 | static_cast<unsigned char>(digest[i]);
  return static_cast<uint32_t>(head % partitions);
}

}  // namespace hoiam
