// The playbook's settings over gRPC: lists, PATCH and its refusals; and that decisions use them from the next one on.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <memory>
#include <thread>

#include "absl/strings/str_cat.h"
#include "loop_service/domain/catalogue.h"
#include "loop_service/limits.h"
#include "loop_service/store/setting_reader.h"
#include "platform/db/tenant_db.h"
#include "tests/store/loop_service/suite.h"
#include "tests/support/explaining_session.h"

namespace hoiam::loop::testing {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;

using Book = pb::PlaybookService::Stub;

template <class Request>
Request Of(const std::string& text) {
  Request q;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &q)) << text;
  return q;
}

std::string Metadata(const absl::Status& s, const std::string& key) {
  const auto detail = DetailOf(s);
  if (!detail) return "";
  if (const auto it = detail->metadata.find(key); it != detail->metadata.end()) return it->second;
  for (const Violation& v : detail->violations)
    if (const auto it = v.metadata.find(key); it != v.metadata.end()) return it->second;
  return "";
}

class SettingsTest : public LoopTest {
 protected:
  absl::StatusOr<pb::Team> Team(const std::string& text) {
    return loop_.Call(&Book::UpdateTeam, Of<pb::UpdateTeamRequest>(text));
  }
  absl::StatusOr<pb::Member> Member(const std::string& text) {
    return loop_.Call(&Book::UpdateMember, Of<pb::UpdateMemberRequest>(text));
  }
  absl::StatusOr<pb::Calendar> Calendar(const std::string& text) {
    return loop_.Call(&Book::UpdateCalendar, Of<pb::UpdateCalendarRequest>(text));
  }
  absl::StatusOr<pb::RootCause> Cause(const std::string& text) {
    return loop_.Call(&Book::UpdateRootCause, Of<pb::UpdateRootCauseRequest>(text));
  }
  absl::StatusOr<pb::AlarmRule> Rule(const std::string& text) {
    return loop_.Call(&Book::UpdateAlarmRule, Of<pb::UpdateAlarmRuleRequest>(text));
  }
  absl::StatusOr<pb::CasePolicy> Policy(const std::string& text) {
    return loop_.Call(&Book::UpdateCasePolicy, Of<pb::UpdateCasePolicyRequest>(text));
  }
  std::vector<std::string> RuleIds() {
    std::vector<std::string> ids;
    const auto rules = loop_.Call(&Book::ListAlarmRules, pb::ListAlarmRulesRequest());
    EXPECT_THAT(rules, IsOk());
    if (rules.ok())
      for (const auto& rule : rules->alarm_rules()) ids.push_back(rule.rule_id());
    return ids;
  }
};

TEST_F(SettingsTest, ListsArePagedInTheirOrder) {
  std::vector<std::string> ids;
  pb::ListRootCausesRequest q;
  q.set_page_size(4);
  do {
    const auto page = loop_.Call(&Book::ListRootCauses, q);
    ASSERT_THAT(page, IsOk());
    for (const auto& cause : page->root_causes()) ids.push_back(cause.root_cause_id());
    q.set_page_token(page->next_page_token());
  } while (!q.page_token().empty());
  EXPECT_EQ(ids.size(), BuiltInParts().causes.size());
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));

  const auto teams = loop_.Call(&Book::ListTeams, pb::ListTeamsRequest());
  ASSERT_THAT(teams, IsOk());
  EXPECT_EQ(teams->teams_size(), static_cast<int>(BuiltInParts().teams.size()));
  EXPECT_TRUE(teams->teams(0).built_in());
  EXPECT_EQ(teams->next_page_token(), "");
  EXPECT_THAT(loop_.Call(&Book::ListTeams, Of<pb::ListTeamsRequest>("page_token: 'nonsense'")),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN"));

  ASSERT_THAT(Rule("alarm_rule { rule_id: 'b' display_name { en: 'b' } rank: 150 priority: P1 condition { segments: "
                   "'VIP' } } allow_missing: true"),
              IsOk());
  ASSERT_THAT(Rule("alarm_rule { rule_id: 'a' display_name { en: 'a' } rank: 150 priority: P1 condition { segments: "
                   "'VIP' } } allow_missing: true"),
              IsOk());
  EXPECT_THAT(RuleIds(), ElementsAre("safety", "a", "b", "repeated", "lowest", "detractor"));
  std::vector<std::string> paged;
  pb::ListAlarmRulesRequest rules = Of<pb::ListAlarmRulesRequest>("page_size: 1");
  do {
    const auto page = loop_.Call(&Book::ListAlarmRules, rules);
    ASSERT_THAT(page, IsOk());
    for (const auto& rule : page->alarm_rules()) paged.push_back(rule.rule_id());
    rules.set_page_token(page->next_page_token());
  } while (!rules.page_token().empty());
  EXPECT_EQ(paged, RuleIds());
}

