#include "loop_service/domain/catalogue.h"

#include <array>
#include <utility>

#include "loop_service/limits.h"

namespace hoiam::loop {
namespace {

struct BroughtCause {
  absl::string_view id, parent, name_vi, name_en;
  CauseCategory category = CauseCategory::kNone;
};

struct BroughtTeam {
  absl::string_view id, parent, name;
};

constexpr std::array kCauses = {
    BroughtCause{"delivery", "", "Giao hàng, lắp đặt", "Delivery and installation"},
    BroughtCause{"delivery_late_partner", "delivery", "Đối tác giao trễ", "Delivery partner was late",
                 CauseCategory::kPartner},
    BroughtCause{"delivery_no_notice", "delivery", "Không báo trước giờ đến", "No notice before arriving",
                 CauseCategory::kProcess},
    BroughtCause{"digital", "", "Số", "Digital"},
    BroughtCause{"digital_app_fault", "digital", "App lỗi", "App does not work", CauseCategory::kProduct},
    BroughtCause{"install_not_tidied", "delivery", "Lắp xong không dọn", "Not tidied up after installation",
                 CauseCategory::kPeople},
    BroughtCause{"parking", "", "Bãi xe", "Parking"},
    BroughtCause{"parking_rude_guard", "parking", "Bảo vệ thô lỗ", "Rude parking guard", CauseCategory::kPartner},
    BroughtCause{"price", "", "Giá, khuyến mãi", "Price and promotion"},
    BroughtCause{"price_app_counter_differ", "price", "Giá app khác quầy", "Price in the app differs from the counter",
                 CauseCategory::kProcess},
    BroughtCause{"price_overpromised_ad", "price", "Quảng cáo quá sự thật", "Advertising promised too much",
                 CauseCategory::kPromise},
    BroughtCause{"product", "", "Sản phẩm", "Product"},
    BroughtCause{"product_faulty_lot", "product", "Lô hàng lỗi", "Faulty lot", CauseCategory::kProduct},
    BroughtCause{"product_no_manual_vi", "product", "Thiếu hướng dẫn tiếng Việt", "No manual in Vietnamese",
                 CauseCategory::kProduct},
    BroughtCause{"return", "", "Đổi trả, bảo hành", "Returns and warranty"},
    BroughtCause{"return_hard_policy", "return", "Quy định khó", "Rules are hard on customers", CauseCategory::kPolicy},
    BroughtCause{"return_slow_refund", "return", "Hoàn tiền chậm", "Refund was slow", CauseCategory::kProcess},
    BroughtCause{"return_warranty_refused", "return", "Từ chối bảo hành", "Warranty was refused",
                 CauseCategory::kPolicy},
    BroughtCause{"service", "", "Phục vụ", "Service"},
    BroughtCause{"service_few_counters", "service", "Thiếu quầy cuối tuần", "Too few counters at the weekend",
                 CauseCategory::kProcess},
    BroughtCause{"service_staff_attitude", "service", "Thái độ nhân viên", "Attitude of staff", CauseCategory::kPeople},
};

constexpr std::array kTeams = {
    BroughtTeam{"bien-hoa", "region-south", "Cửa hàng Biên Hòa"},
    BroughtTeam{"binh-tan", "region-south", "Cửa hàng Bình Tân"},
    BroughtTeam{"can-tho", "region-south", "Cửa hàng Cần Thơ"},
    BroughtTeam{"cau-giay", "region-north", "Cửa hàng Cầu Giấy"},
    BroughtTeam{"cskh", "", "Chăm sóc khách hàng"},
    BroughtTeam{"cx", "", "CX"},
    BroughtTeam{"da-nang", "region-central", "Cửa hàng Đà Nẵng"},
    BroughtTeam{"delivery", "", "Giao vận"},
    BroughtTeam{"delivery-partner", "outside", "Đối tác giao hàng"},
    BroughtTeam{"digital", "", "Số (App)"},
    BroughtTeam{"go-vap", "region-south", "Cửa hàng Gò Vấp"},
    BroughtTeam{"ha-dong", "region-north", "Cửa hàng Hà Đông"},
    BroughtTeam{"hai-phong", "region-north", "Cửa hàng Hải Phòng"},
    BroughtTeam{"install", "", "Lắp đặt"},
    BroughtTeam{"long-bien", "region-north", "Cửa hàng Long Biên"},
    BroughtTeam{"marketing", "", "Marketing"},
    BroughtTeam{"merchandise", "", "Ngành hàng"},
    BroughtTeam{"nha-trang", "region-central", "Cửa hàng Nha Trang"},
    BroughtTeam{"outside", "", "Bên ngoài"},
    BroughtTeam{"refund", "", "Kế toán hoàn tiền"},
    BroughtTeam{"region-central", "", "Vùng Trung"},
    BroughtTeam{"region-north", "", "Vùng Bắc"},
    BroughtTeam{"region-south", "", "Vùng Nam"},
    BroughtTeam{"supplier", "outside", "Nhà cung cấp"},
    BroughtTeam{"thu-duc", "region-south", "Cửa hàng Thủ Đức"},
    BroughtTeam{"vinh", "region-central", "Cửa hàng Vinh"},
    BroughtTeam{"warranty", "", "Bảo hành"},
};

absl::TimeZone Vietnam() {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone("Asia/Ho_Chi_Minh", &zone)) zone = absl::FixedTimeZone(7 * 3600);
  return zone;
}

Calendar Office() {
  Calendar c;
  c.zone = Vietnam();
  for (int day = 0; day < 5; ++day) c.week[day] = {{8 * 60, 12 * 60}, {13 * 60 + 30, 17 * 60 + 30}};
  c.yearly = {{{1, 1}, {1, 1}, "Tết Dương lịch"},
              {{4, 30}, {4, 30}, "Ngày Giải phóng miền Nam"},
              {{5, 1}, {5, 1}, "Quốc tế Lao động"},
              {{9, 2}, {9, 2}, "Quốc khánh"}};
  c.lunar = {{{3, 10}, {3, 10}, "Giỗ Tổ Hùng Vương"}};
  c.tet = TetHoliday{1, 4};
  return c;
}

Calendar Shop() {
  Calendar c;
  c.zone = Vietnam();
  c.week.fill({{8 * 60, 21 * 60 + 30}});
  c.tet = TetHoliday{1, 3};
  return c;
}

CasePolicy BuiltInPolicy() {
  CasePolicy policy;
  policy.levels = {ServiceLevel{kAcknowledgeP1, kContactWithin, kResolveWithin},
                   ServiceLevel{kAcknowledgeP2, kContactWithin, kResolveWithin},
                   ServiceLevel{kAcknowledgeWithin, kContactWithin, kResolveWithin}};
  policy.default_team = std::string(kDefaultTeam);
  policy.default_calendar = std::string(kAlwaysCalendar);
  policy.max_wait = kMaxWait;
  policy.escalate_every = kEscalateEvery;
  policy.verify_after = kVerifyAfter;
  policy.said_twice_within = kSaidTwiceWithin;
  policy.complaint_open_for = kComplaintOpenFor;
  policy.override_roles = {"ADMIN", "CX_LEAD"};
  return policy;
}

}  // namespace

Playbook::Parts BuiltInParts() {
  Playbook::Parts parts;
  for (const BroughtTeam& t : kTeams)
    parts.teams[t.id] = {std::string(t.id), std::string(t.parent), std::string(t.name)};
  for (const BroughtCause& c : kCauses)
    parts.causes[c.id] = {std::string(c.id), std::string(c.parent), std::string(c.name_vi), std::string(c.name_en),
                          c.category};
  parts.calendars[kAlwaysCalendar] = AlwaysOpen();
  parts.calendars[kAlwaysCalendar].zone = Vietnam();
  parts.calendars["office"] = Office();
  parts.calendars["shop"] = Shop();
  parts.rules = BuiltInAlarmRules();
  parts.policy = BuiltInPolicy();
  return parts;
}

const Playbook& BuiltInPlaybook() {
  static const auto* playbook = new Playbook(BuiltInParts());
  return *playbook;
}

}  // namespace hoiam::loop
