// What one interaction costs when fifty surveys look at it, by google benchmark: the rules alone, and the whole
// decision with what it keeps of it. No database: what a transaction would have read is put there by hand.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "survey_service/app/ask_step.h"
#include "survey_service/app/asking.h"
#include "survey_service/convert/ask_policy.h"
#include "survey_service/convert/times.h"
#include "survey_service/convert/trigger.h"
#include "survey_service/store/asking_rows.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {
namespace {

constexpr int kSurveys = 50;
const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);
const std::string kTenant = "demo";
const std::string kCustomer = "KH-1042";

// Half of them ask after a purchase at the till; the others look at other things.
v1::Survey SurveyOf(int i, bool all_match) {
  v1::Survey s;
  s.set_survey_id(absl::StrCat("survey-", i));
  s.set_metric(i % 2 ? "NPS" : "CSAT");
  s.set_brand("Nhà Én");
  s.set_state(v1::SurveyState::ACTIVE);
  v1::Trigger& t = *s.mutable_trigger();
  t.add_interaction_types(all_match || i % 2 ? "PURCHASE" : "SUPPORT");
  t.add_touchpoints("store");
  t.set_min_amount("100000");
  t.set_currency("VND");
  auto* p = t.add_properties();
  p->set_key("tier");
  p->set_operator_(v1::Comparison::NE);
  p->mutable_value()->set_string_value("test");
  s.add_channels(v1::DeliveryChannel::LINK);
  return s;
}

v1::AskPolicy PolicyOf() {
  v1::AskPolicy p = DefaultPolicy();
  for (int i = 0; i < 3; ++i) {
    auto* rule = p.add_rules();
    rule->set_rule_id(absl::StrCat("rule-", i));
    if (i == 1) rule->set_metric("NPS");
    rule->set_max_asks(i + 1);
    rule->mutable_window()->set_seconds((i + 1) * 30 * 86400);
  }
  return p;
}

std::vector<Ask> Asks() {
  std::vector<Ask> asks;
  for (int i = 0; i < 6; ++i)
    asks.push_back({absl::StrCat("survey-", i * 3), i % 2 ? "NPS" : "CSAT", AskChannel::kLink, absl::StrCat("i-", i),
                    kNow - absl::Hours(20 + 24 * 40 * i)});
  return asks;
}

v1::Interaction Purchase() {
  v1::Interaction i;
  i.set_interaction_id("HD-2026-11-1");
  i.set_customer_id(kCustomer);
  i.set_type("PURCHASE");
  i.set_touchpoint("store.checkout");
  i.set_amount("1250000");
  i.set_currency("VND");
  (*i.mutable_properties())["tier"].set_string_value("gold");
  SetTime(kNow, i.mutable_occurred_at());
  return i;
}

void BM_RulesOfFiftySurveys(benchmark::State& state) {
  std::vector<AskingSurvey> surveys;
  for (int i = 0; i < kSurveys; ++i) surveys.push_back(ToAsking(SurveyOf(i, state.range(0))));
  const AskRules rules = ToRules(PolicyOf());
  v1::Customer customer;
  customer.set_customer_id(kCustomer);
  const AskedPerson person = ToPerson(customer, rules);
  const std::vector<Ask> asks = Asks();
  const v1::Interaction interaction = Purchase();
  for (auto _ : state) {
    const Happening happening = ToHappening(interaction);
    for (const AskingSurvey& s : surveys) {
      if (!Matches(s.trigger, happening)) continue;
      AskOccasion occasion;
      occasion.id = interaction.interaction_id();
      occasion.at = kNow;
      benchmark::DoNotOptimize(DecideAsk(s, person, rules, occasion, asks, {}, kNow));
    }
  }
}
BENCHMARK(BM_RulesOfFiftySurveys)->ArgName("all_match")->Arg(0)->Arg(1);

// Answers every question with no rows.
class EmptySession final : public db::Session {
 public:
  absl::Status Execute(absl::string_view) override { return absl::OkStatus(); }
  absl::StatusOr<int64_t> Run(const std::string&, const db::Values&) override { return 1; }
  absl::Status Query(const std::string&, const db::Values&, const std::function<void(const db::Row&)>&) override {
    return absl::OkStatus();
  }
  bool healthy() const override { return true; }
};

void BM_AskAboutWithFiftySurveys(benchmark::State& state) {
  db::UnitOfWork uow;
  EmptySession session;
  uow.Begin(0, kTenant);
  for (int round = 0; round < 3; ++round) {
    uow.Want<ActiveSurveyRow>({kTenant});
    uow.Want<AskPolicyRow>({kTenant});
    uow.Want<InvitationRow>({kTenant, kCustomer});
    if (!uow.Load(session).ok()) std::abort();
  }
  for (int i = 0; i < kSurveys; ++i) {
    const v1::Survey s = SurveyOf(i, state.range(0));
    uow.Put(ActiveSurveyRow{kTenant, s.survey_id(), Slim(s).SerializeAsString()});
  }
  uow.Put(AskPolicyRow{kTenant, PolicyOf().SerializeAsString()});
  int n = 0;
  for (const Ask& ask : Asks()) {
    v1::Invitation i;
    i.set_invitation_id(absl::StrCat("inv-", ++n));
    i.set_survey_id(ask.survey_id);
    i.set_metric(ask.metric);
    i.set_customer_id(kCustomer);
    i.set_interaction_id(ask.occasion_id);
    i.set_asks(1);
    SetTime(ask.at, i.mutable_create_time());
    uow.Put(InvitationRow{kTenant, kCustomer, i.invitation_id(), ask.survey_id, ask.at, "", "", i.SerializeAsString()});
  }
  const LinkMaker links(std::string(32, 'k'), "https://h.example");
  v1::Customer customer;
  customer.set_customer_id(kCustomer);
  const v1::Interaction interaction = Purchase();
  Occasion occasion;
  occasion.id = interaction.interaction_id();
  occasion.at = kNow;
  occasion.interaction = &interaction;
  int lines = 0;
  for (auto _ : state) {
    uow.Begin(0, kTenant);
    const auto dispatches = AskAbout(uow, kTenant, links, customer, occasion, kNow);
    if (!dispatches.ok()) std::abort();
    lines = dispatches->size();
    uow.Abandon();
  }
  state.counters["lines"] = lines;
}
BENCHMARK(BM_AskAboutWithFiftySurveys)->ArgName("all_match")->Arg(0)->Arg(1);

}  // namespace
}  // namespace hoiam::survey

BENCHMARK_MAIN();
