#include "gateway/http/server.h"

#include <sys/resource.h>

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
#include "platform/observe/log.h"

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

// A socket whose waits end. (Beast's tcp_stream closes its socket when time is up; then nobody could be told why.)
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Shared& shared, tcp::socket socket)
      : shared_(shared), socket_(std::move(socket)), timer_(socket_.get_executor()) {
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
    socket_.set_option(tcp::no_delay(true), ec);
    if (const auto peer = socket_.remote_endpoint(ec); !ec) address_ = peer.address().to_string();
    // While a client is idle only this frame and that of Arrive are there.
    for (bool more = true; more;) {
      more = co_await Arrive();
      if (more) more = co_await Serve();
    }
    Within(absl::InfiniteDuration());
    socket_.shutdown(tcp::socket::shutdown_send, ec);
    socket_.close(ec);
  }

  // Closes it when it waits for a request. Called on its own strand.
  void CloseIfIdle() {
    error_code ec;
    if (idle_) socket_.close(ec);
  }
  auto executor() { return socket_.get_executor(); }

 private:
  // From now on, what waits on the socket is cut short after so long, and timed_out_ is set.
  void Within(absl::Duration d) {
    timed_out_ = false;
    const int64_t mine = ++waits_;
    if (d == absl::InfiniteDuration()) {
      timer_.cancel();
      return;
    }
    timer_.expires_after(Nanos(d));
    timer_.async_wait([weak = weak_from_this(), mine](error_code ec) {
      const auto self = weak.lock();
      if (ec || !self || self->waits_ != mine) return;
      self->timed_out_ = true;
      self->socket_.cancel(ec);
    });
  }

  // Waits for the first byte of a request.
  asio::awaitable<bool> Arrive() {
    if (buffer_.size() > 0) co_return true;  // pipelined
    buffer_.shrink_to_fit();                 // holds nothing while it waits
    {
      std::lock_guard lock(shared_.mu);
      if (shared_.stopping) co_return false;
    }
    idle_ = true;
    error_code ec;
    Within(shared_.options.idle_timeout);
    co_await socket_.async_wait(tcp::socket::wait_read, asio::redirect_error(asio::use_awaitable, ec));
    idle_ = false;
    co_return !ec;
  }

  // One request and its answer; false when the connection is over.
  asio::awaitable<bool> Serve() {
    Parser parser;
    parser.header_limit(kMaxHeaders);
    parser.body_limit(std::numeric_limits<uint64_t>::max());  // none: the limit depends on the path; checked below
    error_code ec;
    Within(shared_.options.header_timeout);
    co_await http::async_read_header(socket_, buffer_, parser, asio::redirect_error(asio::use_awaitable, ec));
    HttpRequest head = HeadOf(parser);
    head.address = address_;
    if (ec && timed_out_) co_return co_await Refuse(head, RequestTimeout());
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
      Within(shared_.options.body_timeout);
      co_await http::async_read(socket_, buffer_, parser, asio::redirect_error(asio::use_awaitable, ec));
      if (ec && timed_out_) co_return co_await Refuse(head, RequestTimeout());
      if (ec == http::error::body_limit) co_return co_await Refuse(head, BodyTooLarge(limit));
      if (ec == http::error::bad_chunk || ec == http::error::bad_chunk_extension || ec == http::error::buffer_overflow)
        co_return co_await Refuse(head, MalformedHttp());
      if (ec) co_return false;
    }
    Within(absl::InfiniteDuration());
    const bool keep_alive = parser.get().keep_alive();
    const bool head_only = parser.get().method() == http::verb::head;
    head.body = std::move(parser.get().body());
    HttpResponse response = co_await Ask(std::move(head));
    co_return co_await Write(std::move(response), keep_alive, head_only);
  }

  asio::awaitable<bool> Continue() {
    static const std::string kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    error_code ec;
    Within(kWriteTimeout);
    co_await asio::async_write(socket_, asio::buffer(kContinue), asio::redirect_error(asio::use_awaitable, ec));
    co_return !ec;
  }

  // Hands a request to the handler and waits, without a thread, until it has an answer.
  asio::awaitable<HttpResponse> Ask(HttpRequest request) {
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(HttpResponse)>(
        [this](auto resume, HttpRequest q) {
          auto shared_resume = std::make_shared<decltype(resume)>(std::move(resume));
          // An answer may come when the server is gone: it keeps the server's memory, first so that it goes last.
          shared_.handler.Handle(std::move(q), [keep = shared_.shared_from_this(), strand = socket_.get_executor(),
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
    // RFC 9110, 8.6: 204 has no length, and 304 could only say that of the 200.
    if (response.status != 204 && response.status != 304) out.content_length(response.body.size());
    out.keep_alive(keep_alive);
    if (!head_only) out.body() = std::move(response.body);
    error_code ec;
    Within(shared_.options.write_timeout);
    co_await http::async_write(socket_, out, asio::redirect_error(asio::use_awaitable, ec));
    co_return !ec && keep_alive;
  }

  // Answers, then reads and forgets a bounded rest: a client that is still sending would see a reset connection
  // instead.
  asio::awaitable<bool> Refuse(const HttpRequest& head, const absl::Status& why) {
    co_await Write(shared_.handler.Refuse(head, why), false, false);
    error_code ec;
    socket_.shutdown(tcp::socket::shutdown_send, ec);
    Within(kDrainTimeout);
    std::vector<char> sink(64 << 10);
    for (size_t drained = 0; !ec && drained < kMaxDrained;)
      drained += co_await socket_.async_read_some(asio::buffer(sink), asio::redirect_error(asio::use_awaitable, ec));
    co_return false;
  }

  Shared& shared_;
  tcp::socket socket_;
  asio::steady_timer timer_;
  int64_t waits_ = 0;  // which wait the timer is for
  bool timed_out_ = false;
  bool idle_ = false;
  beast::flat_buffer buffer_{kMaxHeaders + (64 << 10)};
  std::string address_;
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
    : idle_timeout(kIdleTimeout),
      header_timeout(kHeaderTimeout),
      body_timeout(kBodyTimeout),
      write_timeout(kWriteTimeout) {}

struct HttpServer::Impl {
  explicit Impl(HttpHandler& handler) : shared(std::make_shared<Shared>(handler)), acceptor(shared->io) {}

  std::shared_ptr<Shared> shared;
  tcp::acceptor acceptor;
  std::vector<std::thread> threads;
};

void RaiseFileLimit() {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur == files.rlim_max) return;
  files.rlim_cur = files.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &files) != 0)
    observe::Warn("http.file_limit", {{"wanted", absl::StrCat(files.rlim_cur)}});
}

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

int HttpServer::connections() const {
  std::lock_guard lock(impl_->shared->mu);
  return static_cast<int>(impl_->shared->connections.size());
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
