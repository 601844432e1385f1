// From asking to answering, in figures: what the counts of the funnel come to.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace hoiam::survey {

// --- items that are counted (store: TallyRow) ---
inline constexpr char kTriggeredItem[] = "step:TRIGGERED";
inline constexpr char kEligibleItem[] = "step:ELIGIBLE";
inline constexpr char kSampledItem[] = "step:SAMPLED";
inline constexpr char kSentItem[] = "step:SENT";
inline constexpr char kDeliveredItem[] = "step:DELIVERED";
inline constexpr char kOpenedItem[] = "step:OPENED";
inline constexpr char kStartedItem[] = "step:STARTED";
inline constexpr char kFinishedItem[] = "step:FINISHED";
inline constexpr char kBouncedItem[] = "bounced";    // a mail came back
inline constexpr char kRemindedItem[] = "reminded";  // a reminder went out
inline constexpr char kSkipPrefix[] = "skip:";       // and the reason
inline constexpr char kShownPrefix[] = "shown:";     // and the question
inline constexpr char kAnsweredPrefix[] = "answered:";

// In the order in which a person takes them.
inline constexpr std::array kFunnelSteps = {kTriggeredItem, kEligibleItem, kSampledItem, kSentItem,
                                            kDeliveredItem, kOpenedItem,   kStartedItem, kFinishedItem};

using Counts = std::map<std::string, int64_t>;  // by item

struct FunnelStep {
  std::string item;  // of kFunnelSteps
  int64_t count = 0;
  std::optional<double> percent_of_previous;  // unset for the first, and when the step before counts nothing
  std::optional<double> percent_of_sent;      // unset before SENT, and when nothing was sent
};

// Every step counts those who got at least that far, so none is smaller than one after it: who answered had the
// message, whether or not anybody reported it. DELIVERED and OPENED are left out where nobody reports them at all.
std::vector<FunnelStep> FunnelSteps(const Counts& counts);

struct FunnelSkip {
  std::string reason;
  int64_t count = 0;
};

// Why not, most frequent first; of two that are equal the first by name.
std::vector<FunnelSkip> FunnelSkips(const Counts& counts);

struct QuestionDropOff {
  std::string question_id;
  int64_t shown = 0, answered = 0;
  std::optional<double> drop_off_percent;  // of `shown`; unset: nobody was shown it
};

// `questions` in their order, also those that nobody saw; behind them, by id, what earlier versions asked.
std::vector<QuestionDropOff> DropOff(const Counts& counts, const std::vector<std::string>& questions);

}  // namespace hoiam::survey
