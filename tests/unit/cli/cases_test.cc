// What `hoiam cases` and its like print of answers as the API gives them.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/api/json.h"
#include "cli/cases/texts.h"
#include "cli/cases/words.h"
#include "cli/term/table.h"

namespace hoiam::cli {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

const Say kEn(Lang::kEn, absl::UTCTimeZone()), kVi(Lang::kVi, absl::UTCTimeZone());
const absl::Time kNow = absl::FromCivil(absl::CivilMinute(2026, 11, 22, 9, 0), absl::UTCTimeZone());

template <class Message>
Message Read(const std::string& json) {
  Message message;
  const absl::Status read = FromJson(json, message);
  EXPECT_TRUE(read.ok()) << read;
  return message;
}

loop::v1::Case CaseOf(const std::string& state, const std::string& more = "") {
  return Read<loop::v1::Case>(absl::StrCat(
      R"({"caseId":"c-1","kind":"DETRACTOR","priority":"P2","customerId":"lan","team":"cskh","touchpoint":"delivery",
          "answers":[{"responseId":"r1","role":"OPENED","metric":"NPS","score":3,"comment":"Giao trễ","scored":true}],
          "acknowledgeBy":"2026-11-22T10:30:00Z","contactBy":"2026-11-24T09:00:00Z","resolveBy":"2026-11-29T09:00:00Z",
          "state":")",
      state, "\"", more, "}"));
}

TEST(CaseClockTest, TheEarliestDeadlineThatIsNotMetIsShownWithWhatIsLeftOfIt) {
  const auto next = [](const loop::v1::Case& c) {
    const auto n = NextOf(kEn, c);
    return n ? absl::StrCat(n->what, ": ", Left(kEn, n->at - kNow)) : "";
  };
  EXPECT_EQ(next(CaseOf("NEW")), "acknowledge: 1 h 30 min left");
  EXPECT_EQ(next(CaseOf("ACKNOWLEDGED")), "contact: 2 d left");
  EXPECT_EQ(next(CaseOf("IN_PROGRESS", R"(,"contactTime":"2026-11-22T08:00:00Z")")), "resolve: 7 d left");
  EXPECT_EQ(next(CaseOf("WAITING_CUSTOMER", R"(,"waitUntil":"2026-11-22T09:20:00Z")")),
            "waits for the customer: 20 min left");
  EXPECT_EQ(next(CaseOf("RESOLVED", R"(,"verifyAt":"2026-12-20T09:00:00Z")")), "verified by silence: 28 d left");
  EXPECT_EQ(next(CaseOf("RESOLVED")), "");
  EXPECT_EQ(next(CaseOf("CANCELLED")), "");
}

TEST(CaseClockTest, ASpanHasTwoUnitsAtMostAndLateIsSaid) {
  EXPECT_EQ(Left(kEn, absl::Hours(51) + absl::Minutes(59)), "2 d 3 h left");
  EXPECT_EQ(Left(kVi, absl::Hours(51)), "còn 2 ngày 3 giờ");
  EXPECT_EQ(Left(kEn, -absl::Minutes(61)), "1 h 1 min late");
  EXPECT_EQ(Left(kVi, -absl::Minutes(20)), "trễ 20 phút");
  EXPECT_EQ(Left(kEn, absl::Seconds(59)), "under 1 min left");
  EXPECT_EQ(Left(kEn, absl::Hours(24)), "1 d left");
}

TEST(CasesTextTest, EveryLineStandsInColumnsHoweverItsLettersAreWritten) {
  std::vector<loop::v1::Case> cases{CaseOf("NEW"), CaseOf("WAITING_CUSTOMER", R"(,"owner":"hương")")};
  cases[1].set_customer_id("Nguyễn Thị Lan");
  const std::string text = CasesText(kVi, cases, kNow);
  EXPECT_THAT(text, AllOf(HasSubstr("Mới"), HasSubstr("Chờ khách phản hồi"), HasSubstr("còn 1 giờ 30 phút"),
                          HasSubstr("NPS 3"), HasSubstr("Giao trễ")));
  const std::vector<std::string> lines = absl::StrSplit(text, '\n');
  ASSERT_EQ(lines.size(), 5u) << text;
  // The column of what customers say begins at one place in every line.
  const auto column = [&](size_t line, const std::string& words) {
    return DisplayWidth(lines[line].substr(0, lines[line].find(words)));
  };
  EXPECT_EQ(column(0, "Ý kiến"), column(2, "Giao trễ"));
  EXPECT_EQ(column(2, "Giao trễ"), column(3, "Giao trễ"));
  EXPECT_EQ(CasesText(kEn, {}, kNow), "There is no such case.\n");
}

TEST(CaseTextTest, AShownCaseTellsWhatWasDoneSaidAndIsToBeDone) {
  auto c = CaseOf("IN_PROGRESS", R"(,"owner":"huong","escalatedTo":["cx"],"overdue":["ACKNOWLEDGE"],
    "needs":[{"needId":"n","kind":"WISH","text":"Giao buổi tối"}],
    "solution":{"text":"Đổi máy","state":"PROPOSED"},
    "saidTwice":{"caseId":"c-0","relation":"SAME_TOUCHPOINT","rootCause":"late"},
    "compensation":{"type":"VOUCHER","amount":"200000","currency":"VND","approvedBy":"minh"},
    "history":[{"time":"2026-11-22T08:00:00Z","actor":"system","action":"open","to":"NEW","version":1},
               {"time":"2026-11-22T08:30:00Z","actor":"huong","action":"contact","to":"IN_PROGRESS","note":"Đã gọi"}])");
  std::vector<loop::v1::CaseMessage> said{
      Read<loop::v1::CaseMessage>(R"({"direction":"OUT","channel":"email","author":"huong","text":"Em xin lỗi",
                                      "state":"FAILED","failure":"550 no such user"})"),
      Read<loop::v1::CaseMessage>(R"({"direction":"IN","channel":"email","author":"customer","text":"Tôi chờ"})")};
  const std::string text = CaseText(kEn, c, said, kNow);
  EXPECT_THAT(text, AllOf(ContainsRegex("Escalated to +cx"), ContainsRegex("Overdue +acknowledge"),
                          ContainsRegex("Wish +Giao buổi tối"), ContainsRegex("Proposal +Đổi máy · not answered yet"),
                          ContainsRegex("Compensation +VOUCHER 200,000 ₫ · approved by minh"),
                          ContainsRegex("Said twice +late · the same touchpoint · c-0")));
  EXPECT_THAT(text, AllOf(ContainsRegex("huong +contacted +In progress +Đã gọi"), HasSubstr("failed: 550 no such user"),
                          ContainsRegex("← in +email +customer +Tôi chờ"), HasSubstr("hoiam cases accept c-1")));
}

