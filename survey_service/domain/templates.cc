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

Question Choice(std::string id, QuestionKind kind, Words text, std::optional<ShowIf> show_if,
                std::vector<Option> options) {
  return {std::move(id), kind, std::move(text), false, std::move(options), std::move(show_if), {}, {}};
}

ShowIf Chose(std::string question_id, std::string option) {
  ShowIf c;
  c.question_id = std::move(question_id);
  c.choices = {std::move(option)};
  return c;
}

Question NpsScale() {
  return Scale("nps", QuestionKind::kNps,
               {"{XungHo} có sẵn lòng giới thiệu {brand} cho bạn bè, người thân không?",
                "How likely are you to recommend {brand} to friends and family?"},
               {"Chắc chắn không", "Certainly not"}, {"Rất sẵn lòng", "Very willingly"});
}

Question CsatScale(Words text) {
  return Scale("csat", QuestionKind::kCsat, std::move(text), {"Rất không hài lòng", "Very dissatisfied"},
               {"Rất hài lòng", "Very satisfied"});
}

Question CsatOfPurchase() {
  return CsatScale({"{XungHo} hài lòng thế nào với lần mua hàng này tại {store}?",
                    "How satisfied are you with this purchase at {store}?"});
}

Question ImproveFirst() {
  return Text("improve_first", {"Điều gì nên cải thiện trước tiên ạ?", "What should we improve first?"},
              {"csat", 1, 3});
}

std::vector<Question> NpsQuestions() {
  return {NpsScale(),
          Choice("detractor_cause", QuestionKind::kMultipleChoice,
                 {"Rất xin lỗi vì chưa làm {xungHo} hài lòng. Điều gì khiến {xungHo} chưa hài lòng nhất ạ?",
                  "We are very sorry that we let you down. What disappointed you most?"},
                 ShowIf{"nps", 0, 6},
                 {{"attitude", {"Thái độ phục vụ", "Attitude of the staff"}},
                  {"quality", {"Chất lượng hàng", "Quality of the goods"}},
                  {"delivery", {"Giao hàng, lắp đặt", "Delivery, installation"}},
                  {"price", {"Giá, khuyến mãi", "Price, promotions"}},
                  {"payment", {"Thanh toán, hoàn tiền", "Payment, refund"}},
                  {"return", {"Đổi trả, bảo hành", "Returns, warranty"}},
                  {"other", {"Khác", "Something else"}}}),
          Choice("contact_wanted", QuestionKind::kSingleChoice,
                 {"{XungHo} có muốn {brand} liên hệ lại không ạ?", "Would you like {brand} to contact you?"},
                 ShowIf{"nps", 0, 6},
                 {{"call", {"Gọi cho tôi", "Call me"}},
                  {"zalo", {"Nhắn Zalo", "Message me on Zalo"}},
                  {"no", {"Không cần", "No need"}}}),
          Text("passive_improve",
               {"Chúng tôi cần làm gì để {xungHo} đánh giá cao hơn?",
                "What would we have to do for you to rate us higher?"},
               {"nps", 7, 8}),
          Text("promoter_keep",
               {"Cảm ơn {xungHo} nhiều! {XungHo} thích nhất điều gì để {brand} giữ gìn ạ?",
                "Thank you very much! What do you like best, so that {brand} keeps it that way?"},
               {"nps", 9, 10})};
}

Template Nps() {
  return {"nps",
          "NPS",
          Scope::kRelationship,
          {"NPS: sẵn lòng giới thiệu", "NPS: would recommend"},
          {"Hỏi định kỳ về cả mối quan hệ; sau điểm số là một câu theo nhóm.",
           "Asked from time to time about the whole relationship; the score is followed by one question per group."},
          NpsQuestions()};
}

Template NpsRival() {
  std::vector<Question> questions = NpsQuestions();
  questions.push_back(Choice("rival", QuestionKind::kSingleChoice,
                             {"Gần đây {xungHo} có giới thiệu cửa hàng nào khác cho bạn bè, người thân không ạ?",
                              "Have you recommended another shop to friends or family lately?"},
                             std::nullopt, {{"yes", {"Có", "Yes"}}, {"no", {"Không", "No"}}}));
  questions.push_back(Text("rival_which", {"Cửa hàng nào ạ?", "Which one?"}, Chose("rival", "yes")));
  return {"nps_rival",
          "NPS",
          Scope::kRelationship,
          {"NPS và nơi bán khác", "NPS, and rivals"},
          {"Như NPS, hỏi thêm khách có giới thiệu nơi khác không.",
           "As NPS, and whether the customer recommends others too."},
          std::move(questions)};
}

Template Csat() {
  return {"csat",
          "CSAT",
          Scope::kTouchpoint,
          {"CSAT sau mua hàng", "CSAT after a purchase"},
          {"Ngay sau một giao dịch tại cửa hàng.", "Right after a transaction in a shop."},
          {CsatOfPurchase(), ImproveFirst()}};
}

