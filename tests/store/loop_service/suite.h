// loop_service as it runs, in one process: a survey log to read from, and any number of replicas of loop on one schema,
// each with its combiner, feed consumer, hub and gRPC server on port 0.
#pragma once

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "hoiam/event/v1/event.pb.h"
#include "hoiam/loop/v1/loop_service.grpc.pb.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "loop_service/app/case_status.h"
#include "loop_service/app/change_case.h"
#include "loop_service/app/conversation.h"
#include "loop_service/app/follow_survey.h"
#include "loop_service/app/read_cases.h"
#include "loop_service/migrations/migrations.h"
#include "loop_service/rpc/case_service.h"
#include "loop_service/rpc/case_status_service.h"
#include "loop_service/rpc/playbook_service.h"
#include "platform/base/ids.h"
#include "platform/db/write_combiner.h"
#include "platform/feed/consumer.h"
#include "platform/feed/hub.h"
#include "platform/feed/token.h"
#include "platform/observe/metrics.h"
#include "platform/rpc/runtime.h"
#include "platform/rpc/status_wire.h"
#include "platform/rpc/write.h"
#include "tests/support/database.h"
#include "tests/support/matchers.h"

namespace hoiam::loop::testing {

using hoiam::testing::IsOk;
using hoiam::testing::StatusIs;
using hoiam::testing::TestDatabase;

// A gRPC server on a free port, stopped with this object.
class Server {
 public:
  explicit Server(std::vector<grpc::Service*> services);
  ~Server();
  std::shared_ptr<grpc::Channel> Channel() const;

 private:
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

// survey's log, and a way to write to it.
class Survey {
 public:
  explicit Survey(uint32_t partitions = 1);
  ~Survey();
  // Commits all of `responses` as one envelope of the first one's partition; answers its position.
  feed::v1::Position Tell(const std::vector<survey::v1::Response>& responses);
  feed::v1::Position TellEvent(const event::v1::Event& event);
  std::shared_ptr<grpc::Channel> Channel() const { return server_->Channel(); }

 private:
  feed::v1::Position Commit(const std::string& tenant, const std::string& subject, std::vector<std::string> events);
  const uint32_t partitions_;
  const std::vector<db::Migration> none_;
  TestDatabase db_;
  std::unique_ptr<feed::Hub> hub_;
  std::unique_ptr<db::WriteCombiner> combiner_;
  std::unique_ptr<Server> server_;
};

// Who survey_service says the customers are; tests change it. Any thread may ask.
class Customers final : public CustomerLookup {
 public:
  absl::StatusOr<std::optional<CustomerContact>> Find(const std::string& tenant, const std::string& customer_id,
                                                      absl::Time deadline) const override;
  void Set(const std::string& customer_id, CustomerContact contact);
  void Erase(const std::string& customer_id);

 private:
  mutable std::mutex mu_;
  std::map<std::string, CustomerContact> known_;
};

// The address that mail comes from.
inline constexpr char kMailFrom[] = "cskh@shop.test";

// One process of loop_service.
class Replica {
 public:
  Replica(TestDatabase& db, std::shared_ptr<grpc::Channel> survey, const Clock& read_clock = SystemClock(),
          uint32_t partitions = 1);
  ~Replica();

  struct Caller {
    std::string tenant = "t";
    std::string principal = "lan";
    std::string idempotency_key;
    std::string teams;  // bound to these, by commas
  };
  template <class Req, class Resp>
  absl::StatusOr<Resp> Call(grpc::Status (pb::CaseService::Stub::*method)(grpc::ClientContext*, const Req&, Resp*),
                            const Req& request, const Caller& caller = {}) {
    return CallOn(*stub_, method, request, caller);
  }
  template <class Req, class Resp>
  absl::StatusOr<Resp> Call(grpc::Status (pb::PlaybookService::Stub::*method)(grpc::ClientContext*, const Req&, Resp*),
                            const Req& request, const Caller& caller = {}) {
    return CallOn(*playbook_stub_, method, request, caller);
  }
  template <class Req, class Resp>
  absl::StatusOr<Resp> Call(grpc::Status (pb::CaseStatusService::Stub::*method)(grpc::ClientContext*, const Req&,
                                                                                Resp*),
                            const Req& request) {
    return CallOn(*status_stub_, method, request, {.tenant = "", .principal = ""});
  }
  feed::Consumer& consumer() { return *consumer_; }
  rpc::Writer& writer() { return writer_; }
  PlaybookCache& playbooks() { return playbooks_; }
  const CaseLinks& links() const { return links_; }
  Customers& customers() { return customers_; }
  db::WriteCombiner& combiner() { return combiner_; }

 private:
  template <class Stub, class Req, class Resp>
  absl::StatusOr<Resp> CallOn(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Req&, Resp*),
                              const Req& request, const Caller& caller) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    if (!caller.tenant.empty()) context.AddMetadata("hoiam-tenant", caller.tenant);
    if (!caller.principal.empty()) context.AddMetadata("hoiam-principal", caller.principal);
    context.AddMetadata("hoiam-request-id", "test");
    if (!caller.teams.empty()) context.AddMetadata("hoiam-teams", caller.teams);
    if (!caller.idempotency_key.empty()) context.AddMetadata("hoiam-idempotency-key", caller.idempotency_key);
    Resp response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }
  feed::Hub hub_;
  db::WriteCombiner combiner_;
  rpc::Writer writer_{combiner_, "loop"};
  PlaybookCache playbooks_;
  const CaseLinks links_{std::string(32, 'k'), "https://hoiam.test", "reply.shop.test"};
  Customers customers_;
  SurveyFollower alarm_{playbooks_};
  std::unique_ptr<feed::Consumer> consumer_;
  observe::Metrics metrics_;
  std::unique_ptr<rpc::Runtime> runtime_;
  CaseReads reads_;
  CaseChanger changer_;
  Conversation conversation_;
  CaseService service_;
  CaseStatus status_;
  CaseStatusService status_service_;
  Settings settings_;
  PlaybookService playbook_service_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<pb::CaseService::Stub> stub_;
  std::unique_ptr<pb::PlaybookService::Stub> playbook_stub_;
  std::unique_ptr<pb::CaseStatusService::Stub> status_stub_;
};

// A detractor's answer (NPS 3) of customer c1 with full effects, revision 1; change what the test is about.
survey::v1::Response DetractorAnswer(const std::string& response_id, const std::string& customer_id = "c1",
                                     int score = 3);

class LoopTest : public ::testing::Test {
 protected:
  using Stub = pb::CaseService::Stub;

  // Tells survey's answers and waits until this loop has them.
  void Answer(const std::vector<survey::v1::Response>& responses);
  std::vector<pb::Case> Cases(const std::string& filter = "");
  // Ends the test's hope when there is not exactly one.
  pb::Case OnlyCase();
  pb::Case Get(const std::string& case_id);
  // A fresh case of `customer`, in state NEW.
  pb::Case OpenCaseOf(const std::string& customer = "c1");

  // Verbs that must work, for getting somewhere.
  pb::Case Acknowledge(const pb::Case& c);
  pb::Case Contact(const pb::Case& c);
  pb::Case Resolve(const pb::Case& c);

  Survey survey_;
  TestDatabase db_{"loop", Migrations()};
  Replica loop_{db_, survey_.Channel()};
};

pb::ResolveCaseRequest ResolveRequest(const pb::Case& c);
// Versions from 1 without a gap, each line beginning where the one before ended.
void ExpectGapFree(const pb::Case& c);

}  // namespace hoiam::loop::testing
