#include "cli/csv/csv.h"

#include <gmock/gmock.h>

#include <sstream>

#include "tests/support/matchers.h"

namespace hoiam::cli {
namespace {

using ::testing::ElementsAre;

struct Parsed {
  std::vector<std::vector<std::string>> rows;
  std::vector<int> lines;
  std::vector<std::string> problems;
};

Parsed Parse(const std::string& text) {
  std::istringstream in(text);
  CsvReader reader(in);
  CsvRecord record;
  Parsed parsed;
  while (true) {
    const auto more = reader.Next(record);
    if (!more.ok()) {
      parsed.problems.push_back(ReasonOf(more.status()));
    } else if (!*more) {
      return parsed;
    } else {
      parsed.rows.push_back(record.cells);
      parsed.lines.push_back(record.line);
    }
  }
}

TEST(CsvTest, EveryKindOfLineBreakEndsARecord) {
  const auto p = Parse("a,b\r\nc,d\ne,f\rg,h");
  EXPECT_THAT(p.rows,
              ElementsAre(ElementsAre("a", "b"), ElementsAre("c", "d"), ElementsAre("e", "f"), ElementsAre("g", "h")));
  EXPECT_THAT(p.lines, ElementsAre(1, 2, 3, 4));
}

TEST(CsvTest, AByteOrderMarkIsNoPartOfTheFirstCell) {
  EXPECT_THAT(Parse("\xEF\xBB\xBFid,b\n").rows, ElementsAre(ElementsAre("id", "b")));
}

TEST(CsvTest, AQuotedCellMayHoldCommasQuotesAndLineBreaks) {
  const auto p = Parse("1,\"a,b\"\"c\"\"\nd\",2\r\n3,,4\n");
  EXPECT_THAT(p.rows, ElementsAre(ElementsAre("1", "a,b\"c\"\nd", "2"), ElementsAre("3", "", "4")));
  EXPECT_THAT(p.lines, ElementsAre(1, 3)) << "a record's line is where it begins";
}

TEST(CsvTest, EmptyCellsAndAMissingLastLineBreakAreKept) {
  EXPECT_THAT(Parse("a,\n,\n\"\",x").rows,
              ElementsAre(ElementsAre("a", ""), ElementsAre("", ""), ElementsAre("", "x")));
}

TEST(CsvTest, EmptyLinesArePassedOver) { EXPECT_THAT(Parse("\n\na\n\n\nb\n\n").lines, ElementsAre(3, 6)); }

TEST(CsvTest, AQuoteInsideOfAPlainCellIsAnOrdinaryCharacter) {
  EXPECT_THAT(Parse("5\" screen,x\n").rows, ElementsAre(ElementsAre("5\" screen", "x")));
}

TEST(CsvTest, TextAfterAClosingQuoteSpoilsThatRecordOnly) {
  const auto p = Parse("a\n\"b\"x,1\nc\n");
  EXPECT_THAT(p.rows, ElementsAre(ElementsAre("a"), ElementsAre("c")));
  EXPECT_THAT(p.problems, ElementsAre("TEXT_AFTER_QUOTE"));
}

TEST(CsvTest, AQuoteThatIsNeverClosedIsToldWithItsLine) {
  std::istringstream in("a\n\"b,c\nd\n");
  CsvReader reader(in);
  CsvRecord record;
  ASSERT_TRUE(*reader.Next(record));
  const auto bad = reader.Next(record);
  EXPECT_THAT(bad, testing::StatusIs(absl::StatusCode::kInvalidArgument, "UNCLOSED_QUOTE"));
  EXPECT_EQ(record.line, 2);
  EXPECT_FALSE(*reader.Next(record));
}

TEST(CsvTest, ANulByteSpoilsThatRecordOnly) {
  const auto p = Parse(std::string("a\0b\nc\n", 6));
  EXPECT_THAT(p.rows, ElementsAre(ElementsAre("c")));
  EXPECT_THAT(p.problems, ElementsAre("NUL_BYTE"));
}

TEST(CsvTest, ACellOfMoreThanAMebibyteIsRefused) {
  EXPECT_THAT(Parse("a," + std::string(kMaxCellBytes + 1, 'x') + "\nb\n").problems, ElementsAre("CELL_TOO_LONG"));
  EXPECT_EQ(Parse(std::string(kMaxCellBytes, 'x') + "\n").rows[0][0].size(), kMaxCellBytes);
}

// Whatever comes in, reading ends, and says no more than one thing per line.
TEST(CsvTest, AnythingAtAllIsReadToItsEnd) {
  const std::string alphabet =
      "a\",\n\r\0\xEF\xBB\xBF\xFF "
      "x";
  uint64_t seed = 7;
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) {
      seed = seed * 6364136223846793005u + 1442695040888963407u;
      text.push_back(alphabet[(seed >> 33) % alphabet.size()]);
    }
    const auto p = Parse(text);
    const auto lines = std::count(text.begin(), text.end(), '\n') + std::count(text.begin(), text.end(), '\r') + 1;
    EXPECT_LE(static_cast<long>(p.rows.size() + p.problems.size()), lines);
  }
}

}  // namespace
}  // namespace hoiam::cli
