// The main job over the public gRPC port, with generated stubs and the same key.
#include <gtest/gtest.h>

#include "hoiam/loop/v1/loop_service.grpc.pb.h"
#include "hoiam/scoring/v1/scoring_service.grpc.pb.h"
#include "hoiam/survey/v1/survey_service.grpc.pb.h"
#include "platform/base/clock.h"
#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

namespace survey = hoiam::survey::v1;
namespace scoring = hoiam::scoring::v1;
namespace loop = hoiam::loop::v1;
using ::testing::StartsWith;

std::string TrailerOf(const grpc::ClientContext& context, const std::string& name) {
  const auto& all = context.GetServerTrailingMetadata();
  const auto it = all.find(name);
  if (it != all.end()) return std::string(it->second.data(), it->second.size());
  const auto& first = context.GetServerInitialMetadata();
  const auto other = first.find(name);
  return other == first.end() ? "" : std::string(other->second.data(), other->second.size());
}

class MainJobGrpcTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { suite_ = new Suite; }
  static void TearDownTestSuite() { delete std::exchange(suite_, nullptr); }
  MainJobGrpcTest() : key_(suite_->MakeTenant("t" + std::to_string(++tenants_))), channel_(suite_->Channel()) {}

  // Calls `method` of a stub with the key; a failure is the test's.
  template <class Stub, class Request, class Response>
  Response Call(std::unique_ptr<Stub> stub,
                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*), const Request& request) {
    grpc::ClientContext context;
    Suite::Authorize(context, key_);
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
    Response response;
    const grpc::Status status = ((*stub).*method)(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_code() << " " << status.error_message() << "\n" << request.DebugString();
    const std::string token = TrailerOf(context, "hoiam-consistency-token");
    if (!token.empty()) token_ = token;
    return response;
  }

  auto Customers() { return survey::CustomerService::NewStub(channel_); }
  auto Interactions() { return survey::InteractionService::NewStub(channel_); }
  auto Surveys() { return survey::SurveyService::NewStub(channel_); }
  auto Responses() { return survey::ResponseService::NewStub(channel_); }
  auto Scoring() { return scoring::ScoringService::NewStub(channel_); }
  auto Cases() { return loop::CaseService::NewStub(channel_); }

  survey::RecordInteractionResponse Buy(const std::string& id, const std::string& customer) {
    survey::RecordInteractionRequest q;
    q.set_interaction_id(id);
    q.set_customer_id(customer);
    q.set_type("PURCHASE");
    q.set_touchpoint("store");
    q.mutable_occurred_at()->set_seconds(absl::ToUnixSeconds(Now()) - 60);
    q.set_amount("250000");
    q.set_currency("VND");
    return Call(Interactions(), &survey::InteractionService::Stub::RecordInteraction, q);
  }

  static Suite* suite_;
  static int tenants_;
  const std::string key_;
  std::shared_ptr<grpc::Channel> channel_;
  std::string token_;
};

Suite* MainJobGrpcTest::suite_ = nullptr;
int MainJobGrpcTest::tenants_ = 0;