Template CsatDelivery() {
  return {"csat_delivery",
          "CSAT",
          Scope::kTouchpoint,
          {"CSAT sau giao hàng", "CSAT after a delivery"},
          {"Ngay sau khi giao; cần thuộc tính order của tương tác.",
           "Right after a delivery; wants the interaction's property order."},
          {CsatScale({"{XungHo} hài lòng thế nào với lần giao đơn {order}?",
                      "How satisfied are you with the delivery of order {order}?"}),
           ImproveFirst()}};
}

Template Ces() {
  return {"ces",
          "CES",
          Scope::kService,
          {"CES: mức độ dễ dàng", "CES: how easy it was"},
          {"Sau một việc khách phải làm; cần thuộc tính việc (tiếng Anh: task) của tương tác.",
           "After something that the customer had to do; wants the interaction's properties việc and task."},
          {Scale("ces", QuestionKind::kCes,
                 {"{XungHo} thấy việc {việc} vừa rồi dễ hay khó ạ?", "How easy or difficult was it for you {task}?"},
                 {"Rất khó", "Very difficult"}, {"Rất dễ", "Very easy"}),
           Text("hardest_step", {"Bước nào làm {xungHo} mất công nhất?", "Which step cost you the most effort?"},
                {"ces", 1, 3})}};
}

Question Attribute(std::string id, CsiObject object, Words text) {
  Question q = Scale(std::move(id), QuestionKind::kCsi, std::move(text), {"Rất không hài lòng", "Very dissatisfied"},
                     {"Rất hài lòng", "Very satisfied"});
  q.required = false;
  q.object = object;
  return q;
}

std::vector<Question> ProductAttributes() {
  constexpr auto kObject = CsiObject::kProduct;
  return {Attribute("quality", kObject, {"Chất lượng hàng", "Quality of the goods"}),
          Attribute("range", kObject, {"Hàng đa dạng, có sẵn", "Wide range, in stock"}),
          Attribute("price", kObject, {"Giá hợp lý, đúng niêm yết", "Fair prices, as marked"})};
}

std::vector<Question> ServiceAttributes() {
  constexpr auto kObject = CsiObject::kService;
  return {Attribute("staff", kObject, {"Nhân viên thân thiện, am hiểu", "Friendly, knowing staff"}),
          Attribute("checkout", kObject, {"Thanh toán nhanh, hóa đơn đúng", "Quick checkout, correct invoice"}),
          Attribute("delivery", kObject, {"Giao hàng, lắp đặt đúng hẹn", "Delivery and installation on time"}),
          Attribute("returns", kObject, {"Đổi trả, bảo hành dễ dàng", "Easy returns and warranty"}),
          Attribute("shop", kObject, {"Cửa hàng sạch, tiện gửi xe", "Clean shop, easy parking"})};
}

std::vector<Question> BrandAttributes() {
  constexpr auto kObject = CsiObject::kBrand;
  return {Attribute("trust", kObject, {"Đáng tin cậy", "Trustworthy"}),
          Attribute("promises", kObject, {"Giữ đúng cam kết", "Keeps its promises"}),
          Attribute("benefits", kObject, {"Ưu đãi hội viên thiết thực", "Useful benefits for members"})};
}

// The most important ones of the attributes before: three of many, one of three.
Question Importance(size_t attributes) {
  Question q;
  q.id = "important";
  q.kind = QuestionKind::kCsiImportance;
  q.max_choices = attributes > 3 ? 3 : 1;
  q.text = attributes > 3
               ? Words{"{XungHo} chọn giúp 3 điều quan trọng nhất ạ.", "Please choose the 3 that matter most to you."}
               : Words{"{XungHo} chọn giúp điều quan trọng nhất ạ.", "Please choose the one that matters most to you."};
  return q;
}

Question Expectation() {
  Question q;
  q.id = "expectation";
  q.kind = QuestionKind::kExpectation;
  q.text = {"So với mong đợi của {xungHo}, lần này thế nào?", "Compared with what you expected, how was it this time?"};
  return q;
}

Question IdealQuestion() {
  Question q;
  q.id = "ideal";
  q.kind = QuestionKind::kIdeal;
  q.text = {"Nếu được phục vụ tốt hơn nữa, {xungHo} muốn chúng tôi làm tốt hơn những gì?",
            "If we could serve you better still, what would you want us to do better?"};
  return q;
}

Template Csi(std::string id, Scope scope, Words name, Words description, std::vector<Question> questions) {
  const size_t attributes = questions.size();
  questions.push_back(Importance(attributes));
  questions.push_back(Expectation());
  questions.push_back(IdealQuestion());
  return {std::move(id), "CSI", scope, std::move(name), std::move(description), std::move(questions)};
}

