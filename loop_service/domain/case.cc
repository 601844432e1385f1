#include "loop_service/domain/case.h"

#include <algorithm>
#include <utility>

#include "loop_service/limits.h"

namespace hoiam::loop {

absl::string_view Name(CaseKind k) {
  switch (k) {
    case CaseKind::kDetractor:
      return "DETRACTOR";
    case CaseKind::kPassive:
      return "PASSIVE";
    case CaseKind::kPromoter:
      return "PROMOTER";
    case CaseKind::kFeedback:
      return "FEEDBACK";
  }
  return "";
}

absl::string_view Name(CaseOrigin o) { return o == CaseOrigin::kProactive ? "PROACTIVE" : "REACTIVE"; }

absl::string_view Name(Relation r) {
  switch (r) {
    case Relation::kSamePerson:
      return "SAME_PERSON";
    case Relation::kSameLot:
      return "SAME_LOT";
    case Relation::kSameTouchpoint:
      return "SAME_TOUCHPOINT";
    case Relation::kSameShop:
      return "SAME_SHOP";
  }
  return "";
}

absl::string_view Name(Deadline d) {
  switch (d) {
    case Deadline::kAcknowledge:
      return "ACKNOWLEDGE";
    case Deadline::kContact:
      return "CONTACT";
    case Deadline::kResolve:
      return "RESOLVE";
  }
  return "";
}

void Record(Case& c, absl::string_view actor, absl::string_view action, CaseState to, std::string note,
            absl::Time now) {
  HistoryLine line;
  line.time = now;
  line.actor = std::string(actor);
  line.action = std::string(action);
  if (c.version > 0) line.from = c.state;
  line.to = to;
  line.note = std::move(note);
  line.version = ++c.version;
  c.state = to;
  c.update_time = now;
  c.history.push_back(std::move(line));
}

const std::string& SubjectOf(const Case& c) {
  return c.customer_id.empty() ? c.answers.front().response_id : c.customer_id;
}

bool IsFull(const Case& c) {
  if (c.history.size() >= kMaxHistoryLines) return true;
  size_t bytes = 0;
  for (const HistoryLine& line : c.history) bytes += line.note.size();
  for (const CaseAnswer& a : c.answers) bytes += a.comment.size();
  return bytes >= kMaxCaseTextBytes;
}

}  // namespace hoiam::loop
