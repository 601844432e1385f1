// Many keep-alive HTTP connections on one thread: as little client as there can be, so that what is measured is the
// server.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace hoiam::bench {

class RestClient {
 public:
  // `url` is "http://127.0.0.1:port".
  RestClient(const std::string& url, std::string key, int connections);
  ~RestClient();
  RestClient(const RestClient&) = delete;
  RestClient& operator=(const RestClient&) = delete;

  // A request as it goes over the wire. An empty body makes a GET.
  std::string Request(const std::string& path, const std::string& body = "") const;
  // Sends all of them, one after the other on each connection, and waits for the answers; answers the seconds it took.
  // Ends the program when one is not 200. `each` gets the index of a request, its seconds and the answer's body.
  double Flood(const std::vector<std::string>& requests,
               const std::function<void(size_t, double, const std::string&)>& each = {});

 private:
  std::string host_, key_;
  std::vector<int> sockets_;
};

}  // namespace hoiam::bench
