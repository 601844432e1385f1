// Where the answers behind a figure are: the query that lists them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "hoiam/scoring/v1/resources.pb.h"
#include "scoring_service/domain/answer.h"
#include "scoring_service/domain/formula.h"
#include "scoring_service/domain/periods.h"

namespace hoiam::scoring {

// Which answers: of a metric, kind and scope, whose dimensions have these values ("store.*" is store with all below
// it).
struct AnswersBehind {
  const MetricView* metric = nullptr;
  AnswerKind kind = AnswerKind::kSolicited;
  Scope scope = Scope::kTouchpoint;
  std::vector<std::pair<Dimension, std::string>> where;
  Period period;
};

// A filter for ListResponses. Expectations and the ideal gap are asked beside other questions: the filter then names no
// metric, and lists the answers that were asked among others.
std::string FilterFor(const AnswersBehind& answers);

// With filter and path.
v1::Verbatims VerbatimsOf(const AnswersBehind& answers);
// Only those of the answers that also pass `condition`, which is a comparison.
void Narrow(absl::string_view condition, v1::Verbatims& verbatims);
// A text as filters write it.
std::string QuotedInFilter(absl::string_view text);
// Of a figure that is held back: how many answers there are, and not where.
v1::Verbatims SuppressedVerbatims(int64_t answers);

}  // namespace hoiam::scoring
