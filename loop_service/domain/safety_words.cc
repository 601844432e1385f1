// The safety words. In quotation marks: what is something harmless too without its diacritics, and so is found only
// with them. "may giat dien tu" is an electronic washing machine, "may chay no keu" says that it makes a noise, "nhan
// vien bao chi cho" that the customer was told to wait.
#include "loop_service/domain/alarm_rule.h"

namespace hoiam::loop {

absl::Span<const std::string> SafetyWords() {
  static const auto* words = new std::vector<std::string>{
      // Cháy nổ.
      "\"cháy nổ\"", "bị cháy nổ", "gây cháy nổ", "suýt cháy nổ", "nguy cơ cháy nổ", "sợ cháy nổ", "suýt cháy",
      "bốc cháy", "bốc khói", "cháy rụi", "chập cháy", "cháy khét", "mùi khét", "khét lẹt", "hỏa hoạn", "\"cháy nhà\"",
      "\"cháy máy\"", "\"cháy ổ cắm\"", "\"cháy dây\"", "\"cháy pin\"", "\"phát nổ\"", "\"nổ tung\"", "\"nổ pin\"",
      "\"nổ bình\"", "rò gas", "xì gas", "rò rỉ gas", "\"rò khí\"",
      // Rò điện.
      "rò điện", "rò rỉ điện", "nhiễm điện", "chập điện", "phóng điện", "tóe lửa", "điện giật", "bị giật điện",
      "\"giật điện\"", "\"hở điện\"",
      // Ngộ độc, thương tích.
      "ngộ độc", "nhập viện", "đi viện", "cấp cứu", "nguy hiểm tính mạng", "\"gây bỏng\"", "\"bị bỏng\"",
      "\"bị phỏng\"", "\"chảy máu\"",
      // Lừa đảo.
      "lừa đảo", "lừa gạt", "lừa bịp", "bị lừa", "chiếm đoạt",
      // Báo chí.
      "\"báo chí\"", "đưa lên báo chí", "phóng viên", "bóc phốt", "\"đưa lên báo\"", "\"đăng báo\"",
      // Khởi kiện.
      "khởi kiện", "kiện ra tòa", "đưa ra tòa", "hầu tòa", "đâm đơn kiện", "nộp đơn kiện", "luật sư", "báo công an",
      "gọi công an", "\"tố cáo\"", "\"trình báo\"",
      // English.
      "caught fire", "catch fire", "burst into flames", "electric shock", "electrocuted", "short circuit", "gas leak",
      "exploded", "explosion", "food poisoning", "hospitalized", "hospitalised", "emergency room", "scam", "scammed",
      "fraud", "lawsuit", "my lawyer", "take you to court", "the police"};
  return *words;
}

}  // namespace hoiam::loop
