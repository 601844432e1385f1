#include "tests/bench/stored.h"

#include <algorithm>
#include <array>
#include <functional>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "platform/db/unit_of_work.h"
#include "scoring_service/convert/timeline.h"
#include "scoring_service/domain/periods.h"
#include "scoring_service/store/answer_row.h"
#include "scoring_service/store/rollup_row.h"
#include "scoring_service/store/timeline_row.h"
#include "tests/support/process.h"

namespace hoiam::bench {
namespace {

using hoiam::testing::Die;
using namespace hoiam::scoring;

constexpr int kDays = 365;
constexpr int64_t kHeavyEntries = 5200;
constexpr int64_t kAnswersPerCommit = 5000;
constexpr int kWriters = 2;

// How many values each dimension has, by Dimension; a touchpoint has one stage.
constexpr std::array<int, kDimensions> kValues = {4, 25, 8, 15, 10, 3, 4, 3, 3};
constexpr std::array<const char*, kDimensions> kPrefix = {"survey-", "touchpoint-", "channel-", "segment-", "team-",
                                                          "by-",     "status-",     "fit-",     "stage-"};

// Number `i`, spread evenly (splitmix64).
uint64_t Mix(uint64_t i) {
  i += 0x9E3779B97F4A7C15;
  i = (i ^ (i >> 30)) * 0xBF58476D1CE4E5B9;
  i = (i ^ (i >> 27)) * 0x94D049BB133111EB;
  return i ^ (i >> 31);
}

struct Made {
  std::array<int, kDimensions> values;
  int score;
  int day;  // before `today`: 0 is the first of the 365
  absl::Duration of_day;
};

Made MakeAnswer(int64_t i) {
  uint64_t random = Mix(static_cast<uint64_t>(i));
  const auto draw = [&](uint64_t n) {
    const uint64_t drawn = random % n;
    random /= n;
    return static_cast<int>(drawn);
  };
  Made m;
  for (int d = 0; d < kDimensions; ++d) m.values[d] = draw(kValues[d]);
  m.values[static_cast<int>(Dimension::kStage)] =
      m.values[static_cast<int>(Dimension::kTouchpoint)] % kValues[static_cast<int>(Dimension::kStage)];
  random = Mix(random + static_cast<uint64_t>(i));
  m.score = draw(kScores);
  m.day = draw(kDays);
  m.of_day = absl::Microseconds(draw(86'400) * int64_t{1'000'000} + i % 1'000'000);
  return m;
}

std::string ValueOf(int dimension, int value) { return absl::StrCat(kPrefix[dimension], value); }

const Represented& Stands() {
  static const auto* money =
      new Represented{{"VND", {*Decimal::ParseStored("1250000.000000"), *Decimal::ParseStored("90000.000000")}}};
  return *money;
}

AnswerRow RowOf(const std::string& tenant, int64_t i, absl::Time first_day) {
  const Made m = MakeAnswer(i);
  AnswerRow row{tenant, 1, {}};
  Answer& a = row.answer;
  a.customer_id = absl::StrCat("c", i / kPerCustomer);
  a.response_id = absl::StrCat("r", i);
  a.revision = 1;
  a.metric = kNps;
  a.version = 1;
  a.score = m.score;
  a.band = PartOf(*FindBuiltin(kNps), m.score).band;
  a.scope = Scope::kRelationship;
  a.full_effects = true;
  a.responded_at = first_day + absl::Hours(24) * m.day + m.of_day;
  for (int d = 0; d < kDimensions; ++d) a.dimensions[d] = ValueOf(d, m.values[d]);
  a.represented = Stands();
  a.observations = {{kNps, 1, "", m.score}};
  a.comment = "Giao hàng nhanh, đóng gói kỹ";
  return row;
}

TimelineRow EntryRow(const std::string& tenant, const std::string& customer, const std::string& id, int score,
                     absl::Time at) {
  survey::v1::Response r;
  r.set_response_id(id);
  r.set_customer_id(customer);
  r.set_metric(kNps);
  r.set_score(score);
  r.set_comment("Giao hàng nhanh, đóng gói kỹ, nhân viên tư vấn nhiệt tình và gọi lại đúng hẹn");
  r.set_language("vi");
  r.set_survey_id("nps-relationship");
  r.set_touchpoint("store.checkout");
  r.set_channel("store");
  r.set_owner_team("team-3");
  r.set_revision(1);
  r.mutable_responded_at()->set_seconds(absl::ToUnixSeconds(at));
  TimelineRow row{tenant, 1, customer, EntryKind::kResponse, id, 1, at, EntryOf(r), ""};
  return row;
}

std::unique_ptr<db::Session> Connect(const std::string& database_url) {
  const auto url = db::ParseUrl(database_url);
  if (!url.ok()) Die(url.status().ToString());
  auto session = db::Connect(*url, url->prefix + "_scoring");
  if (!session.ok()) Die(session.status().ToString());
  return *std::move(session);
}

// Writes what `fill` puts, in one transaction.
void Write(db::Session& session, const std::string& tenant, const std::function<void(db::UnitOfWork&)>& fill) {
  db::UnitOfWork uow;
  uow.Begin(0, tenant);
  fill(uow);
  if (const auto done = db::InTransaction(session, [&] { return uow.Flush(session); }); !done.ok())
    Die("storing answers: " + done.ToString());
}

// Answers per value of the scale, for every key and day of one cut.
class CutCounts {
 public:
  explicit CutCounts(const Cut& cut) : cut_(cut), counts_(static_cast<size_t>(Of(0) * Of(1) * kDays)) {}

  void Add(const Made& m) { ++counts_[(At(m, 0) * Of(1) + At(m, 1)) * kDays + m.day][m.score]; }

  void Store(db::Session& session, const std::string& tenant, int64_t first_day) const {
    for (int k1 = 0; k1 < Of(0); ++k1)
      for (int k2 = 0; k2 < Of(1); ++k2)
        Write(session, tenant, [&](db::UnitOfWork& uow) {
          for (int day = 0; day < kDays; ++day) PutRow(uow, tenant, k1, k2, first_day, day);
        });
  }

 private:
  int Of(size_t key) const {
    return key < cut_.dimensions.size() ? kValues[static_cast<size_t>(cut_.dimensions[key])] : 1;
  }
  int At(const Made& m, size_t key) const {
    return key < cut_.dimensions.size() ? m.values[static_cast<size_t>(cut_.dimensions[key])] : 0;
  }
  std::string Key(size_t key, int value) const {
    return key < cut_.dimensions.size() ? ValueOf(static_cast<int>(cut_.dimensions[key]), value) : "";
  }
  void PutRow(db::UnitOfWork& uow, const std::string& tenant, int k1, int k2, int64_t first_day, int day) const {
    const auto& counts = counts_[(k1 * Of(1) + k2) * kDays + day];
    RollupRow row;
    row.tenant_id = tenant;
    row.generation = 1;
    row.metric = kNps;
    row.scope = static_cast<int64_t>(Scope::kRelationship);
    row.kind = static_cast<int64_t>(AnswerKind::kSolicited);
    row.cut = cut_.id;
    row.key1 = Key(0, k1);
    row.key2 = Key(1, k2);
    row.day = first_day + day;
    for (const auto& [currency, money] : Stands())
      for (int score = 0; score < kScores; ++score) {
        row.tally.counts[score] = counts[score];
        row.tally.money[currency][score] = {Decimal::FromMicros(money.revenue.micros() * counts[score]),
                                            Decimal::FromMicros(money.cost.micros() * counts[score])};
      }
    if (!row.empty()) uow.Add(row);
  }

  const Cut& cut_;
  std::vector<std::array<int32_t, kScores>> counts_;
};

}  // namespace

void StoreAnswers(const std::string& database_url, const std::string& tenant, int64_t size, absl::Time today) {
  const absl::Time first = today - absl::Hours(24 * kDays);
  std::vector<std::thread> writers;
  for (int w = 0; w < kWriters; ++w)
    writers.emplace_back([&, w] {
      const auto session = Connect(database_url);
      for (int64_t at = size * w / kWriters, end = size * (w + 1) / kWriters; at < end; at += kAnswersPerCommit)
        Write(*session, tenant, [&](db::UnitOfWork& uow) {
          for (int64_t i = at; i < std::min(at + kAnswersPerCommit, end); ++i) {
            AnswerRow row = RowOf(tenant, i, first);
            const Answer& a = row.answer;
            uow.Put(EntryRow(tenant, a.customer_id, a.response_id, *a.score, a.responded_at));
            uow.Put(std::move(row));
          }
        });
    });
  for (auto& w : writers) w.join();

  const auto session = Connect(database_url);
  Write(*session, tenant, [&](db::UnitOfWork& uow) {
    for (int64_t i = 0; i < kHeavyEntries; ++i)
      uow.Put(EntryRow(tenant, kHeavy, absl::StrCat("heavy-", i), static_cast<int>(i % 11), first + absl::Hours(i)));
  });
  std::vector<CutCounts> cuts(KeptCuts().begin(), KeptCuts().end());
  for (int64_t i = 0; i < size; ++i) {
    const Made m = MakeAnswer(i);
    for (CutCounts& cut : cuts) cut.Add(m);
  }
  const int64_t first_day = DayOf(first, absl::FixedTimeZone(7 * 3600));
  for (const CutCounts& cut : cuts) cut.Store(*session, tenant, first_day);
}

}  // namespace hoiam::bench
