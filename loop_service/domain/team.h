// Teams and the people in them, as a tenant has them.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"

namespace hoiam::loop {

struct Team {
  std::string id;
  std::string parent;  // the team above; empty at the top
  std::string display_name;
  std::string email;         // where alarms are mailed to; may be empty
  std::string calendar_id;   // empty: its parent's, at the top the policy's
  std::string escalates_to;  // empty: its parent
  bool archived = false;     // gets no new cases
};

// [start, end): somebody is away.
struct Absence {
  absl::Time start, end;
  std::string substitute;  // who stands in; empty: nobody
};

struct Member {
  std::string id;  // the principal that this person calls with, as in a case's owner
  std::string display_name;
  std::string email;  // may be empty
  std::vector<std::string> teams;
  std::vector<Absence> absences;
  bool archived = false;  // gets no new cases
};

}  // namespace hoiam::loop
