#include "absl/strings/str_cat.h"
#include "cli/commands/command.h"
#include "cli/demo/load.h"

namespace hoiam::cli {

int RunDemo(const Context& context, const std::vector<std::string>& words) {
  const auto args = Args::Parse(words, {}, {"link"});
  if (!args.ok()) return Misuse(context, "demo", args.status().message());
  if (!args->words().empty()) return Misuse(context, "demo", absl::StrCat("takes no word: ", args->words().front()));
  auto client = context.Connect();
  if (!client.ok()) return Fail(context, client.status());
  if (args->Has("link")) {
    const auto link = OpenDemoLink(*client);
    if (!link.ok()) return Fail(context, link.status());
    context.out << *link << "\n";
    return kDone;
  }
  const absl::Status status = LoadDemo(*client, context.clock, context.say, context.tty, context.out);
  if (!status.ok()) {
    Fail(context, status);
    context.err << context.say("Chạy lại: hoiam demo sẽ làm tiếp từ chỗ dừng.",
                               "Run it again: hoiam demo goes on where it stopped.")
                << "\n";
    return kFailed;
  }
  return kDone;
}

}  // namespace hoiam::cli
