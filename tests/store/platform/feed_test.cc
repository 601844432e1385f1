// A source with a combiner and a hub, a reader with a consumer, over real sockets and a real database.
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "platform/base/ids.h"
#include "platform/base/status.h"
#include "platform/feed/consumer.h"
#include "platform/feed/hub.h"
#include "platform/feed/token.h"
#include "tests/store/platform/note_row.h"
#include "tests/support/database.h"
#include "tests/support/matchers.h"

namespace hoiam::feed {
namespace {

using hoiam::event::v1::Event;
using testing::IsOk;
using testing::Note;
using testing::NoteId;
using testing::StatusIs;
using testing::Tally;

// Adds one per event to the tally of its subject: shows a lost or doubled effect as a wrong number.
class CountingHandler : public EventHandler {
 public:
  void Want(const Event& e, db::UnitOfWork& uow) override {
    uow.Want<Note>({e.customer().segment() == "wants too much" ? "other" : e.tenant_id(), "seen", e.event_id()});
  }
  absl::Status Apply(const Event& e, db::UnitOfWork& uow, absl::Time) override {
    if (e.kind_case() == Event::KIND_NOT_SET) return absl::UnimplementedError("unknown");
    if (e.customer().segment() == "poison") return absl::InvalidArgumentError("cannot be applied");
    if (e.customer().segment() == "trespasses") uow.Put(Note{"other", "x", e.event_id(), ""});
    if (e.customer().segment() == "too long") uow.Put(Note{e.tenant_id(), "x", e.event_id(), std::string(500, 'x')});
    uow.Add(Tally{e.tenant_id(), e.subject(), 1, {}});
    if (emits) uow.Emit(e.SerializeAsString());
    return absl::OkStatus();
  }
  bool emits = false;
};

class FeedTest : public ::testing::Test {
 protected:
  FeedTest() { StartSource(); }
  ~FeedTest() override { StopSource(); }

  void StartSource() {
    hub_ = std::make_unique<Hub>(source_.pool(), "survey", kPartitions);
    db::CombinerOptions o;
    o.partitions = kPartitions;
    combiner_ = std::make_unique<db::WriteCombiner>(source_.pool(), SystemClock(), o,
                                                    [hub = hub_.get()](const db::Committed& c) { hub->Publish(c); });
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:" + std::to_string(port_), grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(hub_->service());
    server_ = builder.BuildAndStart();
    ASSERT_NE(server_, nullptr);
  }
  void StopSource() {
    if (!server_) return;
    hub_->Shutdown();
    server_->Shutdown();
    server_.reset();
    combiner_.reset();
    hub_.reset();
  }
  std::unique_ptr<Consumer> Read(EventHandler& handler, testing::TestDatabase& to, bool own_log = false) {
    ConsumerOptions o;
    o.consumer = "scoring";
    o.source = "survey";
    o.own_partitions = own_log ? 1 : 0;
    grpc::ChannelArguments args;
    args.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    args.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 200);
    return std::make_unique<Consumer>(
        grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(port_), grpc::InsecureChannelCredentials(), args),
        to.pool(), handler, SystemClock(), o);
  }
  // Commits one event and answers its position.
  v1::Position Write(const std::string& subject, const std::string& segment = "", bool known_kind = true) {
    std::promise<db::LogPosition> at;
    db::Command c;
    c.tenant = "t";
    c.partition = PartitionOf("t", subject, kPartitions);
    c.want = [](db::UnitOfWork&) {};
    const std::string id = NewUuid(SystemClock().Now());
    c.decide = [=](db::UnitOfWork& uow, absl::Time) {
      Event e;
      e.set_event_id(id);
      e.set_tenant_id("t");
      e.set_subject(subject);
      if (known_kind) e.mutable_customer()->set_segment(segment);
      uow.Emit(e.SerializeAsString());
      return absl::OkStatus();
    };
    c.done = [&](absl::Status s, db::LogPosition p) {
      EXPECT_THAT(s, IsOk());
      at.set_value(p);
    };
    combiner_->Submit(std::move(c));
    const db::LogPosition p = at.get_future().get();
    v1::Position out;
    out.set_source("survey");
    out.set_partition(p.partition);
    out.set_epoch(p.epoch);
    out.set_seq(p.seq);
    return out;
  }
  absl::Status Wait(Consumer& c, testing::TestDatabase& to, const v1::Position& p) {
    auto session = to.Session();
    return c.WaitFor({p}, SystemClock().Now() + absl::Seconds(10), testing::TenantOn(*session, "t"));
  }
  static absl::Status Eventually(const std::function<bool()>& f) {
    for (int i = 0; i < 500; ++i) {
      if (f()) return absl::OkStatus();
      SystemClock().Sleep(absl::Milliseconds(10));
    }
    return absl::DeadlineExceededError("did not happen");
  }

