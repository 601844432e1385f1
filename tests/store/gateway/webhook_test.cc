// Events and webhooks on a real database: their order, their queues, who works them, and what is forgotten.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gateway/limits.h"
#include "gateway/migrations/migrations.h"
#include "gateway/store/events.h"
#include "gateway/store/webhook_queue.h"
#include "gateway/store/webhooks.h"
#include "gateway/webhook/append.h"
#include "gateway/webhook/event_types.h"
#include "gateway/webhook/recorder.h"
#include "gateway/webhook/webhook_rules.h"
#include "platform/base/ids.h"
#include "tests/support/database.h"
#include "tests/support/fake_clock.h"
#include "tests/support/matchers.h"

namespace hoiam::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kTenant[] = "demo";
const WebhookKey kCrm(kTenant, "crm");

class WebhookStoreTest : public ::testing::Test {
 protected:
  WebhookStoreTest() {
    HOIAM_EXPECT_OK(session_
                        ->Run("INSERT INTO tenant (tenant_id, display_name, created_at) VALUES (?, ?, ?)",
                              {std::string(kTenant), std::string("Demo"), now_})
                        .status());
  }
  // One transaction under the lock of the tenant's queues, again after a deadlock, as feeds and RPCs do it.
  void Write(db::Session& s, const std::string& tenant, const std::function<void(db::UnitOfWork&)>& decide) {
    for (int tries = 0;; ++tries) {
      const absl::Status status = db::InTransaction(s, [&]() -> absl::Status {
        db::UnitOfWork uow;
        uow.Begin(0, tenant);
        WantQueues(uow, tenant);
        HOIAM_RETURN_IF_ERROR(uow.Load(s));
        decide(uow);
        return uow.Flush(s);
      });
      if (status.ok()) return;
      ASSERT_LT(tries, 50) << status;
    }
  }
  void Make(const std::string& id, const std::string& types, const std::string& tenant = kTenant) {
    WebhookRow w;
    w.tenant_id = tenant;
    w.webhook_id = id;
    w.url = "https://example.com/" + id;
    w.event_types = types;
    w.state = v1::WebhookState::ENABLED;
    w.fingerprint = std::string(32, 'f');
    w.created_at = w.updated_at = now_;
    Write(*session_, tenant, [&](db::UnitOfWork& uow) { uow.Put(w); });
  }
  static v1::PublicEvent EventOf(const std::string& type, const std::string& customer, absl::Time at) {
    v1::PublicEvent e;
    e.set_id(UuidToString(NewUuid(at)));
    e.set_type(type);
    SetTime(at, e.mutable_timestamp());
    e.mutable_data()->set_customer_id(customer);
    return e;
  }
  std::string Tell(const std::string& type, const std::string& customer, const std::string& tenant = kTenant) {
    const v1::PublicEvent e = EventOf(type, customer, now_);
    Write(*session_, tenant, [&](db::UnitOfWork& uow) { Append(uow, tenant, e, now_); });
    return e.id();
  }
  std::vector<std::string> Owned(const std::vector<WebhookRun>& runs) {
    std::vector<std::string> ids;
    for (const auto& r : runs) ids.push_back(r.webhook.tenant_id + "/" + r.webhook.webhook_id);
    return ids;
  }
  db::TenantDb Tenant(const std::string& tenant = kTenant) { return testing::TenantOn(*session_, tenant); }

  testing::TestDatabase db_{"gateway", Migrations()};
  std::unique_ptr<db::Session> session_ = db_.Session();
  absl::Time now_ = absl::FromUnixSeconds(1'793'000'000);
};

TEST_F(WebhookStoreTest, NumbersAndPositionsAreDenseHoweverManyWriteAtOnceAndEachWebhookGetsEachEventOnce) {
  Make("a", "case.opened,response.submitted");
  Make("b", "response.submitted");
  constexpr int kThreads = 4, kEach = 25;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      const auto s = db_.Session();
      for (int i = 0; i < kEach; ++i)
        Write(*s, kTenant, [&](db::UnitOfWork& uow) {
          Append(uow, kTenant, EventOf("response.submitted", absl::StrCat("c", t), now_), now_);
          Append(uow, kTenant, EventOf("case.opened", absl::StrCat("c", t), now_), now_);
        });
    });
  }
  for (auto& t : threads) t.join();
  const int n = 2 * kThreads * kEach;
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM public_event"), n);
  EXPECT_EQ(db_.Count("SELECT MAX(seq) FROM public_event"), n);
  EXPECT_EQ(db_.Count("SELECT next_seq FROM event_order"), n + 1);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM webhook_delivery WHERE webhook_id = 'a'"), n);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM webhook_delivery WHERE webhook_id = 'b'"), n / 2);
  EXPECT_EQ(db_.Count("SELECT COUNT(DISTINCT position) FROM webhook_delivery"), n + n / 2);
  EXPECT_EQ(db_.Count("SELECT next_position FROM event_order"), n + n / 2 + 1);
  EXPECT_EQ(db_.Count("SELECT COUNT(DISTINCT webhook_id, seq) FROM webhook_delivery"), n + n / 2);
}

