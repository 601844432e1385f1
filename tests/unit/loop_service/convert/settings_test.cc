#include "loop_service/convert/settings.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "loop_service/convert/alarm_condition.h"
#include "loop_service/convert/alarm_trial.h"
#include "loop_service/convert/built_in.h"
#include "loop_service/convert/calendar.h"
#include "loop_service/convert/playbook.h"
#include "loop_service/domain/catalogue.h"
#include "loop_service/limits.h"

namespace hoiam::loop {
namespace {

using google::protobuf::util::MessageDifferencer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

template <class Message>
Message Of(const std::string& text) {
  Message m;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &m)) << text;
  return m;
}

std::vector<std::pair<std::string, std::string>> Told(const Violations& v) {
  std::vector<std::pair<std::string, std::string>> told;
  if (const auto detail = DetailOf(v.ToStatus()))
    for (const Violation& each : detail->violations) told.emplace_back(each.field, each.reason);
  return told;
}

template <class Message>
auto Check(const std::string& text) {
  Violations v;
  CheckSetting(Of<Message>(text), v);
  return Told(v);
}

TEST(SettingsTest, WhatHoiamBringsIsAsItShouldBeAndComesBackAsItWas) {
  Violations v;
  for (const auto& [id, m] : BuiltInTeams()) CheckSetting(m, v);
  for (const auto& [id, m] : BuiltInCalendars()) CheckSetting(m, v);
  for (const auto& [id, m] : BuiltInRootCauses()) CheckSetting(m, v);
  for (const auto& [id, m] : BuiltInRules()) CheckSetting(m, v);
  CheckSetting(BuiltInPolicy(), v);
  EXPECT_THAT(Told(v), IsEmpty());

  const Playbook::Parts parts = BuiltInParts();
  for (const auto& [id, m] : BuiltInCalendars()) EXPECT_EQ(FromProto(m), parts.calendars.at(id)) << id;
  for (const auto& [id, m] : BuiltInRules()) {
    pb::AlarmRule again = ToProto(FromProto(m));
    *again.mutable_display_name() = m.display_name();
    again.set_built_in(true);
    EXPECT_TRUE(MessageDifferencer::Equals(again, m)) << id;
  }
  EXPECT_TRUE(MessageDifferencer::Equals(ToProto(FromProto(BuiltInPolicy())), BuiltInPolicy()));
  EXPECT_TRUE(MessageDifferencer::Equals(ToProto(FromProto(pb::CasePolicy())), BuiltInPolicy()))
      << "what is cleared is as Hoiam brings it";
}

TEST(SettingsTest, AStoredSettingStandsInThePlaceOfWhatHoiamBrings) {
  Playbook::Parts parts = BuiltInParts();
  const auto add = [&](SettingKind kind, const google::protobuf::Message& m) {
    ASSERT_TRUE(AddStored(Name(kind), m.SerializeAsString(), parts).ok());
  };
  add(SettingKind::kTeam, Of<pb::Team>("team_id: 'cskh' display_name: 'CS' email: 'cs@example.vn'"));
  add(SettingKind::kMember, Of<pb::Member>("member_id: 'an' teams: 'cskh' absences { start_time { seconds: 5 } "
                                           "end_time { seconds: 9 } substitute: 'binh' }"));
  add(SettingKind::kAlarmRule, Of<pb::AlarmRule>("rule_id: 'lowest' archived: true"));
  add(SettingKind::kAlarmRule, Of<pb::AlarmRule>("rule_id: 'vip' rank: 5 priority: P2 condition { segments: 'VIP' }"));
  add(SettingKind::kPolicy,
      Of<pb::CasePolicy>("brand: 'Nhà Én' levels { priority: P1 level { contact { seconds: 60 } } }"));
  EXPECT_FALSE(AddStored("TEAM", "\xff", parts).ok());
  EXPECT_FALSE(AddStored("NO_SUCH", "", parts).ok());

  EXPECT_EQ(parts.teams.at("cskh").email, "cs@example.vn");
  ASSERT_EQ(parts.members.at("an").absences.size(), 1u);
  EXPECT_EQ(parts.members.at("an").absences[0].end, absl::FromUnixSeconds(9));
  const Playbook p(parts);
  EXPECT_EQ(p.policy().brand, "Nhà Én");
  EXPECT_EQ(p.LevelFor(Priority::kP1, ""), (ServiceLevel{kAcknowledgeP1, absl::Minutes(1), kResolveWithin}));
  std::vector<std::string> rules;
  for (const AlarmRule& rule : p.alarms().rules()) rules.push_back(rule.rule_id);
  EXPECT_THAT(rules, ElementsAre("vip", "safety", "repeated", "detractor"));
}