  static constexpr uint32_t kPartitions = 3;
  int port_ = 0;
  testing::TestDatabase source_{"survey", testing::NoteMigrations(), kPartitions};
  testing::TestDatabase reader_{"scoring", testing::NoteMigrations()};
  std::unique_ptr<Hub> hub_;
  std::unique_ptr<db::WriteCombiner> combiner_;
  std::unique_ptr<grpc::Server> server_;
};

TEST_F(FeedTest, AReaderSeesWhatWasCommittedBeforeAndAfterItCame) {
  for (int i = 0; i < 100; ++i) Write("c" + std::to_string(i % 5));
  CountingHandler handler;
  auto consumer = Read(handler, reader_);
  std::vector<v1::Position> last;
  for (int i = 0; i < 100; ++i) last.push_back(Write("c" + std::to_string(i % 5)));
  auto session = reader_.Session();
  ASSERT_THAT(consumer->WaitFor(last, SystemClock().Now() + absl::Seconds(10), testing::TenantOn(*session, "t")),
              IsOk());
  EXPECT_EQ(reader_.Count("SELECT SUM(n) FROM tally"), 200);
  EXPECT_EQ(reader_.Count("SELECT MIN(n) FROM tally"), 40);
  EXPECT_THAT(consumer->health(), IsOk());
}

TEST_F(FeedTest, WaitForMakesAReadExactAndTellsWhenItCannot) {
  CountingHandler handler;
  auto consumer = Read(handler, reader_);
  for (int i = 1; i <= 20; ++i) {
    ASSERT_THAT(Wait(*consumer, reader_, Write("one")), IsOk());
    EXPECT_EQ(reader_.Count("SELECT n FROM tally"), i);
  }
  v1::Position ahead = Write("one");
  ahead.set_seq(ahead.seq() + 1000);
  const absl::Time before = SystemClock().Now();
  EXPECT_THAT(Wait(*consumer, reader_, ahead), StatusIs(absl::StatusCode::kUnavailable, "PROJECTION_BEHIND"));
  EXPECT_LT(SystemClock().Now() - before, absl::Seconds(3));
}

TEST_F(FeedTest, TwoReplicasOfAReaderApplyEachEventOnce) {
  CountingHandler handler;
  auto a = Read(handler, reader_), b = Read(handler, reader_);
  std::vector<v1::Position> last;
  for (int i = 0; i < 400; ++i) last.push_back(Write("c" + std::to_string(i % 7)));
  auto session = reader_.Session();
  ASSERT_THAT(a->WaitFor(last, SystemClock().Now() + absl::Seconds(10), testing::TenantOn(*session, "t")), IsOk());
  EXPECT_EQ(reader_.Count("SELECT SUM(n) FROM tally"), 400);
  EXPECT_EQ(a->stats().applied + b->stats().applied, 400u);
}

TEST_F(FeedTest, ARestartedSourceIsFollowedAgainWithoutLossOrDoubling) {
  CountingHandler handler;
  auto consumer = Read(handler, reader_);
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 20; ++i) Write("c");
    StopSource();
    StartSource();
  }
  ASSERT_THAT(Eventually([&] { return Wait(*consumer, reader_, Write("c")).ok(); }), IsOk());
  const int64_t written = source_.Count("SELECT COUNT(*) FROM event_log");
  ASSERT_THAT(Eventually([&] { return reader_.Count("SELECT SUM(n) FROM tally") == written; }), IsOk());
}

TEST_F(FeedTest, AKilledReaderConnectionChangesNothing) {
  CountingHandler handler;
  auto consumer = Read(handler, reader_);
  std::atomic<bool> stop = false;
  std::thread killer([&] {
    auto admin = reader_.Session();
    while (!stop) {
      std::vector<int64_t> ids;
      admin
          ->Query("SELECT id FROM information_schema.processlist WHERE db = ? AND id <> CONNECTION_ID()",
                  {reader_.schema()}, [&](const db::Row& r) { ids.push_back(r.Int(0)); })
          .IgnoreError();
      for (int64_t id : ids) admin->Execute("KILL " + std::to_string(id)).IgnoreError();
      SystemClock().Sleep(absl::Milliseconds(20));
    }
  });
  for (int i = 0; i < 500; ++i) Write("c" + std::to_string(i % 7));
  stop = true;
  killer.join();
  EXPECT_THAT(Eventually([&] { return reader_.Count("SELECT COALESCE(SUM(n), 0) FROM tally") >= 500; }), IsOk());
  SystemClock().Sleep(absl::Milliseconds(100));
  EXPECT_EQ(reader_.Count("SELECT SUM(n) FROM tally"), 500);
}

