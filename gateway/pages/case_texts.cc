#include "gateway/pages/case_texts.h"

namespace hoiam::gateway {
namespace {

constexpr CaseTexts kVi = {
    .title = "Góp ý của anh/chị",
    .you_said = "Ngày {day}, anh/chị có góp ý",
    .you_told_us = "Ngày {day}, anh/chị đã góp ý với chúng tôi.",
    .we_did = "Chúng tôi đã làm",
    .will_contact = "{team} sẽ liên hệ trước {time}.",
    .will_contact_no_one = "Chúng tôi sẽ liên hệ trước {time}.",
    .working = "Chúng tôi đang xử lý ạ.",
    .steps = "Những việc đã qua",
    .proposal = "Chúng tôi đề xuất",
    .ask_proposal = "Anh/chị thấy đề xuất này được không ạ?",
    .accept = "Tôi đồng ý",
    .decline = "Tôi chưa đồng ý",
    .ask_settled = "Đến nay việc này đã ổn chưa ạ?",
    .settled = "Đã ổn",
    .unsettled = "Chưa ổn",
    .write = "Anh/chị viết thêm cho chúng tôi",
    .send = "Gửi",
    .thanks = "Cảm ơn anh/chị, chúng tôi đã nhận được ạ.",
    .over = "Việc này đã kết thúc. Cảm ơn anh/chị đã góp ý ạ.",
    .empty = "Anh/chị viết giúp vài lời rồi gửi ạ. Chưa có gì được lưu.",
    .too_long = "Nội dung dài quá hoặc có ký tự không đọc được. Anh/chị sửa lại giúp ạ. Chưa có gì được lưu.",
    .unknown = "Không tìm thấy trang này.",
    .unknown_hint = "Anh/chị kiểm tra lại đường dẫn giúp ạ: có thể nó bị cắt mất một phần.",
    .busy = "Hệ thống đang bận, chưa có gì được lưu. Anh/chị thử lại sau ít phút giúp ạ.",
    .states = {"Mới", "Đã tiếp nhận", "Đang xử lý", "Chờ anh/chị phản hồi", "Đã xử lý", "Đã kiểm chứng", "Đã đóng",
               "Mở lại", "Đã hủy"},
    .known = {{"opened", "Chúng tôi nhận được góp ý"},
              {"acknowledged", "Có người tiếp nhận"},
              {"contacted", "Chúng tôi đã liên hệ"},
              {"message", "Chúng tôi viết"},
              {"customer_message", "Anh/chị viết"},
              {"proposed", "Chúng tôi đề xuất"},
              {"accepted", "Anh/chị đồng ý"},
              {"declined", "Anh/chị chưa đồng ý"},
              {"compensated", "Chúng tôi gửi lời xin lỗi kèm bồi hoàn"},
              {"resolved", "Chúng tôi đã xử lý"},
              {"verified", "Việc đã ổn"},
              {"closed", "Đã đóng"},
              {"reopened", "Mở lại"}},
};

constexpr CaseTexts kEn = {
    .title = "What you told us",
    .you_said = "On {day} you said",
    .you_told_us = "On {day} you told us that something was wrong.",
    .we_did = "This is what we did",
    .will_contact = "{team} will get in touch with you before {time}.",
    .will_contact_no_one = "We will get in touch with you before {time}.",
    .working = "We are working on it.",
    .steps = "What has happened",
    .proposal = "We propose",
    .ask_proposal = "Is that fine with you?",
    .accept = "Yes, I agree",
    .decline = "No, not like this",
    .ask_settled = "Is it settled?",
    .settled = "Settled",
    .unsettled = "Not yet",
    .write = "Write to us",
    .send = "Send",
    .thanks = "Thank you, we have got it.",
    .over = "This is done. Thank you for telling us.",
    .empty = "Please write a few words before you send. Nothing has been saved.",
    .too_long = "This is too long, or holds characters that cannot be read. Nothing has been saved.",
    .unknown = "There is no such page.",
    .unknown_hint = "Please check the link: a part of it may have been cut off.",
    .busy = "We are busy, and nothing was saved. Please try again in a few minutes.",
    .states = {"New", "Taken", "In progress", "Waiting for you", "Solved", "Settled", "Closed", "Reopened",
               "Cancelled"},
    .known = {{"opened", "We heard you"},
              {"acknowledged", "Somebody has taken it"},
              {"contacted", "We got in touch"},
              {"message", "We wrote"},
              {"customer_message", "You wrote"},
              {"proposed", "We proposed"},
              {"accepted", "You agreed"},
              {"declined", "You did not agree"},
              {"compensated", "We sent an apology with something for the trouble"},
              {"resolved", "We solved it"},
              {"verified", "It is settled"},
              {"closed", "Closed"},
              {"reopened", "Reopened"}},
};

}  // namespace

const CaseTexts& CaseTextsIn(Language language) { return language == Language::kVi ? kVi : kEn; }

const char* StepText(absl::string_view what, Language language) {
  for (const CaseTexts::Step& step : CaseTextsIn(language).known)
    if (what == step.what) return step.words;
  return "";
}

}  // namespace hoiam::gateway
