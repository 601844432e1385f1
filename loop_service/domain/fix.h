// Said it twice: nobody shall have to say the same thing again. A case that was resolved is a fix of its cause: for the
// person, and, when the cause itself was removed, wherever it lay (touchpoint, shop, lot). Who names that cause after
// the fix shows that it did not hold.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "loop_service/domain/case.h"

namespace hoiam::loop {

struct Fix {
  std::string case_id;  // 16 bytes
  absl::Time resolved_at;
  bool failed = false;
  std::string customer_id;  // empty: anonymous
};

// Fixes of one cause in one scope, latest last.
using FixList = std::vector<Fix>;

// Where fixes are kept: "PERSON", "LOT", "TOUCHPOINT", "SHOP" and the id of it.
struct FixScope {
  Relation relation = Relation::kSamePerson;
  std::string id;
};
absl::string_view ScopeKind(Relation relation);

// Those of a case, the strongest relation first; what it does not know (an anonymous person, no lot) is left out.
std::vector<FixScope> ScopesOf(const Case& c);

// When the customer said it: the answer that opened the case, else its opening.
absl::Time SaidAt(const Case& c);

// The latest fix in `fixes` that `c` contradicts: of another case, resolved before `said_at`, not longer than `within`
// ago.
const Fix* BrokenFix(const FixList& fixes, const Case& c, absl::Duration within);

// Adds the fix that `c` is; one of the same case is replaced. Keeps the last kMaxFixes.
void AddFix(FixList& fixes, const Case& c, absl::Time resolved_at);

// Marks the fix of a case. Answers whether anything changed.
bool MarkFailed(FixList& fixes, absl::string_view case_id);

// The later case: names the earlier one, and is one priority more urgent. A case says it once.
void SayTwice(Case& later, const Case& earlier, Relation relation, absl::string_view root_cause, absl::Time now);
// The earlier case: its fix failed. A case says it once. Answers whether it changed: a full one does not.
bool FailFix(Case& earlier, const Case& later, Relation relation, absl::string_view root_cause, absl::Time now);

}  // namespace hoiam::loop
