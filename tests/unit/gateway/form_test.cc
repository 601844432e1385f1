#include "gateway/pages/form.h"

#include <gtest/gtest.h>

#include "gateway/pages/texts.h"
#include "gateway/pages/view.h"

namespace hoiam::gateway {
namespace {

namespace sv = hoiam::survey::v1;

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

TEST(FormTest, APageThatShowedAllThereIsToAskIsTheLast) {
  EXPECT_TRUE(Read({{"csat", "4"}, {"_shown", "csat"}}).finished());
  EXPECT_FALSE(Read({{"csat", "3"}, {"_shown", "csat"}}).finished()) << "a question for 1 to 3 follows";
  EXPECT_FALSE(Read({{"csat", "3"}, {"_shown", "csat"}, {"finish", "1"}}).finished());
  EXPECT_TRUE(Read({{"csat", "3"}, {"_shown", "csat,why"}, {"finish", "1"}}).finished());
}

TEST(FormTest, WithoutTheListOfWhatWasShownTheButtonDecides) {
  EXPECT_FALSE(Read({{"csat", "4"}}).finished());
  EXPECT_TRUE(Read({{"csat", "3"}, {"finish", "1"}}).finished());
  EXPECT_FALSE(Read({{"csat", "3"}, {"finish", "0"}}).finished());
}

TEST(FormTest, BandsAreTheMetricsOwn) {
  EXPECT_EQ(BandOf("NPS", 6), Band::kLow);
  EXPECT_EQ(BandOf("NPS", 7), Band::kMiddle);
  EXPECT_EQ(BandOf("NPS", 8), Band::kMiddle);
  EXPECT_EQ(BandOf("NPS", 9), Band::kHigh);
  EXPECT_EQ(BandOf("CSAT", 2), Band::kLow);
  EXPECT_EQ(BandOf("CSAT", 3), Band::kMiddle);
  EXPECT_EQ(BandOf("CSAT", 4), Band::kHigh);
  EXPECT_EQ(BandOf("CES", 3), Band::kLow);
  EXPECT_EQ(BandOf("CES", 4), Band::kMiddle);
  EXPECT_EQ(BandOf("CES", 5), Band::kHigh);
}

TEST(TextsTest, TheLanguageAskedForWinsThenTheCustomersThenTheBrowsers) {
  EXPECT_EQ(ChooseLanguage("en", "vi", "vi"), Language::kEn);
  EXPECT_EQ(ChooseLanguage("", "vi-VN", "en"), Language::kVi);
  EXPECT_EQ(ChooseLanguage("xx", "", "en-US,en;q=0.9"), Language::kEn);
  EXPECT_EQ(ChooseLanguage("", "fr", ""), Language::kEn);
  EXPECT_EQ(ChooseLanguage("", "", "*"), Language::kVi);
}

TEST(TextsTest, WithoutABrandTheSentencesStillHold) {
  EXPECT_EQ(WithBrand("Cảm ơn {brand}!", "", Language::kVi), "Cảm ơn chúng tôi!");
  EXPECT_EQ(WithBrand("{brand} will call", "", Language::kEn), "We will call");
  EXPECT_EQ(WithBrand("{brand} sẽ gọi", "Nhà Én", Language::kVi), "Nhà Én sẽ gọi");
}

TEST(ViewTest, ASatisfactionScaleHasFacesAndWords) {
  const sv::Survey survey = TwoSteps();
  const google::protobuf::RepeatedPtrField<sv::Answer> none;
  const std::string html = RenderForm({"t", Language::kVi, &survey, &none, "", {}, ""});
  EXPECT_NE(html.find("😀"), std::string::npos);
  EXPECT_NE(html.find("Rất không hài lòng"), std::string::npos);
  EXPECT_LT(html.size(), 30'000u);
}

}  // namespace
}  // namespace hoiam::gateway
