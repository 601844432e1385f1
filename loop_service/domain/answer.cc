#include "loop_service/domain/answer.h"

#include <array>

namespace hoiam::loop {
namespace {

// The highest of the lowest scores, per metric.
struct Worst {
  absl::string_view metric;
  int up_to;
};
constexpr std::array kWorst = {Worst{"NPS", 2}, Worst{"CSAT", 1}, Worst{"CES", 1}};

bool RingsAlarm(const Answer& a) { return a.full_effects && !a.voided && a.detractor; }

}  // namespace

absl::string_view Name(Priority p) {
  switch (p) {
    case Priority::kP1:
      return "P1";
    case Priority::kP2:
      return "P2";
    case Priority::kP3:
      return "P3";
  }
  return "";
}

Priority PriorityOf(absl::string_view metric, int score) {
  for (const Worst& w : kWorst)
    if (w.metric == metric && score <= w.up_to) return Priority::kP2;
  return Priority::kP3;
}

bool MayConcernCases(const Answer& answer) { return answer.revision > 1 || RingsAlarm(answer); }

AnswerEffect DecideAnswer(const Answer& answer, const std::optional<KnownAnswer>& known, bool person_has_open_case) {
  if (known) return answer.revision > known->revision ? AnswerEffect::kAmend : AnswerEffect::kNone;
  if (!RingsAlarm(answer)) return AnswerEffect::kNone;
  return person_has_open_case ? AnswerEffect::kAttach : AnswerEffect::kOpen;
}

}  // namespace hoiam::loop