TEST_F(WebhookStoreTest, APageHasNothingMissingUpToWhereItEndsWhateverTypesItIsAskedFor) {
  std::vector<std::string> ids;
  for (int i = 0; i < 10; ++i) ids.push_back(Tell(i % 5 == 4 ? "case.opened" : "response.submitted", "c"));
  const auto all = ReadEventsAfter(Tenant(), 0, "", 4);
  HOIAM_ASSERT_OK(all);
  EXPECT_THAT(all->events, SizeIs(4));
  EXPECT_EQ(all->seq, 4);
  EXPECT_EQ(all->last_id, *ParseUuid(ids[3]));
  const auto cases = ReadEventsAfter(Tenant(), 0, "case.opened,case.moved", 4);
  HOIAM_ASSERT_OK(cases);
  EXPECT_THAT(cases->events, SizeIs(2));
  EXPECT_EQ(cases->seq, 10) << "looked at all of them";
  EXPECT_EQ(cases->last_id, *ParseUuid(ids[9]));
  const auto none = ReadEventsAfter(Tenant(), 10, "", 4);
  HOIAM_ASSERT_OK(none);
  EXPECT_THAT(none->events, IsEmpty());
  EXPECT_EQ(none->last_id, "");
  EXPECT_THAT(ReadEventsAfter(Tenant("other"), 0, "", 4)->events, IsEmpty());
  EXPECT_EQ(*FindEventSeq(Tenant(), *ParseUuid(ids[6])), std::optional<int64_t>(7));
  EXPECT_EQ(*FindEventSeq(Tenant("other"), *ParseUuid(ids[6])), std::nullopt);
}

TEST_F(WebhookStoreTest, APageGoesOnAfterWhatIsForgotten) {
  for (int i = 0; i < 3; ++i) Tell("case.opened", "old");
  now_ += kKeepEvents + absl::Hours(1);
  const std::string kept = Tell("case.opened", "new");
  EXPECT_EQ(*ForgetEvents(Tenant(), now_ - kKeepEvents), 3);
  EXPECT_EQ(*ForgetEvents(Tenant(), now_ - kKeepEvents), 0);
  const auto page = ReadEventsAfter(Tenant(), 0, "", 10);
  HOIAM_ASSERT_OK(page);
  ASSERT_THAT(page->events, SizeIs(1));
  EXPECT_EQ(page->events[0].event_id, *ParseUuid(kept));
}

TEST_F(WebhookStoreTest, AQueueIsOneReplicasUntilItsTimeIsOver) {
  Make("crm", "case.opened");
  HOIAM_ASSERT_OK(AddRun(*session_, kCrm));
  HOIAM_ASSERT_OK(AddRun(*session_, kCrm)) << "again is nothing";
  EXPECT_TRUE(*TakeLease(*session_, kCrm, "one", absl::Seconds(100)));
  EXPECT_FALSE(*TakeLease(*session_, kCrm, "two", absl::Seconds(100)));
  EXPECT_TRUE(*TakeLease(*session_, kCrm, "one", absl::ZeroDuration()));
  ASSERT_EQ(ReadRuns(*session_)->size(), 1u);
  EXPECT_EQ(ReadRuns(*session_)->front().owner, "one");
  session_->Query("SELECT SLEEP(0.002)", {}, [](const db::Row&) {}).IgnoreError();
  EXPECT_TRUE(ReadRuns(*session_)->front().free);
  HOIAM_ASSERT_OK(RenewLeases(*session_, "one", absl::Seconds(100)));
  EXPECT_FALSE(ReadRuns(*session_)->front().free);
  EXPECT_FALSE(*TakeLease(*session_, kCrm, "two", absl::Seconds(100)));
  HOIAM_ASSERT_OK(GiveBackLeases(*session_, "one"));
  EXPECT_TRUE(*TakeLease(*session_, kCrm, "two", absl::Seconds(100)));
}

