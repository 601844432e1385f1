#include "gateway/auth/authenticator.h"

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "gateway/auth/key_rules.h"
#include "gateway/auth/key_text.h"
#include "gateway/auth/test_mode.h"
#include "gateway/errors.h"
#include "gateway/limit/token_bucket.h"
#include "gateway/limits.h"
#include "gateway/store/keys.h"
#include "hoiam/gateway/v1/tenant_service.pb.h"
#include "platform/base/status.h"

namespace hoiam::gateway {

using Done = std::function<void(absl::StatusOr<Caller>)>;

struct Authenticator::Impl : std::enable_shared_from_this<Impl> {
  Impl(db::Pool& pool, rpc::Runtime& runtime, const Clock& clock) : pool(pool), runtime(runtime), clock(clock) {}

  // What the database said of a key.
  struct Known {
    absl::StatusOr<Caller> verdict;
    std::optional<absl::Time> expires_at;
    absl::Time read_at;

    bool FreshAt(absl::Time now) const { return now - read_at < kKeyLife && (!expires_at || now < *expires_at); }
  };
  using Memory = absl::flat_hash_map<std::string, Known>;  // by KeyHash

  // Asks the database on the pool, once for all who wait for the same key.
  void Lookup(const std::string& hash, const std::string& address) {
    const bool queued =
        runtime.Enqueue([self = shared_from_this(), hash, address] { self->Finish(hash, address, self->Read(hash)); });
    if (!queued) Finish(hash, address, rpc::internal::Overloaded());
  }

  absl::StatusOr<Known> Read(const std::string& hash) {
    const absl::Time now = clock.Now();  // before the read: what it finds is at least as old as this
    HOIAM_ASSIGN_OR_RETURN(const db::SystemDb db, db::SystemDb::Open(pool, now + absl::Seconds(2)));
    HOIAM_ASSIGN_OR_RETURN(const auto found, FindKeyBySecret(db, hash));
    if (!found) return Known{InvalidKey(), std::nullopt, now};
    const KeyRow& key = found->key;
    if (key.revoked_at) return Known{KeyRevoked(), std::nullopt, now};
    if (!key.LiveAt(now)) return Known{KeyExpired(), std::nullopt, now};
    if (found->tenant.state == v1::TenantState::SUSPENDED) return Known{TenantSuspended(), std::nullopt, now};
    const absl::Time minute = absl::FromUnixSeconds(absl::ToUnixSeconds(now) / 60 * 60);
    if (!found->last_used || *found->last_used < minute) {
      if (const auto own = db::TenantDb::Of(db, key.tenant_id); own.ok())
        NoteUse(*own, key.key_id, minute).IgnoreError();  // a call does not fail for it
    }
    const Caller caller{key.test_mode ? TestTenant(key.tenant_id) : key.tenant_id,
                        key.principal,
                        ScopesOf(key),
                        key.test_mode,
                        key.kind == v1::KeyKind::PUBLISHABLE,
                        RoleOf(key),
                        key.teams,
                        hash,
                        found->tenant.requests_per_second,
                        found->tenant.concurrent_requests};
    return Known{caller, key.expires_at, now};
  }

  void Finish(const std::string& hash, const std::string& address, absl::StatusOr<Known> result) {
    std::vector<Done> waiting;
    {
      std::lock_guard lock(mu);
      waiting = std::move(waiting_for[hash]);
      waiting_for.erase(hash);
      // A database that does not answer leaves what is known until its time is over.
      if (result.ok()) {
        const bool good = result->verdict.ok();
        (good ? refused : known).erase(hash);
        Memory& memory = good ? known : refused;
        if (memory.size() >= kMaxCachedKeys) memory.clear();
        memory.insert_or_assign(hash, *result);
      }
      const bool failed = result.ok() && ReasonOf(result->verdict.status()) == "INVALID_KEY";
      if (const auto it = failures.find(address); !failed && it != failures.end()) it->second.Return(kFailedKeysBurst);
    }
    for (Done& done : waiting) done(result.ok() ? result->verdict : absl::StatusOr<Caller>(result.status()));
  }

  // Before the database is asked about a key that was never good: whether it may be. A look takes a token, which it
  // gives back unless the key turns out unknown.
  TokenBucket::Look MayFail(const std::string& address, absl::Time now) {
    if (failures.size() >= kMaxBuckets)
      absl::erase_if(failures,
                     [&](const auto& f) { return f.second.FullAt(kFailedKeysPerSecond, kFailedKeysBurst, now); });
    if (failures.size() >= kMaxBuckets) failures.clear();
    return failures[address].Take(kFailedKeysPerSecond, kFailedKeysBurst, now);
  }

  db::Pool& pool;
  rpc::Runtime& runtime;
  const Clock& clock;
  std::mutex mu;
  Memory known, refused;
  absl::flat_hash_map<std::string, std::vector<Done>> waiting_for;  // an entry while a lookup runs
  absl::flat_hash_map<std::string, TokenBucket> failures;           // by address
};

Authenticator::Authenticator(db::Pool& pool, rpc::Runtime& runtime, const Clock& clock)
    : impl_(std::make_shared<Impl>(pool, runtime, clock)) {}
Authenticator::~Authenticator() = default;

void Authenticator::Authenticate(absl::string_view authorization, absl::string_view address, Done done) {
  if (authorization.empty()) return done(MissingKey());
  if (authorization.size() < 7 || !absl::EqualsIgnoreCase(authorization.substr(0, 7), "bearer "))
    return done(MissingKey());
  const absl::string_view text = absl::StripAsciiWhitespace(authorization.substr(7));
  if (!IsKeyText(text)) return done(InvalidKey());
  const std::string hash = KeyHash(text);
  const absl::Time now = impl_->clock.Now();
  std::optional<absl::StatusOr<Caller>> verdict;
  std::optional<std::string> lookup;  // on whose account
  {
    std::lock_guard lock(impl_->mu);
    auto it = impl_->known.find(hash);
    const bool was_good = it != impl_->known.end();
    const bool is_known = was_good || (it = impl_->refused.find(hash)) != impl_->refused.end();
    const bool fresh = is_known && it->second.FreshAt(now);
    if (fresh) verdict = it->second.verdict;
    // A good key is asked about again before its time is over, so that a busy one never waits.
    if (!fresh || (was_good && now - it->second.read_at >= kKeyRefresh)) {
      const auto waiting = impl_->waiting_for.find(hash);
      const bool first = waiting == impl_->waiting_for.end();
      if (first) {
        lookup = was_good ? "" : std::string(address);
        const auto look = was_good ? TokenBucket::Look{true} : impl_->MayFail(*lookup, now);
        if (!look.taken) {
          lookup.reset();
          verdict = TooManyFailedKeys(look.retry_after);
        }
      }
      if (!verdict) impl_->waiting_for[hash].push_back(std::move(done));
      if (verdict && lookup) impl_->waiting_for[hash];
    }
  }
  if (lookup) impl_->Lookup(hash, *lookup);
  if (verdict) done(*std::move(verdict));
}

}  // namespace hoiam::gateway
