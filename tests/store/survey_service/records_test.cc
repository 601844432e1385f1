// What is known of customers, over a real schema: catalogue, usage, consent, lifecycle, claims.
#include "absl/strings/str_cat.h"
#include "survey_service/app/catalogue.h"
#include "survey_service/app/claim_responses.h"
#include "survey_service/app/consent.h"
#include "survey_service/app/usage.h"
#include "survey_service/store/asking_rows.h"
#include "survey_service/store/catalogue_reader.h"
#include "survey_service/store/consent_reader.h"
#include "survey_service/store/customer_rows.h"
#include "survey_service/store/usage_reader.h"
#include "tests/store/survey_service/harness.h"
#include "tests/support/explaining_session.h"

namespace hoiam::survey {
namespace {

using absl::StatusCode;
using ::hoiam::testing::StatusIs;
using ::testing::ElementsAre;

class RecordsStoreTest : public SurveyServiceTest {
 protected:
  absl::StatusOr<v1::Touchpoint> Change(const v1::Touchpoint& t, bool may_make = false) {
    v1::UpdateTouchpointRequest q;
    *q.mutable_touchpoint() = t;
    q.set_allow_missing(may_make);
    return Write(&UpdateTouchpoint, q, As());
  }
  static v1::Touchpoint Named(const std::string& id, const std::string& name, const std::string& alias = "") {
    v1::Touchpoint t;
    t.set_touchpoint_id(id);
    if (!name.empty()) t.mutable_display_name()->set_vi(name);
    if (!alias.empty()) t.add_aliases(alias);
    return t;
  }
  std::vector<std::string> Ids(bool archived = false) {
    v1::ListTouchpointsRequest q;
    q.set_show_archived(archived);
    const auto r = ListTouchpoints(replica_.deps(), As(), q);
    EXPECT_THAT(r, testing::IsOk());
    std::vector<std::string> ids;
    for (const auto& t : r->touchpoints()) ids.push_back(t.touchpoint_id());
    return ids;
  }
  absl::StatusOr<v1::RecordUsageResponse> Use(const std::string& id, const std::string& status, absl::Time at,
                                              const std::string& item = "NC-1") {
    v1::RecordUsageRequest q;
    q.set_customer_id("lan");
    q.set_usage_id(id);
    q.set_item(item);
    q.set_status(status);
    SetTimestamp(at, q.mutable_occurred_at());
    return Write(&RecordUsage, q, As());
  }
  absl::StatusOr<v1::CreateConsentResponse> Say(const std::string& id, v1::ConsentState::Code wish,
                                                v1::DeliveryChannel::Code channel = v1::DeliveryChannel::UNSPECIFIED) {
    v1::CreateConsentRequest q;
    q.set_customer_id("lan");
    q.set_consent_id(id);
    q.set_wish(wish);
    q.set_channel(channel);
    q.set_how("gọi điện");
    return Write(&CreateConsent, q, As());
  }
  v1::ListConsentsResponse Consents(const std::string& customer = "lan") {
    v1::ListConsentsRequest q;
    q.set_customer_id(customer);
    const auto r = ListConsents(replica_.deps(), As(), q);
    EXPECT_THAT(r, testing::IsOk());
    return r.ok() ? *r : v1::ListConsentsResponse();
  }
  // An active survey that asks on this event.
  void AsksOn(const std::string& id, v1::TriggerEvent::Code on) {
    v1::CreateSurveyRequest q;
    q.set_survey_id(id);
    q.mutable_survey()->set_template_("nps");
    q.mutable_survey()->mutable_trigger()->set_on(on);
    HOIAM_ASSERT_OK(Write(&CreateSurvey, q, As()));
    HOIAM_ASSERT_OK(Activate(id));
  }
  v1::CreateResponseRequest Anonymous(const std::string& id, int score, const std::string& order,
                                      const std::string& phone = "") {
    auto q = Answer(id, "", "NPS", score);
    q.set_order(order);
    q.set_phone(phone);
    SetTimestamp(clock_.Now(), q.mutable_responded_at());
    return q;
  }
  absl::StatusOr<v1::ClaimResponsesResponse> Claim(const std::string& customer, const std::string& order,
                                                   const std::string& phone = "") {
    v1::ClaimResponsesRequest q;
    q.set_customer_id(customer);
    q.set_order(order);
    q.set_phone(phone);
    return Write(&ClaimResponses, q, As());
  }
};

TEST_F(RecordsStoreTest, ATenantsRowStandsInThePlaceOfWhatHoiamBrings) {
  const size_t brought = Ids().size();
  auto t = Named("delivery", "Vận chuyển", "Ship hàng");
  const auto changed = Change(t);
  HOIAM_ASSERT_OK(changed);
  EXPECT_EQ(changed->revision(), 1);
  EXPECT_FALSE(changed->built_in());
  EXPECT_TRUE(changed->moment_of_truth()) << "what was not said stays";
  EXPECT_EQ(Change(t)->revision(), 1) << "nothing changed";
  EXPECT_EQ(Ids().size(), brought);
  v1::ListTouchpointsRequest all;
  EXPECT_EQ(ListTouchpoints(replica_.deps(), As("other"), all)->touchpoints_size(), static_cast<int>(brought));
}

TEST_F(RecordsStoreTest, TheTreeHasNoHolesAndWhatIsArchivedIsHiddenWithAllBelowIt) {
  EXPECT_THAT(Change(Named("kiosk", "Máy"), false), StatusIs(StatusCode::kNotFound, "TOUCHPOINT_NOT_FOUND"));
  EXPECT_THAT(Change(Named("kiosk.screen", "Màn hình"), true),
              StatusIs(StatusCode::kInvalidArgument, "PARENT_UNKNOWN"));
  EXPECT_THAT(Change(Named("kiosk", ""), true), StatusIs(StatusCode::kInvalidArgument, "REQUIRED"));
  HOIAM_ASSERT_OK(Change(Named("kiosk", "Máy"), true));
  EXPECT_EQ(Change(Named("kiosk.screen", "Màn hình"), true)->parent(), "kiosk");
  const size_t all = Ids().size();
  auto gone = Named("kiosk", "");
  gone.set_archived(true);
  HOIAM_ASSERT_OK(Change(gone));
  EXPECT_EQ(Ids().size(), all - 2);
  EXPECT_EQ(Ids(true).size(), all);
}

TEST_F(RecordsStoreTest, ANameBelongsToOneAndIsFreeAgainWhenItsOwnerGivesItUp) {
  HOIAM_ASSERT_OK(Change(Named("install", "", "Lắp máy")));
  EXPECT_THAT(Change(Named("usage", "", "LẮP  MÁY")), StatusIs(StatusCode::kInvalidArgument, "ALIAS_TAKEN"));
  EXPECT_THAT(Change(Named("usage", "", "Bảo hành")), StatusIs(StatusCode::kInvalidArgument, "ALIAS_TAKEN"))
      << "what Hoiam brings has names too";
  EXPECT_THAT(Change(Named("usage", "", "usage2")), StatusIs(StatusCode::kInvalidArgument, "ALIAS_IS_ID"));
  HOIAM_ASSERT_OK(Change(Named("install", "", "Lắp đặt tại nhà")));
  HOIAM_ASSERT_OK(Change(Named("usage", "", "Lắp máy")));
  auto q = Purchase("i-1", "lan");
  q.set_touchpoint("lắp máy");
  EXPECT_EQ(Record(q)->interaction().touchpoint(), "usage");
}

TEST_F(RecordsStoreTest, AnItemStandsWhereTheLatestStatementSaysInWhateverOrderTheyCome) {
  const absl::Time day = clock_.Now() - absl::Hours(24);
  HOIAM_ASSERT_OK(Use("u1", "DELIVERED", day));
  EXPECT_EQ(Use("u3", "PROBLEM", day + absl::Hours(3))->usage().previous_status(), "DELIVERED");
  EXPECT_EQ(Use("u2", "IN_USE", day + absl::Hours(1))->usage().previous_status(), "DELIVERED");
  EXPECT_EQ(Use("u4", "REPLACED", day + absl::Hours(4))->usage().previous_status(), "PROBLEM");
  HOIAM_ASSERT_OK(Use("v1", "DELIVERED", day + absl::Hours(5), "NC-2"));
  EXPECT_EQ(Use("u4", "REPLACED", day + absl::Hours(4))->usage().previous_status(), "PROBLEM") << "once more";
  EXPECT_THAT(Use("u4", "STOPPED", day + absl::Hours(4)), StatusIs(StatusCode::kAlreadyExists, "ID_REUSED"));

  const auto list = [&](bool current, int size) {
    std::vector<std::string> ids;
    v1::ListUsageRequest q;
    q.set_customer_id("lan");
    q.set_current_only(current);
    q.set_page_size(size);
    do {
      const auto page = ListUsage(replica_.deps(), As(), q);
      EXPECT_THAT(page, testing::IsOk());
      for (const auto& u : page->usage()) ids.push_back(u.usage_id());
      q.set_page_token(page->next_page_token());
    } while (!q.page_token().empty());
    return ids;
  };
  for (int size : {1, 2, 50}) {
    EXPECT_THAT(list(false, size), ElementsAre("v1", "u4", "u3", "u2", "u1")) << size;
    EXPECT_THAT(list(true, size), ElementsAre("v1", "u4")) << size;
  }
}

TEST_F(RecordsStoreTest, OnlyAStatusThatChangedAsks) {
  AsksOn("usage", v1::TriggerEvent::USAGE_CHANGED);
  const absl::Time now = clock_.Now();
  const auto first = Use("u1", "IN_USE", now - absl::Hours(2));
  ASSERT_EQ(first->dispatch_size(), 1);
  EXPECT_EQ(first->dispatch(0).decision(), v1::DispatchDecision::INVITED);
  EXPECT_FALSE(first->dispatch(0).link().empty());
  EXPECT_EQ(Use("u1", "IN_USE", now - absl::Hours(2))->dispatch(0).invitation(), first->dispatch(0).invitation());
  EXPECT_EQ(Use("u2", "IN_USE", now - absl::Hours(1))->dispatch_size(), 0) << "as it was";
  EXPECT_EQ(Use("u0", "DELIVERED", now - absl::Hours(3))->dispatch_size(), 0) << "late: it changes nothing now";
}

TEST_F(RecordsStoreTest, ALifecycleThatChangedAsksAndOneSaidForTheFirstTimeDoesNot) {
  AsksOn("life", v1::TriggerEvent::LIFECYCLE_CHANGED);
  const auto set = [&](v1::Lifecycle::Code lifecycle) {
    v1::UpdateCustomerRequest q;
    q.mutable_customer()->set_customer_id("lan");
    q.mutable_customer()->set_lifecycle(lifecycle);
    q.set_allow_missing(true);
    HOIAM_ASSERT_OK(Write(&UpdateCustomer, q, As()));
  };
  set(v1::Lifecycle::PROSPECT);
  set(v1::Lifecycle::PROSPECT);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM invitation"), 0);
  set(v1::Lifecycle::NEW);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM invitation"), 1);
}

TEST_F(RecordsStoreTest, ARefusalWithdrawsWhatIsOpenAndDueAndConsentLiftsItForWhatComes) {
  ActiveSurvey("shop");
  const auto asked = Record("i-1", "lan");
  const std::string invitation = asked->dispatch(0).invitation();
  const auto no = Say("k1", v1::ConsentState::WITHDRAWN);
  HOIAM_ASSERT_OK(no);
  EXPECT_TRUE(no->customer().unsubscribed());
  EXPECT_EQ(no->customer().consent(), v1::ConsentState::WITHDRAWN);
  EXPECT_EQ(no->consent().stated_by(), As().principal);
  EXPECT_EQ(InvitationOf("shop", invitation).state(), v1::InvitationState::REVOKED);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM due_work"), 0);
  EXPECT_EQ(Say("k1", v1::ConsentState::WITHDRAWN)->customer().revision(), no->customer().revision()) << "once more";
  EXPECT_THAT(Say("k1", v1::ConsentState::GIVEN), StatusIs(StatusCode::kAlreadyExists, "ID_REUSED"));
  clock_.Advance(absl::Seconds(1));
  const auto yes = Say("k2", v1::ConsentState::GIVEN);
  EXPECT_FALSE(yes->customer().unsubscribed());
  EXPECT_EQ(yes->customer().consent(), v1::ConsentState::GIVEN);
  const auto proof = Consents();
  ASSERT_EQ(proof.consents_size(), 2);
  EXPECT_EQ(proof.consents(0).consent_id(), "k2");
}

TEST_F(RecordsStoreTest, OneChannelRefusedLeavesWhatGoesByTheOthers) {
  ActiveSurvey("shop");
  const std::string invitation = Record("i-1", "lan")->dispatch(0).invitation();
  const auto mail = Say("k1", v1::ConsentState::WITHDRAWN, v1::DeliveryChannel::EMAIL);
  EXPECT_FALSE(mail->customer().unsubscribed());
  EXPECT_THAT(mail->customer().refused_channels(), ElementsAre(v1::DeliveryChannel::EMAIL));
  EXPECT_EQ(InvitationOf("shop", invitation).state(), v1::InvitationState::CREATED);
  Say("k2", v1::ConsentState::WITHDRAWN, v1::DeliveryChannel::LINK).IgnoreError();
  EXPECT_EQ(InvitationOf("shop", invitation).state(), v1::InvitationState::REVOKED);
}

TEST_F(RecordsStoreTest, UnsubscribingIsAStatementWithWhoWhenAndHowAndOldProofIsListedToo) {
  ActiveSurvey("shop");
  const std::string link = Record("i-1", "lan")->dispatch(0).link();
  v1::UnsubscribeRespondentRequest q;
  q.set_token(TokenOf(link));
  q.set_one_click(true);
  HOIAM_ASSERT_OK(Write(&UnsubscribeRespondent, q, As()));
  HOIAM_ASSERT_OK(Write(&UnsubscribeRespondent, q, As()));
  const auto proof = Consents();
  ASSERT_EQ(proof.consents_size(), 1) << "once is enough";
  EXPECT_EQ(proof.consents(0).stated_by(), "mail");
  EXPECT_EQ(proof.consents(0).wish(), v1::ConsentState::WITHDRAWN);
  EXPECT_EQ(TimeOf(proof.consents(0).stated_at()), absl::FromUnixMicros(absl::ToUnixMicros(clock_.Now())));
  EXPECT_TRUE(Customer("lan").unsubscribed());

  HOIAM_ASSERT_OK(Record("i-2", "minh"));
  auto session = database_.Session();
  HOIAM_ASSERT_OK(session->Run(
      "INSERT INTO consent (tenant_id, customer_id, stated_at, wish, stated_by, reason) VALUES (?, ?, ?, ?, ?, ?)",
      {std::string("demo"), std::string("minh"), clock_.Now() - absl::Hours(48), std::string("UNSUBSCRIBE"),
       std::string("key-1"), std::string("bằng lời")}));
  const auto old = Consents("minh");
  ASSERT_EQ(old.consents_size(), 1);
  EXPECT_EQ(old.consents(0).how(), "bằng lời");
  EXPECT_EQ(old.consents(0).stated_by(), "key-1");
}

TEST_F(RecordsStoreTest, ABouncedAddressIsTriedAgainWhenItIsAnotherAndBadOnesAreRefused) {
  const auto mail = [&](const std::string& address) {
    v1::UpdateCustomerRequest q;
    q.mutable_customer()->set_customer_id("lan");
    q.mutable_customer()->set_email(address);
    q.set_allow_missing(true);
    return Write(&UpdateCustomer, q, As());
  };
  HOIAM_ASSERT_OK(mail("lan@nhaen.example"));
  v1::Customer bounced = Customer("lan");
  bounced.set_email_bounced(true);
  auto session = database_.Session();
  HOIAM_ASSERT_OK(session->Run("UPDATE customer SET body = ? WHERE tenant_id = ? AND customer_id = ?",
                               {bounced.SerializeAsString(), std::string("demo"), std::string("lan")}));
  EXPECT_TRUE(mail("LAN@nhaen.example")->email_bounced()) << "the same mailbox";
  EXPECT_FALSE(mail("lan2@nhaen.example")->email_bounced());
  for (const char* bad :
       {"a@b.example\r\nBcc: x@y.example", "a@b\n.example", "a b@c.example", "a@b@c.example", "@b.example", "a@",
        "a@b..example", "Lan <a@b.example>", "a@b.example,c@d.example", "a@b\x01.example"})
    EXPECT_THAT(mail(bad), StatusIs(StatusCode::kInvalidArgument, "INVALID_EMAIL")) << bad;
}

TEST_F(RecordsStoreTest, AnAnswerIsClaimedByOrderOrPhoneOnceAndNeverTakenFromSomebody) {
  HOIAM_ASSERT_OK(Respond(Answer("r-0", "lan", "NPS", 9)));
  clock_.Advance(absl::Seconds(10));
  HOIAM_ASSERT_OK(Respond(Anonymous("r-1", 3, "HD-1")));
  HOIAM_ASSERT_OK(Respond(Anonymous("r-2", 5, "HD-2", "0912 345 678")));
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM response WHERE customer_id = ''"), 2);
  EXPECT_EQ(Claim("lan", "HD-9")->responses_size(), 0);

  replica_.TakeEvents();
  const auto claimed = Claim("lan", "HD-1");
  HOIAM_ASSERT_OK(claimed);
  ASSERT_EQ(claimed->responses_size(), 1);
  EXPECT_EQ(claimed->responses(0).response_id(), "r-1");
  EXPECT_EQ(claimed->responses(0).revision(), 2);
  EXPECT_TRUE(claimed->responses(0).has_claim_time());
  const auto events = replica_.TakeEvents();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].subject(), "lan");
  EXPECT_EQ(events[0].response().previous_score(), 9) << "the score before, as if the customer had been known";

