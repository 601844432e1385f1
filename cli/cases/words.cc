#include "cli/cases/words.h"

#include <algorithm>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/api/time.h"

namespace hoiam::cli {
namespace {

namespace pb = loop::v1;

struct Words {
  const char *vi, *en;
};

bool IsOpen(pb::CaseState::Code state) {
  using S = pb::CaseState;
  return state != S::RESOLVED && state != S::VERIFIED && state != S::CLOSED && state != S::CANCELLED;
}

}  // namespace

std::string StateName(const Say& say, pb::CaseState::Code state) {
  using S = pb::CaseState;
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

std::string KindName(const Say& say, pb::CaseKind::Code kind) {
  using K = pb::CaseKind;
  switch (kind) {
    case K::DETRACTOR:
      return say("Phản đối", "Detractor");
    case K::PASSIVE:
      return say("Trung lập", "Passive");
    case K::PROMOTER:
      return say("Ủng hộ", "Promoter");
    case K::FEEDBACK:
      return say("Góp ý", "Feedback");
    default:
      return K::Code_Name(kind);
  }
}

std::string DeadlineName(const Say& say, pb::Deadline::Code deadline) {
  using D = pb::Deadline;
  switch (deadline) {
    case D::ACKNOWLEDGE:
      return say("tiếp nhận", "acknowledge");
    case D::CONTACT:
      return say("liên hệ khách", "contact");
    case D::RESOLVE:
      return say("xử lý xong", "resolve");
    default:
      return D::Code_Name(deadline);
  }
}

std::string VerificationName(const Say& say, pb::Verification::Code verification) {
  using V = pb::Verification;
  switch (verification) {
    case V::SCORE:
      return say("điểm mới tốt hơn", "a better score");
    case V::CUSTOMER_WORD:
      return say("chính khách xác nhận", "the customer's word");
    case V::SILENCE:
      return say("khách im lặng (không phải lời xác nhận)", "silence (which confirms nothing)");
    default:
      return "";
  }
}

std::string RelationName(const Say& say, pb::Relation::Code relation) {
  using R = pb::Relation;
  switch (relation) {
    case R::SAME_PERSON:
      return say("cùng một khách", "the same person");
    case R::SAME_LOT:
      return say("cùng lô hàng", "the same lot");
    case R::SAME_TOUCHPOINT:
      return say("cùng điểm chạm", "the same touchpoint");
    case R::SAME_SHOP:
      return say("cùng cửa hàng", "the same shop");
    default:
      return R::Code_Name(relation);
  }
}

std::string BlockName(const Say& say, pb::OfferBlock::Code block) {
  using B = pb::OfferBlock;
  switch (block) {
    case B::OPEN_CASE:
      return say("phiếu xử lý của khách phản đối còn mở", "a detractor's case is open");
    case B::OPEN_COMPLAINT:
      return say("khiếu nại chưa xong", "a complaint is open");
    case B::OPEN_RETURN:
      return say("đổi trả chưa xong", "a return is open");
    default:
      return B::Code_Name(block);
  }
}

std::string ActionName(const Say& say, const std::string& action) {
  static const auto* names = new std::map<std::string, Words>{
      {"open", {"mở phiếu", "opened"}},
      {"attach", {"thêm câu trả lời", "answer attached"}},
      {"amend", {"câu trả lời được sửa", "answer amended"}},
      {"acknowledge", {"tiếp nhận", "acknowledged"}},
      {"assign", {"giao", "assigned"}},
      {"note", {"ghi chú", "note"}},
      {"contact", {"liên hệ khách", "contacted"}},
      {"diagnose", {"xác định nguyên nhân", "cause named"}},
      {"need", {"nhu cầu của khách", "need"}},
      {"propose", {"đề xuất cách giải quyết", "solution proposed"}},
      {"answer_solution", {"khách trả lời đề xuất", "proposal answered"}},
      {"compensate", {"bồi hoàn", "compensated"}},
      {"message", {"nhắn khách", "message"}},
      {"customer_message", {"khách nhắn", "customer wrote"}},
      {"resolve", {"xử lý xong", "resolved"}},
      {"verify", {"kiểm chứng", "verified"}},
      {"close", {"đóng", "closed"}},
      {"reopen", {"mở lại", "reopened"}},
      {"cancel", {"hủy", "cancelled"}},
      {"due", {"sắp đến hạn", "due soon"}},
      {"overdue", {"quá hạn", "overdue"}},
      {"escalate", {"báo cấp trên", "escalated"}},
      {"resume", {"hết chờ, làm tiếp", "goes on"}},
      {"said_twice", {"khách phải nói hai lần", "said twice"}},
      {"fix_failed", {"cách khắc phục không hiệu quả", "the fix failed"}},
  };
  const auto it = names->find(action);
  return it == names->end() ? action : say(it->second.vi, it->second.en);
}

std::string Span(const Say& say, absl::Duration d) {
  const int64_t minutes = absl::ToInt64Minutes(absl::AbsDuration(d));
  const int64_t days = minutes / (24 * 60), hours = minutes / 60 % 24, rest = minutes % 60;
  const auto unit = [&](int64_t n, const char* vi, const char* en) { return absl::StrCat(n, " ", say(vi, en)); };
  if (minutes == 0) return say("chưa đầy 1 phút", "under 1 min");
  if (days > 0) return unit(days, "ngày", "d") + (hours ? " " + unit(hours, "giờ", "h") : "");
  if (hours > 0) return unit(hours, "giờ", "h") + (rest ? " " + unit(rest, "phút", "min") : "");
  return unit(rest, "phút", "min");
}

std::string Left(const Say& say, absl::Duration d) {
  return d < absl::ZeroDuration() ? absl::StrCat(say("trễ ", ""), Span(say, d), say("", " late"))
                                  : absl::StrCat(say("còn ", ""), Span(say, d), say("", " left"));
}

std::optional<NextMoment> NextOf(const Say& say, const pb::Case& c) {
  using S = pb::CaseState;
  if (c.state() == S::RESOLVED && c.has_verify_at())
    return NextMoment{say("kiểm chứng", "verified by silence"), ToTime(c.verify_at())};
  if (c.state() == S::WAITING_CUSTOMER && c.has_wait_until())
    return NextMoment{say("chờ khách", "waits for the customer"), ToTime(c.wait_until())};
  if (!IsOpen(c.state())) return std::nullopt;
  std::vector<NextMoment> all;
  if (c.state() == S::NEW || c.state() == S::REOPENED)
    all.push_back({DeadlineName(say, pb::Deadline::ACKNOWLEDGE), ToTime(c.acknowledge_by())});
  if (!c.has_contact_time()) all.push_back({DeadlineName(say, pb::Deadline::CONTACT), ToTime(c.contact_by())});
  all.push_back({DeadlineName(say, pb::Deadline::RESOLVE), ToTime(c.resolve_by())});
  return *std::min_element(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
}

}  // namespace hoiam::cli
