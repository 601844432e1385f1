// A whole gateway in this process: real HTTP and gRPC ports, a real database with keys, and behind it services of the
// tests.
#pragma once

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "gateway/auth/authenticator.h"
#include "gateway/auth/key_service.h"
#include "gateway/auth/tenant_service.h"
#include "gateway/http/api.h"
#include "gateway/http/server.h"
#include "gateway/pages/pages.h"
#include "gateway/proxy/dispatcher.h"
#include "gateway/proxy/gate.h"
#include "gateway/proxy/public_grpc.h"
#include "gateway/store/key_row.h"
#include "hoiam/loop/v1/loop_service.grpc.pb.h"
#include "hoiam/survey/v1/survey_service.grpc.pb.h"
#include "platform/db/write_combiner.h"
#include "platform/observe/metrics.h"
#include "platform/rpc/runtime.h"
#include "platform/rpc/write.h"
#include "tests/rpc/gateway/raw_client.h"
#include "tests/support/database.h"
#include "tests/unit/gateway/probe.grpc.pb.h"

namespace hoiam::testing {

// The machine's clock, moved.
class ShiftedClock : public Clock {
 public:
  absl::Time Now() const override { return SystemClock().Now() + absl::Microseconds(micros_.load()); }
  void Sleep(absl::Duration d) const override { SystemClock().Sleep(d); }
  void Advance(absl::Duration d) { micros_ += absl::ToInt64Microseconds(d); }

 private:
  std::atomic<int64_t> micros_{0};
};

// Answers by the probe's id: "secret", "crashed", "taken", "gone", "replayed", "slow"; anything else is echoed.
class FakeProbes final : public test::v1::ProbeService::Service {
 public:
  grpc::Status CreateProbe(grpc::ServerContext* c, const test::v1::CreateProbeRequest* q, test::v1::Probe* r) override;
  grpc::Status GetProbe(grpc::ServerContext* c, const test::v1::GetProbeRequest* q, test::v1::Probe* r) override;
  grpc::Status UpdateProbe(grpc::ServerContext* c, const test::v1::UpdateProbeRequest* q, test::v1::Probe* r) override;
  grpc::Status PaintProbe(grpc::ServerContext* c, const test::v1::PaintProbeRequest* q, test::v1::Probe* r) override;
  grpc::Status BatchProbe(grpc::ServerContext* c, const test::v1::BatchProbeRequest* q,
                          test::v1::BatchProbeResponse* r) override;
  grpc::Status PeekProbe(grpc::ServerContext* c, const test::v1::GetProbeRequest* q, test::v1::Probe* r) override;

  // What the last call carried.
  std::multimap<std::string, std::string> metadata();
  absl::Duration time_left();
  std::string mask();
  std::atomic<int> calls{0};
  std::atomic<bool> cancelled{false};

 private:
  grpc::Status Seen(grpc::ServerContext* c, const std::string& id);
  std::mutex mu_;
  std::multimap<std::string, std::string> metadata_;
  absl::Duration time_left_;
  std::string mask_;
};

// One invitation, "good-token", to a survey with a score, follow-ups by score, and choices. Other tokens are unknown.
class FakeRespondents final : public survey::v1::RespondentService::Service {
 public:
  FakeRespondents();
  grpc::Status GetRespondentPage(grpc::ServerContext* c, const survey::v1::GetRespondentPageRequest* q,
                                 survey::v1::RespondentPage* r) override;
  grpc::Status SubmitAnswer(grpc::ServerContext* c, const survey::v1::SubmitAnswerRequest* q,
                            survey::v1::SubmitAnswerResponse* r) override;
  grpc::Status UnsubscribeRespondent(grpc::ServerContext* c, const survey::v1::UnsubscribeRespondentRequest* q,
                                     survey::v1::UnsubscribeRespondentResponse* r) override;

  survey::v1::RespondentPage page;            // what is shown; tests change it
  survey::v1::SubmitAnswerRequest submitted;  // the last form
  absl::Status refusal;                       // of the next submission
  std::atomic<int> submissions{0};
  std::atomic<int> unsubscribed{0};
  std::atomic<bool> one_click{false};  // of the last one

 private:
  void Show();
};

// One case behind "good-case"; other tokens are unknown.
class FakeCases final : public loop::v1::CaseStatusService::Service {
 public:
  FakeCases();
  grpc::Status GetCaseStatus(grpc::ServerContext* c, const loop::v1::GetCaseStatusRequest* q,
                             loop::v1::CaseStatusPage* r) override;
  grpc::Status WriteCaseStatus(grpc::ServerContext* c, const loop::v1::WriteCaseStatusRequest* q,
                               loop::v1::CaseStatusPage* r) override;
  grpc::Status ConfirmCaseStatus(grpc::ServerContext* c, const loop::v1::ConfirmCaseStatusRequest* q,
                                 loop::v1::CaseStatusPage* r) override;

  loop::v1::CaseStatusPage page;  // what is shown; tests change it
  absl::Status refusal;           // of the next words
  std::vector<loop::v1::WriteCaseStatusRequest> written;
  std::vector<loop::v1::ConfirmCaseStatusRequest> confirmed;
};

class GatewayFixture : public ::testing::Test {
 protected:
  explicit GatewayFixture(gateway::RateLimits limits = {});
  ~GatewayFixture() override;

  // The text of a key of tenant "acme" with these scopes; kept in the database.
  std::string MakeKey(const std::string& key_id, gateway::ScopeSet scopes,
                      std::optional<absl::Time> expires = std::nullopt);
  // Stores `row` under a new text, and answers that.
  std::string MakeKey(gateway::KeyRow row);
  void RevokeKey(const std::string& key_id);
  // One request with the admin key.
  RawResponse Call(const std::string& method, const std::string& target, const std::string& body = "",
                   const std::string& headers = "");
  std::string Bearer(const std::string& key) { return "Authorization: Bearer " + key + "\r\n"; }
  int port() { return http_->port(); }
  std::shared_ptr<grpc::Channel> PublicChannel();

  ShiftedClock clock_;
  TestDatabase database_;
  observe::Metrics metrics_;
  std::unique_ptr<rpc::Runtime> runtime_;
  db::WriteCombiner combiner_;
  rpc::Writer writer_;
  FakeProbes probes_;
  FakeRespondents respondents_;
  FakeCases cases_;
  gateway::KeyService keys_;
  gateway::TenantService tenants_;
  std::unique_ptr<grpc::Server> backend_;
  gateway::RouteTable routes_;
  gateway::Authenticator authenticator_;
  gateway::Limiter limiter_;
  gateway::Gate gate_;
  std::unique_ptr<gateway::Dispatcher> dispatcher_;
  std::unique_ptr<gateway::Pages> pages_;
  std::unique_ptr<gateway::Api> api_;
  std::unique_ptr<gateway::HttpServer> http_;
  std::unique_ptr<gateway::PublicGrpc> grpc_;
  std::string admin_key_;
  bool ready_ = true;
};

// The reason in a rendered error, and the code.
std::string ReasonIn(const RawResponse& response);

}  // namespace hoiam::testing
