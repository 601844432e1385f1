#include "platform/server/app.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <sys/stat.h>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <list>
#include <map>
#include <mutex>
#include <thread>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/synchronization/mutex.h"
#include "platform/base/process_time.h"
#include "platform/base/status.h"
#include "platform/db/tenant_db.h"
#include "platform/observe/log.h"
#include "platform/observe/metrics.h"
#include "platform/rpc/runtime.h"
#include "platform/server/ops_server.h"

namespace hoiam::server {
namespace {

constexpr int kMaxMessage = 16 << 20;
// A failure travels in metadata, with one violation per bad field; gRPC would take 8 KiB.
constexpr int kMaxStatus = 256 << 10;
constexpr size_t kMaxQueuedReads = 1024;
constexpr absl::Duration kDrainFor = absl::Seconds(10);
constexpr absl::Duration kCheckEvery = absl::Milliseconds(500);
constexpr absl::Duration kTidyEvery = absl::Minutes(1);

// Replies that are past their 24 hours; a bounded number a time, so that no lock is held for long.
constexpr char kForgetReplies[] = "DELETE FROM idempotency WHERE expires_at < ? LIMIT 2000";

std::atomic<bool> stop_requested{false};

void OnSignal(int) { stop_requested = true; }

std::string JsonString(absl::string_view s) {
  std::string out = "\"";
  for (char c : s) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(static_cast<unsigned char>(c) < 0x20 ? ' ' : c);
  }
  return out + "\"";
}

}  // namespace

struct App::Impl {
  AppOptions options;
  config::Env env;
  std::string listen, ops_listen;
  std::map<std::string, std::string> peers;
  db::Url url;
  uint32_t partitions = 1;

  observe::Metrics metrics;
  std::unique_ptr<db::Pool> pool;
  std::unique_ptr<rpc::Runtime> runtime;
  std::unique_ptr<feed::Hub> hub;
  std::unique_ptr<db::WriteCombiner> combiner;
  std::unique_ptr<rpc::Writer> writer;
  std::list<std::unique_ptr<feed::Consumer>> consumers;
  std::vector<grpc::Service*> services;
  struct Check {
    std::string name;
    std::function<absl::Status()> check;
    absl::Status last = absl::UnavailableError("not checked yet");
  };
  std::mutex checks_mu;
  absl::Time checked = absl::InfinitePast();
  std::list<Check> checks;
  std::vector<std::pair<std::string, std::function<std::string()>>> facts;
  std::atomic<bool> listening{false}, draining{false};
  std::vector<std::function<absl::Status()>> starts;
  std::vector<std::function<void()>> stops;

  void Tidy(const Clock& clock) {
    const auto db = db::SystemDb::Open(*pool, clock.Now() + absl::Seconds(1));
    absl::Status s = db.ok() ? (*db)->Run(kForgetReplies, {clock.Now()}).status() : db.status();
    if (!s.ok()) observe::Warn("tidy.failed", {{"why", std::string(s.message())}});
  }

  void RunChecks() {
    const absl::Time now = SystemClock().Now();
    for (Check& c : checks) {
      absl::Status s = c.check();
      std::lock_guard lock(checks_mu);
      if (!s.ok() && c.last != s) observe::Warn("not_ready", {{"check", c.name}, {"why", std::string(s.message())}});
      c.last = std::move(s);
    }
    std::lock_guard lock(checks_mu);
    checked = now;
  }

  // A process with another number of partitions would take other locks than its replicas: it must not run.
  bool MustNotRun() {
    std::lock_guard lock(checks_mu);
    for (const Check& c : checks)
      if (ReasonOf(c.last) == "OTHER_PARTITIONS") {
        std::cerr << options.name << ": " << c.last.message() << "\n";
        return true;
      }
    return false;
  }
};

App::App(AppOptions options) : impl_(new Impl) {
  // Debian builds abseil with its search for lock cycles on: a stack trace for each new pair of mutexes inside gRPC.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  impl_->options = std::move(options);
  auto& i = *impl_;
  observe::InitLog(i.options.name, i.env.String("HOIAM_LOG_LEVEL", "info"));
  i.listen = i.env.Required("HOIAM_LISTEN", "where gRPC listens: unix:/path or host:port");
  i.ops_listen = i.env.String("HOIAM_OPS_LISTEN", "");
  i.partitions = static_cast<uint32_t>(i.env.Int("HOIAM_PARTITIONS", 1, 1, 64));
  if (const auto url = db::ParseUrl(i.env.Required("HOIAM_DB_URL", "mysql://user:password@host:port/prefix")); url.ok())
    i.url = *url;
  else
    i.env.Problem("HOIAM_DB_URL", url.status().message());
  if (const std::string file = i.env.String(kTestClockSetting, ""); !file.empty()) {
    if (const absl::Status moved = MoveClockBy(file); !moved.ok()) i.env.Problem(kTestClockSetting, moved.message());
  }
  for (const char* peer : {"survey", "scoring", "loop", "gateway"}) {
    const std::string name = absl::StrCat("HOIAM_", absl::AsciiStrToUpper(peer), "_ADDR");
    i.peers[peer] = i.env.String(name.c_str(), "");
  }
}