  EXPECT_EQ(Claim("lan", "HD-1")->responses(0).revision(), 2) << "the same success";
  EXPECT_TRUE(replica_.TakeEvents().empty());
  EXPECT_EQ(Claim("minh", "HD-1")->responses_size(), 0);
  EXPECT_EQ(Response("r-1").customer_id(), "lan");
  EXPECT_EQ(Claim("minh", "", "84912345678")->responses(0).response_id(), "r-2");
  EXPECT_THAT(Claim("minh", "", ""), StatusIs(StatusCode::kInvalidArgument, "REQUIRED"));
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM response_claim WHERE claim_hash LIKE '%HD%'"), 0) << "hashes only";
}

TEST_F(RecordsStoreTest, AClaimAndAnAmendmentFromAnotherPartitionLoseNothing) {
  constexpr uint32_t kPartitions = 16;
  testing::TestDatabase database("survey", Migrations(), kPartitions);
  Replica one(database.pool(), clock_, kPartitions), other(database.pool(), clock_, kPartitions);
  for (int i = 0; i < 20; ++i) {
    const std::string id = absl::StrCat("r-", i), order = absl::StrCat("HD-", i);
    HOIAM_ASSERT_OK(WriteOn(one, &CreateResponse, Anonymous(id, 3, order), As()));
    v1::UpdateResponseRequest amend;
    amend.mutable_response()->set_response_id(id);
    amend.mutable_response()->set_comment("giao trễ");
    auto amended = std::async(std::launch::async, [&] { return WriteOn(one, &UpdateResponse, amend, As()); });
    v1::ClaimResponsesRequest claim;
    claim.set_customer_id("lan");
    claim.set_order(order);
    HOIAM_ASSERT_OK(WriteOn(other, &ClaimResponses, claim, As()));
    const auto result = amended.get();
    v1::GetResponseRequest get;
    get.set_response_id(id);
    const auto now = GetResponse(one.deps(), As(), get);
    HOIAM_ASSERT_OK(now);
    EXPECT_EQ(now->customer_id(), "lan") << id;
    HOIAM_EXPECT_OK(result);
    EXPECT_EQ(now->comment(), "giao trễ") << id;
    EXPECT_EQ(now->revision(), 3) << id;
  }
}

