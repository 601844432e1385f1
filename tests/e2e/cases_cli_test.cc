// `hoiam cases` as a person uses it: a case from NEW to CLOSED on the terminal, each step as the one before said.
#include <gtest/gtest.h>

#include "tests/e2e/loop.h"

namespace hoiam::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class CasesCliTest : public ::testing::Test {
 protected:
  std::string Run(std::vector<std::string> args, int status = 0) {
    const Finished done = suite_.Cli(std::move(args));
    EXPECT_EQ(done.status, status) << done.output;
    return done.output;
  }
  std::string Cases(std::vector<std::string> args, int status = 0) {
    args.insert(args.begin(), "cases");
    return Run(std::move(args), status);
  }

  Suite suite_{{{"HOIAM_LANG", "en"}}};
  Api api_{suite_.Http()};
  testing::Cases cases_{api_};
};

TEST_F(CasesCliTest, ACaseIsWorkedFromTheListToItsClosing) {
  EXPECT_THAT(Cases({}), HasSubstr("There is no such case"));
  cases_.Answered("r1", "lan", "delivery", 3, "Giao hàng trễ");
  const std::string id = cases_.Of("lan").String("caseId");

  EXPECT_THAT(Cases({}), AllOf(HasSubstr(id), HasSubstr("New"), HasSubstr("acknowledge"), HasSubstr("left"),
                               HasSubstr("NPS 3"), HasSubstr("Giao hàng trễ")));
  EXPECT_THAT(Cases({"list", "--state", "closed"}), Not(HasSubstr(id)));
  EXPECT_THAT(Cases({"--orphans"}), HasSubstr(id)) << "nobody has taken it";
  EXPECT_THAT(Cases({"--overdue"}), Not(HasSubstr(id)));
  EXPECT_THAT(Cases({"--mine"}, 2), HasSubstr("HOIAM_PRINCIPAL"));
  EXPECT_THAT(Cases({"--customer", "lan", "--team", cases_.Of("lan").String("team"), "--touchpoint", "delivery"}),
              HasSubstr(id));

  EXPECT_THAT(Cases({"acknowledge", id, "--note", "Em nhận"}),
              AllOf(HasSubstr("Acknowledged"), HasSubstr("hoiam cases contact " + id)));
  EXPECT_THAT(Cases({"--orphans"}), Not(HasSubstr(id)));
  EXPECT_THAT(Cases({"contact", id, "--channel", "phone", "--outcome", "reached", "--note", "Đã gọi"}),
              AllOf(HasSubstr("In progress"), HasSubstr("hoiam cases diagnose " + id)));
  Cases({"note", id, "--text", "Khách mua lần đầu"});
  Cases({"need", id, "--text", "Nhận sau 18 giờ", "--kind", "wish"});
  EXPECT_THAT(Cases({"diagnose", id, "--root-cause", "delivery_late_partner", "--originator-team", "delivery"}),
              HasSubstr("resolve " + id + " --root-cause delivery_late_partner --originator-team delivery"));
  EXPECT_THAT(Cases({"propose", id, "--text", "Giao lại tối nay"}), HasSubstr("hoiam cases accept " + id));
  EXPECT_THAT(Cases({"accept", id}), Not(HasSubstr("hoiam cases accept")));
  Cases({"compensate", id, "--type", "voucher", "--amount", "50000", "--currency", "vnd", "--approved-by", "minh"});
  Cases({"message", id, "--channel", "zalo", "--text", "Chị nhận được chưa ạ?"});
  Cases({"message", id, "--channel", "zalo", "--direction", "in", "--text", "Nhận rồi em"});
  EXPECT_THAT(Cases({"resolve", id, "--root-cause", "delivery_late_partner", "--originator-team", "delivery",
                     "--resolution", "Giao lại", "--customer-reply", "Cảm ơn em"}),
              AllOf(HasSubstr("Resolved"), HasSubstr("hoiam cases verify " + id)));

  EXPECT_THAT(Cases({"show", id}),
              AllOf(HasSubstr("Wish                  Nhận sau 18 giờ"), HasSubstr("the customer agreed"),
                    HasSubstr("VOUCHER 50,000 ₫ · approved by minh"), HasSubstr("Khách mua lần đầu"),
                    HasSubstr("Chị nhận được chưa ạ?"), HasSubstr("← in"), HasSubstr("Em nhận")));
  EXPECT_THAT(Cases({"verify", id, "--evidence", "customer_word"}), HasSubstr("hoiam cases close " + id));
  EXPECT_THAT(Cases({"close", id}), HasSubstr("Closed"));
  EXPECT_EQ(cases_.Get(id).String("state"), "CLOSED");

  EXPECT_THAT(Cases({"acknowledge", id}, 1), HasSubstr("CASE_TRANSITION_REFUSED"));
  EXPECT_THAT(Cases({"show", "nothing"}, 1), HasSubstr("hoiam: "));
  EXPECT_THAT(Cases({"acknowledge"}, 2), HasSubstr("takes one case id"));
  EXPECT_THAT(Cases({"dance", id}, 2), HasSubstr("no such action"));
}

