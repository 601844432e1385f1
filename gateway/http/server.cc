#include "gateway/http/server.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <set>
#include <thread>
#include <utility>  // before Asio's awaitable.hpp, which forgets it
#include <vector>

#include "absl/strings/str_cat.h"
#include "gateway/errors.h"
#include "gateway/limits.h"

namespace hoiam::gateway {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Parser = http::request_parser<http::string_body>;

class Connection;

// What the connections of one server share.
struct Shared : std::enable_shared_from_this<Shared> {
  explicit Shared(HttpHandler& handler) : handler(handler) {}

  HttpHandler& handler;
  HttpServerOptions options;
  std::mutex mu;
  std::condition_variable changed;
  std::set<Connection*> connections;
  bool stopping = false;
  asio::io_context io;  // last: it ends the connections, which use the rest
};

std::chrono::nanoseconds Nanos(absl::Duration d) { return absl::ToChronoNanoseconds(d); }

absl::string_view View(beast::string_view s) { return {s.data(), s.size()}; }

HttpRequest HeadOf(const Parser& parser) {
  HttpRequest head;
  const auto& message = parser.get();
  head.method = message.method() == http::verb::head ? "GET" : std::string(View(message.method_string()));
  head.target = std::string(View(message.target()));
  for (const auto& field : message) head.headers.emplace_back(View(field.name_string()), View(field.value()));
  return head;
}

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Shared& shared, tcp::socket socket) : shared_(shared), stream_(std::move(socket)) {
    std::lock_guard lock(shared_.mu);
    shared_.connections.insert(this);
  }
  ~Connection() {
    std::lock_guard lock(shared_.mu);
    shared_.connections.erase(this);
    shared_.changed.notify_all();
  }

  asio::awaitable<void> Run() {
    const auto self = shared_from_this();
    error_code ec;
    stream_.socket().set_option(tcp::no_delay(true), ec);
    for (bool more = true; more;) more = co_await Serve();
    stream_.socket().shutdown(tcp::socket::shutdown_send, ec);
    stream_.close();
  }

  // Closes it when it waits for a request. Called on its own strand.
  void CloseIfIdle() {
    if (idle_) stream_.close();
  }
  auto executor() { return stream_.get_executor(); }

 private:
  // One request and its answer; false when the connection is over.
  asio::awaitable<bool> Serve() {
    const bool arrived = co_await Arrive();
    if (!arrived) co_return false;
    Parser parser;
    parser.header_limit(kMaxHeaders);
    parser.body_limit(std::numeric_limits<uint64_t>::max());  // none: the limit depends on the path; checked below
    error_code ec;
    stream_.expires_after(Nanos(shared_.options.header_timeout));
    co_await http::async_read_header(stream_, buffer_, parser, asio::redirect_error(asio::use_awaitable, ec));
    HttpRequest head = HeadOf(parser);
    if (ec == http::error::header_limit || ec == http::error::buffer_overflow)
      co_return co_await Refuse(head, HeadersTooLarge(kMaxHeaders));
    if (ec && ec.category() == http::make_error_code(http::error::bad_method).category() &&
        ec != http::error::end_of_stream && ec != http::error::partial_message)
      co_return co_await Refuse(head, MalformedHttp());
    if (ec) co_return false;
    if (parser.get().version() != 11) co_return co_await Refuse(head, UnsupportedHttpVersion());
    if (head.target.empty() || head.target[0] != '/') co_return co_await Refuse(head, MalformedHttp());

    const size_t limit = shared_.handler.BodyLimit(head);
    if (parser.content_length() && *parser.content_length() > limit)
      co_return co_await Refuse(head, BodyTooLarge(limit));
    parser.body_limit(limit);
    if (!parser.is_done()) {
      if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
        const bool told = co_await Continue();
        if (!told) co_return false;
      }
      stream_.expires_after(Nanos(shared_.options.body_timeout));
      co_await http::async_read(stream_, buffer_, parser, asio::redirect_error(asio::use_awaitable, ec));
      if (ec == http::error::body_limit) co_return co_await Refuse(head, BodyTooLarge(limit));
      if (ec == http::error::bad_chunk || ec == http::error::bad_chunk_extension || ec == http::error::buffer_overflow)
        co_return co_await Refuse(head, MalformedHttp());
      if (ec) co_return false;
    }
    stream_.expires_never();
    const bool keep_alive = parser.get().keep_alive();
    const bool head_only = parser.get().method() == http::verb::head;
    head.body = std::move(parser.get().body());
    HttpResponse response = co_await Ask(std::move(head));
    co_return co_await Write(std::move(response), keep_alive, head_only);
  }

  // Waits for the first byte of a request.
  asio::awaitable<bool> Arrive() {
    if (buffer_.size() > 0) co_return true;  // pipelined
    {
      std::lock_guard lock(shared_.mu);
      if (shared_.stopping) co_return false;
    }
    idle_ = true;
    error_code ec;
    stream_.expires_after(Nanos(shared_.options.idle_timeout));
    const size_t n =
        co_await stream_.async_read_some(buffer_.prepare(4096), asio::redirect_error(asio::use_awaitable, ec));
    idle_ = false;
    buffer_.commit(n);
    co_return !ec && n > 0;
  }

  asio::awaitable<bool> Continue() {
    static const std::string kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    error_code ec;
    stream_.expires_after(Nanos(kWriteTimeout));
    co_await asio::async_write(stream_, asio::buffer(kContinue), asio::redirect_error(asio::use_awaitable, ec));
    co_return !ec;
  }

  // Hands a request to the handler and waits, without a thread, until it has an answer.
  asio::awaitable<HttpResponse> Ask(HttpRequest request) {
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(HttpResponse)>(
        [this](auto resume, HttpRequest q) {
          auto shared_resume = std::make_shared<decltype(resume)>(std::move(resume));
          // An answer may come when the server is gone: it keeps the server's memory, first so that it goes last.
          shared_.handler.Handle(std::move(q), [keep = shared_.shared_from_this(), strand = stream_.get_executor(),
                                                shared_resume](HttpResponse r) {
            asio::post(strand, [shared_resume, r = std::move(r)]() mutable { (*shared_resume)(std::move(r)); });
          });
        },
        asio::use_awaitable, std::move(request));
  }

  asio::awaitable<bool> Write(HttpResponse response, bool keep_alive, bool head_only) {
    {
      std::lock_guard lock(shared_.mu);
      keep_alive = keep_alive && !shared_.stopping;
    }
    http::response<http::string_body> out;
    out.version(11);
    out.result(static_cast<unsigned>(response.status));
    if (!response.content_type.empty()) out.set(http::field::content_type, response.content_type);
    for (const auto& [name, value] : response.headers) out.insert(name, value);
    out.content_length(response.body.size());
    out.keep_alive(keep_alive);
    if (!head_only) out.body() = std::move(response.body);
    error_code ec;
    stream_.expires_after(Nanos(kWriteTimeout));
    co_await http::async_write(stream_, out, asio::redirect_error(asio::use_awaitable, ec));
    co_return !ec && keep_alive;
  }

  // Answers, then reads and forgets a bounded rest: a client that is still sending would see a reset connection
  // instead.
  asio::awaitable<bool> Refuse(const HttpRequest& head, const absl::Status& why) {
    co_await Write(shared_.handler.Refuse(head, why), false, false);
    error_code ec;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ec);
    stream_.expires_after(Nanos(kDrainTimeout));
    std::vector<char> sink(64 << 10);
    for (size_t drained = 0; !ec && drained < kMaxDrained;)
      drained += co_await stream_.async_read_some(asio::buffer(sink), asio::redirect_error(asio::use_awaitable, ec));
    co_return false;
  }

  Shared& shared_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_{kMaxHeaders + (64 << 10)};
  bool idle_ = false;
};

