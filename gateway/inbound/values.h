// Times and amounts as tills and shops write them.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace hoiam::gateway {

// "2026-11-21T10:00:00", with 'T' or a blank, a fraction of 1–9 digits or none (.NET writes 7), and a zone "Z",
// "+07:00" or "+0700" or none. Without one it is a time in `zone`; nullopt when `zone` is nullptr then, or it is no
// such time.
std::optional<google::protobuf::Timestamp> ReadTime(absl::string_view text, const absl::TimeZone* zone);

// A JSON number, or the same as text, in plain digits: "1250000.0000" and "1.25E+6" are "1250000". Exact; nullopt when
// it is not a number, or has more digits than an amount may have.
std::optional<std::string> PlainNumber(absl::string_view text);

}  // namespace hoiam::gateway