TEST_F(SettingsTest, APatchSetsWhatItNamesMakesWhatItMayAndCountsWhatItChanges) {
  EXPECT_THAT(Team("team { team_id: 'q7' display_name: 'Quận 7' }"), StatusIs(StatusCode::kNotFound, "TEAM_NOT_FOUND"));
  auto team = Team("team { team_id: 'q7' display_name: 'Quận 7' parent: 'region-south' } allow_missing: true");
  ASSERT_THAT(team, IsOk());
  EXPECT_EQ(team->revision(), 1);
  team = Team("team { team_id: 'q7' email: 'q7@example.vn' }");
  ASSERT_THAT(team, IsOk());
  EXPECT_EQ(team->display_name(), "Quận 7");
  EXPECT_EQ(team->revision(), 2);
  team = Team("team { team_id: 'q7' } update_mask { paths: 'email' }");
  ASSERT_THAT(team, IsOk());
  EXPECT_EQ(team->email(), "") << "what a mask names and the team has not is cleared";
  EXPECT_EQ(team->parent(), "region-south");
  EXPECT_EQ(Team("team { team_id: 'q7' display_name: 'Quận 7' }")->revision(), 3) << "nothing has changed";

  const auto brought = Team("team { team_id: 'cskh' email: 'cskh@example.vn' }");
  ASSERT_THAT(brought, IsOk());
  EXPECT_FALSE(brought->built_in());
  EXPECT_EQ(brought->display_name(), "Chăm sóc khách hàng");
  EXPECT_EQ(brought->revision(), 1);
}

TEST_F(SettingsTest, WhatIsArchivedIsShownOnlyToThoseWhoAsk) {
  ASSERT_THAT(Cause("root_cause { root_cause_id: 'parking_rude_guard' archived: true }"), IsOk());
  const auto listed = [&](const char* text) {
    std::vector<std::string> ids;
    const auto page = loop_.Call(&Book::ListRootCauses, Of<pb::ListRootCausesRequest>(text));
    EXPECT_THAT(page, IsOk());
    for (const auto& cause : page->root_causes()) ids.push_back(cause.root_cause_id());
    return std::count(ids.begin(), ids.end(), "parking_rude_guard");
  };
  EXPECT_EQ(listed("page_size: 1000"), 0);
  EXPECT_EQ(listed("page_size: 1000 show_archived: true"), 1);
}

TEST_F(SettingsTest, ACycleIsRefusedWithTheWayRoundAndNothingChanges) {
  const auto cause = Cause("root_cause { root_cause_id: 'delivery' parent: 'delivery_no_notice' category: PROCESS }");
  EXPECT_THAT(cause, StatusIs(StatusCode::kInvalidArgument, "CAUSE_CYCLE"));
  EXPECT_EQ(Metadata(cause.status(), "cycle"), "delivery → delivery_no_notice → delivery");
  const auto team = Team("team { team_id: 'region-south' parent: 'can-tho' }");
  EXPECT_THAT(team, StatusIs(StatusCode::kInvalidArgument, "TEAM_CYCLE"));
  EXPECT_EQ(Metadata(team.status(), "cycle"), "region-south → can-tho → region-south");
  ASSERT_THAT(Team("team { team_id: 'region-south' escalates_to: 'cx' }"), IsOk());
  const auto chain = Team("team { team_id: 'cx' escalates_to: 'can-tho' }");
  EXPECT_THAT(chain, StatusIs(StatusCode::kInvalidArgument, "ESCALATION_CYCLE"));
  EXPECT_EQ(Metadata(chain.status(), "cycle"), "cx → can-tho → region-south → cx");
  const auto teams = loop_.Call(&Book::ListTeams, Of<pb::ListTeamsRequest>("page_size: 1000"));
  ASSERT_THAT(teams, IsOk());
  for (const auto& each : teams->teams()) EXPECT_TRUE(each.team_id() != "cx" || each.escalates_to().empty());
}

