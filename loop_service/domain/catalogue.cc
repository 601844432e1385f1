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
    Team{"cskh", "", "Chăm sóc khách hàng"},
    Team{"cx", "", "CX"},
    Team{"delivery", "", "Giao vận"},
    Team{"digital", "", "Số (App)"},
    Team{"install", "", "Lắp đặt"},
    Team{"marketing", "", "Marketing"},
    Team{"merchandise", "", "Ngành hàng"},
    Team{"outside", "", "Bên ngoài"},
    Team{"outside_delivery_partner", "outside", "Đối tác giao hàng"},
    Team{"outside_supplier", "outside", "Nhà cung cấp"},
    Team{"refund", "", "Kế toán hoàn tiền"},
    Team{"region_central", "", "Vùng Trung"},
    Team{"region_north", "", "Vùng Bắc"},
    Team{"region_south", "", "Vùng Nam"},
    Team{"store_bien_hoa", "region_south", "Cửa hàng Biên Hòa"},
    Team{"store_binh_tan", "region_south", "Cửa hàng Bình Tân"},
    Team{"store_can_tho", "region_south", "Cửa hàng Cần Thơ"},
    Team{"store_cau_giay", "region_north", "Cửa hàng Cầu Giấy"},
    Team{"store_da_nang", "region_central", "Cửa hàng Đà Nẵng"},
    Team{"store_go_vap", "region_south", "Cửa hàng Gò Vấp"},
    Team{"store_ha_dong", "region_north", "Cửa hàng Hà Đông"},
    Team{"store_hai_phong", "region_north", "Cửa hàng Hải Phòng"},
    Team{"store_long_bien", "region_north", "Cửa hàng Long Biên"},
    Team{"store_nha_trang", "region_central", "Cửa hàng Nha Trang"},
    Team{"store_thu_duc", "region_south", "Cửa hàng Thủ Đức"},
    Team{"store_vinh", "region_central", "Cửa hàng Vinh"},
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
