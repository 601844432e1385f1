// Where customers meet the company, and how: what Hoiam brings, and how names become ids.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace hoiam::survey {

enum class CatalogueKind { kTouchpoint, kChannel };
// "touchpoint", "channel".
absl::string_view CatalogueKindName(CatalogueKind kind);

// The numbers are those of hoiam.survey.v1.Stage and Place.
enum class JourneyStage { kNone = 0, kBefore, kDuring, kAfter };
enum class PlaceKind { kNone = 0, kOnline, kOffline };

struct BuiltInTouchpoint {
  absl::string_view id, vi, en;
  JourneyStage stage;
  PlaceKind place;
  absl::string_view channel;  // the usual one; may be empty
  bool moment_of_truth = false;
  bool controllable = true;
};

struct BuiltInChannel {
  absl::string_view id, vi, en;
  PlaceKind place;
};

// By id, each after the one above it. A tenant changes them by rows of its own.
const std::vector<BuiltInTouchpoint>& BuiltInTouchpoints();
const std::vector<BuiltInChannel>& BuiltInChannels();

// How a name is looked up: in NFC, lower case, without space around it and with single spaces in it. Text that is no
// UTF-8 has no such form: "".
std::string FoldName(absl::string_view name);

// The id of what Hoiam brings by this name, as folded, in either language; nullopt when there is none.
std::optional<absl::string_view> FindBuiltIn(CatalogueKind kind, absl::string_view folded_name);

// When in the journey the touchpoint of this id lies; kNone also when Hoiam brings none.
JourneyStage BuiltInStage(absl::string_view id);

// [a-z0-9_.-]{1,64}: taken as an id, whether or not anything of that id is known.
bool CouldBeId(absl::string_view name);
// An id whose parts between the dots are not empty: what may stand in the tree.
bool IsTreeId(absl::string_view id);
// All but the last part of an id; "": it stands at the top.
absl::string_view ParentOf(absl::string_view id);

}  // namespace hoiam::survey
