// A real mail server (aiosmtpd), in a process of its own; tests/support/mail_server.py says what it does with whom.
#pragma once

#include <string>
#include <vector>

#include "tests/support/http.h"
#include "tests/support/process.h"

namespace hoiam::testing {

class MailServer {
 public:
  // Ends the test program when it does not start.
  MailServer();
  const std::string& url() const { return url_; }  // smtp://127.0.0.1:port
  // How many mails it has taken.
  size_t Count() const;
  // What a mail program makes of them, in the order in which they came: from, to, type, headers, text, html.
  std::vector<Json> Mails() const;

 private:
  std::string dir_, mails_, url_;
  Process process_;
};

}  // namespace hoiam::testing
