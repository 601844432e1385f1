#include <thread>

#include "absl/strings/str_cat.h"
#include "tests/store/survey_service/harness.h"

namespace hoiam::survey {
namespace {

using absl::StatusCode;
using ::hoiam::testing::IsOk;
using ::hoiam::testing::StatusIs;

class ResponseTest : public SurveyServiceTest {
 protected:
  absl::StatusOr<v1::Response> Amend(const v1::UpdateResponseRequest& q) {
    auto r = Write(&UpdateResponse, q, As());
    if (!r.ok()) return r.status();
    return r->response();
  }
  absl::StatusOr<v1::Response> Void(const std::string& id, const std::string& reason) {
    v1::VoidResponseRequest q;
    q.set_response_id(id);
    q.set_reason(reason);
    auto r = Write(&VoidResponse, q, As());
    if (!r.ok()) return r.status();
    return r->response();
  }
  event::v1::ResponseChanged LastChange() { return replica_.events().back().response(); }
  v1::Answer TextAnswer(const std::string& question, const std::string& text) {
    v1::Answer a;
    a.set_question_id(question);
    a.set_text(text);
    return a;
  }
};

TEST_F(ResponseTest, AnAnswerIsStoredWithItsDefaultsAndTold) {
  auto q = Answer("r-1", "lan", "NPS", 0);
  q.set_comment("Nhân viên thái độ lồi lõm\nhỏi gì cũng không trả lời");
  const auto r = Respond(q);
  HOIAM_ASSERT_OK(r);
  EXPECT_TRUE(r->has_score());
  EXPECT_EQ(r->score(), 0);
  EXPECT_TRUE(r->solicited());
  EXPECT_EQ(r->collected_by(), v1::CollectedBy::SELF);
  EXPECT_EQ(r->effects(), v1::Effects::FULL);
  EXPECT_EQ(TimeOf(r->responded_at()), clock_.Now());
  EXPECT_EQ(r->revision(), 1);
  EXPECT_EQ(Response("r-1").SerializeAsString(), r->SerializeAsString());
  const auto changed = LastChange();
  EXPECT_EQ(changed.response().SerializeAsString(), r->SerializeAsString());
  EXPECT_FALSE(changed.has_previous_score());
}

TEST_F(ResponseTest, ASkippedScoreIsAbsentAndNotZero) {
  auto q = Answer("r-1", "lan", "NPS", 0);
  q.clear_score();
  const auto r = Respond(q);
  HOIAM_ASSERT_OK(r);
  EXPECT_FALSE(r->has_score());
  EXPECT_FALSE(LastChange().response().has_score());
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM standing"), 0);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM response WHERE score IS NULL"), 1);
}

TEST_F(ResponseTest, ScoresAreHeldToTheirScale) {
  const auto out_of_range = [&](const std::string& metric, int score) {
    const auto r = Respond(Answer("r-1", "lan", metric, score));
    EXPECT_THAT(r, StatusIs(StatusCode::kInvalidArgument, "SCORE_OUT_OF_RANGE"));
    const auto detail = DetailOf(r.status());
    return absl::StrCat(detail->metadata.at("field"), " ", detail->metadata.at("min"), "-", detail->metadata.at("max"));
  };
  EXPECT_EQ(out_of_range("NPS", 11), "score 0-10");
  EXPECT_EQ(out_of_range("NPS", -1), "score 0-10");
  EXPECT_EQ(out_of_range("CSAT", 0), "score 1-5");
  EXPECT_EQ(out_of_range("CES", 8), "score 1-7");
  EXPECT_THAT(Respond(Answer("r-1", "lan", "CSI", 8)), StatusIs(StatusCode::kInvalidArgument, "NO_SINGLE_SCORE"));
  EXPECT_THAT(Respond(Answer("r-1", "lan", "nps", 8)), StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_METRIC"));
  EXPECT_THAT(Respond(Answer("r-1", "lan", "", 8)), StatusIs(StatusCode::kInvalidArgument, "REQUIRED"));
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM response"), 0);
}

TEST_F(ResponseTest, TheSameIdAndBodyAgainIsTheSameSuccess) {
  const auto first = Respond(Answer("r-1", "lan", "NPS", 3));
  clock_.Advance(absl::Hours(1));
  const auto again = Respond(Answer("r-1", "lan", "NPS", 3));
  HOIAM_ASSERT_OK(again);
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString()) << "even though its time was left to the server";
  EXPECT_THAT(Respond(Answer("r-1", "lan", "NPS", 4)), StatusIs(StatusCode::kAlreadyExists, "ID_REUSED"));
  EXPECT_THAT(Respond(Answer("r-1", "minh", "NPS", 3)), StatusIs(StatusCode::kAlreadyExists, "ID_REUSED"));
  EXPECT_EQ(replica_.events().size(), 2u);
}