TEST_F(MainJobGrpcTest, TheSixSteps) {
  survey::UpdateCustomerRequest lan;
  lan.mutable_customer()->set_customer_id("lan");
  lan.mutable_customer()->set_segment("VIP");
  lan.mutable_customer()->set_locale("vi");
  lan.set_allow_missing(true);
  EXPECT_EQ(Call(Customers(), &survey::CustomerService::Stub::UpdateCustomer, lan).revision(), 1);

  survey::CreateSurveyRequest create;
  create.set_survey_id("nps");
  create.mutable_survey()->set_metric("NPS");
  create.mutable_survey()->set_template_("nps");
  create.mutable_survey()->mutable_display_name()->set_vi("Sau mua");
  create.mutable_survey()->mutable_trigger()->add_interaction_types("PURCHASE");
  EXPECT_EQ(Call(Surveys(), &survey::SurveyService::Stub::CreateSurvey, create).state(), survey::SurveyState::DRAFT);
  survey::MoveSurveyRequest activate;
  activate.set_survey_id("nps");
  EXPECT_EQ(Call(Surveys(), &survey::SurveyService::Stub::ActivateSurvey, activate).state(),
            survey::SurveyState::ACTIVE);

  const auto first = Buy("order-1", "lan");
  ASSERT_EQ(first.dispatch_size(), 1);
  EXPECT_EQ(first.dispatch(0).decision(), survey::DispatchDecision::INVITED);
  EXPECT_THAT(first.dispatch(0).link(), StartsWith(suite_->url() + "/s/"));
  EXPECT_EQ(first.consistency_token(), token_) << "in the body and in the trailer";
  const auto second = Buy("order-2", "lan");
  ASSERT_EQ(second.dispatch_size(), 1);
  EXPECT_EQ(second.dispatch(0).decision(), survey::DispatchDecision::SKIPPED);
  EXPECT_TRUE(second.dispatch(0).has_eligible_time());

  survey::CreateResponseRequest answer;
  answer.set_response_id("r1");
  answer.set_invitation_id(first.dispatch(0).invitation());
  answer.set_score(0);
  answer.set_comment("Chờ lâu");
  const auto stored = Call(Responses(), &survey::ResponseService::Stub::CreateResponse, answer);
  EXPECT_EQ(stored.response().metric(), "NPS");
  EXPECT_EQ(stored.response().customer_id(), "lan");
  EXPECT_EQ(stored.response().interaction_id(), "order-1");
  EXPECT_EQ(stored.response().segment(), "VIP");
  EXPECT_TRUE(stored.response().has_score());
  EXPECT_EQ(stored.response().score(), 0);

  scoring::GetScoresRequest scores;
  scores.set_metric("NPS");
  scores.add_consistency_token(stored.consistency_token());
  const auto figures = Call(Scoring(), &scoring::ScoringService::Stub::GetScores, scores);
  ASSERT_EQ(figures.rows_size(), 1);
  EXPECT_EQ(figures.rows(0).responses(), 1);
  EXPECT_DOUBLE_EQ(figures.rows(0).score(), -100);
  EXPECT_NEAR(figures.rows(0).interval().low(), -98.499, 0.0015);
  EXPECT_NEAR(figures.rows(0).interval().high(), 48.499, 0.0015);

  loop::ListCasesRequest list;
  list.add_consistency_token(stored.consistency_token());
  const auto cases = Call(Cases(), &loop::CaseService::Stub::ListCases, list);
  ASSERT_EQ(cases.cases_size(), 1);
  EXPECT_EQ(cases.cases(0).customer_id(), "lan");
  ASSERT_EQ(cases.cases(0).answers_size(), 1);
  EXPECT_EQ(cases.cases(0).answers(0).role(), loop::AnswerRole::OPENED);
  loop::AcknowledgeCaseRequest take;
  take.set_case_id(cases.cases(0).case_id());
  take.set_version(cases.cases(0).version());
  const auto taken = Call(Cases(), &loop::CaseService::Stub::AcknowledgeCase, take);
  EXPECT_EQ(taken.case_().state(), loop::CaseState::ACKNOWLEDGED);

  scoring::GetHistoryRequest history;
  history.set_customer_id("lan");
  history.add_consistency_token(taken.consistency_token());
  const auto page = Call(Scoring(), &scoring::ScoringService::Stub::GetHistory, history);
  ASSERT_EQ(page.entries_size(), 5) << "two interactions, one invitation, one answer, one case\n" << page.DebugString();
  for (const auto& entry : page.entries())
    if (entry.kind() == scoring::EntryKind::CASE) {
      EXPECT_EQ(entry.case_().state(), loop::CaseState::ACKNOWLEDGED);
    }
  scoring::GetSatisfactionRequest sheet;
  sheet.set_customer_id("lan");
  sheet.add_consistency_token(taken.consistency_token());
  const auto standing = Call(Scoring(), &scoring::ScoringService::Stub::GetSatisfaction, sheet);
  ASSERT_EQ(standing.metrics_size(), 1);
  EXPECT_EQ(standing.metrics(0).band(), scoring::Band::DETRACTOR);
  EXPECT_EQ(standing.open_cases(), 1);
  EXPECT_TRUE(standing.do_not_sell().blocked());
}

