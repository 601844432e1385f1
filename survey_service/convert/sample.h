// Samples: request checks, what the draw needs of a request and of a customer, and what a draw came to.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/base/status.h"
#include "survey_service/domain/population.h"
#include "survey_service/domain/sampling.h"

namespace hoiam::survey {

// Adds every violation of `sample`, named below `field` ("sample", "schedule.sample").
void CheckSample(const v1::SampleSpec& sample, absl::string_view field, Violations& v);

// Of a checked one.
struct SampleRequest {
  SamplePlan plan;
  Stratification strata;
  Population population;
};
absl::StatusOr<SampleRequest> ToSampleRequest(const v1::SampleSpec& sample);
// People that a checked one asks for, without replacements.
int SampleSize(const v1::SampleSpec& sample);

// What a sample looks at, out of a stored hoiam.survey.v1.Customer: the fields it needs are found in the bytes, the
// others are stepped over. `property`: the key whose value is wanted; empty: none. False when these bytes are no
// customer.
bool ReadPerson(absl::string_view body, absl::string_view property, Person& person);

// What is wrong with a sample that cannot be drawn, as a violation below `field`. OK for kNone.
absl::Status ToStatus(const SampleProblem& problem, absl::string_view field);

v1::Wave::Stratum FromStratum(const DrawnStratum& stratum);

}  // namespace hoiam::survey
