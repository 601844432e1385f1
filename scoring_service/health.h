// What /readyz and /metrics say of the generations.
#pragma once

#include "platform/server/app.h"
#include "scoring_service/app/generations.h"

namespace hoiam::scoring {

// `generations` must outlive the serving of `app`.
void ShowHealth(server::App& app, const Generations& generations);

}  // namespace hoiam::scoring