asio::awaitable<void> Accept(Shared& shared, tcp::acceptor& acceptor) {
  asio::steady_timer pause(acceptor.get_executor());
  while (acceptor.is_open()) {
    error_code ec;
    tcp::socket socket(asio::make_strand(shared.io));
    co_await acceptor.async_accept(socket, asio::redirect_error(asio::use_awaitable, ec));
    if (ec) {  // out of file descriptors, or closed
      pause.expires_after(std::chrono::milliseconds(50));
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ec));
      continue;
    }
    {
      std::lock_guard lock(shared.mu);
      if (shared.stopping || shared.connections.size() >= kMaxConnections) continue;
    }
    auto connection = std::make_shared<Connection>(shared, std::move(socket));
    const auto executor = connection->executor();
    asio::co_spawn(
        executor, [connection = std::move(connection)] { return connection->Run(); }, asio::detached);
  }
}

}  // namespace

HttpServerOptions::HttpServerOptions()
    : idle_timeout(kIdleTimeout), header_timeout(kHeaderTimeout), body_timeout(kBodyTimeout) {}

struct HttpServer::Impl {
  explicit Impl(HttpHandler& handler) : shared(std::make_shared<Shared>(handler)), acceptor(shared->io) {}

  std::shared_ptr<Shared> shared;
  tcp::acceptor acceptor;
  std::vector<std::thread> threads;
};

