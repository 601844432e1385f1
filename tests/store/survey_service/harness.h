// survey_service without its sockets: the use cases over a real schema, a real write combiner and a clock that stands
// still.
#pragma once

#include <gmock/gmock.h>

#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "hoiam/event/v1/event.pb.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/db/write_combiner.h"
#include "platform/rpc/write.h"
#include "survey_service/app/amend_response.h"
#include "survey_service/app/create_response.h"
#include "survey_service/app/define_survey.h"
#include "survey_service/app/deps.h"
#include "survey_service/app/end_interaction.h"
#include "survey_service/app/invitation_messages.h"
#include "survey_service/app/invite.h"
#include "survey_service/app/mark_sent.h"
#include "survey_service/app/read_customers.h"
#include "survey_service/app/read_responses.h"
#include "survey_service/app/record_interaction.h"
#include "survey_service/app/respondent.h"
#include "survey_service/app/unsubscribe.h"
#include "survey_service/app/upsert_customer.h"
#include "survey_service/migrations/migrations.h"
#include "tests/support/database.h"
#include "tests/support/fake_clock.h"
#include "tests/support/matchers.h"

namespace hoiam::survey {

inline constexpr char kPublicUrl[] = "https://h.example";

// One process of survey_service on the given schema.
class Replica {
 public:
  Replica(db::Pool& pool, const Clock& clock, uint32_t partitions = 1);

  const Deps& deps() const { return deps_; }
  const LinkMaker& links() const { return links_; }
  // What this process has told the others, in the order of its commits.
  std::vector<event::v1::Event> events() const;
  // Forgets it.
  std::vector<event::v1::Event> TakeEvents();

 private:
  void Keep(const db::Committed& commit);

  LinkMaker links_{std::string(32, 'k'), kPublicUrl};
  PhoneNumbers phones_{"VN"};
  mutable std::mutex mutex_;
  std::vector<event::v1::Event> events_;
  db::WriteCombiner combiner_;
  rpc::Writer writer_{combiner_, "survey"};
  Deps deps_;
};

// A fresh schema with one replica, and short ways to call it as tenant "demo".
class SurveyServiceTest : public ::testing::Test {
 protected:
  SurveyServiceTest()
      : clock_(SystemClock().Now()), database_("survey", Migrations()), replica_(database_.pool(), clock_) {}

  rpc::CallContext As(const std::string& tenant = "demo") const;

  // A write, waited for.
  template <class Req, class Resp>
  absl::StatusOr<Resp> Write(void (*use_case)(const Deps&, const rpc::CallContext&, const Req&, rpc::Reply<Resp>),
                             const Req& q, const rpc::CallContext& ctx) {
    return WriteOn(replica_, use_case, q, ctx);
  }
  template <class Req, class Resp>
  static absl::StatusOr<Resp> WriteOn(Replica& replica,
                                      void (*use_case)(const Deps&, const rpc::CallContext&, const Req&,
                                                       rpc::Reply<Resp>),
                                      const Req& q, const rpc::CallContext& ctx) {
    std::promise<absl::StatusOr<Resp>> done;
    use_case(replica.deps(), ctx, q, [&](absl::StatusOr<Resp> r, rpc::ReplyMeta) { done.set_value(std::move(r)); });
    return done.get_future().get();
  }

  // Short requests.
  v1::RecordInteractionRequest Purchase(const std::string& id, const std::string& customer) const;
  absl::StatusOr<v1::RecordInteractionResponse> Record(const v1::RecordInteractionRequest& q) {
    return Write(&RecordInteraction, q, As());
  }
  absl::StatusOr<v1::RecordInteractionResponse> Record(const std::string& id, const std::string& customer) {
    return Record(Purchase(id, customer));
  }
  v1::CreateResponseRequest Answer(const std::string& id, const std::string& customer, const std::string& metric,
                                   int score) const;
  absl::StatusOr<v1::Response> Respond(const v1::CreateResponseRequest& q);
  absl::StatusOr<v1::Survey> MakeSurvey(const std::string& id, const std::string& template_id,
                                        bool with_trigger = true);
  absl::StatusOr<v1::Survey> Activate(const std::string& id);
  // Makes an active survey that PURCHASE triggers.
  void ActiveSurvey(const std::string& id, const std::string& template_id = "nps");
  v1::Customer Customer(const std::string& id);
  v1::Response Response(const std::string& id);
  absl::StatusOr<v1::Invitation> InviteByHand(const std::string& survey, const std::string& id,
                                              const std::string& customer);
  v1::Invitation InvitationOf(const std::string& survey, const std::string& id);

  testing::FakeClock clock_;
  testing::TestDatabase database_;
  Replica replica_;
};

std::string TokenOf(const std::string& link);
absl::Time TimeOf(const google::protobuf::Timestamp& t);
void SetTimestamp(absl::Time t, google::protobuf::Timestamp* out);

}  // namespace hoiam::survey
