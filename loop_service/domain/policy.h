// How a tenant works its cases.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "loop_service/domain/answer.h"

namespace hoiam::loop {

// How fast, in the time of a calendar: AddWorkingTime.
struct ServiceLevel {
  absl::Duration acknowledge, contact, resolve;
  friend bool operator==(const ServiceLevel&, const ServiceLevel&) = default;
};

struct CasePolicy {
  std::array<ServiceLevel, 3> levels;  // of P1, P2, P3
  std::string default_team;            // of cases that nobody else would get
  std::string default_calendar;        // of teams that have none
  absl::Duration max_wait;             // for the customer
  absl::Duration escalate_every;       // working time between one team that is told and the next
  absl::Duration verify_after;         // silence by which a resolved case is verified
  absl::Duration said_twice_within;    // after a fix
  absl::Duration complaint_open_for;   // holds back selling
  std::vector<std::string> override_roles;
  bool thank_customer = true;
  std::string brand;         // empty: "chúng tôi"
  int warn_at_percent = 75;  // of a deadline; 0: never
};

inline const ServiceLevel& LevelOf(const CasePolicy& policy, Priority priority) {
  return policy.levels[static_cast<size_t>(priority) - 1];
}

}  // namespace hoiam::loop
