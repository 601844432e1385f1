#include "survey_service/config.h"

#include "survey_service/domain/phone.h"
#include "survey_service/limits.h"

namespace hoiam::survey {

Config ReadConfig(config::Env& env) {
  Config c;
  c.public_url = env.PublicUrl();
  c.link_key = env.SecretFile("HOIAM_LINK_KEY_FILE", kMinLinkKeyBytes);
  c.phone_region = env.String("HOIAM_PHONE_REGION", "VN");
  if (!PhoneNumbers::IsRegion(c.phone_region))
    env.Problem("HOIAM_PHONE_REGION", "must be a country with phone numbers, as two capital letters (ISO 3166-1)");
  c.mail = mail::ReadSettings(env);
  return c;
}

}  // namespace hoiam::survey
