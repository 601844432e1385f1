// What is due goes out: through a real mail server, by a clock that stands still.
#include <filesystem>
#include <map>
#include <set>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "platform/due/reader.h"
#include "survey_service/app/ask_policy.h"
#include "survey_service/app/due_kinds.h"
#include "survey_service/app/funnel.h"
#include "survey_service/app/metrics.h"
#include "survey_service/app/record_delivery.h"
#include "survey_service/app/remind.h"
#include "survey_service/app/send_invitations.h"
#include "tests/store/survey_service/harness.h"
#include "tests/support/explaining_session.h"
#include "tests/support/mail_server.h"

namespace hoiam::survey {
namespace {

using ::hoiam::testing::IsOk;
using ::hoiam::testing::Json;
using ::hoiam::testing::MailServer;
using ::hoiam::testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr absl::Duration kDay = absl::Hours(24);

// 10:00 in Ho Chi Minh City on the day after.
absl::Time MorningAfter(absl::Time t) {
  return absl::FromCivil(absl::ToCivilDay(t, absl::UTCTimeZone()) + 1, absl::UTCTimeZone()) + absl::Hours(3);
}

// One replica's part in what is due.
struct Sender {
  Sender(Replica& replica, db::Pool& pool, const mail::Transport& transport)
      : send(replica.deps(), transport, "khaosat@nhaen.example"),
        remind(replica.deps(), transport, "khaosat@nhaen.example"),
        scheduler(pool, replica.deps().writer, replica.deps().clock) {
    scheduler.Handle(DueKind::kSend, send, kSending);
    scheduler.Handle(DueKind::kRemind, remind, kReminding);
  }
  // Until nothing is due any more; how much there was.
  int RunAll() {
    int n = 0;
    while (true) {
      const auto did = scheduler.RunDue();
      EXPECT_THAT(did, IsOk());
      if (!did.ok() || *did == 0) return n;
      n += *did;
    }
  }
  SendInvitations send;
  Remind remind;
  due::Scheduler scheduler;
};

class MailTest : public SurveyServiceTest {
 protected:
  MailTest() {
    clock_.Advance(MorningAfter(clock_.Now()) - clock_.Now());
    mail::SmtpOptions options;
    options.url = server_.url();
    transport_ = mail::OverSmtp(options);
    sender_ = std::make_unique<Sender>(replica_, database_.pool(), *transport_);
  }

  void Mails(const std::string& id, const std::function<void(v1::Survey&)>& change = nullptr) {
    v1::CreateSurveyRequest q;
    q.set_survey_id(id);
    q.mutable_survey()->set_template_("nps");
    q.mutable_survey()->set_brand("Nhà Én");
    q.mutable_survey()->add_channels(v1::DeliveryChannel::EMAIL);
    q.mutable_survey()->mutable_trigger()->add_interaction_types("PURCHASE");
    if (change) change(*q.mutable_survey());
    HOIAM_ASSERT_OK(Write(&CreateSurvey, q, As()));
    HOIAM_ASSERT_OK(Activate(id));
  }
  void RemindsAfter(v1::Survey& s, std::vector<absl::Duration> after) {
    for (const absl::Duration d : after) s.add_reminders()->mutable_after()->set_seconds(absl::ToInt64Seconds(d));
  }
  void Lan(const std::string& id, const std::string& email, const std::string& locale = "vi-VN") {
    v1::UpdateCustomerRequest q;
    auto& c = *q.mutable_customer();
    c.set_customer_id(id);
    c.set_email(email);
    c.set_display_name("Nguyễn Thị Lan");
    c.set_honorific("chị");
    c.set_given_name("Lan");
    c.set_locale(locale);
    q.set_allow_missing(true);
    HOIAM_ASSERT_OK(Write(&UpdateCustomer, q, As()));
  }
  // The invitation by mail that a purchase brings.
  std::string Buys(const std::string& customer) {
    const auto r = Record(absl::StrCat("o", ++orders_), customer);
    EXPECT_THAT(r, IsOk());
    if (!r.ok() || r->dispatch_size() != 1) return "";
    EXPECT_EQ(r->dispatch(0).channel(), v1::DeliveryChannel::EMAIL) << r->DebugString();
    return r->dispatch(0).invitation();
  }
  absl::StatusOr<v1::Invitation> Report(const std::string& id, v1::InvitationState::Code state,
                                        bool permanent = false) {
    v1::RecordDeliveryRequest q;
    q.set_invitation_id(id);
    q.set_state(state);
    q.set_permanent(permanent);
    const auto r = Write(&RecordDelivery, q, As());
    if (!r.ok()) return r.status();
    return r->invitation();
  }
  int64_t Counted(const std::string& item) {
    return database_.Count("SELECT COALESCE(SUM(n), 0) FROM tally WHERE touchpoint = '' AND item = '" + item + "'");
  }
  int64_t Due() { return database_.Count("SELECT COUNT(*) FROM due_work"); }

