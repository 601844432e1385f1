#include "gateway/webhook/event_types.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <array>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "platform/base/ids.h"

namespace hoiam::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

event::v1::Event Event(const std::string& kind, const std::string& tenant = "demo") {
  event::v1::Event e;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kind, &e)) << kind;
  e.set_event_id("0123456789abcdef");
  e.set_tenant_id(tenant);
  e.set_subject("KH1");
  e.mutable_occurred_at()->set_seconds(1'793'000'000);
  return e;
}

std::vector<std::string> Types(const std::string& kind) {
  std::vector<std::string> types;
  for (const v1::PublicEvent& e : PublicEventsOf(Event(kind))) types.push_back(e.type());
  return types;
}

TEST(EventTypesTest, AnInteractionIsToldOnceUnlessItIsHistory) {
  EXPECT_THAT(Types("interaction { interaction { revision: 1 } effects: FULL }"), ElementsAre("interaction.recorded"));
  EXPECT_THAT(Types("interaction { interaction { revision: 1 } }"), ElementsAre("interaction.recorded"));
  EXPECT_THAT(Types("interaction { interaction { revision: 1 } effects: RECORD_ONLY }"), IsEmpty());
  EXPECT_THAT(Types("interaction { interaction { revision: 2 voided: true } effects: FULL }"), IsEmpty());
}

TEST(EventTypesTest, AnInvitationIsToldWhenItIsMadeAndWhenItIsSent) {
  EXPECT_THAT(Types("invitation { invitation { customer_id: 'KH1' revision: 1 state: CREATED } }"),
              ElementsAre("invitation.created"));
  EXPECT_THAT(Types("invitation { invitation { revision: 2 state: SENT sent_time { seconds: 1 } } }"),
              ElementsAre("invitation.sent"));
  EXPECT_THAT(Types("invitation { invitation { revision: 3 state: SENT reminder_times { seconds: 2 } } }"), IsEmpty())
      << "a reminder is no second invitation";
  for (const char* state : {"STARTED", "ANSWERED", "REVOKED", "EXPIRED"})
    EXPECT_THAT(
        Types(std::string("invitation { invitation { revision: 3 sent_time { seconds: 1 } state: ") + state + " } }"),
        IsEmpty())
        << state;
}

TEST(EventTypesTest, WhatIsNotForTheCrmToSendNowIsNotToldAsSuch) {
  const auto types = [](const std::string& invitation) {
    return Types("invitation { invitation { " + invitation + " } }");
  };
  EXPECT_THAT(types("revision: 1 state: CREATED order: 'R-1'"), IsEmpty()) << "whoever holds the receipt has the link";
  EXPECT_THAT(types("customer_id: 'KH1' revision: 1 state: CREATED channel: EMAIL"), IsEmpty()) << "mailed from here";
  const std::string later = "customer_id: 'KH1' channel: LINK send_time { seconds: 1793001000 } ";
  EXPECT_THAT(types(later + "revision: 1 state: SCHEDULED"), IsEmpty());
  EXPECT_THAT(types(later + "revision: 2 state: CREATED"), ElementsAre("invitation.created")) << "its time has come";
  EXPECT_THAT(types(later + "revision: 3 state: OPENED"), IsEmpty());
  EXPECT_THAT(Types("usage { usage { usage_id: 'u' } }"), IsEmpty());
}

TEST(EventTypesTest, AnAnswerIsToldUnlessItWasImportedForTheScoresOnly) {
  EXPECT_THAT(Types("response { response { revision: 1 effects: FULL } }"), ElementsAre("response.submitted"));
  EXPECT_THAT(Types("response { response { revision: 2 effects: FULL } }"), ElementsAre("response.amended"));
  EXPECT_THAT(Types("response { response { revision: 3 effects: FULL voided: true } }"),
              ElementsAre("response.amended"));
  EXPECT_THAT(
      Types("response { response { revision: 1 effects: SCORES_ONLY } band: 'PROMOTER' previous_band: 'PASSIVE' }"),
      IsEmpty());
  EXPECT_THAT(Types("response { response { revision: 2 effects: SCORES_ONLY } }"), IsEmpty());
}

