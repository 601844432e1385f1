// Whom to ask, when, how often, and why not: policy, eligibility, triggers of every kind, receipts, and what is kept of
// each decision.
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "platform/db/unit_of_work.h"
#include "survey_service/app/ask_policy.h"
#include "survey_service/app/ask_step.h"
#include "survey_service/app/due_kinds.h"
#include "survey_service/app/eligibility.h"
#include "survey_service/store/asking_rows.h"
#include "survey_service/store/rows.h"
#include "tests/store/survey_service/harness.h"

namespace hoiam::survey {
namespace {

using absl::StatusCode;
using ::hoiam::testing::IsOk;
using ::hoiam::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

constexpr absl::Duration kDay = absl::Hours(24);

class AskingTest : public SurveyServiceTest {
 protected:
  absl::StatusOr<v1::AskPolicy> SetPolicy(const v1::AskPolicy& policy) {
    v1::UpdateAskPolicyRequest q;
    *q.mutable_policy() = policy;
    return Write(&UpdateAskPolicy, q, As());
  }
  // An active survey of the NPS template, changed by `change` first.
  void Asks(const std::string& id, const std::function<void(v1::Survey&)>& change = nullptr,
            const std::string& template_id = "nps") {
    v1::CreateSurveyRequest q;
    q.set_survey_id(id);
    q.mutable_survey()->set_template_(template_id);
    q.mutable_survey()->set_brand("Nhà Én");
    if (change)
      change(*q.mutable_survey());
    else
      q.mutable_survey()->mutable_trigger()->add_interaction_types("PURCHASE");
    HOIAM_ASSERT_OK(Write(&CreateSurvey, q, As()));
    HOIAM_ASSERT_OK(Activate(id));
  }
  void Upsert(const std::string& id, const std::function<void(v1::Customer&)>& change) {
    v1::UpdateCustomerRequest q;
    q.mutable_customer()->set_customer_id(id);
    change(*q.mutable_customer());
    q.set_allow_missing(true);
    HOIAM_ASSERT_OK(Write(&UpdateCustomer, q, As()));
  }
  v1::GetEligibilityResponse Eligibility(const std::string& customer, const std::string& survey = "") {
    v1::GetEligibilityRequest q;
    q.set_customer_id(customer);
    q.set_survey(survey);
    const auto r = GetEligibility(replica_.deps(), As(), q);
    EXPECT_THAT(r, IsOk());
    return r.ok() ? *r : v1::GetEligibilityResponse();
  }
  absl::StatusOr<v1::Invitation> Invite(const std::function<void(v1::CreateInvitationRequest&)>& change) {
    v1::CreateInvitationRequest q;
    change(q);
    auto r = Write(&CreateInvitation, q, As());
    if (!r.ok()) return r.status();
    return r->invitation();
  }
  // Counts of a survey by item, of all touchpoints or of one.
  std::map<std::string, int64_t> Tallies(const std::string& survey, const std::string& touchpoint = "") {
    std::map<std::string, int64_t> out;
    auto session = database_.Session();
    HOIAM_EXPECT_OK(
        session->Query("SELECT item, SUM(n) FROM tally WHERE survey_id = ? AND touchpoint = ? GROUP BY item",
                       {survey, touchpoint}, [&](const db::Row& r) { out[r.Bytes(0)] = r.Int(1); }));
    return out;
  }
  struct Due {
    int64_t kind;
    std::string subject, work;
    absl::Time at;
  };
  std::vector<Due> DueWork() {
    std::vector<Due> out;
    auto session = database_.Session();
    HOIAM_EXPECT_OK(session->Query("SELECT kind, subject, work_id, due_at FROM due_work ORDER BY due_at", {},
                                   [&](const db::Row& r) {
                                     out.push_back({r.Int(0), r.Bytes(1), r.Bytes(2), r.Time(3)});
                                   }));
    return out;
  }
};

const v1::RuleVerdict* Verdict(const v1::SurveyEligibility& e, const std::string& rule) {
  for (const v1::RuleVerdict& v : e.rules())
    if (v.rule() == rule) return &v;
  return nullptr;
}

TEST_F(AskingTest, EveryRuleIsShownWithItsVerdictAndInWords) {
  Asks("nps");
  HOIAM_ASSERT_OK(Record("i-1", "lan"));
  const absl::Time asked = clock_.Now();
  clock_.Advance(absl::Hours(1));
  const auto r = Eligibility("lan");
  ASSERT_EQ(r.surveys_size(), 1);
  const v1::SurveyEligibility& e = r.surveys(0);
  EXPECT_FALSE(e.eligible());
  std::vector<std::string> rules;
  for (const v1::RuleVerdict& v : e.rules()) {
    rules.push_back(v.rule());
    EXPECT_FALSE(v.text().vi().empty()) << v.rule();
    EXPECT_FALSE(v.text().en().empty()) << v.rule();
  }
  EXPECT_THAT(rules, ElementsAre("unsubscribed", "consent", "respondent_kind", "channel", "sample", "blackout",
                                 "daily_limit", "floor_24h", "survey_window"));
  EXPECT_FALSE(Verdict(e, "floor_24h")->allows());
  EXPECT_EQ(Verdict(e, "floor_24h")->reason(), v1::SkipReason::FLOOR_24H);
  EXPECT_EQ(TimeOf(Verdict(e, "floor_24h")->opens_time()), asked + kDay);
  EXPECT_EQ(Verdict(e, "floor_24h")->blocked_by(), "nps");
  EXPECT_EQ(TimeOf(Verdict(e, "survey_window")->opens_time()), asked + 30 * kDay);
  EXPECT_TRUE(Verdict(e, "consent")->allows());
  EXPECT_EQ(TimeOf(e.eligible_time()), asked + 30 * kDay);
  EXPECT_EQ(TimeOf(r.next_eligible_time()), asked + 30 * kDay);
  EXPECT_EQ(e.last_dispatch().decision(), v1::DispatchDecision::INVITED);
  HOIAM_ASSERT_OK(Record("i-2", "lan"));
  EXPECT_EQ(Eligibility("lan").surveys(0).last_dispatch().reason(), v1::SkipReason::FATIGUE_WINDOW);
  EXPECT_EQ(Eligibility("lan").surveys(0).last_dispatch().rule(), "survey_window");
  clock_.Advance(30 * kDay);
  EXPECT_TRUE(Eligibility("lan").surveys(0).eligible());
  EXPECT_FALSE(Eligibility("lan").has_next_eligible_time());
}

TEST_F(AskingTest, EligibilityOfOneSurveyAlsoSaysThatItIsNotActive) {
  HOIAM_ASSERT_OK(MakeSurvey("draft", "nps"));
  HOIAM_ASSERT_OK(Record("i-1", "lan"));
  EXPECT_EQ(Eligibility("lan").surveys_size(), 0);
  const auto r = Eligibility("lan", "draft");
  ASSERT_EQ(r.surveys_size(), 1);
  EXPECT_FALSE(r.surveys(0).eligible());
  EXPECT_EQ(r.surveys(0).rules(0).reason(), v1::SkipReason::SURVEY_NOT_ACTIVE);
  v1::GetEligibilityRequest q;
  q.set_customer_id("nobody");
  EXPECT_THAT(GetEligibility(replica_.deps(), As(), q), StatusIs(StatusCode::kNotFound, "CUSTOMER_NOT_FOUND"));
  q.set_customer_id("lan");
  q.set_survey("nope");
  EXPECT_THAT(GetEligibility(replica_.deps(), As(), q), StatusIs(StatusCode::kNotFound, "SURVEY_NOT_FOUND"));
}

TEST_F(AskingTest, ARuleOfTheMetricHoldsBackAnotherSurveyAndNamesIt) {
  Asks("shop");
  Asks("web", [](v1::Survey& s) { s.mutable_trigger()->add_interaction_types("VISIT"); });
  v1::AskPolicy p;
  auto* rule = p.add_rules();
  rule->set_rule_id("nps_quarter");
  rule->set_metric("NPS");
  rule->set_max_asks(1);
  rule->mutable_window()->set_seconds(90 * 86400);
  HOIAM_ASSERT_OK(SetPolicy(p));
  HOIAM_ASSERT_OK(Record("i-1", "lan"));
  const absl::Time asked = clock_.Now();
  clock_.Advance(2 * kDay);
  auto visit = Purchase("i-2", "lan");
  visit.set_type("VISIT");
  const auto r = Record(visit);
  HOIAM_ASSERT_OK(r);
  ASSERT_EQ(r->dispatch_size(), 1);
  EXPECT_EQ(r->dispatch(0).reason(), v1::SkipReason::POLICY_RULE);
  EXPECT_EQ(r->dispatch(0).rule(), "nps_quarter");
  EXPECT_EQ(r->dispatch(0).blocked_by(), "shop");
  EXPECT_EQ(TimeOf(r->dispatch(0).eligible_time()), asked + 90 * kDay);
  EXPECT_THAT(InviteByHand("web", "v-1", "lan"), StatusIs(StatusCode::kFailedPrecondition, "POLICY_RULE"));
  const auto detail = DetailOf(InviteByHand("web", "v-1", "lan").status());
  EXPECT_EQ(detail->metadata.at("rule"), "nps_quarter");
  EXPECT_EQ(detail->metadata.at("blockedBy"), "shop");
  EXPECT_TRUE(detail->metadata.count("eligibleTime"));
  HOIAM_EXPECT_OK(Invite([](auto& q) {
    q.set_survey_id("web");
    q.set_invitation_id("v-1");
    q.set_customer_id("lan");
    q.set_reask(v1::Reask::ISSUE_RESOLVED);
  })) << "the issue was fixed";
}

TEST_F(AskingTest, AMailIsDueAtOnceByDayAndInTheMorningByNight) {
  Asks("mail", [](v1::Survey& s) {
    s.mutable_trigger()->add_interaction_types("PURCHASE");
    s.add_channels(v1::DeliveryChannel::EMAIL);
    s.add_channels(v1::DeliveryChannel::LINK);
  });
  v1::AskPolicy p;  // quiet now, wherever the clock of this machine stands
  const absl::CivilSecond local = absl::ToCivilSecond(clock_.Now(), absl::UTCTimeZone());
  p.set_time_zone("UTC");
  p.set_quiet_from(absl::StrFormat("%02d:00", (local.hour() + 23) % 24));
  p.set_quiet_until(absl::StrFormat("%02d:00", (local.hour() + 3) % 24));
  HOIAM_ASSERT_OK(SetPolicy(p));
  Upsert("lan", [](v1::Customer& c) { c.set_email("lan@x.example"); });
  const auto r = Record("i-1", "lan");
  HOIAM_ASSERT_OK(r);
  const v1::Dispatch& d = r->dispatch(0);
  EXPECT_EQ(d.channel(), v1::DeliveryChannel::EMAIL);
  const absl::Time morning = absl::FromCivil(absl::CivilHour(local) + 3, absl::UTCTimeZone());
  EXPECT_EQ(TimeOf(d.send_time()), morning);
  EXPECT_EQ(InvitationOf("mail", d.invitation()).state(), v1::InvitationState::SCHEDULED);
  auto due = DueWork();
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0].kind, static_cast<int64_t>(DueKind::kSend));
  EXPECT_EQ(due[0].subject, "lan");
  EXPECT_EQ(due[0].work, d.invitation());
  EXPECT_EQ(due[0].at, morning);
  const auto by_link = Record("i-2", "minh");  // no address
  EXPECT_EQ(by_link->dispatch(0).channel(), v1::DeliveryChannel::LINK);
  EXPECT_FALSE(by_link->dispatch(0).has_send_time()) << "the customer stands at the till";
  EXPECT_EQ(DueWork().size(), 1u);
  EXPECT_THAT(Tallies("mail"), UnorderedElementsAre(Pair("step:TRIGGERED", 2), Pair("step:ELIGIBLE", 2),
                                                    Pair("step:SAMPLED", 2), Pair("step:SENT", 1)));

