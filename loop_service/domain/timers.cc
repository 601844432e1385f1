#include "loop_service/domain/timers.h"

#include <algorithm>
#include <string>
#include <utility>

#include "loop_service/domain/service_level.h"

namespace hoiam::loop {
namespace {

// What rings once its moment is over: the next that a column can hold.
constexpr absl::Duration kRightAfter = absl::Microseconds(1);

// The team to be told next that nobody acknowledges; nullopt: all were.
std::optional<std::string> NextTeam(const Case& c, const Playbook& playbook) {
  for (std::string& team : playbook.EscalationChain(c.team))
    if (std::find(c.escalated_to.begin(), c.escalated_to.end(), team) == c.escalated_to.end()) return std::move(team);
  return std::nullopt;
}

// Whether `which` runs towards its moment: while a case waits for its customer, only acknowledging does.
bool Runs(const Case& c, Deadline which) {
  return IsOpen(c.state) && (which == Deadline::kAcknowledge || !WaitingSince(c));
}

struct Warning {
  absl::Time at;
  Deadline of;
};

// The next deadline that comes near: neither done nor missed nor told of yet.
std::optional<Warning> NextWarning(const Case& c, const Playbook& playbook, absl::Time now) {
  const int percent = playbook.policy().warn_at_percent;
  if (percent <= 0) return std::nullopt;
  const Calendar& calendar = playbook.CalendarOf(c.team);
  const absl::Time start = StartOf(c);
  std::optional<Warning> next;
  for (Deadline d : kDeadlines) {
    const absl::Time by = ByOf(c, d);
    if (!Runs(c, d) || DoneAt(c, d) || by < now || IsTold(c, kActionDue, d)) continue;
    const absl::Duration span = WorkingTimeBetween(calendar, start, by);
    const absl::Duration stood = d == Deadline::kAcknowledge ? absl::ZeroDuration() : std::min(c.paused, span);
    const absl::Duration left = absl::Trunc((span - stood) * (100 - percent) / 100, absl::Microseconds(1));
    const absl::Time at = std::min(by, AddWorkingHours(calendar, start, span - left));
    if (!next || at < next->at) next = Warning{at, d};
  }
  return next;
}

// A deadline that was missed, and nobody was told; nullopt: none.
std::optional<Deadline> Overdue(const Case& c, absl::Time now) {
  for (Deadline d : MissedDeadlines(c, now))
    if (Runs(c, d) && !IsTold(c, kActionOverdue, d)) return d;
  return std::nullopt;
}

// Who answered the recovery survey, in whatever way, was not silent.
bool AnsweredSinceResolved(const Case& c) {
  return std::any_of(c.answers.begin(), c.answers.end(), [&](const CaseAnswer& a) {
    return a.recovery && a.responded_at > c.resolved_at.value_or(absl::InfinitePast());
  });
}

}  // namespace

void KeepTimers(Case& c, const Playbook& playbook, absl::Time now) {
  const CasePolicy& policy = playbook.policy();
  const Calendar& calendar = playbook.CalendarOf(c.team);
  absl::Time waiting_since = StartOf(c);
  bool started = false;
  for (const HistoryLine& line : c.history) {
    const bool is_new = line.version > c.stored.version;
    if (is_new && Starts(line)) {
      SetDeadlines(c, playbook.LevelFor(c.priority, c.rule), calendar, line.time);
      c.escalated_to.clear();
      c.escalate_at = c.wait_until = std::nullopt;
      c.paused = absl::ZeroDuration();
      started = true;
    }
    if (line.from == line.to) continue;
    if (line.to == CaseState::kWaitingCustomer) waiting_since = line.time;
    if (is_new && line.from == CaseState::kWaitingCustomer) {
      MarkDone(c);
      ShiftDeadlines(c, calendar, waiting_since, line.time);
      c.wait_until.reset();
    }
  }
  MarkDone(c);
  if (!started && IsOpen(c.state) && c.priority < c.stored.priority)
    HurryDeadlines(c, LevelOf(policy, c.priority), calendar, WaitingSince(c).value_or(now));

  const auto waits = WaitingSince(c);
  if (!waits)
    c.wait_until.reset();
  else if (!c.wait_until)
    c.wait_until = *waits + policy.max_wait;
  if (c.state != CaseState::kResolved || AnsweredSinceResolved(c))
    c.verify_at.reset();
  else if (!c.verify_at)
    c.verify_at = c.resolved_at.value_or(now) + policy.verify_after;
  if (!IsOpen(c.state) || c.acknowledged_at || !NextTeam(c, playbook))
    c.escalate_at.reset();
  else if (c.escalated_to.empty())
    c.escalate_at = c.acknowledge_by;
  else if (!c.escalate_at)
    c.escalate_at = AddWorkingTime(calendar, now, policy.escalate_every);
  const auto warning = NextWarning(c, playbook, now);
  c.warn_at = warning ? std::optional(warning->at) : std::nullopt;
}

std::optional<absl::Time> NextMoment(const Case& c) {
  std::optional<absl::Time> next;
  const auto consider = [&](std::optional<absl::Time> at) {
    if (at) next = std::min(next.value_or(*at), *at);
  };
  consider(c.warn_at);
  consider(c.wait_until);
  consider(c.verify_at);
  if (c.escalate_at) consider(*c.escalate_at + kRightAfter);
  for (Deadline d : kDeadlines) {
    const auto done = DoneAt(c, d);
    const bool met = done && *done <= ByOf(c, d);
    if (Runs(c, d) && !met && !IsTold(c, kActionOverdue, d)) consider(ByOf(c, d) + kRightAfter);
  }
  return next;
}

bool RingNext(Case& c, const Playbook& playbook, absl::Time now) {
  const auto record = [&](absl::string_view action, CaseState to, absl::string_view note) {
    Record(c, kSystemActor, action, to, std::string(note), now);
    return true;
  };
  if (c.wait_until && now >= *c.wait_until)
    return record(Name(CaseVerb::kResume), *NextState(c.state, CaseVerb::kResume), "");
  if (const auto missed = Overdue(c, now)) return record(kActionOverdue, c.state, Name(*missed));
  if (c.escalate_at && now > *c.escalate_at) {
    const std::string team = NextTeam(c, playbook).value_or("");
    c.escalated_to.push_back(team);
    c.escalate_at.reset();
    return record(kActionEscalate, c.state, team);
  }
  if (const auto warning = NextWarning(c, playbook, now); warning && now >= warning->at)
    return record(kActionDue, c.state, Name(warning->of));
  if (c.verify_at && now >= *c.verify_at) {
    c.verification = Verification::kSilence;
    return record(Name(CaseVerb::kVerify), *NextState(c.state, CaseVerb::kVerify), "SILENCE");
  }
  return false;
}

}  // namespace hoiam::loop
