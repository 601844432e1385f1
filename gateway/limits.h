// Every number of the gateway, and why it is that number.
#pragma once

#include <cstddef>

#include "absl/time/time.h"

namespace hoiam::gateway {

// --- what a caller may send (api.md)

inline constexpr size_t kMaxBody = 1 << 20;
inline constexpr size_t kMaxBatchBody = 8 << 20;
// A survey has a few answers of at most 4,000 characters each.
inline constexpr size_t kMaxForm = 64 << 10;
// Request line and headers: room for a long filter and for four consistency tokens.
inline constexpr size_t kMaxHeaders = 16 << 10;
// Of every gRPC hop.
inline constexpr int kMaxMessage = 16 << 20;
inline constexpr size_t kMaxIdempotencyKey = 255;
// Of a failure's details on public gRPC: clients take 8 KiB of metadata unless told otherwise, and lose the failure
// beyond.
inline constexpr size_t kMaxStatusDetails = 6 << 10;
// Read and thrown away after a refusal, so that the caller can read the answer before the connection closes.
inline constexpr size_t kMaxDrained = 32 << 20;

// --- how long a caller may take

// Between requests on one connection; longer than the 60 s after which most proxies let go, so that they do it first.
inline constexpr absl::Duration kIdleTimeout = absl::Seconds(75);
inline constexpr absl::Duration kHeaderTimeout = absl::Seconds(10);
// 8 MiB in 60 s is 140 KB/s: a slow mobile link is served, a trickle is not.
inline constexpr absl::Duration kBodyTimeout = absl::Seconds(60);
inline constexpr absl::Duration kWriteTimeout = absl::Seconds(60);
inline constexpr absl::Duration kDrainTimeout = absl::Seconds(5);
// Of a call whose rule says nothing.
inline constexpr absl::Duration kDefaultDeadline = absl::Seconds(10);
// Of what the respondent's page asks survey_service.
inline constexpr absl::Duration kPageDeadline = absl::Seconds(5);
// A read that found no connection is tried once more, for this long: a service that restarts is back by then.
inline constexpr absl::Duration kRetryFor = absl::Seconds(1);

// How long what runs may go on once we have been told to stop.
inline constexpr absl::Duration kDrainPatience = absl::Seconds(10);

// --- how much at once

// About 20 KB each when idle.
inline constexpr int kMaxConnections = 8192;

// --- keys

// How long a key found in the database is believed: revoking bites within it (architecture: one second).
inline constexpr absl::Duration kKeyLife = absl::Milliseconds(900);
// From here on a use asks again in the background, so that a busy key never waits for the database.
inline constexpr absl::Duration kKeyRefresh = absl::Milliseconds(400);
// One to use and one to change to.
inline constexpr int kLiveKeysPerPrincipal = 2;
// All keys of a tenant are read together when one is made.
inline constexpr int kMaxKeysPerTenant = 1000;
// Keys remembered at once; beyond them the memory starts anew.
inline constexpr size_t kMaxCachedKeys = 10'000;

// --- secrets

// Of the key file (gateway/secrets): as long as what is made from it.
inline constexpr size_t kMinSecretKeyBytes = 32;

}  // namespace hoiam::gateway