TEST_F(WebhookStoreTest, ASuspendedTenantsWebhooksRestWithThoseOfItsTestMode) {
  Make("crm", "case.opened");
  Make("crm", "case.opened", "demo~test");
  EXPECT_THAT(Owned(*ReadRuns(*session_)), ElementsAre("demo/crm", "demo~test/crm"));
  HOIAM_ASSERT_OK(session_->Execute("UPDATE tenant SET state = 2"));
  EXPECT_THAT(Owned(*ReadRuns(*session_)), IsEmpty());
}

TEST_F(WebhookStoreTest, WhatWaitsIsGivenUpWithItsWebhookAndASuccessThatComesLateStillCounts) {
  Make("crm", "case.opened");
  for (int i = 0; i < 3; ++i) Tell("case.opened", "c");
  EXPECT_THAT(*ReadWaiting(*session_, kCrm, 0, 10), SizeIs(3));
  EXPECT_EQ(ReadStanding(Tenant(), "crm")->pending, 3);
  Write(*session_, kTenant,
        [&](db::UnitOfWork& uow) { EXPECT_TRUE(Disable(uow, kTenant, "crm", v1::DisableReason::BY_REQUEST, now_)); });
  EXPECT_EQ(ReadStanding(Tenant(), "crm")->pending, 0) << "at once, before the rows are swept";
  Tell("case.opened", "c");
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM webhook_delivery"), 3) << "a disabled one gets nothing";
  const auto runs = ReadRuns(*session_);
  ASSERT_EQ(runs->size(), 1u) << "still to be swept";
  HOIAM_ASSERT_OK(AddRun(*session_, kCrm));
  EXPECT_EQ(*GiveUpWaiting(*session_, kCrm, runs->front().webhook.give_up_before), 3);
  HOIAM_ASSERT_OK(NoteSwept(*session_, kCrm, runs->front().webhook.give_up_before));
  EXPECT_THAT(*ReadRuns(*session_), IsEmpty());
  HOIAM_ASSERT_OK(WriteResult(*session_, {kCrm, 1, v1::DeliveryState::SUCCEEDED, std::nullopt, ""}));
  HOIAM_ASSERT_OK(WriteResult(*session_, {kCrm, 2, v1::DeliveryState::PENDING, now_, ""}));
  EXPECT_EQ(db_.Count("SELECT state FROM webhook_delivery WHERE position = 1"), v1::DeliveryState::SUCCEEDED);
  EXPECT_EQ(db_.Count("SELECT state FROM webhook_delivery WHERE position = 2"), v1::DeliveryState::FAILED);
}

TEST_F(WebhookStoreTest, DeliveriesAreForgottenAfterThirtyDaysOldestFirst) {
  Make("crm", "case.opened");
  Tell("case.opened", "c");
  now_ += absl::Hours(24);
  Tell("case.opened", "c");
  EXPECT_EQ(*ForgetDeliveries(*session_, kCrm, now_), 1);
  EXPECT_EQ(*ForgetDeliveries(*session_, kCrm, now_), 0);
  EXPECT_EQ(db_.Count("SELECT position FROM webhook_delivery"), 2);
  EXPECT_THAT(*ReadTenantsWithEvents(*session_), ElementsAre(kTenant));
  EXPECT_THAT(*ReadWebhookKeys(*session_), ElementsAre(kCrm));
}

// --- what came of attempts

class RecorderTest : public WebhookStoreTest {
 protected:
  // Records one attempt and answers what the recorder made of it.
  Recorded Attempt(Recorder& recorder, const Queued& d, int status) {
    HttpResult r;
    r.status = status;
    r.started = clock_.Now();
    if (status != 200) r.error = absl::StrCat("answered ", status);
    recorder.Record({kCrm, d, r, false});
    std::unique_lock lock(mu_);
    EXPECT_TRUE(cv_.wait_for(lock, std::chrono::minutes(1), [&] { return !recorded_.empty(); }));
    Recorded out = recorded_.at(0);
    recorded_.clear();
    return out;
  }
  // Attempts come only of webhooks that the recorder has said are ours.
  std::unique_ptr<Recorder> NewRecorder() {
    owned_ = false;
    auto recorder = std::make_unique<Recorder>(db_.pool(), clock_, DefaultSchedule(),
                                               Recorder::Listener{[this](std::vector<Recorded> r) {
                                                                    std::lock_guard lock(mu_);
                                                                    for (auto& one : r)
                                                                      recorded_.push_back(std::move(one));
                                                                    cv_.notify_all();
                                                                  },
                                                                  [this](std::vector<gateway::Owned> o) {
                                                                    std::lock_guard lock(mu_);
                                                                    owned_ |= !o.empty();
                                                                    cv_.notify_all();
                                                                  },
                                                                  [] {}});
    std::unique_lock lock(mu_);
    EXPECT_TRUE(cv_.wait_for(lock, std::chrono::minutes(1), [&] { return owned_; }));
    return recorder;
  }

