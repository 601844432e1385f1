#include "gateway/webhook/sender.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "gateway/limits.h"
#include "gateway/store/events.h"
#include "gateway/webhook/recorder.h"
#include "gateway/webhook/render.h"
#include "platform/base/status.h"
#include "platform/observe/log.h"

namespace hoiam::gateway {
namespace {

// An event that lacked something, and has it now, or not.
struct Completed {
  WebhookKey key;
  Queued delivery;
  absl::Status status;
  v1::PublicEvent event;
};

// What other threads tell the one that sends. Shared, because an answer of survey_service may outlive the sender.
struct Inbox {
  std::mutex mu;
  std::condition_variable cv;
  bool woken = false, stopping = false;
  std::vector<Recorded> recorded;
  std::optional<std::vector<Owned>> owned;
  std::vector<Completed> completed;

  template <class Change>
  void Tell(Change change) {
    {
      std::lock_guard lock(mu);
      change(*this);
      woken = true;
    }
    cv.notify_all();
  }
};

struct Work {
  Owned owned;
  DeliveryQueue queue;
  int64_t loaded = 0;    // positions up to here have been read
  bool dropped = false;  // not ours any more, or to be read anew: ends when nothing runs

  size_t Room(absl::Time now) const {
    const size_t most = owned.failing ? 1 : kMaxParallel;
    return dropped || now >= owned.until || queue.running() >= most ? 0 : most - queue.running();
  }
};

}  // namespace

struct Sender::Impl {
  db::Pool& pool;
  const SecretKey& key;
  Messages& messages;
  const Clock& clock;
  const SenderOptions options;
  const std::shared_ptr<Inbox> inbox = std::make_shared<Inbox>();
  std::mutex recorder_mu;  // of the pointer: Refresh comes from anywhere
  std::unique_ptr<Recorder> recorder;
  std::unique_ptr<HttpSender> http;

  // Own thread only.
  std::shared_ptr<db::Session> session;
  std::map<WebhookKey, Work> work;
  std::thread thread;

  Impl(db::Pool& p, const SecretKey& k, Messages& m, const Clock& c, SenderOptions o)
      : pool(p), key(k), messages(m), clock(c), options(std::move(o)) {}

  void Loop() {
    while (Listen()) {
      if (absl::Status s = Load(); !s.ok()) {
        observe::Warn("webhooks.not_loaded", {{"why", std::string(s.message())}});
        session.reset();
        clock.Sleep(absl::Milliseconds(100));
        continue;
      }
      SendDue();
    }
  }

  // Waits until there is something to do. False: stopping.
  bool Listen() {
    const absl::Time now = clock.Now();
    absl::Time until = now + (work.empty() ? kWebhookRefresh : kWebhookPoll);
    for (const auto& [k, w] : work)
      if (w.Room(now) > 0) until = std::min(until, w.queue.NextDue());
    std::vector<Recorded> recorded;
    std::vector<Completed> completed;
    std::optional<std::vector<Owned>> owned;
    {
      std::unique_lock lock(inbox->mu);
      inbox->cv.wait_for(lock, absl::ToChronoMicroseconds(std::max(until - now, absl::ZeroDuration())),
                         [&] { return inbox->woken || inbox->stopping; });
      if (inbox->stopping) return false;
      inbox->woken = false;
      recorded.swap(inbox->recorded);
      completed.swap(inbox->completed);
      owned.swap(inbox->owned);
    }
    if (owned) Adopt(*std::move(owned));
    for (Recorded& r : recorded) Settle(std::move(r));
    for (Completed& c : completed) Continue(std::move(c));
    std::erase_if(work, [](const auto& entry) { return entry.second.dropped && entry.second.queue.running() == 0; });
    return true;
  }

  void Adopt(std::vector<Owned> owned) {
    std::set<WebhookKey> ours;
    for (Owned& o : owned) {
      WebhookKey k(o.webhook.tenant_id, o.webhook.webhook_id);
      const auto [it, fresh] = work.try_emplace(k);
      Work& w = it->second;
      // Disabled and enabled again since: what was read then was given up.
      if (!fresh && w.owned.webhook.give_up_before != o.webhook.give_up_before) w.dropped = true;
      if (!w.dropped) w.owned = std::move(o);
      ours.insert(std::move(k));
    }
    for (auto& [k, w] : work)
      if (!ours.contains(k)) w.dropped = true;
  }

  void Settle(Recorded r) {
    const auto it = work.find(r.key);
    if (it == work.end()) return;
    Work& w = it->second;
    w.owned.failing = r.failing;
    if (r.again)
      w.queue.Again(std::move(r.delivery), *r.again);
    else
      w.queue.Done(r.delivery.position);
  }

  void Continue(Completed c) {
    const auto it = work.find(c.key);
    if (it == work.end()) return;
    if (c.status.ok()) return Post(it->first, it->second, std::move(c.delivery), c.event);
    observe::Warn("webhooks.no_message", {{"why", std::string(c.status.message())}});
    it->second.queue.Again(std::move(c.delivery), clock.Now() + kMessagePause);
  }

