// From a commit of survey_service over the feed to a read that names it by its consistency token.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>

#include <future>

#include "platform/feed/consumer.h"
#include "platform/feed/hub.h"
#include "platform/feed/token.h"
#include "tests/store/scoring_service/world.h"

namespace hoiam::scoring {
namespace {

using ::hoiam::testing::IsOk;
using ::hoiam::testing::StatusIs;

class FreshReadsTest : public ::testing::Test {
 protected:
  FreshReadsTest() : source_("survey", NoMigrations()), hub_(source_.pool(), "survey", 1) {
    combiner_ = std::make_unique<db::WriteCombiner>(source_.pool(), SystemClock(), db::CombinerOptions(),
                                                    [this](const db::Committed& c) { hub_.Publish(c); });
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(hub_.service());
    server_ = builder.BuildAndStart();
    feed::ConsumerOptions o;
    o.consumer = "scoring";
    o.source = "survey";
    consumer_ = std::make_unique<feed::Consumer>(
        grpc::CreateChannel("127.0.0.1:" + std::to_string(port_), grpc::InsecureChannelCredentials()), w_.db.pool(),
        *w_.survey, SystemClock(), o);
    reads_ = std::make_unique<FreshReads>(w_.db.pool(), [this] {
      return Shown{w_.generation, {consumer_.get()}, nullptr};
    });
    handlers_ = std::make_unique<Handlers>(*reads_, w_.clock);
  }
  ~FreshReadsTest() override {
    consumer_->Stop();
    hub_.Shutdown();
    server_->Shutdown();
    combiner_.reset();
  }
  static const db::MigrationSet& NoMigrations() {
    static const auto* none = new db::MigrationSet();
    return *none;
  }
  // Commits one answer at the source and answers the token of it.
  hoiam::feed::v1::Position Commit(const std::string& id) {
    std::promise<db::LogPosition> done;
    db::Command c;
    c.tenant = kTenant;
    c.want = [](db::UnitOfWork&) {};
    c.decide = [&](db::UnitOfWork& uow, absl::Time) {
      uow.Emit(EventOf(ResponseOf("lan", id, "NPS", 9, Local(2026, 11, 20))).SerializeAsString());
      return absl::OkStatus();
    };
    c.done = [&](absl::Status s, db::LogPosition at) {
      EXPECT_THAT(s, IsOk());
      done.set_value(at);
    };
    combiner_->Submit(std::move(c));
    const db::LogPosition at = done.get_future().get();
    hoiam::feed::v1::Position p;
    p.set_source("survey");
    p.set_partition(at.partition);
    p.set_epoch(at.epoch);
    p.set_seq(at.seq);
    return p;
  }
  absl::StatusOr<hoiam::scoring::v1::GetScoresResponse> Ask(const hoiam::feed::v1::Position& seen,
                                                            absl::Duration within) {
    hoiam::scoring::v1::GetScoresRequest q;
    q.set_metric("NPS");
    q.add_consistency_token(feed::EncodeToken({seen}));
    rpc::CallContext ctx = World::Caller();
    ctx.deadline = SystemClock().Now() + within;
    return handlers_->GetScores(ctx, q);
  }

  World w_;
  testing::TestDatabase source_;
  feed::Hub hub_;
  std::unique_ptr<db::WriteCombiner> combiner_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<feed::Consumer> consumer_;
  std::unique_ptr<FreshReads> reads_;
  std::unique_ptr<Handlers> handlers_;
};

TEST_F(FreshReadsTest, AReadWithTheTokenOfAWriteCountsThatWrite) {
  for (int n = 1; n <= 20; ++n) {
    const auto written = Commit("r" + std::to_string(n));
    auto scores = Ask(written, absl::Seconds(30));
    // One read waits two seconds at most; a busy machine may need longer to connect.
    for (int i = 0; i < 10 && ReasonOf(scores.status()) == "PROJECTION_BEHIND"; ++i)
      scores = Ask(written, absl::Seconds(30));
    ASSERT_THAT(scores, IsOk());
    ASSERT_EQ(scores->rows(0).responses(), n);
  }
}

TEST_F(FreshReadsTest, ATokenThatIsNotReachedInTimeIsProjectionBehind) {
  auto position = Commit("r1");
  position.set_seq(position.seq() + 1000);
  EXPECT_THAT(Ask(position, absl::Milliseconds(100)), StatusIs(absl::StatusCode::kUnavailable, "PROJECTION_BEHIND"));
}

TEST_F(FreshReadsTest, PositionsOfOtherSourcesAreNotWaitedFor) {
  auto position = Commit("r1");
  position.set_source("gateway");
  position.set_seq(position.seq() + 1000);
  EXPECT_THAT(Ask(position, absl::Seconds(5)), IsOk());
}

}  // namespace
}  // namespace hoiam::scoring