TEST_F(FeedTest, APoisonousEventIsParkedWithThoseOfItsCustomerBehindItAndTheRestGoesOn) {
  CountingHandler handler;
  auto consumer = Read(handler, reader_);
  Write("bad");
  Write("bad", "poison");
  Write("bad");
  Write("worse", "too long");  // fails in the database, not in the decision
  const auto last = Write("good");
  ASSERT_THAT(Wait(*consumer, reader_, last), IsOk());
  ASSERT_THAT(Wait(*consumer, reader_, Write("bad")), IsOk());
  ASSERT_THAT(Wait(*consumer, reader_, Write("worse")), IsOk());
  EXPECT_EQ(reader_.Count("SELECT n FROM tally WHERE name = 'bad'"), 1);
  EXPECT_EQ(reader_.Count("SELECT n FROM tally WHERE name = 'good'"), 1);
  EXPECT_EQ(reader_.Count("SELECT COUNT(*) FROM feed_parked WHERE subject = 'bad'"), 3);
  EXPECT_EQ(reader_.Count("SELECT COUNT(*) FROM feed_parked WHERE subject = 'worse'"), 2);
  EXPECT_THAT(consumer->health(), IsOk());
}

TEST_F(FeedTest, AnEventThatReachesForAnotherTenantIsParkedAndChangesNothing) {
  CountingHandler handler;
  auto consumer = Read(handler, reader_);
  Write("a", "trespasses");
  Write("b", "wants too much");
  ASSERT_THAT(Wait(*consumer, reader_, Write("c")), IsOk());
  ASSERT_THAT(Wait(*consumer, reader_, Write("a")), IsOk());
  ASSERT_THAT(Wait(*consumer, reader_, Write("b")), IsOk());
  EXPECT_EQ(reader_.Count("SELECT COUNT(*) FROM feed_parked"), 4);
  EXPECT_EQ(reader_.Count("SELECT SUM(n) FROM tally"), 1);
  EXPECT_EQ(reader_.Count("SELECT COUNT(*) FROM note"), 0);
}

TEST_F(FeedTest, AnUnknownKindOfEventStopsTheReaderWhichSaysSo) {
  CountingHandler handler;
  auto consumer = Read(handler, reader_);
  ASSERT_THAT(Wait(*consumer, reader_, Write("c")), IsOk());
  Write("c", "", /*known_kind=*/false);
  EXPECT_THAT(Eventually([&] { return ReasonOf(consumer->health()) == "UNKNOWN_EVENT"; }), IsOk());
  EXPECT_EQ(reader_.Count("SELECT n FROM tally"), 1);
}

TEST_F(FeedTest, ASourceThatWentBackIsNotFollowed) {
  CountingHandler handler;
  {
    auto consumer = Read(handler, reader_);
    for (int i = 0; i < 10; ++i) Write("c");
    ASSERT_THAT(Wait(*consumer, reader_, Write("c")), IsOk());
  }
  StopSource();
  auto s = source_.Session();
  HOIAM_ASSERT_OK(s->Execute("DELETE FROM event_log WHERE seq > 5"));
  HOIAM_ASSERT_OK(s->Execute("UPDATE event_head SET next_seq = LEAST(next_seq, 6)"));
  StartSource();
  auto consumer = Read(handler, reader_);
  EXPECT_THAT(Eventually([&] { return ReasonOf(consumer->health()) == "FEED_WENT_BACK"; }), IsOk());
}

TEST_F(FeedTest, AReaderBehindATrimmedLogIsTold) {
  for (int i = 0; i < 10; ++i) Write("c");
  StopSource();
  HOIAM_ASSERT_OK(source_.Session()->Execute("DELETE FROM event_log WHERE seq <= 5"));
  StartSource();
  CountingHandler handler;
  auto consumer = Read(handler, reader_);
  EXPECT_THAT(Eventually([&] { return ReasonOf(consumer->health()) == "FEED_TRIMMED"; }), IsOk());
}

TEST_F(FeedTest, AConsumerWithItsOwnLogWritesEffectsAndEnvelopesTogether) {
  CountingHandler handler;
  handler.emits = true;
  auto consumer = Read(handler, reader_, /*own_log=*/true);
  v1::Position last;
  for (int i = 0; i < 50; ++i) last = Write("same");
  ASSERT_THAT(Wait(*consumer, reader_, last), IsOk());
  EXPECT_EQ(reader_.Count("SELECT SUM(n) FROM tally"), 50);
  EXPECT_EQ(reader_.Count("SELECT COUNT(*) = MAX(seq) FROM event_log"), 1);
  EXPECT_EQ(reader_.Count("SELECT next_seq - 1 = (SELECT MAX(seq) FROM event_log) FROM event_head"), 1);
}

TEST(TokenTest, TheFurthestPositionPerPartitionCountsAndGarbageIsRefused) {
  v1::Position a, b;
  a.set_source("survey");
  a.set_epoch(1);
  a.set_seq(5);
  b = a;
  b.set_seq(9);
  const auto merged = DecodeTokens({EncodeToken({a}), EncodeToken({b})});
  HOIAM_ASSERT_OK(merged);
  ASSERT_EQ(merged->size(), 1u);
  EXPECT_EQ((*merged)[0].seq(), 9u);
  for (absl::string_view bad : {"", "!", "AAAA", "not a token"})
    EXPECT_THAT(DecodeTokens({bad}), StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_CONSISTENCY_TOKEN"));
}

}  // namespace
}  // namespace hoiam::feed
