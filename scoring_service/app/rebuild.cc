#include "scoring_service/app/rebuild.h"

#include <algorithm>
#include <chrono>

#include "absl/strings/str_cat.h"
#include "platform/base/ids.h"
#include "platform/base/status.h"
#include "platform/observe/log.h"
#include "scoring_service/app/feeds.h"
#include "scoring_service/limits.h"

namespace hoiam::scoring {
namespace {

// A source or database that is away comes back; anything else is a mistake that may be one for good.
bool MayPass(const absl::Status& s) {
  return absl::IsUnavailable(s) || absl::IsAborted(s) || absl::IsResourceExhausted(s) || absl::IsDeadlineExceeded(s) ||
         absl::IsCancelled(s);
}

// Said to the operator; what is inside stays in the log.
std::string Told(const std::string& source, const absl::Status& s) {
  if (absl::IsUnimplemented(s)) return absl::StrCat(source, "_service cannot send what it has: ", s.message());
  return absl::StrCat("reading ", source, "_service failed: the log of scoring_service says why");
}

}  // namespace

std::string ConsumerOf(int64_t generation) {
  return generation == 1 ? "scoring" : absl::StrCat("scoring.", generation);
}

Rebuilder::Rebuilder(db::Pool& pool, const Clock& clock, const Sources& sources)
    : pool_(pool), clock_(clock), sources_(sources), owner_(NewUuid(clock.Now())) {}

Rebuilder::~Rebuilder() { Stop(); }

void Rebuilder::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void Rebuilder::Stop() {
  {
    std::lock_guard lock(mu_);
    stopping_ = true;
    if (running_) running_->Cancel();
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Rebuilder::Wake() {
  std::lock_guard lock(mu_);
  woken_ = true;
  wake_.notify_all();
}

bool Rebuilder::Pause(absl::Duration duration) {
  std::unique_lock lock(mu_);
  wake_.wait_for(lock, absl::ToChronoNanoseconds(duration), [this] { return stopping_ || woken_; });
  woken_ = false;
  return !stopping_;
}

void Rebuilder::Loop() {
  do {
    if (const absl::Status s = Work(); !s.ok()) observe::Warn("rebuild.waits", {{"why", std::string(s.message())}});
  } while (Pause(kLookAtGenerations));
}

absl::Status Rebuilder::Work() {
  GenerationTable table;
  {
    HOIAM_ASSIGN_OR_RETURN(const db::SystemDb db, db::SystemDb::Open(pool_, clock_.Now() + kDatabaseWait));
    HOIAM_ASSIGN_OR_RETURN(table, ReadGenerations(db));
  }
  for (const GenerationRow& row : table.rows) {
    const absl::Time now = clock_.Now();
    const bool read = row.state == GenerationState::kReading && row.layout == kLayout;
    const bool remove = row.state == GenerationState::kReplaced || row.state == GenerationState::kFailed;
    if (!(read || remove) || (row.lease_owner != owner_ && row.lease_until > now)) continue;
    HOIAM_ASSIGN_OR_RETURN(const db::SystemDb db, db::SystemDb::Open(pool_, now + kDatabaseWait));
    HOIAM_ASSIGN_OR_RETURN(const bool taken, TakeLease(db, row.number, row.state, owner_, now, now + kRebuildLease));
    if (taken) HOIAM_RETURN_IF_ERROR(read ? Read(row) : Delete(row));
  }
  return absl::OkStatus();
}

absl::Status Rebuilder::Renew(const db::SystemDb& db, const GenerationTable& table) {
  const GenerationRow* row = table.Building();
  const absl::Time now = clock_.Now();
  if (!row || row->lease_owner != owner_ || row->lease_until > now + kRebuildLease / 2) return absl::OkStatus();
  return TakeLease(db, row->number, GenerationState::kReading, owner_, now, now + kRebuildLease).status();
}

absl::Status Rebuilder::Read(const GenerationRow& row) {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(row.zone, &zone))
    return absl::InternalError(absl::StrCat("this machine does not know the zone ", row.zone));
  const Generation generation{row.number, zone};
  observe::Info("rebuild.reads", {{"generation", absl::StrCat(row.number)}, {"zone", row.zone}});
  int64_t read = 0;
  for (const char* source : {"survey", "loop"}) {
    const absl::Status s = ReadSource(row, generation, source, read, read);
    if (s.ok()) continue;
    if (absl::IsOutOfRange(s) || absl::IsCancelled(s)) return absl::OkStatus();  // somebody else's now, or stopping
    observe::Error("rebuild.failed", {{"generation", absl::StrCat(row.number)}, {"why", std::string(s.message())}});
    HOIAM_ASSIGN_OR_RETURN(const db::SystemDb db, db::SystemDb::Open(pool_, clock_.Now() + kDatabaseWait));
    return FailReading(db, row.number, owner_, Told(source, s), clock_.Now()).status();
  }
  HOIAM_ASSIGN_OR_RETURN(const db::SystemDb db, db::SystemDb::Open(pool_, clock_.Now() + kDatabaseWait));
  HOIAM_ASSIGN_OR_RETURN(const bool ended, EndReading(db, row.number, owner_, clock_.Now()));
  if (ended)
    observe::Info("rebuild.has_read", {{"generation", absl::StrCat(row.number)}, {"rows", absl::StrCat(read)}});
  return absl::OkStatus();
}

absl::Status Rebuilder::ReadSource(const GenerationRow& row, const Generation& generation, const std::string& source,
                                   int64_t before, int64_t& read) {
  SurveyFeed survey(generation);
  LoopFeed loop(generation);
  const bool of_survey = source == "survey";
  feed::BackfillOptions options;
  options.consumer = ConsumerOf(row.number);
  options.source = source;
  options.hold = [&](db::Session& session, uint64_t sent, uint64_t total) -> absl::Status {
    read = before + static_cast<int64_t>(sent);
    HOIAM_ASSIGN_OR_RETURN(const bool held,
                           HoldReading(session, row.number, owner_, read, before + static_cast<int64_t>(total),
                                       clock_.Now() + kRebuildLease));
    return held ? absl::OkStatus() : absl::OutOfRangeError("another process reads this generation");
  };
  for (int tries = 1;;) {
    feed::Backfill backfill(of_survey ? sources_.survey : sources_.loop, pool_,
                            of_survey ? static_cast<feed::EventHandler&>(survey) : loop, clock_, options);
    {
      std::lock_guard lock(mu_);
      if (stopping_) return absl::CancelledError("stopping");
      running_ = &backfill;
    }
    const absl::Status s = backfill.Run();
    {
      std::lock_guard lock(mu_);
      running_ = nullptr;
      if (stopping_ && !s.ok()) return absl::CancelledError("stopping");
    }
    if (s.ok() || absl::IsOutOfRange(s) || absl::IsUnimplemented(s)) return s;
    if (!MayPass(s) && tries++ == kRebuildTries) return s;
    observe::Warn("rebuild.begins_again", {{"source", source}, {"why", std::string(s.message())}});
    if (!Pause(kRebuildRetry)) return absl::CancelledError("stopping");
  }
}

absl::Status Rebuilder::Delete(const GenerationRow& row) {
  observe::Info("rebuild.deletes", {{"generation", absl::StrCat(row.number)}});
  HOIAM_ASSIGN_OR_RETURN(const db::SystemDb db, db::SystemDb::Open(pool_, clock_.Now() + kDatabaseWait));
  HOIAM_RETURN_IF_ERROR(FenceConsumer(db, ConsumerOf(row.number)));
  for (const std::string& table : GenerationTables()) {
    std::string tenant;
    for (;;) {
      HOIAM_ASSIGN_OR_RETURN(const int64_t rows, DeleteSome(db, table, row.number, kDeleteAtOnce, tenant));
      const absl::Time now = clock_.Now();
      HOIAM_ASSIGN_OR_RETURN(const bool ours, TakeLease(db, row.number, row.state, owner_, now, now + kRebuildLease));
      if (!ours) return absl::OkStatus();
      if (rows == 0) break;
      std::lock_guard lock(mu_);
      if (stopping_) return absl::OkStatus();
    }
  }
  return ForgetGeneration(db, row, owner_);
}

}  // namespace hoiam::scoring
