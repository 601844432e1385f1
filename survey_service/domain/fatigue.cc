#include "survey_service/domain/fatigue.h"

#include <algorithm>
#include <utility>

#include "absl/container/inlined_vector.h"

namespace hoiam::survey {
namespace {

// What fills a rule, in order of time. Most people were asked a few times at most: no memory is asked for.
using Counted = absl::InlinedVector<const Ask*, 16>;

// Whether one more at `t` leaves at most `max` in any time of `window`: of the runs of max + 1 that it is in, none is
// shorter.
bool Fits(const Counted& asks, int max, absl::Duration window, absl::Time t) {
  const auto later =
      std::upper_bound(asks.begin(), asks.end(), t, [](absl::Time at, const Ask* a) { return at < a->at; });
  const int place = static_cast<int>(later - asks.begin()), n = static_cast<int>(asks.size());
  const auto at = [&](int i) {
    return i < place ? asks[i]->at : i == place ? t : asks[i - 1]->at;
  };  // with t among them
  for (int first = std::max(0, place - max); first <= place && first + max <= n; ++first)
    if (at(first + max) - at(first) < window) return false;
  return true;
}

// A rule opens when an ask leaves its window, so those are the moments to look at.
FatigueVerdict Decide(std::string rule, Counted&& asks, int max, absl::Duration window, absl::Time t) {
  FatigueVerdict out{std::move(rule), std::nullopt, ""};
  if (asks.empty() || window <= absl::ZeroDuration()) return out;
  const auto earlier = [](const Ask* a, const Ask* b) { return a->at < b->at; };
  if (!std::is_sorted(asks.begin(), asks.end(), earlier)) std::sort(asks.begin(), asks.end(), earlier);
  if (Fits(asks, max, window, t)) return out;
  for (const Ask* ask : asks) {
    const absl::Time leaves = ask->at + window;
    if (leaves <= t || !Fits(asks, max, window, leaves)) continue;
    out.opens_at = leaves;
    out.blocked_by = ask->survey_id;
    break;
  }
  return out;
}

bool Concerns(const PolicyRule& rule, absl::string_view survey, absl::string_view metric, AskChannel channel) {
  return (rule.metric.empty() || rule.metric == metric) && (!rule.channel || *rule.channel == channel) &&
         (rule.surveys.empty() || std::find(rule.surveys.begin(), rule.surveys.end(), survey) != rule.surveys.end());
}

template <class Predicate>
Counted CountedOf(const std::vector<Ask>& asks, Predicate counts) {
  Counted out;
  for (const Ask& ask : asks)
    if (counts(ask)) out.push_back(&ask);
  return out;
}

}  // namespace

absl::Duration DefaultWindow(bool has_trigger) { return has_trigger ? kTransactionalWindow : kRelationshipWindow; }

std::vector<FatigueVerdict> DecideFatigue(const std::vector<Ask>& asks, const Asker& asker,
                                          const std::vector<PolicyRule>& policy, absl::Time at) {
  std::vector<FatigueVerdict> out;
  out.reserve(2 + policy.size());
  out.push_back(Decide("floor_24h", CountedOf(asks, [](const Ask&) { return true; }), 1, kFloor, at));
  if (asker.exempt) return out;
  const auto own = [&](const Ask& ask) { return ask.survey_id == asker.survey_id; };
  out.push_back(Decide("survey_window", CountedOf(asks, own), 1, asker.window, at));
  for (const PolicyRule& rule : policy) {
    if (!Concerns(rule, asker.survey_id, asker.metric, asker.channel)) continue;
    const auto counts = [&](const Ask& ask) { return Concerns(rule, ask.survey_id, ask.metric, ask.channel); };
    out.push_back(Decide(rule.id, CountedOf(asks, counts), rule.max_asks, rule.window, at));
  }
  return out;
}

const FatigueVerdict* Strictest(const std::vector<FatigueVerdict>& verdicts) {
  const FatigueVerdict* last = nullptr;
  for (const FatigueVerdict& v : verdicts)
    if (v.opens_at && (!last || *v.opens_at > *last->opens_at)) last = &v;
  return last;
}

std::optional<absl::Time> EarliestAsk(const std::vector<Ask>& asks, const std::vector<Asker>& askers,
                                      const std::vector<PolicyRule>& policy, absl::Time now) {
  std::optional<absl::Time> earliest;
  for (const Asker& asker : askers) {
    absl::Time at = now;
    // What opens last may open into another rule's window.
    for (;;) {
      const auto verdicts = DecideFatigue(asks, asker, policy, at);
      const FatigueVerdict* closed = Strictest(verdicts);
      if (!closed) break;
      at = *closed->opens_at;
    }
    if (at == now) return std::nullopt;
    if (!earliest || at < *earliest) earliest = at;
  }
  return earliest;
}

}  // namespace hoiam::survey
