// Reads of surveys outside of a write. All answer bodies: serialized hoiam.survey.v1.Survey.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/db/session.h"

namespace hoiam::survey {

absl::StatusOr<std::optional<std::string>> ReadSurvey(db::Session& session, const std::string& tenant,
                                                      const std::string& survey_id);
absl::StatusOr<std::optional<std::string>> ReadSurveyVersion(db::Session& session, const std::string& tenant,
                                                             const std::string& survey_id, int64_t version);
// By id, after `after`; at most `limit`.
absl::StatusOr<std::vector<std::string>> ListSurveys(db::Session& session, const std::string& tenant,
                                                     const std::string& after, int limit);

}  // namespace hoiam::survey
