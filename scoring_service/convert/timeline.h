// Entries of the history as they are stored: two parts of one serialized HistoryEntry, which side by side are the entry
// as it is sent.
#pragma once

#include <string>

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

}  // namespace hoiam::scoring
