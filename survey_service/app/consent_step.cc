#include "survey_service/app/consent_step.h"

#include <utility>
#include <vector>

#include "platform/base/status.h"
#include "survey_service/app/customer_step.h"
#include "survey_service/app/due_kinds.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/consent.h"
#include "survey_service/convert/times.h"
#include "survey_service/store/asking_rows.h"
#include "survey_service/store/customer_rows.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {
namespace {

absl::StatusOr<ConsentStanding> StandingNow(db::UnitOfWork& uow, const std::string& tenant,
                                            const std::string& customer_id) {
  std::vector<ConsentStatement> statements;
  for (const ConsentRow* row : uow.List<ConsentRow>({tenant, customer_id}))  // none of them was anything else
    statements.push_back({ConsentWish::kWithdrawn, std::nullopt, row->stated_at, row->stated_at});
  for (const ConsentStatementRow* row : uow.List<ConsentStatementRow>({tenant, customer_id})) {
    HOIAM_ASSIGN_OR_RETURN(const v1::Consent consent, Parse<v1::Consent>(row->body));
    statements.push_back(ToStatement(consent));
  }
  return StandingOf(std::move(statements));
}

// What was to be sent or followed up of invitations that are open no more.
void DropWork(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id) {
  std::vector<db::Values> done;
  for (const due::Work* row : uow.List<due::Work>({tenant, customer_id})) {
    if (row->kind != DueKind::kSend && row->kind != DueKind::kRemind) continue;
    const auto* of = uow.Find<InvitationRow>({tenant, customer_id, row->work_id});
    v1::Invitation i;
    if (of && i.ParseFromString(of->body) && i.state() == v1::InvitationState::REVOKED)
      done.push_back(due::Work::Key(tenant, customer_id, row->kind, row->work_id));
  }
  for (const db::Values& key : done) uow.Delete<due::Work>(key);
}

}  // namespace

void WantConsents(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id) {
  WantCustomer(uow, tenant, customer_id);
  uow.Want<ConsentRow>({tenant, customer_id});
  uow.Want<ConsentStatementRow>({tenant, customer_id});
  WantAsks(uow, tenant, customer_id);
  uow.Want<due::Work>({tenant, customer_id});
}

absl::StatusOr<v1::Customer> StateConsent(db::UnitOfWork& uow, const std::string& tenant, v1::Consent consent,
                                          const std::string& fingerprint, absl::Time now) {
  const std::string& id = consent.customer_id();
  HOIAM_ASSIGN_OR_RETURN(v1::Customer customer, FindCustomer(uow, tenant, id, now));
  SetTime(now, consent.mutable_create_time());
  if (!consent.has_stated_at()) SetTime(now, consent.mutable_stated_at());
  uow.Put(ConsentStatementRow{tenant, id, consent.consent_id(), ToTime(consent.stated_at()), fingerprint,
                              consent.SerializeAsString()});
  HOIAM_ASSIGN_OR_RETURN(const ConsentStanding standing, StandingNow(uow, tenant, id));
  const bool newly_unsubscribed = standing.wish == ConsentWish::kWithdrawn && !customer.unsubscribed();
  std::vector<AskChannel> newly_refused;
  for (AskChannel channel : standing.refused)
    if (!Refuses(customer, channel)) newly_refused.push_back(channel);
  SetStanding(standing, customer);
  HOIAM_RETURN_IF_ERROR(PutCustomer(uow, tenant, customer, newly_unsubscribed, now));
  if (newly_unsubscribed) HOIAM_RETURN_IF_ERROR(RevokeInvitations(uow, tenant, id, std::nullopt, now));
  for (AskChannel channel : newly_refused) HOIAM_RETURN_IF_ERROR(RevokeInvitationsBy(uow, tenant, id, channel, now));
  DropWork(uow, tenant, id);
  return customer;
}

}  // namespace hoiam::survey
