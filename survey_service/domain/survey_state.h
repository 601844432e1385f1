// The life of a survey, as a table. What is not listed is refused.
#pragma once

#include <array>
#include <optional>

#include "absl/strings/string_view.h"

namespace hoiam::survey {

enum class SurveyState { kDraft, kActive, kPaused, kArchived };
enum class SurveyVerb { kActivate, kPause, kArchive };

struct SurveyMove {
  SurveyState from;
  SurveyVerb verb;
  SurveyState to;
};

// A verb whose state holds already is a success that changes nothing, so that a retry is one.
inline constexpr std::array kSurveyMoves = {
    SurveyMove{SurveyState::kDraft, SurveyVerb::kActivate, SurveyState::kActive},
    SurveyMove{SurveyState::kPaused, SurveyVerb::kActivate, SurveyState::kActive},
    SurveyMove{SurveyState::kActive, SurveyVerb::kActivate, SurveyState::kActive},
    SurveyMove{SurveyState::kActive, SurveyVerb::kPause, SurveyState::kPaused},
    SurveyMove{SurveyState::kPaused, SurveyVerb::kPause, SurveyState::kPaused},
    SurveyMove{SurveyState::kDraft, SurveyVerb::kArchive, SurveyState::kArchived},
    SurveyMove{SurveyState::kActive, SurveyVerb::kArchive, SurveyState::kArchived},
    SurveyMove{SurveyState::kPaused, SurveyVerb::kArchive, SurveyState::kArchived},
    SurveyMove{SurveyState::kArchived, SurveyVerb::kArchive, SurveyState::kArchived},
};

// Where the verb leads; nullopt: refused.
std::optional<SurveyState> Move(SurveyState from, SurveyVerb verb);

// "DRAFT", … and "activate", …
absl::string_view SurveyStateName(SurveyState state);
absl::string_view SurveyVerbName(SurveyVerb verb);

}  // namespace hoiam::survey
