// docs/crm-integration.md and docs/webhooks.md are true: every block of code on a page is run, in order, against a real
// suite, and prints what the page says it does.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "tests/support/process.h"
#include "tests/support/suite.h"

namespace hoiam::testing {
namespace {

// A fenced block. Its first line is a comment that names the file it is to be saved as, or "<file> prints".
struct Block {
  std::string file, text;
  bool prints = false;
};

std::vector<Block> ReadBlocks(const std::string& page) {
  std::vector<Block> blocks;
  bool inside = false;
  for (absl::string_view line : absl::StrSplit(page, '\n')) {
    if (absl::StartsWith(line, "```")) {
      if ((inside = !inside)) blocks.emplace_back();
      continue;
    }
    if (!inside) continue;
    Block& block = blocks.back();
    if (block.file.empty()) {
      absl::string_view name = line;
      if (!absl::ConsumePrefix(&name, "# ")) absl::ConsumePrefix(&name, "// ");
      block.prints = absl::ConsumeSuffix(&name, " prints");
      block.file = std::string(name);
    }
    if (!block.prints || !absl::EndsWith(line, " prints")) absl::StrAppend(&block.text, line, "\n");
  }
  return blocks;
}

// Whether `text` holds the parts of `pattern` around "…", in order.
bool Holds(absl::string_view text, absl::string_view pattern) {
  for (absl::string_view part : absl::StrSplit(pattern, "…")) {
    const size_t at = text.find(part);
    if (at == absl::string_view::npos) return false;
    text.remove_prefix(at + part.size());
  }
  return true;
}

// The first line of `expected` that is not found in its turn among the lines of `output`; "" when all are.
std::string Missing(const std::string& output, const std::string& expected) {
  const std::vector<absl::string_view> lines = absl::StrSplit(output, '\n');
  auto from = lines.begin();
  for (absl::string_view pattern : absl::StrSplit(expected, '\n', absl::SkipEmpty())) {
    while (from != lines.end() && !Holds(*from, pattern)) ++from;
    if (from == lines.end()) return std::string(pattern);
    ++from;
  }
  return "";
}

// A port that is free now.
std::string FreePort() {
  const char* ask = "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])";
  return std::string(absl::StripAsciiWhitespace(RunToEnd({{"python3", "-c", ask}, {}, ""}).output));
}

bool IsServer(const std::string& expected) { return absl::StartsWith(expected, "listening\n"); }

class IntegrationDocsTest : public ::testing::Test {
 protected:
  IntegrationDocsTest() {
    const char* googleapis = std::getenv("HOIAM_GOOGLEAPIS");
    if (!googleapis) Die("HOIAM_GOOGLEAPIS is not set: run this test by ctest");
    const std::string modules = SourceDir() + "/tests/e2e/node/node_modules";
    if (!std::filesystem::exists(modules + "/standardwebhooks"))
      Die("the npm packages are not installed: run ./dev test, or npm ci in tests/e2e/node");
    std::filesystem::create_directory_symlink(modules, folder_ + "/node_modules");
    env_ = {{"HOIAM_URL", suite_.url()},       {"HOIAM_GRPC", suite_.grpc_address()},
            {"HOIAM_ADMIN_KEY", suite_.key()}, {"HOIAM_PROTOS", absl::StrCat(SourceDir(), "/protos:", googleapis)},
            {"NODE_PORT", FreePort()},         {"PYTHON_PORT", FreePort()}};
  }

  Program ProgramOf(const std::string& file) const {
    std::string command = absl::StrCat("cd ", folder_, " && exec ");
    if (absl::EndsWith(file, ".sh")) absl::StrAppend(&command, "bash -e ");
    if (absl::EndsWith(file, ".mjs")) absl::StrAppend(&command, "node ");
    if (absl::EndsWith(file, ".py")) absl::StrAppend(&command, "python3 ");
    return {{"bash", "-c", command + file}, env_, ""};
  }

  std::set<std::string> RunPage(const std::string& page, size_t at_least);

  // "export NAME=value", as `eval "$(…)"` takes it.
  void TakeExports(const std::string& output) {
    for (absl::string_view line : absl::StrSplit(output, '\n')) {
      const std::vector<std::string> parts = absl::StrSplit(line, absl::MaxSplits('=', 1));
      if (absl::ConsumePrefix(&line, "export ") && parts.size() == 2)
        env_[std::string(absl::StripPrefix(parts[0], "export "))] = parts[1];
    }
  }

  void Start(const std::string& file) {
    Program program = ProgramOf(file);
    program.log = absl::StrCat(folder_, "/", file, ".log");
    WriteFile(program.log, "");
    servers_.emplace(file, Process(program));
    ExpectSoon(file, "listening\n");
  }

  // What a server prints, as soon as it does.
  void ExpectSoon(const std::string& file, const std::string& expected) {
    std::string output, missing;
    for (const absl::Time deadline = absl::Now() + absl::Seconds(60); absl::Now() < deadline;) {
      output = ReadFile(absl::StrCat(folder_, "/", file, ".log"));
      if ((missing = Missing(output, expected)).empty()) return;
      if (!servers_.at(file).running()) break;
      absl::SleepFor(absl::Milliseconds(20));
    }
    FAIL() << file << " does not print: " << missing << "\nbut\n" << output;
  }

  Suite suite_{{{"HOIAM_WEBHOOK_ALLOW", "127.0.0.1"}}};
  const std::string folder_ = MakeTempDir();
  std::map<std::string, std::string> env_;
  std::map<std::string, Process> servers_;
};

// Runs a page with at least so many blocks that print; the kinds of files that it has.
std::set<std::string> IntegrationDocsTest::RunPage(const std::string& page, size_t at_least) {
  const std::vector<Block> blocks = ReadBlocks(ReadFile(SourceDir() + "/docs/" + page));
  std::map<std::string, std::string> expected;
  for (const Block& block : blocks)
    if (block.prints) expected[block.file] = block.text;
  EXPECT_GE(expected.size(), at_least) << "these blocks have lost the lines that name them";

  std::set<std::string> kinds;
  for (const Block& block : blocks) {
    const std::string& file = block.file;
    if (block.prints) {
      if (servers_.count(file)) ExpectSoon(file, block.text);
      continue;
    }
    kinds.insert(std::filesystem::path(file).extension());
    WriteFile(absl::StrCat(folder_, "/", file), block.text);
    if (!expected.count(file)) continue;  // imported by others
    if (IsServer(expected[file])) {
      Start(file);
      continue;
    }
    const Finished done = RunToEnd(ProgramOf(file));
    EXPECT_EQ(done.status, 0) << file << "\n" << done.output;
    EXPECT_EQ(Missing(done.output, expected[file]), "") << "is not printed by " << file << ", which prints\n"
                                                        << done.output;
    TakeExports(done.output);
  }
  return kinds;
}

TEST_F(IntegrationDocsTest, EveryBlockOfThePagePrintsWhatThePageSays) {
  EXPECT_EQ(RunPage("crm-integration.md", 20), (std::set<std::string>{".sh", ".mjs", ".py"}))
      << "a block whose first line names no file";
}

TEST_F(IntegrationDocsTest, TheTemplatesForChatsMakeWhatThePageSays) {
  EXPECT_EQ(RunPage("webhooks.md", 4), std::set<std::string>{".sh"}) << "a block whose first line names no file";
}

}  // namespace
}  // namespace hoiam::testing
