#include "survey_service/domain/condition.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

bool Has(const std::vector<std::string>& list, absl::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

class Checker {
 public:
  Checker(const std::vector<Question>& questions, size_t i, std::vector<Problem>& problems)
      : questions_(questions), i_(i), problems_(problems) {}

  void Check(const ShowIf& c, const std::string& at, int depth) {
    if (++parts_ == kMaxConditionParts + 1)
      Add(root_, "CONDITION_TOO_LARGE", absl::StrCat("at most ", kMaxConditionParts, " parts"), kMaxConditionParts);
    if (parts_ > kMaxConditionParts) return;
    if (depth > kMaxConditionDepth)
      return Add(at, "CONDITION_TOO_DEEP", absl::StrCat("at most ", kMaxConditionDepth, " deep"), kMaxConditionDepth);
    const bool leaf =
        !c.question_id.empty() || c.min || c.max || c.compare || !c.choices.empty() || !c.bands.empty() || c.answered;
    const int said = leaf + !c.all.empty() + !c.any.empty();
    if (said > 1) return Add(at, "CONDITION_MIXED", "needs exactly one of questionId, all and any");
    List(c.all, at + ".all", depth);
    List(c.any, at + ".any", depth);
    if (c.all.empty() && c.any.empty()) Leaf(c, at);
  }
  void Start(const ShowIf& c, const std::string& path) {
    root_ = path;
    Check(c, path, 1);
  }

 private:
  void Add(const std::string& path, absl::string_view reason, std::string description) {
    problems_.push_back({path, std::string(reason), std::move(description), {}});
  }
  void Add(const std::string& path, absl::string_view reason, std::string description, int max) {
    problems_.push_back({path, std::string(reason), std::move(description), {{"max", absl::StrCat(max)}}});
  }
  void List(const std::vector<ShowIf>& parts, const std::string& at, int depth) {
    for (size_t i = 0; i < parts.size(); ++i) Check(parts[i], absl::StrCat(at, "[", i, "]"), depth + 1);
  }

  void Leaf(const ShowIf& c, const std::string& at) {
    if (c.question_id.empty()) return Add(at + ".questionId", "REQUIRED", "needs the id of an earlier question");
    const auto it =
        std::find_if(questions_.begin(), questions_.end(), [&](const Question& q) { return q.id == c.question_id; });
    if (it == questions_.end()) return Add(at + ".questionId", "UNKNOWN_QUESTION", "is no question of this survey");
    if (it - questions_.begin() >= static_cast<ptrdiff_t>(i_))
      return Add(at + ".questionId", "NOT_AN_EARLIER_QUESTION",
                 "must be the id of a question that comes before this one");
    const bool range = c.min || c.max;
    const int others = c.compare.has_value() + !c.choices.empty() + !c.bands.empty() + c.answered.has_value();
    if (others + range > 1)
      return Add(at, "CONDITION_MIXED", "needs exactly one of [min, max], compare, choices, bands and answered");
    if (others + range == 0)
      return Add(at, "CONDITION_EMPTY", "needs one of [min, max], compare, choices, bands and answered");
    if (!c.choices.empty()) return Choices(c, *it, at);
    if (!c.bands.empty()) return Bands(c, *it, at);
    if (c.answered) return;
    const auto scale = ScaleOf(*it);
    if (!scale) return Add(at + ".questionId", "NOT_A_SCALE", "must be the id of a question with a score");
    c.compare ? Compare(*c.compare, *scale, at + ".compare") : Range(c, *scale, at);
  }

  void Range(const ShowIf& c, const ScoreRange& scale, const std::string& at) {
    const int min = c.min.value_or(scale.min), max = c.max.value_or(scale.max);
    if (min <= max && min >= scale.min && max <= scale.max) return;
    problems_.push_back({at,
                         "RANGE_OFF_SCALE",
                         absl::StrCat("min and max must lie within ", scale.min, " to ", scale.max, ", in order"),
                         {{"min", absl::StrCat(scale.min)}, {"max", absl::StrCat(scale.max)}}});
  }
  void Compare(const ScoreCompare& c, const ScoreRange& scale, const std::string& at) {
    if (c.op == ScoreCompare::Op::kNone) Add(at + ".operator", "REQUIRED", "must be EQ, NE, LT, LE, GT or GE");
    if (scale.Holds(c.value)) return;
    problems_.push_back({at + ".value",
                         "SCORE_OUT_OF_RANGE",
                         absl::StrCat("must be a whole number, ", scale.min, " to ", scale.max),
                         {{"min", absl::StrCat(scale.min)}, {"max", absl::StrCat(scale.max)}}});
  }
  void Choices(const ShowIf& c, const Question& q, const std::string& at) {
    if (!IsChoice(q.kind)) return Add(at + ".questionId", "NOT_A_CHOICE", "must be the id of a question with choices");
    const std::vector<std::string> offered = ChoicesOf(questions_, q);
    for (size_t i = 0; i < c.choices.size(); ++i) {
      if (!Has(offered, c.choices[i]))
        Add(absl::StrCat(at, ".choices[", i, "]"), "UNKNOWN_CHOICE", "is not one of the options of that question");
    }
  }
  void Bands(const ShowIf& c, const Question& q, const std::string& at) {
    const Metric* metric = MetricOf(q);
    if (!metric || !HasScore(*metric))
      return Add(at + ".questionId", "NO_BANDS", "only questions of type NPS, CSAT, CES and SCALE have bands");
    const std::vector<std::string> known = BandsOf(*metric);
    for (size_t i = 0; i < c.bands.size(); ++i) {
      if (!Has(known, c.bands[i]))
        Add(absl::StrCat(at, ".bands[", i, "]"), "UNKNOWN_BAND",
            absl::StrCat("must be one of ", absl::StrJoin(known, ", ")));
    }
  }

  const std::vector<Question>& questions_;
  const size_t i_;
  std::vector<Problem>& problems_;
  std::string root_;
  int parts_ = 0;
};

bool Compares(const ScoreCompare& c, double number) {
  switch (c.op) {
    case ScoreCompare::Op::kEq:
      return number == c.value;
    case ScoreCompare::Op::kNe:
      return number != c.value;
    case ScoreCompare::Op::kLt:
      return number < c.value;
    case ScoreCompare::Op::kLe:
      return number <= c.value;
    case ScoreCompare::Op::kGt:
      return number > c.value;
    case ScoreCompare::Op::kGe:
      return number >= c.value;
    case ScoreCompare::Op::kNone:
      return false;
  }
  return false;
}

// One part about one question. `a` is nullptr when it was not answered: then only "not answered" holds.
bool LeafHolds(const std::vector<Question>& questions, const ShowIf& c, const Answer* a) {
  const bool answered = a && !IsEmpty(*a);
  if (c.answered) return answered == *c.answered;
  if (!answered) return false;
  if (!c.choices.empty())
    return std::any_of(a->choices.begin(), a->choices.end(), [&](const auto& id) { return Has(c.choices, id); });
  if (!a->number) return false;
  if (c.compare) return Compares(*c.compare, *a->number);
  if (c.bands.empty()) return (!c.min || *a->number >= *c.min) && (!c.max || *a->number <= *c.max);
  const Question* q = FindQuestion(questions, c.question_id);
  const Metric* metric = q ? MetricOf(*q) : nullptr;
  return metric && Has(c.bands, BandOf(*metric, static_cast<int>(*a->number)));
}

template <class Leaf>
bool Walk(const ShowIf& c, const Leaf& leaf) {
  const auto part = [&](const ShowIf& p) { return Walk(p, leaf); };
  if (!c.all.empty()) return std::all_of(c.all.begin(), c.all.end(), part);
  if (!c.any.empty()) return std::any_of(c.any.begin(), c.any.end(), part);
  return leaf(c);
}

}  // namespace

void CheckCondition(const std::vector<Question>& questions, size_t i, const std::string& path,
                    std::vector<Problem>& problems) {
  Checker(questions, i, problems).Start(*questions[i].show_if, path);
}

bool Holds(const std::vector<Question>& questions, const ShowIf& condition, const std::vector<Answer>& answers) {
  return Walk(condition, [&](const ShowIf& c) { return LeafHolds(questions, c, FindAnswer(answers, c.question_id)); });
}

bool CouldHold(const std::vector<Question>& questions, const ShowIf& condition, const std::vector<Answer>& answers,
               const std::vector<std::string>& open) {
  return Walk(condition, [&](const ShowIf& c) {
    return Has(open, c.question_id) || LeafHolds(questions, c, FindAnswer(answers, c.question_id));
  });
}

}  // namespace hoiam::survey
