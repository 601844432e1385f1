#include "tests/rpc/gateway/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace hoiam::testing {

RawClient::RawClient(int port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
  timeval patience{10, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(static_cast<uint16_t>(port));
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd_, reinterpret_cast<sockaddr*>(&where), sizeof where) != 0) std::abort();
}

RawClient::~RawClient() { ::close(fd_); }

bool RawClient::Send(const std::string& bytes) {
  for (size_t sent = 0; sent < bytes.size();) {
    const ssize_t n = ::send(fd_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) return false;
    sent += n;
  }
  return true;
}

bool RawClient::Fill() {
  char chunk[65536];
  const ssize_t n = ::recv(fd_, chunk, sizeof chunk, 0);
  if (n <= 0) return false;
  buffer_.append(chunk, n);
  return true;
}

RawResponse RawClient::Read(bool head) {
  RawResponse r;
  size_t end;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
    if (!Fill()) return r;
  const std::string top = buffer_.substr(0, end);
  buffer_.erase(0, end + 4);
  size_t length = 0;
  for (absl::string_view line : absl::StrSplit(top, "\r\n")) {
    if (r.status == 0) {
      if (!absl::SimpleAtoi(line.substr(9, 3), &r.status)) return r;
      continue;
    }
    const std::pair<std::string, std::string> field = absl::StrSplit(line, absl::MaxSplits(": ", 1));
    r.headers.emplace(absl::AsciiStrToLower(field.first), field.second);
    if (absl::EqualsIgnoreCase(field.first, "content-length") && !absl::SimpleAtoi(field.second, &length)) std::abort();
  }
  if (head || r.status == 100) return r;
  while (buffer_.size() < length)
    if (!Fill()) return r;
  r.body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return r;
}

bool RawClient::Closed() {
  char byte;
  return buffer_.empty() && ::recv(fd_, &byte, 1, 0) == 0;
}

RawResponse Fetch(int port, const std::string& method, const std::string& target, const std::string& body,
                  const std::string& headers) {
  RawClient client(port);
  client.Send(absl::StrCat(method, " ", target, " HTTP/1.1\r\nHost: x\r\n", headers, "Content-Length: ", body.size(),
                           "\r\n\r\n", body));
  return client.Read(method == "HEAD");
}

}  // namespace hoiam::testing
