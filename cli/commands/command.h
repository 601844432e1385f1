// One command of `hoiam`, and what all of them share.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/api/client.h"
#include "cli/api/time.h"
#include "cli/term/args.h"
#include "cli/term/lang.h"
#include "platform/base/clock.h"

namespace hoiam::cli {

struct Context {
  Say say;
  bool tty;  // standard output is a terminal
  std::ostream& out;
  std::ostream& err;
  const Clock& clock;
  bool as_operator = false;  // with the operator's key instead of a tenant's

  absl::StatusOr<Client> Connect() const;
};

// Exit statuses.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kMisused = 2;

// Tells a failure with every bad field; answers kFailed.
int Fail(const Context& context, const absl::Status& status);

// Tells what is wrong with the words of a command; answers kMisused.
int Misuse(const Context& context, const std::string& command, absl::string_view problem);

// Makes a call and prints its answer: as it came with `json`, else through `print(const Answer&)`, which answers the
// exit status.
template <class Answer, class Print>
int CallAndPrint(const Context& context, bool json, const Call& call, Print print) {
  auto client = context.Connect();
  if (!client.ok()) return Fail(context, client.status());
  const auto text = client->Do(call);
  if (!text.ok()) return Fail(context, text.status());
  if (json) return context.out << *text << "\n", kDone;
  const auto answer = Client::As<Answer>(text);
  if (!answer.ok()) return Fail(context, answer.status());
  return print(*answer);
}

// "2026-11-21" (midnight in `zone`) or RFC 3339 → RFC 3339; empty stays empty.
absl::StatusOr<std::string> TimeArgument(const std::string& text, absl::TimeZone zone);

int RunImport(const Context& context, const std::vector<std::string>& words);
int RunScores(const Context& context, const std::vector<std::string>& words);
int RunCompare(const Context& context, const std::vector<std::string>& words);
int RunDrivers(const Context& context, const std::vector<std::string>& words);
int RunJourney(const Context& context, const std::vector<std::string>& words);
int RunHeatMap(const Context& context, const std::vector<std::string>& words);
int RunOverview(const Context& context, const std::vector<std::string>& words);
int RunPassives(const Context& context, const std::vector<std::string>& words);
int RunSampleSize(const Context& context, const std::vector<std::string>& words);
int RunHistory(const Context& context, const std::vector<std::string>& words);
int RunCases(const Context& context, const std::vector<std::string>& words);
int RunTeams(const Context& context, const std::vector<std::string>& words);
int RunRules(const Context& context, const std::vector<std::string>& words);
int RunLoopRate(const Context& context, const std::vector<std::string>& words);
int RunOffer(const Context& context, const std::vector<std::string>& words);
int RunSurvey(const Context& context, const std::vector<std::string>& words);
int RunRebuild(const Context& context, const std::vector<std::string>& words);
int RunTenant(const Context& context, const std::vector<std::string>& words);
int RunKey(const Context& context, const std::vector<std::string>& words);
int RunDemo(const Context& context, const std::vector<std::string>& words);

}  // namespace hoiam::cli
