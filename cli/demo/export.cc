#include "cli/demo/export.h"

#include <algorithm>
#include <numeric>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "cli/demo/goods.h"
#include "cli/demo/words.h"

namespace hoiam::cli {
namespace {

using survey::v1::CreateResponseRequest;
using survey::v1::CreateSurveyRequest;
using survey::v1::Customer;
using survey::v1::RecordInteractionRequest;

constexpr struct {
  Segment segment;
  const char* name;
  survey::v1::Lifecycle::Code lifecycle;
} kSegmentNames[] = {{Segment::kVip, "VIP", survey::v1::Lifecycle::ACTIVE},
                     {Segment::kLoyal, "Thân thiết", survey::v1::Lifecycle::ACTIVE},
                     {Segment::kNew, "Khách mới", survey::v1::Lifecycle::NEW},
                     {Segment::kProspect, "Khách tiềm năng", survey::v1::Lifecycle::PROSPECT},
                     {Segment::kDormant, "Ngủ đông", survey::v1::Lifecycle::LAPSED},
                     {Segment::kBusiness, "Doanh nghiệp", survey::v1::Lifecycle::ACTIVE}};

// What ids begin with, by type.
constexpr struct {
  const char *type, *prefix;
} kPrefixes[] = {{"PURCHASE", "dh"}, {"DELIVERY", "gh"}, {"INSTALLATION", "ld"}, {"RETURN", "dt"},
                 {"WARRANTY", "bh"}, {"SUPPORT", "td"},  {"CHAT", "tv"}};

// What one costs the shop, by type.
constexpr struct {
  const char *type, *vnd;
} kCosts[] = {{"DELIVERY", "35000"},  {"INSTALLATION", "150000"}, {"RETURN", "120000"},
              {"WARRANTY", "250000"}, {"SUPPORT", "15000"},       {"CHAT", "8000"}};

// The option of the survey's question why, for who is unhappy at a touchpoint.
constexpr struct {
  const char *touchpoint, *cause;
} kCauses[] = {{"delivery", "delivery"},     {"install", "delivery"}, {"store", "attitude"},
               {"store.advice", "attitude"}, {"usage", "quality"},    {"order", "price"},
               {"web", "payment"},           {"return", "return"},    {"warranty", "return"}};

std::string PrefixOf(const std::string& type) {
  for (const auto& p : kPrefixes) {
    if (type == p.type) return p.prefix;
  }
  return "tt";  // tương tác
}

std::string CustomerId(int person) { return absl::StrFormat("kh-%04d", person + 1); }

void Set(google::protobuf::Timestamp& out, absl::Time t) { out.set_seconds(absl::ToUnixSeconds(t)); }

Customer ToCustomer(DemoBuilder& b, const Person& p) {
  Customer c;
  const int number = p.number;
  c.set_customer_id(CustomerId(number - 1));
  if (number == 1) {
    c.set_display_name("Nguyễn Thị Lan");
    c.set_honorific("chị");
    c.set_given_name("Lan");
  } else if (p.segment == Segment::kBusiness) {
    c.set_display_name(absl::StrCat("Công ty TNHH ", b.rng.Pick(FamilyNames()), " ", number));
    c.set_honorific("quý khách");
  } else {
    const bool woman = b.rng.Percent(60);
    const std::string& given = b.rng.Pick(woman ? WomensNames() : MensNames());
    c.set_display_name(absl::StrCat(b.rng.Pick(FamilyNames()), " ", given));
    const int age = b.rng.Below(10);
    c.set_honorific(woman ? (age < 8 ? "chị" : "cô") : (age < 8 ? "anh" : "chú"));
    c.set_given_name(std::vector<std::string>(absl::StrSplit(given, ' ')).back());
  }
  c.set_email(absl::StrFormat("kh%04d@khach.example", number));
  c.set_phone(absl::StrFormat("0900000%03d", number));  // nobody's: the block 0900000xxx is for show
  c.set_locale("vi");
  c.set_time_zone("Asia/Ho_Chi_Minh");
  for (const auto& s : kSegmentNames) {
    if (s.segment == p.segment) c.set_segment(s.name), c.set_lifecycle(s.lifecycle);
  }
  c.set_owner_team(Shops()[p.shop].team);
  (*c.mutable_properties())["shop"].set_string_value(Shops()[p.shop].name);
  return c;
}

RecordInteractionRequest ToInteraction(const Event& e, const std::string& id) {
  RecordInteractionRequest i;
  i.set_interaction_id(id);
  i.set_customer_id(CustomerId(e.person));
  i.set_type(e.type);
  i.set_touchpoint(e.touchpoint);
  i.set_channel(e.channel);
  Set(*i.mutable_occurred_at(), e.time);
  if (e.amount_vnd != 0) {
    i.set_amount(absl::StrCat(e.amount_vnd));
    i.set_currency("VND");
  }
  for (const auto& cost : kCosts) {
    if (e.type == cost.type) i.set_cost(cost.vnd), i.set_currency("VND");
  }
  for (const auto& [name, value] : e.texts) (*i.mutable_properties())[name].set_string_value(value);
  if (e.days_late) (*i.mutable_properties())["daysLate"].set_number_value(*e.days_late);
  return i;
}

CreateResponseRequest ToAnswer(const Saying& s, const RecordInteractionRequest& about, const std::string& id) {
  CreateResponseRequest r;
  r.set_response_id(id);
  r.set_customer_id(about.customer_id());
  r.set_interaction_id(about.interaction_id());
  r.set_metric(s.metric);
  r.set_score(s.score);
  if (!s.comment.empty()) r.set_comment(s.comment), r.set_language("vi");
  Set(*r.mutable_responded_at(), s.time);
  r.set_collected_by(s.by_staff ? survey::v1::CollectedBy::STAFF : survey::v1::CollectedBy::SELF);
  return r;
}

CreateSurveyRequest ToSurvey(const char* id, const char* vi, const char* en, const char* metric,
                             const char* template_id, const std::vector<const char*>& types) {
  CreateSurveyRequest q;
  q.set_survey_id(id);
  auto& s = *q.mutable_survey();
  s.mutable_display_name()->set_vi(vi);
  s.mutable_display_name()->set_en(en);
  s.set_metric(metric);
  s.set_template_(template_id);
  s.set_brand("Nhà Én");
  for (const char* type : types) s.mutable_trigger()->add_interaction_types(type);
  return q;
}

// An unhappy NPS comes from the survey, which asks why.
void AddCause(CreateResponseRequest& r, const std::string& touchpoint) {
  if (r.metric() != "NPS" || r.score() > 6) return;
  r.set_survey_id(kNpsSurvey);
  const auto* cause =
      std::find_if(std::begin(kCauses), std::end(kCauses), [&](const auto& c) { return touchpoint == c.touchpoint; });
  auto& why = *r.add_answers();
  why.set_question_id("detractor_cause");
  why.add_choices(cause == std::end(kCauses) ? "other" : cause->cause);
}

// What happened today and yesterday, with all effects.
class Today {
 public:
  Today(DemoBuilder& b, Demo& demo) : b_(b), demo_(demo) {}

