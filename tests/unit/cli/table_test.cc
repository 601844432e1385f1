#include "cli/term/table.h"

#include <gmock/gmock.h>

namespace hoiam::cli {
namespace {

TEST(DisplayWidthTest, CountsWhatATerminalShows) {
  EXPECT_EQ(DisplayWidth(""), 0u);
  EXPECT_EQ(DisplayWidth("Đà Nẵng"), 7u);
  EXPECT_EQ(DisplayWidth("e\xCC\x81"), 1u) << "a combining accent has no column of its own";
  EXPECT_EQ(DisplayWidth("한국"), 4u);
  EXPECT_EQ(DisplayWidth("👍"), 2u);
  EXPECT_EQ(DisplayWidth("a\xFF"), 2u) << "a byte that is no UTF-8 is one column";
}

TEST(FitTest, CutsAtAColumnAndNeverInsideACharacter) {
  EXPECT_EQ(Fit("Cần Thơ", 7), "Cần Thơ");
  EXPECT_EQ(Fit("Cần Thơ", 5), "Cần …");
  EXPECT_EQ(Fit("한국어", 5), "한국…");
  EXPECT_EQ(Fit("한국어", 4), "한…");
  EXPECT_EQ(Fit("abc", 1), "…");
  EXPECT_EQ(Fit("abc", 0), "");
}

TEST(FitTest, ACustomersWordsCannotSteerTheTerminal) { EXPECT_EQ(Fit("a\x1B[31mb\nc", 20), "a�[31mb c"); }

TEST(TableTest, ColumnsStandUnderOneAnotherWhateverTheLetters) {
  Table table({"Điểm chạm", ">n"});
  table.Add({"Giao hàng", "12"});
  table.Add({"x", "3456"});
  EXPECT_EQ(table.Render(),
            "Điểm chạm     n\n"
            "─────────  ────\n"
            "Giao hàng    12\n"
            "x          3456\n");
}

TEST(TableTest, MissingCellsAreEmptyAndLinesEndWithoutSpaces) {
  Table table({"a", "b"});
  EXPECT_TRUE(table.empty());
  table.Add({"1"});
  EXPECT_EQ(table.Render(), "a  b\n─  ─\n1\n");
}

TEST(BarTest, IsAsWideAsAskedAndShowsEveryPart) {
  EXPECT_EQ(DisplayWidth(Bar({1, 1, 98}, 20)), 20u);
  EXPECT_EQ(Bar({1, 0, 1}, 4), "██░░");
  EXPECT_EQ(Bar({1000, 1}, 4), "███▒") << "a small part is seen too";
  EXPECT_EQ(Bar({0, 0}, 4), "");
  for (int a = 0; a <= 12; ++a) {
    for (int b = 0; b <= 12; ++b) {
      EXPECT_EQ(DisplayWidth(Bar({double(a), double(b), 1}, 10)), 10u) << a << " " << b;
    }
  }
}

}  // namespace
}  // namespace hoiam::cli
