#include <gmock/gmock.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "tests/store/scoring_service/world.h"

namespace hoiam::scoring {
namespace {

namespace pb = hoiam::scoring::v1;
using ::hoiam::testing::IsOk;
using ::hoiam::testing::StatusIs;
using ::testing::ElementsAre;

class HistoryTest : public ::testing::Test {
 protected:
  pb::GetHistoryResponse Page(const std::string& customer, int size = 0, const std::string& token = "",
                              std::vector<pb::EntryKind::Code> kinds = {}, const std::string& tenant = kTenant) {
    pb::GetHistoryRequest q;
    q.set_customer_id(customer);
    q.set_page_size(size);
    q.set_page_token(token);
    for (auto k : kinds) q.add_kinds(k);
    const auto page = w_.handlers->GetHistory(World::Caller(tenant), q);
    EXPECT_THAT(page, IsOk());
    return page.ok() ? World::Received(*page) : pb::GetHistoryResponse();
  }
  static std::string NameOf(const pb::HistoryEntry& e) {
    switch (e.kind()) {
      case pb::EntryKind::INTERACTION:
        return e.interaction().interaction_id();
      case pb::EntryKind::INVITATION:
        return e.invitation().invitation_id();
      case pb::EntryKind::RESPONSE:
        return e.response().response_id();
      case pb::EntryKind::CASE:
        return e.case_().case_id();
      case pb::EntryKind::USAGE:
        return e.usage().usage_id();
      default:
        return "?";
    }
  }
  static std::vector<std::string> Names(const pb::GetHistoryResponse& page) {
    std::vector<std::string> names;
    for (const auto& e : page.entries()) names.push_back(NameOf(e));
    return names;
  }
  World w_;
};

Event InvitationEvent(const std::string& customer, const std::string& id, absl::Time at, int revision = 1) {
  Event e;
  e.set_tenant_id(kTenant);
  e.set_subject(customer);
  auto* i = e.mutable_invitation()->mutable_invitation();
  i->set_customer_id(customer);
  i->set_invitation_id(id);
  i->set_revision(revision);
  *i->mutable_create_time() = FromTime(at);
  return e;
}

Event CaseEvent(const std::string& customer, const std::string& id, absl::Time at,
                hoiam::loop::v1::CaseState::Code state, int version = 1) {
  hoiam::loop::v1::Case c;
  c.set_customer_id(customer);
  c.set_case_id(id);
  c.set_kind(hoiam::loop::v1::CaseKind::DETRACTOR);
  c.set_state(state);
  c.set_version(version);
  *c.mutable_create_time() = FromTime(at);
  *c.mutable_update_time() = FromTime(at);
  return EventOf(c);
}

TEST_F(HistoryTest, ShowsEverythingNewestFirstWithWhatEachEntryIs) {
  auto r = ResponseOf("lan", "r1", "NPS", 3, Local(2026, 11, 20));
  r.set_interaction_id("i1");
  w_.Apply({EventOf(InteractionOf("lan", "i1", Local(2026, 11, 18), "1250000")),
            InvitationEvent("lan", "v1", Local(2026, 11, 19)), EventOf(r),
            EventOf(InteractionOf("someone else", "i2", Local(2026, 11, 18)))});
  w_.Apply({CaseEvent("lan", "k1", Local(2026, 11, 21), hoiam::loop::v1::CaseState::NEW)});
  const auto page = Page("lan");
  EXPECT_THAT(Names(page), ElementsAre("k1", "r1", "v1", "i1"));
  EXPECT_EQ(page.next_page_token(), "");
  EXPECT_EQ(page.entries(1).response().score(), 3);
  EXPECT_EQ(ToTime(page.entries(3).time()), Local(2026, 11, 18));
  EXPECT_EQ(page.entries(3).interaction().amount(), "1250000");
  ASSERT_EQ(page.entries(3).answers_size(), 1);
  EXPECT_EQ(page.entries(3).answers(0).response_id(), "r1");
}

TEST_F(HistoryTest, AnAnswerBeforeItsInteractionWaitsUnseenInItAndIsThereWhenItComes) {
  auto r = ResponseOf("lan", "r1", "CSAT", 4, Local(2026, 11, 20));
  r.set_interaction_id("i1");
  w_.Apply({EventOf(r)});
  EXPECT_THAT(Names(Page("lan")), ElementsAre("r1"));
  w_.Apply({EventOf(InteractionOf("lan", "i1", Local(2026, 11, 18)))});
  const auto page = Page("lan");
  EXPECT_THAT(Names(page), ElementsAre("r1", "i1"));
  ASSERT_EQ(page.entries(1).answers_size(), 1);
  EXPECT_EQ(page.entries(1).answers(0).score(), 4);
}

TEST_F(HistoryTest, AnAmendedAnswerMovesBetweenInteractionsAndAVoidedOneStaysVisible) {
  auto r = ResponseOf("lan", "r1", "CSAT", 4, Local(2026, 11, 20));
  r.set_interaction_id("i1");
  w_.Apply({EventOf(InteractionOf("lan", "i1", Local(2026, 11, 18))),
            EventOf(InteractionOf("lan", "i2", Local(2026, 11, 17))), EventOf(r)});
  r.set_interaction_id("i2");
  r.set_revision(2);
  w_.Apply({EventOf(r)});
  auto page = Page("lan");
  EXPECT_EQ(page.entries(1).answers_size(), 0);
  EXPECT_EQ(page.entries(2).answers_size(), 1);
  r.set_voided(true);
  r.set_revision(3);
  w_.Apply({EventOf(r)});
  page = Page("lan");
  EXPECT_TRUE(page.entries(0).response().voided());
  EXPECT_TRUE(page.entries(2).answers(0).voided());
}

TEST_F(HistoryTest, AVoidedInteractionStaysInTheHistoryAsVoid) {
  auto i = InteractionOf("lan", "i1", Local(2026, 11, 18), "5");
  w_.Apply({EventOf(i)});
  i.set_voided(true);
  i.set_void_reason("returned");
  i.set_revision(2);
  w_.Apply({EventOf(i)});
  const auto page = Page("lan");
  ASSERT_EQ(page.entries_size(), 1);
  EXPECT_TRUE(page.entries(0).interaction().voided());
}

TEST_F(HistoryTest, AnOlderRevisionSeenAgainChangesNothing) {
  auto i = InteractionOf("lan", "i1", Local(2026, 11, 18), "5");
  Event first = EventOf(i);
  i.set_revision(2);
  i.set_voided(true);
  w_.Apply({first, EventOf(i)});
  w_.Apply({first, InvitationEvent("lan", "v", Local(2026, 11, 19), 2)});
  w_.Apply({InvitationEvent("lan", "v", Local(2026, 11, 1), 1)});
  w_.Apply({CaseEvent("lan", "k", Local(2026, 11, 20), hoiam::loop::v1::CaseState::RESOLVED, 5)});
  w_.Apply({CaseEvent("lan", "k", Local(2026, 11, 20), hoiam::loop::v1::CaseState::NEW, 1)});
  const auto page = Page("lan");
  EXPECT_THAT(Names(page), ElementsAre("k", "v", "i1"));
  EXPECT_EQ(page.entries(0).case_().state(), hoiam::loop::v1::CaseState::RESOLVED);
  EXPECT_EQ(page.entries(1).invitation().revision(), 2);
  EXPECT_TRUE(page.entries(2).interaction().voided());
}

TEST_F(HistoryTest, PagesGoThroughEverythingOnceAlsoWhereManyThingsHappenAtOneMoment) {
  std::vector<Event> events;
  std::set<std::string> all;
  for (int i = 0; i < 57; ++i) {
    // Groups of ten at the same moment, of different kinds.
    const absl::Time at = Local(2026, 1, 1) + absl::Hours(i / 10);
    const std::string id = absl::StrCat("x", i);
    all.insert(id);
    events.push_back(i % 3 == 0   ? EventOf(ResponseOf("lan", id, "NPS", i % 11, at))
                     : i % 3 == 1 ? EventOf(InteractionOf("lan", id, at))
                                  : InvitationEvent("lan", id, at));
  }
  w_.Apply(events);
  const std::vector<std::string> whole = Names(Page("lan", 1000));
  EXPECT_EQ(std::set<std::string>(whole.begin(), whole.end()), all);
  EXPECT_EQ(whole.size(), all.size());
  for (int size : {1, 7, 10, 56, 57}) {
    std::vector<std::string> paged;
    std::string token;
    do {
      const auto page = Page("lan", size, token);
      ASSERT_LE(page.entries_size(), size);
      for (const std::string& n : Names(page)) paged.push_back(n);
      token = page.next_page_token();
    } while (!token.empty());
    EXPECT_EQ(paged, whole) << "pages of " << size;
  }
  std::vector<std::string> invitations;
  std::string token;
  do {
    const auto page = Page("lan", 4, token, {pb::EntryKind::INVITATION});
    for (const auto& e : page.entries()) {
      EXPECT_EQ(e.kind(), pb::EntryKind::INVITATION);
      invitations.push_back(NameOf(e));
    }
    token = page.next_page_token();
  } while (!token.empty());
  EXPECT_EQ(invitations.size(), 19);
  EXPECT_EQ(Page("lan", 1000, "", {pb::EntryKind::INVITATION, pb::EntryKind::RESPONSE}).entries_size(), 38);
}

Event UsageEvent(const std::string& customer, const std::string& id, const std::string& status, absl::Time at) {
  Event e;
  e.set_tenant_id(kTenant);
  e.set_subject(customer);
  auto* u = e.mutable_usage()->mutable_usage();
  u->set_customer_id(customer);
  u->set_usage_id(id);
  u->set_item("NC-2409");
  u->set_status(status);
  *u->mutable_occurred_at() = FromTime(at);
  return e;
}

TEST_F(HistoryTest, WhatBecameOfTheGoodsStandsBesideTheAnswersAndIsAKindOfItsOwn) {
  const Event delivered = UsageEvent("lan", "u1", "DELIVERED", Local(2026, 11, 18));
  w_.Apply({EventOf(ResponseOf("lan", "r1", "CSAT", 5, Local(2026, 11, 19))), delivered,
            UsageEvent("lan", "u2", "PROBLEM", Local(2026, 11, 20)),
            UsageEvent("minh", "u3", "IN_USE", Local(2026, 11, 20))});
  w_.Apply({delivered});  // seen twice
  EXPECT_THAT(Names(Page("lan")), ElementsAre("u2", "r1", "u1"));
  const auto page = Page("lan", 0, "", {pb::EntryKind::USAGE});
  EXPECT_THAT(Names(page), ElementsAre("u2", "u1"));
  EXPECT_EQ(page.entries(0).usage().status(), "PROBLEM");
  EXPECT_EQ(ToTime(page.entries(0).time()), Local(2026, 11, 20));
}

TEST_F(HistoryTest, AReceiptIsInNobodysHistoryAndHoldsUpNoOtherEvent) {
  w_.Apply({InvitationEvent("", "receipt-1", Local(2026, 11, 18)),
            EventOf(InteractionOf("lan", "i1", Local(2026, 11, 18)))});
  EXPECT_THAT(Names(Page("lan")), ElementsAre("i1"));
}

TEST_F(HistoryTest, AnAnswerToCsiIsInTheHistoryThoughItHasNoScoreToCount) {
  auto r = ResponseOf("lan", "r1", "CSI", 0, Local(2026, 11, 20));
  r.clear_score();
  w_.Apply({EventOf(r)});
  EXPECT_THAT(Names(Page("lan")), ElementsAre("r1"));
}

TEST_F(HistoryTest, AnUnknownCustomerAndAnotherTenantsCustomerHaveNoHistory) {
  w_.Apply({EventOf(InteractionOf("lan", "i1", Local(2026, 11, 18)))});
  EXPECT_EQ(Page("nobody").entries_size(), 0);
  EXPECT_EQ(Page("lan", 0, "", {}, "other").entries_size(), 0);
}

TEST_F(HistoryTest, BadRequestsAreRefusedWithFieldAndReason) {
  pb::GetHistoryRequest q;
  q.set_customer_id("..");
  EXPECT_THAT(w_.handlers->GetHistory(World::Caller(), q), StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_ID"));
  q.set_customer_id("lan");
  q.set_page_token("forged");
  EXPECT_THAT(w_.handlers->GetHistory(World::Caller(), q),
              StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN"));
  q.clear_page_token();
  q.add_consistency_token("forged");
  EXPECT_THAT(w_.handlers->GetHistory(World::Caller(), q),
              StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_CONSISTENCY_TOKEN"));
}

}  // namespace
}  // namespace hoiam::scoring
