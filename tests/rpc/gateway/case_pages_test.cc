// The customer's page about a case over real sockets, as a browser without JavaScript uses it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "tests/rpc/gateway/gateway_fixture.h"

namespace hoiam::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
namespace lv = loop::v1;

class CasePagesTest : public GatewayFixture {
 protected:
  RawResponse Get(const std::string& target) { return Fetch(port(), "GET", target); }
  RawResponse Post(const std::string& form, const std::string& target = kPage) {
    return Fetch(port(), "POST", target, form, "Content-Type: application/x-www-form-urlencoded\r\n");
  }
  static constexpr char kPage[] = "/c/good-case";
};

TEST_F(CasePagesTest, ThePageSaysWhatWasSaidAndWhoWillCallUntilWhen) {
  const RawResponse r = Get(kPage);
  EXPECT_EQ(r.status, 200);
  EXPECT_EQ(r.Header("content-type"), "text/html; charset=utf-8");
  EXPECT_THAT(r.Header("content-security-policy"), HasSubstr("default-src 'none'"));
  EXPECT_EQ(r.Header("cache-control"), "no-store");
  EXPECT_EQ(r.Header("referrer-policy"), "no-referrer");
  EXPECT_THAT(r.body, HasSubstr("<html lang=\"vi\">"));
  EXPECT_THAT(r.body, HasSubstr("Ngày 22/11/2026, anh/chị có góp ý"));
  EXPECT_THAT(r.body, HasSubstr("Giao trễ &lt;2 ngày&gt;"));
  EXPECT_THAT(r.body, HasSubstr("CSKH sẽ liên hệ trước 10:00, 22/11/2026."));
  EXPECT_THAT(r.body, HasSubstr("09:00, 22/11/2026"));
  EXPECT_THAT(r.body, HasSubstr("Chúng tôi nhận được góp ý"));
  EXPECT_THAT(r.body, HasSubstr("Nhà Én"));
  EXPECT_THAT(r.body, Not(HasSubstr("Đã ổn"))) << "nobody has done anything yet";
  EXPECT_THAT(r.body, Not(HasSubstr("<script")));
}

