#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/cases/texts.h"
#include "cli/term/table.h"

namespace hoiam::cli {
namespace {

namespace pb = loop::v1;

struct Step {
  std::string words;  // behind "hoiam cases"
  std::string why;
};

class Steps {
 public:
  Steps(const Say& say, const pb::Case& c) : say_(say), c_(c) {}

  std::vector<Step> Sensible() {
    using S = pb::CaseState;
    switch (c_.state()) {
      case S::NEW:
      case S::REOPENED:
        Add("acknowledge", "", "nhận phiếu này; bạn thành người xử lý", "take it; you become its owner");
        Add("assign", "--team … | --owner …", "giao cho bộ phận hay người khác", "give it to a team or a person");
        break;
      case S::ACKNOWLEDGED:
        Contact();
        break;
      case S::WAITING_CUSTOMER:
        Proposal();
        Add("contact", "--channel phone --outcome REACHED --note …", "khách đã trả lời", "the customer answered");
        Work();
        break;
      case S::IN_PROGRESS:
        Proposal();
        Work();
        break;
      case S::RESOLVED:
        Add("verify", "--evidence CUSTOMER_WORD --note …", "khách xác nhận là ổn", "the customer says it is settled");
        Add("reopen", "--reason …", "chưa xong", "it is not done");
        break;
      case S::VERIFIED:
        Add("close", "", "xong hẳn", "done");
        break;
      case S::CLOSED:
        Add("reopen", "--reason …", "chuyện quay lại", "it came back");
        break;
      default:
        break;
    }
    return std::move(steps_);
  }

 private:
  void Add(const std::string& verb, const std::string& options, const char* vi, const char* en) {
    steps_.push_back({absl::StrCat(verb, " ", c_.case_id(), options.empty() ? "" : " ", options), say_(vi, en)});
  }

  void Contact() {
    Add("contact", "--channel phone --note …", "gọi khách, ghi lại", "call the customer, write it down");
    Add("message", "--channel email --text … --await", "viết cho khách, chờ trả lời", "write, and wait for the answer");
  }

  void Proposal() {
    if (c_.solution().state() != pb::SolutionState::PROPOSED) return;
    Add("accept", "", "khách đồng ý với đề xuất", "the customer agrees to the proposal");
    Add("decline", "--note …", "khách không đồng ý", "the customer does not");
  }

  // What is left to do before it can be resolved, in that order.
  void Work() {
    if (c_.needs().empty()) Add("need", "--text …", "khách thật sự cần gì", "what the customer really needs");
    if (c_.root_cause().empty())
      Add("diagnose", "--root-cause … --originator-team …", "vì sao ra nông nỗi này (hoiam cases causes)",
          "why it came to this (hoiam cases causes)");
    if (!c_.has_solution()) Add("propose", "--text …", "đề xuất cách giải quyết", "propose a solution");
    if (!c_.has_compensation())
      Add("compensate", "--type VOUCHER --amount … --currency VND", "bù đắp cho khách", "make up for it");
    Add("resolve",
        absl::StrCat("--root-cause ", c_.root_cause().empty() ? "…" : c_.root_cause(), " --originator-team ",
                     c_.originator_team().empty() ? "…" : c_.originator_team(), " --resolution … --customer-reply …"),
        "đã giải quyết", "it is solved");
  }

  const Say& say_;
  const pb::Case& c_;
  std::vector<Step> steps_;
};

}  // namespace

std::string NextStepsText(const Say& say, const pb::Case& c) {
  const std::vector<Step> steps = Steps(say, c).Sensible();
  if (steps.empty()) return "";
  size_t width = 0;
  for (const Step& s : steps) width = std::max(width, DisplayWidth(s.words));
  std::string out = say("Làm gì tiếp:\n", "What next:\n");
  for (const Step& s : steps)
    absl::StrAppend(&out, "  hoiam cases ", s.words, std::string(width - DisplayWidth(s.words), ' '), "  # ", s.why,
                    "\n");
  return out;
}

}  // namespace hoiam::cli
