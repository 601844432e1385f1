#include "gateway/limit/limiter.h"

#include "absl/strings/str_cat.h"
#include "gateway/errors.h"
#include "gateway/limits.h"

namespace hoiam::gateway {
namespace {

int64_t SecondsOf(absl::Duration d) { return absl::ToInt64Seconds(absl::Ceil(d, absl::Seconds(1))); }

}  // namespace

struct Limiter::Table {
  struct Rate {
    TokenBucket bucket;
    int64_t per_second = 1;
    int64_t burst() const { return per_second * kBurstSeconds; }
  };

  // The bucket of a name, with the rate that it has now.
  Rate& Of(absl::flat_hash_map<std::string, Rate>& rates, const std::string& name, int64_t per_second, absl::Time now) {
    if (rates.size() >= kMaxBuckets)
      absl::erase_if(rates,
                     [&](const auto& r) { return r.second.bucket.FullAt(r.second.per_second, r.second.burst(), now); });
    if (rates.size() >= kMaxBuckets) rates.clear();
    Rate& rate = rates[name];
    rate.per_second = per_second;
    return rate;
  }

  const RateLimits limits;
  std::mutex mu;
  absl::flat_hash_map<std::string, Rate> keys, tenants;
  absl::flat_hash_map<std::string, int64_t> under_way;  // by tenant; none is 0

  explicit Table(RateLimits l) : limits(l) {}
};

Limiter::Limiter(RateLimits limits, const Clock& clock) : table_(std::make_shared<Table>(limits)), clock_(clock) {}

Limiter::Admission Limiter::Admit(const Caller& caller) {
  const RateLimits& limits = table_->limits;
  const int64_t tenant_rate = caller.requests_per_second.value_or(limits.tenant_per_second);
  const int64_t concurrent = caller.concurrent_requests.value_or(limits.tenant_concurrent);
  const absl::Time now = clock_.Now();
  Admission out;
  std::lock_guard lock(table_->mu);

  // The key first: one that is too fast takes nothing from the others of its tenant.
  Table::Rate* key = nullptr;
  const auto tell = [&](absl::string_view name, const Table::Rate& rate, const TokenBucket::Look& look) {
    const char* comma = out.policy.empty() ? "" : ", ";
    absl::StrAppend(&out.policy, comma, "\"", name, "\";q=", rate.burst(), ";w=", kBurstSeconds);
    absl::StrAppend(&out.state, comma, "\"", name, "\";r=", look.left, ";t=", SecondsOf(look.full_after));
    if (!look.taken) out.status = RateLimited(name, look.retry_after);
  };
  if (limits.key_per_second > 0) {
    key = &table_->Of(table_->keys, caller.key, limits.key_per_second, now);
    tell("key", *key, key->bucket.Take(key->per_second, key->burst(), now));
    if (!out.status.ok()) return out;
  }
  if (tenant_rate > 0) {
    Table::Rate& tenant = table_->Of(table_->tenants, caller.tenant, tenant_rate, now);
    tell("tenant", tenant, tenant.bucket.Take(tenant.per_second, tenant.burst(), now));
    if (!out.status.ok()) {
      if (key) key->bucket.Return(key->burst());
      return out;
    }
  }
  if (concurrent > 0) {
    int64_t& under_way = table_->under_way[caller.tenant];
    if (under_way >= concurrent) {
      out.status = TooManyInFlight(concurrent);
      return out;
    }
    ++under_way;
    out.place = std::shared_ptr<void>(nullptr, [table = table_, tenant = caller.tenant](void*) {
      std::lock_guard lock(table->mu);
      const auto it = table->under_way.find(tenant);
      if (--it->second == 0) table->under_way.erase(it);
    });
  }
  return out;
}

}  // namespace hoiam::gateway