  LiveStep& Happens(int person, const char* touchpoint, absl::Duration ago) {
    const int e = b_.Happen(person, touchpoint, b_.loaded_at() - ago);
    const std::string id = absl::StrFormat("%s-moi-%02d", PrefixOf(b_.events[e].type), demo_.live.size() + 1);
    demo_.live.push_back({ToInteraction(b_.events[e], id), std::nullopt, false});
    return demo_.live.back();
  }
  void Answered(LiveStep& step, const char* metric, int score, const char* comment, absl::Duration ago) {
    const Saying saying{0, metric, score, comment, b_.loaded_at() - ago};
    step.answer = ToAnswer(saying, step.interaction, absl::StrFormat("tl-moi-%02d", demo_.live.size()));
    step.answer->set_effects(survey::v1::Effects::FULL);
  }

 private:
  DemoBuilder& b_;
  Demo& demo_;
};

void AddToday(DemoBuilder& b, const std::vector<int>& live, Demo& demo) {
  using absl::Hours, absl::Minutes;
  Today today(b, demo);
  const int lan = 0;
  today.Happens(lan, "store.checkout", Hours(3));     // invited; her link is open
  today.Happens(lan, "store.checkout", Minutes(40));  // skipped: asked less than 24 h ago
  today.Answered(today.Happens(live[0], "order", Hours(30)), "NPS", 2,
                 "Đặt online báo còn hàng, đến nơi lại hết, gọi không ai nghe máy.", Hours(28));
  today.Answered(today.Happens(live[1], "store.checkout", Hours(26)), "NPS", 5,
                 "Chờ thanh toán 20 phút mà chỉ mở một quầy.", Hours(20));
  today.Answered(today.Happens(live[2], "hotline", Hours(12)), "CES", 2,
                 "Goi 4 lan moi gap nguoi, lan nao cung phai ke lai tu dau.", Hours(9));
  today.Answered(today.Happens(live[3], "store.checkout", Hours(8)), "NPS", 0, "", Hours(6));
  today.Answered(today.Happens(live[4], "store.checkout", Hours(7)), "NPS", 10, "Nhân viên tư vấn rất có tâm!",
                 Hours(4));
  today.Answered(today.Happens(live[5], "warranty", Hours(5)), "CES", 6, "", Hours(2));
  today.Happens(live[6], "order", Hours(2)).cancelled = true;  // (i)
}

}  // namespace

Demo Export(DemoBuilder& b, const std::vector<int>& live) {
  Demo demo;
  for (const Person& p : b.people) demo.customers.push_back(ToCustomer(b, p));

  std::vector<int> by_time(b.events.size());
  std::iota(by_time.begin(), by_time.end(), 0);
  std::stable_sort(by_time.begin(), by_time.end(), [&](int x, int y) { return b.events[x].time < b.events[y].time; });
  std::map<std::string, int> count;
  std::vector<size_t> place(b.events.size());
  for (int e : by_time) {
    const std::string prefix = PrefixOf(b.events[e].type);
    place[e] = demo.interactions.size();
    demo.interactions.push_back(ToInteraction(b.events[e], absl::StrFormat("%s-%05d", prefix, ++count[prefix])));
  }

  std::stable_sort(b.sayings.begin(), b.sayings.end(),
                   [](const Saying& x, const Saying& y) { return x.time < y.time; });
  for (const Saying& s : b.sayings) {
    const auto& about = demo.interactions[place[s.event]];
    demo.answers.push_back(ToAnswer(s, about, absl::StrFormat("tl-%05d", demo.answers.size() + 1)));
    AddCause(demo.answers.back(), about.touchpoint());
  }

  demo.surveys = {
      ToSurvey(kNpsSurvey, "Sau mua hàng", "After a purchase", "NPS", "nps", {"PURCHASE"}),
      ToSurvey("nha-en-csat", "Sau giao hàng", "After a delivery", "CSAT", "csat", {"DELIVERY", "INSTALLATION"}),
      ToSurvey("nha-en-ces", "Sau khi nhờ hỗ trợ", "After asking for help", "CES", "ces",
               {"SUPPORT", "WARRANTY", "RETURN"}),
      ToSurvey(kCsiSurvey, "Hài lòng về sản phẩm, dịch vụ, thương hiệu", "Product, service and brand", "CSI", "csi",
               {})};
  AddToday(b, live, demo);
  return demo;
}

}  // namespace hoiam::cli
