// Alarm rules: which answer rings, how urgent that is and who gets it. Values in, values out.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "loop_service/domain/answer.h"
#include "loop_service/domain/words.h"
#include "platform/base/decimal.h"

namespace hoiam::loop {

struct SpendCondition {
  Decimal amount;  // at least, within the last 365 days
  std::string currency;
};

// What must hold of an answer: all that are set; within a list any. `safety` and `keywords` are one list of words.
struct AlarmCondition {
  bool detractor = false;  // the worst band of its metric
  std::vector<std::string> metrics;
  std::optional<int> score_at_most;
  bool lowest = false;  // the lowest third of the worst band
  std::optional<int> drop_at_least;
  std::vector<std::string> keywords;  // as domain/words.h finds them
  bool safety = false;                // SafetyWords()
  std::vector<SpendCondition> spend;
  std::vector<std::string> segments;
  std::vector<std::string> touchpoints;  // each with all below it: "store" holds "store.checkout"
  std::vector<std::string> channels;
  std::vector<std::string> surveys;
  bool repeated_person = false;
  std::vector<std::string> icp_fit;
  std::optional<bool> solicited;
  bool repeated_cause = false;
};

enum class AssignTeam { kTouchpoint = 1, kAccount, kFixed };
enum class AssignPerson { kNobody = 1, kAccountOwner, kLeastLoaded };

struct AlarmRule {
  std::string rule_id;
  int rank = 0;  // the smaller, the earlier
  AlarmCondition condition;
  Priority priority = Priority::kP3;
  std::optional<absl::Duration> acknowledge, contact, resolve;  // nullopt: the policy's for the priority
  AssignTeam assign_team = AssignTeam::kTouchpoint;
  std::string team;  // of kFixed
  AssignPerson assign_person = AssignPerson::kNobody;
  bool enabled = true;
};

// True when no condition is set: every answer matches.
bool MatchesEverything(const AlarmCondition& condition);

// The rule that leaves no detractor without a case: its condition is `detractor` and nothing else, whatever is stored.
inline constexpr absl::string_view kDetractorRule = "detractor";

// The rules that Hoiam brings, in order: safety (rank 100, P1), repeated (200, P2), lowest (300, P2), detractor
// (1,000,000, P3).
const std::vector<AlarmRule>& BuiltInAlarmRules();

// Words of danger, whatever the score: fire, electric shock, poisoning, fraud, the press, the courts.
absl::Span<const std::string> SafetyWords();

// An answer with all that rules may ask of it.
struct Signal {
  const Answer& answer;
  bool repeated_person = false;          // a case of this person was resolved lately, and the person is unhappy again
  bool repeated_cause = false;           // a fix at this touchpoint failed lately
  std::map<std::string, Decimal> spend;  // by currency, within the last 365 days
  bool assume = false;                   // these three are not looked up yet: taken as holding
};

// What became of one rule.
struct Verdict {
  const AlarmRule* rule = nullptr;
  bool matched = false;
  std::vector<std::string> reasons;  // why: "NPS 3", "“bốc khói”"; or what does not hold
};

// The enabled rules of a tenant in the order they are tried, made ready once. Immutable, for any number of threads.
class AlarmBook {
 public:
  AlarmBook() : AlarmBook(BuiltInAlarmRules()) {}
  // In any order. The rule kDetractorRule is added when it is missing, and holds for every detractor whatever it says.
  explicit AlarmBook(std::vector<AlarmRule> rules);
  AlarmBook(const AlarmBook&) = delete;
  AlarmBook& operator=(const AlarmBook&) = delete;

  // Enabled ones, by rank, then id.
  absl::Span<const AlarmRule> rules() const { return rules_; }
  // The first that matches; nullopt: none. Every detractor has one.
  std::optional<Verdict> FirstMatch(const Signal& signal) const;
  // Whether any may match, whatever is still to be looked up.
  bool MayRing(const Answer& answer) const;
  // Of each rule.
  std::vector<Verdict> Verdicts(const Signal& signal) const;
  // Whether any rule asks for what must be looked up first.
  bool asks_spend() const { return asks_spend_; }
  bool asks_repeated_person() const { return asks_repeated_person_; }
  bool asks_repeated_cause() const { return asks_repeated_cause_; }

 private:
  Verdict Match(size_t rule, const Signal& signal, absl::Span<const int> said) const;
  std::vector<int> Said(const Answer& answer) const;

  std::vector<AlarmRule> rules_;
  std::vector<std::string> words_;        // of all rules
  std::vector<std::pair<int, int>> own_;  // of each rule, its words: from, until
  Keywords keywords_;
  int safety_ = 0;  // so many of `words_` are safety words, the first
  bool asks_spend_ = false, asks_repeated_person_ = false, asks_repeated_cause_ = false;
};

}  // namespace hoiam::loop
