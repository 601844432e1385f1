#include "survey_service/app/ask_step.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "platform/base/crypto.h"
#include "platform/base/ids.h"
#include "survey_service/app/asking.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/ask_policy.h"
#include "survey_service/convert/invitation.h"
#include "survey_service/convert/times.h"
#include "survey_service/convert/trigger.h"
#include "survey_service/domain/funnel.h"
#include "survey_service/domain/invitation_text.h"
#include "survey_service/errors.h"
#include "survey_service/store/asking_rows.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {
namespace {

// One person before all surveys.
struct Asking {
  db::UnitOfWork& uow;
  const std::string& tenant;
  const LinkMaker& links;
  std::shared_ptr<const AskingPolicy> policy;
  AskedPerson person;
  std::vector<Ask> asks;
  absl::Time now;
  int64_t day = 0;  // of now, in the policy's zone
};

absl::StatusOr<Asking> Begin(db::UnitOfWork& uow, const std::string& tenant, const LinkMaker& links,
                             const v1::Customer& customer, absl::Time now) {
  Asking a{uow, tenant, links, nullptr, {}, {}, now};
  HOIAM_ASSIGN_OR_RETURN(a.policy, FindPolicy(uow, tenant));
  a.day = DayOf(now, a.policy->rules.zone);
  a.person = ToPerson(customer, a.policy->rules);
  HOIAM_ASSIGN_OR_RETURN(a.asks, ListAsks(uow, tenant, customer.customer_id()));
  return a;
}

AskedOnDay OnDay(db::UnitOfWork& uow, const std::string& tenant, const std::string& survey_id) {
  const auto* row = uow.Find<SurveyDayRow>({tenant, survey_id});
  return row ? AskedOnDay{row->day, row->invited} : AskedOnDay{};
}

void CountOn(db::UnitOfWork& uow, const std::string& tenant, const std::string& survey_id, int64_t day,
             const std::string& touchpoint, absl::string_view item, int64_t n) {
  TallyRow row{tenant, survey_id, day, "", std::string(item), n};
  uow.Add(row);
  if (touchpoint.empty()) return;
  row.touchpoint = touchpoint;
  uow.Add(row);
}

// How far it got, and why no further.
void CountDecision(const Asking& a, const std::string& survey_id, const std::string& touchpoint,
                   const AskDecision& decision) {
  const auto count = [&](absl::string_view item) { CountOn(a.uow, a.tenant, survey_id, a.day, touchpoint, item, 1); };
  count(kTriggeredItem);
  if (decision.eligible) count(kEligibleItem);
  if (decision.skip != SkipRule::kNone)
    return count(absl::StrCat(kSkipPrefix, v1::SkipReason::Code_Name(FromSkip(decision.skip))));
  count(kSampledItem);
  if (decision.channel == AskChannel::kLink && decision.send_at <= a.now) count(kSentItem);
}

// Invites, or says why not; keeps the decision and counts it. `made` is what the invitation would be, without channel
// and time.
absl::StatusOr<v1::Dispatch> AskOne(Asking& a, const v1::Survey& survey, const AskingSurvey& asking,
                                    const AskOccasion& occasion, NewInvitation made) {
  const bool limited = HasDailyLimit(asking);
  const AskedOnDay today = limited ? OnDay(a.uow, a.tenant, asking.survey_id) : AskedOnDay{};
  const AskRules& rules = a.policy->rules;
  const AskDecision decision = DecideAsk(asking, a.person, rules, occasion, a.asks, today, a.now);
  CountDecision(a, asking.survey_id, made.touchpoint, decision);
  v1::Dispatch d;
  d.set_survey(asking.survey_id);
  if (decision.skip != SkipRule::kNone) {
    d.set_decision(v1::DispatchDecision::SKIPPED);
    d.set_reason(FromSkip(decision.skip));
    d.set_rule(decision.rule);
    d.set_blocked_by(decision.blocked_by);
    if (decision.eligible_at) SetTime(*decision.eligible_at, d.mutable_eligible_time());
  } else {
    made.channel = decision.channel;
    made.send_at = decision.send_at;
    HOIAM_RETURN_IF_ERROR(MakeInvitation(a.uow, a.tenant, a.links, survey, made, a.now).status());
    a.asks.push_back({asking.survey_id, asking.metric, decision.channel, made.interaction_id, decision.send_at});
    if (DailyLimit(asking, rules, decision.channel) > 0) {
      a.uow.Put(SurveyDayRow{a.tenant, asking.survey_id, a.day, today.day == a.day ? today.invited + 1 : 1});
    }
    d.set_decision(v1::DispatchDecision::INVITED);
    d.set_invitation(made.invitation_id);
    d.set_channel(FromChannel(decision.channel));
    if (decision.send_at > a.now) SetTime(decision.send_at, d.mutable_send_time());
  }
  a.uow.Replace(DecisionRow{a.tenant, a.person.customer_id, asking.survey_id, a.now, d.SerializeAsString()});
  return d;
}

Happening HappeningOf(const Occasion& o) {
  Happening h;
  if (o.interaction) h = ToHappening(*o.interaction);
  h.on = ToOn(o.on);
  if (o.usage) h.usage_status = o.usage->status();
  h.lifecycle = ToLifecycle(o.lifecycle);
  if (!o.interaction) h.touchpoint = o.touchpoint;
  return h;
}

// An interaction is found among the asks. What else happens leaves its id in that of the invitation.
std::string InvitationIdFor(const Asking& a, const Occasion& o, const std::string& survey_id) {
  if (o.interaction || o.id.empty()) return UuidToString(NewUuid(a.now));
  std::string id = Sha256(absl::StrCat(a.tenant, absl::string_view("\0", 1), survey_id, absl::string_view("\0", 1),
                                       static_cast<int>(o.on), absl::string_view("\0", 1), o.id))
                       .substr(0, 16);
  id[6] = static_cast<char>((id[6] & 0x0F) | 0x80);  // version 8, RFC 9562
  id[8] = static_cast<char>((id[8] & 0x3F) | 0x80);
  return UuidToString(id);
}

}  // namespace

