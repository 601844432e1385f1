#include "tests/e2e/invariants.h"

#include "absl/strings/str_cat.h"
#include "platform/base/clock.h"

namespace hoiam::testing {
namespace {

constexpr int kLastDetractor = 6;

void CheckResponses(const Sent& sent, const Found& found, std::vector<std::string>& broken) {
  std::map<std::string, int> stored;
  for (const auto& [id, score] : found.responses) {
    if (!stored.emplace(id, score).second) broken.push_back("I2 stored twice: " + id);
    const auto attempt = sent.attempted.find(id);
    if (attempt == sent.attempted.end())
      broken.push_back("I2 never sent: " + id);
    else if (attempt->second != score)
      broken.push_back(absl::StrCat("I1 ", id, " was sent with ", attempt->second, " and is stored with ", score));
  }
  for (const auto& [id, score] : sent.acknowledged)
    if (!stored.count(id)) broken.push_back("I1 acknowledged and not stored: " + id);
}

void CheckRollup(const Found& found, std::vector<std::string>& broken) {
  std::map<int, int64_t> counted;
  for (int score = 0; score <= 10; ++score) counted[score] = 0;
  for (const auto& [id, score] : found.responses) ++counted[score];
  if (found.rollup_n != static_cast<int64_t>(found.responses.size()))
    broken.push_back(absl::StrCat("I3 the rollup counts ", found.rollup_n, ", stored are ", found.responses.size()));
  for (const auto& [score, n] : counted) {
    const auto it = found.distribution.find(score);
    const int64_t in_rollup = it == found.distribution.end() ? 0 : it->second;
    if (in_rollup != n)
      broken.push_back(absl::StrCat("I3 score ", score, ": the rollup counts ", in_rollup, ", stored are ", n));
  }
}

// What the clock does to a case happens once until somebody moves it: a deadline is missed, a team is told.
bool IsDoneByTheClock(const std::string& action) {
  return action == "overdue" || action == "due" || action == "escalate" || action == "resume";
}

void CheckHistory(const FoundCase& c, std::map<std::string, int>& moves, std::vector<std::string>& broken) {
  std::string state = "UNSPECIFIED";
  std::map<std::string, int> by_clock;
  for (const FoundCase::Line& line : c.lines) {
    if (line.from != state) {
      broken.push_back("I5 case " + c.id + " was " + state + " and goes on from " + line.from);
      return;
    }
    if (line.to != state) by_clock.clear();
    state = line.to;
    if (!line.note.empty()) ++moves[c.id + " " + line.note.substr(line.note.rfind(' ') + 1)];  // "phone REACHED: m1"
    if (IsDoneByTheClock(line.action) && ++by_clock[line.action + " " + line.note] == 2)
      broken.push_back("I5 case " + c.id + ": twice " + line.action + " " + line.note);
  }
}

void CheckMoves(const Sent& sent, const Found& found, std::vector<std::string>& broken) {
  std::map<std::string, int> moves;
  for (const FoundCase& c : found.cases) CheckHistory(c, moves, broken);
  for (const auto& [note, id] : sent.moves) {
    const int n = moves[id + " " + note];
    if (n != 1) broken.push_back(absl::StrCat("I5 the acknowledged move ", note, " is ", n, " times in case ", id));
  }
}

void CheckCases(const Found& found, std::vector<std::string>& broken) {
  std::map<std::string, int> rows;
  for (const FoundCase& c : found.cases) {
    int opened = 0;
    for (const auto& answer : c.answers) {
      ++rows[answer.response_id];
      opened += answer.role == "OPENED";
    }
    if (opened != 1) broken.push_back(absl::StrCat("I5 case ", c.id, " was opened ", opened, " times"));
    for (size_t i = 0; i < c.versions.size(); ++i)
      if (c.versions[i] != static_cast<int64_t>(i) + 1) {
        broken.push_back("I5 case " + c.id + " has a gap in its versions");
        break;
      }
  }
  for (const auto& [id, score] : found.responses) {
    const int wanted = score <= kLastDetractor ? 1 : 0;
    const int has = rows.count(id) ? rows[id] : 0;
    if (has != wanted)
      broken.push_back(absl::StrCat("I4 answer ", id, " with score ", score, " is in ", has, " cases, not ", wanted));
    rows.erase(id);
  }
  for (const auto& [id, n] : rows) broken.push_back("I4 a case holds an answer that is not stored: " + id);
}

}  // namespace

std::vector<std::string> BrokenPromises(const Sent& sent, const Found& found) {
  std::vector<std::string> broken;
  CheckResponses(sent, found, broken);
  CheckRollup(found, broken);
  CheckCases(found, broken);
  CheckMoves(sent, found, broken);
  return broken;
}

Found FindAll(Api& api, const std::vector<std::string>& tokens) {
  std::string query;
  for (const std::string& token : tokens) absl::StrAppend(&query, "&consistencyToken=", Escape(token));
  // A consumer that was killed may need longer than one read waits.
  const absl::Time end = SystemClock().Now() + absl::Seconds(30);
  for (const std::string path : {"/v1/scores?metric=NPS", "/v1/cases?pageSize=1"})
    while (api.http().Get(path + query).reason() == "PROJECTION_BEHIND" && SystemClock().Now() < end) {
    }
  Found found;
  const Json row = api.ScoreRow("metric=NPS" + query);
  found.rollup_n = row.Int("responses");
  for (const std::string& score : row.Names("distribution"))
    found.distribution[std::stoi(score)] = row.Int("distribution/" + score);
  for (const Json& r : api.List("/v1/responses", "responses"))
    found.responses.emplace_back(r.String("responseId"), static_cast<int>(r.Int("score")));
  for (const Json& c : api.List("/v1/cases?" + query.substr(query.empty() ? 0 : 1), "cases")) {
    FoundCase one{c.String("caseId"), {}, {}, {}};
    for (const Json& a : c.Items("answers")) one.answers.push_back({a.String("responseId"), a.String("role")});
    for (const Json& h : c.Items("history")) {
      one.versions.push_back(h.Int("version"));
      one.lines.push_back({h.String("action"), h.String("from"), h.String("to"), h.String("note")});
    }
    found.cases.push_back(std::move(one));
  }
  return found;
}

}  // namespace hoiam::testing