App::~App() {
  impl_->consumers.clear();
  impl_->writer.reset();
  impl_->combiner.reset();
  impl_->hub.reset();
}

config::Env& App::env() { return impl_->env; }

void App::Start() {
  auto& i = *impl_;
  if (!i.env.problems().empty()) {
    std::cerr << i.options.name << ": the settings are not right:\n";
    for (const std::string& p : i.env.problems()) std::cerr << "  " << p << "\n";
    std::exit(2);
  }
  std::signal(SIGTERM, OnSignal);
  std::signal(SIGINT, OnSignal);
  std::signal(SIGPIPE, SIG_IGN);
  db::InitDriver();
  i.pool = std::make_unique<db::Pool>(i.url, absl::StrCat(i.url.prefix, "_", i.options.name), i.options.db_connections);
  i.runtime = rpc::MakeRuntime(clock(), i.metrics, i.options.read_threads, kMaxQueuedReads);
  ReadyWhen("database", [this]() -> absl::Status {
    HOIAM_ASSIGN_OR_RETURN(const db::SystemDb db, db::SystemDb::Open(pool(), clock().Now() + absl::Seconds(2)));
    HOIAM_RETURN_IF_ERROR(db::CheckDurability(*db));
    return impl_->options.migrations ? db::CheckSchema(*db, *impl_->options.migrations, partitions())
                                     : absl::OkStatus();
  });
}

const Clock& App::clock() { return SystemClock(); }
db::Pool& App::pool() { return *impl_->pool; }
uint32_t App::partitions() { return impl_->partitions; }
rpc::Runtime& App::runtime() { return *impl_->runtime; }

feed::Hub& App::hub() {
  if (!impl_->hub) {
    impl_->hub = std::make_unique<feed::Hub>(pool(), impl_->options.name, partitions());
    Register(impl_->hub->service());
  }
  return *impl_->hub;
}

db::WriteCombiner& App::combiner() {
  if (!impl_->combiner) {
    db::CombinerOptions o;
    o.partitions = partitions();
    impl_->combiner =
        std::make_unique<db::WriteCombiner>(pool(), clock(), o, [&h = hub()](const db::Committed& c) { h.Publish(c); });
    auto stat = [this](const char* name, const char* help, auto read) {
      impl_->metrics.Gauge(name, help, [this, read] { return static_cast<double>(read(impl_->combiner->stats())); });
    };
    stat("hoiam_write_transactions_total", "Committed write transactions.",
         [](const auto& s) { return s.transactions; });
    stat("hoiam_write_commands_total", "Commands decided in them.", [](const auto& s) { return s.commands; });
    stat("hoiam_write_retries_total", "Transactions run again.", [](const auto& s) { return s.retries; });
    stat("hoiam_write_queue", "Commands waiting.", [](const auto& s) { return s.queued; });
  }
  return *impl_->combiner;
}

rpc::Writer& App::writer() {
  if (!impl_->writer) impl_->writer = std::make_unique<rpc::Writer>(combiner(), impl_->options.name);
  return *impl_->writer;
}

std::shared_ptr<grpc::Channel> App::Peer(const std::string& name) {
  const std::string& address = impl_->peers[name];
  if (address.empty()) {
    std::cerr << impl_->options.name << ": HOIAM_" << absl::AsciiStrToUpper(name) << "_ADDR must be set: where the "
              << name << " process listens\n";
    std::exit(2);
  }
  grpc::ChannelArguments args;
  args.SetMaxReceiveMessageSize(kMaxMessage);
  args.SetMaxSendMessageSize(kMaxMessage);
  args.SetInt(GRPC_ARG_MAX_METADATA_SIZE, kMaxStatus);
  args.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  args.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 50);
  args.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  args.SetString(GRPC_ARG_DEFAULT_AUTHORITY, "hoiam");
  args.SetLoadBalancingPolicyName("round_robin");
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), args);
}

feed::Consumer& App::Follow(const std::string& source, feed::EventHandler& handler, FollowOptions options) {
  feed::ConsumerOptions o;
  o.consumer = impl_->options.name;
  o.source = source;
  o.gather = options.gather;
  o.on_applied = std::move(options.on_applied);
  if (options.writes_own_log) {
    o.own_partitions = partitions();
    o.on_commit = [&h = hub()](const db::Committed& c) { h.Publish(c); };
  }
  impl_->consumers.push_back(std::make_unique<feed::Consumer>(Peer(source), pool(), handler, clock(), std::move(o)));
  feed::Consumer& consumer = *impl_->consumers.back();
  ReadyWhen(absl::StrCat("feed of ", source), [&consumer] { return consumer.health(); });
  impl_->metrics.Gauge(absl::StrCat("hoiam_feed_", source, "_applied_total"), "Events applied.",
                       [&consumer] { return static_cast<double>(consumer.stats().applied); });
  impl_->metrics.Gauge(absl::StrCat("hoiam_feed_", source, "_parked_total"),
                       "Events set aside because they could not be applied.",
                       [&consumer] { return static_cast<double>(consumer.stats().parked); });
  return consumer;
}

