#include "survey_service/domain/templates.h"

#include <gmock/gmock.h>

#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "survey_service/domain/invitation_state.h"
#include "survey_service/domain/placeholders.h"

namespace hoiam::survey {
namespace {

using ::testing::ElementsAre;

std::string Fill(absl::string_view text) {
  return FillPlaceholders(text, [](absl::string_view name) -> std::optional<std::string> {
    if (name == "brand") return "Nhà Én";
    return std::nullopt;
  });
}

// As a customer reads it where the survey says nothing of the form of address.
std::string Read(const std::string& text) {
  return FillPlaceholders(text, [](absl::string_view name) -> std::optional<std::string> {
    if (name == "xungHo") return std::string(kAddressVi);
    if (name == "XungHo") return Capitalised(kAddressVi);
    if (name == "ngày") return "Ngày 21/11";
    return absl::StrCat("{", name, "}");
  });
}

std::string TextOf(absl::string_view survey, absl::string_view question) {
  const Template* t = FindTemplate(survey);
  const Question* q = t ? FindQuestion(t->questions, question) : nullptr;
  return q ? Read(q->text.vi) : "";
}

std::vector<std::string> OptionsOf(absl::string_view survey, absl::string_view question) {
  std::vector<std::string> out;
  for (const Option& o : FindQuestion(FindTemplate(survey)->questions, question)->options) out.push_back(o.text.vi);
  return out;
}

TEST(TemplatesTest, TheVietnameseTextsAreThoseOfTheSheet) {
  EXPECT_EQ(TextOf("nps", "nps"), "Anh/chị có sẵn lòng giới thiệu {brand} cho bạn bè, người thân không?");
  const auto& nps = FindTemplate("nps")->questions;
  EXPECT_EQ(nps[0].low_label.vi, "Chắc chắn không");
  EXPECT_EQ(nps[0].high_label.vi, "Rất sẵn lòng");
  EXPECT_EQ(TextOf("nps", "detractor_cause"),
            "Rất xin lỗi vì chưa làm anh/chị hài lòng. Điều gì khiến anh/chị chưa hài lòng nhất ạ?");
  EXPECT_THAT(OptionsOf("nps", "detractor_cause"),
              ElementsAre("Thái độ phục vụ", "Chất lượng hàng", "Giao hàng, lắp đặt", "Giá, khuyến mãi",
                          "Thanh toán, hoàn tiền", "Đổi trả, bảo hành", "Khác"));
  EXPECT_EQ(TextOf("nps", "contact_wanted"), "Anh/chị có muốn {brand} liên hệ lại không ạ?");
  EXPECT_EQ(TextOf("nps", "passive_improve"), "Chúng tôi cần làm gì để anh/chị đánh giá cao hơn?");
  EXPECT_EQ(TextOf("nps", "promoter_keep"), "Cảm ơn anh/chị nhiều! Anh/chị thích nhất điều gì để {brand} giữ gìn ạ?");
  EXPECT_EQ(TextOf("csat", "csat"), "Anh/chị hài lòng thế nào với lần mua hàng này tại {store}?");
  EXPECT_EQ(TextOf("csat_delivery", "csat"), "Anh/chị hài lòng thế nào với lần giao đơn {order}?");
  EXPECT_EQ(TextOf("csat", "improve_first"), "Điều gì nên cải thiện trước tiên ạ?");
  EXPECT_EQ(TextOf("ces", "ces"), "Anh/chị thấy việc {việc} vừa rồi dễ hay khó ạ?");
  EXPECT_EQ(TextOf("ces", "hardest_step"), "Bước nào làm anh/chị mất công nhất?");
  EXPECT_EQ(TextOf("csi", "important"), "Anh/chị chọn giúp 3 điều quan trọng nhất ạ.");
  EXPECT_EQ(TextOf("csi", "expectation"), "So với mong đợi của anh/chị, lần này thế nào?");
  EXPECT_EQ(TextOf("csi", "ideal"), "Nếu được phục vụ tốt hơn nữa, anh/chị muốn chúng tôi làm tốt hơn những gì?");
  EXPECT_EQ(TextOf("source", "source"), "Anh/chị biết đến {brand} qua đâu ạ?");
  EXPECT_THAT(OptionsOf("source", "source"),
              ElementsAre("Bạn bè, người thân", "Đi ngang cửa hàng", "Facebook", "TikTok", "Zalo", "Google",
                          "Shopee/Lazada", "Biển, tờ rơi", "Khác"));
  EXPECT_EQ(TextOf("recovery", "settled"), "Ngày 21/11, anh/chị có góp ý về {việc}. Đến nay việc này đã ổn chưa ạ?");
  EXPECT_THAT(OptionsOf("recovery", "settled"), ElementsAre("Đã ổn", "Chưa ổn"));
  EXPECT_EQ(TextOf("recovery", "more_help"), "Anh/chị mong chúng tôi làm gì thêm ạ?");
  EXPECT_EQ(FindTemplate("osat"), nullptr);
}

TEST(TemplatesTest, TheAttributesAreThoseOfTheSheetEachUnderWhatItIsAbout) {
  std::map<CsiObject, std::vector<std::string>> attributes;
  for (const Question& q : FindTemplate("csi")->questions)
    if (q.kind == QuestionKind::kCsi) attributes[q.object].push_back(q.text.vi);
  EXPECT_THAT(attributes[CsiObject::kProduct],
              ElementsAre("Chất lượng hàng", "Hàng đa dạng, có sẵn", "Giá hợp lý, đúng niêm yết"));
  EXPECT_THAT(attributes[CsiObject::kService],
              ElementsAre("Nhân viên thân thiện, am hiểu", "Thanh toán nhanh, hóa đơn đúng",
                          "Giao hàng, lắp đặt đúng hẹn", "Đổi trả, bảo hành dễ dàng", "Cửa hàng sạch, tiện gửi xe"));
  EXPECT_THAT(attributes[CsiObject::kBrand],
              ElementsAre("Đáng tin cậy", "Giữ đúng cam kết", "Ưu đãi hội viên thiết thực"));
  EXPECT_EQ(MaxChoices(*FindQuestion(FindTemplate("csi_service")->questions, "important")), 3);
  EXPECT_EQ(MaxChoices(*FindQuestion(FindTemplate("csi_brand")->questions, "important")), 1)
      << "three of three says nothing";
}

TEST(TemplatesTest, NoTextHasAFormOfAddressOfItsOwn) {
  for (const Template& t : Templates())
    for (const Question& q : t.questions) EXPECT_FALSE(absl::StrContains(q.text.vi, "nh/ch")) << t.id << " " << q.id;
}

TEST(TemplatesTest, WhoIsStillUnhappyAfterTheIssueWasResolvedIsAskedWhatMore) {
  const auto& recovery = FindTemplate("recovery")->questions;
  const Answer nps{"nps", 9.0, {}, std::nullopt}, yes{"settled", std::nullopt, {"yes"}, std::nullopt},
      no{"settled", std::nullopt, {"no"}, std::nullopt};
  EXPECT_THAT(WhatToAsk(recovery, {}, {yes, nps}).shown, ElementsAre("settled", "nps"));
  EXPECT_THAT(WhatToAsk(recovery, {}, {no, nps}).shown, ElementsAre("settled", "nps", "more_help"));
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
      texts +=
          q.kind == QuestionKind::kText && IsShown(nps, q, {{"nps", static_cast<double>(score), {}, std::nullopt}});
    EXPECT_EQ(texts, score >= 7 ? 1 : 0) << score;
  }
}

TEST(PlaceholdersTest, NamesAreFilledAndUnknownOnesGoWithTheirBlank) {
  EXPECT_EQ(Fill("Giới thiệu {brand} nhé"), "Giới thiệu Nhà Én nhé");
  EXPECT_EQ(Fill("Anh/chị thấy việc {việc} vừa rồi dễ hay khó ạ?"), "Anh/chị thấy việc vừa rồi dễ hay khó ạ?");
  EXPECT_EQ(Fill("{brand}{brand}"), "Nhà ÉnNhà Én");
  EXPECT_EQ(Fill("{ngày|Vừa qua}, {brand}"), "Vừa qua, Nhà Én") << "words in its place";
  EXPECT_EQ(Fill("{brand|words}"), "Nhà Én");
  EXPECT_EQ(Fill("no end {brand"), "no end {brand");
  EXPECT_EQ(Fill(""), "");
}

TEST(PlaceholdersTest, ASentenceBeginsWithAGreatLetter) {
  EXPECT_EQ(Capitalised("anh/chị"), "Anh/chị");
  EXPECT_EQ(Capitalised("ông bà"), "Ông bà");
  EXPECT_EQ(Capitalised(""), "");
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
