// Settings of survey_service besides those of every process.
#pragma once

#include <string>

#include "platform/config/env.h"
#include "platform/mail/settings.h"

namespace hoiam::survey {

struct Config {
  std::string public_url;    // begins every link; no slash at its end
  std::string link_key;      // makes every link's token
  std::string phone_region;  // of phone numbers without a country code
  mail::Settings mail;
};

// Mistakes are noted in `env`.
Config ReadConfig(config::Env& env);

}  // namespace hoiam::survey
