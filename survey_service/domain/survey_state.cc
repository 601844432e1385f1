#include "survey_service/domain/survey_state.h"

namespace hoiam::survey {

std::optional<SurveyState> Move(SurveyState from, SurveyVerb verb) {
  for (const SurveyMove& m : kSurveyMoves) {
    if (m.from == from && m.verb == verb) return m.to;
  }
  return std::nullopt;
}

absl::string_view SurveyStateName(SurveyState state) {
  switch (state) {
    case SurveyState::kDraft:
      return "DRAFT";
    case SurveyState::kActive:
      return "ACTIVE";
    case SurveyState::kPaused:
      return "PAUSED";
    case SurveyState::kArchived:
      return "ARCHIVED";
  }
  return "";
}

absl::string_view SurveyVerbName(SurveyVerb verb) {
  switch (verb) {
    case SurveyVerb::kActivate:
      return "activate";
    case SurveyVerb::kPause:
      return "pause";
    case SurveyVerb::kArchive:
      return "archive";
  }
  return "";
}

}  // namespace hoiam::survey
