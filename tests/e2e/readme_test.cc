// What the README and the pages of figures, cases and alarms show is typed in as it stands there.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "tests/support/process.h"
#include "tests/support/suite.h"

namespace hoiam::testing {
namespace {

struct Walk {
  std::string script;
  std::vector<std::string> expected;  // what stands behind the arrows, in order
};

// The code blocks between walk:begin and walk:end.
Walk ReadWalk(const std::string& readme) {
  Walk walk;
  bool inside = false, code = false;
  for (absl::string_view line : absl::StrSplit(readme, '\n')) {
    if (absl::StartsWith(line, "<!-- walk:begin")) inside = true;
    if (absl::StartsWith(line, "<!-- walk:end")) inside = false;
    if (!inside) continue;
    if (absl::StartsWith(line, "```")) {
      code = !code;
      continue;
    }
    if (!code) continue;
    absl::StrAppend(&walk.script, line, "\n");
    const std::vector<absl::string_view> parts = absl::StrSplit(line, absl::MaxSplits("# → ", 1));
    if (parts.size() == 2) walk.expected.emplace_back(absl::StripAsciiWhitespace(parts[1]));
  }
  return walk;
}

// Runs the walk of a page against a suite of its own.
void ExpectTrue(const std::string& page) {
  Suite suite;
  const Walk walk = ReadWalk(ReadFile(absl::StrCat(SourceDir(), "/", page)));
  ASSERT_GE(walk.expected.size(), 9u);
  const std::string folder = MakeTempDir();
  ASSERT_EQ(RunToEnd({{"mkdir", folder + "/.hoiam"}, {}, ""}).status, 0);
  WriteFile(absl::StrCat(folder, "/.hoiam/api_key"), suite.key());
  WriteFile(absl::StrCat(folder, "/walk.sh"),
            absl::StrReplaceAll(walk.script, {{"http://127.0.0.1:8080", suite.url()}}));
  Program program = suite.CliProgram({});  // so that `hoiam` finds this suite
  program.argv = {"bash", "-c", absl::StrCat("cd ", folder, " && PATH=", BinDir(), ":$PATH bash -e walk.sh")};
  const Finished done = RunToEnd(program);
  EXPECT_EQ(done.status, 0) << done.output;
  size_t from = 0;
  for (const std::string& text : walk.expected) {
    const size_t at = done.output.find(text, from);
    ASSERT_NE(at, std::string::npos) << "not found, in its turn: " << text << "\n" << done.output;
    from = at + text.size();
  }
}

TEST(ReadmeTest, TheWalkAnswersWhatItSays) { ExpectTrue("README.md"); }

TEST(ReadmeTest, TheFiguresOfTheDocumentationAreThoseThatAreAnswered) { ExpectTrue("docs/figures.md"); }

TEST(ReadmeTest, ACaseIsWorkedAsTheDocumentationSays) { ExpectTrue("docs/cases.md"); }

TEST(ReadmeTest, AlarmsRingAsTheDocumentationSays) { ExpectTrue("docs/alarms.md"); }

}  // namespace
}  // namespace hoiam::testing
