// Every way we know of talking a webhook into our own network.
#include "gateway/webhook/address.h"

#include <gtest/gtest.h>

#include <set>

#include "gateway/webhook/url.h"
#include "tests/support/matchers.h"

namespace hoiam::gateway {
namespace {

// Names of the tests, and what is behind them.
std::vector<Address> Resolve(const std::string& host) {
  static const std::map<std::string, std::vector<std::string>> names = {
      {"example.com", {"93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"}},
      {"inside.example.com", {"10.1.2.3"}},
      {"mixed.example.com", {"93.184.216.34", "127.0.0.1"}},
      {"six.example.com", {"fd00::1"}},
      {"mapped.example.com", {"::ffff:169.254.169.254"}},
      {"metadata.example.com", {"169.254.169.254"}},
      {"xn--fsqu00a.example", {"93.184.216.34"}},
      {"127.0.0.1.nip.io", {"127.0.0.1"}},
  };
  std::vector<Address> out;
  if (const auto it = names.find(host); it != names.end())
    for (const std::string& text : it->second) out.push_back(*ParseAddress(text));
  return out;
}

std::string Reason(const std::string& url, const std::string& allow = "") {
  Violations v;
  CheckWebhookUrl(url, "url", *AllowList::Parse(allow), Resolve, v);
  return ReasonOf(v.ToStatus());
}

struct Trick {
  const char* url;
  const char* reason;
};

constexpr char kRefused[] = "WEBHOOK_URL_REFUSED";
constexpr char kInvalid[] = "INVALID_URL";

constexpr Trick kTricks[] = {
    // Slashes that curl forgives.
    {"https:/example.com/", kInvalid},
    {"https:/example.com/?u=https://a@127.0.0.1/", kInvalid},
    {"https:///example.com/", kInvalid},
    {"https:example.com/", kInvalid},
    // Plain.
    {"https://127.0.0.1/", kRefused},
    {"https://127.255.255.254/", kRefused},
    {"https://0.0.0.0/", kRefused},
    {"https://10.0.0.1/", kRefused},
    {"https://100.64.0.1/", kRefused},
    {"https://100.127.255.255/", kRefused},
    {"https://169.254.169.254/latest/meta-data/", kRefused},
    {"https://172.16.0.1/", kRefused},
    {"https://172.31.255.255/", kRefused},
    {"https://192.0.0.8/", kRefused},
    {"https://192.0.2.1/", kRefused},
    {"https://192.88.99.1/", kRefused},
    {"https://192.168.1.1/", kRefused},
    {"https://198.18.0.1/", kRefused},
    {"https://198.19.255.255/", kRefused},
    {"https://198.51.100.7/", kRefused},
    {"https://203.0.113.7/", kRefused},
    {"https://224.0.0.1/", kRefused},
    {"https://240.0.0.1/", kRefused},
    {"https://255.255.255.255/", kRefused},
    // Other spellings of the same.
    {"https://2130706433/", kRefused},
    {"https://017700000001/", kRefused},
    {"https://0x7f000001/", kRefused},
    {"https://0x7F.1/", kRefused},
    {"https://0x7f.0x0.0x0.0x1/", kRefused},
    {"https://0177.0.0.1/", kRefused},
    {"https://0177.0x0.0.1/", kRefused},
    {"https://127.1/", kRefused},
    {"https://127.0.1/", kRefused},
    {"https://0/", kRefused},
    {"https://167772161/", kRefused},
    {"https://0xA9FEA9FE/", kRefused},
    {"https://2852039166/", kRefused},
    {"https://127.0.0.1./", kRefused},
    {"https://10.1/", kRefused},
    {"https://127.0.0.1:443/", kRefused},
    {"https://256.0.0.1/", kInvalid},
    {"https://4294967296/", kInvalid},
    {"https://1.2.3.4.5/", kInvalid},
    {"https://127.0.0.0x1g/", ""},  // no number: a name like any other, which has no address
    {"https://example.com.0x7f/", kInvalid},
    {"https://example.123/", kInvalid},
    // IPv6.
    {"https://[::1]/", kRefused},
    {"https://[0:0:0:0:0:0:0:1]/", kRefused},
    {"https://[::]/", kRefused},
    {"https://[::ffff:127.0.0.1]/", kRefused},
    {"https://[::ffff:7f00:1]/", kRefused},
    {"https://[::ffff:10.0.0.1]/", kRefused},
    {"https://[::127.0.0.1]/", kRefused},
    {"https://[::a9fe:a9fe]/", kRefused},
    {"https://[64:ff9b::7f00:1]/", kRefused},
    {"https://[64:ff9b::8.8.8.8]/", kRefused},
    {"https://[64:ff9b:1::1]/", kRefused},
    {"https://[100::1]/", kRefused},
    {"https://[2001::1]/", kRefused},
    {"https://[2001:0:7f00:1::]/", kRefused},
    {"https://[2001:10::1]/", kRefused},
    {"https://[2001:db8::1]/", kRefused},
    {"https://[2002:7f00:1::]/", kRefused},
    {"https://[2002:a00:1::1]/", kRefused},
    {"https://[3fff::1]/", kRefused},
    {"https://[fc00::1]/", kRefused},
    {"https://[fd12:3456::1]/", kRefused},
    {"https://[fe80::1]/", kRefused},
    {"https://[fec0::1]/", kRefused},
    {"https://[ff02::1]/", kRefused},
    {"https://[4000::1]/", kRefused},
    {"https://[fe80::1%25eth0]/", kInvalid},
    {"https://[::1", kInvalid},
    {"https://[127.0.0.1]/", kInvalid},
    {"https://::1/", kInvalid},
    // Names.
    {"https://localhost/", kRefused},
    {"https://LOCALHOST/", kRefused},
    {"https://localhost./", kRefused},
    {"https://api.localhost/", kRefused},
    {"https://localhost.localdomain/", kRefused},
    {"https://printer.local/", kRefused},
    {"https://metadata.google.internal/", kRefused},
    {"https://router.home.arpa/", kRefused},
    {"https://inside.example.com/", kRefused},
    {"https://mixed.example.com/", kRefused},
    {"https://six.example.com/", kRefused},
    {"https://mapped.example.com/", kRefused},
    {"https://metadata.example.com/", kRefused},
    {"https://metadata.example.com./", kRefused},
    {"https://METADATA.example.com/", kRefused},
    {"https://127.0.0.1.nip.io/", kRefused},
    // Who reads what.
    {"https://example.com@127.0.0.1/", kInvalid},
    {"https://user:password@example.com/", kInvalid},
    {"https://user@example.com/", kInvalid},
    {"https://@example.com/", kInvalid},
    {"https://127.0.0.1#@example.com/", kInvalid},
    {"https://example.com/#part", kInvalid},
    {"https://example.com/#", kInvalid},
    {"https://example.com\\@127.0.0.1/", kInvalid},
    {"https://example.com/a\\b", kInvalid},
    {"https://127.0.0.1%2f@example.com/", kInvalid},
    {"https://%31%32%37.0.0.1/", kInvalid},
    {"https://127%2e0.0.1/", kInvalid},
    {"https://exam%00ple.com/", kInvalid},
    {"https://\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x97.0.0.1/", kInvalid},  // full-width 127
    {"https://127\xE3\x80\x82"
     "0.0.1/",
     kInvalid},                                   // ideographic full stop
    {"https://loc\xC2\xADalhost/", kInvalid},     // soft hyphen
    {"https://\xE2\x93\x81ocalhost/", kInvalid},  // circled L
    {"https://exa mple.com/", kInvalid},
    {"https://example.com/a b", kInvalid},
    {"https://example.com/\r\nx-evil: 1", kInvalid},
    {"https://example.com/\t", kInvalid},
    {" https://example.com/", kInvalid},
    // Schemes and ports.
    {"http://example.com/", kRefused},
    {"HTTP://example.com/", kRefused},
    {"ftp://example.com/", kInvalid},
    {"file:///etc/passwd", kInvalid},
    {"gopher://example.com/", kInvalid},
    {"javascript://example.com/", kInvalid},
    {"https:example.com", kInvalid},
    {"https:/example.com/", kInvalid},
    {"//example.com/", kInvalid},
    {"example.com", kInvalid},
    {"https://", kInvalid},
    {"https:///path", kInvalid},
    {"https://:443/", kInvalid},
    {"https://example.com:0/", kInvalid},
    {"https://example.com:65536/", kInvalid},
    {"https://example.com:-1/", kInvalid},
    {"https://example.com:44x/", kInvalid},
    {"https://.example.com/", kInvalid},
    {"https://example..com/", kInvalid},
    {"https://exa$mple.com/", kInvalid},
    {"", "REQUIRED"},
};
static_assert(std::size(kTricks) >= 60);

TEST(WebhookUrlTest, NoSpellingOfAnAddressOfOursIsAccepted) {
  for (const Trick& t : kTricks) EXPECT_EQ(Reason(t.url), t.reason) << t.url;
}

TEST(WebhookUrlTest, OrdinaryAddressesAreAccepted) {
  for (const char* url :
       {"https://example.com/hooks", "https://example.com", "https://EXAMPLE.com:8443/a?b=c&d=%20", "https://8.8.8.8/",
        "https://134744072/", "https://[2606:4700::1111]/", "https://[::ffff:8.8.8.8]/", "https://xn--fsqu00a.example/",
        "https://nobody-knows-it.example/", "https://a_b.example.com/", "https://example.com./x",
        "https://example.com:1/", "https://example.com:65535/", "https://172.15.255.255/", "https://172.32.0.0/",
        "https://100.63.255.255/", "https://100.128.0.0/", "https://localhost.example.com/",
        "https://internal.example.com/"})
    EXPECT_EQ(Reason(url), "") << url;
  EXPECT_EQ(Reason("https://example.com/" + std::string(2028, 'a')), "");
  EXPECT_EQ(Reason("https://example.com/" + std::string(2029, 'a')), kInvalid);
}

TEST(WebhookUrlTest, WhatIsAllowedByNameOrRangeIsAcceptedAndNothingBesideIt) {
  EXPECT_EQ(Reason("http://receiver.internal:8080/x", "receiver.internal"), "");
  EXPECT_EQ(Reason("http://RECEIVER.internal./x", "receiver.internal"), "");
  EXPECT_EQ(Reason("http://other.internal/x", "receiver.internal"), kRefused);
  EXPECT_EQ(Reason("http://a.receiver.internal/x", "receiver.internal"), kRefused);
  EXPECT_EQ(Reason("http://127.0.0.1:9/x", "127.0.0.0/8"), "");
  EXPECT_EQ(Reason("http://2130706433/x", "127.0.0.1"), "");
  EXPECT_EQ(Reason("https://128.0.0.1/x", "127.0.0.0/8"), "");
  EXPECT_EQ(Reason("http://[::1]/x", "127.0.0.0/8"), kRefused);
  EXPECT_EQ(Reason("http://[::1]/x", "::1"), "");
  EXPECT_EQ(Reason("https://inside.example.com/", "10.1.0.0/16"), "");
  EXPECT_EQ(Reason("https://inside.example.com/", "10.2.0.0/16"), kRefused);
  EXPECT_EQ(Reason("https://user@127.0.0.1/", "127.0.0.0/8"), kInvalid) << "what is malformed stays malformed";
}

TEST(AllowListTest, MistakesAreNamed) {
  for (const char* text : {"10.0.0.0/33", "10.0.0.0/-1", "::/129", "http://x", "a b", "10.0.0.0/8/8"})
    EXPECT_FALSE(AllowList::Parse(text).ok()) << text;
  for (const char* text : {"", " , ", "a.example,10.0.0.0/8, ::1 ", "0.0.0.0/0"})
    HOIAM_EXPECT_OK(AllowList::Parse(text)) << text;
}

TEST(AddressTest, ARangeEndsWhereItEnds) {
  const auto list = AllowList::Parse("10.1.128.0/17");
  HOIAM_ASSERT_OK(list);
  EXPECT_TRUE(list->AllowsAddress(*ParseAddress("10.1.128.0")));
  EXPECT_TRUE(list->AllowsAddress(*ParseAddress("10.1.255.255")));
  EXPECT_FALSE(list->AllowsAddress(*ParseAddress("10.1.127.255")));
  EXPECT_FALSE(list->AllowsAddress(*ParseAddress("10.2.0.0")));
  EXPECT_TRUE(list->AllowsAddress(*ParseAddress("::ffff:10.1.200.1"))) << "the same address, written as IPv6";
}

TEST(AddressTest, AnAddressHasOnePlainForm) {
  for (const char* text :
       {"", "1.2.3", "01.2.3.4", "0x1.2.3.4", "1.2.3.4 ", "::1%lo", "[::1]", "1.2.3.4/8", "localhost"})
    EXPECT_FALSE(ParseAddress(text)) << text;
}

}  // namespace
}  // namespace hoiam::gateway
