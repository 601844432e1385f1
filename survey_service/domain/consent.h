// What a customer has said about being asked, made of all that was said: each statement holds from the time at which it
// was made, in whatever order they arrive.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "absl/time/time.h"
#include "survey_service/domain/fatigue.h"

namespace hoiam::survey {

// The numbers are those of hoiam.survey.v1.ConsentState.
enum class ConsentWish { kNone = 0, kGiven, kWithdrawn };

struct ConsentStatement {
  ConsentWish wish = ConsentWish::kNone;
  std::optional<AskChannel> channel;  // unset: all of them
  absl::Time stated_at, stored_at;
};

struct ConsentStanding {
  ConsentWish wish = ConsentWish::kNone;  // kWithdrawn: nobody asks, by whatever channel
  std::set<AskChannel> refused;           // by these not, by others perhaps
};

// All of them refused or agreed to takes the place of what was said of single ones. Who refused everything and then
// agrees to one channel may be asked by that one only.
ConsentStanding StandingOf(std::vector<ConsentStatement> statements);

}  // namespace hoiam::survey
