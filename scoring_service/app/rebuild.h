// Makes a generation from the owners' tables, and deletes those that are shown no more. One process works on one, by a
// lease as a visibility time; what a process that died worked on is taken over.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"
#include "platform/db/tenant_db.h"
#include "platform/feed/backfill.h"
#include "scoring_service/store/generations.h"
#include "scoring_service/store/view.h"

namespace grpc {
class ChannelInterface;
}

namespace hoiam::scoring {

// Whose tables and feeds everything is made from.
struct Sources {
  std::shared_ptr<grpc::ChannelInterface> survey, loop;
};

// Name of the consumers of a generation: "scoring" for the first, "scoring.<n>" after that.
std::string ConsumerOf(int64_t generation);

class Rebuilder {
 public:
  // All arguments must outlive it.
  Rebuilder(db::Pool& pool, const Clock& clock, const Sources& sources);
  ~Rebuilder();
  void Start();
  void Stop();
  // There may be something to do now.
  void Wake();
  // Keeps what this process reads, while it waits for a source that takes long to begin.
  absl::Status Renew(const db::SystemDb& db, const GenerationTable& table);

 private:
  void Loop();
  absl::Status Work();
  absl::Status Read(const GenerationRow& row);
  // Everything of one source; tries again while that may help.
  absl::Status ReadSource(const GenerationRow& row, const Generation& generation, const std::string& source,
                          int64_t before, int64_t& read);
  absl::Status Delete(const GenerationRow& row);
  bool Pause(absl::Duration duration);  // false: stopping

  db::Pool& pool_;
  const Clock& clock_;
  const Sources& sources_;
  const std::string owner_;

  std::mutex mu_;
  std::condition_variable wake_;
  bool stopping_ = false, woken_ = false;
  feed::Backfill* running_ = nullptr;
  std::thread thread_;
};

}  // namespace hoiam::scoring