HttpServer::HttpServer(HttpServerOptions options, HttpHandler& handler) : impl_(new Impl(handler)) {
  impl_->shared->options = std::move(options);
}

HttpServer::~HttpServer() { Stop(absl::ZeroDuration()); }

absl::Status HttpServer::Start() {
  auto& i = *impl_;
  const HttpServerOptions& o = i.shared->options;
  const auto where = [&] { return absl::StrCat(o.host, ":", o.port); };
  error_code ec;
  const auto address = asio::ip::make_address(o.host, ec);
  if (ec) return absl::InvalidArgumentError(absl::StrCat("not an address: ", o.host));
  const tcp::endpoint endpoint(address, static_cast<uint16_t>(o.port));
  i.acceptor.open(endpoint.protocol(), ec);
  if (!ec) i.acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
  if (!ec) i.acceptor.bind(endpoint, ec);
  if (!ec) i.acceptor.listen(asio::socket_base::max_listen_connections, ec);
  if (ec) return absl::UnavailableError(absl::StrCat("cannot listen on ", where(), ": ", ec.message()));
  asio::co_spawn(i.shared->io, Accept(*i.shared, i.acceptor), asio::detached);
  for (int t = 0; t < o.threads; ++t) i.threads.emplace_back([shared = i.shared] { shared->io.run(); });
  return absl::OkStatus();
}

int HttpServer::port() const {
  error_code ec;
  return impl_->acceptor.local_endpoint(ec).port();
}

void HttpServer::Stop(absl::Duration patience) {
  auto& i = *impl_;
  if (i.threads.empty()) return;
  std::vector<std::shared_ptr<Connection>> connections;  // released without the lock, which the last one to go takes
  std::unique_lock lock(i.shared->mu);
  i.shared->stopping = true;
  for (Connection* c : i.shared->connections) connections.push_back(c->weak_from_this().lock());
  lock.unlock();
  asio::post(i.shared->io, [&acceptor = i.acceptor] {
    error_code ec;
    acceptor.close(ec);
  });
  for (auto& c : connections) {
    if (c) asio::post(c->executor(), [c] { c->CloseIfIdle(); });
  }
  connections.clear();
  lock.lock();
  i.shared->changed.wait_for(lock, Nanos(patience), [&] { return i.shared->connections.empty(); });
  lock.unlock();
  i.shared->io.stop();
  for (auto& t : i.threads) t.join();
  i.threads.clear();
}

}  // namespace hoiam::gateway
