#include "loop_service/app/follow_answers.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "loop_service/app/alarm_facts.h"
#include "loop_service/app/case_book.h"
#include "loop_service/convert/answer_event.h"
#include "loop_service/domain/assignment.h"
#include "loop_service/domain/case_answers.h"
#include "loop_service/store/alarm_rows.h"
#include "loop_service/store/rows.h"
#include "platform/base/ids.h"
#include "platform/base/status.h"

namespace hoiam::loop {
namespace {

using hoiam::event::v1::Event;

// When survey stored the answer: who is away is asked for that moment, the same before and under the lock.
absl::Time TimeOf(const Event& event) {
  return absl::FromUnixSeconds(event.occurred_at().seconds()) + absl::Nanoseconds(event.occurred_at().nanos());
}

// An answer that nobody asked for because of a case may still show that one is solved.
bool MayVerify(const Answer& a) {
  return CountsAsNew(a) && a.score && !a.detractor() && !a.customer_id.empty() && a.recovers_case.empty();
}

const OpenCaseRow* FindOpenCase(db::UnitOfWork& uow, const std::string& tenant, const Answer& a, CaseKind kind) {
  return a.customer_id.empty() ? nullptr : uow.Find<OpenCaseRow>(OpenCaseKey(tenant, a.customer_id, kind));
}

// The open case that a ringing answer joins: of its own kind, or, in danger, the one about what made the person
// unhappy.
std::optional<std::string> CaseToJoin(db::UnitOfWork& uow, const std::string& tenant, const Answer& a,
                                      const std::optional<Verdict>& rings) {
  if (const auto* open = FindOpenCase(uow, tenant, a, KindOf(a))) return open->case_id;
  if (!rings || rings->rule->priority != Priority::kP1) return std::nullopt;
  const auto* open = FindOpenCase(uow, tenant, a, CaseKind::kDetractor);
  return open ? std::optional(open->case_id) : std::nullopt;
}

void WantOwners(db::UnitOfWork& uow, const std::string& tenant, const std::vector<std::string>& candidates) {
  for (const std::string& person : candidates) WantOwner(uow, tenant, person);
}

// One answer being decided.
struct Decision {
  db::UnitOfWork& uow;
  const std::string& tenant;
  const Answer& answer;
  const Playbook& playbook;
  absl::Time now;

  absl::StatusOr<Case> Load(const std::string& case_id) const {
    HOIAM_ASSIGN_OR_RETURN(std::optional<Case> c, LoadCase(uow, tenant, case_id));
    if (!c) return absl::InternalError("a case that an answer belongs to is gone");
    return *std::move(c);
  }
  void Remember(const std::string& case_id, absl::string_view role) const {
    uow.Put(CaseAnswerRow{tenant, answer.response_id, case_id, std::string(role), answer.revision, answer.voided});
  }
  // Nobody else of the kind is open for the person of `c`.
  bool MayReopen(const Case& c) const {
    if (c.customer_id.empty()) return true;
    const auto* open = uow.Find<OpenCaseRow>(OpenCaseKey(tenant, c.customer_id, c.kind));
    return !open || open->case_id == c.case_id;
  }

