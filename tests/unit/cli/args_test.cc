#include "cli/term/args.h"

#include <gmock/gmock.h>

#include "tests/support/matchers.h"

namespace hoiam::cli {
namespace {

using ::testing::ElementsAre;
using testing::IsOk;
using testing::StatusIs;

auto Parse(const std::vector<std::string>& words) { return Args::Parse(words, {"metric", "note"}, {"json"}); }

TEST(ArgsTest, ValuesFlagsAndWordsMayStandInAnyOrder) {
  const auto args = Parse({"show", "--metric", "NPS", "id", "--json", "--note=a=b"});
  ASSERT_THAT(args, IsOk());
  EXPECT_THAT(args->words(), ElementsAre("show", "id"));
  EXPECT_EQ(args->Value("metric"), "NPS");
  EXPECT_EQ(args->Value("note"), "a=b");
  EXPECT_TRUE(args->Has("json"));
  EXPECT_EQ(args->Value("other", "fallback"), "fallback");
}

TEST(ArgsTest, AfterTwoDashesEverythingIsAWord) {
  EXPECT_THAT(Parse({"--json", "--", "--metric", "x"})->words(), ElementsAre("--metric", "x"));
}

TEST(ArgsTest, AnEmptyValueIsAValue) {
  const auto args = Parse({"--note="});
  EXPECT_TRUE(args->Has("note"));
  EXPECT_EQ(args->Value("note", "fallback"), "");
}

TEST(ArgsTest, WhatIsNotKnownOrNotCompleteIsRefused) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"--metrik", "x"},
                                                {"--metric"},
                                                {"--json=1"},
                                                {"--json", "--json"},
                                                {"--metric=a", "--metric=b"},
                                                {"--="}})
    EXPECT_THAT(Parse(words), StatusIs(absl::StatusCode::kInvalidArgument)) << words[0];
}

}  // namespace
}  // namespace hoiam::cli
