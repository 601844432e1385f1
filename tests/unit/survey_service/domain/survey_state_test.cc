#include "survey_service/domain/survey_state.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace hoiam::survey {
namespace {

TEST(SurveyStateTest, TheFullMatrixIsAsListed) {
  constexpr SurveyState kStates[] = {SurveyState::kDraft, SurveyState::kActive, SurveyState::kPaused,
                                     SurveyState::kArchived};
  constexpr SurveyVerb kVerbs[] = {SurveyVerb::kActivate, SurveyVerb::kPause, SurveyVerb::kArchive};
  const std::map<std::string, std::string> want = {
      {"DRAFT activate", "ACTIVE"},     {"DRAFT pause", "refused"},    {"DRAFT archive", "ARCHIVED"},
      {"ACTIVE activate", "ACTIVE"},    {"ACTIVE pause", "PAUSED"},    {"ACTIVE archive", "ARCHIVED"},
      {"PAUSED activate", "ACTIVE"},    {"PAUSED pause", "PAUSED"},    {"PAUSED archive", "ARCHIVED"},
      {"ARCHIVED activate", "refused"}, {"ARCHIVED pause", "refused"}, {"ARCHIVED archive", "ARCHIVED"},
  };
  std::map<std::string, std::string> got;
  for (SurveyState s : kStates) {
    for (SurveyVerb v : kVerbs) {
      const auto to = Move(s, v);
      got[std::string(SurveyStateName(s)) + " " + std::string(SurveyVerbName(v))] =
          to ? std::string(SurveyStateName(*to)) : "refused";
    }
  }
  EXPECT_EQ(got, want);
}

}  // namespace
}  // namespace hoiam::survey
