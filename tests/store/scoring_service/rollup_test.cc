// Rollups against a GROUP BY over the answers and the money, after thousands of random changes.
#include <gmock/gmock.h>

#include <map>
#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "scoring_service/domain/dimension.h"
#include "scoring_service/domain/metric.h"
#include "tests/store/scoring_service/world.h"

namespace hoiam::scoring {
namespace {

namespace spb = hoiam::survey::v1;

using Figures = std::map<std::string, std::string>;  // "cut/metric/…" → count or amount

constexpr const char* kColumns[kDimensions] = {"survey", "touchpoint", "channel", "segment", "team", "collected_by"};

std::string KeyColumn(const Cut& cut, size_t i) {
  return i < cut.dimensions.size() ? absl::StrCat("a.", kColumns[static_cast<size_t>(cut.dimensions[i])]) : "''";
}

// From the answers, in SQL: days of +07:00.
Figures GroupBy(World& w) {
  Figures out;
  for (const Cut& cut : KeptCuts()) {
    const auto add = [&](const db::Row& r) {
      std::string name = absl::StrCat(cut.id);
      for (int i = 0; i < 7; ++i) absl::StrAppend(&name, "/", r.Bytes(i));
      out[name] = r.Bytes(7);
    };
    const std::string select =
        "SELECT a.metric m, a.solicited s, $0 k1, $1 k2,"
        " DATEDIFF(a.responded_at + INTERVAL 7 HOUR, '1970-01-01') d, a.score score, ";
    const std::string counts =
        absl::StrCat(select, "'n' what, COUNT(*) FROM answer a WHERE a.counted = 1 GROUP BY m, s, k1, k2, d, score");
    const std::string amounts =
        absl::StrCat(select,
                     "p.currency what, SUM(p.amount) FROM answer a JOIN customer_spend p ON p.tenant_id = a.tenant_id"
                     " AND p.customer_id = a.customer_id WHERE a.counted = 1 AND a.customer_id <> '' AND p.voided = 0"
                     " AND p.occurred_at <= a.responded_at AND p.occurred_at > a.responded_at - INTERVAL 365 DAY"
                     " GROUP BY m, s, k1, k2, d, score, what HAVING SUM(p.amount) <> 0");
    for (const std::string& sql : {counts, amounts}) {
      const auto s = w.session->Query(absl::Substitute(sql, KeyColumn(cut, 0), KeyColumn(cut, 1)), {}, add);
      EXPECT_TRUE(s.ok()) << s;
    }
  }
  return out;
}

// From the rollups as they are stored.
Figures Stored(World& w) {
  std::string sql = "SELECT cut, metric, solicited, key1, key2, day, currency";
  for (const char* column : {"n", "r"})
    for (int i = 0; i < kScores; ++i) absl::StrAppend(&sql, ", ", column, i);
  std::map<std::string, int64_t> counts;
  std::map<std::string, Decimal> amounts;
  const auto s = w.session->Query(absl::StrCat(sql, " FROM rollup"), {}, [&](const db::Row& r) {
    std::string key = r.Bytes(0);
    for (int i = 1; i < 6; ++i) absl::StrAppend(&key, "/", r.Bytes(i));
    for (int i = 0; i < kScores; ++i) {
      counts[absl::StrCat(key, "/", i, "/n")] += r.Int(7 + i);
      amounts[absl::StrCat(key, "/", i, "/", r.Bytes(6))] += r.Dec(7 + kScores + i);
    }
  });
  EXPECT_TRUE(s.ok()) << s;
  Figures out;
  for (const auto& [key, n] : counts)
    if (n != 0) out[key] = absl::StrCat(n);
  for (const auto& [key, amount] : amounts)
    if (!amount.is_zero()) out[key] = amount.ToStored();
  return out;
}

// Makes random histories and says what happened in events, some of them late, twice, or out of order between entities.
class Story {
 public:
  explicit Story(int seed) : rng_(seed) {}

  Event Next() {
    if (!said_.empty() && Chance(10)) return said_[Pick(said_.size())];  // an old event again
    Event e = Chance(40) ? ChangeInteraction() : ChangeResponse();
    said_.push_back(e);
    return e;
  }

