// From a handler to the combiner: Idempotency-Key, tokens, batches.
#include "platform/rpc/write.h"

#include <gtest/gtest.h>

#include <future>

#include "hoiam/gateway/v1/inbound_service.pb.h"
#include "hoiam/gateway/v1/key_service.pb.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/base/status.h"
#include "platform/feed/token.h"
#include "tests/store/platform/note_row.h"
#include "tests/support/database.h"
#include "tests/support/matchers.h"

namespace hoiam::rpc {
namespace {

using hoiam::gateway::v1::CreateKeyRequest;
using hoiam::gateway::v1::CreateKeyResponse;
using testing::IsOk;
using testing::Note;
using testing::NoteId;
using testing::StatusIs;

struct Got {
  absl::StatusOr<CreateKeyResponse> reply = absl::UnknownError("");
  ReplyMeta meta;
};

class WriteTest : public ::testing::Test {
 protected:
  CallContext Context(const std::string& key) {
    CallContext c;
    c.method = "/hoiam.gateway.v1.KeyService/CreateKey";
    c.tenant = "t";
    c.principal = "p";
    c.idempotency_key = key;
    c.deadline = SystemClock().Now() + absl::Seconds(10);
    return c;
  }
  std::future<Got> Call(const CallContext& ctx, const std::string& id, absl::Duration hold = absl::ZeroDuration(),
                        const std::string& owner = "", int32_t nanos = 0) {
    CreateKeyRequest q;
    q.set_key_id(id);
    q.mutable_expire_time()->set_nanos(nanos);
    Write<CreateKeyResponse> w;
    w.subject = id;
    w.tenant = owner;
    w.want = [](db::UnitOfWork&) {};
    w.decide = [this, id, hold, tenant = owner.empty() ? ctx.tenant : owner](
                   db::UnitOfWork& uow, absl::Time) -> absl::StatusOr<CreateKeyResponse> {
      SystemClock().Sleep(hold);
      if (id == "refused") return MakeError(absl::StatusCode::kFailedPrecondition, "REFUSED", "no");
      uow.Put(Note{tenant, "c", NoteId(++effects_), "text"});
      CreateKeyResponse r;
      r.mutable_key()->set_key_id(id);
      r.set_secret("hk_secret" + std::to_string(effects_));
      return r;
    };
    auto promise = std::make_shared<std::promise<Got>>();
    writer_.Submit<CreateKeyResponse>(ctx, q, std::move(w),
                                      [promise](absl::StatusOr<CreateKeyResponse> r, ReplyMeta m) {
                                        promise->set_value({std::move(r), std::move(m)});
                                      });
    return promise->get_future();
  }
  int effects_ = 0;
  testing::TestDatabase db_{"gateway", testing::NoteMigrations()};
  db::WriteCombiner combiner_{db_.pool(), SystemClock(), {}};
  Writer writer_{combiner_, "gateway"};
};

TEST_F(WriteTest, AReplayGivesTheSameReplyWithoutItsSecretAndNoSecondEffect) {
  const Got first = Call(Context("k1"), "a").get();
  ASSERT_THAT(first.reply, IsOk());
  EXPECT_FALSE(first.meta.replayed);
  EXPECT_EQ(first.reply->secret(), "hk_secret1");
  const Got again = Call(Context("k1"), "a").get();
  ASSERT_THAT(again.reply, IsOk());
  EXPECT_TRUE(again.meta.replayed);
  EXPECT_EQ(again.reply->key().key_id(), "a");
  EXPECT_EQ(again.reply->secret(), "");
  EXPECT_FALSE(again.meta.consistency_token.empty());
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM note"), 1);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM idempotency WHERE reply LIKE '%secret%'"), 0);
}

TEST_F(WriteTest, TheSameKeyWithAnotherRequestIsRefusedAndChangesNothing) {
  ASSERT_THAT(Call(Context("k1"), "a").get().reply, IsOk());
  EXPECT_THAT(Call(Context("k1"), "b").get().reply,
              StatusIs(absl::StatusCode::kFailedPrecondition, "IDEMPOTENCY_KEY_REUSED"));
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM note"), 1);
}

TEST_F(WriteTest, ATimeIsTheSameToTheMicrosecond) {
  const auto at = [&](int32_t nanos) { return Call(Context("k1"), "a", absl::ZeroDuration(), "", nanos).get(); };
  ASSERT_THAT(at(123'456'789).reply, IsOk());
  EXPECT_TRUE(at(123'456'000).meta.replayed);
  EXPECT_THAT(at(123'457'000).reply, StatusIs(absl::StatusCode::kFailedPrecondition, "IDEMPOTENCY_KEY_REUSED"));
}

TEST_F(WriteTest, ADecimalIsTheSameHoweverManyZerosItEndsIn) {
  using hoiam::survey::v1::RecordInteractionRequest;
  using hoiam::survey::v1::RecordInteractionResponse;
  const auto record = [&](const std::string& amount) {
    RecordInteractionRequest q;
    q.set_amount(amount);
    Write<RecordInteractionResponse> w;
    w.subject = "c";
    w.want = [](db::UnitOfWork&) {};
    w.decide = [](db::UnitOfWork&, absl::Time) { return RecordInteractionResponse(); };
    std::promise<std::pair<absl::Status, bool>> done;
    writer_.Submit<RecordInteractionResponse>(Context("k1"), q, std::move(w),
                                              [&](absl::StatusOr<RecordInteractionResponse> r, ReplyMeta m) {
                                                done.set_value({r.status(), m.replayed});
                                              });
    return done.get_future().get();
  };
  EXPECT_THAT(record("10.50"), ::testing::Pair(IsOk(), false));
  EXPECT_THAT(record("10.5"), ::testing::Pair(IsOk(), true));
  EXPECT_THAT(record("10.500001").first, StatusIs(absl::StatusCode::kFailedPrecondition, "IDEMPOTENCY_KEY_REUSED"));
}

