#include "loop_service/domain/fix.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "loop_service/limits.h"
#include "platform/base/ids.h"

namespace hoiam::loop {

absl::string_view ScopeKind(Relation relation) {
  switch (relation) {
    case Relation::kSamePerson:
      return "PERSON";
    case Relation::kSameLot:
      return "LOT";
    case Relation::kSameTouchpoint:
      return "TOUCHPOINT";
    case Relation::kSameShop:
      return "SHOP";
  }
  return "";
}

std::vector<FixScope> ScopesOf(const Case& c) {
  std::vector<FixScope> scopes = {{Relation::kSamePerson, c.customer_id},
                                  {Relation::kSameLot, c.lot},
                                  {Relation::kSameTouchpoint, c.touchpoint},
                                  {Relation::kSameShop, c.shop}};
  scopes.erase(std::remove_if(scopes.begin(), scopes.end(), [](const FixScope& s) { return s.id.empty(); }),
               scopes.end());
  return scopes;
}

absl::Time SaidAt(const Case& c) {
  const bool answered = !c.answers.empty() && c.answers.front().responded_at != absl::InfinitePast();
  return answered ? c.answers.front().responded_at : c.create_time;
}

const Fix* BrokenFix(const FixList& fixes, const Case& c, absl::Duration within) {
  const absl::Time said = SaidAt(c);
  for (auto fix = fixes.rbegin(); fix != fixes.rend(); ++fix)
    if (fix->case_id != c.case_id && fix->resolved_at < said && said - fix->resolved_at <= within) return &*fix;
  return nullptr;
}

void AddFix(FixList& fixes, const Case& c, absl::Time resolved_at) {
  fixes.erase(std::remove_if(fixes.begin(), fixes.end(), [&](const Fix& f) { return f.case_id == c.case_id; }),
              fixes.end());
  fixes.push_back({c.case_id, resolved_at, false, c.customer_id});
  if (fixes.size() > kMaxFixes) fixes.erase(fixes.begin(), fixes.end() - kMaxFixes);
}

bool MarkFailed(FixList& fixes, absl::string_view case_id) {
  bool changed = false;
  for (Fix& f : fixes) {
    changed |= f.case_id == case_id && !f.failed;
    f.failed |= f.case_id == case_id;
  }
  return changed;
}

void SayTwice(Case& later, const Case& earlier, Relation relation, absl::string_view root_cause, absl::Time now) {
  if (later.said_twice) return;
  later.said_twice = SaidTwice{earlier.case_id, relation, std::string(root_cause), now};
  if (later.priority > Priority::kP1) later.priority = static_cast<Priority>(static_cast<int>(later.priority) - 1);
  Record(later, kSystemActor, kActionSaidTwice, later.state,
         absl::StrCat(root_cause, " after the fix of case ", UuidToString(earlier.case_id), ", ", Name(relation)), now);
}

bool FailFix(Case& earlier, const Case& later, Relation relation, absl::string_view root_cause, absl::Time now) {
  if (earlier.fix_failed || IsFull(earlier)) return false;
  earlier.fix_failed = SaidTwice{later.case_id, relation, std::string(root_cause), now};
  Record(earlier, kSystemActor, kActionFixFailed, earlier.state,
         absl::StrCat(root_cause, " again in case ", UuidToString(later.case_id), ", ", Name(relation)), now);
  return true;
}

}  // namespace hoiam::loop