TEST(SettingsTest, OnlyWhatIsAFieldCanBeSet) {
  const auto patch = [](const pb::Team& team, std::vector<std::string> paths) {
    google::protobuf::FieldMask mask;
    for (const std::string& path : paths) mask.add_paths(path);
    Violations v;
    ReadSettingPatch(team, &mask, v);
    return Told(v);
  };
  const pb::Team team = Of<pb::Team>("team_id: 'x' display_name: 'X'");
  EXPECT_THAT(patch(team, {"display_name", "team_id"}), IsEmpty());
  EXPECT_THAT(patch(team, {"revision", "built_in", "nonsense"}),
              ElementsAre(Pair("updateMask", "NOT_SETTABLE"), Pair("updateMask", "NOT_SETTABLE"),
                          Pair("updateMask", "UNKNOWN_FIELD")));
  EXPECT_THAT(patch(pb::Team(), {"email"}), ElementsAre(Pair("teamId", "REQUIRED")));
  EXPECT_THAT(patch(Of<pb::Team>("team_id: 'Hà Đông'"), {"email"}), ElementsAre(Pair("teamId", "INVALID_SLUG")));
}

TEST(SettingsTest, BadTeamsAndCausesAreToldFieldByField) {
  EXPECT_THAT(Check<pb::Team>("email: 'no address' parent: 'Ä' calendar_id: '!' escalates_to: '?'"),
              UnorderedElementsAre(Pair("displayName", "REQUIRED"), Pair("email", "INVALID_EMAIL"),
                                   Pair("parent", "INVALID_SLUG"), Pair("calendarId", "INVALID_SLUG"),
                                   Pair("escalatesTo", "INVALID_SLUG")));
  EXPECT_THAT(Check<pb::Team>(absl::StrCat("display_name: '", std::string(kMaxNameBytes + 1, 'x'), "'")),
              ElementsAre(Pair("displayName", "TOO_LONG")));
  for (const char* email : {"a@b@c", "@b.vn", "a@", "a b@c.vn", "<a@b.vn>", "a@b.vn, c@d.vn"})
    EXPECT_THAT(Check<pb::Team>(absl::StrCat("display_name: 'x' email: '", email, "'")),
                ElementsAre(Pair("email", "INVALID_EMAIL")))
        << email;
  pb::RootCause cause = Of<pb::RootCause>("display_name: 'x' display_name_en: 'a\\nb'");
  cause.set_category(static_cast<pb::CauseCategory::Code>(77));
  Violations v;
  CheckSetting(cause, v);
  EXPECT_THAT(Told(v),
              UnorderedElementsAre(Pair("displayNameEn", "CONTROL_CHARACTER"), Pair("category", "UNKNOWN_VALUE")));
}

TEST(SettingsTest, SomebodyIsAwayFromSomeTimeToALaterOneOnceAtATime) {
  const auto away = [](int from, int until) {
    return absl::StrCat(" absences { start_time { seconds: ", from, " } end_time { seconds: ", until, " } }");
  };
  const std::string an = "teams: 'a'";
  EXPECT_THAT(Check<pb::Member>(an + away(1, 5) + away(5, 9)), IsEmpty());
  EXPECT_THAT(Check<pb::Member>(an + away(5, 5)), ElementsAre(Pair("absences[0]", "INVALID_ABSENCE")));
  EXPECT_THAT(Check<pb::Member>(an + " absences { start_time { seconds: 1 } }"),
              ElementsAre(Pair("absences[0]", "INVALID_ABSENCE")));
  EXPECT_THAT(Check<pb::Member>(an + away(4, 9) + away(1, 5)), ElementsAre(Pair("absences[0]", "INVALID_ABSENCE")));
  std::string many = an;
  for (int i = 0; i <= kMaxAbsences; ++i) many += away(10 * i, 10 * i + 1);
  EXPECT_THAT(Check<pb::Member>(many), ElementsAre(Pair("absences", "TOO_MANY")));
  EXPECT_THAT(Check<pb::Member>("teams: 'a' teams: 'a'"), ElementsAre(Pair("teams[1]", "DUPLICATE")));
  EXPECT_THAT(Check<pb::Member>(""), ElementsAre(Pair("teams", "REQUIRED")));
}

