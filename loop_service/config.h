// Settings of loop_service besides those of every process and of mail (platform/mail/settings.h).
//
//   HOIAM_PUBLIC_URL         begins the link of every status page; where the gateway listens
//   HOIAM_LINK_KEY_FILE      file of the key that proves links and reply addresses
//   HOIAM_MAIL_REPLY_DOMAIN  where mail to case+…@ arrives, to be given to POST /v1/mails:receive; empty: nowhere, and
//                            mail is answered to HOIAM_MAIL_FROM
#pragma once

#include <string>

#include "platform/config/env.h"
#include "platform/mail/settings.h"

namespace hoiam::loop {

struct Config {
  std::string public_url;
  std::string link_key;
  std::string reply_domain;
  mail::Settings mail;
};

// Mistakes are noted in `env`.
Config ReadConfig(config::Env& env);

}  // namespace hoiam::loop