TEST(NextStepsTest, EveryStateThatGoesOnNamesItsVerbsAndCancelledNone) {
  EXPECT_THAT(NextStepsText(kEn, CaseOf("NEW")), HasSubstr("hoiam cases acknowledge c-1 "));
  EXPECT_THAT(NextStepsText(kEn, CaseOf("REOPENED")), HasSubstr("hoiam cases acknowledge c-1"));
  EXPECT_THAT(NextStepsText(kEn, CaseOf("ACKNOWLEDGED")), HasSubstr("hoiam cases contact c-1 --channel phone"));
  EXPECT_THAT(NextStepsText(kVi, CaseOf("WAITING_CUSTOMER")), HasSubstr("khách đã trả lời"));
  EXPECT_THAT(NextStepsText(kEn, CaseOf("RESOLVED")),
              AllOf(HasSubstr("verify c-1"), HasSubstr("reopen c-1"), Not(HasSubstr("close"))));
  EXPECT_THAT(NextStepsText(kEn, CaseOf("VERIFIED")), HasSubstr("close c-1"));
  EXPECT_THAT(NextStepsText(kEn, CaseOf("CLOSED")), HasSubstr("reopen c-1"));
  EXPECT_EQ(NextStepsText(kEn, CaseOf("CANCELLED")), "");
}

TEST(NextStepsTest, WhatIsDoneIsNotProposedAgain) {
  const std::string bare = NextStepsText(kEn, CaseOf("IN_PROGRESS"));
  EXPECT_THAT(bare, AllOf(HasSubstr("need c-1"), HasSubstr("diagnose c-1"), HasSubstr("propose c-1"),
                          HasSubstr("resolve c-1 --root-cause …")));
  const std::string worked =
      NextStepsText(kEn, CaseOf("IN_PROGRESS", R"(,"rootCause":"late","originatorTeam":"kho","needs":[{"text":"x"}],
                                     "solution":{"text":"y","state":"ACCEPTED"},"compensation":{"type":"GIFT"})"));
  EXPECT_THAT(worked, HasSubstr("hoiam cases resolve c-1 --root-cause late --originator-team kho"));
  EXPECT_THAT(worked, Not(AnyOf(HasSubstr("need c-1"), HasSubstr("diagnose"), HasSubstr("propose"), HasSubstr("accept"),
                                HasSubstr("compensate"))));
}

TEST(TeamsTextTest, TeamsAreATreeWithWhoWorksThereAndWhoIsAway) {
  const auto teams = Read<loop::v1::ListTeamsResponse>(R"({"teams":[
    {"teamId":"kho","parent":"cx","displayName":"Kho"},{"teamId":"cx","displayName":"CX","email":"cx@nhaen.example"}]})");
  const auto members = Read<loop::v1::ListMembersResponse>(R"({"members":[
    {"memberId":"hương","teams":["kho"],"absences":[{"startTime":"2026-11-20T00:00:00Z",
      "endTime":"2026-11-25T00:00:00Z","substitute":"minh"}]},
    {"memberId":"minh","teams":["cx","kho"],"absences":[{"startTime":"2026-12-20T00:00:00Z",
      "endTime":"2026-12-25T00:00:00Z"}]}]})");
  const std::string text = TeamsText(kEn, teams, members, kNow);
  EXPECT_THAT(text, AllOf(ContainsRegex("cx +CX +cx@nhaen.example +minh\n  kho +Kho +cx"),
                          HasSubstr("hương (away until 2026-11-25; instead: minh), minh\n")));
}

