// An HTTP client that sends exactly the bytes it is given, so that tests can be as wrong as they like.
#pragma once

#include <map>
#include <string>

namespace hoiam::testing {

struct RawResponse {
  int status = 0;                                   // 0: the connection ended before an answer
  std::multimap<std::string, std::string> headers;  // lower-case names
  std::string body;

  std::string Header(const std::string& name) const {
    const auto it = headers.find(name);
    return it == headers.end() ? "" : it->second;
  }
};

class RawClient {
 public:
  explicit RawClient(int port);
  ~RawClient();
  RawClient(const RawClient&) = delete;

  // False when the other side has closed.
  bool Send(const std::string& bytes);
  // The next answer on this connection. `head`: it is one to HEAD, without a body.
  RawResponse Read(bool head = false);
  // Whether the other side closes within ten seconds, without a further byte.
  bool Closed();

 private:
  bool Fill();
  int fd_;
  std::string buffer_;
};

// One request on a connection of its own.
RawResponse Fetch(int port, const std::string& method, const std::string& target, const std::string& body = "",
                  const std::string& headers = "");

}  // namespace hoiam::testing
