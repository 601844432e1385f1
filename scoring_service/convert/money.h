// Money as it is told: per currency, with its share of that currency's sum.
#pragma once

#include "google/protobuf/repeated_field.h"
#include "hoiam/scoring/v1/resources.pb.h"
#include "scoring_service/domain/revenue.h"

namespace hoiam::scoring {

// Revenue of `part`, which is a part of `all`.
void AddRevenue(const Represented& part, const Represented& all, google::protobuf::RepeatedPtrField<v1::Revenue>* out);

}  // namespace hoiam::scoring
