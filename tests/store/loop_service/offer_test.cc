// The do-not-sell gate over a real schema: what the feed tells, what cases are open, and what is recorded.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "loop_service/app/offers.h"
#include "loop_service/store/offer_rows.h"
#include "platform/base/ids.h"
#include "platform/proto/time.h"
#include "platform/rpc/write.h"
#include "tests/store/loop_service/suite.h"
#include "tests/support/explaining_session.h"

namespace hoiam::loop::testing {
namespace {

using absl::StatusCode;
using hoiam::testing::IsOk;
using hoiam::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::SizeIs;

struct Caller {
  std::string role;
  std::string tenant = "t";
};

class OfferTest : public LoopTest {
 protected:
  absl::StatusOr<pb::CheckOfferResponse> Check(const std::string& customer, const std::string& override_reason = "",
                                               const Caller& caller = {}) {
    pb::CheckOfferRequest q;
    q.set_customer_id(customer);
    q.set_purpose(pb::OfferPurpose::COUPON);
    q.set_override_reason(override_reason);
    return Check(q, caller);
  }
  absl::StatusOr<pb::CheckOfferResponse> Check(const pb::CheckOfferRequest& q, const Caller& caller) {
    rpc::CallContext ctx = As(caller);
    auto done = std::make_shared<std::promise<absl::StatusOr<pb::CheckOfferResponse>>>();
    auto answer = done->get_future();
    offers_.Check(ctx, q, [done](absl::StatusOr<pb::CheckOfferResponse> r, rpc::ReplyMeta) { done->set_value(r); });
    return answer.get();
  }
  std::vector<std::string> Recorded(const std::string& filter = "") {
    pb::ListOfferChecksRequest q;
    q.set_page_size(1);
    q.set_filter(filter);
    std::vector<std::string> customers;
    do {
      const auto page = offers_.List(As({}), q);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return customers;
      for (const auto& check : page->offer_checks()) customers.push_back(check.customer_id());
      q.set_page_token(page->next_page_token());
    } while (!q.page_token().empty());
    return customers;
  }
  // Tells an interaction and waits until loop has it.
  void Interaction(const std::string& id, const std::string& type, int64_t revision,
                   const std::function<void(survey::v1::Interaction&)>& change = {}) {
    event::v1::Event e;
    e.set_event_id(NewUuid(SystemClock().Now()));
    e.set_tenant_id("t");
    e.set_subject("c1");
    auto& i = *e.mutable_interaction()->mutable_interaction();
    i.set_interaction_id(id);
    i.set_customer_id("c1");
    i.set_type(type);
    i.set_revision(revision);
    SetTime(SystemClock().Now() - absl::Hours(1), i.mutable_occurred_at());
    if (change) change(i);
    const auto at = survey_.TellEvent(e);
    ASSERT_THAT(loop_.consumer().WaitFor({at}, SystemClock().Now() + absl::Seconds(20), Db()), IsOk());
  }

 private:
  static rpc::CallContext As(const Caller& caller) {
    rpc::CallContext ctx;
    ctx.tenant = caller.tenant;
    ctx.principal = "crm";
    ctx.role = caller.role;
    ctx.deadline = SystemClock().Now() + absl::Seconds(20);
    return ctx;
  }
  db::TenantDb Db() { return *db::TenantDb::Open(db_.pool(), "t", SystemClock().Now() + absl::Seconds(20)); }

