// The respondent's page over real sockets, as a browser without JavaScript uses it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "tests/rpc/gateway/gateway_fixture.h"

namespace hoiam::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
namespace sv = survey::v1;

class PagesTest : public GatewayFixture {
 protected:
  RawResponse Get(const std::string& target) { return Fetch(port(), "GET", target); }
  RawResponse Post(const std::string& target, const std::string& form) {
    return Fetch(port(), "POST", target, form, "Content-Type: application/x-www-form-urlencoded\r\n");
  }
  static constexpr char kPage[] = "/s/good-token";
};

TEST_F(PagesTest, TheFirstPageAsksForTheScoreAndLeavesRoomForWords) {
  const RawResponse r = Get(kPage);
  EXPECT_EQ(r.status, 200);
  EXPECT_EQ(r.Header("content-type"), "text/html; charset=utf-8");
  EXPECT_THAT(r.body, HasSubstr("<html lang=\"vi\">"));
  EXPECT_THAT(r.body, HasSubstr("Anh/chị có sẵn lòng giới thiệu"));
  EXPECT_THAT(r.body, HasSubstr(R"(<input type="radio" name="nps" value="0">)"));
  EXPECT_THAT(r.body, HasSubstr(R"(<input type="radio" name="nps" value="10">)"));
  EXPECT_THAT(r.body, HasSubstr("<legend>"));
  EXPECT_THAT(r.body, HasSubstr("Chắc chắn không"));
  EXPECT_THAT(r.body, HasSubstr("Tùy chọn: để lại góp ý"));
  EXPECT_THAT(r.body, HasSubstr("Tiếp tục"));
  EXPECT_THAT(r.body, Not(HasSubstr("name=\"why\""))) << "it depends on the score";
  EXPECT_THAT(r.body, Not(HasSubstr("name=\"finish\"")));
  EXPECT_LT(r.body.size(), 30'000u);
}

TEST_F(PagesTest, ThePageSpeaksEnglishWhenAsked) {
  const RawResponse r = Get("/s/good-token?lang=en");
  EXPECT_THAT(r.body, HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(r.body, HasSubstr("Would you recommend"));
  EXPECT_THAT(r.body, HasSubstr("Continue"));
  EXPECT_THAT(r.body, HasSubstr("action=\"/s/good-token?lang=en\""));
}

TEST_F(PagesTest, AScoreComesBackWithItsFollowUpAndTheSecondSubmissionFinishes) {
  const RawResponse first = Post(kPage, "nps=3&_shown=nps");
  EXPECT_EQ(first.status, 303);
  EXPECT_EQ(first.Header("location"), "/s/good-token?lang=vi");
  EXPECT_THAT(respondents_.submitted.shown(), ElementsAre("nps"));
  const RawResponse second = Get(kPage);
  EXPECT_THAT(second.body, HasSubstr(R"(name="nps" value="3" checked)"));
  EXPECT_THAT(second.body, HasSubstr(R"(<input type="checkbox" name="why" value="price">)"));
  EXPECT_THAT(second.body, Not(HasSubstr("name=\"keep\""))) << "it is for other scores";
  EXPECT_THAT(second.body, HasSubstr(R"(name="finish" value="1">Gửi)"));
  const RawResponse last = Post(kPage, "nps=3&why=price&why=staff&_comment=Giao+ch%E1%BA%ADm&_shown=nps,why&finish=1");
  EXPECT_EQ(last.status, 200);
  EXPECT_THAT(last.body, HasSubstr("Cảm ơn anh/chị đã nói thẳng."));
  EXPECT_TRUE(respondents_.submitted.finished());
  EXPECT_EQ(respondents_.submitted.comment(), "Giao chậm");
  ASSERT_EQ(respondents_.submitted.answers_size(), 2);
  EXPECT_EQ(respondents_.submitted.answers(0).number(), 3);
  EXPECT_EQ(respondents_.submitted.answers(1).choices_size(), 2);
  EXPECT_EQ(respondents_.submitted.language(), "vi");
  EXPECT_EQ(Get(kPage).status, 410);
  EXPECT_EQ(Post(kPage, "nps=9&finish=1").status, 410);
  EXPECT_EQ(respondents_.submissions, 2) << "after the end nothing changes";
}

TEST_F(PagesTest, AScoreWithoutFollowUpFinishesAtOnce) {
  const RawResponse r = Post(kPage, "nps=8&_shown=nps");
  EXPECT_EQ(r.status, 200);
  EXPECT_THAT(r.body, HasSubstr("chúng tôi sẽ cố gắng hơn"));
  EXPECT_TRUE(respondents_.submitted.finished());
}

TEST_F(PagesTest, AChangedScoreThatBringsUpAnotherQuestionIsNotTheEnd) {
  EXPECT_EQ(Post(kPage, "nps=3&_shown=nps").status, 303);
  const RawResponse r = Post(kPage, "nps=10&why=price&_shown=nps,why&finish=1");
  EXPECT_EQ(r.status, 303) << "the question for promoters was not shown yet";
  EXPECT_THAT(Get(kPage).body, HasSubstr("name=\"keep\""));
  const RawResponse last = Post(kPage, "nps=10&keep=Giao+nhanh&_shown=nps,keep&finish=1");
  EXPECT_THAT(last.body, HasSubstr("Cảm ơn anh/chị đã tin tưởng Nhà &lt;Én&gt;!"));
}

TEST_F(PagesTest, AProgramMayPostThePlainFieldsAndSayWhenItIsDone) {
  EXPECT_EQ(Post(kPage, "nps=3").status, 303);
  EXPECT_FALSE(respondents_.submitted.finished());
  EXPECT_EQ(Post(kPage, "nps=3&finish=1").status, 200);
  EXPECT_TRUE(respondents_.submitted.finished());
}

TEST_F(PagesTest, AMistakeIsShownAtItsQuestionAndWhatWasTypedIsKept) {
  Violations v;
  v.Add("nps", "REQUIRED", "must be answered");
  v.Add("comment", "TOO_LONG", "too long");
  respondents_.refusal = v.ToStatus();
  const RawResponse r = Post(kPage, "_shown=nps&_comment=%3Cscript%3Ex%3C%2Fscript%3E");
  EXPECT_EQ(r.status, 400);
  EXPECT_THAT(r.body, HasSubstr("Anh/chị chọn giúp một câu trả lời ạ."));
  EXPECT_THAT(r.body, HasSubstr("aria-describedby=\"nps-error\""));
  EXPECT_THAT(Post("/s/good-token?lang=en", "_shown=nps").body, HasSubstr("Please choose an answer."));
  EXPECT_EQ(respondents_.submissions, 0);
}

TEST_F(PagesTest, WhatCannotBeReadIsRefusedBeforeItIsSent) {
  EXPECT_EQ(Post(kPage, "nps=abc").status, 400);
  EXPECT_EQ(Post(kPage, "nps=3&nps=4").status, 400);
  EXPECT_EQ(Post(kPage, "nps=3&_comment=%ff").status, 400);
  EXPECT_EQ(Post(kPage, "nps=%zz").status, 400);
  EXPECT_EQ(Fetch(port(), "POST", kPage, "{\"nps\":3}", "Content-Type: application/json\r\n").status, 400);
  EXPECT_EQ(Post(kPage, "nps=3&score=9").status, 400) << "a field that the form does not have";
  EXPECT_EQ(respondents_.submissions, 0);
}

TEST_F(PagesTest, WhatIsTooLargeOrTooSlowIsToldOnAPageToo) {
  const RawResponse large = Post(std::string(kPage) + "?lang=en", std::string(65 << 10, 'x'));
  EXPECT_EQ(large.status, 413);
  EXPECT_EQ(large.Header("content-type"), "text/html; charset=utf-8");
  EXPECT_THAT(large.body, HasSubstr("too long"));
  EXPECT_NE(large.Header("content-security-policy"), "");
  EXPECT_NE(large.Header("x-request-id"), "");
  RawClient slow(port());
  slow.Send(std::string("POST ") + kPage + " HTTP/1.1\r\nContent-Length: 10\r\n\r\nn");
  const RawResponse late = slow.Read();
  EXPECT_EQ(late.status, 408);
  EXPECT_EQ(late.Header("content-type"), "text/html; charset=utf-8");
}

TEST_F(PagesTest, EverythingIsEscaped) {
  respondents_.page.mutable_survey()->set_brand("<script>alert(1)</script>\"'&");
  respondents_.page.mutable_survey()->mutable_questions(0)->mutable_text()->set_vi("{{brand}}<img src=x>");
  respondents_.page.mutable_survey()->mutable_questions(0)->mutable_low_label()->set_vi("</fieldset>");
  const RawResponse r = Get(kPage);
  EXPECT_THAT(r.body, Not(HasSubstr("<script")));
  EXPECT_THAT(r.body, Not(HasSubstr("<img")));
  EXPECT_THAT(r.body, Not(HasSubstr("></fieldset></span>")));
  EXPECT_THAT(r.body, HasSubstr("{{brand}}&lt;img")) << "what people write is no template";
}

TEST_F(PagesTest, GetAndHeadChangeNothing) {
  Get(kPage);
  Get("/s/good-token?nps=3&finish=1");
  Get("/s/good-token/unsubscribe");
  EXPECT_EQ(Fetch(port(), "HEAD", kPage).status, 200);
  EXPECT_EQ(Fetch(port(), "HEAD", "/s/good-token/unsubscribe").status, 200);
  EXPECT_EQ(respondents_.submissions, 0);
  EXPECT_EQ(respondents_.unsubscribed, 0);
}

TEST_F(PagesTest, PagesMayNotRunScriptsBeCachedOrTellWhereTheyWere) {
  const RawResponse r = Get(kPage);
  EXPECT_THAT(r.Header("content-security-policy"), HasSubstr("default-src 'none'; style-src 'sha256-"));
  EXPECT_THAT(r.Header("content-security-policy"), HasSubstr("frame-ancestors 'none'"));
  EXPECT_EQ(r.Header("referrer-policy"), "no-referrer");
  EXPECT_EQ(r.Header("cache-control"), "no-store");
  EXPECT_EQ(r.Header("x-content-type-options"), "nosniff");
}

TEST_F(PagesTest, ALinkThatDoesNotWorkSaysWhyPolitely) {
  const auto with = [&](sv::InvitationState::Code state) {
    respondents_.page.set_state(state);
    return Get(kPage);
  };
  EXPECT_THAT(with(sv::InvitationState::ANSWERED).body, HasSubstr("Anh/chị đã trả lời khảo sát này rồi, cảm ơn ạ."));
  EXPECT_THAT(with(sv::InvitationState::EXPIRED).body, HasSubstr("Khảo sát đã hết hạn."));
  EXPECT_EQ(with(sv::InvitationState::EXPIRED).status, 410);
  EXPECT_EQ(with(sv::InvitationState::REVOKED).status, 410);
  for (const char* path : {"/s/unknown-token", "/s/", "/s/a/b", "/s/%2e%2e", "/s/good-token/more"}) {
    const RawResponse r = Get(path);
    EXPECT_EQ(r.status, 404) << path;
    EXPECT_THAT(r.body, HasSubstr("Không tìm thấy khảo sát này.")) << path;
  }
  EXPECT_THAT(Fetch(port(), "GET", "/s/none", "", "Accept-Language: en-GB\r\n").body,
              HasSubstr("There is no such survey."));
}

TEST_F(PagesTest, ALinkThatClosedMeanwhileIsToldToo) {
  respondents_.refusal = MakeError(absl::StatusCode::kFailedPrecondition, "LINK_EXPIRED", "x");
  EXPECT_EQ(Post(kPage, "nps=3").status, 410);
  respondents_.refusal = absl::InternalError("SELECT secret");
  const RawResponse r = Post(kPage, "nps=3");
  EXPECT_EQ(r.status, 503);
  EXPECT_THAT(r.body, Not(HasSubstr("SELECT")));
}

TEST_F(PagesTest, UnsubscribingAsksFirstAndThenConfirms) {
  EXPECT_THAT(Get(kPage).body, HasSubstr("href=\"/s/good-token/unsubscribe?lang=vi\""));
  const RawResponse ask = Get("/s/good-token/unsubscribe");
  EXPECT_EQ(ask.status, 200);
  EXPECT_THAT(ask.body, HasSubstr("method=\"post\" action=\"/s/good-token/unsubscribe?lang=vi\""));
  const RawResponse done = Post("/s/good-token/unsubscribe", "");
  EXPECT_EQ(done.status, 200);
  EXPECT_THAT(done.body, HasSubstr("Đã ghi nhận: Nhà &lt;Én&gt; sẽ không gửi khảo sát nữa."));
  EXPECT_EQ(respondents_.unsubscribed, 1);
  respondents_.page.set_state(sv::InvitationState::ANSWERED);
  EXPECT_EQ(Post("/s/good-token/unsubscribe", "").status, 200) << "also behind a link that was used";
}

TEST_F(PagesTest, ALinkIsAPictureTooAndNobodyIsAskedWhetherItIsKnown) {
  const std::string page = "/s/AAAAAAAAAAAAAAAAAAAAAA";  // a token that survey_service has never made
  const RawResponse svg = Get(page + "/qr.svg"), png = Get(page + "/qr.png");
  EXPECT_EQ(svg.status, 200);
  EXPECT_EQ(svg.Header("content-type"), "image/svg+xml");
  EXPECT_THAT(svg.body, HasSubstr("<svg "));
  EXPECT_EQ(png.status, 200);
  EXPECT_EQ(png.Header("content-type"), "image/png");
  EXPECT_THAT(png.Header("cache-control"), HasSubstr("max-age="));
  EXPECT_EQ(Get("/s/bad.token/qr.svg").status, 404);
  EXPECT_EQ(Get("/s/good-token/qr.svg").status, 404) << "too short for a token";
  EXPECT_EQ(Post(page + "/qr.svg", "").status, 404);
}

TEST_F(PagesTest, AMailProgramUnsubscribesByOneClick) {
  EXPECT_EQ(Post("/s/good-token/unsubscribe", "").status, 200);
  EXPECT_FALSE(respondents_.one_click);
  EXPECT_EQ(Post("/s/good-token/unsubscribe", "List-Unsubscribe=One-Click").status, 200);
  EXPECT_TRUE(respondents_.one_click);
  const std::string parts =
      "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
  respondents_.one_click = false;
  EXPECT_EQ(
      Fetch(port(), "POST", "/s/good-token/unsubscribe", parts, "Content-Type: multipart/form-data; boundary=b\r\n")
          .status,
      200);
  EXPECT_TRUE(respondents_.one_click);
}

TEST_F(PagesTest, AScoreThatWasChosenInAMailIsChosenOnThePageAndStoredByNothingButTheButton) {
  EXPECT_THAT(Get("/s/good-token?a=0").body, HasSubstr(R"(name="nps" value="0" checked)"));
  EXPECT_THAT(Get("/s/good-token?a=10").body, HasSubstr(R"(name="nps" value="10" checked)"));
  for (const char* off : {"11", "-1", "x", ""})
    EXPECT_THAT(Get(std::string("/s/good-token?a=") + off).body, Not(HasSubstr(" checked"))) << off;
  EXPECT_EQ(respondents_.submissions, 0);
  Post(kPage, "nps=3&_shown=nps");
  EXPECT_THAT(Get("/s/good-token?a=10").body, HasSubstr(R"(name="nps" value="3" checked)")) << "what was said stays";
}

TEST_F(PagesTest, OnlyAnAnonymousReceiptAsksForAPhone) {
  EXPECT_THAT(Get(kPage).body, Not(HasSubstr("_phone")));
  respondents_.page.set_anonymous(true);
  EXPECT_THAT(Get(kPage).body, HasSubstr(R"(<label for="_phone">Tùy chọn: số điện thoại để nhận phản hồi</label>)"));
  Post(kPage, "nps=8&_shown=nps&_phone=0912+345+678");
  EXPECT_EQ(respondents_.submitted.phone(), "0912 345 678");
}

TEST_F(PagesTest, PeopleAreAddressedAsTheSurveySays) {
  respondents_.page.mutable_survey()->set_address("quý khách");
  const RawResponse r = Post(kPage, "nps=9&keep=x&_shown=nps,keep&finish=1");
  EXPECT_THAT(r.body, HasSubstr("Cảm ơn quý khách đã tin tưởng"));
  EXPECT_THAT(Get(kPage).body, HasSubstr("Quý khách đã trả lời khảo sát này rồi"));
}

TEST_F(PagesTest, TheFormSpeaksTheLanguageThatTheSurveyHasWordsIn) {
  respondents_.page.set_language("fr");
  respondents_.page.set_fallback_language("vi");
  for (auto& q : *respondents_.page.mutable_survey()->mutable_questions()) q.mutable_text()->clear_en();
  EXPECT_THAT(Get(kPage).body, HasSubstr("<html lang=\"vi\">"));
  EXPECT_THAT(Get("/s/good-token?lang=en").body, HasSubstr("<html lang=\"en\">")) << "who asks for it has it";
}

TEST_F(PagesTest, OtherMethodsAreNotAllowed) {
  const RawResponse r = Fetch(port(), "PUT", kPage);
  EXPECT_EQ(r.status, 405);
  EXPECT_EQ(r.Header("allow"), "GET, HEAD, POST");
  EXPECT_EQ(Fetch(port(), "POST", "/").status, 405);
}

TEST_F(PagesTest, TheFrontDoorSaysWhatThisIs) {
  const RawResponse r = Get("/");
  EXPECT_EQ(r.status, 200);
  EXPECT_THAT(r.body, HasSubstr("/readyz?verbose"));
  EXPECT_THAT(r.body, HasSubstr("README"));
}

}  // namespace
}  // namespace hoiam::testing