constexpr char kDays[] =
    "display_name { vi: 'x' } time_zone: 'Asia/Ho_Chi_Minh' hours { start: '08:00' end: '17:00' } ";

TEST(SettingsTest, ACalendarIsReadAsItIsWritten) {
  const pb::Calendar message = Of<pb::Calendar>(absl::StrCat(kDays, R"(
      hours { days: MONDAY days: SUNDAY start: "20:00" end: "24:00" }
      holidays { start_date: "2026-12-24" end_date: "2026-12-26" display_name: "Noel" }
      holidays { start_date: "--09-02" } holidays { start_date: "--12-31" end_date: "--01-02" }
      holidays { start_date: "--03-10" lunar: true } tet { days_before: 2 days: 5 })"));
  Violations v;
  CheckSetting(message, v);
  EXPECT_THAT(Told(v), IsEmpty());
  const Calendar c = FromProto(message);
  EXPECT_EQ(c.week[0], (std::vector<WorkInterval>{{480, 1020}, {1200, 1440}}));
  EXPECT_EQ(c.week[2], (std::vector<WorkInterval>{{480, 1020}}));
  EXPECT_EQ(c.days_off, (std::vector<DayRange>{{absl::CivilDay(2026, 12, 24), absl::CivilDay(2026, 12, 26), "Noel"}}));
  EXPECT_EQ(c.yearly, (std::vector<YearlyRange>{{{9, 2}, {9, 2}, ""}, {{12, 31}, {1, 2}, ""}}));
  EXPECT_EQ(c.lunar, (std::vector<YearlyRange>{{{3, 10}, {3, 10}, ""}}));
  EXPECT_EQ(c.tet, (TetHoliday{2, 5}));
  EXPECT_EQ(FromProto(ToProto(c)), c);
}

TEST(SettingsTest, BadCalendarsAreToldFieldByField) {
  EXPECT_THAT(Check<pb::Calendar>("time_zone: 'Mars/Base'"),
              UnorderedElementsAre(Pair("displayName", "REQUIRED"), Pair("timeZone", "INVALID_TIME_ZONE"),
                                   Pair("hours", "REQUIRED")));
  for (const char* hours : {"start: '8:00' end: '17:00'", "start: '24:00' end: '24:00'", "start: '08:60' end: '17:00'",
                            "start: '08:00'", "start: '08:00' end: '24:01'", "start: '08:00' end: '08:00'"}) {
    const auto told = Check<pb::Calendar>(absl::StrCat(kDays, "hours { days: MONDAY ", hours, " }"));
    ASSERT_FALSE(told.empty()) << hours;
    for (const auto& [field, reason] : told) EXPECT_EQ(reason, "INVALID_HOURS") << hours << " " << field;
  }
  EXPECT_THAT(Check<pb::Calendar>(absl::StrCat(kDays, "hours { days: FRIDAY start: '16:59' end: '18:00' }")),
              ElementsAre(Pair("hours", "INVALID_HOURS")))
      << "they overlap";
  EXPECT_THAT(Check<pb::Calendar>(absl::StrCat(kDays, "hours { days: UNSPECIFIED start: '18:00' end: '19:00' }")),
              ElementsAre(Pair("hours[1].days[0]", "UNKNOWN_VALUE")));
  for (const char* day : {"2026-02-30", "02-09", "--02-30", "--13-01", "--9-2", "", "2026-9-2", "tết"})
    EXPECT_THAT(Check<pb::Calendar>(absl::StrCat(kDays, "holidays { start_date: '", day, "' }")),
                ElementsAre(Pair("holidays[0].startDate", "INVALID_DATE")))
        << day;
  EXPECT_THAT(Check<pb::Calendar>(absl::StrCat(kDays, "holidays { start_date: '--01-31' lunar: true }")),
              ElementsAre(Pair("holidays[0].startDate", "INVALID_DATE")));
  EXPECT_THAT(Check<pb::Calendar>(absl::StrCat(kDays, "holidays { start_date: '2026-09-02' end_date: '2026-09-01' }")),
              ElementsAre(Pair("holidays[0].endDate", "EMPTY_RANGE")));
  EXPECT_THAT(Check<pb::Calendar>(absl::StrCat(kDays, "holidays { start_date: '2026-09-02' end_date: '--09-03' }")),
              ElementsAre(Pair("holidays[0].endDate", "INVALID_DATE")));
  EXPECT_THAT(Check<pb::Calendar>(absl::StrCat(kDays, "tet { days_before: 16 }")),
              UnorderedElementsAre(Pair("tet.daysBefore", "OUT_OF_RANGE"), Pair("tet.days", "OUT_OF_RANGE")));
}

TEST(SettingsTest, ACalendarWithoutWorkingTimeIsNone) {
  for (const char* closed : {"holidays { start_date: '--01-01' end_date: '--12-31' }",
                             "holidays { start_date: '2027-01-01' end_date: '2027-06-30' }"})
    EXPECT_THAT(Check<pb::Calendar>(absl::StrCat(kDays, closed)), ElementsAre(Pair("hours", "NO_WORKING_TIME")));
  EXPECT_THAT(Check<pb::Calendar>(absl::StrCat(kDays, "holidays { start_date: '2027-01-01' end_date: '2027-03-31' }")),
              IsEmpty());
}

TEST(SettingsTest, BadRulesAreToldFieldByField) {
  const std::string good = "display_name { en: 'x' } priority: P2 ";
  EXPECT_THAT(Check<pb::AlarmRule>(good), IsEmpty());
  EXPECT_THAT(Check<pb::AlarmRule>("rank: -1"),
              UnorderedElementsAre(Pair("displayName", "REQUIRED"), Pair("rank", "OUT_OF_RANGE"),
                                   Pair("priority", "REQUIRED")));
  EXPECT_THAT(Check<pb::AlarmRule>(good + "assign_team: FIXED"), ElementsAre(Pair("team", "REQUIRED")));
  EXPECT_THAT(Check<pb::AlarmRule>(good + "team: 'cskh'"), ElementsAre(Pair("team", "TEAM_NOT_FIXED")));
  EXPECT_THAT(Check<pb::AlarmRule>(good + "level { acknowledge { seconds: 59 } resolve { seconds: 40000000 } }"),
              UnorderedElementsAre(Pair("level.acknowledge", "DURATION_OUT_OF_RANGE"),
                                   Pair("level.resolve", "DURATION_OUT_OF_RANGE")));
  EXPECT_THAT(
      Check<pb::AlarmRule>(good + R"(condition { metrics: "nps" keywords: "…!" keywords: "" drop_at_least: 0
                                      spend { amount: "0" currency: "vnd" } spend { amount: "1e6" currency: "VND" }
                                      touchpoints: "Quầy" segments: "" icp_fit: "MAYBE" })"),
      UnorderedElementsAre(
          Pair("condition.metrics[0]", "UNKNOWN_METRIC"), Pair("condition.keywords[0]", "INVALID_KEYWORD"),
          Pair("condition.keywords[1]", "INVALID_KEYWORD"), Pair("condition.dropAtLeast", "OUT_OF_RANGE"),
          Pair("condition.spend[0].amount", "INVALID_AMOUNT"), Pair("condition.spend[0].currency", "INVALID_CURRENCY"),
          Pair("condition.spend[1].amount", "INVALID_AMOUNT"), Pair("condition.touchpoints[0]", "INVALID_SLUG"),
          Pair("condition.segments[0]", "REQUIRED"), Pair("condition.icpFit[0]", "UNKNOWN_VALUE")));
  std::string many = good + "condition { ";
  for (int i = 0; i <= kMaxConditionValues; ++i) absl::StrAppend(&many, "surveys: 's", i, "' ");
  EXPECT_THAT(Check<pb::AlarmRule>(many + "}"), ElementsAre(Pair("condition.surveys", "TOO_MANY")));
}