Template CsiWhole() {
  std::vector<Question> all = ProductAttributes();
  for (Question& q : ServiceAttributes()) all.push_back(std::move(q));
  for (Question& q : BrandAttributes()) all.push_back(std::move(q));
  return Csi("csi", Scope::kRelationship, {"CSI: sản phẩm, dịch vụ, thương hiệu", "CSI: product, service and brand"},
             {"Khảo sát định kỳ đủ ba mặt; cho điểm từng thuộc tính 1–10.",
              "From time to time, all three sides; each attribute from 1 to 10."},
             std::move(all));
}

Template Recovery() {
  return {"recovery",
          "NPS",
          Scope::kService,
          {"Sau xử lý", "After an issue was resolved"},
          {"Khi một phiếu xử lý đã xong; đặt recovery và trigger.on CASE_RESOLVED.",
           "When a case is resolved; set recovery, and trigger.on CASE_RESOLVED."},
          {Choice("settled", QuestionKind::kSingleChoice,
                  {"{ngày|Vừa qua}, {xungHo} có góp ý về {việc|dịch vụ của chúng tôi}. Đến nay việc này đã ổn chưa ạ?",
                   "{date|Recently} you told us about {task|our service}. Is it settled by now?"},
                  std::nullopt, {{"yes", {"Đã ổn", "Settled"}}, {"no", {"Chưa ổn", "Not settled"}}}),
           NpsScale(),
           Text("more_help", {"{XungHo} mong chúng tôi làm gì thêm ạ?", "What more would you like us to do?"},
                Chose("settled", "no"))}};
}

Template Source() {
  Question source = Choice("source", QuestionKind::kSource,
                           {"{XungHo} biết đến {brand} qua đâu ạ?", "How did you come to know {brand}?"}, std::nullopt,
                           {{"friends", {"Bạn bè, người thân", "Friends, family"}},
                            {"passing_by", {"Đi ngang cửa hàng", "Passed by the shop"}},
                            {"facebook", {"Facebook", "Facebook"}},
                            {"tiktok", {"TikTok", "TikTok"}},
                            {"zalo", {"Zalo", "Zalo"}},
                            {"google", {"Google", "Google"}},
                            {"marketplace", {"Shopee/Lazada", "Shopee/Lazada"}},
                            {"leaflet", {"Biển, tờ rơi", "Sign, leaflet"}},
                            {"other", {"Khác", "Something else"}}});
  source.ask_again_after = absl::Hours(24 * 3650);
  return {"source",
          "CSAT",
          Scope::kTouchpoint,
          {"Khách mới: biết đến qua đâu", "New customers: how they came"},
          {"Lần mua đầu tiên; hỏi nguồn một lần trong đời khách. Đặt trigger.on LIFECYCLE_CHANGED, lifecycles NEW.",
           "After a first purchase; the source is asked once in a customer's life. Set trigger.on LIFECYCLE_CHANGED, "
           "lifecycles NEW."},
          {CsatOfPurchase(), ImproveFirst(), std::move(source)}};
}

Template Ideal() {
  return {"ideal",
          "CSAT",
          Scope::kTouchpoint,
          {"Sự hài lòng lý tưởng", "Ideal satisfaction"},
          {"Còn điều gì có thể tốt hơn nữa, kể cả khi khách đã hài lòng.",
           "What could be better still, also where the customer is satisfied."},
          {CsatOfPurchase(), Expectation(), IdealQuestion()}};
}

}  // namespace

const std::vector<Template>& Templates() {
  static const auto* all = new std::vector<Template>{
      Csat(),
      CsatDelivery(),
      Nps(),
      NpsRival(),
      Ces(),
      CsiWhole(),
      Csi("csi_product", Scope::kProductUse, {"CSI sản phẩm", "CSI of the product"},
          {"Cho điểm từng thuộc tính của hàng hóa.", "The attributes of the goods, each from 1 to 10."},
          ProductAttributes()),
      Csi("csi_service", Scope::kService, {"CSI dịch vụ", "CSI of the service"},
          {"Cho điểm từng thuộc tính của dịch vụ.", "The attributes of the service, each from 1 to 10."},
          ServiceAttributes()),
      Csi("csi_brand", Scope::kRelationship, {"CSI thương hiệu", "CSI of the brand"},
          {"Cho điểm từng thuộc tính của thương hiệu.", "The attributes of the brand, each from 1 to 10."},
          BrandAttributes()),
      Recovery(),
      Source(),
      Ideal()};
  return *all;
}

const Template* FindTemplate(absl::string_view id) {
  const auto& all = Templates();
  const auto it = std::find_if(all.begin(), all.end(), [&](const Template& t) { return t.id == id; });
  return it == all.end() ? nullptr : &*it;
}

}  // namespace hoiam::survey
