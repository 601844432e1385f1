#include "tests/store/survey_service/harness.h"

#include "hoiam/feed/v1/feed.pb.h"
#include "survey_service/convert/times.h"

namespace hoiam::survey {
namespace {

db::CombinerOptions OnePartition(uint32_t partitions) {
  db::CombinerOptions options;
  options.partitions = partitions;
  return options;
}

}  // namespace

Replica::Replica(db::Pool& pool, const Clock& clock, uint32_t partitions)
    : combiner_(pool, clock, OnePartition(partitions), [this](const db::Committed& c) { Keep(c); }),
      deps_{writer_, pool, clock, links_, phones_} {}

void Replica::Keep(const db::Committed& commit) {
  feed::v1::Batch batch;
  batch.ParseFromString(*commit.payload);
  std::lock_guard lock(mutex_);
  for (const std::string& bytes : batch.events()) events_.emplace_back().ParseFromString(bytes);
}

std::vector<event::v1::Event> Replica::events() const {
  std::lock_guard lock(mutex_);
  return events_;
}

std::vector<event::v1::Event> Replica::TakeEvents() {
  std::lock_guard lock(mutex_);
  return std::exchange(events_, {});
}

rpc::CallContext SurveyServiceTest::As(const std::string& tenant) const {
  rpc::CallContext ctx;
  ctx.method = "/test";
  ctx.tenant = tenant;
  ctx.principal = "key-1";
  ctx.deadline = clock_.Now() + absl::Hours(24 * 365 * 5);
  return ctx;
}

v1::RecordInteractionRequest SurveyServiceTest::Purchase(const std::string& id, const std::string& customer) const {
  v1::RecordInteractionRequest q;
  q.set_interaction_id(id);
  q.set_customer_id(customer);
  q.set_type("PURCHASE");
  q.set_touchpoint("store.checkout");
  q.set_channel("store");
  SetTimestamp(clock_.Now() - absl::Minutes(5), q.mutable_occurred_at());
  q.set_amount("1250000");
  q.set_currency("VND");
  return q;
}

v1::CreateResponseRequest SurveyServiceTest::Answer(const std::string& id, const std::string& customer,
                                                    const std::string& metric, int score) const {
  v1::CreateResponseRequest q;
  q.set_response_id(id);
  q.set_customer_id(customer);
  q.set_metric(metric);
  q.set_score(score);
  return q;
}

absl::StatusOr<v1::Response> SurveyServiceTest::Respond(const v1::CreateResponseRequest& q) {
  auto r = Write(&CreateResponse, q, As());
  if (!r.ok()) return r.status();
  return r->response();
}

absl::StatusOr<v1::Survey> SurveyServiceTest::MakeSurvey(const std::string& id, const std::string& template_id,
                                                         bool with_trigger) {
  v1::CreateSurveyRequest q;
  q.set_survey_id(id);
  q.mutable_survey()->set_template_(template_id);
  q.mutable_survey()->set_brand("Nhà Én");
  if (with_trigger) q.mutable_survey()->mutable_trigger()->add_interaction_types("PURCHASE");
  return Write(&CreateSurvey, q, As());
}

absl::StatusOr<v1::Survey> SurveyServiceTest::Activate(const std::string& id) {
  v1::MoveSurveyRequest q;
  q.set_survey_id(id);
  std::promise<absl::StatusOr<v1::Survey>> done;
  MoveSurvey(SurveyVerb::kActivate, replica_.deps(), As(), q,
             [&](absl::StatusOr<v1::Survey> s, rpc::ReplyMeta) { done.set_value(std::move(s)); });
  return done.get_future().get();
}

void SurveyServiceTest::ActiveSurvey(const std::string& id, const std::string& template_id) {
  HOIAM_ASSERT_OK(MakeSurvey(id, template_id));
  HOIAM_ASSERT_OK(Activate(id));
}

v1::Customer SurveyServiceTest::Customer(const std::string& id) {
  v1::GetCustomerRequest q;
  q.set_customer_id(id);
  const auto c = GetCustomer(replica_.deps(), As(), q);
  EXPECT_THAT(c, testing::IsOk());
  return c.ok() ? *c : v1::Customer();
}

v1::Response SurveyServiceTest::Response(const std::string& id) {
  v1::GetResponseRequest q;
  q.set_response_id(id);
  const auto r = GetResponse(replica_.deps(), As(), q);
  EXPECT_THAT(r, testing::IsOk());
  return r.ok() ? *r : v1::Response();
}

absl::StatusOr<v1::Invitation> SurveyServiceTest::InviteByHand(const std::string& survey, const std::string& id,
                                                               const std::string& customer) {
  v1::CreateInvitationRequest q;
  q.set_survey_id(survey);
  q.set_invitation_id(id);
  q.set_customer_id(customer);
  auto r = Write(&CreateInvitation, q, As());
  if (!r.ok()) return r.status();
  return r->invitation();
}

v1::Invitation SurveyServiceTest::InvitationOf(const std::string& survey, const std::string& id) {
  v1::ListInvitationsRequest q;
  q.set_survey_id(survey);
  q.set_page_size(1000);
  const auto page = ListInvitations(replica_.deps(), As(), q);
  EXPECT_THAT(page, testing::IsOk());
  for (const v1::Invitation& i : page->invitations()) {
    if (i.invitation_id() == id) return i;
  }
  ADD_FAILURE() << "no invitation " << id;
  return {};
}

std::string TokenOf(const std::string& link) { return link.substr(link.rfind('/') + 1); }

absl::Time TimeOf(const google::protobuf::Timestamp& t) { return ToTime(t); }
void SetTimestamp(absl::Time t, google::protobuf::Timestamp* out) { SetTime(t, out); }

}  // namespace hoiam::survey
