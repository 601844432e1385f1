#include "gateway/auth/authenticator.h"

#include <mutex>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "gateway/auth/key_text.h"
#include "gateway/errors.h"
#include "gateway/limits.h"
#include "gateway/store/keys.h"
#include "platform/base/status.h"

namespace hoiam::gateway {

using Done = std::function<void(absl::StatusOr<Caller>)>;

struct Authenticator::Impl : std::enable_shared_from_this<Impl> {
  Impl(db::Pool& pool, rpc::Runtime& runtime, const Clock& clock) : pool(pool), runtime(runtime), clock(clock) {}

  struct Known {
    Caller caller;
    std::optional<absl::Time> expires_at;
    absl::Time read_at;
  };

  // Asks the database on the pool, once for all who wait for the same key.
  void Lookup(const std::string& hash, bool test) {
    const bool queued =
        runtime.Enqueue([self = shared_from_this(), hash, test] { self->Finish(hash, self->Read(hash, test)); });
    if (!queued) Finish(hash, rpc::internal::Overloaded());
  }

  absl::StatusOr<Known> Read(const std::string& hash, bool test) {
    const absl::Time now = clock.Now();  // before the read: what it finds is at least as old as this
    HOIAM_ASSIGN_OR_RETURN(auto session, pool.Acquire(now + absl::Seconds(2)));
    HOIAM_ASSIGN_OR_RETURN(const auto found, FindKeyBySecret(*session, hash));
    if (!found) return InvalidKey();
    const KeyRow& key = found->key;
    if (key.revoked_at) return KeyRevoked();
    if (!key.LiveAt(now)) return KeyExpired();
    const absl::Time minute = absl::FromUnixSeconds(absl::ToUnixSeconds(now) / 60 * 60);
    if (!found->last_used || *found->last_used < minute)
      NoteUse(*session, key.tenant_id, key.key_id, minute).IgnoreError();  // a call does not fail for it
    return Known{{key.tenant_id, key.principal, ParseScopes(key.scopes), test}, key.expires_at, now};
  }

  void Finish(const std::string& hash, absl::StatusOr<Known> result) {
    std::vector<Done> waiting;
    {
      std::lock_guard lock(mu);
      waiting = std::move(waiting_for[hash]);
      waiting_for.erase(hash);
      // A refusal is forgotten; a database that does not answer leaves what is known until its time is over.
      if (result.ok()) {
        if (known.size() >= kMaxCachedKeys) known.clear();
        known[hash] = *result;
      } else if (absl::IsUnauthenticated(result.status())) {
        known.erase(hash);
      }
    }
    for (Done& done : waiting) {
      if (result.ok())
        done(result->caller);
      else
        done(result.status());
    }
  }

  db::Pool& pool;
  rpc::Runtime& runtime;
  const Clock& clock;
  std::mutex mu;
  absl::flat_hash_map<std::string, Known> known;                    // by KeyHash
  absl::flat_hash_map<std::string, std::vector<Done>> waiting_for;  // an entry while a lookup runs
};

Authenticator::Authenticator(db::Pool& pool, rpc::Runtime& runtime, const Clock& clock)
    : impl_(std::make_shared<Impl>(pool, runtime, clock)) {}
Authenticator::~Authenticator() = default;

void Authenticator::Authenticate(absl::string_view authorization, Done done) {
  if (authorization.empty()) return done(MissingKey());
  if (authorization.size() < 7 || !absl::EqualsIgnoreCase(authorization.substr(0, 7), "bearer "))
    return done(MissingKey());
  const absl::string_view text = absl::StripAsciiWhitespace(authorization.substr(7));
  if (!IsKeyText(text)) return done(InvalidKey());
  const std::string hash = KeyHash(text);
  const absl::Time now = impl_->clock.Now();
  std::optional<Caller> caller;
  bool lookup = false;
  {
    std::lock_guard lock(impl_->mu);
    const auto it = impl_->known.find(hash);
    const bool fresh = it != impl_->known.end() && now - it->second.read_at < kKeyLife &&
                       (!it->second.expires_at || now < *it->second.expires_at);
    if (fresh) caller = it->second.caller;
    if (!fresh || now - it->second.read_at >= kKeyRefresh) {
      auto [waiting, first] = impl_->waiting_for.try_emplace(hash);
      lookup = first;
      if (!fresh) waiting->second.push_back(std::move(done));
    }
  }
  if (lookup) impl_->Lookup(hash, IsTestKey(text));
  if (caller) done(*std::move(caller));
}

}  // namespace hoiam::gateway
