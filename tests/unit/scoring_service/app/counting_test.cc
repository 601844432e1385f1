// A million random changes: rollups equal a GROUP BY over the answers as they stand.
#include <gmock/gmock.h>

#include "platform/db/unit_of_work.h"
#include "scoring_service/app/feeds.h"
#include "scoring_service/store/rollup_row.h"
#include "tests/unit/scoring_service/story.h"

namespace hoiam::scoring {
namespace {

// Counts without a database: nothing is stored before, and everything is kept.
class Memory {
 public:
  explicit Memory(Generation generation) : generation_(generation), feed_(generation) {}

  absl::Status Apply(const Event& e) {
    uow_.Begin(0, e.tenant_id());
    feed_.Want(e, uow_);
    return feed_.Apply(e, uow_, absl::UnixEpoch());
  }
  Rollups Stored() {
    Rollups out;
    for (const RollupRow* r : uow_.Sums<RollupRow>())
      if (!r->empty())
        out[RollupKey(r->metric, r->version, r->scope, r->kind, r->cut, r->key1, r->key2, r->item, r->day)] =
            EncodeTally(r->tally);
    return out;
  }

 private:
  const Generation generation_;
  SurveyFeed feed_;
  db::UnitOfWork uow_;
};

// Four histories of a quarter of a million: one of a million keeps 4 GB of rows.
TEST(CountingTest, RollupsEqualAGroupByAfterAMillionInsertsAmendmentsVoidsClaimsAndLateInteractions) {
  const Generation generation{1, absl::FixedTimeZone(7 * 3600)};
  for (const uint64_t seed : {20261122, 5, 17, 2026}) {
    Memory memory(generation);
    Story story(seed, {.customers = 15'000, .again_percent = 0});
    for (int step = 1; step <= 250'000; ++step) {
      const absl::Status s = memory.Apply(story.Next());
      ASSERT_TRUE(s.ok()) << s << " at step " << step << " of " << seed;
      if (step != 1'000 && step != 250'000) continue;
      const Rollups expected = story.Count(generation.zone), stored = memory.Stored();
      ASSERT_GT(expected.size(), 1'000);
      ASSERT_TRUE(stored == expected) << "after " << step << " steps of " << seed << ": " << stored.size()
                                      << " rows, not " << expected.size() << ", or others";
    }
  }
}

}  // namespace
}  // namespace hoiam::scoring
