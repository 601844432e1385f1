#include "survey_service/domain/mail_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace hoiam::survey {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

MailWords Words() {
  MailWords w;
  w.language = "vi";
  w.brand = "Nhà Én";
  w.honorific = "chị";
  w.given_name = "Lan";
  w.bought = true;
  w.question = "Chị có sẵn lòng giới thiệu Nhà Én không?";
  w.scale = ScoreRange{0, 10};
  w.low_label = "Chắc chắn không";
  w.high_label = "Rất sẵn lòng";
  w.link = "https://h.example/s/abc";
  return w;
}

TEST(MailTextTest, PeopleAreCalledAsPeopleSayIt) {
  const MailText m = WriteMail(Words());
  EXPECT_EQ(m.subject, "Chị Lan đánh giá giúp Nhà Én nhé, chỉ 10 giây");
  EXPECT_THAT(m.text, HasSubstr("Chào chị Lan,\n\nCảm ơn chị đã mua hàng của Nhà Én."));
  EXPECT_THAT(m.html, HasSubstr("Chào chị Lan,"));
}

TEST(MailTextTest, WhoseFormOfAddressIsNotKnownIsCalledByBoth) {
  for (const char* honorific : {"", "Mr", "ông ấy"}) {
    MailWords w = Words();
    w.honorific = honorific;
    EXPECT_THAT(WriteMail(w).text, HasSubstr("Chào anh/chị,")) << honorific;
    EXPECT_THAT(WriteMail(w).subject, Not(HasSubstr("Lan"))) << honorific;
  }
  MailWords w = Words();
  w.honorific = "CHI";  // as a CRM without diacritics has it
  EXPECT_THAT(WriteMail(w).text, HasSubstr("Chào chị Lan,"));
}

TEST(MailTextTest, EveryScoreIsALinkInBothForms) {
  const MailText m = WriteMail(Words());
  for (int score = 0; score <= 10; ++score) {
    EXPECT_THAT(m.text, HasSubstr(absl::StrCat("https://h.example/s/abc?a=", score, "\n")));
    EXPECT_THAT(m.html, HasSubstr(absl::StrCat("href=\"https://h.example/s/abc?a=", score, "\"")));
  }
  EXPECT_THAT(m.html, Not(HasSubstr("?a=11")));
  EXPECT_THAT(m.text, HasSubstr("10 (Rất sẵn lòng)"));
}

TEST(MailTextTest, WithoutAScoreThereIsTheLinkOnly) {
  MailWords w = Words();
  w.question = "";
  w.scale = std::nullopt;
  const MailText m = WriteMail(w);
  EXPECT_THAT(m.text, HasSubstr(w.link + "\n"));
  EXPECT_THAT(m.text + m.html, Not(HasSubstr("?a=")));
}

TEST(MailTextTest, NothingThatIsSaidBecomesHtml) {
  const std::string evil = "<script>alert('x')</script>\"&";
  for (std::string MailWords::*field : {&MailWords::brand, &MailWords::given_name, &MailWords::question,
                                        &MailWords::low_label, &MailWords::high_label, &MailWords::link}) {
    for (const char* language : {"vi", "en"}) {
      MailWords w = Words();
      w.language = language;
      w.*field = evil;
      EXPECT_THAT(WriteMail(w).html, Not(HasSubstr("<script")));
      EXPECT_THAT(WriteMail(w).html, HasSubstr("&lt;script&gt;alert(&#39;x&#39;)"));
    }
  }
}

TEST(MailTextTest, EveryMailSaysWhyItCameAndHowToStopIt) {
  for (const char* language : {"vi", "en"}) {
    for (const bool reminder : {false, true}) {
      MailWords w = Words();
      w.language = language;
      w.reminder = reminder;
      const MailText m = WriteMail(w);
      EXPECT_THAT(m.text, HasSubstr("https://h.example/s/abc/unsubscribe\n"));
      EXPECT_THAT(m.html, HasSubstr("href=\"https://h.example/s/abc/unsubscribe\""));
    }
  }
}

TEST(MailTextTest, AReminderSaysThatItIsOne) {
  for (const char* language : {"vi", "en"}) {
    MailWords first = Words(), again = Words();
    first.language = again.language = language;
    again.reminder = true;
    EXPECT_NE(WriteMail(first).subject, WriteMail(again).subject);
    EXPECT_NE(WriteMail(first).text, WriteMail(again).text);
  }
}

}  // namespace
}  // namespace hoiam::survey
