#include "platform/server/ops_server.h"

#include <atomic>
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <thread>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace hoiam::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Protocol = asio::generic::stream_protocol;
using Socket = asio::basic_stream_socket<Protocol>;

http::response<http::string_body> Answer(const OpsAnswers& a, const http::request<http::empty_body>& q) {
  http::response<http::string_body> r(http::status::ok, q.version());
  const std::string target(q.target());
  r.set(http::field::content_type, "text/plain; charset=utf-8");
  if (target == "/livez") {
    r.body() = "ok\n";
  } else if (target == "/readyz" || target == "/readyz?verbose") {
    const auto [ready, detail] = a.ready();
    r.result(ready ? http::status::ok : http::status::service_unavailable);
    r.set(http::field::content_type, "application/json");
    r.body() = target == "/readyz" ? (ready ? "{\"ready\":true}\n" : "{\"ready\":false}\n") : detail;
  } else if (target == "/metrics") {
    r.set(http::field::content_type, "text/plain; version=0.0.4; charset=utf-8");
    r.body() = a.metrics();
  } else {
    r.result(http::status::not_found);
    r.body() = "/livez, /readyz, /readyz?verbose, /metrics\n";
  }
  r.keep_alive(false);
  r.prepare_payload();
  return r;
}

// One request per connection, one thread: probes and scrapers, never callers.
class BlockingOpsServer final : public OpsServer {
 public:
  BlockingOpsServer(OpsAnswers answers) : answers_(std::move(answers)), acceptor_(io_) {}

  absl::Status Listen(const std::string& address) {
    boost::system::error_code ec;
    absl::string_view rest = address;
    Protocol::endpoint endpoint;
    if (absl::ConsumePrefix(&rest, "unix:")) {
      path_ = std::string(rest);
      ::unlink(path_.c_str());
      endpoint = asio::local::stream_protocol::endpoint(path_);
    } else {
      const auto colon = rest.rfind(':');
      int port = 0;
      if (colon == absl::string_view::npos || !absl::SimpleAtoi(rest.substr(colon + 1), &port))
        return absl::InvalidArgumentError("HOIAM_OPS_LISTEN must be unix:/path or host:port");
      const auto ip = asio::ip::make_address(std::string(rest.substr(0, colon)), ec);
      if (ec) return absl::InvalidArgumentError("HOIAM_OPS_LISTEN must name an address, e.g. 0.0.0.0:8081");
      endpoint = asio::ip::tcp::endpoint(ip, static_cast<unsigned short>(port));
    }
    acceptor_.open(endpoint.protocol(), ec);
    if (!ec && path_.empty()) acceptor_.set_option(asio::socket_base::reuse_address(true), ec);
    if (!ec) acceptor_.bind(endpoint, ec);
    if (!ec) acceptor_.listen(16, ec);
    if (ec) return absl::UnavailableError(absl::StrCat("cannot listen on ", address, ": ", ec.message()));
    if (!path_.empty()) ::chmod(path_.c_str(), 0600);
    Accept();
    thread_ = std::thread([this] { io_.run(); });
    return absl::OkStatus();
  }

  ~BlockingOpsServer() override {
    io_.stop();
    if (thread_.joinable()) thread_.join();
    if (!path_.empty()) ::unlink(path_.c_str());
  }

 private:
  void Accept() {
    acceptor_.async_accept([this](boost::system::error_code ec, Socket socket) {
      if (ec == asio::error::operation_aborted) return;
      if (!ec) Serve(std::move(socket));
      Accept();
    });
  }
  void Serve(Socket socket) {
    struct Call {
      explicit Call(Socket s) : stream(std::move(s)) {}
      beast::basic_stream<Protocol> stream;
      beast::flat_buffer buffer{16 * 1024};
      http::request<http::empty_body> request;
      http::response<http::string_body> response;
    };
    auto call = std::make_shared<Call>(std::move(socket));
    call->stream.expires_after(std::chrono::seconds(5));
    http::async_read(call->stream, call->buffer, call->request, [this, call](boost::system::error_code ec, size_t) {
      if (ec) return;
      call->response = Answer(answers_, call->request);
      http::async_write(call->stream, call->response, [call](boost::system::error_code, size_t) {
        boost::system::error_code ignored;
        call->stream.socket().shutdown(Socket::shutdown_both, ignored);
      });
    });
  }

  const OpsAnswers answers_;
  asio::io_context io_{1};
  asio::basic_socket_acceptor<Protocol> acceptor_;
  std::string path_;
  std::thread thread_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<OpsServer>> StartOpsServer(const std::string& address, OpsAnswers answers) {
  auto server = std::make_unique<BlockingOpsServer>(std::move(answers));
  if (absl::Status s = server->Listen(address); !s.ok()) return s;
  return std::unique_ptr<OpsServer>(std::move(server));
}

}  // namespace hoiam::server
