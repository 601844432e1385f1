// The clock: says in the history of an open case that a deadline has passed, once per deadline, whatever the number of
// replicas. It only looks for what is due; whether it still is, is decided under the lock of the case's partition.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "platform/base/clock.h"
#include "platform/db/unit_of_work.h"
#include "platform/rpc/write.h"

namespace hoiam::loop {

class DeadlineWatch {
 public:
  // All must outlive it.
  DeadlineWatch(db::Pool& pool, rpc::Writer& writer, const Clock& clock)
      : pool_(pool), writer_(writer), clock_(clock) {}
  ~DeadlineWatch() { Stop(); }

  // Looks every kLookEvery from now on, on a thread of its own, until Stop.
  absl::Status Start();
  // Returns when the last look has ended.
  void Stop();

  // One look: at most kMaxDueCases cases, and how many there were. Blocks.
  absl::StatusOr<int> Look();

 private:
  void Run();
  db::Pool& pool_;
  rpc::Writer& writer_;
  const Clock& clock_;
  std::mutex mu_;
  std::condition_variable wake_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace hoiam::loop
