#include "gateway/webhook/http_sender.h"

#include <curl/curl.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gateway/limits.h"
#include "gateway/webhook/url.h"
#include "platform/base/clock.h"
#include "platform/base/process_time.h"

namespace hoiam::gateway {
namespace {

constexpr long kIdleConnections = 256;
constexpr char kUserAgent[] = "Hoiam/1.0 (webhooks)";

struct Transfer {
  HttpPost post;
  std::function<void(HttpResult)> done;
  const AllowList* allow = nullptr;
  bool host_allowed = false;
  bool refused = false;  // an address that was tried is not of the internet
  size_t received = 0;
  absl::Time started;
  curl_slist* headers = nullptr;
  CURL* easy = nullptr;

  ~Transfer() {
    curl_easy_cleanup(easy);
    curl_slist_free_all(headers);
  }
};

// The very address that is about to be connected to.
curl_socket_t OpenSocket(void* data, curlsocktype, curl_sockaddr* a) {
  auto& t = *static_cast<Transfer*>(data);
  const auto address = AddressOf(a->addr);
  if (!t.host_allowed && (!address || (!IsPublic(*address) && !t.allow->AllowsAddress(*address)))) {
    t.refused = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

// Headers and body are counted and thrown away.
size_t Discard(char*, size_t size, size_t n, void* data) {
  auto& t = *static_cast<Transfer*>(data);
  t.received += size * n;
  return t.received > kMaxWebhookAnswer ? 0 : size * n;
}

std::string Why(const Transfer& t, CURLcode code, long status) {
  if (status >= 300 && status < 400) return absl::StrCat("answered ", status, ": redirects are not followed");
  if (status != 0) return absl::StrCat("answered ", status);
  if (t.refused) return "address refused: not of the internet";
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return "the name of the host is not known";
    case CURLE_COULDNT_CONNECT:
      return "cannot connect";
    case CURLE_OPERATION_TIMEDOUT:
      return "timed out";
    case CURLE_SSL_CONNECT_ERROR:
      return "TLS handshake failed";
    case CURLE_PEER_FAILED_VERIFICATION:
      return "the certificate is not accepted";
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
      return "the connection was closed";
    case CURLE_WRITE_ERROR:
      return "the answer is too long";
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_HTTP2:
      return "does not speak HTTP";
    default:
      return absl::StrCat("failed (", static_cast<int>(code), ")");
  }
}

}  // namespace

struct HttpSender::Impl {
  const AllowList allow;
  const std::string ca_file;
  CURLM* const multi;
  std::atomic<bool> stopping{false};
  std::mutex mu;
  std::condition_variable idle;
  int under_way = 0;
  std::vector<std::unique_ptr<Transfer>> incoming;
  std::map<CURL*, std::unique_ptr<Transfer>> running;  // own thread only
  std::thread thread;

  Impl(AllowList a, std::string ca) : allow(std::move(a)), ca_file(std::move(ca)), multi(Init()) {
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, kIdleConnections);
  }

  static CURLM* Init() {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    return curl_multi_init();
  }

  void Begin(std::unique_ptr<Transfer> t) {
    CURL* e = t->easy = curl_easy_init();
    t->allow = &allow;
    t->host_allowed = allow.AllowsHost(HostOf(t->post.url));
    t->started = SystemClock().Now();
    for (const std::string& h : t->post.headers) t->headers = curl_slist_append(t->headers, h.c_str());
    t->headers = curl_slist_append(t->headers, "Expect:");
    curl_easy_setopt(e, CURLOPT_URL, t->post.url.c_str());
    curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(e, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(e, CURLOPT_HTTPHEADER, t->headers);
    curl_easy_setopt(e, CURLOPT_USERAGENT, kUserAgent);
    curl_easy_setopt(e, CURLOPT_POSTFIELDS, t->post.body.data());
    curl_easy_setopt(e, CURLOPT_POSTFIELDSIZE, static_cast<long>(t->post.body.size()));
    curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(e, CURLOPT_PROXY, "");
    curl_easy_setopt(e, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(e, CURLOPT_TCP_NODELAY, 1L);
    // A name server that does not answer must not hold the thread when the transfer is over.
    curl_easy_setopt(e, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, static_cast<long>(absl::ToInt64Milliseconds(kWebhookTimeout)));
    curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(absl::ToInt64Milliseconds(kWebhookConnectTimeout)));
    curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, OpenSocket);
    curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, t.get());
    curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, Discard);
    curl_easy_setopt(e, CURLOPT_WRITEDATA, t.get());
    curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, Discard);
    curl_easy_setopt(e, CURLOPT_HEADERDATA, t.get());
    if (!ca_file.empty()) curl_easy_setopt(e, CURLOPT_CAINFO, ca_file.c_str());
    curl_multi_add_handle(multi, e);
    running[e] = std::move(t);
  }

  void End(CURL* e, CURLcode code) {
    auto node = running.extract(e);
    std::unique_ptr<Transfer> t = std::move(node.mapped());
    HttpResult r;
    long status = 0;
    curl_easy_getinfo(e, CURLINFO_RESPONSE_CODE, &status);
    curl_off_t retry_after = 0;
    curl_easy_getinfo(e, CURLINFO_RETRY_AFTER, &retry_after);
    curl_multi_remove_handle(multi, e);
    r.status = static_cast<int>(status);
    r.started = t->started;
    r.took = SystemClock().Now() - t->started;
    // What follows a whole head is of no interest, whether or not it came to an end.
    if (status < 200 || status >= 300) {
      r.error = Why(*t, code, status);
      r.retry_after = absl::Seconds(retry_after);
    }
    t->done(std::move(r));
    std::lock_guard lock(mu);
    if (--under_way == 0) idle.notify_all();
  }

  void Loop() {
    while (!stopping) {
      std::vector<std::unique_ptr<Transfer>> fresh;
      {
        std::lock_guard lock(mu);
        fresh.swap(incoming);
      }
      for (auto& t : fresh) Begin(std::move(t));
      int left = 0;
      curl_multi_perform(multi, &left);
      int queued = 0;
      bool ended = false;
      while (const CURLMsg* m = curl_multi_info_read(multi, &queued)) {
        if (m->msg != CURLMSG_DONE) continue;
        End(m->easy_handle, m->data.result);
        ended = true;
      }
      if (!ended) curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
    }
  }
};

HttpSender::HttpSender(AllowList allow, std::string ca_file)
    : impl_(std::make_unique<Impl>(std::move(allow), std::move(ca_file))) {
  impl_->thread = std::thread([this] { impl_->Loop(); });
}

HttpSender::~HttpSender() {
  impl_->stopping = true;
  curl_multi_wakeup(impl_->multi);
  impl_->thread.join();
  for (auto& [easy, t] : impl_->running) curl_multi_remove_handle(impl_->multi, easy);
  impl_->running.clear();
  curl_multi_cleanup(impl_->multi);
}

void HttpSender::Send(HttpPost post, std::function<void(HttpResult)> done) {
  auto t = std::make_unique<Transfer>();
  t->post = std::move(post);
  t->done = std::move(done);
  {
    std::lock_guard lock(impl_->mu);
    impl_->incoming.push_back(std::move(t));
    ++impl_->under_way;
  }
  curl_multi_wakeup(impl_->multi);
}

void HttpSender::WaitIdle(absl::Time deadline) {
  std::unique_lock lock(impl_->mu);
  impl_->idle.wait_until(lock, OnMachine(deadline), [&] { return impl_->under_way == 0; });
}

}  // namespace hoiam::gateway
