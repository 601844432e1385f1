#include "loop_service/app/follow_answers.h"

#include <optional>
#include <string>

#include "loop_service/app/case_book.h"
#include "loop_service/convert/answer_event.h"
#include "loop_service/domain/case.h"
#include "loop_service/domain/catalogue.h"
#include "loop_service/domain/playbook.h"
#include "loop_service/store/rows.h"
#include "platform/base/ids.h"
#include "platform/base/status.h"

namespace hoiam::loop {
namespace {

using hoiam::event::v1::Event;

// An alarm is about a detractor; other kinds of case are opened by rules of their own.
constexpr CaseKind kKind = CaseKind::kDetractor;

const OpenCaseRow* FindOpenCase(db::UnitOfWork& uow, const std::string& tenant, const Answer& a) {
  return a.customer_id.empty() ? nullptr : uow.Find<OpenCaseRow>(OpenCaseKey(tenant, a.customer_id, kKind));
}

void Remember(db::UnitOfWork& uow, const std::string& tenant, const Answer& a, const std::string& case_id,
              absl::string_view role) {
  uow.Put(CaseAnswerRow{tenant, a.response_id, case_id, std::string(role), a.revision, a.voided});
}

absl::StatusOr<Case> MustLoad(db::UnitOfWork& uow, const std::string& tenant, const std::string& case_id) {
  HOIAM_ASSIGN_OR_RETURN(std::optional<Case> c, LoadCase(uow, tenant, case_id));
  if (!c) return absl::InternalError("a case that an answer belongs to is gone");
  return *std::move(c);
}

void Open(db::UnitOfWork& uow, const std::string& tenant, const Answer& a, absl::Time now) {
  Case c = OpenCase(NewUuid(now), a, std::string(TeamFor(a.owner_team)), now);
  Remember(uow, tenant, a, c.case_id, "OPENED");
  SaveCase(uow, tenant, c, BuiltInPlaybook(), now);
}

absl::Status Attach(db::UnitOfWork& uow, const std::string& tenant, const Answer& a, const std::string& case_id,
                    absl::Time now) {
  HOIAM_ASSIGN_OR_RETURN(Case c, MustLoad(uow, tenant, case_id));
  Remember(uow, tenant, a, case_id, "ATTACHED");
  if (AttachAnswer(c, a, now)) SaveCase(uow, tenant, c, BuiltInPlaybook(), now);
  return absl::OkStatus();
}

absl::Status Amend(db::UnitOfWork& uow, const std::string& tenant, const Answer& a, const CaseAnswerRow& row,
                   absl::Time now) {
  HOIAM_ASSIGN_OR_RETURN(Case c, MustLoad(uow, tenant, row.case_id));
  const KnownAnswer known{row.revision, row.voided};
  Remember(uow, tenant, a, row.case_id, row.role);
  if (AmendAnswer(c, a, known, now)) SaveCase(uow, tenant, c, BuiltInPlaybook(), now);
  return absl::OkStatus();
}

}  // namespace

void AnswerFollower::Want(const Event& event, db::UnitOfWork& uow) {
  if (!event.has_response()) return;
  const Answer a = FromEvent(event.response());
  if (!MayConcernCases(a)) return;
  const std::string& tenant = event.tenant_id();
  uow.Want<CaseAnswerRow>({tenant, a.response_id});
  if (const auto* known = uow.Find<CaseAnswerRow>({tenant, a.response_id})) WantCase(uow, tenant, known->case_id);
  if (a.customer_id.empty()) return;
  uow.Want<OpenCaseRow>(OpenCaseKey(tenant, a.customer_id, kKind));
  if (const auto* open = FindOpenCase(uow, tenant, a)) WantCase(uow, tenant, open->case_id);
}

absl::Status AnswerFollower::Apply(const Event& event, db::UnitOfWork& uow, absl::Time now) {
  if (event.kind_case() == Event::KIND_NOT_SET) return absl::UnimplementedError("an event of an unknown kind");
  if (!event.has_response()) return absl::OkStatus();
  const Answer a = FromEvent(event.response());
  if (!MayConcernCases(a)) return absl::OkStatus();

  const std::string& tenant = event.tenant_id();
  std::optional<CaseAnswerRow> row;
  if (const auto* found = uow.Find<CaseAnswerRow>({tenant, a.response_id})) row = *found;
  std::optional<KnownAnswer> known;
  if (row) known = KnownAnswer{row->revision, row->voided};
  std::optional<std::string> open_case;
  if (const auto* open = FindOpenCase(uow, tenant, a)) open_case = open->case_id;

  switch (DecideAnswer(a, known, open_case.has_value())) {
    case AnswerEffect::kNone:
      return absl::OkStatus();
    case AnswerEffect::kOpen:
      Open(uow, tenant, a, now);
      return absl::OkStatus();
    case AnswerEffect::kAttach:
      return Attach(uow, tenant, a, *open_case, now);
    case AnswerEffect::kAmend:
      return Amend(uow, tenant, a, *row, now);
  }
  return absl::OkStatus();
}

}  // namespace hoiam::loop
