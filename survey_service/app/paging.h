// Keyset places of lists, as text in a page token.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "platform/base/page_token.h"

namespace hoiam::survey {

// A list ordered by a time and an id.
struct TimePlace {
  absl::Time time;
  std::string id;
};

inline std::string EncodePlace(absl::string_view query, const TimePlace& place) {
  return EncodePageToken(query, {absl::StrCat(absl::ToUnixMicros(place.time)), place.id});
}

// nullopt: the first page. INVALID_ARGUMENT reason INVALID_PAGE_TOKEN.
inline absl::StatusOr<std::optional<TimePlace>> DecodePlace(absl::string_view query, absl::string_view token) {
  HOIAM_ASSIGN_OR_RETURN(const std::vector<std::string> key, DecodePageToken(query, token));
  if (key.empty()) return std::nullopt;
  int64_t micros = 0;
  if (key.size() != 2 || !absl::SimpleAtoi(key[0], &micros)) return DecodePageToken(query, "?").status();
  return TimePlace{absl::FromUnixMicros(micros), key[1]};
}

}  // namespace hoiam::survey
