// ListPassives between the wire and the domain.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "scoring_service/domain/work_list.h"

namespace hoiam::scoring {

// Every bad field is told at once.
absl::StatusOr<WorkQuery> ToWorkQuery(const std::string& tenant, const v1::ListPassivesRequest& request);
// The token of the page after one that ended here.
std::string WorkToken(const std::string& tenant, const WorkQuery& query, const WorkKey& end);

v1::WorkItem FromWorkItem(const WorkItem& item);

}  // namespace hoiam::scoring
