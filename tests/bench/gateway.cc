// Measure 2: the same handlers by REST through the gateway and by gRPC directly.
#include "google/protobuf/util/json_util.h"
#include "tests/bench/measures.h"
#include "tests/bench/rest_client.h"

namespace hoiam::bench {
namespace {

constexpr int kInFlight = 32;
constexpr char kTenant[] = "demo";  // whose key the suite has

std::string Json(const google::protobuf::Message& m) {
  std::string out;
  if (!google::protobuf::util::MessageToJsonString(m, &out).ok()) hoiam::testing::Die("no JSON");
  return out;
}

struct Added {
  std::vector<double> p50, p99;
};

// Adds a round of each: by REST, directly.
void NoteAdded(std::vector<double> rest, std::vector<double> direct, Added& out) {
  out.p50.push_back(1e6 * (Quantile(rest, 0.5) - Quantile(direct, 0.5)));
  out.p99.push_back(1e3 * (Quantile(rest, 0.99) - Quantile(direct, 0.99)));
}

void Compare(const Settings& s, const std::string& name, int flood, int alone,
             const std::function<std::vector<std::string>(RestClient&, int)>& make, Ours& ours,
             const std::function<double(int, std::vector<double>*)>& direct) {
  RestClient many(ours.url(), ours.key(), kInFlight), one(ours.url(), ours.key(), 1);
  many.Flood(make(many, kInFlight * 4));  // the key is known and every thread has begun
  SideBySide(
      s, absl::StrCat("2 ", name, " by REST, ", kInFlight, " in flight"), "calls/s", {Target::kAtLeast, 0.60},
      [&] { return flood / many.Flood(make(many, flood)); }, [&] { return direct(flood, nullptr); });
  Added added;
  for (int round = 0; round < s.rounds; ++round) {
    std::vector<double> rest, grpc;
    one.Flood(make(one, alone), [&](size_t, double seconds, const std::string&) { rest.push_back(seconds); });
    direct(alone, &grpc);
    NoteAdded(rest, grpc, added);
  }
  Alone(absl::StrCat("2 ", name, ": added by REST, p50"), "µs", {Target::kAtMost, 250}, added.p50);
  Alone(absl::StrCat("2 ", name, ": added by REST, p99"), "ms", {Target::kAtMost, 1}, added.p99);
}

}  // namespace

void MeasureGateway(const Settings& s, Ours& ours) {
  const int flood = s.quick ? 4000 : 20000, alone = s.quick ? 300 : 2000;
  int64_t recorded = 0;
  Compare(
      s, "RecordInteraction", flood, alone,
      [&](RestClient& client, int n) {
        std::vector<std::string> out;
        for (int i = 0; i < n; ++i) out.push_back(client.Request("/v1/interactions", Json(ours.Interaction())));
        recorded += n;
        return out;
      },
      ours,
      [&](int n, std::vector<double>* times) {
        recorded += n;
        return ours.RecordUnary(kTenant, n, times ? 1 : kInFlight, times);
      });
  Verify(ours.InteractionsOf(kTenant) == recorded, absl::StrCat("2: all ", recorded, " interactions are stored once"));

  ours.FillHistory(kTenant, "c-page", 60);
  Compare(
      s, "GetHistory", flood / 4, alone,
      [&](RestClient& client, int n) {
        return std::vector<std::string>(n, client.Request("/v1/customers/c-page/history"));
      },
      ours,
      [&](int n, std::vector<double>* times) {
        return ours.HistoryUnary(kTenant, "c-page", n, times ? 1 : kInFlight, times);
      });
}

}  // namespace hoiam::bench
