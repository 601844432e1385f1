// Waves over a real schema: what is written before the wave is there, what two replicas do to one wave, schedules.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "platform/base/ids.h"
#include "survey_service/app/due_kinds.h"
#include "survey_service/app/wave_schedule.h"
#include "survey_service/app/wave_step.h"
#include "survey_service/app/wave_work.h"
#include "survey_service/app/waves.h"
#include "survey_service/convert/sample.h"
#include "survey_service/convert/times.h"
#include "survey_service/limits.h"
#include "survey_service/store/population_reader.h"
#include "survey_service/store/wave_reader.h"
#include "tests/store/survey_service/harness.h"
#include "tests/support/explaining_session.h"

namespace hoiam::survey {
namespace {

using ::hoiam::testing::StatusIs;
using Outcome = v1::WaveMember::Outcome;

class WaveStoreTest : public SurveyServiceTest {
 protected:
  // Ten in the morning in Saigon: nobody's quiet hours.
  WaveStoreTest() {
    absl::TimeZone zone;
    EXPECT_TRUE(absl::LoadTimeZone("Asia/Ho_Chi_Minh", &zone));
    const absl::CivilDay tomorrow = absl::ToCivilDay(clock_.Now(), zone) + 1;
    clock_.Advance(absl::FromCivil(absl::CivilHour(tomorrow) + 10, zone) - clock_.Now());
  }

  void MakePeople(int n, int from = 0) {
    for (int at = from; at < from + n; at += 500) {
      v1::BatchUpsertCustomersRequest q;
      for (int i = at; i < std::min(from + n, at + 500); ++i) {
        auto& c = *q.add_customers();
        c.set_customer_id(absl::StrCat("C", i));
        c.set_segment(i % 3 ? "Mới" : "VIP");
      }
      const auto r = Write(&BatchUpsertCustomers, q, As());
      HOIAM_ASSERT_OK(r);
      for (const auto& each : r->results()) ASSERT_EQ(each.status().code(), 0);
    }
  }
  void MakeSurvey(const std::string& id) {
    HOIAM_ASSERT_OK(MakeSurvey_(id));
    HOIAM_ASSERT_OK(Activate(id));
  }
  absl::StatusOr<v1::Survey> MakeSurvey_(const std::string& id) {
    return SurveyServiceTest::MakeSurvey(id, "nps", false);
  }
  v1::CreateWaveRequest WaveOf(const std::string& id, int size, const std::string& survey = "rel") const {
    v1::CreateWaveRequest q;
    q.set_survey_id(survey);
    q.set_wave_id(id);
    q.mutable_wave()->mutable_sample()->set_size(size);
    q.mutable_wave()->mutable_sample()->set_seed(7);
    q.mutable_wave()->mutable_sample()->set_stratify_by("segment");
    return q;
  }
  void Unsubscribe(const std::string& id) {
    v1::UnsubscribeCustomerRequest q;
    q.set_customer_id(id);
    q.set_reason("enough");
    HOIAM_ASSERT_OK(Write(&UnsubscribeCustomer, q, As()));
  }
  v1::Wave Wave(const std::string& id) {
    v1::GetWaveRequest q;
    q.set_wave_id(id);
    const auto w = GetWave(replica_.deps(), As(), q);
    EXPECT_THAT(w, testing::IsOk());
    return w.ok() ? *w : v1::Wave();
  }
  std::vector<v1::WaveMember> Members(const std::string& id) {
    v1::ListWaveMembersRequest q;
    q.set_wave_id(id);
    q.set_page_size(1000);
    const auto page = ListWaveMembers(replica_.deps(), As(), q);
    EXPECT_THAT(page, testing::IsOk());
    if (!page.ok()) return {};
    return {page->members().begin(), page->members().end()};
  }
  int64_t Count(const std::string& table) { return database_.Count("SELECT COUNT(*) FROM " + table); }

