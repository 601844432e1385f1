// What is stored against a GROUP BY over the answers and the money, after thousands of random changes, in whatever
// order they were told.
#include <gmock/gmock.h>

#include <random>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "scoring_service/store/answer_row.h"
#include "scoring_service/store/item_row.h"
#include "scoring_service/store/passive_row.h"
#include "scoring_service/store/person_row.h"
#include "scoring_service/store/sheet_row.h"
#include "scoring_service/store/spend_row.h"
#include "scoring_service/store/timeline_row.h"
#include "tests/store/scoring_service/feed_world.h"
#include "tests/unit/scoring_service/story.h"

namespace hoiam::scoring {
namespace {

// From the rollups as they are stored, bytes and all.
Rollups Stored(FeedWorld& w) {
  Rollups out;
  const auto s = w.session->Query("SELECT metric, version, scope, kind, cut, key1, key2, item, day, tally FROM rollup",
                                  {}, [&](const db::Row& r) {
                                    out[RollupKey(r.Bytes(0), r.Int(1), r.Int(2), r.Int(3), r.Int(4), r.Bytes(5),
                                                  r.Bytes(6), r.Bytes(7), r.Int(8))] = r.Bytes(9);
                                  });
  EXPECT_TRUE(s.ok()) << s;
  return out;
}

// Every row of every projection.
std::set<std::string> Tables(FeedWorld& w) {
  std::set<std::string> rows;
  for (const db::TableDef* def : {&AnswerRow::Table(), &SpendRow::Table(), &RollupRow::Table(), &TimelineRow::Table(),
                                  &SheetRow::Table(), &PassiveRow::Table(), &PersonRow::Table(), &ItemRow::Table()}) {
    std::vector<std::string> columns;
    for (const std::string& c : def->columns) columns.push_back(absl::StrCat("IFNULL(HEX(", c, "), 'NULL')"));
    const auto s =
        w.session->Query(absl::StrCat("SELECT CONCAT_WS('|', ", absl::StrJoin(columns, ", "), ") FROM ", def->name), {},
                         [&](const db::Row& r) { rows.insert(absl::StrCat(def->name, "|", r.Bytes(0))); });
    EXPECT_TRUE(s.ok()) << s;
  }
  return rows;
}

template <class T>
std::vector<T> RowsOf(FeedWorld& w) {
  std::vector<T> rows;
  const auto s =
      w.session->Query(absl::StrCat("SELECT ", absl::StrJoin(T::Table().columns, ", "), " FROM ", T::Table().name), {},
                       [&](const db::Row& r) { rows.push_back(T::Read(r)); });
  EXPECT_TRUE(s.ok()) << s;
  return rows;
}

void ApplyBy(FeedWorld& w, const std::vector<Event>& events, size_t size) {
  for (size_t at = 0; at < events.size(); at += size)
    ASSERT_NO_FATAL_FAILURE(w.Apply({events.begin() + at, events.begin() + std::min(at + size, events.size())}));
}

TEST(RollupTest, EqualsGroupByBitForBitAfterThousandsOfRandomChanges) {
  FeedWorld w;
  Story story(20261121, {.customers = 100});
  std::mt19937 rng(7);
  for (int round = 0; round < 4; ++round) {
    for (int steps = 0; steps < 3'000;) {
      std::vector<Event> batch;
      for (size_t n = 1 + rng() % 200; batch.size() < n; ++steps) batch.push_back(story.Next());
      ASSERT_NO_FATAL_FAILURE(w.Apply(batch));
    }
    const Rollups expected = story.Count(w.zone), stored = Stored(w);
    ASSERT_GT(expected.size(), 1'000);
    ASSERT_TRUE(stored == expected) << "after round " << round << ": " << stored.size() << " rows, not "
                                    << expected.size() << ", or others";
  }
  EXPECT_GT(w.db.Count("SELECT COUNT(*) FROM answer WHERE counted = 1 AND represented <> ''"), 100);
  EXPECT_GT(w.db.Count("SELECT COUNT(*) FROM answer WHERE customer_id = '' AND counted = 1"), 20);
  EXPECT_GT(w.db.Count("SELECT COUNT(*) FROM passive"), 5);
}

TEST(RollupTest, WhateverOrderEventsComeInAndHoweverManyAtATimeEveryTableIsTheSame) {
  Story story(11);
  std::vector<Event> all;
  for (int i = 0; i < 800; ++i) all.push_back(story.Next());
  FeedWorld one_by_one, in_batches, shuffled;
  ApplyBy(one_by_one, all, 1);
  ApplyBy(in_batches, all, 300);
  std::shuffle(all.begin(), all.end(), std::mt19937(5));
  ApplyBy(shuffled, all, 40);
  const auto expected = Tables(one_by_one);
  EXPECT_GT(expected.size(), 3'000);
  EXPECT_EQ(Tables(in_batches), expected);
  EXPECT_EQ(Tables(shuffled), expected);
  ApplyBy(shuffled, all, 100);
  EXPECT_EQ(Tables(shuffled), expected) << "seen twice";
}

TEST(RollupTest, SheetsCountWhatTheAnswersAndInteractionsSay) {
  FeedWorld w;
  Story story(5);
  for (int i = 0; i < 40; ++i) {
    std::vector<Event> batch;
    for (int n = 0; n < 25; ++n) batch.push_back(story.Next());
    ASSERT_NO_FATAL_FAILURE(w.Apply(batch));
  }
  EXPECT_EQ(
      w.db.Count("SELECT COUNT(*) FROM sheet s WHERE total_interactions <> (SELECT COUNT(*) FROM customer_spend p WHERE"
                 " p.tenant_id = s.tenant_id AND p.customer_id = s.customer_id AND p.voided = 0)"),
      0);
  EXPECT_EQ(
      w.db.Count("SELECT COUNT(*) FROM sheet s WHERE rated_interactions <> (SELECT COUNT(*) FROM customer_spend p WHERE"
                 " p.tenant_id = s.tenant_id AND p.customer_id = s.customer_id AND p.voided = 0 AND EXISTS (SELECT 1"
                 " FROM answer a WHERE a.tenant_id = p.tenant_id AND a.customer_id = p.customer_id AND a.counted = 1"
                 " AND a.interaction_id = p.interaction_id))"),
      0);
  EXPECT_EQ(
      w.db.Count("SELECT COUNT(*) FROM passive p WHERE NOT (p.nps <=> (SELECT a.score FROM answer a WHERE"
                 " a.tenant_id = p.tenant_id AND a.customer_id = p.customer_id AND a.metric = 'NPS' AND"
                 " a.voided = 0 AND a.score IS NOT NULL ORDER BY a.responded_at DESC, a.response_id DESC LIMIT 1))"),
      0);
  EXPECT_GT(w.db.Count("SELECT SUM(rated_interactions) FROM sheet"), 20);
  // A sheet that grew answer by answer is the one that all answers together come to.
  std::map<std::string, std::vector<Answer>> answers;
  for (AnswerRow& row : RowsOf<AnswerRow>(w)) answers[row.answer.customer_id].push_back(std::move(row.answer));
  int previous = 0, money = 0;
  for (const SheetRow& row : RowsOf<SheetRow>(w)) {
    std::vector<const Answer*> all;
    for (const Answer& a : answers[row.customer_id]) all.push_back(&a);
    SheetRow whole = row;
    whole.sheet.standings = StandingsOf(all);
    db::Values expected, stored;
    whole.Bind(expected);
    row.Bind(stored);
    EXPECT_EQ(stored, expected) << row.customer_id;
    for (const auto& [metric, s] : row.sheet.standings)
      previous += s.previous.has_value(), money += !s.represented.empty();
  }
  EXPECT_GT(previous, 10);
  EXPECT_GT(money, 10);
}

}  // namespace
}  // namespace hoiam::scoring
