#include "loop_service/domain/answer.h"

namespace hoiam::loop {

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

bool CountsAsNew(const Answer& a) { return a.full_effects && !a.voided; }

bool MayConcernCases(const Answer& a, bool rings) {
  return a.revision > 1 || (CountsAsNew(a) && (rings || !a.recovers_case.empty()));
}

AnswerEffect DecideAnswer(const Answer& a, const std::optional<KnownAnswer>& known, bool rings, bool has_open_case,
                          bool recovers) {
  if (known) return a.revision > known->revision ? AnswerEffect::kAmend : AnswerEffect::kNone;
  if (!CountsAsNew(a)) return AnswerEffect::kNone;
  if (recovers) return AnswerEffect::kRecover;
  if (!rings) return AnswerEffect::kNone;
  return has_open_case ? AnswerEffect::kAttach : AnswerEffect::kOpen;
}

}  // namespace hoiam::loop
