// What came of each attempt, written down; and which webhooks this replica works. One thread with a connection of its
// own, so that sending never waits for a commit.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gateway/store/webhook_queue.h"
#include "gateway/webhook/http_sender.h"
#include "gateway/webhook/queue.h"
#include "gateway/webhook/schedule.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"

namespace hoiam::gateway {

struct Attempted {
  WebhookKey key;
  Queued delivery;
  HttpResult result;
  bool final = false;  // there is no use in trying again
};

struct Recorded {
  WebhookKey key;
  Queued delivery;
  std::optional<absl::Time> again;  // unset: it is over
  bool failing = false;             // the webhook: nothing but failures lately
};

// A webhook that is this replica's to work, for as long as it is told again before `until`.
struct Owned {
  WebhookRow webhook;
  bool failing = false;  // nothing but failures lately
  absl::Time until;
};

class Recorder {
 public:
  struct Listener {
    std::function<void(std::vector<Recorded>)> recorded;  // after their commit
    std::function<void(std::vector<Owned>)> owned;        // all of them, at least every kWebhookRefresh
    std::function<void()> queued;                         // events were appended
  };
  // Starts at once. The listener is called on the recorder's thread.
  Recorder(db::Pool& pool, const Clock& clock, Schedule schedule, Listener listener);
  // Writes what it was given, gives its leases back.
  ~Recorder();

  void Record(Attempted attempted);
  // Looks at the webhooks again now: one was changed.
  void Refresh();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hoiam::gateway