void WantAsking(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id) {
  uow.Want<ActiveSurveyRow>({tenant});
  const auto rows = uow.List<ActiveSurveyRow>({tenant});
  if (rows.empty()) return;
  uow.Want<InvitationRow>({tenant, customer_id});
  uow.Want<AskPolicyRow>({tenant});
  for (const ActiveSurveyRow* row : rows) {
    const auto survey = ParseActiveSurvey(row->body);
    if (survey.ok() && HasDailyLimit((*survey)->asking)) uow.Want<SurveyDayRow>({tenant, row->survey_id});
  }
}

void WantAskingDirectly(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id,
                        const std::string& survey_id) {
  WantAsks(uow, tenant, customer_id);
  uow.Want<SurveyDayRow>({tenant, survey_id});
}

absl::StatusOr<Dispatches> AskAbout(db::UnitOfWork& uow, const std::string& tenant, const LinkMaker& links,
                                    const v1::Customer& customer, const Occasion& occasion, absl::Time now) {
  Dispatches out;
  // Not wanted: there was no survey when this was. One that begins to ask in this very moment asks from the next on.
  if (!uow.Wanted<InvitationRow>({tenant, customer.customer_id()})) return out;
  HOIAM_ASSIGN_OR_RETURN(const ActiveSurveys surveys, ListActiveSurveys(uow, tenant));
  const Happening happening = HappeningOf(occasion);
  std::unique_ptr<Asking> asking;
  for (const auto& survey : surveys) {
    const AskingSurvey& s = survey->asking;
    if (!Matches(s.trigger, happening)) continue;
    if (HasDailyLimit(s) && !uow.Wanted<SurveyDayRow>({tenant, s.survey_id})) continue;
    if (!asking) {
      HOIAM_ASSIGN_OR_RETURN(Asking begun, Begin(uow, tenant, links, customer, now));
      asking = std::make_unique<Asking>(std::move(begun));
    }
    NewInvitation made;
    made.invitation_id = InvitationIdFor(*asking, occasion, s.survey_id);
    if (!occasion.interaction && !occasion.id.empty() &&
        uow.Find<InvitationRow>({tenant, customer.customer_id(), made.invitation_id}))
      continue;  // seen twice
    made.customer_id = customer.customer_id();
    made.touchpoint = occasion.interaction ? occasion.interaction->touchpoint() : occasion.touchpoint;
    if (occasion.interaction) made.interaction_id = occasion.id;
    made.case_id = occasion.case_id;
    const AskOccasion what{true, made.interaction_id, occasion.at, s.trigger.on != TriggerOn::kInteraction};
    HOIAM_ASSIGN_OR_RETURN(*out.Add(), AskOne(*asking, survey->survey, s, what, std::move(made)));
  }
  return out;
}

