#include "loop_service/domain/notice.h"

#include <algorithm>
#include <array>
#include <utility>

#include "loop_service/domain/conversation.h"

namespace hoiam::loop {
namespace {

constexpr std::array kNames = {
    std::pair{NoticeKind::kThanks, absl::string_view("THANKS")},
    std::pair{NoticeKind::kDone, absl::string_view("DONE")},
    std::pair{NoticeKind::kMessage, absl::string_view("MESSAGE")},
    std::pair{NoticeKind::kOpened, absl::string_view("OPENED")},
    std::pair{NoticeKind::kAssigned, absl::string_view("ASSIGNED")},
    std::pair{NoticeKind::kAnswer, absl::string_view("ANSWER")},
    std::pair{NoticeKind::kEscalated, absl::string_view("ESCALATED")},
    std::pair{NoticeKind::kDueSoon, absl::string_view("DUE_SOON")},
    std::pair{NoticeKind::kOverdue, absl::string_view("OVERDUE")},
    std::pair{NoticeKind::kResumed, absl::string_view("RESUMED")},
    std::pair{NoticeKind::kCustomerMessage, absl::string_view("CUSTOMER_MESSAGE")},
    std::pair{NoticeKind::kSaidTwice, absl::string_view("SAID_TWICE")},
    std::pair{NoticeKind::kFixFailed, absl::string_view("FIX_FAILED")},
    std::pair{NoticeKind::kReopened, absl::string_view("REOPENED")},
};

struct Row {
  absl::string_view action;
  NoticeKind kind;
};

// What staff are told.
constexpr std::array kOfActions = {
    Row{kActionOpen, NoticeKind::kOpened},
    Row{"assign", NoticeKind::kAssigned},
    Row{kActionAttach, NoticeKind::kAnswer},
    Row{kActionAmend, NoticeKind::kAnswer},
    Row{kActionEscalate, NoticeKind::kEscalated},
    Row{kActionDue, NoticeKind::kDueSoon},
    Row{kActionOverdue, NoticeKind::kOverdue},
    Row{kActionResume, NoticeKind::kResumed},
    Row{kActionCustomerMessage, NoticeKind::kCustomerMessage},
    Row{kActionSaidTwice, NoticeKind::kSaidTwice},
    Row{kActionFixFailed, NoticeKind::kFixFailed},
    Row{"reopen", NoticeKind::kReopened},
};

class Collector {
 public:
  Collector(const Case& c, const Playbook& playbook, absl::Time now) : case_(c), playbook_(playbook), now_(now) {}

  void TellCustomer(NoticeKind kind) {
    if (!case_.customer_id.empty()) Add({kind, "", "", ""});
  }
  void TellTeam(NoticeKind kind, absl::string_view team, const HistoryLine& line) {
    const Team* found = playbook_.FindTeam(team);
    if (found && !found->archived && !found->email.empty()) Add({kind, found->email, found->display_name, line.note});
  }
  void TellOwner(NoticeKind kind, const HistoryLine& line) {
    if (case_.owner.empty() || case_.owner == line.actor) return;
    const std::string person = playbook_.StandIn(case_.owner, now_);
    const Member* found = playbook_.FindMember(person);
    if (found && person != line.actor && !found->archived && !found->email.empty())
      Add({kind, found->email, found->display_name, line.note});
  }
  std::vector<Notice> Take() { return std::move(notices_); }

 private:
  void Add(Notice n) {
    const bool known = std::any_of(notices_.begin(), notices_.end(),
                                   [&](const Notice& x) { return x.kind == n.kind && x.to == n.to; });
    if (!known) notices_.push_back(std::move(n));
  }
  const Case& case_;
  const Playbook& playbook_;
  const absl::Time now_;
  std::vector<Notice> notices_;
};

void TellStaff(Collector& collector, NoticeKind kind, const Case& c, const HistoryLine& line) {
  switch (kind) {
    case NoticeKind::kEscalated:
      return collector.TellTeam(kind, line.note, line);
    case NoticeKind::kAssigned:
      collector.TellOwner(kind, line);
      if (c.owner.empty()) collector.TellTeam(kind, c.team, line);
      return;
    default:
      collector.TellOwner(kind, line);
      // Whoever owns it is at it: the team hears of what begins, comes back, or goes wrong.
      if (c.owner.empty() || kind == NoticeKind::kOpened || kind == NoticeKind::kOverdue ||
          kind == NoticeKind::kReopened || kind == NoticeKind::kSaidTwice || kind == NoticeKind::kFixFailed)
        collector.TellTeam(kind, c.team, line);
  }
}

}  // namespace

absl::string_view Name(NoticeKind k) {
  return std::find_if(kNames.begin(), kNames.end(), [&](const auto& x) { return x.first == k; })->second;
}

std::optional<NoticeKind> NoticeKindOf(absl::string_view name) {
  const auto* found = std::find_if(kNames.begin(), kNames.end(), [&](const auto& x) { return x.second == name; });
  return found == kNames.end() ? std::nullopt : std::optional(found->first);
}

std::vector<Notice> NoticesAbout(const Case& c, int64_t since_version, const Playbook& playbook, absl::Time now) {
  Collector collector(c, playbook, now);
  for (const HistoryLine& line : c.history) {
    if (line.version <= since_version) continue;
    // Somebody who sees trouble coming has nothing to thank for.
    if (line.action == kActionOpen && playbook.policy().thank_customer && c.origin == CaseOrigin::kReactive)
      collector.TellCustomer(NoticeKind::kThanks);
    if (line.to == CaseState::kResolved && line.from != CaseState::kResolved) collector.TellCustomer(NoticeKind::kDone);
    if (line.actor == kCustomerActor && line.action == "answer_solution")
      TellStaff(collector, NoticeKind::kCustomerMessage, c, line);
    for (const Row& row : kOfActions)
      if (row.action == line.action) TellStaff(collector, row.kind, c, line);
  }
  return collector.Take();
}

}  // namespace hoiam::loop
