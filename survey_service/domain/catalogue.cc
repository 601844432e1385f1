#include "survey_service/domain/catalogue.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>

#include "absl/strings/str_split.h"
#include "platform/base/text.h"

namespace hoiam::survey {
namespace {

constexpr auto kBefore = JourneyStage::kBefore, kDuring = JourneyStage::kDuring, kAfter = JourneyStage::kAfter;
constexpr auto kAnywhere = PlaceKind::kNone, kOnline = PlaceKind::kOnline, kOffline = PlaceKind::kOffline;
constexpr bool kTruth = true, kBeyondControl = false;

template <class Entry>
std::map<std::string, absl::string_view> NamesOf(const std::vector<Entry>& entries) {
  std::map<std::string, absl::string_view> ids;
  for (const Entry& e : entries)
    for (absl::string_view name : {e.vi, e.en}) ids.emplace(FoldName(name), e.id);
  return ids;
}

}  // namespace

absl::string_view CatalogueKindName(CatalogueKind kind) {
  return kind == CatalogueKind::kTouchpoint ? "touchpoint" : "channel";
}

const std::vector<BuiltInTouchpoint>& BuiltInTouchpoints() {
  static const auto* touchpoints = new std::vector<BuiltInTouchpoint>{
      {"ads", "Quảng cáo", "Advertising", kBefore, kAnywhere, ""},
      {"ads.facebook", "Quảng cáo Facebook", "Facebook ads", kBefore, kOnline, "facebook"},
      {"ads.google", "Quảng cáo Google", "Google ads", kBefore, kOnline, "web"},
      {"ads.leaflet", "Tờ rơi", "Leaflet", kBefore, kOffline, ""},
      {"ads.tiktok", "Quảng cáo TikTok", "TikTok ads", kBefore, kOnline, "tiktok"},
      {"care", "Chăm sóc khách hàng", "Customer care", kAfter, kAnywhere, ""},
      {"chat", "Tư vấn Zalo/chat", "Advice by chat", kBefore, kOnline, "chat"},
      {"delivery", "Giao hàng", "Delivery", kAfter, kOffline, "home", kTruth},
      {"hotline", "Tổng đài", "Hotline", kAfter, kOnline, "phone"},
      {"install", "Lắp đặt", "Installation", kAfter, kOffline, "home"},
      {"invoice", "Hóa đơn", "Invoice", kDuring, kAnywhere, ""},
      {"member", "Hội viên", "Membership", kAfter, kAnywhere, ""},
      {"order", "Đặt hàng online", "Online order", kDuring, kOnline, "web"},
      {"return", "Đổi trả, hoàn tiền", "Returns and refunds", kAfter, kAnywhere, ""},
      {"reviews", "Xếp hạng & bài đánh giá", "Ratings and reviews", kBefore, kOnline, "web", !kTruth, kBeyondControl},
      {"store", "Cửa hàng", "Store", kDuring, kOffline, "store"},
      {"store.advice", "Tư vấn tại quầy", "Advice at the counter", kDuring, kOffline, "store", kTruth},
      {"store.checkout", "Thanh toán", "Checkout", kDuring, kOffline, "store"},
      {"store.display", "Trưng bày", "Display", kDuring, kOffline, "store"},
      {"store.parking", "Bãi giữ xe", "Parking", kDuring, kOffline, "store"},
      {"store.sign", "Biển hiệu", "Shop sign", kDuring, kOffline, "store"},
      {"usage", "Sử dụng sản phẩm", "Using the product", kAfter, kOffline, ""},
      {"warranty", "Bảo hành", "Warranty", kAfter, kAnywhere, "", kTruth},
      {"web", "Website/App", "Website and app", kBefore, kOnline, "web"},
  };
  return *touchpoints;
}

const std::vector<BuiltInChannel>& BuiltInChannels() {
  static const auto* channels = new std::vector<BuiltInChannel>{
      {"app", "Ứng dụng", "App", kOnline},
      {"chat", "Chat trên web", "Web chat", kOnline},
      {"email", "Email", "Email", kOnline},
      {"facebook", "Facebook", "Facebook", kOnline},
      {"home", "Tại nhà khách", "At the customer's", kOffline},
      {"kiosk", "Máy tự phục vụ", "Kiosk", kOffline},
      {"marketplace", "Sàn thương mại điện tử", "Marketplace", kOnline},
      {"partner", "Đại lý, đối tác", "Dealer or partner", kOffline},
      {"phone", "Điện thoại", "Phone", kOnline},
      {"sms", "Tin nhắn SMS", "SMS", kOnline},
      {"store", "Cửa hàng", "Store", kOffline},
      {"tiktok", "TikTok", "TikTok", kOnline},
      {"web", "Website", "Website", kOnline},
      {"zalo", "Zalo", "Zalo", kOnline},
  };
  return *channels;
}

std::string FoldName(absl::string_view name) {
  if (!IsUtf8(name)) return "";
  icu::UnicodeString text =
      icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int32_t>(name.size())));
  text.toLower(icu::Locale::getRoot());
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  if (U_SUCCESS(error)) text = nfc->normalize(text, error);
  std::string folded;
  if (U_FAILURE(error)) return folded;
  text.toUTF8String(folded);
  std::string out;
  for (absl::string_view word : absl::StrSplit(folded, ' ', absl::SkipEmpty())) {
    if (!out.empty()) out += ' ';
    out.append(word.data(), word.size());
  }
  return out;
}

std::optional<absl::string_view> FindBuiltIn(CatalogueKind kind, absl::string_view folded_name) {
  static const auto* touchpoints = new auto(NamesOf(BuiltInTouchpoints()));
  static const auto* channels = new auto(NamesOf(BuiltInChannels()));
  const auto& ids = kind == CatalogueKind::kTouchpoint ? *touchpoints : *channels;
  const auto found = ids.find(std::string(folded_name));
  return found == ids.end() ? std::nullopt : std::optional(found->second);
}

JourneyStage BuiltInStage(absl::string_view id) {
  const auto& all = BuiltInTouchpoints();
  const auto found = std::find_if(all.begin(), all.end(), [id](const BuiltInTouchpoint& t) { return t.id == id; });
  return found == all.end() ? JourneyStage::kNone : found->stage;
}

bool CouldBeId(absl::string_view name) {
  Violations v;
  CheckSlug(name, "", true, v);
  return v.empty();
}

bool IsTreeId(absl::string_view id) {
  if (!CouldBeId(id)) return false;
  for (absl::string_view part : absl::StrSplit(id, '.'))
    if (part.empty()) return false;
  return true;
}

absl::string_view ParentOf(absl::string_view id) {
  const size_t dot = id.rfind('.');
  return dot == absl::string_view::npos ? "" : id.substr(0, dot);
}

}  // namespace hoiam::survey
