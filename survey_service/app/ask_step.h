// Asking, as a part of a write: whoever lets somebody be asked (an interaction, a changed status, a resolved case, a
// wave, a hand) comes through here, so that every ask is decided by the same rules, leaves its reason, and is counted
// in the funnel.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/db/unit_of_work.h"
#include "survey_service/domain/link.h"

namespace hoiam::survey {

// What happened that surveys may ask about.
struct Occasion {
  v1::TriggerEvent::Code on = v1::TriggerEvent::INTERACTION;
  std::string id;  // of the interaction, usage statement, case or lifecycle change: a survey asks about it once
  absl::Time at;
  const v1::Interaction* interaction = nullptr;                // INTERACTION
  const v1::Usage* usage = nullptr;                            // USAGE_CHANGED
  v1::Lifecycle::Code lifecycle = v1::Lifecycle::UNSPECIFIED;  // LIFECYCLE_CHANGED: the new one
  std::string touchpoint;                                      // CASE_RESOLVED: where the case began; may be empty
  std::string case_id;                                         // CASE_RESOLVED: goes into Invitation.case_id
};

// Who is asked by one survey without a trigger: by hand or by a wave.
struct DirectAsk {
  std::string invitation_id;  // empty: one is made
  std::string interaction_id;
  std::string touchpoint;  // where it is about; may be empty
  std::string wave_id;
  v1::DeliveryChannel::Code channel =
      v1::DeliveryChannel::UNSPECIFIED;  // UNSPECIFIED: the first that reaches the customer
  v1::Reask::Code reask = v1::Reask::UNSPECIFIED;
};

using Dispatches = google::protobuf::RepeatedPtrField<v1::Dispatch>;

// What asking `customer_id` reads: ledger, active surveys, policy, counts of today. In rounds, as every Want.
void WantAsking(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id);
// The same for AskDirectly.
void WantAskingDirectly(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id,
                        const std::string& survey_id);

// One line per ACTIVE survey whose trigger matches, in the order of their ids. Stores invitations, what is due, the
// decisions and their counts. Links, pictures and texts are filled by FillLinks.
absl::StatusOr<Dispatches> AskAbout(db::UnitOfWork& uow, const std::string& tenant, const LinkMaker& links,
                                    const v1::Customer& customer, const Occasion& occasion, absl::Time now);

// One survey, not by its trigger. `survey` needs no questions. Needs WantAskingDirectly.
absl::StatusOr<v1::Dispatch> AskDirectly(db::UnitOfWork& uow, const std::string& tenant, const LinkMaker& links,
                                         const v1::Survey& survey, const v1::Customer& customer, const DirectAsk& ask,
                                         absl::Time now);

// What a caller is told who wanted to ask against the rules.
absl::Status RefusalOf(const v1::Dispatch& skipped);

// An invitation that belongs to nobody: whoever has the link answers. Needs WantAsks of its holder.
absl::Status GiveReceipt(db::UnitOfWork& uow, const std::string& tenant, const LinkMaker& links,
                         const v1::Survey& survey, const std::string& invitation_id, const std::string& order,
                         const std::string& touchpoint, absl::Time now);

// Puts link, picture and ready text into the lines that invited. Needs WantAsking. `bought`: it is about a purchase.
void FillLinks(db::UnitOfWork& uow, const std::string& tenant, const LinkMaker& links, const v1::Customer& customer,
               bool bought, Dispatches& dispatches);
// What the ready text of a link is made of, besides the customer.
struct ReadyWords {
  std::string brand;  // as the company writes it
  bool bought = false;
  std::string short_code;  // of the policy
};
// Picture and ready text of one link; nothing when it is empty.
void FillReady(const v1::Customer& customer, const ReadyWords& words, const std::string& link, std::string* qr,
               v1::ReadyText* text);
// Interactions of this type are thanked for as purchases.
inline constexpr char kPurchase[] = "PURCHASE";

// Counts one step of the funnel, on the day on which `invitation` was made: in the row of all, and in that of its
// touchpoint.
void Count(db::UnitOfWork& uow, const std::string& tenant, const v1::Invitation& invitation, absl::string_view item,
           int64_t n, const std::string& zone);

}  // namespace hoiam::survey
