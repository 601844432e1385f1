#include "gateway/webhook/webhook_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "gateway/limits.h"
#include "gateway/webhook/event_types.h"
#include "gateway/webhook/samples.h"
#include "gateway/webhook/secret_url.h"
#include "platform/base/ids.h"
#include "platform/json/fields.h"
#include "tests/support/matchers.h"

namespace hoiam::gateway {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using testing::IsOk;
using testing::StatusIs;

const absl::Time kNow = absl::FromUnixSeconds(1'793'000'000);

const SecretKey kKey(std::string(32, 'k'));

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
  EXPECT_TRUE(*ApplyPatch(*CheckPatch(q, {}, Nobody), kKey, row));
  EXPECT_EQ(row.description, "neu");
  EXPECT_EQ(row.url, "https://a.example/");
  EXPECT_FALSE(*ApplyPatch(*CheckPatch(q, {}, Nobody), kKey, row)) << "nothing changed";

  q.mutable_webhook()->clear_description();
  q.mutable_update_mask()->add_paths("description");
  EXPECT_TRUE(*ApplyPatch(*CheckPatch(q, {}, Nobody), kKey, row));
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

// Reason and field of what is wrong with a template for these types.
std::string Wrong(const std::string& body_template, const std::string& types = "case.opened",
                  const std::string& content_type = "", const std::string& filter = "") {
  Violations v;
  CheckContent({types, body_template, content_type, filter}, v);
  if (v.empty()) return "";
  const auto detail = DetailOf(v.ToStatus());
  return absl::StrCat(detail->violations[0].field, " ", detail->violations[0].reason);
}

TEST(WebhookRulesTest, WhatIsSentMustFitWhatHappens) {
  EXPECT_EQ(Wrong(R"({"text":"{{data.case.priority}} {{data.customerId}}"})"), "");
  EXPECT_EQ(Wrong(R"({"text":"{{data.case.priority}}"})", "case.opened,response.submitted"),
            "bodyTemplate TEMPLATE_NOT_IN_EVENT");
  EXPECT_EQ(Wrong(R"({"text":"{{data.case.priority | default '-'}}"})", "case.opened,response.submitted"), "");
  EXPECT_EQ(Wrong(R"({"text":"{{data.text}}"})"), "bodyTemplate TEMPLATE_NOT_IN_EVENT") << "case.opened has none";
  EXPECT_EQ(Wrong(R"({"text":"{{data.text}}"})", "case.due,case.enriched"), "");
  EXPECT_EQ(Wrong(R"({"text":{{data.case.priority}}})"), "bodyTemplate TEMPLATE_NOT_JSON");
  EXPECT_EQ(Wrong(R"({"text":"{{type}}")"), "bodyTemplate TEMPLATE_NOT_JSON");
  EXPECT_EQ(Wrong(R"({"text":{{data.case.resolution | default '1'}}})"), "bodyTemplate TEMPLATE_NOT_JSON");
  EXPECT_EQ(Wrong(R"({"text":"\{{type}}"})"), "bodyTemplate TEMPLATE_NOT_JSON") << "a backslash before it";
  EXPECT_EQ(Wrong(R"({"text":{{data.case.waitUntil | text}}})"), "bodyTemplate TEMPLATE_UNESCAPED");
  EXPECT_EQ(Wrong(R"({"case":{{data.case | text}},"n":{{data.case.answers.0.score | text}}})"), "");
  EXPECT_EQ(Wrong("P1 {{data.case.caseId}}", "case.opened", "text/plain; charset=utf-8"), "");
  EXPECT_EQ(Wrong("", "case.opened", "text/plain"), "contentType CONTENT_TYPE_WITHOUT_TEMPLATE");
  EXPECT_EQ(Wrong("x", "case.opened", "text"), "contentType INVALID_CONTENT_TYPE");
  EXPECT_EQ(Wrong("", "case.opened", "", "priority = P9"), "filter INVALID_FILTER");
}

TEST(WebhookRulesTest, AnAddressIsHiddenOnceThereIsATemplateAndStaysSo) {
  const std::string url = "https://api.telegram.org/bot123:SECRET/sendMessage";
  WebhookRow row;
  row.tenant_id = "demo";
  row.webhook_id = "telegram";
  row.url = url;
  row.event_types = "case.opened";
  const auto patch = [&](auto fill, std::initializer_list<const char*> paths = {}) {
    v1::UpdateWebhookRequest q;
    fill(*q.mutable_webhook());
    for (const char* path : paths) q.mutable_update_mask()->add_paths(path);
    return *ApplyPatch(*CheckPatch(q, {}, Nobody), kKey, row);
  };
  const auto shown = [&] { return ToProto(row, {}, kNow).url(); };
  const auto nothing = [](v1::Webhook&) {};
  EXPECT_EQ(shown(), url);

  EXPECT_TRUE(patch([](auto& w) { w.set_body_template(R"({"text":"{{type}}"})"); }));
  EXPECT_EQ(shown(), "https://api.telegram.org/…");
  EXPECT_EQ(row.sealed_url.find("SECRET"), std::string::npos);
  EXPECT_EQ(*UrlOf(row, kKey), url) << "a PATCH without url keeps it";
  EXPECT_EQ(ToProto(row, {}, kNow).SerializeAsString().find("SECRET"), std::string::npos);

  EXPECT_TRUE(patch([](auto& w) { w.set_filter("priority = P1"); }));
  EXPECT_EQ(*UrlOf(row, kKey), url);
  EXPECT_FALSE(patch([&](auto& w) { w.set_url(url); })) << "the same again";
  EXPECT_TRUE(patch(nothing, {"body_template"}));
  EXPECT_EQ(shown(), "https://api.telegram.org/…") << "taking the template away does not show it";
  EXPECT_TRUE(patch([](auto& w) { w.set_url("https://crm.example.com/hooks"); }));
  EXPECT_EQ(shown(), "https://crm.example.com/hooks");

  WebhookRow moved = row;
  moved.body_template = "{}";
  HideUrl(kKey, moved);
  moved.webhook_id = "other";
  EXPECT_FALSE(UrlOf(moved, kKey).ok()) << "sealed for one webhook, read as another's";
  v1::UpdateWebhookRequest shown_again;
  shown_again.mutable_webhook()->set_url("https://api.telegram.org/…");
  EXPECT_THAT(CheckPatch(shown_again, {}, Nobody), StatusIs(StatusCode::kInvalidArgument, "INVALID_URL"));
}

TEST(WebhookRulesTest, ATemplatesBodyIsShownForASampleOfEachType) {
  WebhookRow row;
  row.webhook_id = "telegram";
  row.event_types = "case.due,case.opened";
  row.body_template = R"({"text":"{{type}}: {{data.case.priority}} {{data.case.answers.0.comment | truncate 5}}"})";
  row.filter = "type = case.due";
  const auto shown = ShowSamples(row, kNow);
  HOIAM_ASSERT_OK(shown);
  ASSERT_EQ(shown->samples_size(), 2);
  EXPECT_EQ(shown->samples(0).body(), R"({"text":"case.due: P1 Chờ …"})");
  EXPECT_EQ(shown->samples(0).content_type(), "application/json");
  EXPECT_TRUE(shown->samples(0).passes());
  EXPECT_EQ(shown->samples(1).type(), "case.opened");
  EXPECT_FALSE(shown->samples(1).passes());
  EXPECT_FALSE(shown->has_delivery());
}

TEST(WebhookRulesTest, ASampleHoldsWhatSuchAnEventHolds) {
  for (const char* type : kEventTypes) {
    const v1::PublicEvent sample = SampleOf(type, kNow);
    EXPECT_EQ(sample.type(), type);
    const json::MessageInfo& data = json::InfoOf(v1::EventData::descriptor());
    for (const json::FieldInfo& field : data.fields) {
      if (!field.field->has_presence()) continue;
      EXPECT_EQ(sample.data().GetReflection()->HasField(sample.data(), field.field), CanHold(type, field.name))
          << type << " " << field.name;
    }
  }
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
