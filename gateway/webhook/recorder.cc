#include "gateway/webhook/recorder.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gateway/limits.h"
#include "gateway/store/events.h"
#include "gateway/webhook/append.h"
#include "gateway/webhook/webhook_rules.h"
#include "platform/base/crypto.h"
#include "platform/base/status.h"
#include "platform/observe/log.h"

namespace hoiam::gateway {
namespace {

constexpr size_t kMaxBatch = 256;
constexpr int kSweepStep = 1000;
constexpr int kHttpGone = 410;
// What is sent must have been sent before somebody else may take the queue.
constexpr absl::Duration kLeaseMargin = absl::Seconds(2);

}  // namespace

struct Recorder::Impl {
  db::Pool& pool;
  const Clock& clock;
  const Schedule schedule;
  const Listener listener;
  const std::string owner = RandomBytes(16);

  std::mutex mu;
  std::condition_variable cv;
  std::deque<Attempted> attempts;
  bool refresh = true, stopping = false;

  // Own thread only.
  std::shared_ptr<db::Session> session;
  std::mt19937_64 random{std::random_device{}()};
  std::map<WebhookKey, std::optional<absl::Time>> failing;  // since when, of the webhooks that are ours
  absl::Time next_refresh = absl::InfinitePast(), next_step = absl::InfinitePast();
  std::deque<std::function<absl::StatusOr<int64_t>()>> to_forget;  // steps of one round
  bool forgot_something = false;
  std::thread thread;

  Impl(db::Pool& p, const Clock& c, Schedule s, Listener l)
      : pool(p), clock(c), schedule(std::move(s)), listener(std::move(l)) {}

  absl::Status EnsureSession() {
    if (session && session->healthy()) return absl::OkStatus();
    session.reset();
    HOIAM_ASSIGN_OR_RETURN(session, pool.Open());
    return absl::OkStatus();
  }

  void Loop() {
    while (true) {
      std::vector<Attempted> batch;
      bool look = false;
      {
        std::unique_lock lock(mu);
        const absl::Duration rest = std::min(next_refresh, next_step) - clock.Now();
        cv.wait_for(lock, absl::ToChronoMilliseconds(std::max(rest, absl::ZeroDuration())),
                    [&] { return !attempts.empty() || refresh || stopping; });
        while (!attempts.empty() && batch.size() < kMaxBatch) {
          batch.push_back(std::move(attempts.front()));
          attempts.pop_front();
        }
        if (batch.empty() && stopping) break;
        look = refresh;
        refresh = false;
      }
      if (!batch.empty()) RecordFully(std::move(batch));
      const absl::Time now = clock.Now();
      absl::Status s;
      if (look || now >= next_refresh) {
        s = Look();
        next_refresh = clock.Now() + kWebhookRefresh;
      } else if (now >= next_step) {
        s = ForgetStep();
      }
      if (!s.ok()) observe::Warn("webhooks.failed", {{"why", std::string(s.message())}});
    }
    if (EnsureSession().ok()) GiveBackLeases(*session, owner).IgnoreError();
  }

  // --- what came of attempts

  struct Judged {
    DeliveryResult row;
    Recorded told;
    bool gone = false;
  };

  Judged Judge(Attempted a, absl::Time now) {
    v1::Delivery log;
    log.ParseFromString(a.delivery.attempts);
    v1::DeliveryAttempt& attempt = *log.add_attempts();
    SetTime(a.result.started, attempt.mutable_time());
    attempt.set_http_status(a.result.status);
    attempt.set_duration_ms(static_cast<int32_t>(absl::ToInt64Milliseconds(a.result.took)));
    attempt.set_error(a.result.error);
    a.delivery.attempts = log.SerializeAsString();

    Judged j;
    j.gone = a.result.status == kHttpGone;
    j.row = {a.key, a.delivery.position, v1::DeliveryState::SUCCEEDED, std::nullopt, a.delivery.attempts};
    if (!a.result.error.empty()) {
      const double r = std::uniform_real_distribution<double>(0, 1)(random);
      if (!a.final && !j.gone) j.row.due_at = NextAttempt(schedule, log.attempts_size(), now, r, a.result.retry_after);
      j.row.state = j.row.due_at ? v1::DeliveryState::PENDING : v1::DeliveryState::FAILED;
    }
    j.told = {std::move(a.key), std::move(a.delivery), j.row.due_at, false};
    return j;
  }