TEST_F(ResponseTest, DimensionsAreFrozenWhenItIsStored) {
  auto purchase = Purchase("i-1", "lan");
  purchase.mutable_customer()->set_segment("VIP");
  purchase.mutable_customer()->set_owner_team("ha-dong");
  HOIAM_ASSERT_OK(Record(purchase));
  auto q = Answer("r-1", "lan", "CSAT", 5);
  q.set_interaction_id("i-1");
  const auto r = Respond(q);
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->touchpoint(), "store.checkout");
  EXPECT_EQ(r->channel(), "store");
  EXPECT_EQ(r->segment(), "VIP");
  EXPECT_EQ(r->owner_team(), "ha-dong");
  v1::UpdateCustomerRequest change;
  change.mutable_customer()->set_customer_id("lan");
  change.mutable_customer()->set_segment("Ngủ đông");
  HOIAM_ASSERT_OK(Write(&UpdateCustomer, change, As()));
  v1::UpdateResponseRequest amend;
  amend.mutable_response()->set_response_id("r-1");
  amend.mutable_response()->set_score(4);
  EXPECT_EQ(Amend(amend)->segment(), "VIP");
}

TEST_F(ResponseTest, UnknownAndForeignReferencesAreRefusedOnTheirField) {
  HOIAM_ASSERT_OK(Record("i-minh", "minh"));
  ActiveSurvey("relationship");
  HOIAM_ASSERT_OK(InviteByHand("relationship", "inv-minh", "minh"));
  const auto refused = [&](v1::CreateResponseRequest q) {
    const auto r = Respond(q);
    EXPECT_THAT(r, StatusIs(StatusCode::kInvalidArgument));
    const auto detail = DetailOf(r.status());
    return detail ? absl::StrCat(detail->metadata.at("field"), " ", detail->reason) : "";
  };
  auto q = Answer("r-1", "lan", "NPS", 9);
  q.set_survey_id("nope");
  EXPECT_EQ(refused(q), "surveyId UNKNOWN_SURVEY");
  q = Answer("r-1", "lan", "NPS", 9);
  q.set_interaction_id("nope");
  EXPECT_EQ(refused(q), "interactionId UNKNOWN_INTERACTION");
  q.set_interaction_id("i-minh");
  EXPECT_EQ(refused(q), "interactionId INTERACTION_OF_ANOTHER_CUSTOMER");
  q = Answer("r-1", "lan", "NPS", 9);
  q.set_invitation_id("nope");
  EXPECT_EQ(refused(q), "invitationId UNKNOWN_INVITATION");
  q.set_invitation_id("inv-minh");
  EXPECT_EQ(refused(q), "invitationId INVITATION_OF_ANOTHER_CUSTOMER");
  q = Answer("r-1", "minh", "CSAT", 3);
  q.set_survey_id("relationship");
  EXPECT_EQ(refused(q), "metric METRIC_MISMATCH");
  q = Answer("r-1", "minh", "NPS", 3);
  *q.add_answers() = TextAnswer("promoter_keep", "x");
  EXPECT_EQ(refused(q), "answers SURVEY_REQUIRED");
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM response"), 0);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM customer WHERE customer_id = 'lan'"), 0);
}

TEST_F(ResponseTest, AnswersAreCheckedAgainstTheSurvey) {
  HOIAM_ASSERT_OK(MakeSurvey("nps", "nps"));
  auto q = Answer("r-1", "lan", "", 3);
  q.set_survey_id("nps");
  v1::Answer* cause = q.add_answers();
  cause->set_question_id("detractor_cause");
  cause->add_choices("attitude");
  cause->add_choices("weather");
  *q.add_answers() = TextAnswer("nobody_asked", "x");
  const auto bad = Respond(q);
  ASSERT_THAT(bad, StatusIs(StatusCode::kInvalidArgument));
  const auto detail = DetailOf(bad.status());
  ASSERT_EQ(detail->violations.size(), 2u);
  EXPECT_EQ(detail->violations[0].field, "answers[0].choices[1]");
  EXPECT_EQ(detail->violations[0].reason, "UNKNOWN_CHOICE");
  EXPECT_EQ(detail->violations[1].field, "answers[1].questionId");
  q.mutable_answers()->DeleteSubrange(1, 1);
  q.mutable_answers(0)->mutable_choices()->RemoveLast();
  const auto r = Respond(q);
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->metric(), "NPS");
  EXPECT_EQ(r->survey_version(), 1);
}

