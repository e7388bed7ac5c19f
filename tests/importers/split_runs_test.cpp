// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/split_runs.h"

#include <gtest/gtest.h>

namespace importers {
namespace {

/// "CONV:100 POOL:20" as events.
ProfileBlock block(std::initializer_list<std::pair<const char*, int64_t>> events) {
    ProfileBlock result;
    for (const auto& [tag, ticks] : events)
        result.push_back({tag, ticks});
    return result;
}

TEST(SplitRuns, OneBlockIsOneRun) {
    const auto split = splitRuns({block({{"CONV", 100}, {"CONV", 900}, {"SOFTMAX", 5}})});
    ASSERT_EQ(split.runs.size(), 1u);
    EXPECT_EQ(split.leftOut, 0u);
}

TEST(SplitRuns, BlocksThatRepeatAreRuns) {
    const auto run = block({{"CONV", 100}, {"POOL", 20}});
    EXPECT_EQ(splitRuns({run, run, run}).runs.size(), 3u);
}

// Ten equal operators are a model of ten layers, not ten runs of one: their times differ.
TEST(SplitRuns, LayersOfOneKindAreNoRepetition) {
    const auto run = block({{"FC", 5000}, {"FC", 1000}, {"FC", 60}, {"FC", 5200}});
    EXPECT_EQ(splitRuns({run}).runs.size(), 1u);
    EXPECT_EQ(splitRuns({run, run}).runs.size(), 2u);
}

TEST(SplitRuns, RunsWithoutAnythingBetweenAreFoundByTheirTimes) {
    const auto split = splitRuns({block({{"CONV", 1000},
                                         {"POOL", 20},
                                         {"CONV", 1010},
                                         {"POOL", 21},
                                         {"CONV", 990},
                                         {"POOL", 20}})});
    ASSERT_EQ(split.runs.size(), 3u);
    EXPECT_EQ(split.runs[1][0].ticks, 1010);
}

TEST(SplitRuns, NoiseWithinARunDoesNotCutIt) {
    const auto a = block({{"CONV", 1000}, {"POOL", 20}}), b = block({{"FC", 300}, {"SOFTMAX", 7}});
    EXPECT_EQ(splitRuns({a, b}).runs.size(), 1u);
    EXPECT_EQ(splitRuns({a, b, a, b}).runs.size(), 2u);
}

TEST(SplitRuns, ARestartLeavesAnIncompleteRunOut) {
    const auto whole = block({{"CONV", 100}, {"POOL", 20}, {"FC", 30}});
    const auto cut = block({{"CONV", 101}, {"POOL", 21}});
    const auto split = splitRuns({whole, cut, whole});
    EXPECT_EQ(split.runs.size(), 2u);
    EXPECT_EQ(split.leftOut, 2u);
}

TEST(SplitRuns, NothingIsNothing) {
    EXPECT_TRUE(splitRuns({}).runs.empty());
}

// Ticks of a damaged log may lie further apart than an integer can say.
TEST(SplitRuns, TicksFarApartAreNotSimilar) {
    EXPECT_EQ(splitRuns({block({{"FC", INT64_MIN}, {"FC", INT64_MAX}})}).runs.size(), 1u);
}

}  // namespace
}  // namespace importers
