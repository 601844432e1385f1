// The lists of people who work cases, out of a million: a team's open ones, all of it, with all teams below it, by
// cause and place, and for a caller who is bound to teams. Pages are read to the depth that people leaf to.
#include "hoiam/loop/v1/playbook_service.grpc.pb.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"
#include "tests/bench/measures.h"

namespace hoiam::bench {
namespace {

constexpr char kTenant[] = "inbox";
constexpr int kCalls = 400;
constexpr int kTeams = 200;  // of 5,000 cases each
constexpr int kOpenIn = 20;  // one of so many is open

// Case `n` is of team shop-(n mod 200), one every 90 seconds of the last three years; its body is as long as one with
// two answers and ten lines of history. Ids ascend, as those of cases do. One statement makes 100,000.
void Fill(db::Session& session, int64_t to, absl::Time start) {
  constexpr int64_t kChunk = 100'000;
  const std::string digit =
      "(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL "
      "SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9) AS ";
  const std::string insert = absl::StrCat(
      "INSERT INTO loop_case (tenant_id, case_id, subject, customer_id, kind, state, is_open, priority, owner, team, "
      "version, "
      "create_time, update_time, body, touchpoint, root_cause, origin) "
      "SELECT ?, UNHEX(LPAD(HEX(n), 32, '0')), CONCAT('KH', n), CONCAT('KH', n), 'DETRACTOR', IF(CRC32(n) % ? = 0, "
      "'NEW', 'CLOSED'), "
      "CRC32(n) % ? = 0, IF(n % 9 = 0, 'P2', 'P3'), CONCAT('nv', n % 997), CONCAT('shop-', n % ?), 1, "
      "TIMESTAMPADD(SECOND, n * 90, ?), TIMESTAMPADD(SECOND, n * 90, ?), ?, CONCAT('store.', n % 31), "
      "CONCAT('cause-', n % 53), 'REACTIVE' "
      "FROM (SELECT ? + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n FROM ",
      digit, "a, ", digit, "b, ", digit, "c, ", digit, "e, ", digit, "f) AS numbers WHERE n < ?");
  loop::Case body;
  body.set_case_id("01931f7e-0000-7000-8000-000000000001");
  body.set_state(loop::CaseState::NEW);
  body.set_team("shop-1");
  for (int i = 0; i < 2; ++i)
    body.add_answers()->set_comment("Giao hàng trễ hai ngày, gọi tổng đài không ai nghe máy.");
  for (int i = 0; i < 10; ++i) {
    loop::CaseHistoryEntry* line = body.add_history();
    line->set_actor("lan");
    line->set_action("note");
    line->set_note("Đã gọi khách, hẹn giao lại trước 18 giờ ngày mai.");
    line->set_version(i + 1);
  }
  for (int64_t from = 0; from < to; from += kChunk) {
    const auto done = session.Run(insert, {std::string(kTenant), int64_t{kOpenIn}, int64_t{kOpenIn}, int64_t{kTeams},
                                           start, start, body.SerializeAsString(), from, to});
    Verify(done.ok(), std::string(done.status().message()));
  }
}

}  // namespace

void MeasureInbox(const Settings& s, Ours& ours) {
  const int64_t cases = s.quick ? 100'000 : 1'000'000;
  const auto url = db::ParseUrl(ours.db_url());
  Verify(url.ok(), "database url");
  auto session = db::Connect(*url, url->prefix + "_loop");
  Verify(session.ok(), "connect");
  Fill(**session, cases, SystemClock().Now() - absl::Seconds(90) * cases);
  const auto channel = grpc::CreateChannel("unix:" + ours.suite().Socket("loop"), grpc::InsecureChannelCredentials());
  // A region of ten shops.
  const auto book = loop::PlaybookService::NewStub(channel);
  const auto team = [&](const std::string& id, const std::string& parent) {
    loop::UpdateTeamRequest q;
    q.mutable_team()->set_team_id(id);
    q.mutable_team()->set_parent(parent);
    q.mutable_team()->set_display_name(id);
    q.set_allow_missing(true);
    loop::Team made;
    const grpc::Status status = book->UpdateTeam(Ours::Context(kTenant).get(), q, &made);
    Verify(status.ok(), status.error_message());
  };
  team("region", "");
  for (int i = 0; i < 10; ++i) team(absl::StrCat("shop-", i), "region");

  const auto stub = loop::CaseService::NewStub(channel);
  const auto p99 = [&](const std::string& filter, const std::string& bound, int pages) {
    std::vector<double> ms;
    std::string token;
    for (int i = 0; i < kCalls; ++i) {
      const auto context = Ours::Context(kTenant);
      if (!bound.empty()) context->AddMetadata("hoiam-teams", bound);
      loop::ListCasesRequest q;
      q.set_filter(filter);
      q.set_page_size(50);
      if (i % pages) q.set_page_token(token);
      loop::ListCasesResponse page;
      const absl::Time began = SystemClock().Now();
      const grpc::Status status = stub->ListCases(context.get(), q, &page);
      ms.push_back(absl::ToDoubleMilliseconds(SystemClock().Now() - began));
      Verify(status.ok() && page.cases_size() == 50, absl::StrCat("a page of ", filter, " ", status.error_message()));
      token = page.next_page_token();
      Verify(i % pages + 1 == pages || !token.empty(), "a page more");
    }
    return Quantile(std::move(ms), 0.99);
  };
  const auto measure = [&](const std::string& name, const std::string& filter, const std::string& bound = "",
                           int pages = 3) {
    std::vector<double> figures;
    for (int round = 0; round < s.rounds; ++round) figures.push_back(p99(filter, bound, pages));
    Add(Alone(absl::StrCat("inbox: ", name, " out of ", cases, " cases, p99 of a page"), "ms", {Target::kAtMost, 10},
              figures));
  };
  const int pages = s.quick ? 1 : 3;
  if (!s.quick) measure("a team's open cases", "team = \"shop-3\" AND open = true");
  measure("a team's cases", "team = \"shop-3\"", "", pages);
  measure("a region's open cases", "team = \"region.*\" AND open = true", "", pages);
  measure("open cases of whom is bound to a region", "open = true", "region", pages);
  measure("open cases", "open = true", "", pages);
  measure("cases of a cause", "cause = \"cause-7\"", "", pages);
  measure("cases of a touchpoint", "touchpoint = \"store.7\"", "", pages);
  measure("what came in by complaint", "origin = REACTIVE", "", pages);
}

}  // namespace hoiam::bench