TEST_F(CasesCliTest, ACaseIsOpenedByHandAndGivenAway) {
  const std::string made = Cases({"create", "minh", "--reason", "Đơn lớn giao trễ, gọi trước", "--origin", "proactive",
                                  "--priority", "p2", "--touchpoint", "delivery"});
  EXPECT_THAT(made, AllOf(HasSubstr("P2"), HasSubstr("gọi trước"), HasSubstr("hoiam cases acknowledge")));
  const std::string id = cases_.Of("minh").String("caseId");
  EXPECT_EQ(cases_.Get(id).String("origin"), "PROACTIVE");
  EXPECT_THAT(Cases({"assign", id, "--team", "delivery", "--owner", "huong"}),
              AllOf(HasSubstr("delivery"), HasSubstr("huong")));
  EXPECT_THAT(Cases({"--owner", "huong"}), HasSubstr(id));
  EXPECT_THAT(Cases({"cancel", id, "--reason", "Khách đã nhận"}), HasSubstr("Cancelled"));
  EXPECT_THAT(Cases({"--state", "cancelled"}), HasSubstr(id));
}

TEST_F(CasesCliTest, TeamsRulesTheLoopRateAndTheGateAreThere) {
  EXPECT_THAT(Run({"teams"}), AllOf(HasSubstr("cskh"), HasSubstr("  cau-giay")));
  EXPECT_THAT(Run({"rules"}), AllOf(HasSubstr("safety"), HasSubstr("detractor"), HasSubstr("built in")));
  EXPECT_THAT(Run({"rules", "test", "Máy sấy bốc khói", "--score", "10"}), HasSubstr("opened by: safety"));
  EXPECT_THAT(Run({"rules", "test", "Hàng đẹp", "--score", "10"}), HasSubstr("No rule rings"));
  EXPECT_THAT(Cases({"causes"}), HasSubstr("delivery_late_partner"));
  EXPECT_THAT(Run({"looprate"}), HasSubstr("There are no cases"));
  EXPECT_THAT(Run({"offer", "check", "lan"}), HasSubstr("an offer may be made"));
  cases_.Answered("r1", "lan", "delivery", 3);
  const std::string id = cases_.Of("lan").String("caseId");
  EXPECT_THAT(Run({"looprate", "--by", "team"}), AllOf(HasSubstr("Loop rate"), HasSubstr("not enough data")));
  EXPECT_THAT(Run({"offer", "check", "lan", "--for", "coupon"}, 1),
              AllOf(HasSubstr("a detractor's case is open"), HasSubstr(id)));
  EXPECT_THAT(Run({"offer", "check", "lan", "--override", "Khách tự hỏi"}), HasSubstr("by override"));
  EXPECT_THAT(Run({"offer", "list"}), AllOf(HasSubstr("refused"), HasSubstr("overridden"), HasSubstr("Khách tự hỏi")));
}

}  // namespace
}  // namespace hoiam::testing
