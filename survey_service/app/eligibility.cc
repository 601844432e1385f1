#include "survey_service/app/eligibility.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "platform/base/text.h"
#include "survey_service/app/asking.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/ask_policy.h"
#include "survey_service/convert/eligibility.h"
#include "survey_service/convert/invitation.h"
#include "survey_service/convert/times.h"
#include "survey_service/convert/trigger.h"
#include "survey_service/errors.h"
#include "survey_service/store/customer_reader.h"
#include "survey_service/store/eligibility_reader.h"
#include "survey_service/store/invitation_reader.h"
#include "survey_service/store/policy_reader.h"
#include "survey_service/store/survey_reader.h"

namespace hoiam::survey {
namespace {

constexpr int kPage = 200;

absl::StatusOr<std::vector<v1::Survey>> ReadAsked(const db::TenantDb& db, const std::string& named) {
  std::vector<v1::Survey> out;
  if (!named.empty()) {
    HOIAM_ASSIGN_OR_RETURN(const auto body, ReadSurvey(db, named));
    if (!body) return SurveyNotFound(named);
    HOIAM_ASSIGN_OR_RETURN(v1::Survey survey, Parse<v1::Survey>(*body));
    out.push_back(std::move(survey));
    return out;
  }
  std::string after;
  for (;;) {
    HOIAM_ASSIGN_OR_RETURN(const auto bodies, ListSurveys(db, after, kPage));
    for (const std::string& body : bodies) {
      HOIAM_ASSIGN_OR_RETURN(v1::Survey survey, Parse<v1::Survey>(body));
      after = survey.survey_id();
      if (survey.state() == v1::SurveyState::ACTIVE) out.push_back(std::move(survey));
    }
    if (bodies.size() < kPage) return out;
  }
}

absl::StatusOr<std::vector<Ask>> ReadAsks(const db::TenantDb& db, const std::string& customer_id) {
  std::vector<Ask> asks;
  HOIAM_ASSIGN_OR_RETURN(const auto bodies, ReadInvitationsOf(db, customer_id));
  for (const std::string& body : bodies) {
    HOIAM_ASSIGN_OR_RETURN(const v1::Invitation i, Parse<v1::Invitation>(body));
    AppendAsks(i, asks);
  }
  return asks;
}

}  // namespace

absl::StatusOr<v1::GetEligibilityResponse> GetEligibility(const Deps& deps, const rpc::CallContext& ctx,
                                                          const v1::GetEligibilityRequest& q) {
  Violations v;
  CheckClientId(q.customer_id(), "customerId", v);
  CheckSlug(q.survey(), "survey", false, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto row, ReadCustomer(db, q.customer_id()));
  if (!row) return CustomerNotFound(q.customer_id());
  HOIAM_ASSIGN_OR_RETURN(const v1::Customer customer, Parse<v1::Customer>(row->body));
  std::shared_ptr<const AskingPolicy> policy = StandardPolicy();
  HOIAM_ASSIGN_OR_RETURN(const auto policy_body, ReadAskPolicy(db));
  if (policy_body) {
    HOIAM_ASSIGN_OR_RETURN(policy, ParsePolicy(*policy_body));
  }
  HOIAM_ASSIGN_OR_RETURN(const auto surveys, ReadAsked(db, q.survey()));
  HOIAM_ASSIGN_OR_RETURN(const auto asks, ReadAsks(db, q.customer_id()));
  HOIAM_ASSIGN_OR_RETURN(const auto days, ReadSurveyDays(db));
  HOIAM_ASSIGN_OR_RETURN(const auto decisions, ReadDecisions(db, q.customer_id()));
  const AskedPerson person = ToPerson(customer, policy->rules);
  const absl::Time now = deps.clock.Now();

  v1::GetEligibilityResponse out;
  out.set_customer_id(q.customer_id());
  bool anybody = false;
  std::optional<absl::Time> next;
  for (const v1::Survey& survey : surveys) {
    const auto day = days.find(survey.survey_id());
    v1::SurveyEligibility& e = *out.add_surveys();
    e = Explain(survey, person, policy->rules, asks, day == days.end() ? AskedOnDay{} : day->second, now);
    if (const auto kept = decisions.find(survey.survey_id()); kept != decisions.end()) {
      HOIAM_ASSIGN_OR_RETURN(*e.mutable_last_dispatch(), Parse<v1::Dispatch>(kept->second));
    }
    anybody |= e.eligible();
    if (e.has_eligible_time() && (!next || ToTime(e.eligible_time()) < *next)) next = ToTime(e.eligible_time());
  }
  if (!anybody && next) SetTime(*next, out.mutable_next_eligible_time());
  return out;
}

}  // namespace hoiam::survey