TEST_F(ResponseTest, ThePreviousScoreIsTheLatestStrictlyBefore) {
  const auto at = [&](const std::string& id, int score, absl::Duration ago) {
    auto q = Answer(id, "lan", "NPS", score);
    SetTimestamp(clock_.Now() - ago, q.mutable_responded_at());
    HOIAM_ASSERT_OK(Respond(q));
  };
  at("r-10", 3, absl::Hours(10));
  at("r-5", 7, absl::Hours(5));
  EXPECT_EQ(LastChange().previous_score(), 3);
  EXPECT_EQ(TimeOf(LastChange().previous_responded_at()), clock_.Now() - absl::Hours(10));
  at("r-8", 5, absl::Hours(8));  // late
  EXPECT_EQ(LastChange().previous_score(), 3);
  at("r-5b", 9, absl::Hours(5));  // at the same time as another: not after it
  EXPECT_EQ(LastChange().previous_score(), 5);
  HOIAM_ASSERT_OK(Respond(Answer("other-metric", "lan", "CES", 7)));
  EXPECT_FALSE(LastChange().has_previous_score());
  HOIAM_ASSERT_OK(Void("r-8", "test"));
  at("r-4", 10, absl::Hours(6));
  EXPECT_EQ(LastChange().previous_score(), 3) << "a voided answer is nobody's previous one";
}

TEST_F(ResponseTest, AmendingMakesARevisionAndNeverASecondAnswer) {
  HOIAM_ASSERT_OK(Respond(Answer("r-1", "lan", "NPS", 9)));
  v1::UpdateResponseRequest q;
  q.mutable_response()->set_response_id("r-1");
  q.mutable_response()->set_score(2);
  q.mutable_response()->set_comment("Máy hỏng sau 3 hôm");
  const auto r = Amend(q);
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->revision(), 2);
  EXPECT_EQ(r->score(), 2);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM response"), 1);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM standing WHERE ORD(RIGHT(scores, 1)) = 2"), 1);
  EXPECT_EQ(Amend(q)->revision(), 2) << "the same again changes nothing";
  q.mutable_update_mask()->add_paths("score");
  q.mutable_response()->clear_score();
  const auto skipped = Amend(q);
  HOIAM_ASSERT_OK(skipped);
  EXPECT_FALSE(skipped->has_score()) << "named by the mask and not given: cleared";
  EXPECT_EQ(skipped->comment(), "Máy hỏng sau 3 hôm");
  EXPECT_EQ(database_.Count("SELECT LENGTH(scores) FROM standing"), 0);
}

