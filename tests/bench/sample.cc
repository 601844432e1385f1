// A stratified sample of 10,000 out of 1,000,000 customers: the whole call, and the memory it takes.
#include <algorithm>
#include <fstream>

#include "platform/base/clock.h"
#include "platform/db/session.h"
#include "tests/bench/measures.h"

namespace hoiam::bench {
namespace {

constexpr char kTenant[] = "sample";
constexpr const char* kSegments[] = {"VIP", "Mới", "Cũ", "Doanh nghiệp", "Bán buôn"};
constexpr char kDigits[] = "0000000";  // of a customer's number, wherever they stand in a row

int64_t PeakMegabytes(int pid) {
  std::ifstream in(absl::StrCat("/proc/", pid, "/status"));
  for (std::string line; std::getline(in, line);)
    if (line.rfind("VmHWM:", 0) == 0) return std::stoll(line.substr(6)) / 1024;
  return -1;
}

// A customer as the CRM gives one.
survey::Customer CustomerOf(const std::string& segment) {
  survey::Customer c;
  c.set_customer_id(absl::StrCat("KH", kDigits));
  c.set_display_name("Nguyễn Thị Lan Hương");
  c.set_honorific("chị");
  c.set_given_name("Hương");
  c.set_email(absl::StrCat("kh", kDigits, "@nhaen.example"));
  c.set_phone(absl::StrCat("+849", kDigits, "1"));
  c.set_locale("vi-VN");
  c.set_time_zone("Asia/Ho_Chi_Minh");
  c.set_segment(segment);
  c.set_lifecycle(survey::Lifecycle::ACTIVE);
  c.set_owner_team("cskh");
  (*c.mutable_properties())["city"].set_string_value("Huế");
  c.set_revision(1);
  c.mutable_create_time()->set_seconds(1'790'000'000);
  c.mutable_update_time()->set_seconds(1'790'000'000);
  return c;
}

// By SQL: what is measured is the draw, not how customers come.
void Load(Ours& ours, int64_t people) {
  const auto url = db::ParseUrl(ours.db_url());
  Verify(url.ok(), "database url");
  auto session = db::Connect(*url, url->prefix + "_survey");
  Verify(session.ok(), "connect");
  constexpr int64_t kChunk = 100'000;
  const std::string digit =
      "(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL "
      "SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9) AS ";
  const std::string insert = absl::StrCat(
      "INSERT INTO customer SELECT ?, CAST(REPLACE(?, '", kDigits,
      "', LPAD(n, 7, '0')) AS BINARY), "
      "'2026-09-21 00:00:00', LPAD(n, 7, '0'), LPAD(n, 7, '0'), ?, REPLACE(CAST(? AS BINARY), '",
      kDigits, "', LPAD(n, 7, '0')) FROM (SELECT ? + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n FROM ",
      digit, "a, ", digit, "b, ", digit, "c, ", digit, "e, ", digit, "f) AS numbers WHERE n % 5 = ? AND n < ?");
  for (int64_t from = 0; from < people; from += kChunk) {
    for (int64_t i = 0; i < 5; ++i) {
      const survey::Customer c = CustomerOf(kSegments[i]);
      const auto done = (*session)->Run(
          insert, {std::string(kTenant), c.customer_id(), c.segment(), c.SerializeAsString(), from, i, people});
      Verify(done.ok(), std::string(done.status().message()));
    }
  }
}

}  // namespace

void MeasureSample(const Settings& s, Ours& ours) {
  const int64_t people = s.quick ? 10'000 : 1'000'000;
  const int places = static_cast<int>(people / 100);
  Load(ours, people);
  const auto channel = grpc::CreateChannel("unix:" + ours.suite().Socket("survey"), grpc::InsecureChannelCredentials());
  const auto surveys = survey::SurveyService::NewStub(channel);
  survey::CreateSurveyRequest make;
  make.set_survey_id("rel");
  make.mutable_survey()->set_template_("nps");
  survey::Survey survey;
  Verify(surveys->CreateSurvey(Ours::Context(kTenant).get(), make, &survey).ok(), "a survey");
  survey::MoveSurveyRequest activate;
  activate.set_survey_id("rel");
  Verify(surveys->ActivateSurvey(Ours::Context(kTenant).get(), activate, &survey).ok(), "an active survey");

  const auto waves = survey::WaveService::NewStub(channel);
  std::vector<double> seconds;
  for (int round = 0; round < s.rounds; ++round) {
    survey::CreateWaveRequest q;
    q.set_survey_id("rel");
    q.set_wave_id(absl::StrCat("w", round));
    q.mutable_wave()->mutable_sample()->set_size(places);
    q.mutable_wave()->mutable_sample()->set_stratify_by("segment");
    // Nobody is asked while it is measured.
    q.mutable_wave()->mutable_start_time()->set_seconds(absl::ToUnixSeconds(SystemClock().Now() + absl::Hours(24)));
    survey::Wave wave;
    const absl::Time began = SystemClock().Now();
    const grpc::Status drawn = waves->CreateWave(Ours::Context(kTenant).get(), q, &wave);
    seconds.push_back(absl::ToDoubleSeconds(SystemClock().Now() - began));
    Verify(drawn.ok(), drawn.error_message());
    int64_t population = 0;
    for (const auto& stratum : wave.strata()) population += stratum.population();
    Verify(wave.drawn() == places && population == people, "everybody was looked at, and as many drawn as wanted");
    survey::ListWaveMembersRequest list;
    list.set_wave_id(q.wave_id());
    list.set_page_size(1000);
    int64_t members = 0;
    do {
      survey::ListWaveMembersResponse page;
      Verify(waves->ListWaveMembers(Ours::Context(kTenant).get(), list, &page).ok(), "a page of members");
      members += page.members_size();
      list.set_page_token(page.next_page_token());
    } while (!list.page_token().empty());
    Verify(members == places + places / 5, "members and replacements are stored");
  }
  const std::string name = absl::StrCat("sample of ", places, " out of ", people);
  Add(Alone(name, "s", {Target::kAtMost, 2}, seconds));
  Add(Alone(name + ", peak of survey_service", "MB", {Target::kAtMost, 256},
            {static_cast<double>(PeakMegabytes(ours.suite().process("survey").pid()))}));
}

}  // namespace hoiam::bench
