// A key that is bound to teams sees and works cases of these teams and of those below them; every other does not exist.
#include <gtest/gtest.h>

#include "tests/e2e/loop.h"

namespace hoiam::testing {
namespace {

using ::testing::UnorderedElementsAre;

TEST(BoundKeyTest, ItSeesAndChangesItsTeamsCasesOnly) {
  Suite suite;
  Api api(suite.Http());
  Cases cases(api);
  std::map<std::string, std::string> of;  // team → case
  for (const std::string team : {"region-north", "cau-giay", "go-vap"}) {
    cases.Answered("r-" + team, "c-" + team, "store", 3);
    of[team] = cases.Of("c-" + team).String("caseId");
    cases.Move(of[team], ":assign", R"({"team":")" + team + "\"}");
  }
  Api north(HttpClient(suite.url(), MakeKey(api, "north", R"("role":"TEAM_CHAMPION","teams":["region-north"])")));
  Api shop(HttpClient(suite.url(), MakeKey(api, "shop", R"("role":"CASE_OWNER","teams":["cau-giay"])")));
  const auto seen = [](Api& by) { return Each(by.List("/v1/cases", "cases"), "caseId"); };
  EXPECT_THAT(seen(north), UnorderedElementsAre(of["region-north"], of["cau-giay"])) << "with what is below it";
  EXPECT_THAT(seen(shop), UnorderedElementsAre(of["cau-giay"]));
  EXPECT_EQ(seen(api).size(), 3u);

  const Json before = cases.Get(of["go-vap"]);
  const std::string path = "/v1/cases/" + of["go-vap"];
  EXPECT_THAT(shop.http().Get(path), IsRefused(404, "NOT_FOUND", "CASE_NOT_FOUND", ""));
  EXPECT_THAT(shop.http().Get(path + "/messages"), IsRefused(404, "NOT_FOUND", "CASE_NOT_FOUND", ""));
  const std::pair<const char*, const char*> verbs[] = {
      {":acknowledge", "{}"},
      {":assign", R"({"team":"cau-giay"})"},
      {":contact", R"({"channel":"phone"})"},
      {"/notes", R"({"noteId":"n","text":"x"})"},
      {"/needs", R"({"needId":"n","text":"x"})"},
      {":diagnose", R"({"rootCause":"delivery_no_notice"})"},
      {":proposeSolution", R"({"text":"x"})"},
      {":compensate", R"({"compensation":{"type":"GIFT"}})"},
      {"/messages", R"({"messageId":"m","channel":"phone","text":"x"})"},
      {":resolve", R"({"rootCause":"delivery_no_notice","originatorTeam":"delivery","resolution":"x"})"},
      {":cancel", R"({"reason":"x"})"},
  };
  for (const auto& [verb, body] : verbs)
    EXPECT_THAT(shop.http().Post(path + verb, body), IsRefused(404, "NOT_FOUND", "CASE_NOT_FOUND", "")) << verb;
  const Json after = cases.Get(of["go-vap"]);
  for (const char* what : {"version", "state", "updateTime", "rootCause", "resolution"})
    EXPECT_EQ(after.String(what), before.String(what)) << "nothing was changed";
  EXPECT_EQ(shop.Post("/v1/cases/" + of["cau-giay"] + ":acknowledge", "{}").String("case/state"), "ACKNOWLEDGED");
}

}  // namespace
}  // namespace hoiam::testing