absl::StatusOr<v1::Dispatch> AskDirectly(db::UnitOfWork& uow, const std::string& tenant, const LinkMaker& links,
                                         const v1::Survey& survey, const v1::Customer& customer, const DirectAsk& ask,
                                         absl::Time now) {
  HOIAM_ASSIGN_OR_RETURN(Asking asking, Begin(uow, tenant, links, customer, now));
  NewInvitation made;
  made.invitation_id = ask.invitation_id.empty() ? UuidToString(NewUuid(now)) : ask.invitation_id;
  made.customer_id = customer.customer_id();
  made.interaction_id = ask.interaction_id;
  made.touchpoint = ask.touchpoint;
  made.wave_id = ask.wave_id;
  AskOccasion what{false, ask.interaction_id, now, ask.reask != v1::Reask::UNSPECIFIED};
  if (ask.channel != v1::DeliveryChannel::UNSPECIFIED) what.channel = ToChannel(ask.channel);
  return AskOne(asking, survey, ToAsking(survey), what, std::move(made));
}

absl::Status RefusalOf(const v1::Dispatch& d) {
  std::optional<absl::Time> eligible;
  if (d.has_eligible_time()) eligible = ToTime(d.eligible_time());
  return AskRefused(ToSkip(d.reason()), d.rule(), eligible, d.blocked_by());
}

absl::Status GiveReceipt(db::UnitOfWork& uow, const std::string& tenant, const LinkMaker& links,
                         const v1::Survey& survey, const std::string& invitation_id, const std::string& order,
                         const std::string& touchpoint, absl::Time now) {
  NewInvitation made;
  made.invitation_id = invitation_id;
  made.order = order;
  made.touchpoint = touchpoint;
  made.send_at = now;
  HOIAM_RETURN_IF_ERROR(MakeInvitation(uow, tenant, links, survey, made, now).status());
  HOIAM_ASSIGN_OR_RETURN(const auto policy, FindPolicy(uow, tenant));
  const int64_t day = DayOf(now, policy->rules.zone);
  for (const char* step : {kTriggeredItem, kEligibleItem, kSampledItem, kSentItem})
    CountOn(uow, tenant, survey.survey_id(), day, touchpoint, step, 1);
  return absl::OkStatus();
}

void FillReady(const v1::Customer& customer, const ReadyWords& words, const std::string& link, std::string* qr,
               v1::ReadyText* text) {
  if (link.empty()) return;  // made with a key that is gone
  *qr = absl::StrCat(link, "/qr.svg");
  text->set_language(std::string(MessageLanguage(customer.locale())));
  const InvitationWords all{words.brand, customer.honorific(), customer.given_name(), words.bought,
                            link,        words.short_code};
  text->set_plain(InvitationText(text->language(), all));
  text->set_accented(AccentedText(text->language(), all));
}

void FillLinks(db::UnitOfWork& uow, const std::string& tenant, const LinkMaker& links, const v1::Customer& customer,
               bool bought, Dispatches& dispatches) {
  for (v1::Dispatch& d : dispatches) {
    if (d.invitation().empty()) continue;
    const InvitationRow* row = uow.Find<InvitationRow>({tenant, customer.customer_id(), d.invitation()});
    if (!row) continue;
    d.set_link(links.Link(tenant, d.invitation(), row->key_id));
    ReadyWords words{tenant, bought};
    if (const auto policy = FindPolicy(uow, tenant); policy.ok()) words.short_code = (*policy)->policy.sms_short_code();
    if (const auto* survey = uow.Find<ActiveSurveyRow>({tenant, d.survey()})) {
      const auto parsed = ParseActiveSurvey(survey->body);
      if (parsed.ok() && !(*parsed)->survey.brand().empty()) words.brand = (*parsed)->survey.brand();
    }
    FillReady(customer, words, d.link(), d.mutable_qr(), d.mutable_text());
  }
}

void Count(db::UnitOfWork& uow, const std::string& tenant, const v1::Invitation& invitation, absl::string_view item,
           int64_t n, const std::string& zone) {
  absl::TimeZone of;
  if (!absl::LoadTimeZone(zone, &of)) of = StandardPolicy()->rules.zone;
  CountOn(uow, tenant, invitation.survey_id(), DayOf(ToTime(invitation.create_time()), of), invitation.touchpoint(),
          item, n);
}

}  // namespace hoiam::survey
