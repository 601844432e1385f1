// Mails that come: what is read of them, whatever program wrote them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "platform/base/text.h"
#include "platform/mail/message.h"
#include "platform/mail/parse.h"

namespace hoiam::mail {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kHead[] =
    "From: =?utf-8?B?TMOqIEjGsMahbmc=?= <Huong@Example.com>\r\n"
    "To: Shop <case+abc@reply.shop.example>\r\n"
    "Cc: boss@shop.example\r\n"
    "Message-ID: <m1@mail.example.com>\r\n"
    "In-Reply-To: <our-2@shop.example>\r\n"
    "References: <our-1@shop.example>\r\n <our-2@shop.example>\r\n"
    "Subject: =?windows-1258?Q?Re:_Gi=E1o?= hang\r\n";

Received Read(const std::string& bytes) {
  auto r = Parse(bytes);
  EXPECT_TRUE(r.ok());
  return r.ok() ? *r : Received();
}

Received WithHeader(const std::string& header) {
  return Read(absl::StrCat(kHead, header, "\r\nContent-Type: text/plain\r\n\r\nok\r\n"));
}

TEST(MailParseTest, TheHeadSaysWhoWroteToWhomAndWhatItAnswers) {
  const Received r = Read(absl::StrCat(kHead, "Delivered-To: case+abc@reply.shop.example\r\n\r\nChào shop\r\n"));
  EXPECT_EQ(r.id, "m1@mail.example.com");
  EXPECT_EQ(r.from, "Huong@Example.com");
  EXPECT_THAT(r.to, ElementsAre("case+abc@reply.shop.example", "case+abc@reply.shop.example", "boss@shop.example"));
  EXPECT_THAT(r.references, ElementsAre("our-2@shop.example", "our-1@shop.example", "our-2@shop.example"));
  EXPECT_EQ(r.subject, "Re: Giáo hang");
  EXPECT_EQ(NewWords(r.text), "Chào shop");
  EXPECT_FALSE(r.automatic);
  EXPECT_FALSE(r.report);
}

TEST(MailParseTest, ASubjectOfManyWordsIsReadWhole) {
  for (const auto& [written, read] : std::map<std::string, std::string>{
           {"=?UTF-8?B?Q2jDum5nIHTDtGkgxJHDoyBuaOG6rW4gxJHGsOG7o2MgZ8OzcA==?=\r\n =?UTF-8?B?IMO9IGPhu6dhIGNo4buL?= Lan",
            "Chúng tôi đã nhận được góp ý của chị Lan"},
           {"Re: =?utf-8?Q?G=C3=B3p?= =?utf-8?Q?_=C3=BD?=", "Re: Góp ý"},
           {"=?utf-8?B?xJE=?= =?utf-8?B?xJE=?= =?utf-8?B?xJE=?=", "đđđ"},
           {"=?utf-8?Q?=E1=BA?= =?utf-8?Q?=A5?=", "ấ"},
           {"a =?=  b", "a =?=  b"}})
    EXPECT_EQ(Read(absl::StrCat("From: a@b.example\r\nSubject: ", written, "\r\n\r\nx\r\n")).subject, read) << written;
}

TEST(MailParseTest, WordsAreReadInTheCharsetAndEncodingTheyCameIn) {
  const struct {
    const char* type;
    const char* encoding;
    const char* body;
    const char* words;
  } kRows[] = {
      {"text/plain; charset=utf-8", "8bit", "Hàng vẫn chưa tới", "Hàng vẫn chưa tới"},
      {"text/plain; charset=utf-8", "base64", "SMOgbmcgduG6q24gY2jGsGEgdOG7m2k=", "Hàng vẫn chưa tới"},
      {"text/plain; charset=utf-8", "quoted-printable", "H=C3=A0ng t=E1=BB=9Bi r=\r\n=E1=BB=93i", "Hàng tới rồi"},
      {"text/plain; charset=x-unknown", "8bit", "Hàng", "Hàng"},
      {"text/plain", "8bit", "Hàng", "Hàng"},
      {"text/html; charset=utf-8", "8bit",
       "<html><head><style>p{}</style></head><body><p>Hàng</p><p>t&#7899;i&nbsp;"
       "r&ocirc;i</p><script>x</script></body></html>",
       "Hàng\ntới rôi"},
  };
  for (const auto& row : kRows) {
    const Received r =
        Read(absl::StrCat(kHead, "MIME-Version: 1.0\r\nContent-Type: ", row.type,
                          "\r\nContent-Transfer-Encoding: ", row.encoding, "\r\n\r\n", row.body, "\r\n"));
    EXPECT_TRUE(IsUtf8(r.text));
    EXPECT_EQ(NewWords(r.text), row.words) << row.type << " " << row.encoding;
  }
}

TEST(MailParseTest, CombiningMarksOfWindows1258ArePutTogether) {
  // "tới rồi": ơ is one byte, the acute accent another.
  const Received r = Read(absl::StrCat(kHead, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=windows-1258\r\n",
                                       "Content-Transfer-Encoding: 8bit\r\n\r\nt\xf5\xeci r\xf4\xcci\r\n"));
  EXPECT_EQ(NewWords(r.text), "tới rồi");
}

TEST(MailParseTest, PlainTextWinsOverHtmlAndAttachmentsAreLeftOut) {
  const Received r =
      Read(absl::StrCat(kHead,
                        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n"
                        "--a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
                        "--b\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n"
                        "--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n--b--\r\n"
                        "--a\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nfile\r\n"
                        "--a\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\ninner\r\n--a--\r\n"));
  EXPECT_EQ(NewWords(r.text), "plain");
}

TEST(MailParseTest, MachinesAreToldFromPeopleByWhatTheySay) {
  for (const char* header : {"Auto-Submitted: auto-replied", "Auto-Submitted: auto-generated; x=1", "Precedence: bulk",
                             "Precedence: Auto_Reply", "X-Autoreply: yes", "X-Autorespond: x",
                             "X-Auto-Response-Suppress: All", "Return-Path: <>", "List-Id: <x.example>"})
    EXPECT_TRUE(WithHeader(header).automatic) << header;
  for (const char* header :
       {"Auto-Submitted: no", "Precedence: first-class", "Return-Path: <huong@example.com>", "X-Priority: 1"})
    EXPECT_FALSE(WithHeader(header).automatic) << header;
  EXPECT_TRUE(WithHeader("Return-Path: <>").report);
  EXPECT_FALSE(WithHeader("Auto-Submitted: auto-replied").report);
  EXPECT_TRUE(Read("From: MAILER-DAEMON@mx.example\r\nSubject: x\r\n\r\nfailed\r\n").report);
  EXPECT_TRUE(Read("From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; boundary=r; "
                   "report-type=delivery-status\r\n\r\n--r\r\nContent-Type: text/plain\r\n\r\nfailed\r\n--r--\r\n")
                  .report);
}

TEST(MailParseTest, WhatIsNoMailIsRefusedAndWhatIsDamagedIsReadAsFarAsItGoes) {
  EXPECT_FALSE(Parse("").ok());
  EXPECT_FALSE(Parse("\r\n\r\n").ok());
  const Received cut = Read("From: a@b.example\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\nhalf");
  EXPECT_EQ(NewWords(cut.text), "half");
  std::string deep = "From: a@b.example\r\n";
  for (int n = 0; n < 200; ++n)
    absl::StrAppend(&deep, "Content-Type: multipart/mixed; boundary=b", n, "\r\n\r\n--b", n, "\r\n");
  EXPECT_THAT(Read(deep).text, IsEmpty());
}

TEST(MailParseTest, OurOwnMailComesBackAsItWent) {
  Message m;
  m.id = "x@shop.example";
  m.date = absl::FromUnixSeconds(1'793'000'000);
  m.from = "cskh@shop.example";
  m.to = "lan@example.com";
  m.subject = "Góp ý của chị Lan: chúng tôi đã xử lý";
  m.text = "Chào chị Lan,\n\nĐến nay việc này đã ổn chưa ạ?\n";
  m.html = "<p>Chào chị Lan,</p>";
  m.headers = {{"Auto-Submitted", "auto-generated"}};
  const auto bytes = Compose(m);
  ASSERT_TRUE(bytes.ok());
  const Received r = Read(*bytes);
  EXPECT_EQ(r.id, m.id);
  EXPECT_EQ(r.subject, m.subject);
  EXPECT_EQ(r.text, m.text);
  EXPECT_TRUE(r.automatic);
}

TEST(NewWordsTest, WhatIsAnsweredIsLeftOutInEveryWayProgramsQuote) {
  const char* kQuoted[] = {
      "Dạ vẫn chưa ạ\n\nVào Th 2, 23 thg 11, 2026 vào lúc 09:00 Nhà Én <cskh@shop.example>\nđã viết:\n\n> Đã ổn chưa "
      "ạ?\n> x\n",
      "Dạ vẫn chưa ạ\n\nOn Mon, 23 Nov 2026 at 09:00, Shop <cskh@shop.example> wrote:\n> old\n",
      "Dạ vẫn chưa ạ\n\nNgày 23/11/2026 09:00, Nhà Én đã viết:\nnot marked at all\n",
      "Dạ vẫn chưa ạ\n\n-----Original Message-----\nFrom: x\nold\n",
      "Dạ vẫn chưa ạ\n\n----- Thư gốc -----\nTừ: x\nold\n",
      "Dạ vẫn chưa ạ\n\n________________________________\nFrom: Shop\nSent: Monday\nTo: me\nSubject: x\n\nold\n",
      "Dạ vẫn chưa ạ\n\nTừ: Nhà Én <cskh@shop.example>\nĐã gửi: Thứ Hai\nĐến: Lan\nChủ đề: Góp ý\n\nold\n",
      "Dạ vẫn chưa ạ\n-- \nLê Hương\n0912 345 678\n",
      "Dạ vẫn chưa ạ\n\nSent from my iPhone\n",
      "Dạ vẫn chưa ạ\n\nĐã gửi từ iPhone của tôi\n\nVào 23 thg 11, 2026, lúc 09:00, Nhà Én <a@b.example> đã viết:\n\n> "
      "old\n",
      "On Mon, 23 Nov 2026 at 09:00, Shop <cskh@shop.example> wrote:\n> old\n> old\n\nDạ vẫn chưa ạ\n",
      "> Đã ổn chưa ạ?\nDạ vẫn chưa ạ\n> Mong tin chị\n",
  };
  for (const char* text : kQuoted) EXPECT_EQ(NewWords(text), "Dạ vẫn chưa ạ") << text;
}

TEST(NewWordsTest, WordsThatOnlyLookLikeAQuoteStay) {
  for (const char* text :
       {"Tôi đã viết:\nhàng chưa tới", "On time, thanks", "Từ: hôm qua tới nay\nchưa thấy gì", "- một\n- hai",
        "Gửi từ kho Hà Nội ngày 20/11 mà tới nay vẫn chưa thấy shop giao hàng cho em, em chờ mãi"})
    EXPECT_EQ(NewWords(text), text);
}

TEST(TextOfHtmlTest, QuotesAreMarkedAndBrokenHtmlIsReadAsItCan) {
  EXPECT_EQ(TextOfHtml("<div>a</div><blockquote><p>b</p><blockquote>c</blockquote></blockquote>d"),
            "a\n> b\n> > c\nd\n");
  EXPECT_EQ(TextOfHtml("1 < 2 &amp; 3 &unknown; <b>x"), "1 < 2 & 3 &unknown; x\n");
  EXPECT_EQ(TextOfHtml("a<!-- b --><br>c<style>d"), "a\nc\n");
  EXPECT_EQ(TextOfHtml("a<p"), "a\n");
}

}  // namespace
}  // namespace hoiam::mail
