#include "gateway/webhook/signature.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "gateway/webhook/render.h"
#include "gateway/webhook/secret_url.h"

namespace hoiam::gateway {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'793'000'000);

WebhookRow Crm(int64_t generation) {
  WebhookRow w;
  w.tenant_id = "demo";
  w.webhook_id = "crm";
  w.url = "https://example.com/hooks";
  w.generation = generation;
  return w;
}

// The example of the specification's own reference libraries.
TEST(SignatureTest, SignsAsTheReferenceLibrariesDo) {
  std::string secret;
  ASSERT_TRUE(absl::Base64Unescape("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", &secret));
  EXPECT_EQ(Signature({secret}, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(SignatureTest, TheOldSecretSignsBesideTheNewOneUntilItsTimeIsOver) {
  const SecretKey key(std::string(32, 'k'));
  const std::string first = SigningSecret(key, Crm(1), 1);
  WebhookRow rotated = Crm(2);
  rotated.old_secret_expires_at = kNow;
  EXPECT_EQ(SigningSecrets(key, Crm(1), kNow), (std::vector<std::string>{first}));
  const auto both = SigningSecrets(key, rotated, kNow - absl::Nanoseconds(1));
  ASSERT_EQ(both.size(), 2u);
  EXPECT_NE(both[0], first);
  EXPECT_EQ(both[1], first);
  EXPECT_EQ(SigningSecrets(key, rotated, kNow), (std::vector<std::string>{both[0]}));
  const std::vector<std::string> signatures = absl::StrSplit(Signature(both, "id", 1, "{}"), ' ');
  ASSERT_EQ(signatures.size(), 2u);
  EXPECT_EQ(signatures[1], Signature({first}, "id", 1, "{}"));
}

TEST(SignatureTest, ASecretIsOfOneTenantAndOneWebhook) {
  const SecretKey key(std::string(32, 'k'));
  WebhookRow other_tenant = Crm(1), other_webhook = Crm(1);
  other_tenant.tenant_id = "demo~test";
  other_webhook.webhook_id = "crm2";
  EXPECT_NE(SigningSecret(key, Crm(1), 1), SigningSecret(key, other_tenant, 1));
  EXPECT_NE(SigningSecret(key, Crm(1), 1), SigningSecret(key, other_webhook, 1));
  const std::string text = SecretText(SigningSecret(key, Crm(1), 1));
  std::string bytes;
  ASSERT_TRUE(absl::StartsWith(text, "whsec_"));
  ASSERT_TRUE(absl::Base64Unescape(text.substr(6), &bytes));
  EXPECT_EQ(bytes, SigningSecret(key, Crm(1), 1));
}

TEST(SignatureTest, ARequestIsTypeTimestampAndDataWithTheThreeHeaders) {
  const SecretKey key(std::string(32, 'k'));
  v1::PublicEvent event;
  event.set_id("018f0000-0000-7000-8000-000000000001");
  event.set_type("customer.unsubscribed");
  event.mutable_timestamp()->set_seconds(1'793'000'000);
  event.mutable_data()->set_customer_id("KH\"1");
  const HttpPost post = *PostOf(Crm(1), event, key, kNow);
  EXPECT_EQ(post.url, "https://example.com/hooks");
  EXPECT_EQ(post.body, R"({"type":"customer.unsubscribed","timestamp":"2026-10-26T07:33:20Z",)"
                       R"("data":{"customerId":"KH\"1","testMode":false}})");
  const auto has = [&](const std::string& header) {
    return std::find(post.headers.begin(), post.headers.end(), header) != post.headers.end();
  };
  EXPECT_TRUE(has("content-type: application/json"));
  EXPECT_TRUE(has("webhook-id: 018f0000-0000-7000-8000-000000000001"));
  EXPECT_TRUE(has("webhook-timestamp: 1793000000"));
  EXPECT_TRUE(
      has("webhook-signature: " + Signature({SigningSecret(key, Crm(1), 1)}, event.id(), 1'793'000'000, post.body)));
}

TEST(SignatureTest, ATemplatesBodyIsSignedAsItIsSentToTheHiddenAddress) {
  const SecretKey key(std::string(32, 'k'));
  v1::PublicEvent event;
  event.set_id("018f0000-0000-7000-8000-000000000001");
  event.set_type("customer.unsubscribed");
  event.mutable_data()->set_customer_id("Chị Lan");
  WebhookRow row = Crm(1);
  row.body_template = "customer={{data.customerId}}";
  row.content_type = "application/x-www-form-urlencoded";
  HideUrl(key, row);
  EXPECT_EQ(row.url, "https://example.com/…");
  const auto post = PostOf(row, event, key, kNow);
  ASSERT_TRUE(post.ok()) << post.status();
  EXPECT_EQ(post->url, "https://example.com/hooks");
  EXPECT_EQ(post->body, "customer=Ch%E1%BB%8B%20Lan");
  EXPECT_THAT(post->headers, ::testing::Contains("content-type: application/x-www-form-urlencoded"));
  EXPECT_THAT(post->headers,
              ::testing::Contains("webhook-signature: " +
                                  Signature({SigningSecret(key, row, 1)}, event.id(), 1'793'000'000, post->body)));
  EXPECT_FALSE(PostOf(row, event, SecretKey(std::string(32, 'x')), kNow).ok()) << "another key file";
}

}  // namespace
}  // namespace hoiam::gateway
