#include "survey_service/config.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "survey_service/domain/phone.h"
#include "survey_service/limits.h"

namespace hoiam::survey {

Config ReadConfig(config::Env& env) {
  const std::string default_url = absl::StrCat("http://127.0.0.1:", env.Int("HOIAM_HTTP_PORT", 8080, 1, 65535));
  Config c;
  c.public_url = env.String("HOIAM_PUBLIC_URL", default_url);
  while (absl::EndsWith(c.public_url, "/")) c.public_url.pop_back();
  if (!absl::StartsWith(c.public_url, "http://") && !absl::StartsWith(c.public_url, "https://"))
    env.Problem("HOIAM_PUBLIC_URL", "must begin with http:// or https://");
  c.link_key = env.SecretFile("HOIAM_LINK_KEY_FILE", kMinLinkKeyBytes);
  c.phone_region = env.String("HOIAM_PHONE_REGION", "VN");
  if (!PhoneNumbers::IsRegion(c.phone_region))
    env.Problem("HOIAM_PHONE_REGION", "must be a country with phone numbers, as two capital letters (ISO 3166-1)");
  c.mail = mail::ReadSettings(env);
  return c;
}

}  // namespace hoiam::survey
