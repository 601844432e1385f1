#include "cli/commands/names.h"

namespace hoiam::cli {

std::string StateName(const Say& say, survey::v1::InvitationState::Code state) {
  using S = survey::v1::InvitationState;
  switch (state) {
    case S::CREATED:
      return say("chưa trả lời", "not answered");
    case S::SENT:
      return say("đã gửi", "sent");
    case S::STARTED:
      return say("đang trả lời", "started");
    case S::ANSWERED:
      return say("đã trả lời", "answered");
    case S::EXPIRED:
      return say("hết hạn", "expired");
    case S::REVOKED:
      return say("đã thu hồi", "withdrawn");
    case S::SCHEDULED:
      return say("chờ đến giờ gửi", "scheduled");
    case S::DELIVERED:
      return say("đã nhận", "delivered");
    case S::OPENED:
      return say("đã mở", "opened");
    case S::BOUNCED:
      return say("bị trả lại", "bounced");
    default:
      return S::Code_Name(state);
  }
}

std::string StateName(const Say& say, survey::v1::SurveyState::Code state) {
  using S = survey::v1::SurveyState;
  switch (state) {
    case S::DRAFT:
      return say("bản nháp", "draft");
    case S::ACTIVE:
      return say("đang chạy", "active");
    case S::PAUSED:
      return say("tạm dừng", "paused");
    case S::ARCHIVED:
      return say("đã lưu trữ", "archived");
    default:
      return S::Code_Name(state);
  }
}

std::string StateName(const Say& say, survey::v1::WaveState::Code state) {
  using S = survey::v1::WaveState;
  switch (state) {
    case S::RUNNING:
      return say("đang hỏi", "running");
    case S::DONE:
      return say("đã xong", "done");
    case S::CANCELLED:
      return say("đã hủy", "cancelled");
    default:
      return S::Code_Name(state);
  }
}

std::string StepName(const Say& say, survey::v1::FunnelStep::Code step) {
  using S = survey::v1::FunnelStep;
  switch (step) {
    case S::TRIGGERED:
      return say("Có việc để hỏi", "Triggered");
    case S::ELIGIBLE:
      return say("Được phép hỏi", "Eligible");
    case S::SAMPLED:
      return say("Trong mẫu", "Sampled");
    case S::SENT:
      return say("Đã gửi", "Sent");
    case S::DELIVERED:
      return say("Đã nhận", "Delivered");
    case S::OPENED:
      return say("Đã mở", "Opened");
    case S::STARTED:
      return say("Bắt đầu trả lời", "Started");
    case S::FINISHED:
      return say("Trả lời xong", "Finished");
    default:
      return S::Code_Name(step);
  }
}

std::string ReasonName(const Say& say, survey::v1::SkipReason::Code reason) {
  using R = survey::v1::SkipReason;
  static constexpr struct {
    R::Code reason;
    const char *vi, *en;
  } kNames[] = {{R::TRIGGER_NOT_MATCHED, "không đúng điều kiện khởi phát", "does not match the trigger"},
                {R::INTERACTION_TOO_OLD, "việc đã quá lâu", "happened too long ago"},
                {R::NOT_SAMPLED, "không nằm trong tỷ lệ lấy mẫu", "not in the sampled share"},
                {R::UNSUBSCRIBED, "khách đã từ chối nhận khảo sát", "asked not to be surveyed"},
                {R::FLOOR_24H, "đã được hỏi trong 24 giờ qua", "asked within the last 24 hours"},
                {R::FATIGUE_WINDOW, "khảo sát này vừa hỏi khách", "this survey asked not long ago"},
                {R::ALREADY_ASKED, "việc này đã được hỏi rồi", "this was asked about already"},
                {R::RECORD_ONLY, "chỉ ghi nhận, không hỏi", "recorded only"},
                {R::VOIDED, "giao dịch đã hủy", "the interaction was voided"},
                {R::NO_CONSENT, "khách chưa đồng ý nhận khảo sát", "has not agreed to be surveyed"},
                {R::NO_CHANNEL, "không có kênh nào tới được khách", "no channel reaches the customer"},
                {R::POLICY_RULE, "đủ số lần hỏi theo quy định", "a rule of the policy is full"},
                {R::BLACKOUT, "ngày không hỏi khách", "a day without surveys"},
                {R::DAILY_LIMIT, "khảo sát đã gửi đủ trong ngày", "the survey's limit of the day is reached"},
                {R::RESPONDENT_KIND, "khảo sát không hỏi loại khách này", "not the kind of respondent it asks"},
                {R::TARGET_REACHED, "đã đủ câu trả lời", "has as many answers as it wanted"},
                {R::NOT_IN_SAMPLE, "không nằm trong mẫu của đợt", "not in the wave's sample"},
                {R::SURVEY_NOT_ACTIVE, "khảo sát không chạy", "the survey is not active"}};
  for (const auto& n : kNames) {
    if (n.reason == reason) return say(n.vi, n.en);
  }
  return R::Code_Name(reason);
}

std::string KindName(const Say& say, scoring::v1::EntryKind::Code kind) {
  using K = scoring::v1::EntryKind;
  switch (kind) {
    case K::INTERACTION:
      return say("Tương tác", "Interaction");
    case K::INVITATION:
      return say("Lời mời khảo sát", "Invitation");
    case K::RESPONSE:
      return say("Ý kiến", "Answer");
    case K::CASE:
      return say("Phiếu xử lý", "Case");
    case K::USAGE:
      return say("Sử dụng hàng hóa", "Usage");
    default:
      return K::Code_Name(kind);
  }
}

}  // namespace hoiam::cli
