// What `hoiam cases`, `teams`, `rules`, `looprate` and `offer` print: answers of the API in, text out.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "cli/term/lang.h"
#include "hoiam/loop/v1/loop_service.pb.h"
#include "hoiam/loop/v1/playbook_service.pb.h"
#include "hoiam/loop/v1/resources.pb.h"

namespace hoiam::cli {

// A line each, with what its clock stands before and how much is left of it at `now`.
std::string CasesText(const Say& say, const std::vector<loop::v1::Case>& cases, absl::Time now);

// Everything of one case, and what can be done next.
std::string CaseText(const Say& say, const loop::v1::Case& c, const std::vector<loop::v1::CaseMessage>& messages,
                     absl::Time now);

// Commands that make sense for the case as it is, the most sensible first, each with why; "" when there is none.
std::string NextStepsText(const Say& say, const loop::v1::Case& c);

std::string CausesText(const Say& say, const loop::v1::ListRootCausesResponse& causes);
// Teams as a tree, with who works there.
std::string TeamsText(const Say& say, const loop::v1::ListTeamsResponse& teams,
                      const loop::v1::ListMembersResponse& members, absl::Time now);

// In the order in which they are tried.
std::string RulesText(const Say& say, const loop::v1::ListAlarmRulesResponse& rules);
std::string RuleTestText(const Say& say, const loop::v1::TestAlarmRulesResponse& test);

// `by`: team, cause or "".
std::string LoopRateText(const Say& say, const std::string& by, const loop::v1::GetLoopRateResponse& rate);

std::string OfferText(const Say& say, const std::string& customer, const loop::v1::CheckOfferResponse& answer);
std::string OfferChecksText(const Say& say, const loop::v1::ListOfferChecksResponse& checks);

}  // namespace hoiam::cli