TEST_F(CasePagesTest, ItSpeaksEnglishWhenAsked) {
  const RawResponse r = Get("/c/good-case?lang=en");
  EXPECT_THAT(r.body, HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(r.body, HasSubstr("CSKH will get in touch with you before 10:00, 22/11/2026."));
  EXPECT_THAT(r.body, HasSubstr("action=\"/c/good-case?lang=en\""));
}

TEST_F(CasePagesTest, WordsAreSentOnceHoweverOftenTheFormIs) {
  const RawResponse r = Post("form=f1&text=V%E1%BA%ABn+ch%C6%B0a%0D%0At%E1%BB%9Bi&do=send");
  EXPECT_EQ(r.status, 303);
  EXPECT_EQ(r.Header("location"), "/c/good-case?lang=vi&sent=1");
  Post("form=f1&text=V%E1%BA%ABn+ch%C6%B0a%0D%0At%E1%BB%9Bi&do=send");
  Post("form=f1&text=other&do=send");
  Post("form=f2&text=other&do=send");
  ASSERT_THAT(cases_.written, SizeIs(4));
  EXPECT_EQ(cases_.written[0].token(), "good-case");
  EXPECT_EQ(cases_.written[0].text(), "Vẫn chưa\ntới");
  EXPECT_EQ(cases_.written[0].message_id(), cases_.written[1].message_id());
  EXPECT_NE(cases_.written[1].message_id(), cases_.written[2].message_id());
  EXPECT_NE(cases_.written[2].message_id(), cases_.written[3].message_id());
  EXPECT_THAT(Get("/c/good-case?lang=vi&sent=1").body, HasSubstr("chúng tôi đã nhận được"));
}

TEST_F(CasePagesTest, AResolvedCaseAsksWhetherItIsSettled) {
  cases_.page.set_state(lv::CaseState::RESOLVED);
  cases_.page.set_done("Đã giao lại");
  cases_.page.set_can_confirm(true);
  const RawResponse r = Get(kPage);
  EXPECT_THAT(r.body, HasSubstr("Đã giao lại"));
  EXPECT_THAT(r.body, HasSubstr(R"(name="do" value="yes">Đã ổn)"));
  EXPECT_THAT(r.body, HasSubstr(R"(name="do" value="no">Chưa ổn)"));
  EXPECT_THAT(r.body, Not(HasSubstr("sẽ liên hệ trước")));
  EXPECT_EQ(Post("form=f&text=&do=yes").status, 303);
  EXPECT_EQ(Post("form=f&text=Thi%E1%BA%BFu+1&do=no").status, 303);
  ASSERT_THAT(cases_.confirmed, SizeIs(2));
  EXPECT_TRUE(cases_.confirmed[0].settled());
  EXPECT_EQ(cases_.confirmed[0].text(), "");
  EXPECT_FALSE(cases_.confirmed[1].settled());
  EXPECT_EQ(cases_.confirmed[1].text(), "Thiếu 1");
}

TEST_F(CasePagesTest, AProposalIsAcceptedOrDeclined) {
  cases_.page.set_proposal("Đổi máy mới");
  const RawResponse r = Get(kPage);
  EXPECT_THAT(r.body, HasSubstr("Đổi máy mới"));
  EXPECT_THAT(r.body, HasSubstr(R"(name="do" value="yes">Tôi đồng ý)"));
  Post("form=f&do=yes");
  ASSERT_THAT(cases_.confirmed, SizeIs(1));
  EXPECT_TRUE(cases_.confirmed[0].settled());
}

TEST_F(CasePagesTest, WhatWasSaidBeforeOrComesTooLateShowsThePageAsItIs) {
  cases_.refusal = MakeError(absl::StatusCode::kFailedPrecondition, "CASE_TRANSITION_REFUSED", "?");
  const RawResponse r = Post("form=f&do=yes");
  EXPECT_EQ(r.status, 303);
  EXPECT_EQ(r.Header("location"), "/c/good-case?lang=vi");
}

TEST_F(CasePagesTest, NothingIsSentWithoutWordsAndMistakesKeepThem) {
  const RawResponse empty = Post("form=f&text=+%0D%0A&do=send");
  EXPECT_EQ(empty.status, 400);
  EXPECT_THAT(empty.body, HasSubstr("role=\"alert\""));
  EXPECT_THAT(cases_.written, IsEmpty());
  Violations v;
  v.Add("text", "TOO_LONG", "?");
  cases_.refusal = v.ToStatus();
  const RawResponse mistake = Post("form=f&text=rat+dai&do=send");
  EXPECT_EQ(mistake.status, 400);
  EXPECT_THAT(mistake.body, HasSubstr("rat dai"));
}

TEST_F(CasePagesTest, AClosedCaseCanBeReadAndNotWrittenTo) {
  cases_.page.set_state(lv::CaseState::CLOSED);
  cases_.page.set_can_write(false);
  const RawResponse r = Get(kPage);
  EXPECT_EQ(r.status, 200);
  EXPECT_THAT(r.body, Not(HasSubstr("<textarea")));
  EXPECT_THAT(r.body, HasSubstr("Việc này đã kết thúc"));
}

TEST_F(CasePagesTest, WhatIsNoLinkIsNotFound) {
  for (const std::string& path : {std::string("/c/other"), std::string("/c/"), std::string("/c/a.b"),
                                  "/c/" + std::string(129, 'a'), std::string("/c/good-case/more")}) {
    const RawResponse r = Get(path);
    EXPECT_EQ(r.status, 404) << path;
    EXPECT_THAT(r.body, HasSubstr("Không tìm thấy trang này.")) << path;
  }
  EXPECT_EQ(Fetch(port(), "DELETE", kPage).status, 405);
  EXPECT_EQ(Fetch(port(), "POST", kPage, "{}", "Content-Type: application/json\r\n").status, 400);
}

TEST_F(CasePagesTest, TheLongestPageStaysSmall) {
  const std::string long_text(1500 * 2, 'x');
  cases_.page.set_said(long_text);
  cases_.page.set_done(long_text);
  for (int n = 0; n < 20; ++n) {
    auto* step = cases_.page.add_steps();
    step->set_what("message");
    step->set_text(std::string(400 * 3 / 2, 'x'));
  }
  EXPECT_LT(Get(kPage).body.size(), 30'000u);
}

}  // namespace
}  // namespace hoiam::testing
