#include "gateway/config.h"

#include "absl/strings/str_cat.h"
#include "gateway/limits.h"

namespace hoiam::gateway {

Config ReadConfig(config::Env& env) {
  Config c;
  c.http.host = env.String("HOIAM_HTTP_HOST", "127.0.0.1");
  c.http.port = env.Int("HOIAM_HTTP_PORT", 8080, 0, 65535);
  c.http.threads = env.Int("HOIAM_HTTP_THREADS", 2, 1, 64);
  const std::string host = env.String("HOIAM_GRPC_HOST", c.http.host);
  const int port = env.Int("HOIAM_GRPC_PORT", 9090, 0, 65535);
  c.grpc_address = absl::StrCat(host.find(':') == std::string::npos ? host : "[" + host + "]", ":", port);
  c.public_url = env.PublicUrl();
  c.zone = env.Zone("HOIAM_REPORTING_ZONE", "UTC");
  c.webhook_key = env.SecretFile("HOIAM_WEBHOOK_KEY_FILE", kMinSecretKeyBytes);
  if (auto allow = AllowList::Parse(env.String("HOIAM_WEBHOOK_ALLOW", "")); allow.ok())
    c.webhooks.allow = *std::move(allow);
  else
    env.Problem("HOIAM_WEBHOOK_ALLOW", allow.status().message());
  c.webhooks.ca_file = env.String("HOIAM_WEBHOOK_CA_FILE", "");
  if (const std::string schedule = env.String("HOIAM_WEBHOOK_SCHEDULE", ""); !schedule.empty()) {
    if (auto parsed = ParseSchedule(schedule); parsed.ok())
      c.webhooks.schedule = *std::move(parsed);
    else
      env.Problem("HOIAM_WEBHOOK_SCHEDULE", parsed.status().message());
  }
  c.limits.key_per_second = env.Int("HOIAM_RATE_KEY", kDefaultRateKey, 0, kMaxRate);
  c.limits.tenant_per_second = env.Int("HOIAM_RATE_TENANT", kDefaultRateTenant, 0, kMaxRate);
  c.limits.tenant_concurrent = env.Int("HOIAM_CONCURRENCY_TENANT", kDefaultConcurrencyTenant, 0, kMaxConcurrency);
  return c;
}

}  // namespace hoiam::gateway