TEST(SettingsTest, ARulesConditionComesBackAsItWas) {
  const auto condition = Of<pb::AlarmCondition>(R"(
      detractor: true metrics: "NPS" score_at_most: 0 lowest: true drop_at_least: 4 keywords: "cháy nổ" safety: true
      spend { amount: "20000000" currency: "VND" } segments: "VIP" touchpoints: "store" channels: "app" surveys: "s"
      repeated_person: true icp_fit: "FIT" solicited: false repeated_cause: true)");
  EXPECT_TRUE(MessageDifferencer::Equals(ToProto(FromProto(condition)), condition));
  EXPECT_TRUE(MessageDifferencer::Equals(ToProto(FromProto(pb::AlarmCondition())), pb::AlarmCondition()));
}

TEST(SettingsTest, BadPoliciesAreToldFieldByField) {
  EXPECT_THAT(Check<pb::CasePolicy>(
                  R"(levels { priority: P1 } levels { priority: P1 level { contact { seconds: 1 } } } levels {}
                               default_team: "?" max_wait {} override_roles: "cx lead" warn_at_percent: 100)"),
              UnorderedElementsAre(Pair("levels[1].priority", "DUPLICATE"),
                                   Pair("levels[1].level.contact", "DURATION_OUT_OF_RANGE"),
                                   Pair("levels[2].priority", "REQUIRED"), Pair("defaultTeam", "INVALID_SLUG"),
                                   Pair("maxWait", "DURATION_OUT_OF_RANGE"), Pair("overrideRoles[0]", "INVALID_TYPE"),
                                   Pair("warnAtPercent", "OUT_OF_RANGE")));
  EXPECT_THAT(Check<pb::CasePolicy>("warn_at_percent: 0"), IsEmpty());
}