  // Reads what was queued since.
  absl::Status Load() {
    if (work.empty()) return absl::OkStatus();
    if (!session || !session->healthy()) {
      HOIAM_ASSIGN_OR_RETURN(session, pool.Open());
    }
    std::vector<std::string> tenants;
    for (const auto& [k, w] : work)
      if (tenants.empty() || tenants.back() != k.first) tenants.push_back(k.first);
    HOIAM_ASSIGN_OR_RETURN(const auto ends, ReadEnds(*session, tenants));
    for (const auto& [tenant, end] : ends) {
      for (auto it = work.lower_bound({tenant, ""}); it != work.end() && it->first.first == tenant; ++it) {
        Work& w = it->second;
        while (!w.dropped && w.loaded < end - 1 && w.queue.size() < kMaxQueueInMemory) {
          HOIAM_ASSIGN_OR_RETURN(auto waiting, ReadWaiting(*session, it->first, w.loaded, kQueueRead));
          w.loaded = waiting.size() < kQueueRead ? end - 1 : waiting.back().position;
          for (Queued& d : waiting) {
            w.loaded = std::max(w.loaded, d.position);
            w.queue.Add(std::move(d));
          }
        }
      }
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<PublicEventRow>> ReadEvents(const std::string& tenant, const std::vector<int64_t>& seqs) {
    HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, db::TenantDb::Of(db::SystemDb(session), tenant));
    return ReadEventsBySeq(db, seqs);
  }

  void SendDue() {
    const absl::Time now = clock.Now();
    for (auto& [k, w] : work) {
      std::vector<Queued> due = w.queue.Take(now, w.Room(now));
      if (due.empty()) continue;
      std::vector<int64_t> seqs;
      for (const Queued& d : due) seqs.push_back(d.seq);
      const auto events = ReadEvents(k.first, seqs);
      for (Queued& d : due) {
        if (!events.ok()) {
          w.queue.Again(std::move(d), now + absl::Milliseconds(100));
          continue;
        }
        const auto it = std::find_if(events->begin(), events->end(), [&](const auto& e) { return e.seq == d.seq; });
        v1::PublicEvent event;
        if (it == events->end() || !event.ParseFromString(it->body))
          recorder->Record({k, std::move(d), {.error = "the event is not kept any more", .started = now}, true});
        else if (NeedsMessage(event))
          Complete(k, std::move(d), std::move(event));
        else
          Post(k, w, std::move(d), event);
      }
      if (!events.ok()) session.reset();
    }
  }

  void Complete(const WebhookKey& k, Queued d, v1::PublicEvent event) {
    messages.Complete(k.first, std::move(event),
                      [inbox = inbox, k, d = std::move(d)](absl::Status s, v1::PublicEvent e) {
                        inbox->Tell([&](Inbox& in) { in.completed.push_back({k, d, std::move(s), std::move(e)}); });
                      });
  }

  void Post(const WebhookKey& k, const Work& w, Queued d, const v1::PublicEvent& event) {
    auto post = PostOf(w.owned.webhook, event, key, clock.Now());
    if (!post.ok()) {  // a body that is too long stays so; a key file may come back
      const bool final = absl::IsResourceExhausted(post.status());
      recorder->Record(
          {k, std::move(d), {.error = std::string(post.status().message()), .started = clock.Now()}, final});
      return;
    }
    http->Send(*std::move(post), [this, k, d = std::move(d)](HttpResult r) {
      recorder->Record({k, d, std::move(r), false});
    });
  }
};

Sender::Sender(db::Pool& pool, const SecretKey& key, Messages& messages, const Clock& clock, SenderOptions options)
    : impl_(std::make_unique<Impl>(pool, key, messages, clock, std::move(options))) {}

Sender::~Sender() { Stop(absl::InfinitePast()); }

void Sender::Start() {
  Impl& i = *impl_;
  i.http = std::make_unique<HttpSender>(i.options.allow, i.options.ca_file);
  Recorder::Listener listener;
  listener.recorded = [inbox = i.inbox](std::vector<Recorded> r) {
    inbox->Tell([&](Inbox& in) {
      in.recorded.insert(in.recorded.end(), std::make_move_iterator(r.begin()), std::make_move_iterator(r.end()));
    });
  };
  listener.owned = [inbox = i.inbox](std::vector<Owned> o) {
    inbox->Tell([&](Inbox& in) { in.owned = std::move(o); });
  };
  listener.queued = [inbox = i.inbox] { inbox->Tell([](Inbox&) {}); };
  {
    std::lock_guard lock(i.recorder_mu);
    i.recorder = std::make_unique<Recorder>(i.pool, i.clock, i.options.schedule, std::move(listener));
  }
  i.thread = std::thread([&i] { i.Loop(); });
}

void Sender::Stop(absl::Time deadline) {
  Impl& i = *impl_;
  if (!i.thread.joinable()) return;
  i.inbox->Tell([](Inbox& in) { in.stopping = true; });
  i.thread.join();
  i.http->WaitIdle(deadline);
  i.http.reset();
  std::unique_ptr<Recorder> recorder;
  {
    std::lock_guard lock(i.recorder_mu);
    recorder.swap(i.recorder);
  }
}

void Sender::Wake() {
  impl_->inbox->Tell([](Inbox&) {});
}

void Sender::Refresh() {
  std::lock_guard lock(impl_->recorder_mu);
  if (impl_->recorder) impl_->recorder->Refresh();
}

}  // namespace hoiam::gateway
