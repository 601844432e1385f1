// Inbound endpoints as tills and shops use them: the examples of docs/inbound.md, read from the page and run, and what
// an address refuses.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "platform/base/crypto.h"
#include "tests/e2e/api.h"
#include "tests/support/process.h"

namespace hoiam::testing {
namespace {

// One example of the page: the request that makes the endpoint, a body, and the answer to it.
struct Example {
  std::string create, body, answer;
};

// The JSON blocks between "<!-- inbound:begin NAME -->" and its end.
Example ReadExample(const std::string& name) {
  const std::string page = ReadFile(absl::StrCat(SourceDir(), "/docs/inbound.md"));
  std::vector<std::string> blocks;
  bool inside = false, code = false;
  for (absl::string_view line : absl::StrSplit(page, '\n')) {
    if (line == absl::StrCat("<!-- inbound:begin ", name, " -->")) inside = true;
    if (line == "<!-- inbound:end -->") inside = false;
    if (!inside) continue;
    if (absl::StartsWith(line, "```")) {
      code = !code;
      if (code) blocks.emplace_back();
    } else if (code) {
      absl::StrAppend(&blocks.back(), line, "\n");
    }
  }
  EXPECT_EQ(blocks.size(), 3u) << name;
  blocks.resize(3);
  return {blocks[0], blocks[1], blocks[2]};
}

class InboundTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { suite_ = new Suite; }
  static void TearDownTestSuite() { delete std::exchange(suite_, nullptr); }
  InboundTest()
      : tenant_("in" + std::to_string(++tenants_)),
        api_(HttpClient(suite_->url(), suite_->MakeTenant(tenant_))),
        sender_(suite_->url(), "") {}