  // Whatever it takes: a result that is not written is an event that is sent twice.
  void RecordFully(std::vector<Attempted> batch) {
    std::vector<Judged> judged;
    std::map<WebhookKey, std::optional<absl::Time>> changed;  // failing since
    std::map<WebhookKey, v1::DisableReason::Code> to_disable;
    const absl::Time now = clock.Now();
    for (Attempted& a : batch) {
      std::optional<absl::Time>& since = failing[a.key];
      const bool failed = !a.result.error.empty();
      if (failed != since.has_value()) {
        since = failed ? std::optional(a.result.started) : std::nullopt;
        changed[a.key] = since;
      }
      Judged& j = judged.emplace_back(Judge(std::move(a), now));
      if (j.gone)
        to_disable[j.row.key] = v1::DisableReason::GONE;
      else if (since && now - *since >= kMaxFailing)
        to_disable.try_emplace(j.row.key, v1::DisableReason::FAILING);
    }
    Insist([&] {
      return db::InTransaction(*session, [&]() -> absl::Status {
        for (const Judged& j : judged) HOIAM_RETURN_IF_ERROR(WriteResult(*session, j.row));
        for (const auto& [key, since] : changed) HOIAM_RETURN_IF_ERROR(WriteFailing(*session, key, since));
        return absl::OkStatus();
      });
    });
    for (const auto& [key, reason] : to_disable) {
      Insist([&, &key = key, reason = reason] { return DisableOne(key, reason, now); });
      observe::Warn("webhook.disabled",
                    {{"tenant", key.first}, {"webhook", key.second}, {"reason", v1::DisableReason::Code_Name(reason)}});
    }
    std::vector<Recorded> told;
    for (Judged& j : judged) {
      j.told.failing = failing[j.told.key].has_value();
      told.push_back(std::move(j.told));
    }
    if (!to_disable.empty()) {  // nothing more is sent to them: this is told before that these are over
      if (absl::Status s = Look(); !s.ok()) next_refresh = absl::InfinitePast();
      listener.queued();
    }
    listener.recorded(std::move(told));
  }

  void Insist(const std::function<absl::Status()>& write) {
    for (int tries = 1;; ++tries) {
      absl::Status s = EnsureSession();
      if (s.ok()) s = write();
      if (s.ok()) return;
      observe::Warn("webhooks.not_recorded", {{"why", std::string(s.message())}});
      std::unique_lock lock(mu);
      if (stopping && tries >= 20) return;  // sent again by whoever comes next
      cv.wait_for(lock, std::chrono::milliseconds(std::min(tries * 10, 500)), [] { return false; });
    }
  }

  absl::Status DisableOne(const WebhookKey& key, v1::DisableReason::Code reason, absl::Time now) {
    return db::InTransaction(*session, [&]() -> absl::Status {
      db::UnitOfWork uow;
      uow.Begin(0, key.first);
      WantQueues(uow, key.first);
      HOIAM_RETURN_IF_ERROR(uow.Load(*session));
      Disable(uow, key.first, key.second, reason, now);
      return uow.Flush(*session);
    });
  }

  // --- which webhooks are ours

