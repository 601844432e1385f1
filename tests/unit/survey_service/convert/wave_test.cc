#include "survey_service/convert/wave.h"

#include <gmock/gmock.h>

#include <limits>

#include "absl/strings/str_cat.h"
#include "survey_service/convert/sample.h"
#include "survey_service/convert/times.h"
#include "survey_service/limits.h"
#include "tests/support/matchers.h"

namespace hoiam::survey {
namespace {

using ::hoiam::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Outcome = v1::WaveMember::Outcome;

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);

v1::CreateWaveRequest Request() {
  v1::CreateWaveRequest q;
  q.set_survey_id("rel");
  q.set_wave_id("w");
  q.mutable_wave()->mutable_sample()->set_size(10);
  return q;
}

// "field REASON" of each violation.
std::vector<std::string> Problems(const v1::CreateWaveRequest& q) {
  Violations v;
  ReadNewWave(q, kNow, v);
  std::vector<std::string> out;
  if (const auto detail = DetailOf(v.ToStatus())) {
    for (const Violation& each : detail->violations) out.push_back(absl::StrCat(each.field, " ", each.reason));
  }
  return out;
}

TEST(WaveTest, EveryMistakeIsNamedAtOnce) {
  EXPECT_THAT(Problems(Request()), IsEmpty());
  v1::CreateWaveRequest q = Request();
  q.set_wave_id("W");
  q.mutable_wave()->set_confirmed_size(-1);
  q.mutable_wave()->mutable_start_time()->set_seconds(absl::ToUnixSeconds(kNow + kMaxWaveAhead) + 1);
  auto& s = *q.mutable_wave()->mutable_sample();
  s.set_size(kMaxSampleSize + 1);
  s.set_stratify_by("email");
  s.set_filter("segment =");
  s.set_replacement_percent(101);
  s.set_drip_days(kMaxDripDays + 1);
  s.set_target_responses(-1);
  EXPECT_THAT(Problems(q),
              ElementsAre("waveId INVALID_SLUG", "sample.size OUT_OF_RANGE", "sample.stratifyBy UNKNOWN_ATTRIBUTE",
                          "sample.replacementPercent OUT_OF_RANGE", "sample.dripDays OUT_OF_RANGE",
                          "sample.targetResponses OUT_OF_RANGE", "sample.filter INVALID_FILTER",
                          "startTime TIME_OUT_OF_RANGE", "confirmedSize OUT_OF_RANGE"));
}

TEST(WaveTest, WhatAnAllocationDoesNotNeedIsRefused) {
  v1::CreateWaveRequest q = Request();
  auto& s = *q.mutable_wave()->mutable_sample();
  s.add_strata()->set_stratum("VIP");
  EXPECT_THAT(Problems(q), ElementsAre("sample.strata NOT_APPLICABLE"));
  s.set_allocation(v1::Allocation::NEYMAN);
  EXPECT_THAT(Problems(q), IsEmpty());
  for (const double bad : {-.5, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    s.mutable_strata(0)->set_deviation(bad);
    EXPECT_THAT(Problems(q), ElementsAre("sample.strata[0].deviation OUT_OF_RANGE"));
  }
  s.mutable_strata(0)->set_deviation(.5);
  *s.add_strata() = s.strata(0);
  EXPECT_THAT(Problems(q), ElementsAre("sample.strata[1].stratum DUPLICATE"));
  s.set_allocation(v1::Allocation::FIXED);
  s.clear_strata();
  s.add_strata()->set_size(4);
  EXPECT_THAT(Problems(q), ElementsAre("sample.size SIZE_MISMATCH"));
  s.clear_size();
  EXPECT_THAT(Problems(q), IsEmpty());
  EXPECT_EQ(SampleSize(s), 4);
}

TEST(WaveTest, TheSameBodyHasTheSameFingerprintAndAnotherOneHasNot) {
  const auto fingerprint = [](const v1::CreateWaveRequest& q) {
    Violations v;
    return ReadNewWave(q, kNow, v).fingerprint;
  };
  v1::CreateWaveRequest q = Request(), in_body = Request();
  in_body.mutable_wave()->set_wave_id("w");
  in_body.mutable_wave()->set_drawn(99);  // output only
  EXPECT_EQ(fingerprint(q), fingerprint(in_body));
  in_body.mutable_wave()->mutable_sample()->set_size(11);
  EXPECT_NE(fingerprint(q), fingerprint(in_body));
}

TEST(WaveTest, OnlyMailsAboveTheLimitWantToBeConfirmed) {
  v1::Survey link, mail;
  link.add_channels(v1::DeliveryChannel::LINK);
  mail.add_channels(v1::DeliveryChannel::LINK);
  mail.add_channels(v1::DeliveryChannel::EMAIL);
  v1::AskPolicy policy;
  EXPECT_FALSE(NeedsConfirmation(mail, policy, kDefaultConfirmAbove));
  EXPECT_TRUE(NeedsConfirmation(mail, policy, kDefaultConfirmAbove + 1));
  policy.set_confirm_above(5);
  EXPECT_FALSE(NeedsConfirmation(mail, policy, 5));
  EXPECT_TRUE(NeedsConfirmation(mail, policy, 6));
  EXPECT_FALSE(NeedsConfirmation(link, policy, 100'000));
}

TEST(WaveTest, APersonIsReadOutOfTheBytesOfACustomer) {
  v1::Customer c;
  c.set_customer_id("lan");
  c.set_display_name("Nguyễn Thị Lan");
  c.set_locale("vi-VN");
  c.set_segment("Khách VIP");
  c.set_lifecycle(v1::Lifecycle::ACTIVE);
  c.set_owner_team("north");
  c.set_kind(v1::RespondentKind::PARTNER);
  (*c.mutable_properties())["city"].set_string_value("Huế");
  (*c.mutable_properties())["orders"].set_number_value(12);
  (*c.mutable_properties())["member"].set_bool_value(true);
  SetTime(kNow, c.mutable_create_time());
  c.set_revision(3);
  c.add_refused_channels(v1::DeliveryChannel::EMAIL);
  const std::string body = c.SerializeAsString();
  Person p;
  ASSERT_TRUE(ReadPerson(body, "city", p));
  EXPECT_EQ(p[Attribute::kSegment], "Khách VIP");
  EXPECT_EQ(p[Attribute::kLifecycle], "ACTIVE");
  EXPECT_EQ(p[Attribute::kOwnerTeam], "north");
  EXPECT_EQ(p[Attribute::kKind], "PARTNER");
  EXPECT_EQ(p[Attribute::kLocale], "vi-VN");
  EXPECT_EQ(p[Attribute::kProperty], "Huế");
  ASSERT_TRUE(ReadPerson(body, "orders", p));
  EXPECT_EQ(p[Attribute::kProperty], "12");
  ASSERT_TRUE(ReadPerson(body, "member", p));
  EXPECT_EQ(p[Attribute::kProperty], "true");
  ASSERT_TRUE(ReadPerson(body, "nothing", p));
  EXPECT_EQ(p[Attribute::kProperty], "");

  // Nothing of the one before is left.
  ASSERT_TRUE(ReadPerson("", "", p));
  EXPECT_EQ(p[Attribute::kSegment], "");
  EXPECT_EQ(p[Attribute::kLifecycle], "");
  EXPECT_EQ(p[Attribute::kKind], "CUSTOMER");
  for (size_t cut = 1; cut < body.size(); ++cut) ReadPerson(body.substr(0, cut), "city", p);  // ends, whatever it says
  EXPECT_FALSE(ReadPerson(body.substr(0, 10), "", p));
}

v1::Wave Drawn() {
  v1::Wave w;
  w.set_state(v1::WaveState::RUNNING);
  w.mutable_sample()->set_stratify_by("segment");
  auto& s = *w.add_strata();
  s.set_stratum("VIP");
  s.set_population(100);
  s.set_places(10);
  s.set_replacements(2);
  SetTime(kNow, w.mutable_create_time());
  return w;
}

TEST(WaveTest, AMemberIsExplainedInWords) {
  v1::WaveMember m;
  m.set_stratum("VIP");
  m.set_rank(3);
  m.set_outcome(Outcome::SKIPPED);
  m.set_reason(v1::SkipReason::UNSUBSCRIBED);
  Explain(Drawn(), m);
  EXPECT_EQ(m.text().en(),
            "Stratum 'VIP' had 100 people, of whom 10 were drawn at random and 2 as replacements; this customer came "
            "number 3 in the random order and could not be asked (asked not to be surveyed); the next replacement "
            "takes the place.");
  EXPECT_THAT(m.text().vi(), HasSubstr("Nhóm 'VIP' có 100 người"));
  EXPECT_THAT(m.text().vi(), HasSubstr("đã từ chối nhận khảo sát"));

  v1::Wave cancelled = Drawn();
  cancelled.set_state(v1::WaveState::CANCELLED);
  m.set_outcome(Outcome::WAITING);
  Explain(cancelled, m);
  EXPECT_EQ(m.outcome(), Outcome::NOT_NEEDED);
  EXPECT_THAT(m.text().en(), HasSubstr("cancelled"));
  m.set_outcome(Outcome::INVITED);
  Explain(cancelled, m);
  EXPECT_EQ(m.outcome(), Outcome::INVITED);
}

TEST(WaveTest, SomebodyOutsideIsToldWhyAsTheProfileSaysNow) {
  Outsider who{"lan", kNow - absl::Hours(1), kNow - absl::Hours(1), true, "VIP"};
  v1::WaveMember m = ExplainOutsider(Drawn(), who);
  EXPECT_EQ(m.outcome(), Outcome::NOT_DRAWN);
  EXPECT_EQ(m.text().en(),
            "Stratum 'VIP' had 100 people, of whom 10 were drawn at random and 2 as replacements; this customer was "
            "not among them.");
  who.update_time = kNow + absl::Hours(1);
  EXPECT_THAT(ExplainOutsider(Drawn(), who).text().en(), HasSubstr("changed since the draw"));
  who.in_population = false;
  EXPECT_EQ(ExplainOutsider(Drawn(), who).outcome(), Outcome::NOT_IN_POPULATION);
  who.create_time = kNow + absl::Microseconds(1);
  m = ExplainOutsider(Drawn(), who);
  EXPECT_EQ(m.outcome(), Outcome::NOT_IN_POPULATION);
  EXPECT_THAT(m.text().en(), HasSubstr("not a customer yet"));
  EXPECT_THAT(m.text().vi(), HasSubstr("Chưa là khách hàng"));
}

TEST(WaveTest, ASchedulesWavesHaveSeedsOfTheirOwn) {
  EXPECT_EQ(SeedOf(7, "nps-2026-11-22"), SeedOf(7, "nps-2026-11-22"));
  EXPECT_NE(SeedOf(7, "nps-2026-11-22"), SeedOf(7, "nps-2027-02-22"));
  EXPECT_NE(SeedOf(7, "nps-2026-11-22"), SeedOf(8, "nps-2026-11-22"));
}

}  // namespace
}  // namespace hoiam::survey