  // Makes the endpoint; answers the path that its sender posts to.
  std::string Make(const std::string& create) { return PathOf(api_.Post("/v1/inbounds", create).String("url")); }
  // A small endpoint without a signature.
  std::string MakeFlat(const std::string& id, const std::string& more = "") {
    return Make(absl::StrCat(R"({"inboundId":")", id, R"(","inbound":{"items":"/*",)", more,
                             R"("fields":[{"field":"interactionId","path":"/id"},{"field":"customerId","path":"/who"},
                                {"field":"type","constant":"PURCHASE"},{"field":"occurredAt","path":"/at"},
                                {"field":"amount","path":"/total"},{"field":"currency","constant":"VND"}]}})"));
  }
  static std::string Item(const std::string& id, const std::string& total = "100") {
    return absl::StrCat(R"({"id":")", id, R"(","who":"K1","at":"2026-01-15T10:00:00Z","total":)", total, "}");
  }
  // Signs as the example's mapping says.
  static Headers Sign(const Json& create, const std::string& body) {
    const std::string mac = HmacSha256(create.String("inbound/signature/secret"), body);
    const bool hex = create.String("inbound/signature/encoding") == "HMAC_SHA256_HEX";
    return {{create.String("inbound/signature/header"), hex ? "sha256=" + Hex(mac) : absl::Base64Escape(mac)}};
  }
  Answer Post(const std::string& path, const std::string& body, const Headers& headers = {}) {
    return sender_.Post(path, body, headers);
  }
  int64_t Stored(const std::string& id) { return api_.http().Get("/v1/interactions/" + id).code; }

  static Suite* suite_;
  static int tenants_;
  const std::string tenant_;
  Api api_;
  HttpClient sender_;  // without a key
};

Suite* InboundTest::suite_ = nullptr;
int InboundTest::tenants_ = 0;

TEST_F(InboundTest, TheExamplesOfThePageDoWhatItSays) {
  for (const char* name : {"till", "shop"}) {
    SCOPED_TRACE(name);
    const Example example = ReadExample(name);
    const Json create(example.create);
    const std::string path = Make(example.create);
    ASSERT_EQ(path.substr(0, 4), "/in/");

    const std::string test = absl::StrCat("/v1/inbounds/", name, ":test");
    const Json tried = api_.Post(test, absl::StrCat(R"({"body":)", example.body, "}"));
    const Answer answer = Post(path, example.body, Sign(create, example.body));
    ASSERT_THAT(answer, HasCode(200));
    EXPECT_EQ(answer.json().Dump(), Json(example.answer).Dump());
    ASSERT_EQ(tried.Size("items"), answer.json().Size("results"));
    for (size_t i = 0; i < tried.Size("items"); ++i) {
      const Json one = tried.At(absl::StrCat("items/", i)), other = answer.json().At(absl::StrCat("results/", i));
      EXPECT_EQ(one.String("path"), other.String("path"));
      EXPECT_EQ(one.Bool("passedOver"), other.Bool("passedOver"));
      if (!one.Bool("passedOver")) EXPECT_EQ(one.String("interaction/interactionId"), other.String("interactionId"));
    }

    // The same body again changes nothing.
    const Answer again = Post(path, example.body, Sign(create, example.body));
    EXPECT_EQ(again.body, answer.body);
    const Json inbound = api_.Get(absl::StrCat("/v1/inbounds/", name));
    EXPECT_TRUE(inbound.Has("lastUsedTime"));
    EXPECT_EQ(inbound.Dump().find(create.String("inbound/signature/secret")), std::string::npos);
  }
  const Json first = api_.Get("/v1/interactions/till-HD000123");
  EXPECT_EQ(first.String("amount"), "1250000");
  EXPECT_EQ(first.String("occurredAt"), "2026-01-15T03:15:30.137Z");
  EXPECT_EQ(first.String("properties/branch"), "Cửa hàng Quận 3");
  EXPECT_EQ(first.Int("revision"), 1);
  EXPECT_EQ(api_.Get("/v1/interactions/till-HD000124").String("customerId"), "walk-in");
  EXPECT_EQ(Stored("till-HD000125"), 404) << "passed over";
  EXPECT_EQ(api_.Get("/v1/customers/KH000045").String("displayName"), "Nguyễn Thị Lan");
  const Json order = api_.Get("/v1/interactions/DH-100231");
  EXPECT_EQ(order.String("amount"), "489000");
  EXPECT_EQ(order.String("properties/firstItem"), "Áo sơ mi trắng");
  EXPECT_EQ(order.Int("revision"), 1);
  EXPECT_EQ(api_.Get("/v1/customers/shop-1043220777").String("givenName"), "Minh");
}

TEST_F(InboundTest, AWrongSignatureIsRefusedBeforeAnythingIsRead) {
  const Example example = ReadExample("till");
  const Json create(example.create);
  const std::string path = Make(example.create);
  const Headers right = Sign(create, example.body);
  const std::string name = right.begin()->first, value = right.begin()->second;
  std::string flipped = value;
  flipped.back() = flipped.back() == '0' ? '1' : '0';
  const std::vector<Headers> wrong = {{},
                                      {{name, flipped}},
                                      {{name, value.substr(0, value.size() - 1)}},
                                      {{name, "sha256="}},
                                      {{"X-Other", value}},
                                      Sign(create, example.body + " ")};
  for (const Headers& headers : wrong) {
    EXPECT_THAT(Post(path, example.body, headers), IsRefused(401, "UNAUTHENTICATED", "INVALID_SIGNATURE", ""));
    EXPECT_THAT(Post(path, "not json", headers), IsRefused(401, "UNAUTHENTICATED", "INVALID_SIGNATURE", ""));
  }
  EXPECT_EQ(Stored("till-HD000123"), 404);
  EXPECT_FALSE(api_.Get("/v1/inbounds/till").Has("lastUsedTime"));
  EXPECT_THAT(Post(path, example.body, {{name, absl::AsciiStrToUpper(value.substr(7))}}), HasCode(200))
      << "hexadecimal in any case, the prefix or not";
}

TEST_F(InboundTest, ABadItemStandsInItsResultAndTheOthersAreRecorded) {
  const std::string path = MakeFlat("flat");
  const std::string body =
      absl::StrCat("[", Item("A1"), ",", Item("A2", "\"much\""), R"(,{"id":"A3"},7,)",
                   R"({"id":"A4","who":"K1","at":"2999-01-01T00:00:00Z","total":5},)", Item("A5"), "]");
  const Answer answer = Post(path, body);
  ASSERT_THAT(answer, HasCode(200));
  const Json json = answer.json();
  ASSERT_EQ(json.Size("results"), 6u);
  for (int i = 0; i < 6; ++i) {
    const bool good = i == 0 || i == 5;
    EXPECT_EQ(json.Int(absl::StrCat("results/", i, "/status/code")) == 0, good) << answer;
  }
  EXPECT_NE(json.Dump("results/1").find("INVALID_AMOUNT"), std::string::npos);
  EXPECT_NE(json.Dump("results/1").find("/1/total"), std::string::npos) << "the place in the body";
  EXPECT_NE(json.Dump("results/4").find("TIME_OUT_OF_RANGE"), std::string::npos) << "what only the service can tell";
  EXPECT_EQ(Stored("A1"), 200);
  EXPECT_EQ(Stored("A5"), 200);
  EXPECT_EQ(Stored("A2"), 404);

  const Json reused = Post(path, absl::StrCat("[", Item("A1", "999"), "]")).json();
  EXPECT_NE(reused.Dump().find("ID_REUSED"), std::string::npos) << reused.Dump();
  EXPECT_EQ(api_.Get("/v1/interactions/A1").String("amount"), "100");
}

TEST_F(InboundTest, WhatIsNoBodyIsRefusedAsAWhole) {
  const std::string path = MakeFlat("flat");
  EXPECT_THAT(Post(path, ""), IsRefused(400, "INVALID_ARGUMENT", "INVALID_JSON", "$"));
  EXPECT_THAT(Post(path, "a=1&b=2"), IsRefused(400, "INVALID_ARGUMENT", "INVALID_JSON", "$"));
  EXPECT_THAT(Post(path, std::string(33, '[') + std::string(33, ']')),
              IsRefused(400, "INVALID_ARGUMENT", "TOO_DEEP", "$"));
  std::vector<std::string> items;
  for (int i = 0; i < 1001; ++i) items.push_back(Item(absl::StrCat("many", i)));
  EXPECT_THAT(Post(path, absl::StrCat("[", absl::StrJoin(items, ","), "]")),
              IsRefused(400, "INVALID_ARGUMENT", "TOO_MANY_ITEMS", "$"));
  EXPECT_EQ(Stored("many0"), 404);
  items.pop_back();
  const Answer thousand = Post(path, absl::StrCat("[", absl::StrJoin(items, ","), "]"));
  ASSERT_THAT(thousand, HasCode(200));
  EXPECT_EQ(thousand.json().Size("results"), 1000u);
  EXPECT_EQ(Stored("many999"), 200);
  EXPECT_THAT(Post(path, std::string((1 << 20) + 1, ' ')), HasCode(413));
  EXPECT_EQ(Post(path, "[]").json().Dump(), R"({"results":[]})");
  EXPECT_THAT(sender_.Get(path), IsRefused(405, "UNIMPLEMENTED", "METHOD_NOT_ALLOWED", ""));
}

TEST_F(InboundTest, OnlyTheRightAddressOfAnEnabledEndpointIsTaken) {
  const std::string path = MakeFlat("flat");
  const std::string body = absl::StrCat("[", Item("A1"), "]");
  const auto unknown = IsRefused(404, "NOT_FOUND", "INBOUND_ADDRESS_UNKNOWN", "");
  std::string other = path;
  other[10] = other[10] == 'x' ? 'y' : 'x';
  for (const std::string& wrong : std::vector<std::string>{other, path + "x", path.substr(0, path.size() - 1), "/in/",
                                                           "/in/flat", path + "/", "/in/../in/x"})
    EXPECT_THAT(Post(wrong, body), unknown) << wrong;

  api_.Patch("/v1/inbounds/flat", R"({"enabled":false})");
  EXPECT_THAT(Post(path, body), unknown);
  api_.Patch("/v1/inbounds/flat", R"({"enabled":true})");
  EXPECT_THAT(Post(path, body), HasCode(200));

  const std::string moved = PathOf(api_.Post("/v1/inbounds/flat:rotateUrl", "{}").String("url"));
  EXPECT_NE(moved, path);
  EXPECT_THAT(Post(path, body), unknown);
  EXPECT_THAT(Post(moved, body), HasCode(200));
}

TEST_F(InboundTest, AnAddressWritesIntoItsOwnTenantOnly) {
  const std::string path = MakeFlat("flat");
  Api stranger(HttpClient(suite_->url(), suite_->MakeTenant(tenant_ + "x")));
  ASSERT_THAT(Post(path, absl::StrCat("[", Item("A1"), "]")), HasCode(200));
  EXPECT_EQ(Stored("A1"), 200);
  EXPECT_THAT(stranger.http().Get("/v1/interactions/A1"), HasCode(404));
  EXPECT_THAT(stranger.http().Get("/v1/inbounds/flat"), IsRefused(404, "NOT_FOUND", "INBOUND_NOT_FOUND", ""));
  EXPECT_THAT(stranger.http().Post("/v1/inbounds/flat:test", R"({"body":[]})"), HasCode(404));
  EXPECT_THAT(stranger.http().Patch("/v1/inbounds/flat", R"({"enabled":false})"), HasCode(404));
  EXPECT_THAT(stranger.http().Post("/v1/inbounds/flat:rotateUrl", "{}"), HasCode(404));
  EXPECT_EQ(stranger.Get("/v1/inbounds").Size("inbounds"), 0u);
}

TEST_F(InboundTest, ASuspendedTenantReceivesNothing) {
  const std::string path = MakeFlat("flat");
  const std::string file = suite_->dir() + "/operator." + tenant_;
  Program migrate;
  migrate.argv = {BinDir() + "/hoiam-migrate", "--operator-key-file", file};
  migrate.env = {{"HOIAM_DB_URL", suite_->db_url()}, {"HOIAM_PARTITIONS", "1"}};
  ASSERT_EQ(RunToEnd(migrate).status, 0);
  Api op(HttpClient(suite_->url(), std::string(absl::StripAsciiWhitespace(ReadFile(file)))));
  op.Post(absl::StrCat("/v1/tenants/", tenant_, ":suspend"), R"({"reason":"unpaid"})");
  const std::string body = absl::StrCat("[", Item("A1"), "]");
  EXPECT_THAT(Post(path, body), IsRefused(403, "PERMISSION_DENIED", "TENANT_SUSPENDED", ""));
  op.Post(absl::StrCat("/v1/tenants/", tenant_, ":resume"), "{}");
  EXPECT_THAT(Post(path, body), HasCode(200));
}

TEST_F(InboundTest, AServiceThatIsAwayMakesTheSenderComeAgain) {
  const std::string path = MakeFlat("flat");
  const std::string body = absl::StrCat("[", Item("A1"), "]");
  suite_->Kill("survey");
  const Answer away = Post(path, body);
  EXPECT_TRUE(away.code == 503 || away.code == 504) << away;
  EXPECT_EQ(away.headers.count("retry-after"), away.code == 503 ? 1u : 0u);
  suite_->Restart("survey");
  suite_->WaitAllReady();
  Answer answer;
  const absl::Time end = Now() + absl::Seconds(30);
  while ((answer = Post(path, body)).code != 200 && Now() < end) {
  }
  EXPECT_THAT(answer, HasCode(200));
  EXPECT_EQ(Stored("A1"), 200);
}

TEST_F(InboundTest, AMappingIsRefusedWithEverythingThatIsWrongWithIt) {
  const Answer answer =
      api_.http().Post("/v1/inbounds", R"({"inboundId":"Bad Id","inbound":{"items":"x","timeZone":"Mars","signature":
          {"encoding":"HMAC_SHA256_HEX","header":"X Y"},"fields":[{"field":"interactionID","path":"/a"}]}})");
  EXPECT_THAT(answer, HasCode(400));
  for (const char* field : {"inboundId", "inbound.items", "inbound.timeZone", "inbound.signature.header",
                            "inbound.signature.secret", "inbound.fields[0].field", "inbound.fields"}) {
    const auto fields = answer.fields();
    EXPECT_NE(std::find(fields.begin(), fields.end(), field), fields.end()) << field << "\n" << answer;
  }
}

TEST_F(InboundTest, AnEndpointIsMadeOnceAndChangedInParts) {
  const std::string create = ReadExample("shop").create;
  const Json made = api_.Post("/v1/inbounds", create);
  ASSERT_NE(made.String("url"), "");
  const Json again = api_.Post("/v1/inbounds", create);
  EXPECT_EQ(again.String("url"), "") << "the address is shown once";
  EXPECT_EQ(again.Dump("inbound"), made.Dump("inbound"));
  EXPECT_THAT(api_.http().Post("/v1/inbounds",
                               absl::StrCat(R"({"inboundId":"shop",)",
                                            create.substr(create.find("\"inbound\":"),
                                                          create.find("X-Haravan") - create.find("\"inbound\":")),
                                            "X-Other", create.substr(create.find("-Hmacsha256")))),
              IsRefused(409, "ALREADY_EXISTS", "ID_REUSED", ""));

  // A signature without a secret keeps the one that is stored.
  const Json changed = api_.Patch(
      "/v1/inbounds/shop", R"({"displayName":"Web","signature":{"encoding":"HMAC_SHA256_HEX","header":"X-Signed"}})");
  EXPECT_EQ(changed.Int("revision"), 2);
  EXPECT_EQ(changed.Size("fields"), made.Size("inbound/fields"));
  const std::string path = PathOf(made.String("url"));
  const std::string secret = Json(create).String("inbound/signature/secret");
  EXPECT_THAT(Post(path, "{}", {{"X-Signed", Hex(HmacSha256(secret, "{}"))}}), HasCode(200));
  EXPECT_EQ(api_.Patch("/v1/inbounds/shop", R"({"displayName":"Web"})").Int("revision"), 2) << "nothing changed";
  EXPECT_THAT(api_.http().Patch("/v1/inbounds/shop", R"({"fields":[]})"),
              IsRefused(400, "INVALID_ARGUMENT", "REQUIRED", "fields"));
  EXPECT_THAT(api_.http().Patch("/v1/inbounds/shop?updateMask=fields", "{}"),
              IsRefused(400, "INVALID_ARGUMENT", "REQUIRED", "fields"));
  EXPECT_THAT(api_.http().Patch("/v1/inbounds/shop?updateMask=revision,signature.secret,nope", "{}"),
              IsRefused(400, "INVALID_ARGUMENT", "NOT_SETTABLE", "updateMask"));

  MakeFlat("a-first");
  const std::vector<Json> all = api_.List("/v1/inbounds", "inbounds", 1);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].String("inboundId"), "a-first");
  EXPECT_EQ(all[1].String("inboundId"), "shop");
}

}  // namespace
}  // namespace hoiam::testing
