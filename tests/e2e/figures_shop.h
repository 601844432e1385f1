// One small shop whose figures can be counted by hand: 40 customers asked twice for NPS, 60 asked about a touchpoint,
// some about what they had expected, five about a CSI; and some answers that must be kept apart.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "tests/e2e/api.h"

namespace hoiam::testing {

// Midnight of the suite's reporting zone, Asia/Ho_Chi_Minh; no answer is later.
absl::Time Today();
absl::Time DaysAgo(int days);

class FiguresShop : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    suite_ = new Suite({{"HOIAM_RATE_KEY", "0"}, {"HOIAM_RATE_TENANT", "0"}, {"HOIAM_LANG", "en"}});
    Api api(suite_->Http());
    Arrange(api);
    token_ = api.token();
  }
  static void TearDownTestSuite() { delete std::exchange(suite_, nullptr); }

  static void Arrange(Api& api);
  static void ImportAll(Api& api, const std::vector<std::string>& responses) {
    for (size_t at = 0; at < responses.size(); at += 100) {
      const std::vector<std::string> some(responses.begin() + at,
                                          responses.begin() + std::min(at + 100, responses.size()));
      const Json done = api.Post("/v1/responses:batchImport", R"({"responses":[)" + absl::StrJoin(some, ",") + "]}");
      for (const Json& result : done.Items("results"))
        ASSERT_FALSE(result.Has("status/code") && result.Int("status/code") != 0) << result.Dump();
    }
  }
  static std::string AnswerOf(const std::string& id, const std::string& customer, int days_ago,
                              const std::string& more) {
    return absl::StrCat(R"({"responseId":")", id, R"(","customerId":")", customer, R"(","respondedAt":")",
                        Rfc3339(DaysAgo(days_ago) + absl::Hours(3)), R"(",)", more, "}");
  }

  // GET with everything counted that was arranged.
  Json Get(const std::string& path) {
    return api_.Get(
        absl::StrCat(path, path.find('?') == std::string::npos ? "?" : "&", "consistencyToken=", Escape(token_)));
  }
  Json Row(const std::string& query) {
    const Json answer = Get("/v1/scores?" + query);
    EXPECT_EQ(answer.Size("rows"), 1u) << answer.Dump();
    return answer.At("rows/0");
  }
  Answer Refused(const std::string& path) { return api_.http().Get(path); }
  std::string Recent() { return absl::StrCat("&startTime=", Rfc3339(DaysAgo(30)), "&endTime=", Rfc3339(Today())); }

  // A row's link lists exactly the answers that the row counts.
  void ExpectVerbatims(const Json& row) {
    const std::string path = row.String("verbatims/path");
    EXPECT_EQ(static_cast<int64_t>(api_.List(path, "responses", 100).size()), row.Int("responses")) << row.Dump();
  }

  static Suite* suite_;
  static std::string token_;
  Api api_{suite_->Http()};
};

}  // namespace hoiam::testing