  // The scheduler of one replica with both handlers, run until nothing is due.
  struct Worker {
    explicit Worker(const Deps& deps) : waves(deps), schedules(deps), scheduler(deps.pool, deps.writer, deps.clock) {
      scheduler.Handle(DueKind::kWave, waves, {});
      scheduler.Handle(DueKind::kSchedule, schedules, {.lease = kScheduleLease});
    }
    void RunAll() {
      for (;;) {
        const auto done = scheduler.RunDue();
        HOIAM_ASSERT_OK(done);
        if (*done == 0) return;
      }
    }
    WaveWork waves;
    WaveScheduleWork schedules;
    due::Scheduler scheduler;
  };
};

TEST_F(WaveStoreTest, NoQueryReadsAWholeTable) {
  MakePeople(2000);
  MakeSurvey("rel");
  for (int i = 0; i < 30; ++i) HOIAM_ASSERT_OK(Write(&CreateWave, WaveOf(absl::StrCat("w", i), 40), As()));
  auto plain = database_.Session();
  for (const char* table : {"customer", "wave", "wave_member", "tally"})
    HOIAM_ASSERT_OK(plain->Query(absl::StrCat("ANALYZE TABLE ", table), {}, [](const db::Row&) {}));
  testing::ExplainingSession session(database_.Session());
  const db::TenantDb db = testing::TenantOn(session, "demo");
  const auto wave = ReadWave(db, "w1");
  HOIAM_ASSERT_OK(wave);
  const std::string draw = (*wave)->draw_id;
  const absl::Time now = clock_.Now();
  HOIAM_EXPECT_OK(ListWaves(db, "rel", std::nullopt, 51));
  HOIAM_EXPECT_OK(ListWaves(db, "rel", WavePlace{now, "w9"}, 51));
  HOIAM_EXPECT_OK(ListMembers(db, draw, std::nullopt, 51));
  HOIAM_EXPECT_OK(ListMembers(db, draw, MemberPlace{"Mới", 3}, 51));
  HOIAM_EXPECT_OK(ReadMember(db, draw, "C1"));
  HOIAM_EXPECT_OK(ListMembersDue(db, draw, Outcome::WAITING, now, 500));
  HOIAM_EXPECT_OK(NextTurn(db, draw, Outcome::WAITING));
  HOIAM_EXPECT_OK(CountOutcomes(db, draw));
  HOIAM_EXPECT_OK(ListMembersWith(db, draw, Outcome::SKIPPED));
  HOIAM_EXPECT_OK(ListStratum(db, draw, {"Mới", 3}, 10));
  HOIAM_EXPECT_OK(ReadWaveAnswers(db, WaveAnswersItem("w1")));
  HOIAM_EXPECT_OK(ForEachCustomer(db, 100, [](const std::string&, const std::string&) { return absl::OkStatus(); }));
  EXPECT_GE(session.explained, 13);
  for (const std::string& bad : session.bad) ADD_FAILURE() << bad;
  HOIAM_EXPECT_OK(DeleteMembers(db, draw, 10));
}

TEST_F(WaveStoreTest, MembersOfADrawThatDiedAreNobodysAndGoWhenItsLeaseEnds) {
  MakePeople(100);
  MakeSurvey("rel");
  // What a process leaves that dies between its members and its wave: a draw whose wave was made by another.
  HOIAM_ASSERT_OK(Write(&CreateWave, WaveOf("w", 30), As()));
  const int64_t of_wave = Count("wave_member");
  const std::string orphan = NewUuid(clock_.Now());
  auto session = database_.Session();
  HOIAM_ASSERT_OK(
      session->Run("INSERT INTO wave_member SELECT tenant_id, ?, customer_id, stratum, place, outcome, "
                   "reason, ask_time, invitation_id, replaces FROM wave_member",
                   {orphan}));
  rpc::Writer::Item lease;
  lease.subject = "w";
  lease.want = [](db::UnitOfWork&) {};
  lease.decide = [&](db::UnitOfWork& uow, absl::Time now) {
    due::AddWork(uow, "demo", DueKind::kWave, "w", UuidToString(orphan), now + kDrawLease);
    return absl::OkStatus();
  };
  std::vector<rpc::Writer::Item> items;
  items.push_back(std::move(lease));
  std::promise<void> put;
  replica_.deps().writer.SubmitBatch(As(), std::move(items), [&](auto, rpc::ReplyMeta) { put.set_value(); });
  put.get_future().get();
  EXPECT_EQ(Count("wave_member"), 2 * of_wave);
  EXPECT_EQ(Members("w").size(), static_cast<size_t>(of_wave));

  Worker worker(replica_.deps());
  worker.RunAll();
  EXPECT_EQ(Wave("w").state(), v1::WaveState::DONE);
  EXPECT_EQ(Count("wave_member"), 2 * of_wave) << "its lease still runs";
  clock_.Advance(kDrawLease);
  worker.RunAll();
  EXPECT_EQ(Count("wave_member"), of_wave);
  EXPECT_EQ(Count("due_work WHERE kind = 3"), 0);
  EXPECT_EQ(Wave("w").invited(), 30);
}

TEST_F(WaveStoreTest, TheSameWaveAtOnceOnTwoReplicasIsOneWaveOfOneDraw) {
  MakePeople(600);
  MakeSurvey("rel");
  Replica other(database_.pool(), clock_);
  std::optional<absl::StatusOr<v1::Wave>> a, b;
  std::thread there([&] { b = WriteOn(other, &CreateWave, WaveOf("w", 200), As()); });
  a = Write(&CreateWave, WaveOf("w", 200), As());
  there.join();
  HOIAM_ASSERT_OK(*a);
  HOIAM_ASSERT_OK(*b);
  EXPECT_EQ((*a)->SerializeAsString(), (*b)->SerializeAsString());
  const auto members = Members("w");
  EXPECT_EQ(members.size(), 241u);  // 67 + 14 and 133 + 27: replacements are rounded up
  std::set<std::string> people;
  for (const auto& m : members) people.insert(m.customer_id());
  EXPECT_EQ(people.size(), 241u);
  EXPECT_THAT(Write(&CreateWave, WaveOf("w", 201), As()), StatusIs(absl::StatusCode::kAlreadyExists, "ID_REUSED"));
}

TEST_F(WaveStoreTest, TwoReplicasThatBothHoldAWaveAskEachMemberOnceAndNoReplacementTooMany) {
  MakePeople(900);
  MakeSurvey("rel");
  for (int i = 0; i < 900; i += 4) Unsubscribe(absl::StrCat("C", i));
  HOIAM_ASSERT_OK(Write(&CreateWave, WaveOf("w", 300), As()));
  // As when a lease was lost and nobody noticed: the same work, handed to both.
  due::Work work;
  database_.Session()
      ->Query("SELECT tenant_id, subject, kind, work_id, due_at, owner, attempts FROM due_work WHERE kind = 3", {},
              [&](const db::Row& r) { work = due::Work::Read(r); })
      .IgnoreError();
  ASSERT_EQ(work.subject, "w");
  Replica other(database_.pool(), clock_);
  WaveWork here(replica_.deps()), there(other.deps());
  std::thread second([&] { HOIAM_EXPECT_OK(there.Run({work}, clock_.Now() + absl::Minutes(10))); });
  HOIAM_EXPECT_OK(here.Run({work}, clock_.Now() + absl::Minutes(10)));
  second.join();
  const v1::Wave wave = Wave("w");
  EXPECT_EQ(wave.state(), v1::WaveState::DONE);
  std::map<std::string, int> invited, skipped, touched;
  for (const auto& m : Members("w")) {
    const auto& stratum = *std::find_if(wave.strata().begin(), wave.strata().end(),
                                        [&](const auto& s) { return s.stratum() == m.stratum(); });
    invited[m.stratum()] += m.outcome() == Outcome::INVITED;
    skipped[m.stratum()] += m.outcome() == Outcome::SKIPPED;
    touched[m.stratum()] += m.rank() > stratum.places() && m.outcome() != Outcome::NOT_NEEDED;
  }
  for (const auto& s : wave.strata()) {
    EXPECT_LE(invited[s.stratum()], s.places());
    EXPECT_EQ(touched[s.stratum()], std::min(skipped[s.stratum()], s.replacements()));
  }
  EXPECT_EQ(Count("invitation"), wave.invited());
  EXPECT_EQ(database_.Count("SELECT COUNT(DISTINCT customer_id) FROM invitation"), wave.invited());
}

TEST_F(WaveStoreTest, APausedSurveyHoldsItsWavesAndAnArchivedOneEndsThem) {
  MakePeople(60);
  MakeSurvey("rel");
  HOIAM_ASSERT_OK(Write(&CreateWave, WaveOf("w", 20), As()));
  const auto move = [&](SurveyVerb verb) {
    v1::MoveSurveyRequest q;
    q.set_survey_id("rel");
    std::promise<absl::Status> done;
    MoveSurvey(verb, replica_.deps(), As(), q,
               [&](absl::StatusOr<v1::Survey> s, rpc::ReplyMeta) { done.set_value(s.status()); });
    HOIAM_ASSERT_OK(done.get_future().get());
  };
  Worker worker(replica_.deps());
  move(SurveyVerb::kPause);
  worker.RunAll();
  EXPECT_EQ(Wave("w").state(), v1::WaveState::RUNNING);
  EXPECT_EQ(Count("invitation"), 0);
  move(SurveyVerb::kActivate);
  clock_.Advance(kLookAtWaves);
  worker.RunAll();
  EXPECT_EQ(Wave("w").state(), v1::WaveState::DONE);
  EXPECT_EQ(Count("invitation"), 20);

  v1::CreateWaveRequest later = WaveOf("later", 20);
  SetTime(clock_.Now() + absl::Hours(48), later.mutable_wave()->mutable_start_time());
  HOIAM_ASSERT_OK(Write(&CreateWave, later, As()));
  move(SurveyVerb::kArchive);
  clock_.Advance(absl::Hours(48));
  worker.RunAll();
  EXPECT_EQ(Wave("later").state(), v1::WaveState::CANCELLED);
  EXPECT_EQ(Count("invitation"), 20);
}

TEST_F(WaveStoreTest, AScheduleBeginsItsWavesEachWithASeedOfItsOwn) {
  MakePeople(60);
  v1::CreateSurveyRequest q;
  q.set_survey_id("nps");
  q.mutable_survey()->set_template_("nps");
  auto& schedule = *q.mutable_survey()->mutable_schedule();
  const absl::Time first = clock_.Now() + absl::Hours(24);
  SetTime(first, schedule.mutable_start_time());
  schedule.set_every_months(3);
  schedule.mutable_sample()->set_size(10);
  schedule.mutable_sample()->set_seed(7);
  HOIAM_ASSERT_OK(Write(&CreateSurvey, q, As()));
  Worker worker(replica_.deps());
  const auto waves = [&] {
    v1::ListWavesRequest list;
    list.set_survey_id("nps");
    const auto page = ListWaves(replica_.deps(), As(), list);
    EXPECT_THAT(page, testing::IsOk());
    std::vector<v1::Wave> out(page->waves().begin(), page->waves().end());
    return out;
  };
  clock_.Advance(absl::Hours(25));
  worker.RunAll();
  EXPECT_EQ(waves().size(), 0u) << "a draft asks nobody";
  HOIAM_ASSERT_OK(Activate("nps"));
  worker.RunAll();
  EXPECT_EQ(waves().size(), 0u) << "the first day was over when it was activated";
  clock_.Advance(absl::Hours(24 * 93));
  worker.RunAll();
  ASSERT_EQ(waves().size(), 1u);
  EXPECT_EQ(waves()[0].state(), v1::WaveState::DONE);
  EXPECT_EQ(waves()[0].invited(), 10);
  EXPECT_EQ(waves()[0].sample().seed(), SeedOf(7, waves()[0].wave_id()));
  worker.RunAll();
  EXPECT_EQ(waves().size(), 1u);
  clock_.Advance(absl::Hours(24 * 93));
  worker.RunAll();
  ASSERT_EQ(waves().size(), 2u);
  EXPECT_NE(waves()[0].sample().seed(), waves()[1].sample().seed());
  EXPECT_NE(waves()[0].wave_id(), waves()[1].wave_id());
}

TEST_F(WaveStoreTest, AFullDayIsNoReasonToLeaveSomebodyOut) {
  MakePeople(60);
  v1::CreateSurveyRequest q;
  q.set_survey_id("rel");
  q.mutable_survey()->set_template_("nps");
  q.mutable_survey()->set_daily_limit(8);
  HOIAM_ASSERT_OK(Write(&CreateSurvey, q, As()));
  HOIAM_ASSERT_OK(Activate("rel"));
  HOIAM_ASSERT_OK(Write(&CreateWave, WaveOf("w", 20), As()));
  Worker worker(replica_.deps());
  for (const int asked : {8, 16, 20}) {
    worker.RunAll();
    EXPECT_EQ(Wave("w").invited(), asked);
    EXPECT_EQ(Wave("w").skipped(), 0);
    clock_.Advance(absl::Hours(24));
  }
  EXPECT_EQ(Wave("w").state(), v1::WaveState::DONE);
}

}  // namespace
}  // namespace hoiam::survey
