#include "tests/bench/rest_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "platform/base/clock.h"
#include "tests/support/process.h"

namespace hoiam::bench {
namespace {

using hoiam::testing::Die;

// Where an answer ends in what was read, 0 when it is not whole yet.
size_t EndOf(const std::string& in, size_t* body) {
  const size_t head = in.find("\r\n\r\n");
  if (head == std::string::npos) return 0;
  const size_t length = in.find("Content-Length: ");
  if (length == std::string::npos || length > head) Die("an answer without Content-Length: " + in);
  *body = head + 4;
  const size_t end = *body + std::strtoul(in.c_str() + length + 16, nullptr, 10);
  return in.size() >= end ? end : 0;
}

}  // namespace

RestClient::RestClient(const std::string& url, std::string key, int connections) : key_(std::move(key)) {
  absl::string_view rest = url;
  absl::ConsumePrefix(&rest, "http://");
  host_ = std::string(rest);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(std::atoi(host_.c_str() + host_.find(':') + 1)));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (int i = 0; i < connections; ++i) {
    const int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(s, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) Die("cannot connect to " + url);
    sockets_.push_back(s);
  }
}

RestClient::~RestClient() {
  for (int s : sockets_) close(s);
}

std::string RestClient::Request(const std::string& path, const std::string& body) const {
  const std::string head = absl::StrCat(body.empty() ? "GET " : "POST ", path, " HTTP/1.1\r\nHost: ", host_,
                                        "\r\nAuthorization: Bearer ", key_, "\r\n");
  if (body.empty()) return head + "\r\n";
  return absl::StrCat(head, "Content-Type: application/json\r\nContent-Length: ", body.size(), "\r\n\r\n", body);
}

double RestClient::Flood(const std::vector<std::string>& requests,
                         const std::function<void(size_t, double, const std::string&)>& each) {
  struct Conversation {
    size_t request = 0;
    absl::Time start;
    std::string answer;
  };
  std::vector<Conversation> conversations(sockets_.size());
  const int poll = epoll_create1(EPOLL_CLOEXEC);
  size_t next = 0, done = 0;
  const auto send_next = [&](size_t i) {
    if (next >= requests.size()) return;
    Conversation& c = conversations[i];
    c.request = next++;
    c.start = SystemClock().Now();
    c.answer.clear();
    const std::string& q = requests[c.request];
    if (send(sockets_[i], q.data(), q.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(q.size())) Die("send");
  };
  const absl::Time begin = SystemClock().Now();
  for (size_t i = 0; i < sockets_.size(); ++i) {
    epoll_event event{EPOLLIN, {.u64 = i}};
    epoll_ctl(poll, EPOLL_CTL_ADD, sockets_[i], &event);
    send_next(i);
  }
  std::vector<epoll_event> events(sockets_.size());
  std::string buffer(256 << 10, '\0');
  while (done < requests.size()) {
    const int n = epoll_wait(poll, events.data(), static_cast<int>(events.size()), 30'000);
    if (n <= 0) Die("no answer in 30 s");
    for (int e = 0; e < n; ++e) {
      const size_t i = events[e].data.u64;
      Conversation& c = conversations[i];
      const ssize_t got = recv(sockets_[i], buffer.data(), buffer.size(), 0);
      if (got <= 0) Die("the server closed a connection");
      c.answer.append(buffer, 0, got);
      size_t body = 0;
      if (EndOf(c.answer, &body) == 0) continue;
      if (!absl::StartsWith(c.answer, "HTTP/1.1 200 ")) Die(c.answer);
      if (each) each(c.request, absl::ToDoubleSeconds(SystemClock().Now() - c.start), c.answer.substr(body));
      ++done;
      send_next(i);
    }
  }
  close(poll);
  return absl::ToDoubleSeconds(SystemClock().Now() - begin);
}

}  // namespace hoiam::bench
