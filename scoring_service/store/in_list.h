// Lists of ids in a condition.
#pragma once

#include <string>
#include <vector>

#include "platform/db/value.h"

namespace hoiam::scoring {

// " IN (?, …)" with the ids appended to `params`, in power-of-two lengths (the last id is repeated), so that few texts
// are kept prepared. `ids` must not be empty.
std::string InList(const std::vector<std::string>& ids, db::Values& params);

}  // namespace hoiam::scoring
