// Entries of the history as they are stored: two parts of one serialized HistoryEntry, so that a page is parsed and not
// put together.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "hoiam/loop/v1/resources.pb.h"
#include "hoiam/scoring/v1/resources.pb.h"
#include "hoiam/survey/v1/resources.pb.h"

namespace hoiam::scoring {

// The part `entry`: everything but the answers of an interaction.
std::string EntryOf(const hoiam::survey::v1::Interaction& interaction);
std::string EntryOf(const hoiam::survey::v1::Invitation& invitation);
std::string EntryOf(const hoiam::survey::v1::Response& response);
std::string EntryOf(const hoiam::loop::v1::Case& c);
std::string EntryOf(const hoiam::survey::v1::Usage& usage);

// The part `answers` with this answer put in or replaced, oldest first.
std::string WithAnswer(absl::string_view answers, const hoiam::survey::v1::Response& response);
std::string WithoutAnswer(absl::string_view answers, absl::string_view response_id);

// Both parts together. INTERNAL when they are damaged.
absl::StatusOr<hoiam::scoring::v1::HistoryEntry> ParseEntry(const std::string& entry, const std::string& answers);

}  // namespace hoiam::scoring
