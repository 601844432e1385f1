// Does what is due, in every replica. It only looks for work; who has it is decided under the head lock of its
// subject's partition, so two replicas never hold one piece at once.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/base/clock.h"
#include "platform/db/tenant_db.h"
#include "platform/due/work.h"
#include "platform/rpc/write.h"

namespace hoiam::due {

// How late work may begin: nobody notices, and a look at an index costs some 100 µs.
inline constexpr absl::Duration kLookEvery = absl::Milliseconds(200);
// A database that does not answer in this time is looked at again later.
inline constexpr absl::Duration kTakeWithin = absl::Seconds(10);

// Does the work of one kind.
class Handler {
 public:
  virtual ~Handler() = default;
  // `taken` is leased to this replica until `until`. What was done must be finished (FinishWork) or put off
  // (PutOffWork) in the transaction that holds its effect; what is neither comes back at `until`. May block.
  virtual absl::Status Run(const std::vector<Work>& taken, absl::Time until) = 0;
};

// How one kind of work is taken.
struct TakeOptions {
  int workers = 1;  // threads that do it
  int batch = 1;    // pieces that a worker takes at once: workers × batch is the most that is in flight
  absl::Duration lease = absl::Seconds(60);
};

class Scheduler {
 public:
  // All must outlive it.
  Scheduler(db::Pool& pool, rpc::Writer& writer, const Clock& clock);
  ~Scheduler() { Stop(); }

  // Before Start. `handler` must outlive it.
  void Handle(int64_t kind, Handler& handler, TakeOptions options);

  // Looks at least every kLookEvery from now on, on threads of its own, until Stop.
  absl::Status Start();
  // Returns when the handlers that run have returned. What they leave unfinished comes back when its lease ends.
  void Stop();

  // One batch of each kind, on this thread; how many pieces there were. Blocks.
  absl::StatusOr<int> RunDue();

 private:
  struct Kind {
    int64_t kind;
    Handler& handler;
    TakeOptions options;
    std::mutex looking;  // one worker of a kind looks, the others wait for their turn
  };
  struct Taken {
    std::vector<Work> rows;
    absl::Time until;
    bool raced = false;  // another replica was faster with some
  };
  absl::StatusOr<Taken> Take(const Kind& kind);
  absl::Status Do(const Kind& kind, const Taken& taken);
  void RunWorker(Kind& kind);

  db::Pool& pool_;
  rpc::Writer& writer_;
  const Clock& clock_;
  const std::string owner_;  // this process
  std::vector<std::unique_ptr<Kind>> kinds_;
  std::mutex mu_;
  std::condition_variable wake_;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace hoiam::due
