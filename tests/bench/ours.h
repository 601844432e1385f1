// Ours: the real processes, called as the gateway calls them. Measure 2 goes through the gateway as well.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "hoiam/loop/v1/loop_service.grpc.pb.h"
#include "hoiam/scoring/v1/scoring_service.grpc.pb.h"
#include "hoiam/survey/v1/survey_service.grpc.pb.h"
#include "tests/support/suite.h"

namespace hoiam::bench {

namespace survey = hoiam::survey::v1;
namespace scoring = hoiam::scoring::v1;
namespace loop = hoiam::loop::v1;

class Ours {
 public:
  Ours();
  testing::Suite& suite() { return suite_; }
  const std::string& db_url() const { return suite_.db_url(); }
  // Of the gateway, and of the admin of tenant "demo".
  const std::string& url() const { return suite_.url(); }
  const std::string& key() const { return suite_.key(); }

  // A context as the gateway makes it.
  static std::unique_ptr<grpc::ClientContext> Context(const std::string& tenant);

  // Rows a second through batch messages of `per_message`, `in_flight` messages at once. Ids are never used twice.
  double ImportResponses(const std::string& tenant, int64_t rows, int per_message, int in_flight);
  double RecordInteractions(const std::string& tenant, int64_t rows, int per_message, int in_flight,
                            survey::Effects::Code effects);
  // Acknowledged writes a second, one answer a call, `in_flight` calls at once.
  double Unary(const std::string& tenant, int64_t rows, int in_flight);
  // Makes `n` surveys that ask about every purchase, and activates them.
  void StartAsking(const std::string& tenant, int n);
  // An interaction that was not there before, of one of 10,000 customers.
  survey::RecordInteractionRequest Interaction();
  // Calls a second, `in_flight` at once; with `times` the seconds of each.
  double RecordUnary(const std::string& tenant, int n, int in_flight, std::vector<double>* times);
  double HistoryUnary(const std::string& tenant, const std::string& customer, int n, int in_flight,
                      std::vector<double>* times);
  // Interactions in the histories of those 10,000.
  int64_t InteractionsOf(const std::string& tenant);
  // Gives a customer this many interactions.
  void FillHistory(const std::string& tenant, const std::string& customer, int n);
  // Seconds from the intended start to the acknowledgement, `per_second` calls started at a fixed rate.
  std::vector<double> OpenLoop(const std::string& tenant, double per_second, absl::Duration length);
  scoring::GetScoresResponse Scores(const std::string& tenant, const scoring::GetScoresRequest& request);
  scoring::GetHistoryResponse History(const std::string& tenant, const scoring::GetHistoryRequest& request);
  // A call that is refused before anything is read: the way there and back alone.
  void Refused();
  // One detractor's answer; seconds from its acknowledgement until GET /v1/cases shows its case.
  double CaseDelay(const std::string& tenant);

  // Every acknowledged answer of `tenant` since the start: in ListResponses exactly once, in the rollup as often as
  // it was acknowledged.
  bool NothingLost(const std::string& tenant);
  int64_t acknowledged(const std::string& tenant) { return acknowledged_[tenant]; }
  // Waits until scoring and loop have taken in all of it.
  void CatchUp(const std::string& tenant);
  void CatchUpLoop(const std::string& tenant);  // loop alone

 private:
  survey::CreateResponseRequest Answer(int64_t i) const;
  template <class Request, class Response, class Start>
  double Flood(std::vector<Request> requests, int in_flight, Start start,
               const std::function<void(const Response&)>& done, std::vector<double>* times = nullptr);

  testing::Suite suite_;
  std::vector<std::shared_ptr<grpc::Channel>> survey_channels_;
  std::unique_ptr<survey::ResponseService::Stub> responses_[2];
  std::unique_ptr<survey::InteractionService::Stub> interactions_;
  std::unique_ptr<survey::CustomerService::Stub> customers_;
  std::unique_ptr<scoring::ScoringService::Stub> scoring_;
  std::unique_ptr<loop::CaseService::Stub> cases_;
  int64_t next_ = 0;
  std::map<std::string, int64_t> acknowledged_;
  std::map<std::string, std::string> token_;
};

}  // namespace hoiam::bench