TEST_F(WriteTest, ASecretInsideOfWhatIsAnsweredIsNotKeptEither) {
  using hoiam::gateway::v1::CreateInboundResponse;
  for (const bool again : {false, true}) {
    Write<CreateInboundResponse> w;
    w.subject = "inbounds";
    w.want = [](db::UnitOfWork&) {};
    w.decide = [](db::UnitOfWork&, absl::Time) -> absl::StatusOr<CreateInboundResponse> {
      CreateInboundResponse r;
      r.mutable_inbound()->set_inbound_id("till");
      r.mutable_inbound()->mutable_signature()->set_secret("geheim");
      r.set_url("https://x.example/in/geheim");
      return r;
    };
    std::promise<absl::StatusOr<CreateInboundResponse>> promise;
    writer_.Submit<CreateInboundResponse>(
        Context("k1"), hoiam::gateway::v1::CreateInboundRequest(), std::move(w),
        [&](absl::StatusOr<CreateInboundResponse> r, ReplyMeta) { promise.set_value(std::move(r)); });
    const auto reply = promise.get_future().get();
    ASSERT_THAT(reply, IsOk());
    EXPECT_EQ(reply->inbound().inbound_id(), "till");
    EXPECT_EQ(reply->inbound().signature().secret(), again ? "" : "geheim");
    EXPECT_EQ(reply->url().empty(), again);
  }
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM idempotency WHERE INSTR(reply, 'till') > 0"), 1);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM idempotency WHERE INSTR(reply, 'geheim') > 0"), 0);
}

TEST_F(WriteTest, TheSameKeyOfAnotherTenantPrincipalOrMethodIsAnotherKey) {
  ASSERT_THAT(Call(Context("k1"), "a").get().reply, IsOk());
  for (auto change : {+[](CallContext& c) { c.tenant = "t2"; }, +[](CallContext& c) { c.principal = "p2"; },
                      +[](CallContext& c) { c.method = "/m"; }}) {
    CallContext c = Context("k1");
    change(c);
    const Got g = Call(c, "a").get();
    ASSERT_THAT(g.reply, IsOk());
    EXPECT_FALSE(g.meta.replayed);
  }
}

TEST_F(WriteTest, AnEffectOnAnotherTenantsRowsIsThatTenantsAndItsReplyTheCallers) {
  for (const bool again : {false, true}) {
    const Got g = Call(Context("k1"), "a", absl::ZeroDuration(), "owner").get();
    ASSERT_THAT(g.reply, IsOk());
    EXPECT_EQ(g.meta.replayed, again);
  }
  EXPECT_THAT(Call(Context(""), "b", absl::ZeroDuration(), "owner").get().reply, IsOk());
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM note WHERE tenant_id = 'owner'"), 2);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM idempotency WHERE tenant_id = 't'"), 1);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM idempotency"), 1);
}

TEST_F(WriteTest, WhileTheFirstIsRunningTheSecondIsInProgress) {
  auto first = Call(Context("k1"), "a", absl::Milliseconds(200));
  EXPECT_THAT(Call(Context("k1"), "a").get().reply, StatusIs(absl::StatusCode::kAborted, "IN_PROGRESS"));
  EXPECT_THAT(first.get().reply, IsOk());
  EXPECT_TRUE(Call(Context("k1"), "a").get().meta.replayed);
}

TEST_F(WriteTest, ARefusalIsNotKept) {
  EXPECT_THAT(Call(Context("k1"), "refused").get().reply, StatusIs(absl::StatusCode::kFailedPrecondition, "REFUSED"));
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM idempotency"), 0);
  EXPECT_THAT(Call(Context("k1"), "a").get().reply, IsOk());
}

TEST_F(WriteTest, ABatchAnswersEveryItemAndOneTokenThatCoversThemAll) {
  std::vector<Writer::Item> items;
  for (int i = 0; i < 5; ++i) {
    items.push_back({"c" + std::to_string(i), 100, [](db::UnitOfWork&) {},
                     [i](db::UnitOfWork& uow, absl::Time) {
                       if (i == 3) return MakeError(absl::StatusCode::kInvalidArgument, "BAD", "bad");
                       uow.Put(Note{"t", "c", NoteId(i), ""});
                       return absl::OkStatus();
                     }});
  }
  std::promise<std::pair<std::vector<absl::Status>, ReplyMeta>> promise;
  writer_.SubmitBatch(Context(""), std::move(items), [&](std::vector<absl::Status> s, ReplyMeta m) {
    promise.set_value({s, m});
  });
  const auto [statuses, meta] = promise.get_future().get();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(statuses[i].ok(), i != 3);
  const auto positions = feed::DecodeTokens({meta.consistency_token});
  HOIAM_ASSERT_OK(positions);
  EXPECT_EQ(static_cast<int64_t>((*positions)[0].seq()), db_.Count("SELECT MAX(seq) FROM event_log"));
}

}  // namespace
}  // namespace hoiam::rpc