  testing::FakeClock clock_{now_};
  std::mutex mu_;
  std::condition_variable cv_;
  std::vector<Recorded> recorded_;
  bool owned_ = false;
};

TEST_F(RecorderTest, AnAttemptIsWrittenDownAndTheNextOneIsWhenTheScheduleSays) {
  Make("crm", "case.opened");
  Tell("case.opened", "c");
  const auto recorder = NewRecorder();
  const Recorded failed = Attempt(*recorder, ReadWaiting(*session_, kCrm, 0, 1)->at(0), 500);
  ASSERT_TRUE(failed.again);
  EXPECT_TRUE(failed.failing);
  EXPECT_GE(*failed.again, clock_.Now() + absl::Seconds(4.5));
  EXPECT_LE(*failed.again, clock_.Now() + absl::Seconds(5.5));
  EXPECT_EQ(*ReadStanding(Tenant(), "crm")->failing_since, clock_.Now());
  const Recorded done = Attempt(*recorder, failed.delivery, 200);
  EXPECT_FALSE(done.again);
  EXPECT_FALSE(done.failing);
  const auto log = ListDeliveries(Tenant(), "crm", 100, 0, 10);
  ASSERT_THAT(*log, SizeIs(1));
  const v1::Delivery shown = ToProto(log->front(), 0);
  EXPECT_EQ(shown.state(), v1::DeliveryState::SUCCEEDED);
  ASSERT_EQ(shown.attempts_size(), 2);
  EXPECT_EQ(shown.attempts(0).http_status(), 500);
  EXPECT_EQ(shown.attempts(1).http_status(), 200);
  EXPECT_FALSE(ReadStanding(Tenant(), "crm")->failing_since);
}

TEST_F(RecorderTest, WithNothingButFailuresForFiveDaysAWebhookIsDisabledAndTheOthersAreTold) {
  Make("crm", "case.opened");
  Make("ops", "webhook.disabled");
  for (int i = 0; i < 3; ++i) Tell("case.opened", "c");
  const auto waiting = ReadWaiting(*session_, kCrm, 0, 10);
  const auto recorder = NewRecorder();
  Attempt(*recorder, waiting->at(0), 500);
  clock_.Advance(kMaxFailing - absl::Seconds(1));
  Attempt(*recorder, waiting->at(1), 500);
  EXPECT_EQ((*FindWebhook(Tenant(), "crm"))->state, v1::WebhookState::ENABLED);
  clock_.Advance(absl::Seconds(1));
  Attempt(*recorder, waiting->at(2), 500);
  const auto crm = *FindWebhook(Tenant(), "crm");
  EXPECT_EQ(crm->state, v1::WebhookState::DISABLED);
  EXPECT_EQ(crm->disable_reason, v1::DisableReason::FAILING);
  const auto told = ListDeliveries(Tenant(), "ops", 100, 0, 10);
  ASSERT_THAT(*told, SizeIs(1));
  EXPECT_EQ(told->front().type, kWebhookDisabled);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM webhook_delivery WHERE webhook_id = 'crm' AND state = 1"), 0);
}

TEST_F(RecorderTest, ASuccessInBetweenBeginsTheFiveDaysAnew) {
  Make("crm", "case.opened");
  for (int i = 0; i < 3; ++i) Tell("case.opened", "c");
  const auto waiting = ReadWaiting(*session_, kCrm, 0, 10);
  const auto recorder = NewRecorder();
  Attempt(*recorder, waiting->at(0), 500);
  clock_.Advance(kMaxFailing - absl::Seconds(1));
  Attempt(*recorder, waiting->at(1), 200);
  clock_.Advance(absl::Seconds(2));
  Attempt(*recorder, waiting->at(2), 500);
  EXPECT_EQ((*FindWebhook(Tenant(), "crm"))->state, v1::WebhookState::ENABLED);
}

// --- every query by an index

