#include "cli/commands/names.h"

namespace hoiam::cli {

std::string StateName(const Say& say, loop::v1::CaseState::Code state) {
  using S = loop::v1::CaseState;
  switch (state) {
    case S::NEW:
      return say("Mới", "New");
    case S::ACKNOWLEDGED:
      return say("Đã tiếp nhận", "Acknowledged");
    case S::IN_PROGRESS:
      return say("Đang xử lý", "In progress");
    case S::WAITING_CUSTOMER:
      return say("Chờ khách phản hồi", "Waiting for customer");
    case S::RESOLVED:
      return say("Đã xử lý", "Resolved");
    case S::VERIFIED:
      return say("Đã kiểm chứng", "Verified");
    case S::CLOSED:
      return say("Đã đóng", "Closed");
    case S::REOPENED:
      return say("Mở lại", "Reopened");
    case S::CANCELLED:
      return say("Đã hủy", "Cancelled");
    default:
      return S::Code_Name(state);
  }
}

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
    default:
      return S::Code_Name(state);
  }
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
    default:
      return K::Code_Name(kind);
  }
}

}  // namespace hoiam::cli
