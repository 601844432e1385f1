// From the workbench to what the API takes: ids in order of time, names, amounts; and what happens today.
#pragma once

#include <vector>

#include "cli/demo/builder.h"
#include "cli/demo/shop.h"

namespace hoiam::cli {

// People that `live` must have, beside chị Lan.
inline constexpr int kLivePeople = 7;

Demo Export(DemoBuilder& builder, const std::vector<int>& live);

}  // namespace hoiam::cli