  absl::Status Open(const Alarm& alarm, const AlarmRule& rule, absl::Time told) const;
  absl::Status Attach(const Alarm& alarm, const std::string& case_id) const;
  absl::Status Amend(const std::optional<Alarm>& alarm, const CaseAnswerRow& row) const;
  absl::Status Recover(Case c, bool may_reopen) const;
  absl::Status VerifyEarlier() const;
};

absl::Status Decision::Open(const Alarm& alarm, const AlarmRule& rule, absl::Time told) const {
  const std::vector<std::string> people = Candidates(rule, answer, playbook, told);
  std::string owner;
  // What was read for the rule that seemed to match first need not be what the rule that does match asks for.
  bool known = true;
  for (const std::string& person : people) known &= HoldsOwner(uow, tenant, person);
  if (known) owner = LeastLoaded(people, [&](const std::string& person) { return OpenCasesOf(uow, tenant, person); });
  Case c = OpenCase(NewUuid(now), answer, alarm, TeamOf(rule, answer, playbook), std::move(owner), now);
  Remember(c.case_id, "OPENED");
  SaveCase(uow, tenant, c, playbook, now);
  return absl::OkStatus();
}

absl::Status Decision::Attach(const Alarm& alarm, const std::string& case_id) const {
  HOIAM_ASSIGN_OR_RETURN(Case c, Load(case_id));
  Remember(case_id, "ATTACHED");
  if (AttachAnswer(c, answer, alarm, now)) SaveCase(uow, tenant, c, playbook, now);
  return absl::OkStatus();
}

absl::Status Decision::Amend(const std::optional<Alarm>& alarm, const CaseAnswerRow& row) const {
  HOIAM_ASSIGN_OR_RETURN(Case c, Load(row.case_id));
  const KnownAnswer known{row.revision, row.voided};
  const std::string case_id = row.case_id, role = row.role;
  Remember(case_id, role);
  if (AmendAnswer(c, answer, known, alarm, MayReopen(c), now)) SaveCase(uow, tenant, c, playbook, now);
  return absl::OkStatus();
}

absl::Status Decision::Recover(Case c, bool may_reopen) const {
  Remember(c.case_id, "ATTACHED");
  if (TakeRecoveryAnswer(c, answer, may_reopen, now)) SaveCase(uow, tenant, c, playbook, now);
  return absl::OkStatus();
}

absl::Status Decision::VerifyEarlier() const {
  std::vector<std::string> resolved;
  for (const ResolvedCaseRow* row : uow.List<ResolvedCaseRow>({tenant, answer.customer_id}))
    if (uow.Wanted<CaseRow>({tenant, row->case_id})) resolved.push_back(row->case_id);
  for (const std::string& case_id : resolved) {
    HOIAM_ASSIGN_OR_RETURN(Case c, Load(case_id));
    if (VerifyByLaterAnswer(c, answer, now)) SaveCase(uow, tenant, c, playbook, now);
  }
  return absl::OkStatus();
}

}  // namespace

void WantAnswer(const Event& event, PlaybookCache& playbooks, db::UnitOfWork& uow) {
  const Answer a = FromEvent(event.response());
  const std::string& tenant = event.tenant_id();
  if (!a.full_effects && a.revision == 1) return;
  playbooks.Want(uow, tenant);
  const auto playbook = playbooks.Of(uow, tenant);
  if (!playbook.ok()) return;  // its settings come with the next round
  const AlarmBook& alarms = (*playbook)->alarms();
  const bool rings = CountsAsNew(a) && alarms.MayRing(a);
  if (MayVerify(a)) {
    uow.Want<ResolvedCaseRow>({tenant, a.customer_id});
    for (const ResolvedCaseRow* row : uow.List<ResolvedCaseRow>({tenant, a.customer_id}))
      WantCase(uow, tenant, row->case_id);
  }
  if (!MayConcernCases(a, rings)) return;

  uow.Want<CaseAnswerRow>({tenant, a.response_id});
  std::vector<std::string> cases;
  if (const auto* known = uow.Find<CaseAnswerRow>({tenant, a.response_id})) cases.push_back(known->case_id);
  if (!a.recovers_case.empty()) cases.push_back(a.recovers_case);
  if (!a.customer_id.empty()) {
    for (const CaseKind kind : kCaseKinds) {
      uow.Want<OpenCaseRow>(OpenCaseKey(tenant, a.customer_id, kind));
      if (const auto* open = FindOpenCase(uow, tenant, a, kind)) cases.push_back(open->case_id);
    }
  }
  for (const std::string& case_id : cases) {
    WantCase(uow, tenant, case_id);
    // Whoever claims an answer becomes the customer of its case.
    const auto* row = uow.Find<CaseRow>({tenant, case_id});
    if (row && !a.customer_id.empty()) uow.Want<OpenCaseRow>({tenant, a.customer_id, row->kind});
  }
  if (!rings) return;
  WantFacts(uow, tenant, a, **playbook);
  if (const auto match = alarms.FirstMatch(FactsOf(uow, tenant, a, **playbook)))
    WantOwners(uow, tenant, Candidates(*match->rule, a, **playbook, TimeOf(event)));
}

absl::Status ApplyAnswer(const Event& event, PlaybookCache& playbooks, db::UnitOfWork& uow, absl::Time now) {
  const Answer a = FromEvent(event.response());
  const std::string& tenant = event.tenant_id();
  if (!a.full_effects && a.revision == 1) return absl::OkStatus();
  HOIAM_ASSIGN_OR_RETURN(const std::shared_ptr<const Playbook> playbook, playbooks.Of(uow, tenant));
  const Decision decision{uow, tenant, a, *playbook, now};
  if (!MayConcernCases(a, CountsAsNew(a) && playbook->alarms().MayRing(a)))
    return MayVerify(a) ? decision.VerifyEarlier() : absl::OkStatus();

  std::optional<CaseAnswerRow> row;
  if (const auto* found = uow.Find<CaseAnswerRow>({tenant, a.response_id})) row = *found;
  std::optional<KnownAnswer> known;
  if (row) known = KnownAnswer{row->revision, row->voided};

  std::optional<Verdict> match;
  if (CountsAsNew(a)) match = playbook->alarms().FirstMatch(FactsOf(uow, tenant, a, *playbook));
  std::optional<Alarm> alarm;
  if (match) alarm = Alarm{match->rule->rule_id, match->rule->priority, match->reasons};
  const std::optional<std::string> open = CaseToJoin(uow, tenant, a, match);

  std::optional<Case> recovered;
  bool may_reopen = true;
  if (!known && CountsAsNew(a) && !a.recovers_case.empty()) {
    HOIAM_ASSIGN_OR_RETURN(recovered, LoadCase(uow, tenant, a.recovers_case));
    if (recovered && (recovered->customer_id != a.customer_id || recovered->state == CaseState::kCancelled))
      recovered.reset();
    if (recovered) may_reopen = decision.MayReopen(*recovered);
  }
  if (recovered && !may_reopen && a.detractor() && open) {
    NoteStillUnhappy(*recovered, a, now);
    SaveCase(uow, tenant, *recovered, *playbook, now);
    recovered.reset();
  }

  switch (DecideAnswer(a, known, match.has_value(), open.has_value(), recovered.has_value())) {
    case AnswerEffect::kNone:
      return MayVerify(a) && !known ? decision.VerifyEarlier() : absl::OkStatus();
    case AnswerEffect::kOpen:
      return decision.Open(*alarm, *match->rule, TimeOf(event));
    case AnswerEffect::kAttach:
      return decision.Attach(*alarm, *open);
    case AnswerEffect::kAmend:
      return decision.Amend(alarm, *row);
    case AnswerEffect::kRecover:
      return decision.Recover(*std::move(recovered), may_reopen);
  }
  return absl::OkStatus();
}

}  // namespace hoiam::loop
