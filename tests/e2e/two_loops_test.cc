// Two loop_service processes share what is due: everything happens once, whichever of them does it.
#include <gtest/gtest.h>

#include <map>

#include "tests/e2e/loop.h"

namespace hoiam::testing {
namespace {

TEST(TwoLoopsTest, EveryEscalationAndEveryMailHappensOnce) {
  constexpr int kCases = 60;
  MailServer mails;
  Suite suite({{"HOIAM_MAIL", mails.url()}, {"HOIAM_MAIL_FROM", "cskh@nhaen.example"}}, Suite::Time::kMovable);
  suite.StartReplica("loop2", "loop_service");
  suite.WaitAllReady();
  Api api(suite.Http());
  Cases cases(api);
  api.Patch("/v1/teams/cskh", R"({"escalatesTo":"cx"})");
  api.Patch("/v1/teams/cx", R"({"email":"cx@nhaen.example"})");
  for (int i = 0; i < kCases; ++i) cases.Answered(absl::StrCat("r", i), absl::StrCat("c", i), "delivery", 2);
  cases.Where("open = true");  // waits until they are there
  const auto all = api.List("/v1/cases", "cases");
  ASSERT_EQ(all.size(), static_cast<size_t>(kCases));

  suite.Advance(absl::Hours(72));
  for (const Json& c : all) {
    const Json now = cases.Until(c.String("caseId"), "told and marked", [](const Json& seen) {
      return seen.Size("escalatedTo") == 1 && Lines(seen, "overdue").size() == 2;
    });
    EXPECT_EQ(Lines(now, "escalate").size(), 1u) << now.Dump("history");
  }
  ASSERT_TRUE(Eventually([&] { return MailsTo(mails, "cx@nhaen.example").size() >= kCases; }));
  // What is due now is done: nothing more comes with what is due next.
  suite.Advance(absl::Hours(7 * 24));
  for (const Json& c : all)
    cases.Until(c.String("caseId"), "the last deadline", [](const Json& seen) { return seen.Size("overdue") == 3; });
  std::map<std::string, int> of;
  for (const Json& m : MailsTo(mails, "cx@nhaen.example")) ++of[m.String("text") + m.String("headers/Message-Id")];
  EXPECT_EQ(of.size(), static_cast<size_t>(kCases));
  for (const auto& [mail, n] : of) EXPECT_EQ(n, 1) << mail;
  for (const Json& c : all) {
    const Json now = cases.Get(c.String("caseId"));
    EXPECT_EQ(Lines(now, "escalate").size(), 1u);
    EXPECT_EQ(Lines(now, "overdue").size(), 3u) << now.Dump("history");
  }
}

}  // namespace
}  // namespace hoiam::testing
