// What the parts of `hoiam survey` share.
#pragma once

#include <string>

#include "cli/commands/command.h"
#include "hoiam/survey/v1/survey_service.pb.h"

namespace hoiam::cli {

// In the reader's language, else in the other one.
std::string TextOf(const Say& say, const survey::v1::LocalizedText& text);
// "/v1/surveys/{id}"
std::string SurveyPath(const std::string& id);

// As Fail, and what can be done about it.
int FailWithHint(const Context& context, const absl::Status& status);

// As CallAndPrint, with FailWithHint.
template <class Answer, class Print>
int AskAndPrint(const Context& context, const Args& args, const Call& call, Print print) {
  auto client = context.Connect();
  if (!client.ok()) return Fail(context, client.status());
  const auto text = client->Do(call);
  if (!text.ok()) return FailWithHint(context, text.status());
  if (args.Has("json")) return context.out << *text << "\n", kDone;
  const auto answer = Client::As<Answer>(text);
  if (!answer.ok()) return Fail(context, answer.status());
  return print(*answer);
}

// hoiam survey funnel, why, waves.
int PrintFunnel(const Context& context, const Args& args, const std::string& survey);
int PrintWhy(const Context& context, const Args& args, const std::string& customer);
int PrintWaves(const Context& context, const Args& args, const std::string& survey);

// hoiam survey metrics; hoiam survey metric ID, which makes one or its next version.
int PrintMetrics(const Context& context, const Args& args);
int DefineMetric(const Context& context, const Args& args, const std::string& id);

}  // namespace hoiam::cli
