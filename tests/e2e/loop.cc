#include "tests/e2e/loop.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace hoiam::testing {

Json Cases::Answered(const std::string& id, const std::string& customer, const std::string& touchpoint, int score,
                     const std::string& comment) {
  api_.Post("/v1/interactions", absl::StrCat(R"({"interactionId":"i-)", id, R"(","customerId":")", customer,
                                             R"(","type":"DELIVERY","touchpoint":")", touchpoint, R"(","occurredAt":")",
                                             Rfc3339(Now() - absl::Minutes(5)), "\"}"));
  return api_.Post("/v1/responses", absl::StrCat(R"({"responseId":")", id, R"(","interactionId":"i-)", id,
                                                 R"(","customerId":")", customer, R"(","metric":"NPS","score":)", score,
                                                 comment.empty() ? "" : ",\"comment\":" + Quote(comment), "}"));
}

std::vector<Json> Cases::Where(const std::string& filter) {
  return api_.Get("/v1/cases?consistencyToken=" + Escape(api_.token()) + "&filter=" + Escape(filter)).Items("cases");
}

Json Cases::Of(const std::string& customer) {
  const auto found = Where("customer = \"" + customer + "\"");
  EXPECT_EQ(found.size(), 1u) << "cases of " << customer;
  return found.empty() ? Json() : found[0];
}

Json Cases::Until(const std::string& id, const std::string& what, const std::function<bool(const Json&)>& is_so) {
  Json c;
  const bool came = Eventually([&] { return is_so(c = Get(id)); });
  EXPECT_TRUE(came) << what << ": does not come; the case is " << c.Dump();
  return c;
}

void Cases::Take(const std::string& id) {
  Move(id, ":acknowledge");
  Move(id, ":contact", R"({"channel":"phone","note":"Đã gọi xin lỗi","outcome":"REACHED"})");
}

Json Cases::Resolve(const std::string& id, const std::string& cause, const std::string& more) {
  return Move(id, ":resolve",
              absl::StrCat(R"({"rootCause":")", cause, R"(","originatorTeam":"delivery",)",
                           R"("resolution":"Đổi đối tác giao hàng","customerReply":"Cảm ơn em")", more, "}"));
}

std::vector<Json> Lines(const Json& c, const std::string& action) {
  std::vector<Json> lines;
  for (const Json& h : c.Items("history"))
    if (h.String("action") == action) lines.push_back(h);
  return lines;
}

std::vector<Json> MailsTo(const MailServer& server, const std::string& address) {
  std::vector<Json> mails;
  for (const Json& m : server.Mails())
    for (const Json& to : m.Items("to"))
      if (to.String("") == address) mails.push_back(m);
  return mails;
}

std::string MakeKey(Api& api, const std::string& id, const std::string& more) {
  return api.Post("/v1/keys", absl::StrCat(R"({"keyId":")", id, R"(","principal":")", id, "\",", more, "}"))
      .String("secret");
}

}  // namespace hoiam::testing