void App::Register(grpc::Service* service) { impl_->services.push_back(service); }

void App::ReadyWhen(std::string name, std::function<absl::Status()> check) {
  std::lock_guard lock(impl_->checks_mu);
  impl_->checks.push_back({std::move(name), std::move(check)});
}

void App::Tell(std::string name, std::function<std::string()> fact) {
  std::lock_guard lock(impl_->checks_mu);
  impl_->facts.emplace_back(std::move(name), std::move(fact));
}

observe::Metrics& App::metrics() { return impl_->metrics; }

void App::OnServe(std::function<absl::Status()> start, std::function<void()> stop) {
  impl_->starts.push_back(std::move(start));
  impl_->stops.push_back(std::move(stop));
}

std::pair<bool, std::string> App::Ready() {
  std::lock_guard lock(impl_->checks_mu);
  bool ready = impl_->listening && !impl_->draining;
  std::string json = absl::StrCat("{\"service\":", JsonString(impl_->options.name),
                                  ",\"draining\":", impl_->draining ? "true" : "false", ",\"checks\":{");
  bool first = true;
  for (const auto& c : impl_->checks) {
    ready &= c.last.ok();
    absl::StrAppend(&json, first ? "" : ",", JsonString(c.name), ":",
                    JsonString(c.last.ok() ? "ok" : c.last.message()));
    first = false;
  }
  absl::StrAppend(&json, "},\"facts\":{");
  first = true;
  for (const auto& [name, fact] : impl_->facts) {
    absl::StrAppend(&json, first ? "" : ",", JsonString(name), ":", JsonString(fact()));
    first = false;
  }
  absl::StrAppend(&json, "},\"checkTime\":\"",
                  absl::FormatTime(absl::RFC3339_full, impl_->checked, absl::UTCTimeZone()),
                  "\",\"ready\":", ready ? "true" : "false", "}\n");
  return {ready, json};
}

std::string App::MetricsText() { return impl_->metrics.Text(); }

int App::Serve() {
  auto& i = *impl_;
  // However this ends: what they apply with is the caller's, and goes before we do.
  const auto stop_consumers = absl::MakeCleanup([&i] {
    for (auto& consumer : i.consumers) consumer->Stop();
  });
  i.RunChecks();
  if (i.MustNotRun()) return 1;
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(kMaxMessage);
  builder.SetMaxSendMessageSize(kMaxMessage);
  builder.AddListeningPort(i.listen, grpc::InsecureServerCredentials());
  for (grpc::Service* s : i.services) builder.RegisterService(s);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (!server) {
    std::cerr << i.options.name << ": cannot listen on " << i.listen << "\n";
    return 1;
  }
  absl::string_view path = i.listen;
  if (absl::ConsumePrefix(&path, "unix:")) ::chmod(std::string(path).c_str(), 0600);
  auto* health = server->GetHealthCheckService();
  health->SetServingStatus(false);

  std::unique_ptr<OpsServer> ops;
  if (!i.ops_listen.empty()) {
    auto started = StartOpsServer(i.ops_listen, {[this] { return Ready(); }, [this] { return MetricsText(); }});
    if (!started.ok()) {
      std::cerr << i.options.name << ": " << started.status().message() << "\n";
      return 1;
    }
    ops = *std::move(started);
  }
  for (const auto& start : i.starts) {
    if (absl::Status s = start(); !s.ok()) {
      std::cerr << i.options.name << ": " << s.message() << "\n";
      return 1;
    }
  }
  i.listening = true;
  observe::Info("serving", {{"listen", i.listen}});

  bool was_ready = false;
  absl::Time next_check = absl::InfinitePast(), next_tidy = clock().Now() + kTidyEvery;
  while (!stop_requested) {
    if (clock().Now() >= next_check) {
      i.RunChecks();
      if (i.MustNotRun()) break;
      const bool ready = Ready().first;
      if (ready != was_ready) {
        health->SetServingStatus(ready);
        observe::Info(ready ? "ready" : "not_ready");
      }
      was_ready = ready;
      next_check = clock().Now() + (ready ? kCheckEvery : absl::Milliseconds(50));
    }
    if (clock().Now() >= next_tidy) {
      i.Tidy(clock());
      next_tidy = clock().Now() + kTidyEvery;
    }
    clock().Sleep(absl::Milliseconds(10));
  }

  observe::Info("draining");
  i.draining = true;
  health->SetServingStatus(false);
  for (auto it = i.stops.rbegin(); it != i.stops.rend(); ++it) (*it)();
  for (auto& consumer : i.consumers) consumer->Stop();
  if (i.hub) i.hub->Shutdown();  // streams never end by themselves
  server->Shutdown(OnMachine(clock().Now() + kDrainFor));
  server->Wait();
  observe::Info("stopped");
  return i.MustNotRun() ? 1 : 0;
}

}  // namespace hoiam::server
