// How the loop is closed, in figures: by team or cause, never by person. Cancelled cases were none and count nowhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "loop_service/domain/case.h"

namespace hoiam::loop {

// A case as figures.
struct CaseFact {
  absl::Time create_time;
  std::string case_id;  // 16 bytes
  std::string kind;     // names, as lists are cut by
  CaseState state = CaseState::kNew;
  std::string priority, origin;
  bool owned = false;
  std::string team, root_cause, touchpoint;
  int answers = 0;        // that needed action: all but those to the recovery survey
  absl::Time start_time;  // when it was last opened or reopened; what follows counts from there
  std::optional<absl::Time> acknowledge_time, contact_time, resolve_time;
  absl::Time contact_by;
  std::vector<int64_t> handoff_waits;  // seconds, of those that ended
  bool said_twice = false;
  Verification verification = Verification::kNone;
};
CaseFact FactOf(const Case& c);

// Over `count` cases; the rest is unset without any. Nearest rank.
struct LoopTimes {
  int count = 0;
  std::optional<double> p50_seconds, p90_seconds, p95_seconds;
};

struct LoopRate {
  std::string group;
  int needed = 0, in_time = 0, pending = 0;         // answers
  std::optional<double> rate, rate_low, rate_high;  // percent, 3 decimals; Wilson, 95 %
  int orphans = 0;                                  // answers in open cases that nobody owns
  int cases = 0, open = 0, proactive = 0, reactive = 0, said_twice = 0, recovered = 0, silent = 0;
  LoopTimes acknowledge, contact, resolve, handoff;
  bool enough_data = false;
};

// Adds up cases group by group.
class LoopCounter {
 public:
  // As of `now`: what is not done yet may still be in time.
  explicit LoopCounter(absl::Time now) : now_(now) {}

  void Add(const CaseFact& fact, absl::string_view group);
  // The group of the most cases first; of equals by name.
  std::vector<LoopRate> Rates() const;

 private:
  struct Group {
    LoopRate counts;
    std::vector<int64_t> acknowledge, contact, resolve, handoff;  // seconds
  };
  const absl::Time now_;
  absl::btree_map<std::string, Group> groups_;
};

}  // namespace hoiam::loop