  MailServer server_;
  std::unique_ptr<mail::Transport> transport_;
  std::unique_ptr<Sender> sender_;
  int orders_ = 0;
};

TEST_F(MailTest, AMailArrivesInBothFormsWithAScoreToClickAndAWayOut) {
  Mails("nps");
  Lan("c1", "lan@nhaen.example");
  const std::string id = Buys("c1");
  EXPECT_EQ(sender_->RunAll(), 1);
  ASSERT_THAT(server_.Mails(), SizeIs(1));
  const Json mail = server_.Mails()[0];
  const v1::Invitation sent = InvitationOf("nps", id);
  EXPECT_EQ(sent.state(), v1::InvitationState::SENT);
  EXPECT_EQ(sent.sent_by(), "email");
  EXPECT_EQ(TimeOf(sent.sent_time()), clock_.Now());
  EXPECT_EQ(sent.asks(), 1);
  EXPECT_EQ(mail.String("type"), "multipart/alternative");
  EXPECT_EQ(mail.String("to/0"), "lan@nhaen.example");
  EXPECT_THAT(mail.String("headers/Subject"), HasSubstr("Chị Lan"));
  EXPECT_THAT(mail.String("headers/From"), HasSubstr("Nhà Én"));
  EXPECT_EQ(mail.String("headers/List-Unsubscribe"), "<" + sent.link() + "/unsubscribe>");
  EXPECT_EQ(mail.String("headers/List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
  for (const char* form : {"text", "html"}) {
    EXPECT_THAT(mail.String(form), HasSubstr("Chào chị Lan"));
    EXPECT_THAT(mail.String(form), HasSubstr("giới thiệu Nhà Én"));
    for (const int score : {0, 10}) EXPECT_THAT(mail.String(form), HasSubstr(absl::StrCat(sent.link(), "?a=", score)));
  }
  EXPECT_EQ(Counted("step:SENT"), 1);
  EXPECT_EQ(Due(), 0);
}

TEST_F(MailTest, AScaleOfTheTenantsOwnHasALinkForEachOfItsScores) {
  v1::UpdateMetricRequest define;
  v1::Metric& metric = *define.mutable_metric();
  metric.set_metric_id("TASTE");
  metric.mutable_display_name()->set_vi("Khẩu vị");
  metric.set_min(1);
  metric.set_max(4);
  for (const int low : {1, 3}) {
    auto* part = metric.add_parts();
    part->set_name(low == 1 ? "bad" : "good");
    part->set_mood(low == 1 ? v1::Mood::UNHAPPY : v1::Mood::HAPPY);
    part->set_low(low);
    part->set_high(low + 1);
    part->set_weight(low == 1 ? 0 : 1);
  }
  define.set_allow_missing(true);
  HOIAM_ASSERT_OK(Write(&UpdateMetric, define, As()));
  Mails("taste", [](v1::Survey& s) {
    s.clear_template_();
    s.set_metric("TASTE");
    auto* q = s.add_questions();
    q->set_question_id("taste");
    q->set_type(v1::QuestionType::SCALE);
    q->set_metric("TASTE");
    q->mutable_text()->set_vi("Món này thế nào ạ?");
  });
  Lan("c1", "lan@nhaen.example");
  const std::string id = Buys("c1");
  EXPECT_EQ(sender_->RunAll(), 1);
  ASSERT_THAT(server_.Mails(), SizeIs(1));
  const std::string text = server_.Mails()[0].String("text"), link = InvitationOf("taste", id).link();
  for (const int score : {1, 2, 3, 4}) EXPECT_THAT(text, HasSubstr(absl::StrCat(link, "?a=", score)));
  for (const int score : {0, 5}) EXPECT_THAT(text, Not(HasSubstr(absl::StrCat(link, "?a=", score))));
}

TEST_F(MailTest, SomebodyElsewhereIsWrittenToInEnglish) {
  Mails("nps");
  Lan("c1", "ann@nhaen.example", "en-GB");
  Buys("c1");
  sender_->RunAll();
  ASSERT_THAT(server_.Mails(), SizeIs(1));
  EXPECT_THAT(server_.Mails()[0].String("text"), HasSubstr("Hello Lan"));
}

TEST_F(MailTest, WhatWasWithdrawnBeforeItsTimeIsNeverSent) {
  Mails("nps", [](v1::Survey& s) { s.mutable_trigger()->mutable_delay()->set_seconds(3 * 3600); });
  Lan("c1", "lan@nhaen.example");
  const std::string id = Buys("c1");
  EXPECT_EQ(InvitationOf("nps", id).state(), v1::InvitationState::SCHEDULED);
  v1::UnsubscribeCustomerRequest q;
  q.set_customer_id("c1");
  HOIAM_ASSERT_OK(Write(&UnsubscribeCustomer, q, As()));
  clock_.Advance(kDay);
  sender_->RunAll();
  EXPECT_EQ(server_.Count(), 0u);
  EXPECT_EQ(InvitationOf("nps", id).state(), v1::InvitationState::REVOKED);
}

TEST_F(MailTest, AScheduledLinkIsHandedOverWhenItsTimeHasComeAndNotBefore) {
  Mails("nps", [](v1::Survey& s) {
    s.clear_channels();
    s.mutable_trigger()->mutable_delay()->set_seconds(3600);
  });
  const auto r = Record("o1", "c1");
  HOIAM_ASSERT_OK(r);
  const std::string id = r->dispatch(0).invitation();
  clock_.Advance(absl::Minutes(55) - absl::Microseconds(1));  // the purchase was 5 minutes ago
  EXPECT_EQ(sender_->RunAll(), 0);
  EXPECT_EQ(InvitationOf("nps", id).state(), v1::InvitationState::SCHEDULED);
  EXPECT_EQ(Counted("step:SENT"), 0);
  clock_.Advance(absl::Microseconds(1));
  replica_.TakeEvents();
  EXPECT_EQ(sender_->RunAll(), 1);
  EXPECT_EQ(InvitationOf("nps", id).state(), v1::InvitationState::CREATED);
  EXPECT_EQ(Counted("step:SENT"), 1);
  EXPECT_THAT(replica_.TakeEvents(), SizeIs(1));
}

TEST_F(MailTest, WhatFallsIntoQuietHoursGoesOutOnceWhenTheyEnd) {
  Mails("nps");
  Lan("c1", "lan@nhaen.example");
  clock_.Advance(absl::Hours(13));  // 23:00
  const std::string id = Buys("c1");
  EXPECT_EQ(sender_->RunAll(), 0);
  clock_.Advance(absl::Hours(8) - absl::Microseconds(1));
  EXPECT_EQ(sender_->RunAll(), 0);
  clock_.Advance(absl::Microseconds(1));
  EXPECT_EQ(sender_->RunAll(), 1);
  clock_.Advance(kDay);
  EXPECT_EQ(sender_->RunAll(), 0);
  EXPECT_EQ(server_.Count(), 1u);
}

TEST_F(MailTest, AMailboxThatIsNotThereBouncesAndIsNotWrittenToAgain) {
  Mails("nps");
  Lan("c1", "nobody@nhaen.example");
  const std::string id = Buys("c1");
  sender_->RunAll();
  const v1::Invitation bounced = InvitationOf("nps", id);
  EXPECT_EQ(bounced.state(), v1::InvitationState::BOUNCED);
  EXPECT_THAT(bounced.bounce_reason(), HasSubstr("550 5.1.1"));
  EXPECT_TRUE(Customer("c1").email_bounced());
  EXPECT_EQ(Counted("bounced"), 1);
  EXPECT_EQ(Counted("step:SENT"), 0);
  EXPECT_EQ(Due(), 0);
}

TEST_F(MailTest, ARefusedContentBouncesTheMailAndNotTheAddress) {
  Mails("nps");
  Lan("c1", "spam@nhaen.example");
  const std::string id = Buys("c1");
  sender_->RunAll();
  EXPECT_EQ(InvitationOf("nps", id).state(), v1::InvitationState::BOUNCED);
  EXPECT_FALSE(Customer("c1").email_bounced());
}

TEST_F(MailTest, AServerThatSaysLaterIsAskedAgainLaterAndLaterForADay) {
  Mails("nps", [](v1::Survey& s) { s.mutable_trigger()->add_touchpoints("store"); });
  v1::UpdateAskPolicyRequest always;
  always.mutable_policy()->set_quiet_from("07:00");
  always.mutable_policy()->set_quiet_until("07:00");
  HOIAM_ASSERT_OK(Write(&UpdateAskPolicy, always, As()));
  Lan("c1", "later@nhaen.example");
  Lan("c2", "policy@nhaen.example");  // we may not write there: our fault, not the mailbox's
  const std::string id = Buys("c1"), other = Buys("c2");
  for (const absl::Duration pause :
       {absl::Minutes(1), absl::Minutes(5), absl::Minutes(30), absl::Hours(2), absl::Hours(6), absl::Hours(15)}) {
    EXPECT_EQ(sender_->RunAll(), 2);
    EXPECT_EQ(InvitationOf("nps", id).state(), v1::InvitationState::CREATED);
    clock_.Advance(pause - absl::Seconds(1));
    EXPECT_EQ(sender_->RunAll(), 0);
    clock_.Advance(absl::Seconds(1));
  }
  EXPECT_EQ(sender_->RunAll(), 2);
  EXPECT_THAT(InvitationOf("nps", id).bounce_reason(), HasSubstr("451"));
  EXPECT_EQ(InvitationOf("nps", other).state(), v1::InvitationState::BOUNCED);
  EXPECT_FALSE(Customer("c1").email_bounced());
  EXPECT_FALSE(Customer("c2").email_bounced());
  EXPECT_EQ(Due(), 0);
}

TEST_F(MailTest, RemindersCountAsAsksAndStopWithTheAnswer) {
  Mails("nps", [this](v1::Survey& s) { RemindsAfter(s, {3 * kDay, 7 * kDay}); });
  Lan("c1", "lan@nhaen.example");
  Lan("c2", "mai@nhaen.example");
  const std::string id = Buys("c1"), answered = Buys("c2");
  EXPECT_EQ(sender_->RunAll(), 2);
  v1::CreateResponseRequest answer;
  answer.set_response_id("r1");
  answer.set_invitation_id(answered);
  answer.set_score(9);
  HOIAM_ASSERT_OK(Respond(answer));
  clock_.Advance(3 * kDay - absl::Seconds(1));
  EXPECT_EQ(sender_->RunAll(), 0);
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(sender_->RunAll(), 2);
  v1::Invitation i = InvitationOf("nps", id);
  EXPECT_EQ(i.asks(), 2);
  ASSERT_EQ(i.reminder_times_size(), 1);
  EXPECT_EQ(TimeOf(i.reminder_times(0)), clock_.Now());
  EXPECT_EQ(InvitationOf("nps", answered).reminder_times_size(), 0);
  // The floor of 24 hours begins anew.
  Mails("other", [](v1::Survey& s) { s.mutable_trigger()->add_touchpoints("store"); });
  const auto r = Record("late", "c1");
  HOIAM_ASSERT_OK(r);
  for (const v1::Dispatch& d : r->dispatch()) EXPECT_EQ(d.decision(), v1::DispatchDecision::SKIPPED) << d.DebugString();
  clock_.Advance(4 * kDay);
  EXPECT_EQ(sender_->RunAll(), 1);
  clock_.Advance(20 * kDay);
  EXPECT_EQ(sender_->RunAll(), 0);
  const std::vector<Json> mails = server_.Mails();
  ASSERT_THAT(mails, SizeIs(4));  // two invitations, two reminders to one of them
  std::set<std::string> ids;
  for (const Json& m : mails) ids.insert(m.String("headers/Message-Id"));
  EXPECT_THAT(ids, SizeIs(4));
  EXPECT_THAT(mails[3].String("text"), HasSubstr("chưa kịp trả lời"));
  EXPECT_EQ(Counted("reminded"), 2);
  EXPECT_EQ(Counted("step:SENT"), 2);
  EXPECT_EQ(Due(), 0);
}

TEST_F(MailTest, ReportsOnlyEverMoveForwardAndComeAsOftenAsTheyLike) {
  Mails("nps");
  Lan("c1", "lan@nhaen.example");
  Lan("c2", "mai@nhaen.example");
  const std::string id = Buys("c1"), lost = Buys("c2");
  sender_->RunAll();
  EXPECT_EQ(Report(id, v1::InvitationState::DELIVERED)->state(), v1::InvitationState::DELIVERED);
  const int64_t revision = Report(id, v1::InvitationState::OPENED)->revision();
  for (const auto late : {v1::InvitationState::DELIVERED, v1::InvitationState::OPENED, v1::InvitationState::BOUNCED}) {
    EXPECT_EQ(Report(id, late, late == v1::InvitationState::BOUNCED)->state(), v1::InvitationState::OPENED);
  }
  EXPECT_EQ(InvitationOf("nps", id).revision(), revision);
  EXPECT_EQ(Report(lost, v1::InvitationState::BOUNCED, true)->state(), v1::InvitationState::BOUNCED);
  EXPECT_TRUE(Customer("c2").email_bounced());
  EXPECT_FALSE(Customer("c1").email_bounced());
  EXPECT_EQ(Counted("step:DELIVERED"), 1);
  EXPECT_EQ(Counted("step:OPENED"), 1);
  EXPECT_EQ(Counted("bounced"), 1);
  EXPECT_THAT(Report("unknown", v1::InvitationState::OPENED),
              StatusIs(absl::StatusCode::kNotFound, "INVITATION_NOT_FOUND"));
  EXPECT_THAT(Report(id, v1::InvitationState::SENT).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(MailTest, NobodyIsMailedInTestMode) {
  const auto test = As("demo~test");
  v1::CreateSurveyRequest q;
  q.set_survey_id("nps");
  q.mutable_survey()->set_template_("nps");
  q.mutable_survey()->add_channels(v1::DeliveryChannel::EMAIL);
  HOIAM_ASSERT_OK(Write(&CreateSurvey, q, test));
  v1::MoveSurveyRequest move;
  move.set_survey_id("nps");
  std::promise<absl::Status> moved;
  MoveSurvey(SurveyVerb::kActivate, replica_.deps(), test, move,
             [&](absl::StatusOr<v1::Survey> r, rpc::ReplyMeta) { moved.set_value(r.status()); });
  HOIAM_ASSERT_OK(moved.get_future().get());
  v1::UpdateCustomerRequest c;
  c.mutable_customer()->set_customer_id("c1");
  c.mutable_customer()->set_email("lan@nhaen.example");
  c.set_allow_missing(true);
  HOIAM_ASSERT_OK(Write(&UpdateCustomer, c, test));
  v1::CreateInvitationRequest invite;
  invite.set_survey_id("nps");
  invite.set_customer_id("c1");
  invite.set_invitation_id("i1");
  HOIAM_ASSERT_OK(Write(&CreateInvitation, invite, test));
  EXPECT_EQ(sender_->RunAll(), 1);
  EXPECT_EQ(server_.Count(), 0u);
  EXPECT_EQ(Counted("step:SENT"), 1);
}

// Sends, and is then held up for so long that somebody else has the work.
struct SlowTransport : mail::Transport {
  struct Slow : mail::Connection {
    Slow(std::unique_ptr<mail::Connection> c, const std::function<void()>& f) : inner(std::move(c)), then(f) {}
    mail::Outcome Send(const mail::Envelope& envelope, const std::string& bytes) override {
      const mail::Outcome outcome = inner->Send(envelope, bytes);
      then();
      return outcome;
    }
    std::unique_ptr<mail::Connection> inner;
    const std::function<void()>& then;
  };
  SlowTransport(const mail::Transport& t, std::function<void()> f) : inner(t), then(std::move(f)) {}
  std::unique_ptr<mail::Connection> Connect() const override { return std::make_unique<Slow>(inner.Connect(), then); }
  const mail::Transport& inner;
  std::function<void()> then;
};

TEST_F(MailTest, WhatWasSentAndNotRecordedGoesOutAgainUnderItsMessageIdAndIsRecordedOnce) {
  Mails("nps");
  Lan("c1", "lan@nhaen.example");
  const std::string id = Buys("c1");
  Replica second(database_.pool(), clock_);
  Sender other(second, database_.pool(), *transport_);
  SlowTransport slow(*transport_, [&] {
    clock_.Advance(kMailLease + absl::Seconds(1));
    EXPECT_EQ(other.RunAll(), 1);
  });
  Sender held_up(replica_, database_.pool(), slow);
  EXPECT_EQ(held_up.RunAll(), 1);
  const std::vector<Json> mails = server_.Mails();
  ASSERT_THAT(mails, SizeIs(2));
  EXPECT_EQ(mails[0].String("headers/Message-Id"), mails[1].String("headers/Message-Id"));
  EXPECT_EQ(InvitationOf("nps", id).revision(), 2);
  EXPECT_EQ(Counted("step:SENT"), 1);
}

TEST_F(MailTest, TwoReplicasSendEachMailOnce) {
  constexpr int kCustomers = 300;
  Mails("nps", [](v1::Survey& s) { s.set_daily_limit(10'000); });
  for (int i = 0; i < kCustomers; ++i) {
    Lan(absl::StrCat("c", i), absl::StrCat("c", i, "@nhaen.example"));
    ASSERT_NE(Buys(absl::StrCat("c", i)), "");
  }
  Replica second(database_.pool(), clock_);
  Sender other(second, database_.pool(), *transport_);
  HOIAM_ASSERT_OK(sender_->scheduler.Start());
  HOIAM_ASSERT_OK(other.scheduler.Start());
  const absl::Time end = SystemClock().Now() + absl::Seconds(120);
  while (Due() > 0 && SystemClock().Now() < end) SystemClock().Sleep(absl::Milliseconds(20));
  sender_->scheduler.Stop();
  other.scheduler.Stop();
  EXPECT_EQ(Due(), 0);
  std::map<std::string, int> to, ids;
  for (const Json& m : server_.Mails()) {
    ++to[m.String("to/0")];
    ++ids[m.String("headers/Message-Id")];
  }
  EXPECT_THAT(to, SizeIs(kCustomers));
  EXPECT_THAT(ids, SizeIs(kCustomers));
  EXPECT_EQ(server_.Count(), static_cast<size_t>(kCustomers));
  EXPECT_EQ(Counted("step:SENT"), kCustomers);
}

TEST_F(MailTest, WorkThatIsDueIsFoundByItsIndex) {
  auto session = std::make_shared<testing::ExplainingSession>(database_.Session());
  HOIAM_ASSERT_OK(due::FindDueWork(db::SystemDb(session), DueKind::kSend, clock_.Now(), 32));
  EXPECT_EQ(session->explained, 1);
  EXPECT_THAT(session->bad, ::testing::IsEmpty());
}

}  // namespace
}  // namespace hoiam::survey