TEST_F(ResponseTest, OnlyFourFieldsCanBeAmended) {
  HOIAM_ASSERT_OK(Respond(Answer("r-1", "lan", "NPS", 9)));
  v1::UpdateResponseRequest q;
  q.mutable_response()->set_response_id("r-1");
  q.mutable_update_mask();
  EXPECT_THAT(Amend(q), StatusIs(StatusCode::kInvalidArgument, "EMPTY_MASK"));
  q.mutable_update_mask()->add_paths("touchpoint");
  EXPECT_THAT(Amend(q), StatusIs(StatusCode::kInvalidArgument, "NOT_SETTABLE"));
  q.mutable_update_mask()->set_paths(0, "mood");
  EXPECT_THAT(Amend(q), StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_FIELD"));
  q.mutable_update_mask()->set_paths(0, "answers.text");
  EXPECT_THAT(Amend(q), StatusIs(StatusCode::kInvalidArgument, "PATH_TOO_DEEP"));
  q.clear_update_mask();
  q.mutable_response()->set_score(11);
  EXPECT_THAT(Amend(q), StatusIs(StatusCode::kInvalidArgument, "SCORE_OUT_OF_RANGE"));
  q.mutable_response()->set_response_id("r-2");
  EXPECT_THAT(Amend(q), StatusIs(StatusCode::kNotFound, "RESPONSE_NOT_FOUND"));
}

TEST_F(ResponseTest, VoidingIsDoneOnceAndKeepsTheAnswer) {
  HOIAM_ASSERT_OK(Respond(Answer("r-1", "lan", "NPS", 9)));
  EXPECT_THAT(Void("r-1", ""), StatusIs(StatusCode::kInvalidArgument, "REQUIRED"));
  const auto r = Void("r-1", "trả lời nhầm");
  HOIAM_ASSERT_OK(r);
  EXPECT_TRUE(r->voided());
  EXPECT_EQ(r->revision(), 2);
  EXPECT_EQ(Void("r-1", "again")->void_reason(), "trả lời nhầm");
  v1::UpdateResponseRequest q;
  q.mutable_response()->set_response_id("r-1");
  q.mutable_response()->set_score(1);
  EXPECT_THAT(Amend(q), StatusIs(StatusCode::kFailedPrecondition, "RESPONSE_VOIDED"));
}

TEST_F(ResponseTest, AnAnonymousAnswerIsASubjectOfItsOwn) {
  HOIAM_ASSERT_OK(Respond(Answer("r-1", "", "CSAT", 2)));
  EXPECT_EQ(replica_.events().size(), 1u);
  EXPECT_EQ(replica_.events()[0].subject(), "");
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM customer"), 0);
  v1::UpdateResponseRequest q;
  q.mutable_response()->set_response_id("r-1");
  q.mutable_response()->set_score(1);
  EXPECT_EQ(Amend(q)->score(), 1);
  HOIAM_ASSERT_OK(Void("r-1", "test"));
}

TEST_F(ResponseTest, AnAnswerToAnInvitationUsesItUp) {
  ActiveSurvey("after-purchase");
  const std::string invitation = Record("i-1", "lan")->dispatch(0).invitation();
  auto q = Answer("r-1", "", "", 3);
  q.set_invitation_id(invitation);
  const auto r = Respond(q);
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->customer_id(), "lan");
  EXPECT_EQ(r->survey_id(), "after-purchase");
  EXPECT_EQ(r->interaction_id(), "i-1");
  EXPECT_EQ(r->touchpoint(), "store.checkout");
  EXPECT_EQ(r->metric(), "NPS");
  const v1::Invitation i = InvitationOf("after-purchase", invitation);
  EXPECT_EQ(i.state(), v1::InvitationState::ANSWERED);
  EXPECT_EQ(i.response_id(), "r-1");
  HOIAM_EXPECT_OK(Respond(q)) << "the same answer again";
  q.set_response_id("r-2");
  EXPECT_THAT(Respond(q), StatusIs(StatusCode::kFailedPrecondition, "LINK_USED"));
}

TEST_F(ResponseTest, AnExpiredInvitationTakesOnlyWhatWasSaidInTime) {
  ActiveSurvey("after-purchase");
  auto q = Answer("r-1", "lan", "", 3);
  q.set_invitation_id(Record("i-1", "lan")->dispatch(0).invitation());
  clock_.Advance(absl::Hours(24 * 30));
  EXPECT_THAT(Respond(q), StatusIs(StatusCode::kFailedPrecondition, "LINK_EXPIRED"));
  SetTimestamp(clock_.Now() - absl::Microseconds(1), q.mutable_responded_at());
  HOIAM_EXPECT_OK(Respond(q));
}

TEST_F(ResponseTest, AnImportCountsScoresOnlyAndOneBadItemFailsAlone) {
  v1::BatchImportResponsesRequest q;
  *q.add_responses() = Answer("r-1", "lan", "CSAT", 5);
  *q.add_responses() = Answer("r-2", "lan", "CSAT", 6);
  *q.add_responses() = Answer("r-3", "minh", "CSAT", 1);
  q.mutable_responses(2)->set_effects(v1::Effects::FULL);
  *q.add_responses() = Answer("r-1", "lan", "CSAT", 5);
  *q.add_responses() = Answer("r-4", "lan", "CSAT", 2);
  q.mutable_responses(4)->set_survey_id("nope");
  const auto r = Write(&BatchImportResponses, q, As());
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->results(0).status().code(), 0);
  EXPECT_EQ(r->results(1).status().message().substr(0, 19), "responses[1].score:");
  EXPECT_EQ(r->results(2).status().code(), 3);
  EXPECT_EQ(r->results(3).status().code(), 0);
  EXPECT_EQ(r->results(4).status().message().substr(0, 22), "responses[4].surveyId:");
  EXPECT_EQ(Response("r-1").effects(), v1::Effects::SCORES_ONLY);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM response"), 1);
  q.set_effects(v1::Effects::RECORD_ONLY);
  EXPECT_THAT(Write(&BatchImportResponses, q, As()), StatusIs(StatusCode::kInvalidArgument, "EFFECTS_NOT_ALLOWED"));
  q.clear_effects();
  for (int i = 0; i < 1001; ++i) q.add_responses();
  EXPECT_THAT(Write(&BatchImportResponses, q, As()), StatusIs(StatusCode::kInvalidArgument, "BATCH_TOO_LARGE"));
}