TEST(RulesTextTest, ARuleSaysWhenItRingsAndWhoGetsTheCase) {
  const auto rules = Read<loop::v1::ListAlarmRulesResponse>(R"({"alarmRules":[
    {"ruleId":"safety","rank":100,"priority":"P1","condition":{"safety":true},"builtIn":true},
    {"ruleId":"vip","rank":150,"priority":"P2","condition":{"scoreAtMost":6,"dropAtLeast":3,"segments":["VIP"],
      "keywords":["bốc khói","cháy"],"spend":[{"amount":"5000000","currency":"VND"}]},
      "assignTeam":"FIXED","team":"cskh","assignPerson":"LEAST_LOADED"},
    {"ruleId":"off","rank":160,"priority":"P3","condition":{"detractor":true},"enabled":false}]})");
  const std::string text = RulesText(kEn, rules);
  EXPECT_THAT(text, ContainsRegex("100 +safety +safety words +P1 +the touchpoint's team +built in"));
  EXPECT_THAT(text, AllOf(HasSubstr("score ≤ 6 · drop ≥ 3"), ContainsRegex("vip .*P2 +cskh, who has the fewest")));
  EXPECT_THAT(text, ContainsRegex("off +detractor +P3 .*off\n"));
  EXPECT_THAT(RulesText(kVi, rules), AllOf(HasSubstr("từ báo nguy hiểm"), HasSubstr("phản đối")));
}

TEST(RuleTestTextTest, EveryRuleSaysWhyItWouldRingOrNot) {
  const auto test = Read<loop::v1::TestAlarmRulesResponse>(R"({"ruleId":"safety","verdicts":[
    {"ruleId":"safety","matched":true,"reasons":["“bốc khói”"]},{"ruleId":"lowest","matched":false,"reasons":["NPS 9"]}]})");
  EXPECT_THAT(RuleTestText(kEn, test),
              AllOf(HasSubstr("A case would be opened by: safety"), ContainsRegex("●  safety +“bốc khói”"),
                    ContainsRegex("·  lowest +NPS 9")));
  EXPECT_THAT(RuleTestText(kEn, {}), HasSubstr("No rule rings"));
}

TEST(LoopRateTextTest, ARateComesWithItsIntervalAndWhatIsTooLittleSaysSo) {
  const auto rate = Read<loop::v1::GetLoopRateResponse>(R"({"rows":[
    {"group":"cskh","needed":40,"inTime":30,"pending":2,"loopRate":78.947,"loopRateLow":63.7,"loopRateHigh":88.9,
     "orphans":1,"cases":38,"open":5,"proactive":3,"reactive":35,"saidTwice":2,"recovered":20,"silent":4,
     "acknowledge":{"count":38,"p50Seconds":5400,"p90Seconds":28800},"enoughData":true},
    {"group":"kho","needed":2,"pending":2,"cases":2,"open":2,"reactive":2}]})");
  const std::string text = LoopRateText(kEn, "team", rate);
  EXPECT_THAT(text, AllOf(ContainsRegex("cskh +40 +30 +2 +78.9 % +\\[63.7; 88.9\\]"), HasSubstr("1.5 / 8.0"),
                          ContainsRegex("kho +2 +0 +2 +– .*not enough data"),
                          HasSubstr("cskh: 38 cases, open 5 · proactive 3 · reactive 35 · said twice 2"),
                          HasSubstr("█"), HasSubstr("▒")));
  EXPECT_EQ(LoopRateText(kEn, "", {}), "There are no cases.\n");
}

TEST(OfferTextTest, ARefusalSaysWhyAndAnOverrideIsToldAsOne) {
  EXPECT_EQ(OfferText(kEn, "lan", Read<loop::v1::CheckOfferResponse>(R"({"allowed":true})")),
            "lan: an offer may be made.\n");
  const auto refused = Read<loop::v1::CheckOfferResponse>(
      R"({"block":"OPEN_CASE","blockedBy":"c-1","since":"2026-11-22T08:00:00Z","checkId":"k-1"})");
  EXPECT_THAT(OfferText(kVi, "lan", refused),
              AllOf(HasSubstr("tạm ngưng chào bán – vì phiếu xử lý"), HasSubstr("c-1"), HasSubstr("22/11/2026")));
  auto overridden = refused;
  overridden.set_allowed(true);
  overridden.set_overridden(true);
  EXPECT_THAT(OfferText(kEn, "lan", overridden), HasSubstr("by override, though a detractor's case is open"));
}

}  // namespace
}  // namespace hoiam::cli
