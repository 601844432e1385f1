#include "gateway/pages/texts.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"

namespace hoiam::gateway {
namespace {

constexpr Texts kVi = {
    .survey = "Khảo sát",
    .required = "bắt buộc",
    .proceed = "Tiếp tục",
    .send = "Gửi",
    .comment = "Tùy chọn: để lại góp ý",
    .phone = "Tùy chọn: số điện thoại để nhận phản hồi",
    .other_language = "English",
    .unsubscribe = "Không nhận khảo sát nữa",
    .thanks = "Cảm ơn {xungHo}!",
    .thanks_low = "Cảm ơn {xungHo} đã nói thẳng.",
    .thanks_middle = "Cảm ơn {xungHo}, chúng tôi sẽ cố gắng hơn.",
    .thanks_high = "Cảm ơn {xungHo} đã tin tưởng {brand}!",
    .will_contact = "{brand} sẽ liên hệ lại với {xungHo} ạ.",
    .used = "{XungHo} đã trả lời khảo sát này rồi, cảm ơn ạ.",
    .expired = "Khảo sát đã hết hạn. Cảm ơn {xungHo} đã quan tâm ạ.",
    .revoked = "Khảo sát này không còn mở nữa. Cảm ơn {xungHo} ạ.",
    .unknown = "Không tìm thấy khảo sát này.",
    .unknown_hint = "{XungHo} kiểm tra lại đường dẫn giúp ạ: có thể nó bị cắt mất một phần.",
    .busy = "Hệ thống đang bận, câu trả lời chưa được lưu. {XungHo} gửi lại sau ít phút giúp ạ.",
    .bad_request = "Yêu cầu chưa hợp lệ. {XungHo} mở lại đường dẫn trong tin nhắn giúp ạ.",
    .too_long = "Nội dung gửi dài quá nên chưa được lưu. {XungHo} viết ngắn lại giúp ạ.",
    .unsubscribe_title = "Không nhận khảo sát nữa",
    .unsubscribe_ask = "{XungHo} không muốn {brand} gửi khảo sát nữa ạ?",
    .unsubscribe_button = "Đúng, đừng gửi khảo sát nữa",
    .unsubscribed = "Đã ghi nhận: {brand} sẽ không gửi khảo sát nữa.",
    .we = "chúng tôi",
    .please_check = "{XungHo} xem lại giúp những chỗ được đánh dấu ạ. Chưa có gì được lưu.",
    .error_required = "{XungHo} chọn giúp một câu trả lời ạ.",
    .error_too_long = "Câu trả lời dài quá 4.000 ký tự.",
    .error_too_many = "{XungHo} chọn ít lựa chọn hơn giúp ạ.",
    .error_characters = "Câu trả lời có ký tự không đọc được.",
    .error_other = "Câu trả lời chưa hợp lệ, {xungHo} trả lời lại giúp ạ.",
    .satisfaction = {"Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"},
    .expectation = {"Kém hơn", "Đúng như", "Tốt hơn"},
    .expected = "Mong đợi",
    .received = "Thực tế",
    .nothing_missing = "Không có, như vậy là tốt rồi",
    .at_most = "Chọn tối đa {n}",
};

constexpr Texts kEn = {
    .survey = "Survey",
    .required = "required",
    .proceed = "Continue",
    .send = "Send",
    .comment = "Optional: leave a comment",
    .phone = "Optional: your phone, so that we can answer you",
    .other_language = "Tiếng Việt",
    .unsubscribe = "No more surveys, please",
    .thanks = "Thank you!",
    .thanks_low = "Thank you for being frank with us.",
    .thanks_middle = "Thank you, we will try harder.",
    .thanks_high = "Thank you for trusting {brand}!",
    .will_contact = "{brand} will get in touch with you.",
    .used = "You have already answered this survey, thank you.",
    .expired = "This survey has expired. Thank you for your interest.",
    .revoked = "This survey is no longer open. Thank you.",
    .unknown = "There is no such survey.",
    .unknown_hint = "Please check the link: a part of it may have been cut off.",
    .busy = "We are busy, and your answer was not saved. Please send it again in a few minutes.",
    .bad_request = "This request is not right. Please open the link in your message again.",
    .too_long = "What you sent is too long, and was not saved. Please make it shorter.",
    .unsubscribe_title = "No more surveys",
    .unsubscribe_ask = "Shall {brand} stop sending you surveys?",
    .unsubscribe_button = "Yes, send me no more surveys",
    .unsubscribed = "Noted: there will be no more surveys from {brand}.",
    .we = "us",
    .please_check = "Please look at the places marked below. Nothing has been saved yet.",
    .error_required = "Please choose an answer.",
    .error_too_long = "The answer is longer than 4,000 characters.",
    .error_too_many = "Please choose fewer of them.",
    .error_characters = "The answer holds characters that cannot be read.",
    .error_other = "This answer is not valid, please answer again.",
    .satisfaction = {"Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"},
    .expectation = {"Worse", "As expected", "Better"},
    .expected = "Expected",
    .received = "Received",
    .nothing_missing = "Nothing, it is good as it is",
    .at_most = "At most {n}",
};

// With a great first letter.
std::string AtHead(const std::string& words) {
  icu::UnicodeString s = icu::UnicodeString::fromUTF8(words);
  const int32_t first = s.moveIndex32(0, 1);
  icu::UnicodeString head(s, 0, first);
  head.toUpper(icu::Locale::getRoot());
  s.replace(0, first, head);
  std::string out;
  return s.toUTF8String(out);
}

}  // namespace

const char* CodeOf(Language language) { return language == Language::kVi ? "vi" : "en"; }

Language ChooseLanguage(absl::string_view asked, absl::string_view known, absl::string_view accepted) {
  if (asked == "vi") return Language::kVi;
  if (asked == "en") return Language::kEn;
  for (absl::string_view tag : {known, accepted}) {
    if (tag.empty() || tag[0] == '*') continue;
    return absl::StartsWithIgnoreCase(tag, "vi") ? Language::kVi : Language::kEn;
  }
  return Language::kVi;
}

std::string TextIn(const hoiam::survey::v1::LocalizedText& text, Language language) {
  const std::string& wanted = language == Language::kVi ? text.vi() : text.en();
  return wanted.empty() ? (language == Language::kVi ? text.en() : text.vi()) : wanted;
}

const Texts& TextsIn(Language language) { return language == Language::kVi ? kVi : kEn; }

std::string Filled(const char* text, const Names& names, Language language) {
  std::string brand = names.brand.empty() ? TextsIn(language).we : names.brand;
  if (names.brand.empty() && absl::StartsWith(text, "{brand}")) brand = language == Language::kVi ? "Chúng tôi" : "We";
  const std::string address = names.address.empty() ? "anh/chị" : names.address;
  return absl::StrReplaceAll(text, {{"{brand}", brand}, {"{xungHo}", address}, {"{XungHo}", AtHead(address)}});
}

const char* ErrorText(absl::string_view reason, Language language) {
  const Texts& t = TextsIn(language);
  if (reason == "REQUIRED") return t.error_required;
  if (reason == "TOO_LONG") return t.error_too_long;
  if (reason == "TOO_MANY_CHOICES") return t.error_too_many;
  if (reason == "INVALID_UTF8" || reason == "CONTROL_CHARACTER") return t.error_characters;
  return t.error_other;
}

}  // namespace hoiam::gateway
