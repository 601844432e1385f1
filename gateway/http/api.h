// The HTTP port's content: the REST API over the routes, the respondent's pages, and what operators ask.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "gateway/http/message.h"
#include "gateway/inbound/receiver.h"
#include "gateway/pages/pages.h"
#include "gateway/proxy/dispatcher.h"
#include "gateway/proxy/gate.h"
#include "gateway/route/route_table.h"
#include "platform/base/clock.h"

namespace hoiam::gateway {

// From server::App.
struct Operations {
  std::function<std::pair<bool, std::string>()> ready;  // and its detail as JSON
  std::function<std::string()> metrics;
};

class Api final : public HttpHandler {
 public:
  // All must outlive it. Without `inbound` nothing is received at /in/.
  Api(const RouteTable& routes, const Gate& gate, const Dispatcher& dispatcher, Pages& pages, Operations operations,
      const Clock& clock, InboundReceiver* inbound = nullptr)
      : routes_(routes),
        gate_(gate),
        dispatcher_(dispatcher),
        pages_(pages),
        operations_(std::move(operations)),
        clock_(clock),
        inbound_(inbound) {}

  size_t BodyLimit(const HttpRequest& head) override;
  void Handle(HttpRequest request, HttpReply reply) override;
  HttpResponse Refuse(const HttpRequest& head, const absl::Status& why) override;

 private:
  void Rest(HttpRequest request, std::string request_id, HttpReply reply);
  // Answers a browser that asks whether a page may call a path; false when it may not.
  bool Preflight(const HttpRequest& request, const HttpReply& reply);
  HttpResponse Operate(const HttpRequest& request);

  const RouteTable& routes_;
  const Gate& gate_;
  const Dispatcher& dispatcher_;
  Pages& pages_;
  const Operations operations_;
  const Clock& clock_;
  InboundReceiver* const inbound_;
};

}  // namespace hoiam::gateway
