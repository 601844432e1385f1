#include "loop_service/config.h"

#include "absl/strings/str_cat.h"
#include "loop_service/limits.h"
#include "platform/mail/message.h"

namespace hoiam::loop {

Config ReadConfig(config::Env& env) {
  Config c;
  c.public_url = env.PublicUrl();
  c.link_key = env.SecretFile("HOIAM_LINK_KEY_FILE", kMinLinkKeyBytes);
  c.reply_domain = env.String("HOIAM_MAIL_REPLY_DOMAIN", "");
  if (!c.reply_domain.empty() && !mail::IsAddress(absl::StrCat("case@", c.reply_domain)))
    env.Problem("HOIAM_MAIL_REPLY_DOMAIN", "must be a domain, such as reply.example.com");
  c.mail = mail::ReadSettings(env);
  return c;
}

}  // namespace hoiam::loop
