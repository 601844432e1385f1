// Which generations there are, who works on them, and which is shown.
#include "scoring_service/store/generations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "scoring_service/migrations/migrations.h"
#include "tests/support/database.h"
#include "tests/support/matchers.h"

namespace hoiam::scoring {
namespace {

using testing::IsOk;
using testing::StatusIs;

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);
constexpr absl::Duration kLease = absl::Seconds(15);

class GenerationsTest : public ::testing::Test {
 protected:
  GenerationsTest() {
    HOIAM_EXPECT_OK(MakeFirstGeneration(db_, "UTC", 1, kNow));
    HOIAM_EXPECT_OK(BeginGeneration(db_, 2, "Asia/Ho_Chi_Minh", 1, "", kNow));
  }
  bool Take(const std::string& owner, absl::Time now) {
    const auto taken = TakeLease(db_, 2, GenerationState::kReading, owner, now, now + kLease);
    EXPECT_THAT(taken.status(), IsOk());
    return taken.ok() && *taken;
  }
  bool Hold(const std::string& owner, absl::Time now) {
    const auto held = HoldReading(*db_, 2, owner, 10, 20, now + kLease);
    EXPECT_THAT(held.status(), IsOk());
    return held.ok() && *held;
  }

  testing::TestDatabase database_{"scoring", Migrations()};
  const db::SystemDb db_{std::shared_ptr<db::Session>(database_.Session())};
};

TEST_F(GenerationsTest, EveryTableThatHoldsAGenerationIsDeletedWithIt) {
  std::vector<std::string> tables;
  HOIAM_ASSERT_OK(
      db_->Query("SELECT table_name FROM information_schema.columns WHERE table_schema = DATABASE() AND column_name = "
                 "'generation'",
                 {}, [&](const db::Row& r) { tables.push_back(r.Bytes(0)); }));
  EXPECT_THAT(tables, ::testing::UnorderedElementsAreArray(GenerationTables()));
}

TEST_F(GenerationsTest, TheFirstIsShownAndMakingItOnceMoreChangesNothing) {
  HOIAM_EXPECT_OK(MakeFirstGeneration(db_, "Asia/Tokyo", 1, kNow));
  const auto table = ReadGenerations(db_);
  HOIAM_ASSERT_OK(table);
  EXPECT_EQ(table->shown, 1);
  EXPECT_EQ(table->Find(1)->zone, "UTC");
  EXPECT_EQ(table->Building()->number, 2);
}

TEST_F(GenerationsTest, OneNumberIsBegunOnce) {
  EXPECT_THAT(BeginGeneration(db_, 2, "UTC", 1, "", kNow), StatusIs(absl::StatusCode::kAlreadyExists, ""));
}

TEST_F(GenerationsTest, OneReadsAndAnotherTakesOverOnceItsLeaseHasEnded) {
  EXPECT_FALSE(Hold("a", kNow)) << "nobody has it yet";
  EXPECT_TRUE(Take("a", kNow));
  EXPECT_TRUE(Take("a", kNow)) << "its own again";
  EXPECT_FALSE(Take("b", kNow + kLease - absl::Microseconds(1)));
  EXPECT_TRUE(Hold("a", kNow + absl::Seconds(1)));  // renews
  EXPECT_FALSE(Take("b", kNow + kLease));
  EXPECT_TRUE(Take("b", kNow + absl::Seconds(1) + kLease));
  EXPECT_FALSE(Hold("a", kNow)) << "it writes nothing any more";
  const auto ended = EndReading(db_, 2, "a", kNow);
  HOIAM_ASSERT_OK(ended);
  EXPECT_FALSE(*ended);
  EXPECT_EQ(database_.Count("SELECT rows_read FROM generation WHERE number = 2"), 10);
}

TEST_F(GenerationsTest, OneOfManyShowsAGenerationAndTheOldOneIsKeptForAWhile) {
  ASSERT_TRUE(Take("a", kNow));
  ASSERT_TRUE(*EndReading(db_, 2, "a", kNow));
  EXPECT_TRUE(*ShowGeneration(db_, 1, 2, kNow, kNow + absl::Seconds(40)));
  EXPECT_FALSE(*ShowGeneration(db_, 1, 2, kNow + absl::Seconds(1), kNow + absl::Seconds(41)));
  const auto table = ReadGenerations(db_);
  HOIAM_ASSERT_OK(table);
  EXPECT_EQ(table->shown, 2);
  EXPECT_EQ(table->Find(2)->state, GenerationState::kDone);
  EXPECT_EQ(table->Find(2)->ended_at, kNow);
  EXPECT_EQ(table->Find(1)->state, GenerationState::kReplaced);
  EXPECT_EQ(table->Find(1)->lease_until, kNow + absl::Seconds(40));
  EXPECT_EQ(table->Building(), nullptr);
}

TEST_F(GenerationsTest, RowsOfOneGenerationAreDeletedAFewAtATimeThoseOfOthersStay) {
  for (const char* tenant : {"a", "b"})
    for (int generation : {1, 2})
      for (int i = 0; i < 5; ++i)
        HOIAM_ASSERT_OK(db_->Run("INSERT INTO metric_def (tenant_id, generation, metric_id, version, body) "
                                 "VALUES (?, ?, 'EASE', ?, '')",
                                 {std::string(tenant), int64_t{generation}, int64_t{i}})
                            .status());
  std::string tenant;
  std::vector<int64_t> deleted;
  do {
    const auto rows = DeleteSome(db_, "metric_def", 1, 3, tenant);
    HOIAM_ASSERT_OK(rows);
    deleted.push_back(*rows);
  } while (deleted.back() > 0);
  EXPECT_THAT(deleted, ::testing::ElementsAre(3, 2, 3, 2, 0));
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM metric_def WHERE generation = 2"), 10);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM metric_def"), 10);
}

TEST_F(GenerationsTest, AFencedConsumerStandsBehindEveryLogForGood) {
  HOIAM_ASSERT_OK(db_->Run("INSERT INTO feed_cursor (consumer, source, partition_id, epoch, seq, parked_version) "
                           "VALUES ('scoring', 'survey', 0, 7, 12, 0), ('scoring.2', 'survey', 0, 7, 12, 0)",
                           {})
                      .status());
  HOIAM_EXPECT_OK(FenceConsumer(db_, "scoring"));
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM feed_cursor WHERE seq = 9223372036854775807"), 1);
  EXPECT_EQ(database_.Count("SELECT seq FROM feed_cursor WHERE consumer = 'scoring.2'"), 12);
}

}  // namespace
}  // namespace hoiam::scoring
