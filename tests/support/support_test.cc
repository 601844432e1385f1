#include <gtest/gtest.h>
#include <unistd.h>

#include "platform/base/clock.h"
#include "tests/support/database.h"
#include "tests/support/matchers.h"
#include "tests/support/process.h"

namespace hoiam::testing {
namespace {

const bool kPrivate = (UsePrivateDatabase(), true);  // one of these tests kills it

TEST(DatabaseTest, StartsInSeconds) {
  const absl::Time start = SystemClock().Now();
  DatabaseUrl();
  EXPECT_LT(SystemClock().Now() - start, absl::Seconds(15));  // half a second on an idle machine
}

TEST(DatabaseTest, EverySchemaIsFreshAndMigrated) {
  TestDatabase a("survey", {{"0001_a", "CREATE TABLE a (id INT NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB;\n"}});
  TestDatabase b("survey", {{"0001_a", "CREATE TABLE a (id INT NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB;\n"}});
  HOIAM_ASSERT_OK(a.Session()->Execute("INSERT INTO a VALUES (7)"));
  EXPECT_EQ(a.Count("SELECT COUNT(*) FROM a"), 1);
  EXPECT_EQ(b.Count("SELECT COUNT(*) FROM a"), 0);
  EXPECT_EQ(a.Count("SELECT COUNT(*) FROM event_head"), 1);
}

TEST(DatabaseTest, WhatWasCommittedIsThereAfterAKill) {
  TestDatabase a("survey", {{"0001_a", "CREATE TABLE a (id INT NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB;\n"}});
  HOIAM_ASSERT_OK(a.Session()->Execute("INSERT INTO a VALUES (7)"));
  KillDatabase();
  EXPECT_FALSE(a.pool().Open().ok());
  RestartDatabase();
  EXPECT_EQ(a.Count("SELECT COUNT(*) FROM a"), 1);
}

TEST(ProcessTest, ItsStatusAndOutputAreKept) {
  const Finished done = RunToEnd({{"sh", "-c", "echo $A; exit 3"}, {{"A", "hồi âm"}}, ""});
  EXPECT_EQ(done.status, 3);
  EXPECT_EQ(done.output, "hồi âm\n");
}

TEST(ProcessTest, AKilledOneIsGone) {
  Process p({{"sleep", "100"}, {}, ""});
  EXPECT_TRUE(p.running());
  p.Kill();
  EXPECT_FALSE(p.running());
  EXPECT_EQ(p.Wait(absl::ZeroDuration()), 128 + 9);
}

}  // namespace
}  // namespace hoiam::testing