class Listening : public db::Session {
 public:
  explicit Listening(db::Session& to) : to_(to) {}
  absl::Status Execute(absl::string_view sql) override { return to_.Execute(sql); }
  absl::StatusOr<int64_t> Run(const std::string& sql, const db::Values& params) override {
    heard.try_emplace(sql, params);
    return to_.Run(sql, params);
  }
  absl::Status Query(const std::string& sql, const db::Values& params,
                     const std::function<void(const db::Row&)>& each) override {
    heard.try_emplace(sql, params);
    return to_.Query(sql, params, each);
  }
  bool healthy() const override { return to_.healthy(); }
  std::map<std::string, db::Values> heard;

 private:
  db::Session& to_;
};

TEST_F(WebhookStoreTest, EveryStatementIsServedByAnIndex) {
  for (int w = 0; w < 5; ++w) Make(absl::StrCat("w", w), "case.opened");
  Make("crm", "case.opened,response.submitted");
  for (int i = 0; i < 60; ++i)
    Write(*session_, kTenant, [&](db::UnitOfWork& uow) {
      for (int k = 0; k < 20; ++k)
        Append(uow, kTenant, EventOf("case.opened", absl::StrCat("c", k), now_ + absl::Seconds(i)), now_);
    });
  for (const char* table : {"public_event", "webhook_delivery", "webhook", "webhook_run", "event_order"})
    HOIAM_ASSERT_OK(session_->Query(absl::StrCat("ANALYZE TABLE ", table), {}, [](const db::Row&) {}));
  Listening listening(*session_);
  const db::TenantDb db = testing::TenantOn(listening, kTenant);
  HOIAM_ASSERT_OK(AddRun(listening, kCrm));
  HOIAM_ASSERT_OK(FindEventSeq(db, NewUuid(now_)));
  HOIAM_ASSERT_OK(ReadEventsAfter(db, 7, "case.opened", 50));
  HOIAM_ASSERT_OK(ReadEventsBySeq(db, {3, 4}));
  HOIAM_ASSERT_OK(FindEventsBetween(db, now_, now_ + absl::Seconds(3), "case.opened", 10));
  HOIAM_ASSERT_OK(
      FindEventsBetween(db, now_, now_ + absl::Seconds(3), "case.opened", 10, [](const auto&) { return true; }));
  HOIAM_ASSERT_OK(FindWebhook(db, "crm"));
  HOIAM_ASSERT_OK(ListWebhooks(db, "a", 10));
  HOIAM_ASSERT_OK(ReadStanding(db, "crm"));
  HOIAM_ASSERT_OK(ListDeliveries(db, "crm", 100, 0, 10));
  HOIAM_ASSERT_OK(ListDeliveries(db, "crm", 100, 1, 10));
  HOIAM_ASSERT_OK(ReadEnds(listening, {kTenant, "other", "third"}));
  HOIAM_ASSERT_OK(ReadWaiting(listening, kCrm, 5, 10));
  HOIAM_ASSERT_OK(TakeLease(listening, kCrm, "me", absl::Seconds(1)));
  HOIAM_ASSERT_OK(RenewLeases(listening, "me", absl::Seconds(1)));
  HOIAM_ASSERT_OK(WriteResult(listening, {kCrm, 1, 2, std::nullopt, ""}));
  HOIAM_ASSERT_OK(WriteFailing(listening, kCrm, now_));
  HOIAM_ASSERT_OK(GiveUpWaiting(listening, kCrm, 2));
  HOIAM_ASSERT_OK(NoteSwept(listening, kCrm, 2));
  HOIAM_ASSERT_OK(ForgetDeliveries(listening, kCrm, now_ + absl::Hours(1)));
  HOIAM_ASSERT_OK(ForgetEvents(db, now_ + absl::Seconds(1)));
  HOIAM_ASSERT_OK(GiveBackLeases(listening, "me"));
  EXPECT_GT(listening.heard.size(), 20u);
  for (const auto& [sql, params] : listening.heard) {
    if (sql.rfind("INSERT", 0) == 0) continue;
    std::string plan;
    HOIAM_ASSERT_OK(session_->Query("EXPLAIN FORMAT=JSON " + sql, params, [&](const db::Row& r) {
      absl::StrAppend(&plan, r.Bytes(0));
    })) << sql;
    // MySQL 9 calls every use of an index "index", and says beside it which.
    const bool mysql = plan.find("json_schema_version") != std::string::npos;
    for (const char* scan :
         {"\"access_type\": \"ALL\"", mysql ? "\"access_type\": \"table\"" : "\"access_type\": \"index\"",
          "\"index_access_type\": \"index_scan\""})
      EXPECT_THAT(plan, ::testing::Not(::testing::HasSubstr(scan))) << sql << "\n" << plan;
  }
}

}  // namespace
}  // namespace hoiam::gateway