// A call that must fail: code, and the reason in google.rpc.ErrorInfo of the status details.
TEST_F(MainJobGrpcTest, FailuresAreGoogleRpcStatusWithReasonAndField) {
  const auto stub = Responses();
  survey::CreateResponseRequest bad;
  bad.set_response_id("r1");
  bad.set_metric("NPS");
  bad.set_score(11);
  survey::CreateResponseResponse response;
  grpc::ClientContext context;
  Suite::Authorize(context, key_);
  const grpc::Status status = stub->CreateResponse(&context, bad, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_details(), ::testing::HasSubstr("SCORE_OUT_OF_RANGE"));
  EXPECT_THAT(status.error_details(), ::testing::HasSubstr("google.rpc.ErrorInfo"));
  EXPECT_THAT(status.error_details(), ::testing::HasSubstr("google.rpc.BadRequest"));

  grpc::ClientContext nobody;
  EXPECT_EQ(stub->CreateResponse(&nobody, bad, &response).error_code(), grpc::StatusCode::UNAUTHENTICATED);
  grpc::ClientContext wrong;
  Suite::Authorize(wrong, "hk_000000000000000000000000000000000000");
  EXPECT_EQ(stub->CreateResponse(&wrong, bad, &response).error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

// Metadata that only the gateway may set are dropped: a caller cannot choose its tenant.
TEST_F(MainJobGrpcTest, ACallerCannotChooseItsTenant) {
  Buy("order-1", "lan");
  const std::string other = suite_->MakeTenant("other");
  const auto stub = Interactions();
  survey::GetInteractionRequest q;
  q.set_interaction_id("order-1");
  for (const char* name : {"hoiam-tenant", "hoiam-tenant-id", "hoiam-principal", "hoiam-scopes"}) {
    grpc::ClientContext context;
    Suite::Authorize(context, other);
    context.AddMetadata(name, "t" + std::to_string(tenants_));
    survey::Interaction found;
    EXPECT_EQ(stub->GetInteraction(&context, q, &found).error_code(), grpc::StatusCode::NOT_FOUND) << name;
  }
}

// Internal methods are never forwarded.
TEST_F(MainJobGrpcTest, InternalMethodsAreNotReachable) {
  const auto stub = survey::RespondentService::NewStub(channel_);
  grpc::ClientContext context;
  Suite::Authorize(context, key_);
  survey::GetRespondentPageRequest q;
  q.set_token("AAAAAAAAAAAAAAAAAAAAAA");
  survey::RespondentPage page;
  EXPECT_EQ(stub->GetRespondentPage(&context, q, &page).error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(MainJobGrpcTest, AnUnusableSurveyNameIsRefusedInOneWayOnBothPorts) {
  HttpClient http(suite_->url(), key_);
  const Answer rest = http.Post("/v1/surveys?surveyId=B%C3%A0i", R"({"metric":"NPS","template":"nps"})");
  survey::CreateSurveyRequest q;
  q.set_survey_id("Bài");
  q.mutable_survey()->set_metric("NPS");
  q.mutable_survey()->set_template_("nps");
  grpc::ClientContext context;
  Suite::Authorize(context, key_);
  survey::Survey made;
  const grpc::Status status = Surveys()->CreateSurvey(&context, q, &made);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(rest.code, 400) << rest;
  EXPECT_EQ(rest.json().String("error/message"), status.error_message());
}

}  // namespace
}  // namespace hoiam::testing
