// Every statement of store/ and of the unit of work is served by an index.
#include "absl/strings/str_cat.h"
#include "platform/base/filter.h"
#include "platform/db/unit_of_work.h"
#include "survey_service/app/metrics.h"
#include "survey_service/store/catalogue_rows.h"
#include "survey_service/store/customer_reader.h"
#include "survey_service/store/customer_rows.h"
#include "survey_service/store/eligibility_reader.h"
#include "survey_service/store/interaction_reader.h"
#include "survey_service/store/invitation_reader.h"
#include "survey_service/store/known_reader.h"
#include "survey_service/store/message_reader.h"
#include "survey_service/store/metric_reader.h"
#include "survey_service/store/metric_rows.h"
#include "survey_service/store/response_reader.h"
#include "survey_service/store/rows.h"
#include "survey_service/store/survey_reader.h"
#include "tests/store/survey_service/harness.h"
#include "tests/support/explaining_session.h"

namespace hoiam::survey {
namespace {

class QueriesTest : public SurveyServiceTest {
 protected:
  void Fill() {
    ActiveSurvey("s");
    for (int batch = 0; batch < 4; ++batch) {
      v1::BatchRecordInteractionsRequest i;
      v1::BatchImportResponsesRequest r;
      for (int k = 0; k < 500; ++k) {
        const std::string id = absl::StrCat(batch, "-", k);
        *i.add_interactions() = Purchase(id, id);
        i.mutable_interactions(k)->mutable_customer()->set_phone(id);
        i.mutable_interactions(k)->mutable_customer()->set_email(id + "@x.example");
        *r.add_responses() = Answer(id, id, "NPS", k % 11);
        SetTimestamp(clock_.Now() - absl::Minutes(k), r.mutable_responses(k)->mutable_responded_at());
      }
      ASSERT_EQ(Write(&BatchRecordInteractions, i, As())->results(499).status().code(), 0);
      ASSERT_EQ(Write(&BatchImportResponses, r, As())->results(499).status().code(), 0);
    }
    for (int n = 0; n < 50; ++n) {
      v1::UpdateMetricRequest m;
      m.mutable_metric()->set_metric_id(absl::StrCat("M", n));
      m.mutable_metric()->mutable_display_name()->set_vi("Thước đo");
      m.mutable_metric()->set_max(1);
      for (int score : {0, 1}) {
        auto* part = m.mutable_metric()->add_parts();
        part->set_name(score == 0 ? "no" : "yes");
        part->set_mood(score == 0 ? v1::Mood::UNHAPPY : v1::Mood::HAPPY);
        part->set_low(score);
        part->set_high(score);
        part->set_weight(score);
      }
      m.set_allow_missing(true);
      ASSERT_TRUE(Write(&UpdateMetric, m, As()).ok());
    }
    auto session = database_.Session();
    for (const char* table : {"metric_version", "customer", "interaction", "invitation", "response", "standing"})
      HOIAM_ASSERT_OK(session->Query(absl::StrCat("ANALYZE TABLE ", table), {}, [](const db::Row&) {}));
  }
};

TEST_F(QueriesTest, NoQueryReadsAWholeTable) {
  Fill();
  testing::ExplainingSession session(database_.Session());
  HOIAM_ASSERT_OK(session.Query("SELECT body FROM response WHERE score = ?", {int64_t{3}}, [](const db::Row&) {}));
  ASSERT_EQ(session.bad.size(), 1u) << "this one does: the check sees it";
  session.bad.clear();
  const auto filter = [](absl::string_view text) { return *ParseFilter(text); };
  const absl::Time now = clock_.Now();
  const db::TenantDb db = testing::TenantOn(session, "demo");

  HOIAM_EXPECT_OK(ReadCustomer(db, "1-1"));
  for (const char* text :
       {"", "phone = \"1-1\"", "email = '1-1@x.example'", "segment = VIP", "update_time > 2020-01-01T00:00:00Z"})
    HOIAM_EXPECT_OK(ListCustomers(db, filter(text), {now - absl::Hours(1), "x"}, 51));
  HOIAM_EXPECT_OK(ReadIcpProfile(db));
  HOIAM_EXPECT_OK(ListMetrics(db));
  HOIAM_EXPECT_OK(ReadMetric(db, "M7"));
  HOIAM_EXPECT_OK(ReadInteraction(db, "1-1"));
  HOIAM_EXPECT_OK(ReadKnownAnswers(db, "1-1"));
  HOIAM_EXPECT_OK(ReadSurvey(db, "s"));
  HOIAM_EXPECT_OK(ReadSurveyVersion(db, "s", 1));
  HOIAM_EXPECT_OK(ListSurveys(db, "a", 51));
  HOIAM_EXPECT_OK(ReadInvitationCustomer(db, "nope"));
  HOIAM_EXPECT_OK(ReadInvitationsOf(db, "1-1"));
  HOIAM_EXPECT_OK(ReadSurveyDays(db));
  HOIAM_EXPECT_OK(ReadDecisions(db, "1-1"));
  HOIAM_EXPECT_OK(ReadInvitationByToken(db.system(), TokenHash("x")));
  HOIAM_EXPECT_OK(ListInvitations(db, "s", std::nullopt, 51));
  HOIAM_EXPECT_OK(ListInvitations(db, "s", InvitationPlace{now, "x"}, 51));
  for (const std::vector<std::string>& ids : {std::vector<std::string>{"1-1"}, std::vector<std::string>(200, "1-1")}) {
    HOIAM_EXPECT_OK(ReadInvitations(db, ids));
    HOIAM_EXPECT_OK(ReadCustomers(db, ids));
    HOIAM_EXPECT_OK(ReadSurveys(db, ids));
    HOIAM_EXPECT_OK(ReadInteractions(db, ids));
  }
  HOIAM_EXPECT_OK(ReadResponse(db, "1-1"));
  for (const char* text :
       {"", "metric = NPS", "score <= 6", "touchpoint = store", "touchpoint = \"store.*\"", "survey = s",
        "segment = VIP", "customer = 1-1", "responded_at > 2020-01-01T00:00:00Z AND (metric = CES OR score > 9)"}) {
    HOIAM_EXPECT_OK(ListResponses(db, filter(text), std::nullopt, 51));
    HOIAM_EXPECT_OK(ListResponses(db, filter(text), ResponsePlace{now, "x"}, 51));
  }

  db::UnitOfWork uow;
  uow.Begin(0, "demo");
  uow.Want<CustomerRow>({std::string("demo"), std::string("1-1")});
  uow.Want<InteractionRow>({std::string("demo"), std::string("1-1")});
  uow.Want<SurveyRow>({std::string("demo"), std::string("s")});
  uow.Want<SurveyVersionRow>({std::string("demo"), std::string("s"), int64_t{1}});
  uow.Want<ActiveSurveyRow>({std::string("demo")});
  uow.Want<InvitationRow>({std::string("demo"), std::string("1-1")});
  uow.Want<InvitationClaimRow>({std::string("demo"), std::string("x")});
  uow.Want<ResponseRow>({std::string("demo"), std::string("1-1")});
  uow.Want<TouchpointRow>({std::string("demo"), std::string("store.checkout")});
  uow.Want<TouchpointRow>({std::string("demo"), std::string("store")});
  uow.Want<IcpProfileRow>({std::string("demo")});
  uow.Want<MetricVersionRow>({std::string("demo"), std::string("M7")});
  uow.Want<StandingRow>({std::string("demo"), std::string("1-1")});
  HOIAM_EXPECT_OK(uow.Load(session));

  EXPECT_GE(session.explained, 30);
  EXPECT_THAT(session.bad, ::testing::IsEmpty());
}

}  // namespace
}  // namespace hoiam::survey
