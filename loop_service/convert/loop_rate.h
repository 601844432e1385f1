// The loop rate between the domain and hoiam.loop.v1.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "hoiam/loop/v1/loop_service.pb.h"
#include "loop_service/domain/loop_rate.h"
#include "platform/base/filter.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

struct LoopRateQuery {
  enum class By { kAll, kTeam, kCause };
  absl::Time start, end;  // of opening
  By by = By::kAll;
  Filter filter;  // of ParseCaseFilter
};

// Reasons of violations: END_BEFORE_START; NOT_BY_PERSON for groups and filters by people; UNKNOWN_DIMENSION and
// TOO_MANY_VALUES of groupBy; INVALID_FILTER.
absl::StatusOr<LoopRateQuery> ParseLoopRate(const pb::GetLoopRateRequest& q, absl::Time now);

// Whether `filter`, whose teams are single ones, lets a case through.
bool Matches(const Filter& filter, const CaseFact& fact);
// The group that a case belongs to.
absl::string_view GroupOf(LoopRateQuery::By by, const CaseFact& fact);

void ToProto(const LoopRate& rate, pb::LoopRateRow& out);

}  // namespace hoiam::loop
