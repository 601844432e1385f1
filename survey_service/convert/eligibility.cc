#include "survey_service/convert/eligibility.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "survey_service/convert/invitation.h"
#include "survey_service/convert/times.h"
#include "survey_service/convert/trigger.h"

namespace hoiam::survey {
namespace {

struct Words {
  absl::string_view rule;
  absl::string_view vi, en;                  // it allows
  absl::string_view refused_vi, refused_en;  // it does not
};

constexpr Words kWords[] = {
    {"unsubscribed", "Khách hàng không từ chối nhận khảo sát.", "The customer has not asked to be left alone.",
     "Khách hàng đã yêu cầu không nhận khảo sát.", "The customer asked not to be surveyed."},
    {"consent", "Khách hàng đã đồng ý, hoặc chính sách không đòi hỏi.",
     "The customer agreed, or the policy does not want it.",
     "Chính sách đòi hỏi khách hàng đồng ý trước, và khách hàng chưa đồng ý.",
     "The policy wants consent, and the customer has never given it."},
    {"respondent_kind", "Khảo sát hỏi nhóm người trả lời này.", "The survey asks this kind of respondent.",
     "Khảo sát không hỏi nhóm người trả lời này.", "The survey does not ask this kind of respondent."},
    {"channel", "Có kênh đến được khách hàng.", "A channel of the survey reaches the customer.",
     "Không có kênh nào của khảo sát đến được khách hàng.", "No channel of the survey reaches the customer."},
    {"sample", "Khách hàng nằm trong mẫu của khảo sát.", "The customer is in the survey's sample.",
     "Khách hàng không nằm trong mẫu của khảo sát.", "The customer is not in the survey's sample."},
    {"blackout", "Hôm đó được phép khảo sát.", "Surveys go out on that day.", "Những ngày không khảo sát",
     "Days without surveys"},
    {"daily_limit", "Khảo sát chưa dùng hết số lời mời trong ngày.", "The survey has invitations left for today.",
     "Khảo sát đã dùng hết số lời mời trong ngày", "The survey has used up its invitations of today"},
    {"floor_24h", "Khách hàng không được hỏi trong vòng 24 giờ.", "The customer was not asked within 24 hours.",
     "Khách hàng được hỏi chưa quá 24 giờ", "The customer is asked within 24 hours"},
    {"survey_window", "Đã qua khoảng nghỉ của khảo sát này.", "The window of this survey has passed.",
     "Khảo sát này đã hỏi khách hàng trong khoảng nghỉ của nó", "This survey asks the customer within its window"},
};

constexpr Words kPolicyWords = {"", "Quy tắc của chính sách còn chỗ.", "The rule of the policy has room.",
                                "Quy tắc của chính sách đã đủ số lần hỏi", "The rule of the policy is full"};

const Words& WordsOf(absl::string_view rule) {
  for (const Words& each : kWords)
    if (each.rule == rule) return each;
  return kPolicyWords;
}

// Whose ask it was, and when it opens, by the customer's clock.
std::string Full(absl::string_view sentence, absl::string_view who, absl::string_view from, const RuleVerdict& v,
                 absl::string_view format, absl::TimeZone zone) {
  if (!v.opens_at) return std::string(sentence);
  std::string out(sentence);
  if (!v.blocked_by.empty()) absl::StrAppend(&out, who, v.blocked_by);
  absl::StrAppend(&out, from, absl::FormatTime(format, *v.opens_at, zone), ".");
  return out;
}

void Say(const RuleVerdict& v, absl::TimeZone zone, v1::LocalizedText* out) {
  const Words& words = WordsOf(v.rule);
  if (v.skip == SkipRule::kNone) {
    out->set_vi(std::string(words.vi));
    out->set_en(std::string(words.en));
    return;
  }
  out->set_vi(Full(words.refused_vi, ", vì khảo sát ", "; có thể hỏi từ ", v, "%H:%M ngày %d/%m/%Y", zone));
  out->set_en(Full(words.refused_en, ", because of survey ", "; can be asked from ", v, "%Y-%m-%d %H:%M", zone));
}

}  // namespace

v1::SurveyEligibility Explain(const v1::Survey& survey, const AskedPerson& person, const AskRules& rules,
                              const std::vector<Ask>& asks, const AskedOnDay& today, absl::Time now) {
  v1::SurveyEligibility out;
  out.set_survey(survey.survey_id());
  const AskingSurvey asking = ToAsking(survey);
  const AskOccasion occasion{asking.has_trigger, "", now, asking.trigger.on != TriggerOn::kInteraction};
  const AskDecision decision = DecideAsk(asking, person, rules, occasion, asks, today, now);
  const bool active = survey.state() == v1::SurveyState::ACTIVE;
  if (!active) {
    v1::RuleVerdict& v = *out.add_rules();
    v.set_rule("survey_active");
    v.set_reason(v1::SkipReason::SURVEY_NOT_ACTIVE);
    v.mutable_text()->set_vi("Khảo sát chưa chạy, hoặc đã dừng.");
    v.mutable_text()->set_en("The survey is not active.");
  }
  for (const RuleVerdict& each : DecideRules(asking, person, rules, occasion, asks, today, now)) {
    if (each.rule == "max_age") continue;
    v1::RuleVerdict& v = *out.add_rules();
    v.set_rule(each.rule);
    v.set_allows(each.skip == SkipRule::kNone);
    v.set_reason(FromSkip(each.skip));
    if (each.opens_at) SetTime(*each.opens_at, v.mutable_opens_time());
    v.set_blocked_by(each.blocked_by);
    Say(each, person.zone, v.mutable_text());
  }
  out.set_eligible(active && decision.skip == SkipRule::kNone);
  if (active && decision.eligible_at) SetTime(*decision.eligible_at, out.mutable_eligible_time());
  if (!out.eligible()) return out;
  out.set_channel(FromChannel(decision.channel));
  SetTime(decision.send_at, out.mutable_send_time());
  return out;
}

}  // namespace hoiam::survey
