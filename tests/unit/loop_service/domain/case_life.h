// A case in the hands of people and of its clock: what app/case_book and app/clock do to it, without a database.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "loop_service/domain/case_command.h"
#include "loop_service/domain/playbook.h"
#include "loop_service/domain/timers.h"

namespace hoiam::loop::testing {

class CaseLife {
 public:
  CaseLife(const Playbook& playbook, absl::string_view team, Priority priority, absl::Time opened)
      : playbook_(playbook) {
    c.case_id = std::string(16, 'x');
    c.customer_id = "c1";
    c.team = std::string(team);
    c.priority = priority;
    c.create_time = opened;
    Record(c, kSystemActor, kActionOpen, CaseState::kNew, "", opened);
    Save(opened);
  }

  // Somebody does something that must be allowed.
  void Do(const CaseCommand& command, absl::Time now, absl::string_view actor = "lan") {
    ASSERT_EQ(Apply(c, command, actor, now), Refusal::kNone);
    Save(now);
  }
  void Move(absl::string_view action, CaseState to, absl::Time now) {
    Record(c, "lan", action, to, "", now);
    Save(now);
  }
  void Raise(Priority priority, absl::Time now) {
    c.priority = priority;
    Record(c, kSystemActor, kActionAttach, c.state, "", now);
    Save(now);
  }
  // The clock looks: what rang, as "overdue ACKNOWLEDGE".
  std::vector<std::string> Look(absl::Time now) {
    std::vector<std::string> rang;
    KeepTimers(c, playbook_, now);
    while (RingNext(c, playbook_, now)) {
      Save(now);
      rang.push_back(
          absl::StrCat(c.history.back().action, c.history.back().note.empty() ? "" : " ", c.history.back().note));
      if (rang.size() > 50) ADD_FAILURE() << "rings for ever";
      if (rang.size() > 50) break;
    }
    EXPECT_GT(NextMoment(c).value_or(absl::InfiniteFuture()), now);
    return rang;
  }

  Case c;

 private:
  void Save(absl::Time now) {
    KeepTimers(c, playbook_, now);
    c.stored = {c.version, c.priority, SubjectOf(c)};
  }
  const Playbook& playbook_;
};

}  // namespace hoiam::loop::testing
