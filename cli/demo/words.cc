#include "cli/demo/words.h"

#include <cstring>
#include <map>
#include <utility>

namespace hoiam::cli {

const std::vector<ShopName>& Shops() {
  static const auto* shops = new std::vector<ShopName>{
      {"cau-giay", "Cầu Giấy"}, {"ha-dong", "Hà Đông"}, {"long-bien", "Long Biên"}, {"hai-phong", "Hải Phòng"},
      {"vinh", "Vinh"},         {"da-nang", "Đà Nẵng"}, {"nha-trang", "Nha Trang"}, {"bien-hoa", "Biên Hòa"},
      {"thu-duc", "Thủ Đức"},   {"go-vap", "Gò Vấp"},   {"binh-tan", "Bình Tân"},   {"can-tho", "Cần Thơ"}};
  return *shops;
}

int ShopIndex(const char* team) {
  for (size_t i = 0; i < Shops().size(); ++i) {
    if (std::strcmp(Shops()[i].team, team) == 0) return static_cast<int>(i);
  }
  return -1;
}

const std::vector<Product>& Products() {
  static const auto* products = new std::vector<Product>{
      {kAirFryer, 1'890'000},     {"Nồi cơm điện", 1'290'000}, {"Máy xay sinh tố", 890'000},
      {"Máy sấy tóc", 590'000},   {"Quạt đứng", 990'000},      {"Bếp từ đôi", 4'490'000},
      {"Máy hút bụi", 3'290'000}, {"Ấm siêu tốc", 390'000},    {"Máy lọc không khí", 4'590'000},
      {"Lò vi sóng", 2'190'000},  {"Bàn ủi hơi nước", 790'000}};
  return *products;
}

const std::vector<std::string>& FamilyNames() {
  static const auto* names = new std::vector<std::string>{
      "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương"};
  return *names;
}

const std::vector<std::string>& WomensNames() {
  static const auto* names = new std::vector<std::string>{
      "Thị Hương", "Thị Mai",   "Thu Hà",   "Ngọc Linh", "Thị Hoa",    "Thanh Thảo", "Minh Châu", "Thị Ngân",
      "Bích Ngọc", "Thu Trang", "Kim Oanh", "Thị Yến",   "Phương Anh", "Thị Hạnh",   "Mỹ Duyên",  "Thị Loan"};
  return *names;
}

const std::vector<std::string>& MensNames() {
  static const auto* names = new std::vector<std::string>{
      "Văn Nam",   "Minh Tuấn",  "Quang Huy", "Đức Anh",  "Văn Hùng", "Thanh Sơn", "Quốc Bảo",   "Văn Long",
      "Hữu Phước", "Trung Kiên", "Tấn Phát",  "Văn Dũng", "Anh Khoa", "Văn Thắng", "Hoàng Việt", "Đình Phúc"};
  return *names;
}

const std::vector<Verbatim>& Verbatims() {
  static const auto* verbatims = new std::vector<Verbatim>{
      {0, "delivery", "Đặt giao trong 4h mà 2 ngày sau mới tới, gọi tổng đài không ai nghe máy."},
      {1, "store.advice", "nhan vien thai do loi lom, hoi gi cung khong them tra loi"},
      {2, "warranty", "Nồi chiên dùng 3 hôm đã hỏng, mang ra bảo hành thì bảo lỗi do người dùng 😡"},
      {3, "store.checkout", "Giá trên app một đằng, ra quầy tính một nẻo. Chát đến từng đồng!"},
      {4, "return", "doi tra lang nhang, chay di chay lai 3 lan moi xong"},
      {6, "store.checkout", "Dạ shop phục vụ cũng được ạ, chỉ là chờ thanh toán hơi lâu thôi, không sao đâu ạ."},
      {5, "delivery", "Cảm ơn shop nhiều ạ. Lần sau em xin phép mua chỗ khác ạ 🙂"},
      {2, "return", "Đơn tự huỷ k báo, tiền 5 ngày chưa hoàn!!!"},
      {6, "install", "Sp ok nhưng nv lắp xong để sàn bẩn, nhờ dọn thì khó chịu"},
      {0, "usage", "Máy sấy bốc khói, suýt cháy nhà. Tôi sẽ đăng Facebook."},
      {3, "hotline", "Customer service quá slow, chat 30p no reply luôn 😤"},
      {1, "delivery", "10 điểm cho sự vô trách nhiệm 👏👏"},

      {7, "delivery", "Hàng ổn, giao hơi lâu so với hẹn."},
      {8, "store", "san pham tot, gia hoi cao so voi ben khac"},
      {7, "store", "Bình thường, không có gì đặc biệt."},
      {8, "store.checkout", "Nhân viên nhiệt tình nhưng ít quầy, cuối tuần chờ 15 phút."},
      {7, "web", "ok, nhung app hay bi vang ra"},
      {8, "return", "Dạ tốt ạ, nếu được shop cho đổi trong 7 ngày thay vì 3 ngày ạ 😊"},
      {8, "usage", "Good, nhưng hướng dẫn toàn tiếng Trung, hơi khó hiểu"},
      {7, "store", "Được cái này mất cái kia 😅"},
      {8, "member", "Mong có thêm mã freeship cho hội viên"},
      {7, "install", "lap nhanh gon nhung goi bao truoc co 10p"},
      {7, "store", "Rất hài lòng ạ"},
      {8, "store.display", "Thái độ hoà nhã nhưng hàng khuyến mãi hay hết"},

      {10, "store.advice", "Tư vấn có tâm, không ép mua. Sẽ quay lại!"},
      {10, "delivery", "giao nhanh, dong goi ky, 10 diem"},
      {9, "usage", "Hàng chất, chất đến từng đồng 👍"},
      {10, "warranty", "Bạn Hương xử lý 15 phút xong, quá nể ❤️"},
      {9, "usage", "Đã giới thiệu cho chị gái và 2 bạn cùng phòng mua nồi cơm."},
      {10, "store", "Hàng bán chạy là đúng, kem chống dính đi kèm cũng xịn"},
      {10, "store", "Best shop ever! Nhân viên siêu dễ thương 🥰"},
      {9, "usage", "Mua cho ba má xài, ba má khen hoài"},
      {10, "install", "tho lap may rat lich su, don dep sach se"},
      {9, "delivery", "Lần trước giao trễ có phàn nàn, lần này shop gọi xin lỗi và giao đúng giờ."},
      {10, "usage", "10 điểm cho nhân viên, nhưng ổ cắm bị rò điện, shop qua xem giúp em với ạ"},
      {9, "web", "K chê vào đâu đc, okela 👌"}};
  return *verbatims;
}

const std::vector<std::string>& Remarks(const std::string& touchpoint, Mood mood) {
  using Key = std::pair<std::string, Mood>;
  static const auto* remarks = new std::map<Key, std::vector<std::string>>{
      {{"store.checkout", Mood::kUnhappy},
       {"Chờ thanh toán lâu quá", "Quầy đông mà chỉ mở một máy", "Khuyến mãi không được áp dụng ở quầy"}},
      {{"store.checkout", Mood::kSoSo}, {"Tạm được, hơi đông", "Cuối tuần nên thêm quầy"}},
      {{"store.checkout", Mood::kHappy}, {"Thanh toán nhanh, hóa đơn rõ ràng", "Nhân viên thu ngân vui vẻ"}},
      {{"delivery", Mood::kSoSo}, {"Giao được, nhưng không gọi trước"}},
      {{"delivery", Mood::kHappy}, {"Giao đúng hẹn", "Anh giao hàng lịch sự", "Đóng gói kỹ, cảm ơn shop"}},
      {{"install", Mood::kSoSo}, {"Lắp ổn, hẹn hơi trễ"}},
      {{"install", Mood::kHappy}, {"Thợ lắp gọn gàng", "Hướng dẫn sử dụng rất kỹ"}},
      {{"usage", Mood::kUnhappy}, {"Máy kêu to hơn quảng cáo", "Dùng một tháng đã yếu"}},
      {{"usage", Mood::kSoSo}, {"Dùng được, hơi tốn điện"}},
      {{"usage", Mood::kHappy}, {"Dùng rất thích", "Nấu cơm ngon, cả nhà khen"}},
      {{"return", Mood::kUnhappy}, {"Phải điền quá nhiều giấy tờ", "Hoàn tiền chậm"}},
      {{"return", Mood::kHappy}, {"Đổi nhanh, không hỏi khó"}},
      {{"warranty", Mood::kUnhappy}, {"Bảo hành hẹn đi hẹn lại", "Chờ linh kiện ba tuần"}},
      {{"warranty", Mood::kHappy}, {"Sửa nhanh, gọi báo rõ ràng"}},
      {{"hotline", Mood::kUnhappy}, {"Gọi ba lần mới gặp người", "Phải kể lại từ đầu mỗi lần gọi"}},
      {{"hotline", Mood::kHappy}, {"Tổng đài nhiệt tình, xử lý một lần là xong"}},
      {{"order", Mood::kUnhappy}, {"Trang thanh toán lỗi, phải đặt lại"}},
      {{"order", Mood::kHappy}, {"Đặt hàng dễ, báo trạng thái đầy đủ"}},
      {{"store.advice", Mood::kHappy}, {"Tư vấn kỹ, đúng nhu cầu", "Nhân viên hiểu sản phẩm"}},
      {{"store.advice", Mood::kSoSo}, {"Tư vấn được, hơi vội"}}};
  static const auto* none = new std::vector<std::string>;
  const auto it = remarks->find({touchpoint, mood});
  return it == remarks->end() ? *none : it->second;
}

const std::vector<std::string>& LateRemarks() {
  static const auto* remarks = new std::vector<std::string>{
      "Giao trễ hai ngày, không ai báo trước", "Hẹn giao sáng mà tối hôm sau mới tới",
      "giao hang tre, goi khong nghe may", "Đơn nằm ở kho ba ngày, hỏi thì bảo chờ", "Trễ hẹn lần thứ hai rồi"};
  return *remarks;
}

const std::vector<std::string>& BadLotRemarks() {
  static const auto* remarks = new std::vector<std::string>{
      "Nồi chiên mới mua đã tự tắt giữa chừng", "Nồi chiên bong lớp chống dính sau một tuần",
      "noi chien khong nong nua, moi mua", "Nồi chiên có mùi khét, không dám dùng"};
  return *remarks;
}

const std::vector<std::string>& AttitudeRemarks() {
  static const auto* remarks =
      new std::vector<std::string>{"Nhân viên nói trống không, hỏi thêm thì khó chịu", "Thái độ nhân viên quá tệ",
                                   "Hỏi giá mà nhân viên lườm", "nhan vien bam dien thoai, khach hoi khong tra loi"};
  return *remarks;
}

}  // namespace hoiam::cli
