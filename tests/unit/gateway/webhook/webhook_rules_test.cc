#include "gateway/webhook/webhook_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/limits.h"
#include "platform/base/ids.h"
#include "tests/support/matchers.h"

namespace hoiam::gateway {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using testing::IsOk;
using testing::StatusIs;

const absl::Time kNow = absl::FromUnixSeconds(1'793'000'000);

std::vector<Address> Nobody(const std::string&) { return {}; }

v1::CreateWebhookRequest Request() {
  v1::CreateWebhookRequest q;
  q.set_webhook_id("crm");
  q.set_url("https://crm.example.com/hooks");
  q.add_event_types("response.submitted");
  q.add_event_types("case.opened");
  return q;
}

absl::StatusOr<NewWebhook> Check(const v1::CreateWebhookRequest& q) { return CheckNewWebhook(q, {}, Nobody); }

std::vector<std::string> FieldsOf(const absl::Status& s) {
  std::vector<std::string> fields;
  const auto detail = DetailOf(s);
  for (const Violation& v : detail ? detail->violations : std::vector<Violation>()) fields.push_back(v.field);
  return fields;
}

TEST(WebhookRulesTest, AllThatIsWrongIsSaidAtOnce) {
  v1::CreateWebhookRequest q;
  q.set_webhook_id("CRM!");
  q.set_url("http://127.0.0.1");
  q.add_event_types("case.opened");
  q.add_event_types("case.exploded");
  q.set_description(std::string(kMaxWebhookDescription + 1, 'x'));
  EXPECT_THAT(FieldsOf(Check(q).status()),
              ::testing::UnorderedElementsAre("webhookId", "url", "eventTypes[1]", "description"));
  EXPECT_THAT(FieldsOf(Check({}).status()), ::testing::UnorderedElementsAre("webhookId", "url", "eventTypes"));
}

TEST(WebhookRulesTest, TheSameRequestAgainIsTheSameWebhookAnotherOneIsRefused) {
  const auto wanted = Check(Request());
  HOIAM_ASSERT_OK(wanted);
  WebhookRow row;
  row.webhook_id = "crm";
  row.fingerprint = wanted->fingerprint;
  row.revision = 7;
  const auto found = DecideNewWebhook(*wanted, {&row});
  HOIAM_ASSERT_OK(found);
  EXPECT_EQ((*found)->revision, 7);

  v1::CreateWebhookRequest reordered = Request();
  reordered.mutable_event_types()->SwapElements(0, 1);
  EXPECT_EQ(Check(reordered)->fingerprint, wanted->fingerprint) << "a set has no order";
  v1::CreateWebhookRequest other = Request();
  other.set_url("https://crm.example.com/other");
  EXPECT_THAT(DecideNewWebhook(*Check(other), {&row}), StatusIs(StatusCode::kAlreadyExists, "ID_REUSED"));
}

TEST(WebhookRulesTest, ATenantHasABoundedNumber) {
  std::vector<WebhookRow> rows(kMaxWebhooksPerTenant);
  std::vector<const WebhookRow*> all;
  for (size_t i = 0; i < rows.size(); ++i) {
    rows[i].webhook_id = "w" + std::to_string(i);
    all.push_back(&rows[i]);
  }
  EXPECT_THAT(DecideNewWebhook(*Check(Request()), all), StatusIs(StatusCode::kFailedPrecondition, "TOO_MANY_WEBHOOKS"));
  all.pop_back();
  EXPECT_THAT(DecideNewWebhook(*Check(Request()), all), IsOk());
}

TEST(WebhookRulesTest, APatchSetsWhatIsPresentOrWhatTheMaskNames) {
  v1::UpdateWebhookRequest q;
  q.mutable_webhook()->set_webhook_id("crm");
  q.mutable_webhook()->set_description("neu");
  WebhookRow row;
  row.url = "https://a.example/";
  row.description = "old";
  EXPECT_TRUE(ApplyPatch(*CheckPatch(q, {}, Nobody), row));
  EXPECT_EQ(row.description, "neu");
  EXPECT_EQ(row.url, "https://a.example/");
  EXPECT_FALSE(ApplyPatch(*CheckPatch(q, {}, Nobody), row)) << "nothing changed";

  q.mutable_webhook()->clear_description();
  q.mutable_update_mask()->add_paths("description");
  EXPECT_TRUE(ApplyPatch(*CheckPatch(q, {}, Nobody), row));
  EXPECT_EQ(row.description, "");
  q.mutable_update_mask()->add_paths("event_types");
  EXPECT_THAT(CheckPatch(q, {}, Nobody), StatusIs(StatusCode::kInvalidArgument, "REQUIRED"));

  const auto refused = [](const char* path) {
    v1::UpdateWebhookRequest r;
    r.mutable_update_mask();
    if (*path) r.mutable_update_mask()->add_paths(path);
    return ReasonOf(CheckPatch(r, {}, Nobody).status());
  };
  EXPECT_EQ(refused(""), "EMPTY_MASK");
  EXPECT_EQ(refused("state"), "NOT_SETTABLE");
  EXPECT_EQ(refused("secret"), "UNKNOWN_FIELD");
}

TEST(WebhookRulesTest, TheOldSecretLivesADayUnlessSaidAndSevenDaysAtMost) {
  v1::RotateWebhookSecretRequest q;
  EXPECT_EQ(*CheckOverlap(q), absl::Hours(24));
  q.mutable_overlap()->set_seconds(0);
  EXPECT_EQ(*CheckOverlap(q), absl::ZeroDuration());
  q.mutable_overlap()->set_seconds(7 * 86'400);
  EXPECT_EQ(*CheckOverlap(q), absl::Hours(24 * 7));
  q.mutable_overlap()->set_nanos(1);
  EXPECT_THAT(CheckOverlap(q), StatusIs(StatusCode::kInvalidArgument, "OVERLAP_OUT_OF_RANGE"));
  q.mutable_overlap()->set_seconds(-1);
  EXPECT_THAT(CheckOverlap(q), StatusIs(StatusCode::kInvalidArgument, "OVERLAP_OUT_OF_RANGE"));
}

TEST(WebhookRulesTest, AReplayIsByIdsOrByTime) {
  const auto reason = [](auto fill) {
    v1::ReplayDeliveriesRequest q;
    fill(q);
    return ReasonOf(CheckReplay(q, kNow).status());
  };
  const std::string id = UuidToString(NewUuid(kNow));
  EXPECT_EQ(reason([](auto& q) {}), "REQUIRED");
  EXPECT_EQ(reason([](auto& q) { q.mutable_end_time()->set_seconds(1); }), "REQUIRED");
  EXPECT_EQ(reason([&](auto& q) { q.add_event_ids(id); }), "");
  EXPECT_EQ(reason([&](auto& q) { q.add_event_ids("x"); }), "INVALID_ID");
  EXPECT_EQ(reason([&](auto& q) {
              q.add_event_ids(id);
              q.mutable_start_time()->set_seconds(1);
            }),
            "IDS_OR_TIME");
  EXPECT_EQ(reason([&](auto& q) {
              for (int i = 0; i <= kMaxReplayedIds; ++i) q.add_event_ids(id);
            }),
            "TOO_MANY");
  EXPECT_EQ(reason([](auto& q) {
              q.mutable_start_time()->set_seconds(2);
              q.mutable_end_time()->set_seconds(1);
            }),
            "TIME_OUT_OF_ORDER");
  v1::ReplayDeliveriesRequest open;
  open.mutable_start_time()->set_seconds(5);
  EXPECT_EQ(CheckReplay(open, kNow)->end, kNow);
}

TEST(WebhookRulesTest, ADeliveryThatWasGivenUpWithItsWebhookReadsSo) {
  LoggedDelivery d;
  d.row.tenant_id = "demo";
  d.row.webhook_id = "crm";
  d.row.position = 5;
  d.row.state = v1::DeliveryState::PENDING;
  d.row.due_at = kNow;
  d.event_id = NewUuid(kNow);
  EXPECT_EQ(ToProto(d, 5).state(), v1::DeliveryState::PENDING);
  EXPECT_TRUE(ToProto(d, 5).has_next_attempt_time());
  EXPECT_EQ(ToProto(d, 6).state(), v1::DeliveryState::FAILED);
  EXPECT_FALSE(ToProto(d, 6).has_next_attempt_time());
  EXPECT_TRUE(ParseUuid(ToProto(d, 5).delivery_id()));
  LoggedDelivery next = d;
  next.row.position = 6;
  EXPECT_NE(ToProto(d, 0).delivery_id(), ToProto(next, 0).delivery_id());
}

}  // namespace
}  // namespace hoiam::gateway
