#include "loop_service/domain/catalogue.h"

#include <algorithm>
#include <array>

namespace hoiam::loop {
namespace {

constexpr std::array kRootCauses = {
    RootCause{"delivery", "", "Giao hàng, lắp đặt", "Delivery and installation"},
    RootCause{"delivery_late_partner", "delivery", "Đối tác giao trễ", "Delivery partner was late",
              CauseCategory::kPartner},
    RootCause{"delivery_no_notice", "delivery", "Không báo trước giờ đến", "No notice before arriving",
              CauseCategory::kProcess},
    RootCause{"digital", "", "Số", "Digital"},
    RootCause{"digital_app_fault", "digital", "App lỗi", "App does not work", CauseCategory::kProduct},
    RootCause{"install_not_tidied", "delivery", "Lắp xong không dọn", "Not tidied up after installation",
              CauseCategory::kPeople},
    RootCause{"parking", "", "Bãi xe", "Parking"},
    RootCause{"parking_rude_guard", "parking", "Bảo vệ thô lỗ", "Rude parking guard", CauseCategory::kPartner},
    RootCause{"price", "", "Giá, khuyến mãi", "Price and promotion"},
    RootCause{"price_app_counter_differ", "price", "Giá app khác quầy", "Price in the app differs from the counter",
              CauseCategory::kProcess},
    RootCause{"price_overpromised_ad", "price", "Quảng cáo quá sự thật", "Advertising promised too much",
              CauseCategory::kPromise},
    RootCause{"product", "", "Sản phẩm", "Product"},
    RootCause{"product_faulty_lot", "product", "Lô hàng lỗi", "Faulty lot", CauseCategory::kProduct},
    RootCause{"product_no_manual_vi", "product", "Thiếu hướng dẫn tiếng Việt", "No manual in Vietnamese",
              CauseCategory::kProduct},
    RootCause{"return", "", "Đổi trả, bảo hành", "Returns and warranty"},
    RootCause{"return_hard_policy", "return", "Quy định khó", "Rules are hard on customers", CauseCategory::kPolicy},
    RootCause{"return_slow_refund", "return", "Hoàn tiền chậm", "Refund was slow", CauseCategory::kProcess},
    RootCause{"return_warranty_refused", "return", "Từ chối bảo hành", "Warranty was refused", CauseCategory::kPolicy},
    RootCause{"service", "", "Phục vụ", "Service"},
    RootCause{"service_few_counters", "service", "Thiếu quầy cuối tuần", "Too few counters at the weekend",
              CauseCategory::kProcess},
    RootCause{"service_staff_attitude", "service", "Thái độ nhân viên", "Attitude of staff", CauseCategory::kPeople},
};

constexpr std::array kTeams = {
    Team{"bien-hoa", "region-south", "Cửa hàng Biên Hòa"},
    Team{"binh-tan", "region-south", "Cửa hàng Bình Tân"},
    Team{"can-tho", "region-south", "Cửa hàng Cần Thơ"},
    Team{"cau-giay", "region-north", "Cửa hàng Cầu Giấy"},
    Team{"cskh", "", "Chăm sóc khách hàng"},
    Team{"cx", "", "CX"},
    Team{"da-nang", "region-central", "Cửa hàng Đà Nẵng"},
    Team{"delivery", "", "Giao vận"},
    Team{"delivery-partner", "outside", "Đối tác giao hàng"},
    Team{"digital", "", "Số (App)"},
    Team{"go-vap", "region-south", "Cửa hàng Gò Vấp"},
    Team{"ha-dong", "region-north", "Cửa hàng Hà Đông"},
    Team{"hai-phong", "region-north", "Cửa hàng Hải Phòng"},
    Team{"install", "", "Lắp đặt"},
    Team{"long-bien", "region-north", "Cửa hàng Long Biên"},
    Team{"marketing", "", "Marketing"},
    Team{"merchandise", "", "Ngành hàng"},
    Team{"nha-trang", "region-central", "Cửa hàng Nha Trang"},
    Team{"outside", "", "Bên ngoài"},
    Team{"refund", "", "Kế toán hoàn tiền"},
    Team{"region-central", "", "Vùng Trung"},
    Team{"region-north", "", "Vùng Bắc"},
    Team{"region-south", "", "Vùng Nam"},
    Team{"supplier", "outside", "Nhà cung cấp"},
    Team{"thu-duc", "region-south", "Cửa hàng Thủ Đức"},
    Team{"vinh", "region-central", "Cửa hàng Vinh"},
    Team{"warranty", "", "Bảo hành"},
};

template <class Rows>
auto FindById(const Rows& rows, absl::string_view id) {
  const auto it =
      std::lower_bound(rows.begin(), rows.end(), id, [](const auto& row, absl::string_view x) { return row.id < x; });
  return it != rows.end() && it->id == id ? &*it : nullptr;
}

}  // namespace

absl::Span<const RootCause> RootCauses() { return kRootCauses; }
absl::Span<const Team> Teams() { return kTeams; }

bool IsCause(absl::string_view id) {
  const RootCause* cause = FindById(kRootCauses, id);
  return cause && !cause->parent.empty();
}

bool IsTeam(absl::string_view id) { return FindById(kTeams, id) != nullptr; }

absl::string_view TeamFor(absl::string_view owner_team) { return IsTeam(owner_team) ? owner_team : kDefaultTeam; }

}  // namespace hoiam::loop