  absl::Status Look() {
    HOIAM_RETURN_IF_ERROR(EnsureSession());
    const absl::Time until = clock.Now() + kWebhookLease - kLeaseMargin;
    if (!failing.empty()) HOIAM_RETURN_IF_ERROR(RenewLeases(*session, owner, kWebhookLease));
    HOIAM_ASSIGN_OR_RETURN(std::vector<WebhookRun> runs, ReadRuns(*session));
    std::vector<WebhookRun*> free;
    for (WebhookRun& run : runs)
      if (run.owner != owner && run.free) free.push_back(&run);
    if (!free.empty()) {
      HOIAM_RETURN_IF_ERROR(db::InTransaction(*session, [&]() -> absl::Status {
        for (WebhookRun* run : free) {
          const WebhookKey key(run->webhook.tenant_id, run->webhook.webhook_id);
          if (!run->known) HOIAM_RETURN_IF_ERROR(AddRun(*session, key));
          HOIAM_ASSIGN_OR_RETURN(const bool taken, TakeLease(*session, key, owner, kWebhookLease));
          if (taken) run->owner = owner;
        }
        return absl::OkStatus();
      }));
    }
    std::vector<Owned> owned;
    failing.clear();
    for (WebhookRun& run : runs) {
      if (run.owner != owner) continue;
      const WebhookKey key(run.webhook.tenant_id, run.webhook.webhook_id);
      if (run.webhook.give_up_before > run.swept_before) {
        HOIAM_RETURN_IF_ERROR(Sweep(key, run.webhook.give_up_before));
        run.failing_since.reset();
      }
      failing[key] = run.failing_since;
      if (run.webhook.state != v1::WebhookState::ENABLED) continue;
      owned.push_back({std::move(run.webhook), run.failing_since.has_value(), until});
    }
    listener.owned(std::move(owned));
    return absl::OkStatus();
  }

  absl::Status Sweep(const WebhookKey& key, int64_t before) {
    while (true) {
      HOIAM_ASSIGN_OR_RETURN(const int64_t given_up, GiveUpWaiting(*session, key, before));
      if (given_up < kSweepStep) return NoteSwept(*session, key, before);
    }
  }

  // --- what is too old

  absl::StatusOr<int64_t> ForgetEventsOf(const std::string& tenant, absl::Time before) {
    HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, db::TenantDb::Of(db::SystemDb(session), tenant));
    return ForgetEvents(db, before);
  }

  // One small statement at a time, between everything else; rests when a whole round found nothing.
  absl::Status ForgetStep() {
    next_step = clock.Now() + kForgetEvery;
    HOIAM_RETURN_IF_ERROR(EnsureSession());
    if (to_forget.empty()) {
      const absl::Time before = clock.Now() - kKeepEvents;
      HOIAM_ASSIGN_OR_RETURN(const auto tenants, ReadTenantsWithEvents(*session));
      HOIAM_ASSIGN_OR_RETURN(const auto keys, ReadWebhookKeys(*session));
      for (const std::string& t : tenants) to_forget.push_back([this, t, before] { return ForgetEventsOf(t, before); });
      for (const WebhookKey& k : keys)
        to_forget.push_back([this, k, before] { return ForgetDeliveries(*session, k, before); });
      forgot_something = false;
    } else {
      HOIAM_ASSIGN_OR_RETURN(const int64_t forgotten, to_forget.front()());
      to_forget.pop_front();
      forgot_something |= forgotten > 0;
    }
    if (to_forget.empty() && !forgot_something) next_step = clock.Now() + kForgetPause;
    return absl::OkStatus();
  }
};

Recorder::Recorder(db::Pool& pool, const Clock& clock, Schedule schedule, Listener listener)
    : impl_(std::make_unique<Impl>(pool, clock, std::move(schedule), std::move(listener))) {
  impl_->thread = std::thread([this] { impl_->Loop(); });
}

Recorder::~Recorder() {
  {
    std::lock_guard lock(impl_->mu);
    impl_->stopping = true;
  }
  impl_->cv.notify_all();
  impl_->thread.join();
}

void Recorder::Record(Attempted attempted) {
  {
    std::lock_guard lock(impl_->mu);
    impl_->attempts.push_back(std::move(attempted));
  }
  impl_->cv.notify_all();
}

void Recorder::Refresh() {
  {
    std::lock_guard lock(impl_->mu);
    impl_->refresh = true;
  }
  impl_->cv.notify_all();
}

}  // namespace hoiam::gateway