 private:
  size_t Pick(size_t n) { return rng_() % n; }
  bool Chance(int percent) { return static_cast<int>(rng_() % 100) < percent; }
  absl::Time AnyTime() {
    // Two years, so that money falls out of the window; often the very same moments, so that its edges are met.
    if (Chance(30)) return Local(2026, 1, 10) + absl::Hours(24 * 365) * static_cast<int>(Pick(2));
    return Local(2025, 1, 1) + absl::Microseconds(static_cast<int64_t>(rng_() % (700ull * 86400 * 1'000'000)));
  }
  std::string Customer() { return absl::StrCat("c", Pick(12)); }
  std::string Slug(const char* stem, int n) { return Chance(20) ? "" : absl::StrCat(stem, Pick(n)); }

  Event ChangeInteraction() {
    if (!interactions_.empty() && Chance(30)) {
      spb::Interaction& i = interactions_[Pick(interactions_.size())];
      i.set_revision(i.revision() + 1);
      i.set_voided(true);
      return EventOf(i);
    }
    spb::Interaction i = InteractionOf(Customer(), absl::StrCat("i", interactions_.size()), AnyTime());
    if (!Chance(25)) {
      i.set_amount(absl::StrCat(Pick(5'000'000), ".", Pick(10)));
      i.set_currency(Chance(70) ? "VND" : "USD");
    }
    interactions_.push_back(i);
    return EventOf(i);
  }

  Event ChangeResponse() {
    if (!responses_.empty() && Chance(40)) {
      spb::Response& r = responses_[Pick(responses_.size())];
      r.set_revision(r.revision() + 1);
      if (r.customer_id().empty() && Chance(30)) r.set_customer_id(Customer());  // claimed
      if (Chance(20)) r.set_voided(!r.voided());
      if (Chance(60)) Score(r);
      if (Chance(20)) *r.mutable_responded_at() = FromTime(AnyTime());
      if (Chance(20)) r.set_touchpoint(Slug("t", 4));
      if (Chance(20)) r.set_interaction_id(AnyInteraction(r.customer_id()));
      return EventOf(r);
    }
    const char* metrics[] = {"NPS", "CSAT", "CES"};
    spb::Response r =
        ResponseOf(Chance(15) ? "" : Customer(), absl::StrCat("r", responses_.size()), metrics[Pick(3)], 1, AnyTime());
    Score(r);
    r.set_solicited(Chance(80));
    r.set_survey_id(Slug("s", 3));
    r.set_touchpoint(Slug("t", 4));
    r.set_channel(Slug("ch", 2));
    r.set_segment(Chance(50) ? "Khách mới" : "VIP");
    r.set_owner_team(Slug("team", 3));
    r.set_collected_by(static_cast<spb::CollectedBy::Code>(Pick(4)));
    r.set_interaction_id(AnyInteraction(r.customer_id()));
    responses_.push_back(r);
    return EventOf(r);
  }

  void Score(spb::Response& r) {
    if (Chance(10)) return r.clear_score();
    r.set_score(r.metric() == "NPS" ? Pick(11) : 1 + Pick(r.metric() == "CSAT" ? 5 : 7));
  }
  // Mostly one of the customer's; sometimes another's, or one that has not come yet.
  std::string AnyInteraction(const std::string& customer) {
    if (Chance(30)) return "";
    for (int tries = 0; tries < 30 && !interactions_.empty(); ++tries)
      if (const auto& i = interactions_[Pick(interactions_.size())]; i.customer_id() == customer)
        return i.interaction_id();
    return absl::StrCat("i", Pick(interactions_.size() + 5));
  }

