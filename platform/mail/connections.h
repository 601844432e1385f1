// Connections to the mail server that are open and idle, for workers that send now and then.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "platform/mail/transport.h"

namespace hoiam::mail {

// For any number of threads.
class Connections {
 public:
  // `transport` must outlive it.
  explicit Connections(const Transport& transport) : transport_(transport) {}

  std::unique_ptr<Connection> Borrow() {
    std::lock_guard lock(mu_);
    if (idle_.empty()) return transport_.Connect();
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
  }
  void GiveBack(std::unique_ptr<Connection> connection) {
    std::lock_guard lock(mu_);
    idle_.push_back(std::move(connection));
  }

 private:
  const Transport& transport_;
  std::mutex mu_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace hoiam::mail
