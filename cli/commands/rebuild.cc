#include <optional>

#include "absl/strings/str_cat.h"
#include "cli/commands/command.h"
#include "cli/term/progress.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"

namespace hoiam::cli {
namespace {

namespace pb = hoiam::scoring::v1;

constexpr char kPath[] = "/v1/scoring:rebuild";
constexpr absl::Duration kLookEvery = absl::Milliseconds(300);
// Processes may be restarted under it.
constexpr absl::Duration kPatience = absl::Minutes(2);

bool IsOver(const pb::Rebuild& r) {
  return r.state() != pb::RebuildState::READING && r.state() != pb::RebuildState::CATCHING_UP;
}

// The last line: what came of it. Answers the exit status.
int PrintEnd(const Context& context, const pb::Rebuild& r) {
  const Say& say = context.say;
  switch (r.state()) {
    case pb::RebuildState::DONE: {
      const std::string took = say.Number(absl::ToDoubleSeconds(ToTime(r.end_time()) - ToTime(r.start_time())), 1);
      context.out << say("Xong: đang hiển thị thế hệ ", "Done: generation ") << r.generation()
                  << say(", đếm lại từ ", " is shown, counted again from ") << say.Count(r.rows_read())
                  << say(" dòng trong ", " rows in ") << took << say(" giây.", " s.") << std::endl;
      return kDone;
    }
    case pb::RebuildState::FAILED:
      context.err << say("Không xong: ", "Failed: ") << r.error() << say("\nVẫn hiển thị thế hệ ", "\nGeneration ")
                  << r.shown_generation() << say(" như trước.", " is shown as before.") << std::endl;
      return kFailed;
    case pb::RebuildState::READING:
      context.out << say("Đang đọc thế hệ ", "Reading generation ") << r.generation() << ": "
                  << say.Count(r.rows_read()) << say(" trong khoảng ", " of about ") << say.Count(r.rows_total())
                  << say(" dòng", " rows") << std::endl;
      return kDone;
    case pb::RebuildState::CATCHING_UP:
      context.out << say("Thế hệ ", "Generation ") << r.generation()
                  << say(" đang đuổi kịp: còn ", " catches up: behind by ") << say.Count(r.behind())
                  << say(" lần ghi", " commits") << std::endl;
      return kDone;
    default:
      context.out << say("Chưa đếm lại lần nào. Đang hiển thị thế hệ ", "Never counted again. Shown is generation ")
                  << r.shown_generation() << std::endl;
      return kDone;
  }
}

// Looks until it is over, and shows how far it is.
absl::StatusOr<pb::Rebuild> Watch(const Context& context, Client& client, pb::Rebuild r) {
  const Say& say = context.say;
  std::optional<Progress> progress;
  int64_t total = -1, behind = -1;
  while (!IsOver(r)) {
    if (r.state() == pb::RebuildState::READING && r.rows_total() > 0) {
      if (r.rows_total() != total) {
        if (progress) progress->Clear();
        progress.emplace(context.out, context.tty, say, say("Đọc lại", "Reading"), total = r.rows_total());
      }
      progress->Update(r.rows_read());
    } else if (r.state() == pb::RebuildState::CATCHING_UP && r.behind() != behind) {
      if (progress) progress->Finish();
      progress.reset();
      behind = r.behind();
      context.out << say("Đuổi kịp: còn ", "Catching up: behind by ") << say.Count(behind)
                  << say(" lần ghi", " commits") << std::endl;
    }
    context.clock.Sleep(kLookEvery);
    const auto now = client.Get<pb::Rebuild>(kPath);
    if (!now.ok()) return now.status();
    r = *now;
  }
  if (progress) progress->Finish();
  return r;
}

}  // namespace

int RunRebuild(const Context& as_anybody, const std::vector<std::string>& words) {
  Context context = as_anybody;
  context.as_operator = true;
  const auto args = Args::Parse(words, {}, {"status", "json"});
  if (!args.ok()) return Misuse(context, "rebuild", args.status().message());
  if (args->words() != std::vector<std::string>{"scoring"}) return Misuse(context, "rebuild", "takes: scoring");
  if (args->Has("status"))
    return CallAndPrint<pb::Rebuild>(context, args->Has("json"), {.path = kPath},
                                     [&](const pb::Rebuild& r) { return PrintEnd(context, r); });
  const Call start{.method = "POST", .path = kPath, .body = "{}"};
  if (args->Has("json"))
    return CallAndPrint<pb::Rebuild>(context, true, start, [](const pb::Rebuild&) { return kDone; });

  auto client = context.Connect();
  if (!client.ok()) return Fail(context, client.status());
  client->patience = kPatience;
  const auto begun = client->Post<pb::Rebuild>(kPath, pb::StartRebuildRequest());
  if (!begun.ok()) return Fail(context, begun.status());
  const auto over = Watch(context, *client, *begun);
  if (!over.ok()) {
    Fail(context, over.status());
    context.err << context.say("Việc đếm lại vẫn tiếp tục; xem bằng ", "It goes on; look with ")
                << "hoiam rebuild scoring --status" << std::endl;
    return kFailed;
  }
  return PrintEnd(context, *over);
}

}  // namespace hoiam::cli
