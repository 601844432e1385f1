// The gateway: who may call what; JSON, pages and errors.
#include <iostream>

#include "gateway/auth/authenticator.h"
#include "gateway/auth/key_service.h"
#include "gateway/auth/tenant_service.h"
#include "gateway/config.h"
#include "gateway/http/api.h"
#include "gateway/http/server.h"
#include "gateway/inbound/inbound_service.h"
#include "gateway/inbound/receiver.h"
#include "gateway/limits.h"
#include "gateway/migrations/migrations.h"
#include "gateway/pages/pages.h"
#include "gateway/proxy/dispatcher.h"
#include "gateway/proxy/public_grpc.h"
#include "gateway/route/route_table.h"
#include "gateway/secrets/secret_key.h"
#include "gateway/webhook/event_handler.h"
#include "gateway/webhook/event_service.h"
#include "gateway/webhook/sender.h"
#include "gateway/webhook/webhook_service.h"
#include "platform/base/status.h"
#include "platform/server/app.h"

int main() {
  using namespace hoiam;           // NOLINT
  using namespace hoiam::gateway;  // NOLINT
  server::App app({.name = "gateway", .migrations = &Migrations()});
  const Config config = ReadConfig(app.env());
  RaiseFileLimit();
  app.Start();

  const auto routes = RouteTable::Build(LinkedServices());
  if (!routes.ok()) {
    std::cerr << "gateway: " << routes.status().message() << "\n";
    return 2;
  }
  Authenticator authenticator(app.pool(), app.runtime(), app.clock());
  Limiter limiter(config.limits, app.clock());
  const Gate gate(authenticator, limiter);
  KeyService keys(app.runtime(), app.writer(), app.pool(), app.clock());
  TenantService tenants(app.runtime(), app.writer(), app.pool());
  app.Register(&keys);
  app.Register(&tenants);
  const SecretKey secrets(config.webhook_key);
  InboundService inbounds(app.runtime(), app.writer(), app.pool(), secrets, config.public_url);
  app.Register(&inbounds);

  Peers peers;
  for (const char* name : {"survey", "scoring", "loop", "gateway"}) peers[name] = app.Peer(name);
  Messages messages(peers["survey"]);
  Sender sender(app.pool(), secrets, messages, app.clock(), config.webhooks);
  WebhookService webhooks(app.runtime(), app.writer(), app.pool(), app.clock(), secrets, sender, config.webhooks.allow,
                          SystemResolver(kResolvePatience));
  EventService events(app.runtime(), app.pool(), messages);
  app.Register(&webhooks);
  app.Register(&events);
  EventHandler outside;
  for (const char* source : {"survey", "loop"})
    app.Follow(source, outside, {.gather = kGatherEvents, .on_applied = [&] { sender.Wake(); }});

  Dispatcher dispatcher(*routes, peers, app.runtime(), app.clock());
  Pages pages(peers["survey"], peers["loop"], config.public_url, app.clock(), config.zone);
  InboundReceiver inbound(*routes, dispatcher, limiter, secrets, app.pool(), app.runtime(), app.clock());
  Api api(*routes, gate, dispatcher, pages, {[&] { return app.Ready(); }, [&] { return app.MetricsText(); }},
          app.clock(), &inbound);
  HttpServer http(config.http, api);
  PublicGrpc grpc(*routes, gate, dispatcher, app.clock());

  app.OnServe(
      [&]() -> absl::Status {
        HOIAM_RETURN_IF_ERROR(dispatcher.Check());
        sender.Start();
        HOIAM_RETURN_IF_ERROR(http.Start());
        return grpc.Start(config.grpc_address);
      },
      [&] {
        http.Stop(kDrainPatience);
        grpc.Stop(app.clock().Now() + kDrainPatience);
        sender.Stop(app.clock().Now() + kDrainPatience);
      });
  return app.Serve();
}
