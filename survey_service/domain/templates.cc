#include "survey_service/domain/templates.h"

#include <algorithm>

namespace hoiam::survey {
namespace {

Question Scale(std::string id, QuestionKind kind, Words text, Words low, Words high) {
  return {std::move(id), kind, std::move(text), true, {}, std::nullopt, std::move(low), std::move(high)};
}

Question Text(std::string id, Words text, ShowIf show_if) {
  return {std::move(id), QuestionKind::kText, std::move(text), false, {}, std::move(show_if), {}, {}};
}

Question Choice(std::string id, QuestionKind kind, Words text, ShowIf show_if, std::vector<Option> options) {
  return {std::move(id), kind, std::move(text), false, std::move(options), std::move(show_if), {}, {}};
}

Template Nps() {
  return {
      "nps",
      Metric::kNps,
      {Scale("nps", QuestionKind::kNps,
             {"Anh/chị có sẵn lòng giới thiệu {brand} cho bạn bè, người thân không?",
              "How likely are you to recommend {brand} to friends and family?"},
             {"Chắc chắn không", "Certainly not"}, {"Rất sẵn lòng", "Very willingly"}),
       Choice("detractor_cause", QuestionKind::kMultipleChoice,
              {"Rất xin lỗi vì chưa làm anh/chị hài lòng. Điều gì khiến anh/chị chưa hài lòng nhất ạ?",
               "We are very sorry that we let you down. What disappointed you most?"},
              {"nps", 0, 6},
              {{"attitude", {"Thái độ phục vụ", "Attitude of the staff"}},
               {"quality", {"Chất lượng hàng", "Quality of the goods"}},
               {"delivery", {"Giao hàng, lắp đặt", "Delivery, installation"}},
               {"price", {"Giá, khuyến mãi", "Price, promotions"}},
               {"payment", {"Thanh toán, hoàn tiền", "Payment, refund"}},
               {"return", {"Đổi trả, bảo hành", "Returns, warranty"}},
               {"other", {"Khác", "Something else"}}}),
       Choice("contact_wanted", QuestionKind::kSingleChoice,
              {"Anh/chị có muốn {brand} liên hệ lại không ạ?", "Would you like {brand} to contact you?"}, {"nps", 0, 6},
              {{"call", {"Gọi cho tôi", "Call me"}},
               {"zalo", {"Nhắn Zalo", "Message me on Zalo"}},
               {"no", {"Không cần", "No need"}}}),
       Text(
           "passive_improve",
           {"Chúng tôi cần làm gì để anh/chị đánh giá cao hơn?", "What would we have to do for you to rate us higher?"},
           {"nps", 7, 8}),
       Text("promoter_keep",
            {"Cảm ơn anh/chị nhiều! Anh/chị thích nhất điều gì để {brand} giữ gìn ạ?",
             "Thank you very much! What do you like best, so that {brand} keeps it that way?"},
            {"nps", 9, 10})}};
}

Template Csat() {
  return {"csat",
          Metric::kCsat,
          {Scale("csat", QuestionKind::kCsat,
                 {"Anh/chị hài lòng thế nào với lần mua hàng này tại {store}?",
                  "How satisfied are you with this purchase at {store}?"},
                 {"Rất không hài lòng", "Very dissatisfied"}, {"Rất hài lòng", "Very satisfied"}),
           Text("improve_first", {"Điều gì nên cải thiện trước tiên ạ?", "What should we improve first?"},
                {"csat", 1, 3})}};
}

Template Ces() {
  return {"ces",
          Metric::kCes,
          {Scale("ces", QuestionKind::kCes,
                 {"Anh/chị thấy việc {việc} vừa rồi dễ hay khó ạ?", "How easy or difficult was it for you {task}?"},
                 {"Rất khó", "Very difficult"}, {"Rất dễ", "Very easy"}),
           Text("hardest_step", {"Bước nào làm anh/chị mất công nhất?", "Which step cost you the most effort?"},
                {"ces", 1, 3})}};
}

}  // namespace

const std::vector<Template>& Templates() {
  static const auto* all = new std::vector<Template>{Nps(), Csat(), Ces()};
  return *all;
}

const Template* FindTemplate(absl::string_view id) {
  const auto& all = Templates();
  const auto it = std::find_if(all.begin(), all.end(), [&](const Template& t) { return t.id == id; });
  return it == all.end() ? nullptr : &*it;
}

}  // namespace hoiam::survey
