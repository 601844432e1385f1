#include "loop_service/domain/loop_rate.h"

#include <algorithm>
#include <cmath>

#include "loop_service/domain/case_command.h"
#include "loop_service/domain/service_level.h"
#include "loop_service/limits.h"

namespace hoiam::loop {
namespace {

constexpr double kZ95 = 1.959963984540054;

double Rounded(double percent) { return std::round(percent * 1000) / 1000; }

// Of `n` > 0.
void SetRate(LoopRate& r, int n) {
  const double p = static_cast<double>(r.in_time) / n, z2 = kZ95 * kZ95, shrink = 1 + z2 / n;
  const double middle = (p + z2 / (2 * n)) / shrink;
  const double half = kZ95 / shrink * std::sqrt(p * (1 - p) / n + z2 / (4.0 * n * n));
  r.rate = Rounded(100 * p);
  r.rate_low = Rounded(100 * std::max(0.0, middle - half));
  r.rate_high = Rounded(100 * std::min(1.0, middle + half));
}

LoopTimes TimesOf(std::vector<int64_t> seconds) {
  LoopTimes t;
  t.count = static_cast<int>(seconds.size());
  if (seconds.empty()) return t;
  std::sort(seconds.begin(), seconds.end());
  const auto at = [&](size_t percent) {
    return static_cast<double>(seconds[(percent * seconds.size() + 99) / 100 - 1]);
  };
  t.p50_seconds = at(50);
  t.p90_seconds = at(90);
  t.p95_seconds = at(95);
  return t;
}

bool IsBy(const std::optional<absl::Time>& done, absl::Time by) { return done && *done <= by; }

void AddTime(const CaseFact& fact, const std::optional<absl::Time>& done, std::vector<int64_t>& to) {
  if (done) to.push_back(std::max<int64_t>(0, absl::ToInt64Seconds(*done - fact.start_time)));
}

}  // namespace

CaseFact FactOf(const Case& c) {
  CaseFact f;
  f.create_time = c.create_time;
  f.case_id = c.case_id;
  f.kind = std::string(Name(c.kind));
  f.state = c.state;
  f.priority = std::string(Name(c.priority));
  f.origin = std::string(Name(c.origin));
  f.owned = !c.owner.empty();
  f.team = c.team;
  f.root_cause = c.root_cause;
  f.touchpoint = c.touchpoint;
  f.answers = static_cast<int>(
      std::count_if(c.answers.begin(), c.answers.end(), [](const CaseAnswer& a) { return !a.recovery; }));
  f.start_time = StartOf(c);
  f.acknowledge_time = c.acknowledged_at;
  f.contact_time = c.contacted_at;
  f.resolve_time = c.resolved_at;
  f.contact_by = c.contact_by;
  for (size_t i = 0; i < c.handoffs.size(); ++i) {
    const bool lies = !c.handoffs[i].taken_at && i + 1 == c.handoffs.size() && IsOpen(c.state);
    if (!lies) f.handoff_waits.push_back(absl::ToInt64Seconds(WaitOf(c, i, c.update_time)));
  }
  f.said_twice = c.said_twice.has_value();
  f.verification = c.verification;
  return f;
}

void LoopCounter::Add(const CaseFact& fact, absl::string_view group) {
  if (fact.state == CaseState::kCancelled) return;
  Group& g = groups_[group];
  LoopRate& r = g.counts;
  const bool open = IsOpen(fact.state);
  r.needed += fact.answers;
  if (IsBy(fact.contact_time, fact.contact_by) || IsBy(fact.resolve_time, fact.contact_by))
    r.in_time += fact.answers;
  else if (!fact.contact_time && !fact.resolve_time && now_ <= fact.contact_by)
    r.pending += fact.answers;
  if (open && !fact.owned) r.orphans += fact.answers;
  ++r.cases;
  r.open += open;
  const bool proactive = fact.origin == Name(CaseOrigin::kProactive);
  ++(proactive ? r.proactive : r.reactive);
  r.said_twice += fact.said_twice;
  r.recovered += fact.verification == Verification::kScore || fact.verification == Verification::kCustomerWord;
  r.silent += fact.verification == Verification::kSilence;
  AddTime(fact, fact.acknowledge_time, g.acknowledge);
  AddTime(fact, fact.contact_time, g.contact);
  AddTime(fact, fact.resolve_time, g.resolve);
  g.handoff.insert(g.handoff.end(), fact.handoff_waits.begin(), fact.handoff_waits.end());
}

std::vector<LoopRate> LoopCounter::Rates() const {
  std::vector<LoopRate> out;
  for (const auto& [name, g] : groups_) {
    LoopRate& r = out.emplace_back(g.counts);
    r.group = name;
    if (const int decided = r.needed - r.pending; decided > 0) SetRate(r, decided);
    r.acknowledge = TimesOf(g.acknowledge);
    r.contact = TimesOf(g.contact);
    r.resolve = TimesOf(g.resolve);
    r.handoff = TimesOf(g.handoff);
    r.enough_data = r.needed >= kEnoughAnswers;
  }
  std::stable_sort(out.begin(), out.end(), [](const LoopRate& a, const LoopRate& b) { return a.cases > b.cases; });
  return out;
}

}  // namespace hoiam::loop