TEST_F(ResponseTest, ListsAreNewestFirstPagedAndFiltered) {
  for (int i = 0; i < 25; ++i) {
    auto q = Answer(absl::StrCat("r-", i), absl::StrCat("c-", i % 3), i % 2 ? "NPS" : "CSAT", i % 5 + 1);
    SetTimestamp(clock_.Now() - absl::Minutes(i / 2), q.mutable_responded_at());  // pairs share a time
    HOIAM_ASSERT_OK(Respond(q));
  }
  const auto all = [&](const std::string& filter, int size) {
    std::vector<std::string> ids;
    v1::ListResponsesRequest q;
    q.set_filter(filter);
    q.set_page_size(size);
    for (int pages = 0; pages < 100; ++pages) {
      const auto page = ListResponses(replica_.deps(), As(), q);
      EXPECT_THAT(page, IsOk());
      for (const auto& r : page->responses()) ids.push_back(r.response_id());
      if (page->next_page_token().empty()) break;
      q.set_page_token(page->next_page_token());
    }
    return ids;
  };
  const auto everything = all("", 1000);
  EXPECT_EQ(everything.size(), 25u);
  EXPECT_EQ(everything.back(), "r-24");
  EXPECT_EQ(all("", 4), everything);
  EXPECT_EQ(all("", 5), everything);
  EXPECT_EQ(all("metric = NPS", 3).size(), 12u);
  EXPECT_EQ(all("metric = NPS AND (score <= 2 OR score = 5)", 3).size(), 7u);
  EXPECT_EQ(all("customer = c-1", 1000).size(), 8u);
  EXPECT_EQ(all(absl::StrCat("respondedAt > ", absl::FormatTime(absl::RFC3339_full, clock_.Now() - absl::Minutes(1),
                                                                absl::UTCTimeZone())),
                1000)
                .size(),
            2u);
  v1::ListResponsesRequest q;
  q.set_filter("comment = x");
  EXPECT_THAT(ListResponses(replica_.deps(), As(), q), StatusIs(StatusCode::kInvalidArgument, "INVALID_FILTER"));
  q.set_filter("");
  q.set_page_token("forged");
  EXPECT_THAT(ListResponses(replica_.deps(), As(), q), StatusIs(StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN"));
  q.clear_page_token();
  q.set_page_size(1001);
  EXPECT_THAT(ListResponses(replica_.deps(), As(), q),
              StatusIs(StatusCode::kInvalidArgument, "PAGE_SIZE_OUT_OF_RANGE"));
  EXPECT_EQ(ListResponses(replica_.deps(), As("other"), v1::ListResponsesRequest())->responses_size(), 0);
}

TEST_F(ResponseTest, OneIdRacedInByTwoReplicasIsStoredOnce) {
  Replica other(database_.pool(), clock_);
  for (int round = 0; round < 20; ++round) {
    std::atomic<int> stored = 0, reused = 0;
    const auto post = [&](Replica& replica, const std::string& customer) {
      const auto r = WriteOn(replica, &CreateResponse, Answer(absl::StrCat("r-", round), customer, "NPS", 5), As());
      if (r.ok())
        ++stored;
      else if (ReasonOf(r.status()) == "ID_REUSED")
        ++reused;
    };
    std::thread a([&] { post(replica_, "lan"); });
    std::thread b([&] { post(other, "minh"); });
    a.join();
    b.join();
    EXPECT_EQ(stored, 1);
    EXPECT_EQ(reused, 1);
  }
}

}  // namespace
}  // namespace hoiam::survey