  // Withdrawn before it went out, it was never an ask, and is not sent.
  v1::VoidInteractionRequest v;
  v.set_interaction_id("i-1");
  v.set_reason("returned");
  HOIAM_ASSERT_OK(Write(&VoidInteraction, v, As()));
  EXPECT_THAT(DueWork(), IsEmpty());
  EXPECT_EQ(InvitationOf("mail", d.invitation()).state(), v1::InvitationState::REVOKED);
  EXPECT_EQ(Record("i-3", "lan")->dispatch(0).decision(), v1::DispatchDecision::INVITED);
}

TEST_F(AskingTest, UnsubscribingBitesOnWhatIsScheduled) {
  Asks("later", [](v1::Survey& s) {
    s.mutable_trigger()->add_interaction_types("PURCHASE");
    s.mutable_trigger()->mutable_delay()->set_seconds(5 * 86400);
  });
  const auto r = Record("i-1", "lan");
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(InvitationOf("later", r->dispatch(0).invitation()).state(), v1::InvitationState::SCHEDULED);
  EXPECT_EQ(DueWork().size(), 1u);
  v1::UnsubscribeCustomerRequest q;
  q.set_customer_id("lan");
  HOIAM_ASSERT_OK(Write(&UnsubscribeCustomer, q, As()));
  EXPECT_EQ(InvitationOf("later", r->dispatch(0).invitation()).state(), v1::InvitationState::REVOKED);
  EXPECT_THAT(DueWork(), IsEmpty());
  EXPECT_EQ(Record("i-2", "lan")->dispatch(0).reason(), v1::SkipReason::UNSUBSCRIBED);
}

