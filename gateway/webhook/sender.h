// Sends what waits in the queues of webhooks. One queue per endpoint: a dead one delays nobody else. Within it
// different customers go side by side, one customer's events one after the other.
//
// At least once: a crash between the receiver's answer and its being written down sends the event again, under the same
// webhook-id. With any number of replicas each queue is worked by one of them, which holds its lease.
#pragma once

#include <memory>
#include <string>

#include "gateway/secrets/secret_key.h"
#include "gateway/webhook/address.h"
#include "gateway/webhook/messages.h"
#include "gateway/webhook/schedule.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"

namespace hoiam::gateway {

struct SenderOptions {
  Schedule schedule = DefaultSchedule();
  AllowList allow;
  std::string ca_file;  // of certificates to trust; "" for the system's
};

class Sender {
 public:
  // All must outlive it. Nothing happens before Start.
  Sender(db::Pool& pool, const SecretKey& key, Messages& messages, const Clock& clock, SenderOptions options);
  ~Sender();  // drops what is under way, unless it was stopped before

  void Start();
  // Sends no more, waits for what is under way until `deadline`, writes down what came of it.
  void Stop(absl::Time deadline);

  // Something was queued by this process: sending begins at once. From any thread, does not block.
  void Wake();
  // A webhook was made or changed by this process.
  void Refresh();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hoiam::gateway
