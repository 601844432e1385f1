// Which generation of the projections is written and which is read.
//
// Every process follows what is shown, what is being built and has been read, and for a while what was replaced: each
// with consumers of its own name, so that any number of processes follow it together. A generation is shown instead of
// another by one row, once it stands where the other one does. Processes look once a second.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"
#include "platform/feed/consumer.h"
#include "scoring_service/app/feeds.h"
#include "scoring_service/app/fresh_reads.h"
#include "scoring_service/app/rebuild.h"
#include "scoring_service/store/generations.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// One generation, as this process follows it.
class Following {
 public:
  Following(const Sources& sources, db::Pool& pool, const Clock& clock, Generation generation);
  void Stop();

  const Generation generation;

 private:
  SurveyFeed survey_feed_;
  LoopFeed loop_feed_;

 public:
  feed::Consumer survey, loop;
};

class Generations {
 public:
  // `zone`: of the figures that this process makes; what is shown may be of another one until it has been made again.
  // All arguments must outlive it.
  Generations(db::Pool& pool, const Clock& clock, Sources sources, absl::TimeZone zone);
  ~Generations();
  absl::Status Start();
  void Stop();

  // What is shown. UNAVAILABLE while that is not known, or was not looked up for so long that it may be gone.
  absl::StatusOr<Shown> ShownNow() const;

  // Begins to make everything again, or answers what is being made. The same request (not "") is not begun twice.
  absl::StatusOr<GenerationTable> StartRebuild(const std::string& request, absl::Time deadline);
  absl::StatusOr<GenerationTable> Read(absl::Time deadline) const;
  // Commits that the shown generation has counted and `number` has not.
  absl::StatusOr<int64_t> BehindOf(int64_t shown, int64_t number, absl::Time deadline) const;

  // Whether it follows `source`, "survey" or "loop".
  absl::Status Health(const std::string& source) const;
  feed::Consumer::Stats Stats(const std::string& source) const;
  // As last looked up; 0: none.
  int64_t ShownNumber() const;
  int64_t BuildingNumber() const;

 private:
  absl::StatusOr<std::shared_ptr<Following>> Current() const;
  using Cursors = std::map<std::pair<std::string, uint32_t>, uint64_t>;  // by source and partition

  void Loop();
  absl::StatusOr<absl::Duration> Look();  // how long to wait before the next look
  absl::Status Wish(const db::SystemDb& db, const GenerationTable& table);
  absl::Status Follow(const GenerationTable& table, absl::Time now);
  absl::Status MaybeShow(const db::SystemDb& db, const GenerationTable& table, const GenerationRow& next);
  absl::StatusOr<Cursors> CursorsOf(const db::SystemDb& db, int64_t number) const;

  db::Pool& pool_;
  const Clock& clock_;
  const Sources sources_;
  const absl::TimeZone zone_;
  Rebuilder rebuilder_;

  mutable std::mutex mu_;
  std::condition_variable wake_;
  bool stopping_ = false;
  absl::Status known_ = absl::UnavailableError("has not looked up yet what is shown");
  absl::Time looked_at_ = absl::InfinitePast();
  int64_t building_number_ = 0;
  std::shared_ptr<Following> shown_;
  std::map<std::string, feed::Consumer::Stats> before_;  // of what was followed and is not any more

  // Of the thread.
  std::shared_ptr<db::Session> session_;
  std::map<int64_t, std::shared_ptr<Following>> followed_;
  bool looked_for_wish_ = false, wishes_ = false;  // what is shown was not made as this process makes it
  std::optional<Cursors> goal_;                    // where the shown one stood a look ago
  std::thread thread_;
};

}  // namespace hoiam::scoring
