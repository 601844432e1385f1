// A proxy that cuts connections where a test says: between a caller and the gateway, or between a service and its
// database.
#pragma once

#include <atomic>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>

#include "absl/strings/string_view.h"

namespace hoiam::testing {

class CutProxy {
 public:
  enum class Way { kToServer, kToClient };
  // How many of the bytes pass, and whether the connection is cut on both sides after them.
  struct Verdict {
    size_t pass;
    bool cut = false;
  };
  // Asked about all bytes in the order in which they come, one call at a time; `connection` counts from 0.
  using Rule = std::function<Verdict(int connection, Way way, absl::string_view bytes)>;

  // Towards "host:port" or "unix:/path". Listens likewise: on a free port of 127.0.0.1, or on a socket beside `to` of
  // another name.
  explicit CutProxy(std::string to);
  ~CutProxy();
  CutProxy(const CutProxy&) = delete;

  // "127.0.0.1:port", or the path of the socket.
  const std::string& address() const { return address_; }
  // From now on; without a rule everything passes. Connections that were made before are asked about too.
  void SetRule(Rule rule);
  // Whether new connections are closed at once.
  void Refuse(bool refuse) { refuse_ = refuse; }
  // How many have been cut.
  int cuts() const { return cuts_; }

 private:
  void Accept();
  void Pump(int connection, int client);
  Verdict Judge(int connection, Way way, absl::string_view bytes);

  const std::string to_;
  std::string address_;
  int listener_ = -1;
  std::atomic<bool> stopping_{false}, refuse_{false};
  std::atomic<int> cuts_{0};
  std::mutex mu_;
  Rule rule_;
  std::list<std::thread> pumps_;
  std::thread accepting_;
};

}  // namespace hoiam::testing
