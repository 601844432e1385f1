#include "survey_service/app/invitation_messages.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "survey_service/app/ask_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/errors.h"
#include "survey_service/limits.h"
#include "survey_service/store/message_reader.h"
#include "survey_service/store/policy_reader.h"

namespace hoiam::survey {
namespace {

// All that the messages of one call are made of, by id.
struct Sources {
  std::map<std::string, std::pair<InvitationRow, v1::Invitation>> invitations;
  std::map<std::string, v1::Customer> customers;
  std::map<std::string, v1::Survey> surveys;
  std::map<std::string, v1::Interaction> interactions;
  std::string short_code;
};

std::vector<std::string> Listed(const std::set<std::string>& ids) { return {ids.begin(), ids.end()}; }

absl::StatusOr<Sources> ReadSources(const Deps& deps, const rpc::CallContext& ctx,
                                    const v1::GetInvitationMessagesRequest& q) {
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  Sources out;
  std::set<std::string> customers, surveys, interactions;
  HOIAM_ASSIGN_OR_RETURN(auto rows,
                         ReadInvitations(db, Listed({q.invitation_ids().begin(), q.invitation_ids().end()})));
  for (InvitationRow& row : rows) {
    HOIAM_ASSIGN_OR_RETURN(v1::Invitation i, Parse<v1::Invitation>(row.body));
    if (!i.customer_id().empty()) customers.insert(i.customer_id());
    surveys.insert(i.survey_id());
    if (!i.interaction_id().empty()) interactions.insert(i.interaction_id());
    std::string id = row.invitation_id;
    out.invitations.emplace(std::move(id), std::pair(std::move(row), std::move(i)));
  }
  HOIAM_ASSIGN_OR_RETURN(const auto policy, ReadAskPolicy(db));
  if (policy) {
    HOIAM_ASSIGN_OR_RETURN(const v1::AskPolicy p, Parse<v1::AskPolicy>(*policy));
    out.short_code = p.sms_short_code();
  }
  HOIAM_ASSIGN_OR_RETURN(const auto customer_rows, ReadCustomers(db, Listed(customers)));
  for (const CustomerRow& row : customer_rows) {
    HOIAM_ASSIGN_OR_RETURN(out.customers[row.customer_id], Parse<v1::Customer>(row.body));
  }
  HOIAM_ASSIGN_OR_RETURN(const auto survey_bodies, ReadSurveys(db, Listed(surveys)));
  for (const std::string& body : survey_bodies) {
    HOIAM_ASSIGN_OR_RETURN(v1::Survey s, Parse<v1::Survey>(body));
    out.surveys[s.survey_id()] = std::move(s);
  }
  HOIAM_ASSIGN_OR_RETURN(const auto interaction_bodies, ReadInteractions(db, Listed(interactions)));
  for (const std::string& body : interaction_bodies) {
    HOIAM_ASSIGN_OR_RETURN(v1::Interaction i, Parse<v1::Interaction>(body));
    out.interactions[i.interaction_id()] = std::move(i);
  }
  return out;
}

}  // namespace

absl::StatusOr<v1::GetInvitationMessagesResponse> GetInvitationMessages(const Deps& deps, const rpc::CallContext& ctx,
                                                                        const v1::GetInvitationMessagesRequest& q) {
  if (q.invitation_ids_size() > kMaxMessages)
    return BadField("invitationIds", "TOO_MANY", absl::StrCat("at most ", kMaxMessages));
  HOIAM_ASSIGN_OR_RETURN(Sources from, ReadSources(deps, ctx, q));
  v1::GetInvitationMessagesResponse out;
  for (const std::string& id : q.invitation_ids()) {
    const auto found = from.invitations.find(id);
    if (found == from.invitations.end()) continue;
    const auto& [row, invitation] = found->second;
    const v1::Customer& customer = from.customers[invitation.customer_id()];
    const std::string& brand = from.surveys[invitation.survey_id()].brand();
    v1::InvitationMessage& m = *out.add_messages();
    m.set_invitation_id(id);
    m.set_link(deps.links.Link(ctx.tenant, id, row.key_id));
    if (!ctx.test_mode) {
      m.set_phone(customer.phone());
      m.set_email(customer.email());
    }
    const bool bought = from.interactions[invitation.interaction_id()].type() == kPurchase;
    v1::ReadyText text;
    FillReady(customer, {brand.empty() ? ctx.tenant : brand, bought, from.short_code}, m.link(), m.mutable_qr(), &text);
    m.set_language(text.language());
    m.set_text(text.plain());
    m.set_accented_text(text.accented());
  }
  return out;
}

}  // namespace hoiam::survey