TEST_F(RecordsStoreTest, EveryReadIsServedByAnIndex) {
  ActiveSurvey("shop");
  for (int i = 0; i < 50; ++i) {
    HOIAM_ASSERT_OK(Use(absl::StrCat("u", i), "IN_USE", clock_.Now() - absl::Hours(i), absl::StrCat("item", i)));
    HOIAM_ASSERT_OK(Say(absl::StrCat("k", i), v1::ConsentState::GIVEN));
  }
  testing::ExplainingSession session(database_.Session());
  const db::TenantDb db = testing::TenantOn(session, "demo");
  HOIAM_EXPECT_OK(ListTouchpoints(db));
  HOIAM_EXPECT_OK(ListChannels(db));
  HOIAM_EXPECT_OK(ListConsentStatements(db, "lan"));
  HOIAM_EXPECT_OK(ListOldConsents(db, "lan"));
  HOIAM_EXPECT_OK(ListUsage(db, "lan", std::nullopt, 51));
  HOIAM_EXPECT_OK(ListUsage(db, "lan", UsagePlace{clock_.Now(), "u1"}, 51));
  HOIAM_EXPECT_OK(ListUsageItems(db, "lan"));
  HOIAM_EXPECT_OK(ReadUsageItem(db, "lan", "item1"));
  EXPECT_TRUE(session.bad.empty()) << session.bad[0];
  EXPECT_GE(session.explained, 8);
}

}  // namespace
}  // namespace hoiam::survey
