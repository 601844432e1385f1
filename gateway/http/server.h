// HTTP/1.1 over Boost.Beast and C++20 coroutines: connections, limits and timeouts. What is answered is the handler's.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gateway/http/message.h"

namespace hoiam::gateway {

struct HttpServerOptions {
  std::string host = "127.0.0.1";  // an address
  int port = 0;                    // 0: any free one
  int threads = 2;
  // Of limits.h; tests shorten them.
  absl::Duration idle_timeout;
  absl::Duration header_timeout;
  absl::Duration body_timeout;
  absl::Duration write_timeout;
  HttpServerOptions();
};

// As many connections as this process may have at all: many systems begin with 1,024.
void RaiseFileLimit();

class HttpServer {
 public:
  // `handler` must outlive it.
  HttpServer(HttpServerOptions options, HttpHandler& handler);
  ~HttpServer();

  // UNAVAILABLE when it cannot listen.
  absl::Status Start();
  int port() const;
  int connections() const;
  // Takes no more connections, closes idle ones, lets running requests finish for `patience`, then closes them.
  void Stop(absl::Duration patience);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hoiam::gateway