  PlaybookCache playbooks_;
  rpc::Writer writer_{loop_.combiner(), "loop"};
  Offers offers_{db_.pool(), writer_, playbooks_};
};

TEST_F(OfferTest, ACustomerWhoseDetractorCaseIsOpenIsNotSoldToAndEveryRefusalIsRecorded) {
  const auto before = Check("c1");
  ASSERT_THAT(before, IsOk());
  EXPECT_TRUE(before->allowed());
  EXPECT_EQ(before->check_id(), "");
  const pb::Case c = OpenCaseOf("c1");
  const auto refused = Check("c1");
  ASSERT_THAT(refused, IsOk());
  EXPECT_FALSE(refused->allowed());
  EXPECT_EQ(refused->block(), pb::OfferBlock::OPEN_CASE);
  EXPECT_EQ(refused->blocked_by(), c.case_id());
  EXPECT_EQ(refused->since().seconds(), c.create_time().seconds());
  EXPECT_THAT(Check("c2"), IsOk());
  EXPECT_THAT(Check("c1", "", {.tenant = "other"}), IsOk());
  EXPECT_THAT(Recorded(), ElementsAre("c1")) << "who may be sold to leaves nothing, and tenants are apart";
  Acknowledge(c);
  Contact(c);
  Resolve(Get(c.case_id()));
  EXPECT_TRUE(Check("c1")->allowed());
}

TEST_F(OfferTest, AnOverrideIsForRolesThatThePolicyNamesAndIsRecordedWithItsReason) {
  OpenCaseOf("c1");
  EXPECT_THAT(Check("c1", "VIP hỏi mua", {.role = "CASE_OWNER"}),
              StatusIs(StatusCode::kPermissionDenied, "OVERRIDE_NOT_ALLOWED"));
  EXPECT_THAT(Recorded(), SizeIs(0)) << "an error changes nothing";
  const auto forced = Check("c1", "VIP hỏi mua", {.role = "CX_LEAD"});
  ASSERT_THAT(forced, IsOk());
  EXPECT_TRUE(forced->allowed());
  EXPECT_TRUE(forced->overridden());
  EXPECT_EQ(forced->block(), pb::OfferBlock::OPEN_CASE);
  EXPECT_THAT(Check("c1"), IsOk());
  EXPECT_THAT(Recorded("overridden = true"), SizeIs(1));
  EXPECT_THAT(Recorded("overridden = false AND customer = \"c1\""), SizeIs(1));
  EXPECT_THAT(Recorded(), SizeIs(2));
}

TEST_F(OfferTest, AnOpenComplaintOrReturnBlocksUntilItIsCompletedOrVoided) {
  Interaction("return-1", "RETURN", 1);
  EXPECT_EQ(Check("c1")->block(), pb::OfferBlock::OPEN_RETURN);
  Interaction("complaint-1", "COMPLAINT", 1);
  EXPECT_EQ(Check("c1")->block(), pb::OfferBlock::OPEN_COMPLAINT);
  EXPECT_EQ(Check("c1")->blocked_by(), "complaint-1");
  Interaction("complaint-1", "COMPLAINT", 2, [](auto& i) { i.mutable_complete_time()->set_seconds(1'790'000'000); });
  EXPECT_EQ(Check("c1")->block(), pb::OfferBlock::OPEN_RETURN);
  Interaction("return-1", "RETURN", 2, [](auto& i) { i.set_voided(true); });
  EXPECT_TRUE(Check("c1")->allowed());
}

TEST_F(OfferTest, WhatIsCompleteFromTheBeginningAndOtherInteractionsBlockNothing) {
  Interaction("old-1", "COMPLAINT", 1, [](auto& i) { *i.mutable_complete_time() = i.occurred_at(); });
  Interaction("buy-1", "PURCHASE", 1);
  EXPECT_TRUE(Check("c1")->allowed());
}

TEST_F(OfferTest, BadRequestsAreToldAtOnceAndChangeNothing) {
  pb::CheckOfferRequest q;
  EXPECT_THAT(Check(q, {}), StatusIs(StatusCode::kInvalidArgument, "REQUIRED"));
  q.set_customer_id("c1");
  q.set_purpose(static_cast<pb::OfferPurpose::Code>(99));
  EXPECT_THAT(Check(q, {}), StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_VALUE"));
}

TEST(OfferExplainTest, TheListIsServedByAnIndexWhateverItIsCutBy) {
  TestDatabase db{"loop", Migrations()};
  hoiam::testing::ExplainingSession session(db.Session());
  for (const char* condition : {"", "customer_id = 'c'", "overridden = 1"}) {
    for (const bool after : {false, true}) {
      db::Values params = {std::string("t")};
      if (after) params.insert(params.end(), {absl::UnixEpoch(), absl::UnixEpoch(), std::string(16, 'x')});
      params.push_back(int64_t{51});
      EXPECT_THAT(session.Query(ListOfferChecksSql(condition, after), params, [](const db::Row&) {}), IsOk());
    }
  }
  EXPECT_EQ(session.explained, 6);
  EXPECT_THAT(session.bad, ::testing::IsEmpty());
}

}  // namespace
}  // namespace hoiam::loop::testing
