// Which playbook a decision gets: that of its own transaction, read once per version.
#include "loop_service/app/playbook_cache.h"

#include <gtest/gtest.h>

#include "hoiam/loop/v1/playbook.pb.h"
#include "loop_service/migrations/migrations.h"
#include "loop_service/store/setting_rows.h"
#include "platform/db/unit_of_work.h"
#include "tests/support/database.h"
#include "tests/support/matchers.h"

namespace hoiam::loop {
namespace {

namespace pb = hoiam::loop::v1;

using hoiam::testing::IsOk;
using hoiam::testing::TestDatabase;

// A unit of work of tenant t with its playbook wanted and read, and all of its settings.
void ReadAll(PlaybookCache& cache, db::UnitOfWork& uow, db::Session& session) {
  uow.Begin(0, "t");
  for (;;) {
    cache.Want(uow, "t");
    uow.Want<SettingRow>({std::string("t")});
    if (!uow.NeedsLoad()) return;
    ASSERT_THAT(uow.Load(session), IsOk());
  }
}

void PutTeam(db::UnitOfWork& uow, const std::string& id, int64_t version) {
  pb::Team team;
  team.set_team_id(id);
  uow.Put(PlaybookRow{"t", version});
  uow.Put(SettingRow{"t", "TEAM", id, 1, absl::UnixEpoch(), team.SerializeAsString()});
}

TEST(PlaybookCacheTest, WhatABatchHasChangedIsSeenInItAndForgottenWithIt) {
  TestDatabase database("loop", Migrations());
  const auto session = database.Session();
  PlaybookCache cache;
  {
    db::UnitOfWork uow;
    ReadAll(cache, uow, *session);
    EXPECT_EQ((*cache.Of(uow, "t"))->version(), 0);
    PutTeam(uow, "never-stored", 7);
    const auto changed = cache.Of(uow, "t");
    ASSERT_THAT(changed, IsOk());
    EXPECT_EQ((*changed)->version(), 7);
    EXPECT_TRUE((*changed)->TakesCases("never-stored"));
  }  // and is not written
  {
    db::UnitOfWork uow;
    ReadAll(cache, uow, *session);
    EXPECT_EQ((*cache.Of(uow, "t"))->version(), 0);
    PutTeam(uow, "stored", 7);
    ASSERT_THAT(db::InTransaction(*session, [&] { return uow.Flush(*session); }), IsOk());
  }
  db::UnitOfWork uow;
  ReadAll(cache, uow, *session);
  const auto stored = cache.Of(uow, "t");
  ASSERT_THAT(stored, IsOk());
  EXPECT_TRUE((*stored)->TakesCases("stored"));
  EXPECT_FALSE((*stored)->TakesCases("never-stored")) << "of the same version, but it came to nothing";
}

TEST(PlaybookCacheTest, SettingsAreReadOncePerVersion) {
  TestDatabase database("loop", Migrations());
  const auto session = database.Session();
  {
    PlaybookCache cache;
    db::UnitOfWork uow;
    ReadAll(cache, uow, *session);
    PutTeam(uow, "q7", 7);
    ASSERT_THAT(db::InTransaction(*session, [&] { return uow.Flush(*session); }), IsOk());
  }
  PlaybookCache cache;
  for (const bool known : {false, true}) {
    db::UnitOfWork uow;
    uow.Begin(0, "t");
    for (cache.Want(uow, "t"); uow.NeedsLoad(); cache.Want(uow, "t")) ASSERT_THAT(uow.Load(*session), IsOk());
    EXPECT_EQ(uow.Wanted<SettingRow>({std::string("t")}), !known);
    EXPECT_TRUE((*cache.Of(uow, "t"))->TakesCases("q7"));
  }
}

}  // namespace
}  // namespace hoiam::loop
