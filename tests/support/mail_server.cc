#include "tests/support/mail_server.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "platform/base/clock.h"
#include "tests/support/suite.h"

namespace hoiam::testing {
namespace {

// Debian's, which has Debian's packages; another one may come first in PATH.
constexpr char kPython[] = "/usr/bin/python3";

std::string Script() { return SourceDir() + "/tests/support/mail_server.py"; }

}  // namespace

MailServer::MailServer() : dir_(MakeTempDir()), mails_(dir_ + "/mails") {
  WriteFile(mails_, "");
  Program program;
  program.argv = {kPython, Script(), "serve", mails_};
  program.log = dir_ + "/log";
  process_ = Process(program);
  const absl::Time end = SystemClock().Now() + absl::Seconds(60);
  std::string log;
  int port = 0;
  while ((log = ReadFile(program.log)).empty() || log.back() != '\n') {
    if (!process_.running() || SystemClock().Now() > end) Die("the mail server does not start\n" + log);
    SystemClock().Sleep(absl::Milliseconds(20));
  }
  if (!absl::SimpleAtoi(log, &port)) Die("the mail server does not start\n" + log);
  url_ = absl::StrCat("smtp://127.0.0.1:", port);
}

size_t MailServer::Count() const {
  const std::string mails = ReadFile(mails_);
  return static_cast<size_t>(std::count(mails.begin(), mails.end(), '\n'));
}

std::vector<Json> MailServer::Mails() const {
  Program program;
  program.argv = {kPython, Script(), "show", mails_};
  const Finished shown = RunToEnd(program);
  if (shown.status != 0) Die("the mails cannot be read\n" + shown.output);
  return Json(shown.output).Items();
}

}  // namespace hoiam::testing