TEST(EventTypesTest, ABandIsToldWhenItChangedOnceWhetherByANewAnswerOrByAnAmendedOne) {
  const auto types = [](const std::string& revision, const std::string& bands) {
    return Types("response { response { effects: FULL revision: " + revision + " } " + bands + " }");
  };
  const std::string fell = "band: 'DETRACTOR' previous_band: 'PROMOTER' previous_score: 9";
  EXPECT_THAT(types("1", fell), ElementsAre("response.submitted", "score.band_changed"));
  EXPECT_THAT(types("1", "band: 'PROMOTER' previous_band: 'PROMOTER'"), ElementsAre("response.submitted"));
  EXPECT_THAT(types("1", "band: 'PROMOTER'"), ElementsAre("response.submitted")) << "the first answer changes nothing";
  EXPECT_THAT(types("1", "previous_band: 'PROMOTER'"), ElementsAre("response.submitted")) << "skipped";
  // A comment that comes later: the band was told when the score came.
  EXPECT_THAT(types("2", fell + " replaced_band: 'DETRACTOR' replaced_score: 2"), ElementsAre("response.amended"));
  EXPECT_THAT(types("2", "band: 'PASSIVE' replaced_band: 'DETRACTOR' replaced_score: 2"),
              ElementsAre("response.amended", "score.band_changed"));
  EXPECT_THAT(Types("response { response { effects: FULL revision: 2 voided: true } band: 'PASSIVE' "
                    "replaced_band: 'DETRACTOR' }"),
              ElementsAre("response.amended"));
}

TEST(EventTypesTest, AChangedBandSaysWhatItWasBefore) {
  const auto events = PublicEventsOf(Event(
      "response { response { effects: FULL revision: 2 response_id: 'r1' } band: 'PASSIVE' previous_band: 'PROMOTER' "
      "previous_score: 10 replaced_band: 'DETRACTOR' replaced_score: 2 }"));
  ASSERT_EQ(events.size(), 2u);
  const v1::EventData& d = events[1].data();
  EXPECT_EQ(d.band(), "PASSIVE");
  EXPECT_EQ(d.previous_band(), "DETRACTOR");
  EXPECT_EQ(d.previous_score(), 2);
  EXPECT_EQ(d.response().response_id(), "r1");
  EXPECT_EQ(d.customer_id(), "KH1");
}

TEST(EventTypesTest, ACustomerIsToldOnlyWhenUnsubscribing) {
  EXPECT_THAT(Types("customer { unsubscribed: true just_unsubscribed: true }"), ElementsAre("customer.unsubscribed"));
  EXPECT_THAT(Types("customer { unsubscribed: true segment: 'gold' }"), IsEmpty());
}

TEST(EventTypesTest, ACaseIsToldWhenItOpensMovesOrIsLateAndANoteIsNot) {
  EXPECT_THAT(Types("case { case { version: 1 history { action: 'open' to: NEW } } }"), ElementsAre("case.opened"));
  EXPECT_THAT(Types("case { case { version: 2 history { action: 'acknowledge' from: NEW to: ACKNOWLEDGED } } }"),
              ElementsAre("case.moved"));
  EXPECT_THAT(Types("case { case { version: 2 history { action: 'assign' from: NEW to: NEW } } }"),
              ElementsAre("case.moved"));
  EXPECT_THAT(Types("case { case { version: 2 history { action: 'note' from: NEW to: NEW } } }"), IsEmpty());
  const auto late = PublicEventsOf(Event(
      "case { case { version: 2 contact_by { seconds: 1793000000 } history { action: 'overdue' note: 'CONTACT' } } }"));
  ASSERT_EQ(late.size(), 1u);
  EXPECT_EQ(late[0].type(), "case.overdue");
  EXPECT_EQ(late[0].data().text(), "customer not contacted by 2026-10-26T07:33:20Z");
}

