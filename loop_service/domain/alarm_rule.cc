#include "loop_service/domain/alarm_rule.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace hoiam::loop {
namespace {

AlarmRule MakeRule(absl::string_view id, int rank, Priority priority) {
  AlarmRule rule;
  rule.rule_id = std::string(id);
  rule.rank = rank;
  rule.priority = priority;
  return rule;
}

bool IsAtOrBelow(absl::string_view touchpoint, absl::string_view above) {
  return touchpoint == above ||
         (absl::StartsWith(touchpoint, above) && touchpoint.size() > above.size() && touchpoint[above.size()] == '.');
}

// Collects what holds of a rule, and what does not.
class Judge {
 public:
  explicit Judge(const AlarmRule& rule) { verdict_.rule = &rule; }

  void Ask(bool holds, std::string why, std::string why_not) {
    if (holds && !Holds(why_, why)) why_.push_back(std::move(why));
    if (!holds) why_not_.push_back(std::move(why_not));
  }
  void AskList(const std::vector<std::string>& list, absl::string_view what, const std::string& value) {
    if (!list.empty()) Ask(Holds(list, value), value, NotListed(what, value));
  }
  static std::string NotListed(absl::string_view what, absl::string_view value) {
    return value.empty() ? absl::StrCat("no ", what) : absl::StrCat(what, " ", value, " is not listed");
  }
  Verdict Done() && {
    verdict_.matched = why_not_.empty();
    verdict_.reasons = std::move(verdict_.matched ? why_ : why_not_);
    return std::move(verdict_);
  }

 private:
  static bool Holds(const std::vector<std::string>& list, absl::string_view value) {
    return std::find(list.begin(), list.end(), value) != list.end();
  }
  Verdict verdict_;
  std::vector<std::string> why_, why_not_;
};

std::string ScoreOf(const Answer& a) { return a.score ? absl::StrCat(a.metric, " ", *a.score) : "no score"; }

void AskScore(const AlarmCondition& c, const Answer& a, Judge& judge) {
  const std::string score = ScoreOf(a);
  if (c.detractor) judge.Ask(a.detractor(), score, absl::StrCat(score, " is not in the worst band"));
  if (c.lowest) judge.Ask(a.lowest, score, absl::StrCat(score, " is not among the lowest"));
  if (c.score_at_most)
    judge.Ask(a.score && *a.score <= *c.score_at_most, score, absl::StrCat(score, " is not ≤ ", *c.score_at_most));
  if (c.drop_at_least) {
    const bool both = a.score && a.previous_score;
    const std::string drop = both ? absl::StrCat(a.metric, " ", *a.previous_score, " → ", *a.score) : "no score before";
    judge.Ask(both && *a.previous_score - *a.score >= *c.drop_at_least, drop,
              absl::StrCat(drop, ", no drop of ", *c.drop_at_least));
  }
}

void AskSpend(const AlarmCondition& c, const Signal& s, Judge& judge) {
  if (c.spend.empty() || s.assume) return;
  for (const SpendCondition& spend : c.spend) {
    const auto it = s.spend.find(spend.currency);
    if (it == s.spend.end() || it->second.micros() < spend.amount.micros()) continue;
    return judge.Ask(true, absl::StrCat("≥ ", spend.amount.ToString(), " ", spend.currency), "");
  }
  judge.Ask(false, "", "spent less");
}

void AskPlace(const AlarmCondition& c, const Answer& a, Judge& judge) {
  if (c.touchpoints.empty()) return;
  const bool below = std::any_of(c.touchpoints.begin(), c.touchpoints.end(),
                                 [&](const std::string& above) { return IsAtOrBelow(a.touchpoint, above); });
  judge.Ask(below, a.touchpoint, Judge::NotListed("touchpoint", a.touchpoint));
}

}  // namespace

bool MatchesEverything(const AlarmCondition& c) {
  return !c.detractor && c.metrics.empty() && !c.score_at_most && !c.lowest && !c.drop_at_least && c.keywords.empty() &&
         !c.safety && c.spend.empty() && c.segments.empty() && c.touchpoints.empty() && c.channels.empty() &&
         c.surveys.empty() && !c.repeated_person && c.icp_fit.empty() && !c.solicited && !c.repeated_cause;
}