  std::mt19937_64 rng_;
  std::vector<spb::Interaction> interactions_;
  std::vector<spb::Response> responses_;
  std::vector<Event> said_;
};

TEST(RollupTest, EqualsGroupByBitForBitAfterThousandsOfRandomChanges) {
  World w;
  Story story(20261121);
  std::mt19937 rng(7);
  for (int round = 0; round < 5; ++round) {
    for (int steps = 0; steps < 800;) {
      std::vector<Event> batch;
      for (size_t n = 1 + rng() % 40; batch.size() < n; ++steps) batch.push_back(story.Next());
      ASSERT_NO_FATAL_FAILURE(w.Apply(batch));
    }
    const Figures expected = GroupBy(w), stored = Stored(w);
    ASSERT_GT(expected.size(), 1000);
    ASSERT_EQ(stored, expected) << "after round " << round;
  }
  EXPECT_GT(w.db.Count("SELECT COUNT(*) FROM answer WHERE counted = 1 AND revenue <> ''"), 100);
  EXPECT_GT(w.db.Count("SELECT COUNT(*) FROM answer WHERE customer_id = '' AND counted = 1"), 20);
}

TEST(RollupTest, TheWholeFeedAgainChangesNothing) {
  World w;
  Story story(3);
  std::vector<Event> all;
  for (int i = 0; i < 600; ++i) all.push_back(story.Next());
  for (size_t at = 0; at < all.size(); at += 30)
    ASSERT_NO_FATAL_FAILURE(w.Apply({all.begin() + at, all.begin() + at + 30}));
  const Figures before = Stored(w);
  const int64_t sheets = w.db.Count(
      "SELECT SUM(CRC32(CONCAT_WS('|', customer_id, nps_score, nps_at, nps_previous, csat_score,"
      " ces_score, rated_interactions, total_interactions))) FROM sheet");
  for (size_t at = 0; at < all.size(); at += 60)
    ASSERT_NO_FATAL_FAILURE(w.Apply({all.begin() + at, all.begin() + at + 60}));
  EXPECT_EQ(Stored(w), before);
  EXPECT_EQ(w.db.Count("SELECT SUM(CRC32(CONCAT_WS('|', customer_id, nps_score, nps_at, nps_previous, csat_score,"
                       " ces_score, rated_interactions, total_interactions))) FROM sheet"),
            sheets);
}

TEST(RollupTest, TheSizeOfTransactionsDoesNotMatter) {
  World one_by_one, in_batches;
  Story story(11);
  std::vector<Event> all;
  for (int i = 0; i < 400; ++i) all.push_back(story.Next());
  for (const Event& e : all) ASSERT_NO_FATAL_FAILURE(one_by_one.Apply({e}));
  for (size_t at = 0; at < all.size(); at += 200)
    ASSERT_NO_FATAL_FAILURE(in_batches.Apply({all.begin() + at, all.begin() + at + 200}));
  EXPECT_EQ(Stored(one_by_one), Stored(in_batches));
  for (const char* sql :
       {"SELECT SUM(CRC32(CONCAT_WS('|', customer_id, kind, entity_id, happened_at, HEX(entry), HEX(answers))))"
        " FROM timeline",
        "SELECT SUM(CRC32(CONCAT_WS('|', customer_id, nps_score, nps_previous, csat_score, csat_previous,"
        " ces_score, ces_previous, rated_interactions, total_interactions))) FROM sheet"})
    EXPECT_EQ(one_by_one.db.Count(sql), in_batches.db.Count(sql)) << sql;
}

TEST(RollupTest, SheetsCountWhatTheAnswersAndInteractionsSay) {
  World w;
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
  EXPECT_EQ(w.db.Count("SELECT COUNT(*) FROM sheet s WHERE NOT (nps_score <=> (SELECT a.score FROM answer a WHERE"
                       " a.tenant_id = s.tenant_id AND a.customer_id = s.customer_id AND a.metric = 1 AND a.counted = 1"
                       " ORDER BY a.responded_at DESC, a.response_id DESC LIMIT 1))"),
            0);
  EXPECT_EQ(w.db.Count("SELECT COUNT(*) FROM sheet s WHERE NOT (csat_previous <=> (SELECT a.score FROM answer a WHERE"
                       " a.tenant_id = s.tenant_id AND a.customer_id = s.customer_id AND a.metric = 2 AND a.counted = 1"
                       " ORDER BY a.responded_at DESC, a.response_id DESC LIMIT 1 OFFSET 1))"),
            0);
  EXPECT_GT(w.db.Count("SELECT SUM(rated_interactions) FROM sheet"), 20);
}

}  // namespace
}  // namespace hoiam::scoring