TEST_F(SettingsTest, EveryMistakeOfOneSettingIsToldAtOnce) {
  const auto team = Team("team { team_id: 'x' parent: 'nobody' email: '@' calendar_id: 'moon' } allow_missing: true");
  const auto detail = DetailOf(team.status());
  ASSERT_TRUE(detail);
  std::vector<std::string> told;
  for (const Violation& v : detail->violations) told.push_back(v.field + " " + v.reason);
  EXPECT_THAT(told, ::testing::UnorderedElementsAre("displayName REQUIRED", "email INVALID_EMAIL",
                                                    "parent UNKNOWN_TEAM", "calendarId UNKNOWN_CALENDAR"));
}

TEST_F(SettingsTest, WhatIsUsedIsNotArchived) {
  const auto archive = [&](const std::string& team) {
    return Team(absl::StrCat("team { team_id: '", team, "' archived: true }"));
  };
  auto refused = archive("cskh");
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, "SETTING_IN_USE"));
  EXPECT_EQ(Metadata(refused.status(), "usedBy"), "policy");
  ASSERT_THAT(Member("member { member_id: 'an' teams: 'vinh' } allow_missing: true"), IsOk());
  refused = archive("vinh");
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, "SETTING_IN_USE"));
  EXPECT_EQ(Metadata(refused.status(), "usedBy"), "member an");
  ASSERT_THAT(Member("member { member_id: 'an' archived: true }"), IsOk());
  EXPECT_THAT(archive("vinh"), IsOk());
  EXPECT_THAT(Member("member { member_id: 'binh' teams: 'vinh' } allow_missing: true"),
              StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_TEAM"));
  EXPECT_THAT(Member("member { member_id: 'an' archived: false } update_mask { paths: 'archived' }"),
              StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_TEAM"));

  EXPECT_THAT(Calendar("calendar { calendar_id: 'always' archived: true }"),
              StatusIs(StatusCode::kFailedPrecondition, "SETTING_IN_USE"));
  ASSERT_THAT(Policy("case_policy { default_calendar: 'office' }"), IsOk());
  EXPECT_THAT(Calendar("calendar { calendar_id: 'always' archived: true }"), IsOk());
  EXPECT_THAT(Policy("case_policy { default_calendar: 'always' }"),
              StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_CALENDAR"));
  EXPECT_THAT(Cause("root_cause { root_cause_id: 'parking' archived: true }"),
              StatusIs(StatusCode::kFailedPrecondition, "SETTING_IN_USE"));
}

TEST_F(SettingsTest, ARuleThatEveryAnswerMatchesNeedsAWordOnce) {
  const std::string all = "alarm_rule { rule_id: 'all' display_name { en: 'all' } priority: P3 } allow_missing: true";
  EXPECT_THAT(Rule(all), StatusIs(StatusCode::kFailedPrecondition, "MATCHES_EVERYTHING"));
  EXPECT_THAT(RuleIds(), ElementsAre("safety", "repeated", "lowest", "detractor"));
  EXPECT_THAT(
      Rule("alarm_rule { rule_id: 'all' display_name { en: 'all' } priority: P3 condition { score_at_most: 10 } } "
           "allow_missing: true"),
      StatusIs(StatusCode::kFailedPrecondition, "MATCHES_EVERYTHING"));
  EXPECT_THAT(Rule(all + " confirm: true"), IsOk());
  EXPECT_THAT(Rule("alarm_rule { rule_id: 'all' rank: 500 }"), IsOk()) << "it was confirmed";
  EXPECT_THAT(Rule("alarm_rule { rule_id: 'lowest' } update_mask { paths: 'condition' }"),
              StatusIs(StatusCode::kFailedPrecondition, "MATCHES_EVERYTHING"));
}

TEST_F(SettingsTest, TheRuleForEveryDetractorCanBeTunedButNotTakenAway) {
  EXPECT_THAT(Rule("alarm_rule { rule_id: 'detractor' enabled: false }"),
              StatusIs(StatusCode::kInvalidArgument, "RULE_REQUIRED"));
  EXPECT_THAT(Rule("alarm_rule { rule_id: 'detractor' archived: true }"),
              StatusIs(StatusCode::kInvalidArgument, "RULE_REQUIRED"));
  EXPECT_THAT(Rule("alarm_rule { rule_id: 'detractor' condition { detractor: true metrics: 'NPS' } }"),
              StatusIs(StatusCode::kInvalidArgument, "RULE_REQUIRED"));
  EXPECT_THAT(Rule("alarm_rule { rule_id: 'detractor' priority: P2 }"), IsOk());
}

TEST_F(SettingsTest, ThePolicyIsFilledInWithWhatHoiamBrings) {
  auto policy =
      Policy("case_policy { brand: 'Nhà Én' levels { priority: P1 level { acknowledge { seconds: 600 } } } }");
  ASSERT_THAT(policy, IsOk());
  EXPECT_EQ(policy->revision(), 1);
  ASSERT_EQ(policy->levels_size(), 3);
  EXPECT_EQ(policy->levels(0).level().acknowledge().seconds(), 600);
  EXPECT_EQ(policy->levels(0).level().contact().seconds(), 48 * 3600);
  EXPECT_EQ(policy->default_team(), kDefaultTeam);
  policy = Policy("case_policy {} update_mask { paths: 'levels' paths: 'brand' }");
  ASSERT_THAT(policy, IsOk());
  EXPECT_EQ(policy->levels(0).level().acknowledge().seconds(), 2 * 3600);
  const auto read = loop_.Call(&Book::GetCasePolicy, pb::GetCasePolicyRequest());
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->SerializeAsString(), policy->SerializeAsString());
  EXPECT_THAT(Policy("case_policy { default_team: 'nobody' }"), StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_TEAM"));
}

TEST_F(SettingsTest, ATenantsPlaybookIsItsOwn) {
  ASSERT_THAT(Team("team { team_id: 'q7' display_name: 'Quận 7' } allow_missing: true"), IsOk());
  EXPECT_THAT(loop_.Call(&Book::UpdateTeam, Of<pb::UpdateTeamRequest>("team { team_id: 'q7' email: 'a@b.vn' }"),
                         {.tenant = "other"}),
              StatusIs(StatusCode::kNotFound, "TEAM_NOT_FOUND"));
}

TEST_F(SettingsTest, ARepeatedCallWithItsKeyIsAnsweredAsTheFirst) {
  const auto q = Of<pb::UpdateTeamRequest>("team { team_id: 'q7' display_name: 'Quận 7' } allow_missing: true");
  const auto first = loop_.Call(&Book::UpdateTeam, q, {.idempotency_key = "k"});
  ASSERT_THAT(first, IsOk());
  const auto again = loop_.Call(&Book::UpdateTeam, q, {.idempotency_key = "k"});
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(first->SerializeAsString(), again->SerializeAsString());
}

TEST_F(SettingsTest, TheNextAnswerIsDecidedByTheNewRule) {
  Answer({DetractorAnswer("r1", "c1", 5)});
  EXPECT_EQ(OnlyCase().priority(), pb::Priority::P3);
  ASSERT_THAT(Rule("alarm_rule { rule_id: 'detractor' priority: P1 }"), IsOk());
  Answer({DetractorAnswer("r2", "c2", 5)});
  const auto cases = Cases("customer = c2");
  ASSERT_EQ(cases.size(), 1u);
  EXPECT_EQ(cases[0].priority(), pb::Priority::P1);
}

TEST_F(SettingsTest, AnotherReplicaDecidesByWhatWasChangedHere) {
  Replica other(db_, survey_.Channel());
  const auto tried = [&](Replica& replica) {
    const auto answer = replica.Call(
        &Book::TestAlarmRules, Of<pb::TestAlarmRulesRequest>("response { metric: 'NPS' score: 9 segment: 'VIP' }"));
    EXPECT_THAT(answer, IsOk());
    return answer.ok() ? answer->rule_id() : "";
  };
  EXPECT_EQ(tried(other), "");
  for (const char* segment : {"VIP", "Gold", "VIP"}) {
    ASSERT_THAT(Rule(absl::StrCat("alarm_rule { rule_id: 'vip' display_name { en: 'vip' } priority: P2 condition { "
                                  "segments: '",
                                  segment, "' } } allow_missing: true")),
                IsOk());
    EXPECT_EQ(tried(other), absl::string_view(segment) == "VIP" ? "vip" : "") << segment;
    EXPECT_EQ(tried(loop_), tried(other));
  }
}

TEST_F(SettingsTest, TryingRulesSaysWhyAndStoresNothing) {
  const auto tried = loop_.Call(
      &Book::TestAlarmRules, Of<pb::TestAlarmRulesRequest>(
                                 "response { customer_id: 'c1' metric: 'NPS' score: 10 comment: 'ổ cắm bị rò điện' }"));
  ASSERT_THAT(tried, IsOk());
  EXPECT_EQ(tried->rule_id(), "safety");
  ASSERT_EQ(tried->verdicts_size(), 4);
  EXPECT_TRUE(tried->verdicts(0).matched());
  EXPECT_FALSE(tried->verdicts(3).matched());
  for (const auto& verdict : tried->verdicts()) EXPECT_GT(verdict.reasons_size(), 0) << verdict.rule_id();
  EXPECT_TRUE(Cases().empty());
  EXPECT_THAT(loop_.Call(&Book::TestAlarmRules, Of<pb::TestAlarmRulesRequest>("response { metric: 'NPS' score: 11 }")),
              StatusIs(StatusCode::kInvalidArgument, "SCORE_OUT_OF_RANGE"));
}

TEST_F(SettingsTest, OfChangesAtOnceEachSeesTheOnesBefore) {
  // Two teams that each escalate to the other: one of the two is refused, whichever comes second.
  for (int round = 0; round < 5; ++round) {
    const std::string a = absl::StrCat("a", round), b = absl::StrCat("b", round);
    for (const std::string& id : {a, b})
      ASSERT_THAT(Team(absl::StrCat("team { team_id: '", id, "' display_name: 'x' } allow_missing: true")), IsOk());
    std::vector<absl::Status> results(2);
    const auto tell = [&](int i, const std::string& from, const std::string& to) {
      results[i] = Team(absl::StrCat("team { team_id: '", from, "' escalates_to: '", to, "' }")).status();
    };
    std::thread first(tell, 0, a, b), second(tell, 1, b, a);
    first.join();
    second.join();
    EXPECT_EQ(results[0].ok() + results[1].ok(), 1);
    for (const absl::Status& s : results) EXPECT_TRUE(s.ok() || ReasonOf(s) == "ESCALATION_CYCLE") << s;
  }
}

TEST_F(SettingsTest, AKindHasItsLimit) {
  auto session = db_.Session();
  ASSERT_THAT(
      db::InTransaction(*session,
                        [&]() -> absl::Status {
                          for (size_t i = 0; i < kMaxCalendars; ++i) {
                            pb::Calendar c;
                            c.set_calendar_id(absl::StrCat("c", i));
                            const auto run = session->Run(
                                "INSERT INTO setting (tenant_id, kind, setting_id, revision, update_time, body) "
                                "VALUES ('t', 'CALENDAR', ?, 1, NOW(6), ?)",
                                {c.calendar_id(), c.SerializeAsString()});
                            if (!run.ok()) return run.status();
                          }
                          return absl::OkStatus();
                        }),
      IsOk());
  const auto full = Calendar(
      "calendar { calendar_id: 'one-more' display_name { en: 'x' } time_zone: 'UTC' hours { start: '08:00' end: "
      "'17:00' } } allow_missing: true");
  EXPECT_THAT(full, StatusIs(StatusCode::kFailedPrecondition, "SETTINGS_FULL"));
  EXPECT_EQ(Metadata(full.status(), "max"), absl::StrCat(kMaxCalendars));
}

TEST_F(SettingsTest, NoReadOfThePlaybookScansATable) {
  auto session = db_.Session();
  ASSERT_THAT(
      db::InTransaction(*session,
                        [&]() -> absl::Status {
                          for (int i = 0; i < 2000; ++i) {
                            const std::string tenant = absl::StrCat("t", i % 20), id = absl::StrCat("s", i);
                            const auto run = session->Run(
                                "INSERT INTO setting (tenant_id, kind, setting_id, revision, update_time, body) "
                                "VALUES (?, ?, ?, 1, NOW(6), '')",
                                {tenant, std::string(i % 2 ? "TEAM" : "MEMBER"), id});
                            if (!run.ok()) return run.status();
                          }
                          return absl::OkStatus();
                        }),
      IsOk());
  ASSERT_THAT(session->Query("ANALYZE TABLE setting", {}, [](const db::Row&) {}), IsOk());
  const auto explaining = std::make_shared<::hoiam::testing::ExplainingSession>(db_.Session());
  const auto db = db::TenantDb::Of(db::SystemDb(explaining), "t7");
  ASSERT_THAT(db, IsOk());
  EXPECT_THAT(ReadPlaybookVersion(*db), IsOk());
  EXPECT_EQ(ReadSettings(*db)->size(), 100u);
  EXPECT_EQ(ReadSettings(*db, "TEAM")->size(), 100u);
  EXPECT_EQ(explaining->explained, 3);
  EXPECT_THAT(explaining->bad, ::testing::IsEmpty());
}

}  // namespace
}  // namespace hoiam::loop::testing