const std::vector<AlarmRule>& BuiltInAlarmRules() {
  static const auto* rules = [] {
    auto* all = new std::vector<AlarmRule>{
        MakeRule("safety", 100, Priority::kP1), MakeRule("repeated", 200, Priority::kP2),
        MakeRule("lowest", 300, Priority::kP2), MakeRule(kDetractorRule, 1'000'000, Priority::kP3)};
    (*all)[0].condition.safety = true;
    (*all)[1].condition.repeated_person = true;
    (*all)[2].condition.lowest = true;
    (*all)[3].condition.detractor = true;
    return all;
  }();
  return *rules;
}

AlarmBook::AlarmBook(std::vector<AlarmRule> rules) : rules_(std::move(rules)) {
  const auto last =
      std::find_if(rules_.begin(), rules_.end(), [](const AlarmRule& r) { return r.rule_id == kDetractorRule; });
  if (last == rules_.end()) {
    rules_.push_back(BuiltInAlarmRules().back());
  } else {
    last->enabled = true;
    last->condition = BuiltInAlarmRules().back().condition;
  }
  rules_.erase(std::remove_if(rules_.begin(), rules_.end(), [](const AlarmRule& r) { return !r.enabled; }),
               rules_.end());
  std::sort(rules_.begin(), rules_.end(), [](const AlarmRule& a, const AlarmRule& b) {
    return std::tie(a.rank, a.rule_id) < std::tie(b.rank, b.rule_id);
  });

  words_.assign(SafetyWords().begin(), SafetyWords().end());
  safety_ = static_cast<int>(words_.size());
  for (const AlarmRule& r : rules_) {
    const int from = static_cast<int>(words_.size());
    words_.insert(words_.end(), r.condition.keywords.begin(), r.condition.keywords.end());
    own_.emplace_back(from, static_cast<int>(words_.size()));
    asks_spend_ |= !r.condition.spend.empty();
    asks_repeated_person_ |= r.condition.repeated_person;
    asks_repeated_cause_ |= r.condition.repeated_cause;
  }
  keywords_ = Keywords(words_);
}

std::vector<int> AlarmBook::Said(const Answer& answer) const {
  std::vector<int> said = keywords_.Find(answer.comment);
  for (const std::string& text : answer.further_words) {
    const std::vector<int> more = keywords_.Find(text);
    said.insert(said.end(), more.begin(), more.end());
  }
  std::sort(said.begin(), said.end());
  return said;
}

Verdict AlarmBook::Match(size_t i, const Signal& s, absl::Span<const int> said) const {
  const AlarmCondition& c = rules_[i].condition;
  const Answer& a = s.answer;
  Judge judge(rules_[i]);
  AskScore(c, a, judge);
  if (c.safety || !c.keywords.empty()) {
    bool any = false;
    for (const int word : said) {
      const bool mine = (c.safety && word < safety_) || (word >= own_[i].first && word < own_[i].second);
      if (!mine) continue;
      any = true;
      judge.Ask(true, absl::StrCat("“", Unquoted(words_[word]), "”"), "");
    }
    if (!any) judge.Ask(false, "", "none of its words");
  }
  judge.AskList(c.metrics, "metric", a.metric);
  AskSpend(c, s, judge);
  judge.AskList(c.segments, "segment", a.segment);
  AskPlace(c, a, judge);
  judge.AskList(c.channels, "channel", a.channel);
  judge.AskList(c.surveys, "survey", a.survey);
  judge.AskList(c.icp_fit, "ICP fit", a.icp_fit);
  if (c.repeated_person)
    judge.Ask(a.detractor() && (s.repeated_person || s.assume), "unhappy again after a solved case",
              "no solved case before");
  if (c.repeated_cause) judge.Ask(s.repeated_cause || s.assume, "a fix did not hold here", "no failed fix here");
  if (c.solicited)
    judge.Ask(a.solicited == *c.solicited, a.solicited ? "asked for" : "unasked",
              a.solicited ? "asked for" : "unasked");
  return std::move(judge).Done();
}

std::optional<Verdict> AlarmBook::FirstMatch(const Signal& signal) const {
  const std::vector<int> said = Said(signal.answer);
  for (size_t i = 0; i < rules_.size(); ++i)
    if (Verdict v = Match(i, signal, said); v.matched) return v;
  return std::nullopt;
}

bool AlarmBook::MayRing(const Answer& answer) const {
  return FirstMatch({answer, false, false, {}, /*assume=*/true}).has_value();
}

std::vector<Verdict> AlarmBook::Verdicts(const Signal& signal) const {
  const std::vector<int> said = Said(signal.answer);
  std::vector<Verdict> verdicts;
  for (size_t i = 0; i < rules_.size(); ++i) verdicts.push_back(Match(i, signal, said));
  return verdicts;
}

}  // namespace hoiam::loop
