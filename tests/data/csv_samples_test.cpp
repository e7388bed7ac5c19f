// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of samples: separators, decimal signs, and where the label stands.

#include <gtest/gtest.h>

#include <cstring>

#include "read_dataset.h"
#include "support/temporary_dir.h"
#include "written_files.h"

namespace {

using written::problemOf;
using written::readGood;

TEST(CsvSamples, CsvMayHaveDecimalCommas) {
    const support::TemporaryDir dir;
    written::text(dir / "a.csv", "height;kind\n1,5;0\n2,25;1\n");
    const auto dataset = readGood(dir / "a.csv");
    ASSERT_EQ(dataset.samples.size(), 2u);
    float second;
    std::memcpy(&second, dataset.samples[1].bytes.data(), sizeof second);
    EXPECT_EQ(second, 2.25f);
    EXPECT_EQ(dataset.samples[1].label, 1);
}

TEST(CsvSamples, CsvRowsHaveTheLabelLast) {
    const support::TemporaryDir dir;
    written::text(dir / "a.csv", "height,width,kind\n1.5,2,0\r\n3,4,1\n");
    const auto dataset = readGood(dir / "a.csv");
    ASSERT_EQ(dataset.samples.size(), 2u);
    EXPECT_EQ(dataset.classes, 2);
    EXPECT_EQ(dataset.samples[1].name, "row 3");
    EXPECT_EQ(dataset.samples[0].shape, types::Shape{2});
    written::text(dir / "b.csv", "1,0.25\n2,0.5\n");
    EXPECT_EQ(readGood(dir / "b.csv").samples[1].target, std::vector<float>{0.5f});
    written::text(dir / "c.csv", "1,2,0\n1,0\n");
    EXPECT_EQ(problemOf(dir / "c.csv"), "has 2 columns where 3 are expected");
    written::text(dir / "d.csv", "1,2,0\n1,x,0\n");
    EXPECT_EQ(problemOf(dir / "d.csv"), "'x' is not a number");
}

struct CsvCase {
    const char* text;
    int32_t features, label;  ///< of the last row
    int32_t classes;
};

TEST(CsvSamples, TheLabelOfACsvIsFoundWhereItStands) {
    const support::TemporaryDir dir;
    const CsvCase kCases[] = {
        {"1.5,2,0\n3,4,1\n", 2, 1, 2},
        {"label,p0,p1\n2,0,7\n1,3,9\n", 2, 1, 3},
        {"p0,class,p1\n0,2,7\n3,1,9\n", 2, 1, 3},
        {"3,9,0\n1,8,0\n2,7,0\n", 2, 2, 4},                    // the last column never changes
        {",a,b,label\n0,5,6,1\n1,7,8,0\n2,7,8,1\n", 2, 1, 2},  // pandas' index
        {"\"1,5\";2;\"0\"\n\"2,5\";3;\"1\"\n", 2, 1, 2},
        {"1.5\t2\t0\n2.5\t3\t1\n", 2, 1, 2},
        {"5.5,1,0,0\n2.5,0,0,1\n7,0,1,0\n", 1, 1, 3},  // one-hot
        {"5.1,3.5,setosa\n6.2,2.9,virginica\n5.9,3,setosa\n", 2, 0, 2},
        {"no,1,2\nyes,3,4\nno,5,6\nyes,7,8\n", 2, 1, 2},
    };
    for (const CsvCase& each : kCases) {
        written::text(dir / "a.csv", each.text);
        const auto dataset = readGood(dir / "a.csv");
        ASSERT_FALSE(dataset.samples.empty()) << each.text;
        EXPECT_EQ(dataset.samples.back().shape, types::Shape{each.features}) << each.text;
        EXPECT_EQ(dataset.samples.back().label, each.label) << each.text;
        EXPECT_EQ(dataset.classes, each.classes) << each.text;
    }
}

TEST(CsvSamples, ASpreadsheetsUtf16IsRead) {
    const support::TemporaryDir dir;
    std::string wide = "\xFF\xFE";
    for (const char c : std::string("a\tkind\r\n1,5\t0\r\n2,5\t1\r\n"))
        wide += {c, '\0'};
    written::text(dir / "a.csv", wide);
    const auto dataset = readGood(dir / "a.csv");
    ASSERT_EQ(dataset.samples.size(), 2u);
    EXPECT_EQ(dataset.samples[1].label, 1);
}

TEST(CsvSamples, NamesOfSamplesAreNoClasses) {
    const support::TemporaryDir dir;
    written::text(dir / "a.csv", "first,1,0\nsecond,2,1\n");
    EXPECT_EQ(problemOf(dir / "a.csv"), "'first' is not a number");
}

}  // namespace