TEST_F(AskingTest, ConsentAndBlackoutsAreLookedAt) {
  Asks("nps");
  v1::AskPolicy p;
  p.set_consent_required(true);
  HOIAM_ASSERT_OK(SetPolicy(p));
  const auto d = Record("i-1", "lan")->dispatch(0);
  EXPECT_EQ(d.reason(), v1::SkipReason::NO_CONSENT);
  EXPECT_EQ(d.rule(), "consent");
  EXPECT_FALSE(d.has_eligible_time());
  v1::UpdateAskPolicyRequest q;
  q.mutable_update_mask()->add_paths("consent_required");
  q.mutable_update_mask()->add_paths("blackouts");
  const absl::TimeZone zone = [] {
    absl::TimeZone z;
    absl::LoadTimeZone("Asia/Ho_Chi_Minh", &z);
    return z;
  }();
  const absl::CivilDay today(zone.At(clock_.Now()).cs);
  auto* days = q.mutable_policy()->add_blackouts();
  days->set_first_day(absl::FormatCivilTime(today));
  days->set_last_day(absl::FormatCivilTime(today + 2));
  days->set_reason("Tết");
  HOIAM_ASSERT_OK(Write(&UpdateAskPolicy, q, As()));
  const auto in_tet = Record("i-2", "lan")->dispatch(0);
  EXPECT_EQ(in_tet.reason(), v1::SkipReason::BLACKOUT);
  EXPECT_EQ(TimeOf(in_tet.eligible_time()), absl::FromCivil(today + 3, zone));
}

