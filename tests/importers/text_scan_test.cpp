// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/text_scan.h"

#include <gtest/gtest.h>

#include "importers/parts/csv_reader.h"

namespace importers {
namespace {

TEST(TextScan, LinesEndInAnyWay) {
    const auto lines = linesOf("a\r\nb\n\n c \rd");
    ASSERT_EQ(lines.size(), 5u);
    EXPECT_EQ(lines[1], "b");
    EXPECT_EQ(lines[2], "");
    EXPECT_EQ(lines[3], "c");
    EXPECT_EQ(lines[4], "d");
}

TEST(TextScan, ANumberIsTheWholeText) {
    EXPECT_EQ(numberOf(" 12.5 "), 12.5);
    EXPECT_EQ(numberOf("+3"), 3);
    EXPECT_FALSE(numberOf("12.5 sec"));
    EXPECT_FALSE(numberOf("nan"));
    EXPECT_FALSE(numberOf(""));
    EXPECT_EQ(leadingNumber("  12.5 sec."), 12.5);
    EXPECT_EQ(leadingGrouped("827,256 B (1)"), 827256);
    EXPECT_EQ(leadingGrouped("1,205.432 ms"), 1205.432);
    EXPECT_EQ(leadingGrouped("9.806 ms (9.8/9.9)"), 9.806);
    EXPECT_FALSE(leadingGrouped("-- B"));
    EXPECT_FALSE(integerOf("1.5"));
}

TEST(TextScan, MarksEncloseText) {
    EXPECT_EQ(between("m-model-[kws01]", "m-model-[", "]"), "kws01");
    EXPECT_FALSE(between("m-model-[kws01", "m-model-[", "]"));
    EXPECT_TRUE(hasLine("x\n  macc : 1", "macc"));
    EXPECT_FALSE(hasLine("a macc : 1", "macc"));
}

TEST(TextScan, AListIsAllNumbersOrNothing) {
    EXPECT_EQ(numberList("0.5, 1"), (std::vector<double>{0.5, 1}));
    EXPECT_TRUE(numberList("")->empty());
    EXPECT_FALSE(numberList("0.5,,1"));
}

TEST(CsvReader, TellsTheSeparatorAndReadsQuotes) {
    CsvReader rows(
        "\xEF\xBB\xBF"
        "a;\"b;c\"\n\n1;\"x \"\"y\"\" z\"\n2\n");
    EXPECT_EQ(rows.header(), (std::vector<std::string>{"a", "b;c"}));
    EXPECT_EQ(rows.column("B;C"), 1);
    EXPECT_EQ(rows.column("d"), -1);
    std::vector<std::string> cells;
    ASSERT_TRUE(rows.next(cells));
    EXPECT_EQ(cells, (std::vector<std::string>{"1", "x \"y\" z"}));
    ASSERT_TRUE(rows.next(cells));
    EXPECT_EQ(cells, (std::vector<std::string>{"2"}));
    EXPECT_FALSE(rows.next(cells));
}

TEST(CsvReader, TheFirstColumnOfANameCounts) {
    const CsvReader rows("x,A,a\n");
    EXPECT_EQ(rows.column("a"), 1);
}

TEST(CsvReader, AHeaderOfTooManyColumnsIsNoTable) {
    const std::string many(1024, ',');  // 1025 columns
    EXPECT_EQ(CsvReader("a" + many.substr(1)).header().size(), 1024u);
    EXPECT_TRUE(CsvReader("a" + many).header().empty());
    EXPECT_EQ(CsvReader("a" + many).column("a"), -1);
}

TEST(CsvReader, CellsBehindTheLastColumnThatATableMayHaveAreNotKept) {
    const std::string text = "a,b\n1,2" + std::string(5000, ',');
    CsvReader rows(text);
    std::vector<std::string> cells;
    ASSERT_TRUE(rows.next(cells));
    EXPECT_EQ(cells.size(), 1024u);
    EXPECT_EQ(cells[1], "2");
}

}  // namespace
}  // namespace importers
