// The public gRPC port: the same calls as REST, as bytes.
#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "hoiam/survey/v1/survey_service.grpc.pb.h"
#include "platform/base/status.h"
#include "platform/rpc/status_wire.h"
#include "tests/rpc/gateway/gateway_fixture.h"
#include "tests/support/matchers.h"

namespace hoiam::testing {
namespace {

using ::testing::Contains;
using ::testing::Not;
using ::testing::Pair;

class PublicGrpcTest : public GatewayFixture {
 protected:
  PublicGrpcTest() : stub_(test::v1::ProbeService::NewStub(PublicChannel())) { context_ = NewContext(); }

  std::unique_ptr<grpc::ClientContext> NewContext() {
    auto c = std::make_unique<grpc::ClientContext>();
    c->AddMetadata("authorization", "Bearer " + admin_key_);
    c->set_deadline(absl::ToChronoTime(SystemClock().Now() + absl::Seconds(10)));
    return c;
  }
  grpc::Status Get(const std::string& id) {
    test::v1::GetProbeRequest q;
    q.set_probe_id(id);
    return stub_->GetProbe(context_.get(), q, &probe_);
  }

  std::unique_ptr<test::v1::ProbeService::Stub> stub_;
  std::unique_ptr<grpc::ClientContext> context_;
  test::v1::Probe probe_;
};

TEST_F(PublicGrpcTest, ACallIsForwardedWithWhoCallsAndWithTheTrailersOfItsAnswer) {
  context_->AddMetadata("hoiam-tenant", "other");
  context_->AddMetadata("hoiam-evil", "1");
  context_->AddMetadata("idempotency-key", "k1");
  ASSERT_TRUE(Get("replayed").ok());
  EXPECT_EQ(probe_.probe_id(), "replayed");
  const auto metadata = probes_.metadata();
  EXPECT_EQ(metadata.count("hoiam-tenant"), 1u);
  EXPECT_THAT(metadata, Contains(Pair("hoiam-tenant", "acme")));
  EXPECT_THAT(metadata, Contains(Pair("hoiam-idempotency-key", "k1")));
  EXPECT_EQ(metadata.count("hoiam-evil"), 0u);
  const auto& trailers = context_->GetServerTrailingMetadata();
  EXPECT_EQ(trailers.count("hoiam-idempotency-replayed"), 1u);
  EXPECT_EQ(trailers.find("hoiam-consistency-token")->second, "tok");
  EXPECT_EQ(trailers.find("x-request-id")->second.size(), 36u);
}

TEST_F(PublicGrpcTest, AServicesErrorArrivesWithItsDetails) {
  const grpc::Status s = Get("taken");
  EXPECT_EQ(s.error_code(), grpc::StatusCode::ALREADY_EXISTS);
  const auto detail = DetailOf(rpc::FromGrpc(s));
  ASSERT_TRUE(detail);
  EXPECT_EQ(detail->reason, "ID_REUSED");
  EXPECT_EQ(detail->metadata.at("field"), "probeId");
}

TEST_F(PublicGrpcTest, OfMoreViolationsThanMetadataHoldsTheFirstOnesArrive) {
  const auto detail = DetailOf(rpc::FromGrpc(Get("hopeless")));
  ASSERT_TRUE(detail);
  EXPECT_EQ(detail->reason, "OUT_OF_RANGE");
  EXPECT_GT(detail->violations.size(), 50u);
  EXPECT_LT(detail->violations.size(), 500u);
  EXPECT_EQ(detail->violations[0].field, "children[0].number");
  const RawResponse rest = Call("GET", "/v1/probes/hopeless");
  EXPECT_EQ(rest.status, 400);
  EXPECT_NE(rest.body.find("children[499].number"), std::string::npos) << "REST has room for all";
}

TEST_F(PublicGrpcTest, TheInsideIsNeverShown) {
  for (const char* id : {"secret", "crashed", "bare", "forged"}) {
    context_ = NewContext();
    const grpc::Status s = Get(id);
    EXPECT_EQ(s.error_code(), grpc::StatusCode::INTERNAL) << id;
    EXPECT_EQ(s.error_message().find("SELECT"), std::string::npos) << id;
    EXPECT_EQ(s.error_details().find("SELECT"), std::string::npos) << id;
  }
}

TEST_F(PublicGrpcTest, WhoMayCallIsTheSameAsInRest) {
  context_ = std::make_unique<grpc::ClientContext>();
  EXPECT_THAT(rpc::FromGrpc(Get("a")), StatusIs(absl::StatusCode::kUnauthenticated, "MISSING_KEY"));
  context_ = std::make_unique<grpc::ClientContext>();
  context_->AddMetadata("authorization", "Bearer hk_nonsense");
  EXPECT_THAT(rpc::FromGrpc(Get("a")), StatusIs(absl::StatusCode::kUnauthenticated, "INVALID_KEY"));
  context_ = std::make_unique<grpc::ClientContext>();
  context_->AddMetadata("authorization", "Bearer " + MakeKey("w", *gateway::ParseScope("responses.write")));
  EXPECT_THAT(rpc::FromGrpc(Get("a")), StatusIs(absl::StatusCode::kPermissionDenied, "MISSING_SCOPE"));
  context_ = NewContext();
  context_->AddMetadata("idempotency-key", std::string(256, 'x'));
  EXPECT_THAT(rpc::FromGrpc(Get("a")), StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_IDEMPOTENCY_KEY"));
  EXPECT_EQ(probes_.calls, 0);
}

TEST_F(PublicGrpcTest, AMethodWithoutARuleIsNotForwarded) {
  test::v1::GetProbeRequest q;
  EXPECT_EQ(stub_->PeekProbe(context_.get(), q, &probe_).error_code(), grpc::StatusCode::UNIMPLEMENTED);
  auto respondents = survey::v1::RespondentService::NewStub(PublicChannel());
  context_ = NewContext();
  survey::v1::RespondentPage page;
  EXPECT_EQ(respondents->GetRespondentPage(context_.get(), {}, &page).error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(probes_.calls, 0);
}

TEST_F(PublicGrpcTest, TheShorterDeadlineOfCallerAndRuleHolds) {
  ASSERT_TRUE(Get("a").ok());
  EXPECT_LE(probes_.time_left(), absl::Milliseconds(2050)) << "the rule's; gRPC rounds up";
  context_ = NewContext();
  context_->set_deadline(absl::ToChronoTime(SystemClock().Now() + absl::Milliseconds(700)));
  ASSERT_TRUE(Get("a").ok());
  EXPECT_LE(probes_.time_left(), absl::Milliseconds(750)) << "the caller's";
}

TEST_F(PublicGrpcTest, ACallThatIsGivenUpIsGivenUpBehindTheGatewayToo) {
  std::thread canceller([&] {
    while (probes_.calls == 0) SystemClock().Sleep(absl::Milliseconds(1));
    context_->TryCancel();
  });
  EXPECT_EQ(Get("slow").error_code(), grpc::StatusCode::CANCELLED);
  canceller.join();
  const absl::Time patience = SystemClock().Now() + absl::Seconds(1);
  while (!probes_.cancelled && SystemClock().Now() < patience) SystemClock().Sleep(absl::Milliseconds(5));
  EXPECT_TRUE(probes_.cancelled);
}

TEST_F(PublicGrpcTest, AMessageOfSeveralMebibytesPasses) {
  test::v1::BatchProbeRequest q;
  q.set_note(std::string(12 << 20, 'x'));
  test::v1::BatchProbeResponse r;
  EXPECT_TRUE(stub_->BatchProbe(context_.get(), q, &r).ok());
}

// Health and reflection by their own wire forms: the messages are a string field each.
std::string AskRaw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method, const std::string& request,
                   bool streams) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  grpc::CompletionQueue cq;
  const grpc::Slice slice(request);
  grpc::ByteBuffer in(&slice, 1), out;
  std::string bytes;
  void* tag;
  bool ok;
  auto call = stub.PrepareCall(&context, method, &cq);
  call->StartCall(nullptr), cq.Next(&tag, &ok);
  call->Write(in, nullptr), cq.Next(&tag, &ok);
  call->WritesDone(nullptr), cq.Next(&tag, &ok);
  call->Read(&out, nullptr), cq.Next(&tag, &ok);
  grpc::Slice flat;
  if (ok && out.DumpToSingleSlice(&flat).ok()) bytes.assign(reinterpret_cast<const char*>(flat.begin()), flat.size());
  grpc::Status status;
  call->Finish(&status, nullptr), cq.Next(&tag, &ok);
  return bytes;
}

TEST_F(PublicGrpcTest, HealthAndReflectionAnswerBesideTheServices) {
  EXPECT_EQ(AskRaw(PublicChannel(), "/grpc.health.v1.Health/Check", "", false), "\x08\x01") << "SERVING";
  const std::string list_services("\x3a\x00", 2);
  const std::string services =
      AskRaw(PublicChannel(), "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", list_services, true);
  for (const char* name :
       {"hoiam.survey.v1.CustomerService", "hoiam.loop.v1.CaseService", "hoiam.test.v1.ProbeService"})
    EXPECT_NE(services.find(name), std::string::npos) << name;
  EXPECT_EQ(services.find("RespondentService"), std::string::npos) << "internal";
}

}  // namespace
}  // namespace hoiam::testing
