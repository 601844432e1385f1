#include "tests/support/cut_proxy.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tests/support/process.h"

namespace hoiam::testing {
namespace {

constexpr int kLookAgainMs = 20;  // whether we are stopping

sockaddr_un UnixAddress(const std::string& path) {
  sockaddr_un a{};
  a.sun_family = AF_UNIX;
  if (path.size() >= sizeof a.sun_path) Die("the path of a socket is too long: " + path);
  std::memcpy(a.sun_path, path.data(), path.size());
  return a;
}

int Connect(absl::string_view to) {
  if (absl::ConsumePrefix(&to, "unix:")) {
    const sockaddr_un a = UnixAddress(std::string(to));
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(fd, reinterpret_cast<const sockaddr*>(&a), sizeof a) == 0) return fd;
    close(fd);
    return -1;
  }
  const std::pair<std::string, std::string> place = absl::StrSplit(to, ':');
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(place.first.c_str(), place.second.c_str(), &hints, &found) != 0) return -1;
  int fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect(fd, found->ai_addr, found->ai_addrlen) != 0) {
    close(fd);
    fd = -1;
  }
  freeaddrinfo(found);
  const int on = 1;
  if (fd >= 0) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

bool SendAll(int fd, absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return true;
}

}  // namespace

CutProxy::CutProxy(std::string to) : to_(std::move(to)) {
  static std::atomic<int> made{0};
  if (absl::string_view path = to_; absl::ConsumePrefix(&path, "unix:")) {
    address_ = absl::StrCat(path, ".cut", ++made);
    const sockaddr_un a = UnixAddress(address_);
    listener_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listener_, reinterpret_cast<const sockaddr*>(&a), sizeof a) != 0) Die("cannot listen on " + address_);
  } else {
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof a;
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listener_, reinterpret_cast<sockaddr*>(&a), size) != 0 ||
        getsockname(listener_, reinterpret_cast<sockaddr*>(&a), &size) != 0)
      Die("no free port");
    address_ = absl::StrCat("127.0.0.1:", ntohs(a.sin_port));
  }
  if (listen(listener_, 64) != 0) Die("cannot listen on " + address_);
  accepting_ = std::thread([this] { Accept(); });
}

CutProxy::~CutProxy() {
  stopping_ = true;
  accepting_.join();
  for (std::thread& t : pumps_) t.join();
  close(listener_);
  if (absl::StartsWith(to_, "unix:")) unlink(address_.c_str());
}

void CutProxy::SetRule(Rule rule) {
  std::lock_guard<std::mutex> lock(mu_);
  rule_ = std::move(rule);
}

void CutProxy::Accept() {
  for (int connection = 0; !stopping_;) {
    pollfd p{listener_, POLLIN, 0};
    if (poll(&p, 1, kLookAgainMs) <= 0) continue;
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    if (refuse_) {
      close(client);
      continue;
    }
    pumps_.emplace_back([this, connection, client] { Pump(connection, client); });
    ++connection;
  }
}

void CutProxy::Pump(int connection, int client) {
  const int server = Connect(to_);
  char buffer[65536];
  pollfd p[2] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
  bool cut = false;
  for (bool open = server >= 0; open && !stopping_;) {
    if (poll(p, 2, kLookAgainMs) <= 0) continue;
    for (int side = 0; side < 2 && open; ++side) {
      if (!p[side].revents) continue;
      const ssize_t n = recv(p[side].fd, buffer, sizeof buffer, 0);
      if (n <= 0) {
        open = false;
        break;
      }
      const absl::string_view bytes(buffer, static_cast<size_t>(n));
      const Verdict verdict = Judge(connection, side == 0 ? Way::kToServer : Way::kToClient, bytes);
      cut = verdict.cut;
      open = SendAll(p[1 - side].fd, bytes.substr(0, verdict.pass)) && !cut;
    }
  }
  // The client sees a reset: an orderly end could be taken for the end of an answer.
  const linger reset{1, 0};
  if (cut) setsockopt(client, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  close(client);
  if (server >= 0) close(server);
  if (cut) ++cuts_;
}

CutProxy::Verdict CutProxy::Judge(int connection, Way way, absl::string_view bytes) {
  std::lock_guard<std::mutex> lock(mu_);
  return rule_ ? rule_(connection, way, bytes) : Verdict{bytes.size()};
}

}  // namespace hoiam::testing
