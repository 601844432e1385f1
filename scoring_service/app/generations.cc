#include "scoring_service/app/generations.h"

#include <algorithm>
#include <chrono>

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "platform/feed/cursors.h"
#include "platform/observe/log.h"
#include "scoring_service/limits.h"

namespace hoiam::scoring {
namespace {

constexpr const char* kSources[] = {"survey", "loop"};
// A projection is read later: it gathers, and leaves the cores to those who write.
constexpr absl::Duration kGather = absl::Milliseconds(5);

feed::ConsumerOptions OptionsOf(int64_t generation, const std::string& source) {
  feed::ConsumerOptions o;
  o.consumer = ConsumerOf(generation);
  o.source = source;
  o.gather = kGather;
  return o;
}

bool IsFollowed(const GenerationRow& row, int64_t shown, absl::Time now) {
  if (row.layout > kLayout) return false;
  if (row.number == shown || row.state == GenerationState::kCatchingUp) return true;
  return row.state == GenerationState::kReplaced && row.lease_owner.empty() && row.lease_until > now;
}

}  // namespace

Following::Following(const Sources& sources, db::Pool& pool, const Clock& clock, Generation g)
    : generation(g),
      survey_feed_(g),
      loop_feed_(g),
      survey(sources.survey, pool, survey_feed_, clock, OptionsOf(g.number, "survey")),
      loop(sources.loop, pool, loop_feed_, clock, OptionsOf(g.number, "loop")) {}

void Following::Stop() {
  survey.Stop();
  loop.Stop();
}

Generations::Generations(db::Pool& pool, const Clock& clock, Sources sources, absl::TimeZone zone)
    : pool_(pool), clock_(clock), sources_(std::move(sources)), zone_(zone), rebuilder_(pool, clock, sources_) {}

Generations::~Generations() { Stop(); }

absl::Status Generations::Start() {
  thread_ = std::thread([this] { Loop(); });
  rebuilder_.Start();
  return absl::OkStatus();
}

void Generations::Stop() {
  {
    std::lock_guard lock(mu_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
  rebuilder_.Stop();
  for (auto& [number, following] : followed_) following->Stop();
}

void Generations::Loop() {
  for (;;) {
    const absl::StatusOr<absl::Duration> pause = Look();
    std::unique_lock lock(mu_);
    if (known_ != pause.status() && !pause.ok())
      observe::Warn("generations.not_known", {{"why", std::string(pause.status().message())}});
    known_ = pause.status();
    wake_.wait_for(lock, absl::ToChronoNanoseconds(pause.ok() ? *pause : kDatabaseRetry), [this] { return stopping_; });
    if (stopping_) return;
  }
}

absl::StatusOr<absl::Duration> Generations::Look() {
  const absl::Time now = clock_.Now();
  if (!session_ || !session_->healthy()) {
    HOIAM_ASSIGN_OR_RETURN(session_, pool_.Open());  // one of its own: reads may have all others
  }
  const db::SystemDb db(session_);
  HOIAM_ASSIGN_OR_RETURN(GenerationTable table, ReadGenerations(db));
  if (table.shown == 0) {
    HOIAM_RETURN_IF_ERROR(MakeFirstGeneration(db, zone_.name(), kLayout, now));
    HOIAM_ASSIGN_OR_RETURN(table, ReadGenerations(db));
  }
  HOIAM_RETURN_IF_ERROR(Follow(table, now));
  HOIAM_RETURN_IF_ERROR(Wish(db, table));
  HOIAM_RETURN_IF_ERROR(rebuilder_.Renew(db, table));
  const GenerationRow* next = table.Building();
  if (!next || next->state != GenerationState::kCatchingUp) {
    goal_.reset();
    return kLookAtGenerations;
  }
  HOIAM_RETURN_IF_ERROR(MaybeShow(db, table, *next));
  return kLookWhileCatchingUp;
}

// What is shown was made in another zone, or by an older release: makes it again, once, as this process does.
absl::Status Generations::Wish(const db::SystemDb& db, const GenerationTable& table) {
  const auto as_ours = [&](const GenerationRow& row) { return row.zone == zone_.name() && row.layout >= kLayout; };
  if (!looked_for_wish_) wishes_ = !as_ours(*table.Find(table.shown));
  looked_for_wish_ = true;
  if (!wishes_) return absl::OkStatus();
  if (const GenerationRow* building = table.Building()) {
    wishes_ = !as_ours(*building);
    return absl::OkStatus();
  }
  if (!as_ours(*table.Find(table.shown))) {
    observe::Info("rebuild.wished", {{"zone", zone_.name()}});
    const absl::Status s = BeginGeneration(db, table.rows.back().number + 1, zone_.name(), kLayout, "", clock_.Now());
    if (!s.ok() && !absl::IsAlreadyExists(s)) return s;
    if (absl::IsAlreadyExists(s)) return absl::OkStatus();  // looks again whether that one is as ours
    rebuilder_.Wake();
  }
  wishes_ = false;
  return absl::OkStatus();
}

absl::Status Generations::Follow(const GenerationTable& table, absl::Time now) {
  const GenerationRow* shown = table.Find(table.shown);
  if (!shown) return absl::InternalError("the generation that is shown is not there");
  if (shown->layout > kLayout)
    return absl::FailedPreconditionError("figures are those of a newer release: upgrade this process");
  for (const GenerationRow& row : table.rows) {
    if (!IsFollowed(row, table.shown, now) || followed_.contains(row.number)) continue;
    Generation generation{row.number, {}};
    if (!absl::LoadTimeZone(row.zone, &generation.zone))
      return absl::InternalError(absl::StrCat("this machine does not know the zone ", row.zone));
    followed_[row.number] = std::make_shared<Following>(sources_, pool_, clock_, generation);
  }
  const GenerationRow* building = table.Building();
  {
    std::lock_guard lock(mu_);
    shown_ = followed_.at(table.shown);
    building_number_ = building ? building->number : 0;
    looked_at_ = now;
    known_ = absl::OkStatus();
  }
  for (auto it = followed_.begin(); it != followed_.end();) {
    const GenerationRow* row = table.Find(it->first);
    if (row && IsFollowed(*row, table.shown, now)) {
      ++it;
      continue;
    }
    it->second->Stop();
    std::lock_guard lock(mu_);
    for (const auto& [source, stats] :
         {std::pair("survey", it->second->survey.stats()), {"loop", it->second->loop.stats()}}) {
      before_[source].applied += stats.applied;
      before_[source].parked += stats.parked;
    }
    it = followed_.erase(it);
  }
  return absl::OkStatus();
}

absl::StatusOr<Generations::Cursors> Generations::CursorsOf(const db::SystemDb& db, int64_t number) const {
  Cursors out;
  for (const char* source : kSources) {
    HOIAM_ASSIGN_OR_RETURN(const auto cursors, feed::ReadCursors(*db, ConsumerOf(number), source));
    for (const auto& [partition, c] : cursors) out[{source, partition}] = c.seq;
  }
  return out;
}

// Shows `next` once it stands where the shown one stood a look ago: nobody is shown less than before.
absl::Status Generations::MaybeShow(const db::SystemDb& db, const GenerationTable& table, const GenerationRow& next) {
  HOIAM_ASSIGN_OR_RETURN(const Cursors stands, CursorsOf(db, next.number));
  const bool reached = goal_ && std::all_of(goal_->begin(), goal_->end(), [&](const auto& goal) {
                         const auto it = stands.find(goal.first);
                         return it != stands.end() && it->second >= goal.second;
                       });
  if (!reached) {
    HOIAM_ASSIGN_OR_RETURN(goal_, CursorsOf(db, table.shown));
    return absl::OkStatus();
  }
  const absl::Time now = clock_.Now();
  HOIAM_ASSIGN_OR_RETURN(const bool shown, ShowGeneration(db, table.shown, next.number, now, now + kKeepReplaced));
  goal_.reset();
  if (shown) observe::Info("rebuild.shown", {{"generation", absl::StrCat(next.number)}});
  HOIAM_ASSIGN_OR_RETURN(const GenerationTable after, ReadGenerations(db));
  return Follow(after, now);
}

absl::StatusOr<Shown> Generations::ShownNow() const {
  HOIAM_ASSIGN_OR_RETURN(std::shared_ptr<Following> shown, Current());
  return Shown{shown->generation, {&shown->survey, &shown->loop}, shown};
}

absl::StatusOr<std::shared_ptr<Following>> Generations::Current() const {
  std::lock_guard lock(mu_);
  if (!shown_ || clock_.Now() - looked_at_ > kTrustALook)
    return known_.ok() ? absl::UnavailableError("what is shown could not be looked up lately") : known_;
  return shown_;
}

absl::StatusOr<GenerationTable> Generations::StartRebuild(const std::string& request, absl::Time deadline) {
  HOIAM_ASSIGN_OR_RETURN(const db::SystemDb db, db::SystemDb::Open(pool_, deadline));
  for (;;) {
    HOIAM_ASSIGN_OR_RETURN(GenerationTable table, ReadGenerations(db));
    const bool known =
        !request.empty() && std::any_of(table.rows.begin(), table.rows.end(),
                                        [&](const GenerationRow& row) { return row.request == request; });
    if (table.rows.empty()) return absl::UnavailableError("nothing has been counted yet");
    if (known || table.Building()) return table;
    const absl::Status s =
        BeginGeneration(db, table.rows.back().number + 1, zone_.name(), kLayout, request, clock_.Now());
    if (!s.ok() && !absl::IsAlreadyExists(s)) return s;
    rebuilder_.Wake();
    if (s.ok()) return ReadGenerations(db);
  }
}

absl::StatusOr<GenerationTable> Generations::Read(absl::Time deadline) const {
  HOIAM_ASSIGN_OR_RETURN(const db::SystemDb db, db::SystemDb::Open(pool_, deadline));
  return ReadGenerations(db);
}

absl::StatusOr<int64_t> Generations::BehindOf(int64_t shown, int64_t number, absl::Time deadline) const {
  HOIAM_ASSIGN_OR_RETURN(const db::SystemDb db, db::SystemDb::Open(pool_, deadline));
  HOIAM_ASSIGN_OR_RETURN(const Cursors stands, CursorsOf(db, number));
  HOIAM_ASSIGN_OR_RETURN(const Cursors goal, CursorsOf(db, shown));
  int64_t behind = 0;
  for (const auto& [place, seq] : goal) {
    const auto it = stands.find(place);
    const uint64_t at = it == stands.end() ? 0 : it->second;
    if (at < seq) behind += static_cast<int64_t>(seq - at);
  }
  return behind;
}

absl::Status Generations::Health(const std::string& source) const {
  HOIAM_ASSIGN_OR_RETURN(const std::shared_ptr<Following> shown, Current());
  return source == "survey" ? shown->survey.health() : shown->loop.health();
}

feed::Consumer::Stats Generations::Stats(const std::string& source) const {
  std::lock_guard lock(mu_);
  feed::Consumer::Stats stats;
  if (const auto it = before_.find(source); it != before_.end()) stats = it->second;
  if (!shown_) return stats;
  const auto now = source == "survey" ? shown_->survey.stats() : shown_->loop.stats();
  stats.applied += now.applied;
  stats.parked += now.parked;
  return stats;
}

int64_t Generations::ShownNumber() const {
  std::lock_guard lock(mu_);
  return shown_ ? shown_->generation.number : 0;
}

int64_t Generations::BuildingNumber() const {
  std::lock_guard lock(mu_);
  return building_number_;
}

}  // namespace hoiam::scoring
