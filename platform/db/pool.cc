#include <chrono>
#include <condition_variable>
#include <mutex>

#include "platform/base/process_time.h"
#include "platform/base/status.h"
#include "platform/db/session.h"

namespace hoiam::db {

struct Pool::State {
  Url url;
  std::string schema;
  int max_size;
  std::mutex mu;
  std::condition_variable freed;
  std::vector<std::unique_ptr<Session>> idle;
  int in_use = 0;
};

Pool::Pool(Url url, std::string schema, int max_size)
    : state_(new State{std::move(url), std::move(schema), max_size}) {}
Pool::~Pool() = default;

const std::string& Pool::schema() const { return state_->schema; }

absl::StatusOr<Pool::Lease> Pool::Acquire(absl::Time deadline) {
  {
    std::unique_lock lock(state_->mu);
    const auto free = [&] { return state_->in_use < state_->max_size; };
    if (deadline == absl::InfiniteFuture()) {
      state_->freed.wait(lock, free);
    } else if (!state_->freed.wait_until(lock, OnMachine(deadline), free)) {
      return MakeError(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                       "no database connection became free in time");
    }
    ++state_->in_use;
    if (!state_->idle.empty()) {
      auto session = std::move(state_->idle.back());
      state_->idle.pop_back();
      return Lend(std::move(session));
    }
  }
  auto session = Open();
  if (!session.ok()) {
    Release(nullptr);
    return session.status();
  }
  return Lend(*std::move(session));
}

Pool::Lease Pool::Lend(std::unique_ptr<Session> session) {
  return Lease(session.release(), [this](Session* s) { Release(std::unique_ptr<Session>(s)); });
}

absl::StatusOr<std::unique_ptr<Session>> Pool::Open() { return Connect(state_->url, state_->schema); }

void Pool::Release(std::unique_ptr<Session> session) {
  std::vector<std::unique_ptr<Session>> dropped;  // closed outside of the lock
  {
    std::lock_guard lock(state_->mu);
    --state_->in_use;
    if (session && session->healthy()) {
      state_->idle.push_back(std::move(session));
    } else {
      dropped.swap(state_->idle);  // one lost connection: the others are not to be trusted either
      if (session) dropped.push_back(std::move(session));
    }
  }
  state_->freed.notify_one();
}

}  // namespace hoiam::db
