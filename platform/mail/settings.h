// How a process mails, from the environment.
//
//   HOIAM_MAIL                 file (default), smtp://host:port, or smtps://host:port
//   HOIAM_MAIL_DIR             where the files go; default $HOIAM_STATE_DIR/mail
//   HOIAM_MAIL_FROM            the address all mail comes from; must be set unless it goes into files
//   HOIAM_SMTP_STARTTLS        1: smtp:// only with STARTTLS
//   HOIAM_SMTP_USER, HOIAM_SMTP_PASSWORD_FILE   who logs in; never without TLS, except to this machine
//   HOIAM_SMTP_CA_FILE         certificates to trust; default: the system's
#pragma once

#include <memory>
#include <string>

#include "platform/config/env.h"
#include "platform/mail/transport.h"

namespace hoiam::mail {

struct Settings {
  std::string from;
  bool files = false;
  std::string dir;
  SmtpOptions smtp;
};

// Mistakes are noted in `env`.
Settings ReadSettings(config::Env& env);

std::unique_ptr<Transport> MakeTransport(const Settings& settings);

}  // namespace hoiam::mail