TEST(EventTypesTest, EachLineOfACasesHistoryHasOneTypeAndSaysWhatHappened) {
  const std::vector<std::array<const char*, 4>> lines = {
      {"attach", "NPS 2", "case.enriched", "NPS 2"},
      {"amend", "comment added", "case.enriched", "comment added"},
      {"due", "ACKNOWLEDGE", "case.due", "to be acknowledged by 2026-10-26T07:33:20Z"},
      {"overdue", "RESOLVE", "case.overdue", "not resolved by 2026-10-26T07:33:21Z"},
      {"escalate", "store-north", "case.escalated", "store-north"},
      {"customer_message", "page", "case.replied", "page"},
      {"said_twice", "late again", "case.said_twice", "late again"},
      {"fix_failed", "late again", "case.fix_failed", "late again"},
  };
  for (const auto& [action, note, type, text] : lines) {
    for (const char* moves : {"from: NEW to: NEW", "from: WAITING_CUSTOMER to: IN_PROGRESS"}) {
      const auto told = PublicEventsOf(
          Event(absl::StrCat("case { case { version: 3 acknowledge_by { seconds: 1793000000 } "
                             "resolve_by { seconds: 1793000001 } history { action: 'note' from: NEW to: NEW } "
                             "history { action: '",
                             action, "' note: '", note, "' ", moves, " } } }")));
      ASSERT_EQ(told.size(), 1u) << action;
      EXPECT_EQ(told[0].type(), type);
      EXPECT_EQ(told[0].data().text(), text);
      EXPECT_EQ(told[0].data().case_().version(), 3);
    }
  }
  for (const char* verb : {"note", "need", "diagnose", "propose", "message"})
    EXPECT_THAT(Types(absl::StrCat("case { case { version: 2 history { action: '", verb,
                                   "' from: ACKNOWLEDGED to: "
                                   "ACKNOWLEDGED } } }")),
                IsEmpty())
        << verb;
  EXPECT_THAT(Types("case { case { version: 2 history { action: 'resume' from: WAITING_CUSTOMER to: IN_PROGRESS } } }"),
              ElementsAre("case.moved"));
}

TEST(EventTypesTest, AMoveThatShowsThatItWasSaidTwiceIsToldBeforeThat) {
  const std::string twice = "history { action: 'said_twice' from: RESOLVED to: RESOLVED } } }";
  EXPECT_THAT(Types("case { case { version: 6 history { action: 'resolve' from: IN_PROGRESS to: RESOLVED } " + twice),
              ElementsAre("case.moved", "case.said_twice"));
  EXPECT_THAT(Types("case { case { version: 6 history { action: 'diagnose' from: RESOLVED to: RESOLVED } " + twice),
              ElementsAre("case.said_twice"));
}

TEST(EventTypesTest, AnEventHoldsOnlyWhatItsTypeCanHold) {
  for (const char* type : kEventTypes) {
    EXPECT_TRUE(CanHold(type, "customerId")) << type;
    EXPECT_FALSE(CanHold(type, "nothing")) << type;
    EXPECT_EQ(CanHold(type, "case"), absl::StartsWith(type, "case.")) << type;
  }
  EXPECT_TRUE(CanHold("invitation.created", "phone"));
  EXPECT_FALSE(CanHold("invitation.sent", "phone"));
  EXPECT_TRUE(CanHold("score.band_changed", "response"));
  EXPECT_FALSE(CanHold("score.band_changed", "score"));
  EXPECT_FALSE(CanHold("customer.unsubscribed", "customer"));
  EXPECT_FALSE(CanHold("case.opened", "text"));
}

TEST(EventTypesTest, TheFirstHasTheEventsOwnIdTheSecondOneThatIsAlwaysTheSame) {
  const auto event = Event("response { response { effects: FULL revision: 1 } band: 'A' previous_band: 'B' }");
  const auto once = PublicEventsOf(event), again = PublicEventsOf(event);
  ASSERT_EQ(once.size(), 2u);
  EXPECT_EQ(once[0].id(), UuidToString(event.event_id()));
  EXPECT_EQ(once[1].id(), again[1].id());
  EXPECT_NE(once[1].id(), once[0].id());
  ASSERT_TRUE(ParseUuid(once[1].id()));
  EXPECT_EQ(once[1].id()[14], '8') << "a UUID of version 8";
}

TEST(EventTypesTest, ATestModesEventsSaySo) {
  const std::string kind = "interaction { interaction { revision: 1 } }";
  EXPECT_FALSE(PublicEventsOf(Event(kind))[0].data().test_mode());
  EXPECT_TRUE(PublicEventsOf(Event(kind, "demo~test"))[0].data().test_mode());
}

TEST(EventTypesTest, EveryTypeCanBeAskedForButATest) {
  std::set<std::string> types(kEventTypes.begin(), kEventTypes.end());
  EXPECT_EQ(types.size(), kEventTypes.size());
  for (const std::string& type : types) EXPECT_TRUE(CanAskFor(type)) << type;
  for (const char* type : {"", "webhook.test", "response", "response.submitted ", "RESPONSE.SUBMITTED"})
    EXPECT_FALSE(CanAskFor(type)) << type;
}

}  // namespace
}  // namespace hoiam::gateway
