#include "survey_service/domain/templates.h"

#include <gtest/gtest.h>

#include "survey_service/domain/invitation_state.h"
#include "survey_service/domain/placeholders.h"

namespace hoiam::survey {
namespace {

std::string Fill(absl::string_view text) {
  return FillPlaceholders(text, [](absl::string_view name) -> std::optional<std::string> {
    if (name == "brand") return "Nhà Én";
    return std::nullopt;
  });
}

TEST(TemplatesTest, TheVietnameseTextsAreThoseOfTheSheet) {
  const auto& nps = FindTemplate("nps")->questions;
  EXPECT_EQ(nps[0].text.vi, "Anh/chị có sẵn lòng giới thiệu {brand} cho bạn bè, người thân không?");
  EXPECT_EQ(nps[0].low_label.vi, "Chắc chắn không");
  EXPECT_EQ(nps[0].high_label.vi, "Rất sẵn lòng");
  EXPECT_EQ(nps[1].text.vi, "Rất xin lỗi vì chưa làm anh/chị hài lòng. Điều gì khiến anh/chị chưa hài lòng nhất ạ?");
  ASSERT_EQ(nps[1].options.size(), 7u);
  EXPECT_EQ(nps[1].options[0].text.vi, "Thái độ phục vụ");
  EXPECT_EQ(nps[1].options[6].text.vi, "Khác");
  EXPECT_EQ(nps[3].text.vi, "Chúng tôi cần làm gì để anh/chị đánh giá cao hơn?");
  EXPECT_EQ(nps[4].text.vi, "Cảm ơn anh/chị nhiều! Anh/chị thích nhất điều gì để {brand} giữ gìn ạ?");
  EXPECT_EQ(FindTemplate("csat")->questions[0].text.vi, "Anh/chị hài lòng thế nào với lần mua hàng này tại {store}?");
  EXPECT_EQ(FindTemplate("csat")->questions[1].text.vi, "Điều gì nên cải thiện trước tiên ạ?");
  EXPECT_EQ(FindTemplate("ces")->questions[0].text.vi, "Anh/chị thấy việc {việc} vừa rồi dễ hay khó ạ?");
  EXPECT_EQ(FindTemplate("ces")->questions[1].text.vi, "Bước nào làm anh/chị mất công nhất?");
  EXPECT_EQ(FindTemplate("csi"), nullptr);
}

TEST(TemplatesTest, EveryTextIsThereInBothLanguages) {
  for (const Template& t : Templates()) {
    for (const Question& q : t.questions) {
      EXPECT_FALSE(q.text.vi.empty() || q.text.en.empty()) << q.id;
      for (const Option& o : q.options) EXPECT_FALSE(o.text.vi.empty() || o.text.en.empty()) << o.id;
    }
  }
}

TEST(TemplatesTest, EveryScoreHasAtMostOneTextQuestion) {
  const auto& nps = FindTemplate("nps")->questions;
  for (int score = 0; score <= 10; ++score) {
    int texts = 0;
    for (const Question& q : nps)
      texts += q.kind == QuestionKind::kText && IsShown(q, {{"nps", static_cast<double>(score), {}, std::nullopt}});
    EXPECT_EQ(texts, score >= 7 ? 1 : 0) << score;
  }
}

TEST(PlaceholdersTest, NamesAreFilledAndUnknownOnesGoWithTheirBlank) {
  EXPECT_EQ(Fill("Giới thiệu {brand} nhé"), "Giới thiệu Nhà Én nhé");
  EXPECT_EQ(Fill("Anh/chị thấy việc {việc} vừa rồi dễ hay khó ạ?"), "Anh/chị thấy việc vừa rồi dễ hay khó ạ?");
  EXPECT_EQ(Fill("{brand}{brand}"), "Nhà ÉnNhà Én");
  EXPECT_EQ(Fill("no end {brand"), "no end {brand");
  EXPECT_EQ(Fill(""), "");
}

TEST(InvitationStateTest, OpenOnesExpireExactlyAtTheirTime) {
  const absl::Time end = absl::FromUnixSeconds(1'790'000'000);
  EXPECT_EQ(StateAt(InvitationState::kCreated, end, end - absl::Nanoseconds(1)), InvitationState::kCreated);
  EXPECT_EQ(StateAt(InvitationState::kCreated, end, end), InvitationState::kExpired);
  EXPECT_EQ(StateAt(InvitationState::kStarted, end, end), InvitationState::kExpired);
  EXPECT_EQ(StateAt(InvitationState::kAnswered, end, end), InvitationState::kAnswered);
  EXPECT_EQ(StateAt(InvitationState::kRevoked, end, end), InvitationState::kRevoked);
}

}  // namespace
}  // namespace hoiam::survey
