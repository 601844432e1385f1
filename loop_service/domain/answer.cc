#include "loop_service/domain/answer.h"

#include <array>

namespace hoiam::loop {
namespace {

struct Band {
  absl::string_view metric;
  int lowest;           // of the scale
  int worst_up_to;      // P2
  int detractor_up_to;  // alarm
};
constexpr std::array kBands = {Band{"NPS", 0, 2, 6}, Band{"CSAT", 1, 1, 2}, Band{"CES", 1, 1, 3}};

const Band* BandOf(absl::string_view metric) {
  for (const Band& b : kBands)
    if (b.metric == metric) return &b;
  return nullptr;
}

bool RingsAlarm(const Answer& a) { return a.full_effects && !a.voided && a.score && IsDetractor(a.metric, *a.score); }

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

bool IsDetractor(absl::string_view metric, int score) {
  const Band* b = BandOf(metric);
  return b && score >= b->lowest && score <= b->detractor_up_to;
}

Priority PriorityOf(absl::string_view metric, int score) {
  const Band* b = BandOf(metric);
  return b && score <= b->worst_up_to ? Priority::kP2 : Priority::kP3;
}

bool MayConcernCases(const Answer& answer) { return answer.revision > 1 || RingsAlarm(answer); }

AnswerEffect DecideAnswer(const Answer& answer, const std::optional<KnownAnswer>& known, bool person_has_open_case) {
  if (known) return answer.revision > known->revision ? AnswerEffect::kAmend : AnswerEffect::kNone;
  if (!RingsAlarm(answer)) return AnswerEffect::kNone;
  return person_has_open_case ? AnswerEffect::kAttach : AnswerEffect::kOpen;
}

}  // namespace hoiam::loop
