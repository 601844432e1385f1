// The gateway's own settings, besides those that every process reads (platform/server/app.h).
//
//   HOIAM_HTTP_HOST     address that HTTP listens on; 127.0.0.1
//   HOIAM_HTTP_PORT     8080
//   HOIAM_HTTP_THREADS  2
//   HOIAM_GRPC_HOST     address that public gRPC listens on; that of HTTP
//   HOIAM_GRPC_PORT     9090
//   HOIAM_RATE_KEY            requests a second with one key; 1000; 0 is no limit
//   HOIAM_RATE_TENANT         requests a second of one tenant, unless the tenant has its own limit; 2000; 0 is no limit
//   HOIAM_CONCURRENCY_TENANT  requests of one tenant under way at once, unless it has its own; 256; 0 is no limit
//   HOIAM_PUBLIC_URL    begins the address of every inbound endpoint; http://127.0.0.1:$HOIAM_HTTP_PORT
//   HOIAM_REPORTING_ZONE    IANA zone of the times on pages about cases, as of figures; UTC
//   HOIAM_WEBHOOK_KEY_FILE  file of the key from which webhook secrets are made and by which others are sealed
//   HOIAM_WEBHOOK_ALLOW     hosts, addresses and CIDR ranges by commas that webhooks may reach although they are not of
//                           the internet (receivers inside a cluster); empty
//   HOIAM_WEBHOOK_CA_FILE   certificates that receivers' are checked against; the system's
//   HOIAM_WEBHOOK_SCHEDULE  when deliveries are tried, durations by commas ("0s,100ms,1s"); 0, 5 s, … 24 h, ten in all.
//                           For tests: shortening it gives receivers less time to come back
#pragma once

#include <string>

#include "gateway/http/server.h"
#include "gateway/limit/limiter.h"
#include "gateway/webhook/sender.h"
#include "platform/config/env.h"

namespace hoiam::gateway {

struct Config {
  HttpServerOptions http;
  std::string grpc_address;
  RateLimits limits;
  std::string webhook_key;  // gateway/secrets/secret_key.h
  SenderOptions webhooks;
  std::string public_url;  // without a slash at its end
  absl::TimeZone zone;     // of the times on pages
};

// Mistakes are noted in `env`.
Config ReadConfig(config::Env& env);

}  // namespace hoiam::gateway
