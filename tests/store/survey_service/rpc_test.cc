// The same use cases through a real gRPC server: caller from metadata, errors on the wire, tokens in trailers.
#include <grpcpp/grpcpp.h>

#include <map>
#include <string>

#include "hoiam/survey/v1/survey_service.grpc.pb.h"
#include "platform/observe/metrics.h"
#include "platform/rpc/runtime.h"
#include "platform/rpc/status_wire.h"
#include "survey_service/rpc/services.h"
#include "tests/store/survey_service/harness.h"

namespace hoiam::survey {
namespace {

using absl::StatusCode;
using ::hoiam::testing::IsOk;
using ::hoiam::testing::StatusIs;

class RpcTest : public SurveyServiceTest {
 protected:
  RpcTest() {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    for (grpc::Service* s :
         std::initializer_list<grpc::Service*>{&customers_, &interactions_, &surveys_, &responses_, &respondents_})
      builder.RegisterService(s);
    server_ = builder.BuildAndStart();
    channel_ = grpc::CreateChannel("127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials());
  }
  ~RpcTest() override { server_->Shutdown(); }

  template <class Stub, class Req, class Resp>
  absl::Status Call(std::unique_ptr<Stub> stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Req&, Resp*),
                    const Req& q, Resp* r, const std::string& tenant = "demo", const std::string& key = "") {
    grpc::ClientContext ctx;
    if (!tenant.empty()) ctx.AddMetadata("hoiam-tenant", tenant);
    if (!key.empty()) ctx.AddMetadata("hoiam-idempotency-key", key);
    ctx.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    const grpc::Status s = ((*stub).*method)(&ctx, q, r);
    trailers_.clear();
    for (const auto& [name, value] : ctx.GetServerTrailingMetadata())
      trailers_[{name.data(), name.size()}] = {value.data(), value.size()};
    return rpc::FromGrpc(s);
  }
  std::string Trailer(const std::string& name) { return trailers_[name]; }

  observe::Metrics metrics_;
  std::unique_ptr<rpc::Runtime> runtime_ = rpc::MakeRuntime(SystemClock(), metrics_, 4, 100);
  CustomerServer customers_{replica_.deps(), *runtime_};
  InteractionServer interactions_{replica_.deps(), *runtime_};
  SurveyServer surveys_{replica_.deps(), *runtime_};
  ResponseServer responses_{replica_.deps(), *runtime_};
  RespondentServer respondents_{replica_.deps(), *runtime_};
  std::unique_ptr<grpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::map<std::string, std::string> trailers_;
};

TEST_F(RpcTest, TheMainJobFromSurveyToAnswer) {
  v1::CreateSurveyRequest make;
  make.set_survey_id("nps");
  make.mutable_survey()->set_template_("nps");
  make.mutable_survey()->mutable_trigger()->add_touchpoints("store");
  v1::Survey survey;
  HOIAM_ASSERT_OK(Call(v1::SurveyService::NewStub(channel_), &v1::SurveyService::Stub::CreateSurvey, make, &survey));
  v1::MoveSurveyRequest activate;
  activate.set_survey_id("nps");
  HOIAM_ASSERT_OK(
      Call(v1::SurveyService::NewStub(channel_), &v1::SurveyService::Stub::ActivateSurvey, activate, &survey));
  EXPECT_EQ(survey.state(), v1::SurveyState::ACTIVE);

  v1::RecordInteractionResponse recorded;
  HOIAM_ASSERT_OK(Call(v1::InteractionService::NewStub(channel_), &v1::InteractionService::Stub::RecordInteraction,
                       Purchase("i-1", "lan"), &recorded));
  ASSERT_EQ(recorded.dispatch_size(), 1);

  v1::GetRespondentPageRequest look;
  look.set_token(TokenOf(recorded.dispatch(0).link()));
  v1::RespondentPage page;
  HOIAM_ASSERT_OK(
      Call(v1::RespondentService::NewStub(channel_), &v1::RespondentService::Stub::GetRespondentPage, look, &page, ""));
  v1::SubmitAnswerRequest submit;
  submit.set_token(look.token());
  submit.add_answers()->set_question_id(page.survey().questions(0).question_id());
  submit.mutable_answers(0)->set_number(3);
  submit.set_finished(true);
  v1::SubmitAnswerResponse submitted;
  HOIAM_ASSERT_OK(Call(v1::RespondentService::NewStub(channel_), &v1::RespondentService::Stub::SubmitAnswer, submit,
                       &submitted, ""));
  EXPECT_EQ(submitted.state(), v1::InvitationState::ANSWERED);
  EXPECT_THAT(Call(v1::RespondentService::NewStub(channel_), &v1::RespondentService::Stub::SubmitAnswer, submit,
                   &submitted, ""),
              StatusIs(StatusCode::kFailedPrecondition, "LINK_USED"));

  v1::GetResponseRequest get;
  get.set_response_id(submitted.response().response_id());
  v1::Response stored;
  HOIAM_ASSERT_OK(Call(v1::ResponseService::NewStub(channel_), &v1::ResponseService::Stub::GetResponse, get, &stored));
  EXPECT_EQ(stored.score(), 3);
}

TEST_F(RpcTest, ErrorsCarryFieldAndReason) {
  v1::CreateResponseResponse r;
  const absl::Status s = Call(v1::ResponseService::NewStub(channel_), &v1::ResponseService::Stub::CreateResponse,
                              Answer("r-1", "lan", "NPS", 11), &r);
  ASSERT_THAT(s, StatusIs(StatusCode::kInvalidArgument, "SCORE_OUT_OF_RANGE"));
  const auto detail = DetailOf(s);
  ASSERT_EQ(detail->violations.size(), 1u);
  EXPECT_EQ(detail->violations[0].field, "score");
  EXPECT_EQ(detail->metadata.at("max"), "10");
}

TEST_F(RpcTest, AnIdempotencyKeyReplaysAndIsBoundToItsRequest) {
  const auto post = [&](const v1::CreateResponseRequest& q, v1::CreateResponseResponse* r) {
    return Call(v1::ResponseService::NewStub(channel_), &v1::ResponseService::Stub::CreateResponse, q, r, "demo",
                "key-1");
  };
  v1::CreateResponseResponse first, again;
  HOIAM_ASSERT_OK(post(Answer("r-1", "lan", "NPS", 9), &first));
  EXPECT_EQ(Trailer("hoiam-consistency-token"), first.consistency_token());
  HOIAM_ASSERT_OK(post(Answer("r-1", "lan", "NPS", 9), &again));
  EXPECT_EQ(again.response().SerializeAsString(), first.response().SerializeAsString());
  EXPECT_THAT(post(Answer("r-2", "lan", "NPS", 9), &again),
              StatusIs(StatusCode::kFailedPrecondition, "IDEMPOTENCY_KEY_REUSED"));
}

TEST_F(RpcTest, NoCallerIsServedWithoutATenant) {
  v1::Customer c;
  v1::GetCustomerRequest q;
  q.set_customer_id("lan");
  EXPECT_THAT(Call(v1::CustomerService::NewStub(channel_), &v1::CustomerService::Stub::GetCustomer, q, &c, ""),
              StatusIs(StatusCode::kUnauthenticated, "NO_TENANT"));
}

}  // namespace
}  // namespace hoiam::survey
