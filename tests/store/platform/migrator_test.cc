#include "platform/db/migrator.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/store/platform/note_row.h"
#include "tests/support/database.h"
#include "tests/support/matchers.h"

namespace hoiam::db {
namespace {

using testing::StatusIs;

TEST(MigratorTest, AppliesOnceRefusesEditsAndOtherPartitionCounts) {
  const Url url = *ParseUrl(testing::DatabaseUrl());
  const std::string schema = url.prefix + "_survey";
  int applied = 0;
  const auto count = [&](const std::string&) { ++applied; };
  HOIAM_ASSERT_OK(Migrate(url, schema, testing::NoteMigrations(), 2, count));
  EXPECT_EQ(applied, static_cast<int>(PlatformMigrations().size()) + 1);
  HOIAM_ASSERT_OK(Migrate(url, schema, testing::NoteMigrations(), 2, count));
  EXPECT_EQ(applied, static_cast<int>(PlatformMigrations().size()) + 1);

  auto session = *Connect(url, schema);
  EXPECT_THAT(CheckSchema(*session, testing::NoteMigrations(), 2), testing::IsOk());
  EXPECT_THAT(CheckSchema(*session, testing::NoteMigrations(), 8), StatusIs(absl::StatusCode::kFailedPrecondition));
  MigrationSet longer = testing::NoteMigrations();
  longer.push_back({"0002_more", "CREATE TABLE more (id INT NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB;\n"});
  EXPECT_THAT(CheckSchema(*session, longer, 2), StatusIs(absl::StatusCode::kFailedPrecondition));
  MigrationSet edited = testing::NoteMigrations();
  edited[0].sql += "-- edited\n";
  EXPECT_THAT(CheckSchema(*session, edited, 2), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(Migrate(url, schema, edited, 2, count), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(Migrate(url, schema, testing::NoteMigrations(), 8, count),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST(MigratorTest, TwoAtOnceApplyEachMigrationOnce) {
  const Url url = *ParseUrl(testing::DatabaseUrl());
  std::atomic<int> applied = 0;
  std::vector<std::thread> all;
  for (int i = 0; i < 4; ++i) {
    all.emplace_back([&] {
      EXPECT_THAT(
          Migrate(url, url.prefix + "_loop", testing::NoteMigrations(), 1, [&](const std::string&) { ++applied; }),
          testing::IsOk());
    });
  }
  for (auto& t : all) t.join();
  EXPECT_EQ(applied, static_cast<int>(PlatformMigrations().size()) + 1);
}

TEST(MigratorTest, TheServerMustKeepWhatItAcknowledges) {
  testing::TestDatabase db("survey", testing::NoteMigrations());
  auto session = db.Session();
  EXPECT_THAT(CheckDurability(*session), testing::IsOk());
}

}  // namespace
}  // namespace hoiam::db
