#include <filesystem>

#include "absl/strings/str_cat.h"
#include "cli/commands/command.h"
#include "cli/import/importer.h"
#include "cli/term/table.h"

namespace hoiam::cli {
namespace {

struct Files {
  std::string customers, interactions, responses;
};

// The files named one by one, or those of a folder that are there.
absl::StatusOr<Files> ChosenFiles(const Args& args) {
  Files files{args.Value("customers"), args.Value("interactions"), args.Value("responses")};
  const bool named = !files.customers.empty() || !files.interactions.empty() || !files.responses.empty();
  if (args.words().size() > 1 || (named && !args.words().empty()))
    return absl::InvalidArgumentError("takes one folder, or files by --customers, --interactions, --responses");
  if (named) return files;
  if (args.words().empty())
    return absl::InvalidArgumentError("needs a folder, or files by --customers, --interactions, --responses");
  const std::filesystem::path folder = args.words().front();
  const auto in_folder = [&](const char* name) {
    std::error_code ignored;
    return std::filesystem::exists(folder / name, ignored) ? (folder / name).string() : std::string();
  };
  files = {in_folder(Customers().file), in_folder(Interactions().file), in_folder(Responses().file)};
  if (files.customers.empty() && files.interactions.empty() && files.responses.empty())
    return absl::NotFoundError(
        absl::StrCat(folder.string(), " has no customers.csv, interactions.csv or responses.csv"));
  return files;
}

absl::Status LoadAll(Importer& importer, const Files& files) {
  if (!files.customers.empty()) HOIAM_RETURN_IF_ERROR(importer.Load(Customers(), files.customers));
  if (!files.interactions.empty()) HOIAM_RETURN_IF_ERROR(importer.Load(Interactions(), files.interactions));
  if (!files.responses.empty()) HOIAM_RETURN_IF_ERROR(importer.Load(Responses(), files.responses));
  return importer.WaitUntilCounted();
}

void PrintSummary(const Context& context, const Importer& importer, bool dry_run) {
  const Say& say = context.say;
  Table table({say("Tệp", "File"), ">" + say("Số dòng", "Rows"),
               ">" + (dry_run ? say("Hợp lệ", "Good") : say("Đã lưu", "Stored")), ">" + say("Lỗi", "Failed")});
  for (const auto& s : importer.summaries())
    table.Add({s.file, say.Count(s.rows), say.Count(s.sent), say.Count(s.failed)});
  context.out << "\n" << table.Render() << std::flush;
}

}  // namespace

int RunImport(const Context& context, const std::vector<std::string>& words) {
  const auto args = Args::Parse(words, {"customers", "interactions", "responses"}, {"dry-run"});
  if (!args.ok()) return Misuse(context, "import", args.status().message());
  const auto files = ChosenFiles(*args);
  if (!files.ok()) return Misuse(context, "import", files.status().message());

  ImportOptions options{.dry_run = args->Has("dry-run"), .tty = context.tty};
  if (!options.dry_run) {
    auto target = FindTarget();
    if (!target.ok()) return Fail(context, target.status());
    options.target = *std::move(target);
  }
  Importer importer(options, context.clock, context.say, context.out, context.err);
  const absl::Status status = LoadAll(importer, *files);
  PrintSummary(context, importer, options.dry_run);
  if (!status.ok()) {
    Fail(context, status);
    context.err << context.say("Chạy lại là an toàn: dòng đã lưu không được lưu hai lần.",
                               "Running it again is safe: a row that is stored is not stored twice.")
                << std::endl;
    return kFailed;
  }
  if (options.dry_run)
    context.out << context.say("Chạy thử: chưa gửi gì.", "Dry run: nothing was sent.") << std::endl;
  else
    context.out << context.say("Đã tính hết vào điểm số và lịch sử.", "All of it is counted in scores and history.")
                << std::endl;
  return importer.any_failed() ? kFailed : kDone;
}

}  // namespace hoiam::cli
