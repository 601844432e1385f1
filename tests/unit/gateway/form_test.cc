#include "gateway/pages/form.h"

#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "gateway/pages/texts.h"
#include "gateway/pages/view.h"

namespace hoiam::gateway {
namespace {

namespace sv = hoiam::survey::v1;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

sv::Survey TwoSteps() {
  sv::Survey s;
  s.set_metric("CSAT");
  auto& score = *s.add_questions();
  score.set_question_id("csat");
  score.set_type(sv::QuestionType::CSAT);
  auto& why = *s.add_questions();
  why.set_question_id("why");
  why.set_type(sv::QuestionType::TEXT);
  why.mutable_show_if()->set_question_id("csat");
  why.mutable_show_if()->set_min(1);
  why.mutable_show_if()->set_max(3);
  return s;
}

sv::SubmitAnswerRequest Read(const FormFields& fields) {
  Violations v;
  auto out = ReadForm(TwoSteps(), fields, v);
  EXPECT_TRUE(v.empty()) << v.ToStatus();
  return out;
}

TEST(FormTest, AFieldThatTheFormDoesNotHaveIsRefusedAlsoBesideAnAnswer) {
  Violations v;
  ReadForm(TwoSteps(), {{"csat", "4"}, {"score", "9"}, {"\xff", ""}}, v);
  const auto detail = DetailOf(v.ToStatus());
  ASSERT_TRUE(detail);
  ASSERT_EQ(detail->violations.size(), 2u);
  EXPECT_EQ(detail->violations[0].field, "score");
  EXPECT_EQ(detail->violations[0].reason, "UNKNOWN_FIELD");
  EXPECT_EQ(detail->violations[1].field, "\\xff") << "what is no text is shown as its bytes";
}

TEST(FormTest, EmptyFieldsAreNoAnswers) {
  const auto form = Read({{"csat", "4"}, {"why", ""}, {"_comment", ""}});
  ASSERT_EQ(form.answers_size(), 1);
  EXPECT_EQ(form.answers(0).question_id(), "csat");
  EXPECT_EQ(form.comment(), "");
}

TEST(FormTest, AZeroIsAnAnswer) {
  sv::Survey s;
  auto& q = *s.add_questions();
  q.set_question_id("nps");
  q.set_type(sv::QuestionType::NPS);
  Violations v;
  const auto form = ReadForm(s, {{"nps", "0"}}, v);
  ASSERT_EQ(form.answers_size(), 1);
  EXPECT_EQ(form.answers(0).number(), 0);
}

TEST(FormTest, WhoSendsAPageIsDoneWithWhatItShows) {
  const auto form = Read({{"csat", "3"}, {"_shown", "csat,nonsense"}});
  EXPECT_TRUE(form.finished());
  EXPECT_THAT(form.shown(), ElementsAre("csat"));
}

TEST(FormTest, WithoutTheListOfWhatWasShownTheButtonDecides) {
  EXPECT_FALSE(Read({{"csat", "4"}}).finished());
  EXPECT_TRUE(Read({{"csat", "3"}, {"finish", "1"}}).finished());
  EXPECT_FALSE(Read({{"csat", "3"}, {"finish", "0"}}).finished());
}

// One question of each kind that is no plain scale, choice or text.
sv::Survey Csi() {
  sv::Survey s;
  s.set_metric("CSI");
  const auto add = [&](const char* id, sv::QuestionType::Code type) {
    auto& q = *s.add_questions();
    q.set_question_id(id);
    q.set_type(type);
    q.mutable_text()->set_vi(std::string("Câu ") + id);
    return &q;
  };
  for (const char* id : {"quality", "range", "price", "staff"}) {
    sv::Question* q = add(id, sv::QuestionType::CSI);
    q->mutable_low_label()->set_vi("Rất không hài lòng");
    q->mutable_high_label()->set_vi("Rất hài lòng");
  }
  add("important", sv::QuestionType::CSI_IMPORTANCE);
  add("expectation", sv::QuestionType::EXPECTATION);
  add("pair", sv::QuestionType::EXPECTATION_PAIR);
  add("ideal", sv::QuestionType::IDEAL);
  sv::Question* source = add("source", sv::QuestionType::SOURCE);
  source->add_options()->set_option_id("zalo");
  source->mutable_options(0)->mutable_text()->set_vi("Zalo");
  return s;
}

sv::Answer AnswerOf(const FormFields& fields, const std::string& id, std::string* refused = nullptr) {
  Violations v;
  const auto form = ReadForm(Csi(), fields, v);
  if (refused) *refused = v.empty() ? "" : DetailOf(v.ToStatus())->violations[0].reason;
  for (const sv::Answer& a : form.answers())
    if (a.question_id() == id) return a;
  return {};
}

TEST(FormTest, APairIsReadFromItsTwoScales) {
  const sv::Answer a = AnswerOf({{"_expected.pair", "8"}, {"pair", "6"}}, "pair");
  EXPECT_EQ(a.expected(), 8);
  EXPECT_EQ(a.number(), 6);
  const sv::Answer half = AnswerOf({{"_expected.pair", "8"}}, "pair");
  EXPECT_TRUE(half.has_expected());
  EXPECT_FALSE(half.has_number());
  std::string reason;
  AnswerOf({{"_expected.quality", "8"}}, "quality", &reason);
  EXPECT_EQ(reason, "UNKNOWN_FIELD") << "no pair";
}

TEST(FormTest, WordsUnderAnIdealQuestionWinOverItsBox) {
  EXPECT_TRUE(AnswerOf({{"_nothing.ideal", "1"}, {"ideal", ""}}, "ideal").nothing_missing());
  const sv::Answer words = AnswerOf({{"_nothing.ideal", "1"}, {"ideal", "thêm bãi xe"}}, "ideal");
  EXPECT_FALSE(words.nothing_missing());
  EXPECT_EQ(words.text(), "thêm bãi xe");
}

sv::RespondentPage PageOf(sv::Survey survey) {
  sv::RespondentPage page;
  for (const sv::Question& q : survey.questions())
    if (!q.has_show_if()) page.add_shown(q.question_id());
  *page.mutable_survey() = std::move(survey);
  return page;
}

TEST(FormTest, AScoreIsChosenBeforeOnTheFirstScaleThatHasNone) {
  google::protobuf::RepeatedPtrField<sv::Answer> answers;
  Preselect(PageOf(Csi()), "7", answers);
  ASSERT_EQ(answers.size(), 1);
  EXPECT_EQ(answers[0].question_id(), "quality");
  Preselect(PageOf(Csi()), "3", answers);
  EXPECT_EQ(answers.size(), 1) << "it has one";
  answers.Clear();
  for (const char* off : {"0", "11", "7.5", "", "x"}) Preselect(PageOf(Csi()), off, answers);
  EXPECT_TRUE(answers.empty());
}

TEST(FormTest, BandsAreTheMetricsOwn) {
  EXPECT_EQ(BandOf({}, "NPS", 6), Band::kLow);
  EXPECT_EQ(BandOf({}, "NPS", 7), Band::kMiddle);
  EXPECT_EQ(BandOf({}, "NPS", 8), Band::kMiddle);
  EXPECT_EQ(BandOf({}, "NPS", 9), Band::kHigh);
  EXPECT_EQ(BandOf({}, "CSAT", 2), Band::kLow);
  EXPECT_EQ(BandOf({}, "CSAT", 3), Band::kMiddle);
  EXPECT_EQ(BandOf({}, "CSAT", 4), Band::kHigh);
  EXPECT_EQ(BandOf({}, "CES", 3), Band::kLow);
  EXPECT_EQ(BandOf({}, "CES", 4), Band::kMiddle);
  EXPECT_EQ(BandOf({}, "CES", 5), Band::kHigh);
}

// A question on a scale of 0 to 4 of the tenant's own: 0–1 unhappy, 2 indifferent, 3–4 happy.
sv::RespondentPage OfTaste() {
  sv::Survey survey;
  survey.set_metric("TASTE");
  auto& q = *survey.add_questions();
  q.set_question_id("taste");
  q.set_type(sv::QuestionType::SCALE);
  q.set_metric("TASTE");
  sv::RespondentPage page = PageOf(std::move(survey));
  auto& metric = *page.add_metrics();
  metric.set_metric_id("TASTE");
  metric.set_max(4);
  const auto part = [&](sv::Mood::Code mood, int low, int high) {
    auto& p = *metric.add_parts();
    p.set_mood(mood);
    p.set_low(low);
    p.set_high(high);
  };
  part(sv::Mood::UNHAPPY, 0, 1);
  part(sv::Mood::INDIFFERENT, 2, 2);
  part(sv::Mood::HAPPY, 3, 4);
  return page;
}

TEST(FormTest, AScaleOfTheTenantsOwnIsReadAndChosenBeforeWithinItsEnds) {
  const sv::RespondentPage page = OfTaste();
  Violations v;
  const auto form = ReadForm(page.survey(), {{"taste", "0"}}, v);
  EXPECT_TRUE(v.empty()) << v.ToStatus();
  ASSERT_EQ(form.answers_size(), 1);
  EXPECT_TRUE(form.answers(0).has_number());
  google::protobuf::RepeatedPtrField<sv::Answer> answers;
  for (const char* off : {"-1", "5"}) Preselect(page, off, answers);
  EXPECT_TRUE(answers.empty());
  Preselect(page, "4", answers);
  ASSERT_EQ(answers.size(), 1);
  EXPECT_EQ(answers[0].number(), 4);
}

TEST(FormTest, TheBandsOfAMetricOfTheTenantsOwnAreTheMoodsOfItsParts) {
  const sv::RespondentPage page = OfTaste();
  EXPECT_EQ(BandOf(page, "TASTE", 1), Band::kLow);
  EXPECT_EQ(BandOf(page, "TASTE", 2), Band::kMiddle);
  EXPECT_EQ(BandOf(page, "TASTE", 3), Band::kHigh);
  EXPECT_EQ(BandOf(page, "NPS", 6), Band::kLow);
}

TEST(TextsTest, TheLanguageAskedForWinsThenTheCustomersThenTheBrowsers) {
  EXPECT_EQ(ChooseLanguage("en", "vi", "vi"), Language::kEn);
  EXPECT_EQ(ChooseLanguage("", "vi-VN", "en"), Language::kVi);
  EXPECT_EQ(ChooseLanguage("xx", "", "en-US,en;q=0.9"), Language::kEn);
  EXPECT_EQ(ChooseLanguage("", "fr", ""), Language::kEn);
  EXPECT_EQ(ChooseLanguage("", "", "*"), Language::kVi);
}

TEST(TextsTest, WithoutABrandTheSentencesStillHold) {
  EXPECT_EQ(Filled("Cảm ơn {brand}!", {}, Language::kVi), "Cảm ơn chúng tôi!");
  EXPECT_EQ(Filled("{brand} will call", {}, Language::kEn), "We will call");
  EXPECT_EQ(Filled("{brand} sẽ gọi", {"Nhà Én", ""}, Language::kVi), "Nhà Én sẽ gọi");
  EXPECT_EQ(Filled("{XungHo} và {xungHo}", {}, Language::kVi), "Anh/chị và anh/chị");
  EXPECT_EQ(Filled("{XungHo} và {xungHo}", {"", "ông bà"}, Language::kVi), "Ông bà và ông bà");
}

std::string Html(const sv::RespondentPage& page, Language language = Language::kVi) {
  static const google::protobuf::RepeatedPtrField<sv::Answer> none;
  return RenderForm({"t", language, &page, &none, "", "", {}});
}

TEST(ViewTest, ASatisfactionScaleHasFacesAndWords) {
  const std::string html = Html(PageOf(TwoSteps()));
  EXPECT_THAT(html, HasSubstr("😀"));
  EXPECT_THAT(html, HasSubstr("Rất không hài lòng"));
  EXPECT_LT(html.size(), 30'000u);
}

TEST(ViewTest, ASatisfactionScaleHasStarsOrFiguresWhereTheSurveySaysSo) {
  sv::Survey s = TwoSteps();
  s.mutable_questions(0)->set_style(sv::ScaleStyle::STARS);
  EXPECT_THAT(Html(PageOf(s)), AllOf(HasSubstr("★"), Not(HasSubstr("😀"))));
  s.mutable_questions(0)->set_style(sv::ScaleStyle::NUMBERS);
  EXPECT_THAT(Html(PageOf(s)), AllOf(Not(HasSubstr("★")), Not(HasSubstr("😀")), HasSubstr("<span>5</span>")));
}

TEST(ViewTest, AScaleOfTheTenantsOwnIsARowOfNumbersFromItsLowestToItsHighest) {
  const std::string html = Html(OfTaste());
  for (const char* n : {"0", "1", "2", "3", "4"})
    EXPECT_THAT(html, HasSubstr(absl::StrCat(R"(name="taste" value=")", n, "\""))) << n;
  EXPECT_THAT(html, Not(HasSubstr(R"(name="taste" value="5")")));
  EXPECT_THAT(html, HasSubstr("<span>4</span>"));
}

TEST(ViewTest, EveryKindOfQuestionIsThereWithItsFieldsAndTheWholePageIsSmall) {
  const std::string html = Html(PageOf(Csi()));
  EXPECT_THAT(html, HasSubstr(R"(name="staff" value="10")"));
  EXPECT_THAT(html, HasSubstr(R"(<input type="checkbox" name="important" value="price"><span>Câu price</span>)"));
  EXPECT_THAT(html, HasSubstr("Chọn tối đa 3"));
  EXPECT_THAT(html, HasSubstr(R"(<input type="radio" name="expectation" value="as_expected"><span>Đúng như</span>)"));
  EXPECT_THAT(html, HasSubstr(R"(role="group" aria-labelledby="_expected.pair-title")"));
  EXPECT_THAT(html, HasSubstr(R"(<input type="radio" name="_expected.pair" value="1">)"));
  EXPECT_THAT(
      html,
      HasSubstr(R"(<input type="checkbox" name="_nothing.ideal" value="1"><span>Không có, như vậy là tốt rồi</span>)"));
  EXPECT_THAT(html, HasSubstr(R"(<input type="radio" name="source" value="zalo">)"));
  EXPECT_THAT(html, Not(HasSubstr("_comment"))) << "the ideal question asks for words";
  EXPECT_LT(html.size(), 30'000u);
}

TEST(ViewTest, AttributesInARowSayTheEndsOfTheirScaleOnce) {
  const std::string html = Html(PageOf(Csi()));
  EXPECT_EQ(html.find("class=\"ends\""), html.rfind("class=\"ends\""));
}

TEST(ViewTest, TwentyAttributesStayWithinWhatAPhoneLoadsAtOnce) {
  sv::Survey s;
  for (int i = 0; i < 20; ++i) {
    auto& q = *s.add_questions();
    q.set_question_id("q" + std::to_string(i));
    q.set_type(sv::QuestionType::CSI);
    q.mutable_text()->set_vi("Nhân viên thân thiện, am hiểu");
  }
  EXPECT_LT(Html(PageOf(s)).size(), 30'000u);
}

}  // namespace
}  // namespace hoiam::gateway
