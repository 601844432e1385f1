// What went wrong can be called: the tree of causes.
#pragma once

#include <string>

namespace hoiam::loop {

// What kind of pebble a cause is.
enum class CauseCategory { kNone = 0, kProcess, kPolicy, kProduct, kPeople, kPartner, kPromise };

struct RootCause {
  std::string id;
  std::string parent;        // the node above; empty for a driver
  std::string display_name;  // in Vietnamese
  std::string display_name_en;
  CauseCategory category = CauseCategory::kNone;  // a driver has none
  bool archived = false;                          // not offered any more
};

}  // namespace hoiam::loop
