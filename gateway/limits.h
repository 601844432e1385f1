// Every number of the gateway, and why it is that number.
#pragma once

#include <cstddef>

#include "absl/time/time.h"

namespace hoiam::gateway {

// --- what a caller may send (api.md)

inline constexpr size_t kMaxBody = 1 << 20;
inline constexpr size_t kMaxBatchBody = 8 << 20;
// With a field of bytes, which JSON has in base64: as many of these, and room for the rest.
inline constexpr size_t kMaxBytesBody = kMaxBody / 3 * 4 + (64 << 10);
// A survey has a few answers of at most 4,000 characters each.
inline constexpr size_t kMaxForm = 64 << 10;
// Of a link's token: 128 bits in base64url.
inline constexpr size_t kTokenCharacters = 22;
// A module of a QR code: sharp on a screen, and 1 mm or more on a receipt of 203 dpi.
inline constexpr int kQrPixels = 8;
// The same address is the same picture for ever; a changed HOIAM_PUBLIC_URL shows within a day.
inline constexpr char kQrCacheControl[] = "public, max-age=86400";
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

// How long a browser need not ask again whether a page may call.
inline constexpr absl::Duration kPreflightLife = absl::Hours(2);

// How long what runs may go on once we have been told to stop.
inline constexpr absl::Duration kDrainPatience = absl::Seconds(10);

// --- how much at once

// 10,000 idle clients, and room for those that are not. One that waits for its next request holds no buffer: about 3
// KB.
inline constexpr int kMaxConnections = 12'500;

// --- keys

// How long a key found in the database is believed: revoking bites within it (architecture: one second).
inline constexpr absl::Duration kKeyLife = absl::Milliseconds(900);
// From here on a use asks again in the background, so that a busy key never waits for the database.
inline constexpr absl::Duration kKeyRefresh = absl::Milliseconds(400);
// One to use and one to change to.
inline constexpr int kLiveKeysPerPrincipal = 2;
// All keys of a tenant are read together when one is made.
inline constexpr int kMaxKeysPerTenant = 1000;
inline constexpr size_t kMaxTeamsOfKey = 50;  // somebody who looks after more looks after all
// How long a rotated key works on when nothing is said, and at most.
inline constexpr absl::Duration kKeyOverlap = absl::Hours(24);
inline constexpr absl::Duration kMaxKeyOverlap = absl::Hours(24 * 30);
// Keys that turn out unknown, a second and at once, from one address: each costs a look at the database. Nobody guesses
// 178 bits; this keeps one who tries from keeping the database busy. Keys that were good before are never held up.
inline constexpr int64_t kFailedKeysPerSecond = 20;
inline constexpr int64_t kFailedKeysBurst = 100;
// Keys remembered at once; beyond them the memory starts anew.
inline constexpr size_t kMaxCachedKeys = 10'000;

// --- secrets

// Of the key file (gateway/secrets): as long as what is made from it.
inline constexpr size_t kMinSecretKeyBytes = 32;

// --- webhooks

inline constexpr size_t kMaxWebhookUrl = 2048;
inline constexpr size_t kMaxWebhookDescription = 256;
// Of a template, and of what it makes of one event: chats take 4 to 28 KB, and a case with its whole history fits.
inline constexpr size_t kMaxBodyTemplate = 16 << 10;
inline constexpr size_t kMaxRenderedBody = 1 << 20;
inline constexpr size_t kMaxPlaceholders = 200;
inline constexpr size_t kMaxContentType = 128;
// Each of them is one more row for each event.
inline constexpr int kMaxWebhooksPerTenant = 50;
// Of a name, when a webhook is made; the address that counts is the one connected to later.
inline constexpr absl::Duration kResolvePatience = absl::Seconds(2);
inline constexpr absl::Duration kSecretOverlap = absl::Hours(24);
inline constexpr absl::Duration kMaxSecretOverlap = absl::Hours(24 * 7);
// What Standard Webhooks asks of senders: a receiver that needs longer should queue.
inline constexpr absl::Duration kWebhookTimeout = absl::Seconds(15);
inline constexpr absl::Duration kWebhookConnectTimeout = absl::Seconds(5);
// Of the answer, which nobody reads.
inline constexpr size_t kMaxWebhookAnswer = 64 << 10;
// A receiver may ask for more time, but not for silence.
inline constexpr absl::Duration kMaxRetryAfter = absl::Hours(1);
// Events of different customers on their way to one webhook at a time; one at a time while it does nothing but fail.
inline constexpr size_t kMaxParallel = 8;
// With nothing but failures for so long a webhook is disabled.
inline constexpr absl::Duration kMaxFailing = absl::Hours(24 * 5);
// Of events and deliveries.
inline constexpr absl::Duration kKeepEvents = absl::Hours(24 * 30);
inline constexpr int kMaxReplayedIds = 1000;
inline constexpr int kMaxReplayed = 10'000;
// Looked at by one call that asks for rare types.
inline constexpr int64_t kMaxEventsScanned = 10'000;
// Of one queue in memory: a dead endpoint costs about 2 MB, however much waits.
inline constexpr size_t kMaxQueueInMemory = 10'000;
inline constexpr int kQueueRead = 1000;
// Least time between two transactions that take events over: what it adds to a webhook's way, at most.
inline constexpr absl::Duration kGatherEvents = absl::Milliseconds(1);
// A replica that does not answer for so long loses its queues to others.
inline constexpr absl::Duration kWebhookLease = absl::Seconds(10);
// Leases are renewed, and webhooks made elsewhere are seen.
inline constexpr absl::Duration kWebhookRefresh = absl::Seconds(1);
// What other replicas queued is looked for.
inline constexpr absl::Duration kWebhookPoll = absl::Milliseconds(50);
// Between two steps of forgetting, while there is something to forget, and when there was nothing.
inline constexpr absl::Duration kForgetEvery = absl::Milliseconds(100);
inline constexpr absl::Duration kForgetPause = absl::Minutes(1);
// Of asking survey_service for a link; then again after kMessagePause.
inline constexpr absl::Duration kMessageDeadline = absl::Seconds(2);
inline constexpr absl::Duration kMessagePause = absl::Seconds(1);
inline constexpr int kMaxMessages = 200;

// --- tenants (tenant_service.proto)

inline constexpr size_t kMaxTenantId = 48;
inline constexpr size_t kMaxTenantName = 256;
inline constexpr size_t kMaxSuspendReason = 512;
inline constexpr int64_t kMaxRate = 1'000'000;
inline constexpr int64_t kMaxConcurrency = 100'000;

// --- how many calls (HOIAM_RATE_KEY, HOIAM_RATE_TENANT, HOIAM_CONCURRENCY_TENANT; per replica)

// Requests a second; 0 is no limit. A batch is one request: it costs one look at a key, and its items are bounded.
inline constexpr int kDefaultRateKey = 1000;
inline constexpr int kDefaultRateTenant = 2000;
// So many seconds' worth may come at once: a CRM that writes its backlog after a pause is not refused.
inline constexpr int kBurstSeconds = 2;
// Under way at once. Little's law: 2,000 a second of 100 ms each.
inline constexpr int kDefaultConcurrencyTenant = 256;
// Keys, tenants and addresses that are counted at once; beyond them those that have their whole burst again are
// forgotten.
inline constexpr size_t kMaxBuckets = 20'000;

// --- inbound endpoints (gateway/inbound): a mapping is written by a person, and fits on a page

inline constexpr int kMaxInboundFields = 50;
inline constexpr int kMaxInboundConditions = 20;
inline constexpr int kMaxInboundConditionValues = 50;
inline constexpr size_t kMaxInboundPointer = 256;
inline constexpr size_t kMaxInboundConstant = 256;
inline constexpr size_t kMaxInboundPrefix = 64;
inline constexpr size_t kMaxInboundHeader = 128;
inline constexpr size_t kMaxInboundSecret = 256;
inline constexpr size_t kMaxInboundName = 256;
// Tills and shops of one company; all are read together when one is made.
inline constexpr size_t kMaxInboundsPerTenant = 100;
// In one body: 1,000 orders of 100 values. Each costs about 90 bytes while the body is mapped.
inline constexpr int kMaxInboundValues = 100'000;
// Requests at inbound addresses under way at once. Their senders come again; callers with a key must not wait for those
// who try addresses.
inline constexpr int kMaxInboundAtOnce = 32;
// Of finding out whose address it is.
inline constexpr absl::Duration kInboundLookup = absl::Seconds(2);

}  // namespace hoiam::gateway