auto Trial(const std::string& text, Answer* answer = nullptr) {
  Violations v;
  const Answer read = ReadTrial(Of<pb::TestAlarmRulesRequest>(text), v);
  if (answer) *answer = read;
  return Told(v);
}

TEST(SettingsTest, ATriedAnswerHasTheBandThatItsScoreComesTo) {
  const struct {
    const char* metric;
    int score;
    Band band;
    bool lowest;
  } kScores[] = {{"NPS", 0, Band::kWorst, true},   {"NPS", 2, Band::kWorst, true},   {"NPS", 3, Band::kWorst, false},
                 {"NPS", 6, Band::kWorst, false},  {"NPS", 7, Band::kMiddle, false}, {"NPS", 9, Band::kBest, false},
                 {"CSAT", 1, Band::kWorst, true},  {"CSAT", 2, Band::kWorst, false}, {"CSAT", 3, Band::kMiddle, false},
                 {"CSAT", 4, Band::kBest, false},  {"CES", 1, Band::kWorst, true},   {"CES", 3, Band::kWorst, false},
                 {"CES", 4, Band::kMiddle, false}, {"CES", 5, Band::kBest, false}};
  for (const auto& s : kScores) {
    Answer a;
    EXPECT_THAT(Trial(absl::StrCat("response { metric: '", s.metric, "' score: ", s.score, " } previous_score: 5"), &a),
                IsEmpty());
    EXPECT_EQ(a.band, s.band) << s.metric << " " << s.score;
    EXPECT_EQ(a.lowest, s.lowest) << s.metric << " " << s.score;
    EXPECT_EQ(a.previous_score, 5);
    EXPECT_TRUE(a.full_effects);
  }
  Answer own;
  EXPECT_THAT(Trial("response { metric: 'CLEAN' score: 12 } band: 'UNHAPPY' lowest: true", &own), IsEmpty());
  EXPECT_TRUE(own.detractor() && own.lowest);
}

TEST(SettingsTest, ATriedAnswerThatCannotBeIsTold) {
  EXPECT_THAT(
      Trial("response { metric: 'NPS' score: 11 } previous_score: -1"),
      UnorderedElementsAre(Pair("response.score", "SCORE_OUT_OF_RANGE"), Pair("previousScore", "SCORE_OUT_OF_RANGE")));
  EXPECT_THAT(Trial("response { score: 3 }"), ElementsAre(Pair("response.metric", "UNKNOWN_METRIC")));
  EXPECT_THAT(Trial("response { metric: 'CLEAN' score: 3 }"), ElementsAre(Pair("band", "REQUIRED")));
  EXPECT_THAT(Trial("response { metric: 'NPS' score: 3 } band: 'HAPPY'"), ElementsAre(Pair("band", "UNKNOWN_VALUE")));
  EXPECT_THAT(Trial("response { comment: 'cháy nổ' }"), IsEmpty());
}

}  // namespace
}  // namespace hoiam::loop