TEST_F(AskingTest, ADailyLimitIsCountedAcrossCustomers) {
  Asks("few", [](v1::Survey& s) {
    s.mutable_trigger()->add_interaction_types("PURCHASE");
    s.set_daily_limit(2);
  });
  EXPECT_EQ(Record("i-1", "a")->dispatch(0).decision(), v1::DispatchDecision::INVITED);
  EXPECT_EQ(Record("i-2", "b")->dispatch(0).decision(), v1::DispatchDecision::INVITED);
  EXPECT_EQ(Record("i-3", "c")->dispatch(0).reason(), v1::SkipReason::DAILY_LIMIT);
  EXPECT_THAT(Tallies("few"),
              UnorderedElementsAre(Pair("step:TRIGGERED", 3), Pair("step:ELIGIBLE", 2), Pair("step:SAMPLED", 2),
                                   Pair("step:SENT", 2), Pair("skip:DAILY_LIMIT", 1)));
  EXPECT_EQ(Tallies("few", "store.checkout")["step:TRIGGERED"], 3) << "and at its touchpoint";
  clock_.Advance(kDay);
  EXPECT_EQ(Record("i-4", "c")->dispatch(0).decision(), v1::DispatchDecision::INVITED);
}

TEST_F(AskingTest, TriggersLookAtPropertiesAmountsAndKinds) {
  Asks("big", [](v1::Survey& s) {
    v1::Trigger& t = *s.mutable_trigger();
    t.set_min_amount("1000000");
    t.set_currency("VND");
    auto* p = t.add_properties();
    p->set_key("tier");
    p->set_operator_(v1::Comparison::EQ);
    p->mutable_value()->set_string_value("gold");
  });
  auto q = Purchase("i-1", "lan");
  EXPECT_EQ(Record(q)->dispatch_size(), 0) << "no tier";
  q.set_interaction_id("i-2");
  (*q.mutable_properties())["tier"].set_string_value("gold");
  EXPECT_EQ(Record(q)->dispatch_size(), 1);
  q.set_interaction_id("i-3");
  q.set_amount("999999.999999");
  EXPECT_EQ(Record(q)->dispatch_size(), 0);
  q.set_interaction_id("i-4");
  q.set_amount("1000000");
  q.set_customer_id("worker");
  Upsert("worker", [](v1::Customer& c) { c.set_kind(v1::RespondentKind::EMPLOYEE); });
  ASSERT_EQ(Record(q)->dispatch_size(), 1);
  EXPECT_EQ(Eligibility("worker").surveys(0).last_dispatch().reason(), v1::SkipReason::RESPONDENT_KIND);
}

