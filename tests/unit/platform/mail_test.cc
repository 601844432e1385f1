// Mails as bytes, and the settings of mailing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "absl/strings/str_split.h"
#include "platform/mail/message.h"
#include "platform/mail/settings.h"
#include "platform/mail/transport.h"

namespace hoiam::mail {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

Message Sample() {
  Message m;
  m.id = "abc@nhaen.example";
  m.date = absl::FromUnixSeconds(1'793'000'000);
  m.from_name = "Nhà Én";
  m.from = "khaosat@nhaen.example";
  m.to_name = "Nguyễn Thị Lan";
  m.to = "lan@example.com";
  m.subject = "Chị Lan ơi";
  m.text = "Chào chị Lan\n";
  m.html = "<p>Chào chị Lan</p>\n";
  return m;
}

// Everything before the first empty line.
std::string HeadOf(const std::string& bytes) { return bytes.substr(0, bytes.find("\r\n\r\n")); }

TEST(ComposeTest, TheSameMessageIsTheSameBytes) {
  EXPECT_EQ(*Compose(Sample()), *Compose(Sample()));
  EXPECT_THAT(*Compose(Sample()), HasSubstr("\r\nMessage-Id: <abc@nhaen.example>\r\n"));
}

TEST(ComposeTest, EveryLineEndsInCrLfAndNoneIsTooLong) {
  Message m = Sample();
  m.text = std::string(5000, 'x') + "\n" + std::string(3000, '.');
  const auto bytes = Compose(m);
  ASSERT_TRUE(bytes.ok());
  for (absl::string_view line : absl::StrSplit(*bytes, '\n')) {
    EXPECT_LE(line.size(), 999u);  // RFC 5321 §4.5.3.1.6
    if (!line.empty()) {
      EXPECT_EQ(line.back(), '\r') << line;
    }
  }
}

TEST(ComposeTest, NoNameOrSubjectBringsAHeaderOfItsOwn) {
  const std::string evil = "Lan\r\nBcc: all@example.com\r\n\r\n<html>";
  for (std::string Message::*field : {&Message::subject, &Message::from_name, &Message::to_name}) {
    Message m = Sample();
    m.*field = evil;
    const auto bytes = Compose(m);
    ASSERT_TRUE(bytes.ok());
    EXPECT_THAT(HeadOf(*bytes), Not(HasSubstr("\nBcc:")));
    EXPECT_THAT(HeadOf(*bytes), HasSubstr("Content-Type: multipart/alternative"));
  }
}

TEST(ComposeTest, WhatIsNoAddressOrNoHeaderIsRefused) {
  for (const char* bad : {"", "lan", "lan@", "@x", "a@b@c", "a b@c", "a@b\r\nRCPT TO:<x@y>", "a@b>", "<a@b>", "a,b@c",
                          "-a@b", "a@b;c", "\"a\"@b", "a@b\n"}) {
    EXPECT_FALSE(IsAddress(bad)) << bad;
    Message m = Sample();
    m.to = bad;
    EXPECT_FALSE(Compose(m).ok()) << bad;
  }
  EXPECT_FALSE(IsAddress(std::string(250, 'a') + "@x.vn"));
  for (const char* good : {"lan@example.com", "lan.nguyen+shop@mail.example.vn", "lan@nhàén.example"})
    EXPECT_TRUE(IsAddress(good)) << good;
  for (const auto& header : std::vector<std::pair<std::string, std::string>>{
           {"X", "a\r\nBcc: b"}, {"X", "a\nb"}, {"X:Y", "a"}, {"", "a"}, {"X Y", "a"}, {"X", "Én"}}) {
    Message m = Sample();
    m.headers = {header};
    EXPECT_FALSE(Compose(m).ok()) << header.first;
  }
}

TEST(ComposeTest, AFurtherHeaderStaysAsItIsHoweverLong) {
  const std::string link = "<https://khaosat.nhaen.example/" + std::string(120, 'x') + "/unsubscribe>";
  Message m = Sample();
  m.headers = {{"List-Unsubscribe", link}};
  EXPECT_THAT(*Compose(m), HasSubstr("\r\nList-Unsubscribe: " + link + "\r\n"));
}

TEST(FolderTest, AMailThatIsSentAgainIsTheSameFile) {
  char dir[] = "/tmp/hoiam-mail-XXXXXX";
  ASSERT_NE(mkdtemp(dir), nullptr);
  const std::string folder = std::string(dir) + "/mail";
  const auto connection = IntoFolder(folder)->Connect();
  for (const char* bytes : {"one", "two"})
    EXPECT_EQ(connection->Send({"abc@x", "a@x", "b@x"}, bytes).code, Outcome::kTaken);
  std::stringstream content;
  content << std::ifstream(folder + "/abc.eml").rdbuf();
  EXPECT_EQ(content.str(), "two");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
  EXPECT_EQ(std::filesystem::status(folder + "/abc.eml").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(connection->Send({"../abc@x", "a@x", "b@x"}, "x").code, Outcome::kNotNow);
  std::filesystem::remove_all(dir);
}

std::map<std::string, std::string>* env = new std::map<std::string, std::string>;
std::string Lookup(const char* name) {
  const auto it = env->find(name);
  return it == env->end() ? "" : it->second;
}
std::vector<std::string> ProblemsOf(std::map<std::string, std::string> settings) {
  *env = std::move(settings);
  config::Env e(&Lookup);
  ReadSettings(e);
  return e.problems();
}

TEST(SettingsTest, GoodOnesHaveNoProblem) {
  EXPECT_THAT(ProblemsOf({{"HOIAM_STATE_DIR", "/x"}}), IsEmpty());
  EXPECT_THAT(ProblemsOf({{"HOIAM_MAIL", "file"}, {"HOIAM_MAIL_DIR", "/x"}}), IsEmpty());
  EXPECT_THAT(ProblemsOf({{"HOIAM_MAIL", "smtp://mail.example:25"}, {"HOIAM_MAIL_FROM", "a@b.example"}}), IsEmpty());
  EXPECT_THAT(ProblemsOf({{"HOIAM_MAIL", "smtps://mail.example"}, {"HOIAM_MAIL_FROM", "a@b.example"}}), IsEmpty());
  EXPECT_EQ((ReadSettings(*std::make_unique<config::Env>(&Lookup)).smtp.url), "smtps://mail.example");
}

TEST(SettingsTest, EveryMistakeIsNamed) {
  EXPECT_THAT(ProblemsOf({}), SizeIs(1));  // files, but no folder for them
  for (const char* bad : {"mail.example", "http://mail.example", "smtp://", "smtp://u:p@mail.example",
                          "smtp://mail.example/x", "smtp://mail.example?x", "files"})
    EXPECT_THAT(ProblemsOf({{"HOIAM_MAIL", bad}, {"HOIAM_MAIL_FROM", "a@b.example"}}), SizeIs(1)) << bad;
  EXPECT_THAT(ProblemsOf({{"HOIAM_MAIL", "smtp://mail.example"}}), SizeIs(1));
  EXPECT_THAT(ProblemsOf({{"HOIAM_MAIL", "x"}, {"HOIAM_MAIL_FROM", "Nhà Én"}, {"HOIAM_SMTP_STARTTLS", "yes"}}),
              SizeIs(3));
}

TEST(SettingsTest, APasswordDoesNotGoOutInTheClear) {
  const std::string file = ::testing::TempDir() + "/password";
  std::ofstream(file) << "secret\n";
  std::map<std::string, std::string> settings = {{"HOIAM_MAIL", "smtp://mail.example"},
                                                 {"HOIAM_MAIL_FROM", "a@b.example"},
                                                 {"HOIAM_SMTP_USER", "u"},
                                                 {"HOIAM_SMTP_PASSWORD_FILE", file}};
  EXPECT_THAT(ProblemsOf(settings), SizeIs(1));
  settings["HOIAM_SMTP_STARTTLS"] = "1";
  EXPECT_THAT(ProblemsOf(settings), IsEmpty());
  settings["HOIAM_SMTP_STARTTLS"] = "0";
  settings["HOIAM_MAIL"] = "smtps://mail.example";
  EXPECT_THAT(ProblemsOf(settings), IsEmpty());
  settings["HOIAM_MAIL"] = "smtp://127.0.0.1:2525";
  EXPECT_THAT(ProblemsOf(settings), IsEmpty());
}

}  // namespace
}  // namespace hoiam::mail
