// The words of vietnam.md §1 for states and kinds, in both languages.
#pragma once

#include <string>

#include "cli/term/lang.h"
#include "hoiam/scoring/v1/resources.pb.h"
#include "hoiam/survey/v1/resources.pb.h"

namespace hoiam::cli {

std::string StateName(const Say& say, survey::v1::InvitationState::Code state);
std::string StateName(const Say& say, survey::v1::SurveyState::Code state);
std::string StateName(const Say& say, survey::v1::WaveState::Code state);
std::string StepName(const Say& say, survey::v1::FunnelStep::Code step);
// Why nobody was asked.
std::string ReasonName(const Say& say, survey::v1::SkipReason::Code reason);
std::string KindName(const Say& say, scoring::v1::EntryKind::Code kind);

}  // namespace hoiam::cli