TEST_F(AskingTest, AReceiptBelongsToNobodyAndIsAskedByItsLink) {
  Asks("nps");
  const auto receipt = [&](const std::string& id, const std::string& order) {
    return Invite([&](auto& q) {
      q.set_survey_id("nps");
      q.set_invitation_id(id);
      q.set_order(order);
      q.set_touchpoint("store.checkout");
    });
  };
  const auto first = receipt("r-1", "HD-1");
  HOIAM_ASSERT_OK(first);
  EXPECT_EQ(first->customer_id(), "");
  EXPECT_EQ(first->order(), "HD-1");
  EXPECT_EQ(first->state(), v1::InvitationState::CREATED);
  EXPECT_EQ(first->qr(), first->link() + "/qr.svg");
  EXPECT_TRUE(absl::StrContains(first->text().plain(), first->link())) << first->text().plain();
  HOIAM_ASSERT_OK(receipt("r-2", "HD-2")) << "nobody's receipts do not hold each other back";
  EXPECT_EQ(receipt("r-1", "HD-1")->link(), first->link()) << "the same again";
  EXPECT_THAT(receipt("r-1", "HD-9"), StatusIs(StatusCode::kAlreadyExists, "ID_REUSED"));
  EXPECT_THAT(InviteByHand("nps", "r-1", "lan"), StatusIs(StatusCode::kAlreadyExists, "ID_REUSED"));
  EXPECT_THAT(receipt("r-3", ""), StatusIs(StatusCode::kInvalidArgument, "REQUIRED"));
  EXPECT_THAT(Invite([](auto& q) {
                q.set_survey_id("nps");
                q.set_invitation_id("r-4");
                q.set_customer_id("\x01r-1");
              }),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_ID"))
      << "nobody can be whom a receipt is kept under";
  EXPECT_THAT(Tallies("nps", "store.checkout"),
              UnorderedElementsAre(Pair("step:TRIGGERED", 2), Pair("step:ELIGIBLE", 2), Pair("step:SAMPLED", 2),
                                   Pair("step:SENT", 2)));
}

TEST_F(AskingTest, AnswersOfAnInteractionCarryLinkPictureAndText) {
  Asks("nps");
  const auto r = Record("i-1", "lan");
  HOIAM_ASSERT_OK(r);
  const v1::Dispatch& d = r->dispatch(0);
  EXPECT_EQ(d.qr(), d.link() + "/qr.svg");
  EXPECT_TRUE(absl::StrContains(d.text().plain(), d.link()));
  EXPECT_EQ(d.text().language(), "vi");
  EXPECT_EQ(d.channel(), v1::DeliveryChannel::LINK);
}

TEST_F(AskingTest, ASurveyThatBeginsToAskWhileABatchIsDecidedAsksFromTheNextOn) {
  Asks("nps");
  auto session = database_.Session();
  std::string body;
  HOIAM_ASSERT_OK(session->Query("SELECT body FROM active_survey", {}, [&](const db::Row& r) { body = r.Bytes(0); }));
  const std::string tenant = "fresh";
  db::UnitOfWork uow;
  uow.Begin(0, tenant);
  do {
    WantAsking(uow, tenant, "lan");
    HOIAM_ASSERT_OK(uow.Load(*session));
    WantAsking(uow, tenant, "lan");
  } while (uow.NeedsLoad());
  uow.Put(ActiveSurveyRow{tenant, "nps", body});  // by a decision before this one
  v1::Customer lan;
  lan.set_customer_id("lan");
  v1::Interaction purchase;
  purchase.set_type("PURCHASE");
  Occasion occasion;
  occasion.id = "i-1";
  occasion.at = clock_.Now();
  occasion.interaction = &purchase;
  const auto dispatches = AskAbout(uow, tenant, replica_.links(), lan, occasion, clock_.Now());
  HOIAM_ASSERT_OK(dispatches);
  EXPECT_EQ(dispatches->size(), 0);
}

TEST_F(AskingTest, WithoutASurveyThatAsksAnInteractionReadsAndWritesNothingOfAsking) {
  HOIAM_ASSERT_OK(Record("i-1", "lan"));
  auto session = database_.Session();
  for (const char* table : {"tally", "decision", "due_work", "survey_day", "invitation"}) {
    HOIAM_EXPECT_OK(session->Query(absl::StrCat("SELECT COUNT(*) FROM ", table), {},
                                   [&](const db::Row& r) { EXPECT_EQ(r.Int(0), 0) << table; }));
  }
}

}  // namespace
}  // namespace hoiam::survey
