// SPDX-License-Identifier: GPL-3.0-or-later
#include "zoo/search_space.h"

#include <gtest/gtest.h>

#include <set>

#include "analysis/count.h"
#include "analysis/validate.h"
#include "tflite/write.h"

namespace {

using namespace types;

constexpr uint64_t kSeed = 7;
constexpr int kMembers = 8;

GraphPtr memberOf(zoo::SearchSpace space, int index) {
    const auto graph = zoo::drawMember(space, kSeed, index);
    EXPECT_TRUE(graph) << graph.error().message();
    return *graph;
}

int64_t spaceMacsOf(const Graph& graph) {
    int64_t macs = 0;
    for (const auto& counts : analysis::countOps(graph))
        macs += counts.macs;
    return macs;
}

class SearchSpaces : public testing::TestWithParam<zoo::SearchSpace> {};

TEST_P(SearchSpaces, MembersAreValidInt8Graphs) {
    for (int i = 0; i < kMembers; ++i) {
        const GraphPtr graph = memberOf(GetParam(), i);
        EXPECT_TRUE(analysis::validate(*graph));
        EXPECT_EQ(graph->tensor(graph->inputs[0]).type, DataType::Int8);
    }
}

TEST_P(SearchSpaces, MembersDifferAndSpanSeveralTimesTheMacs) {
    std::set<int64_t> macs;
    for (int i = 0; i < kMembers; ++i)
        macs.insert(spaceMacsOf(*memberOf(GetParam(), i)));
    EXPECT_EQ(macs.size(), kMembers);
    EXPECT_GT(*macs.rbegin(), 4 * *macs.begin());
}

TEST_P(SearchSpaces, TheSameNumbersGiveTheSameBytes) {
    const Bytes once = tflite::writeBytes(*memberOf(GetParam(), 3));
    const Bytes again = tflite::writeBytes(*memberOf(GetParam(), 3));
    EXPECT_TRUE(std::ranges::equal(once.view(), again.view()));
    const auto otherSeed = zoo::drawMember(GetParam(), kSeed + 1, 3);
    ASSERT_TRUE(otherSeed);
    EXPECT_FALSE(std::ranges::equal(once.view(), tflite::writeBytes(**otherSeed).view()));
}

TEST_P(SearchSpaces, ChannelsAreMultiplesOfFour) {
    for (int i = 0; i < kMembers; ++i) {
        const GraphPtr graph = memberOf(GetParam(), i);
        for (const Op& op : graph->ops)
            if (op.kind == OpKind::CONV_2D) {
                EXPECT_EQ(graph->tensor(op.outputs[0]).shape.back() % 4, 0);
            }
    }
}

TEST_P(SearchSpaces, AreFoundByTheirName) {
    EXPECT_EQ(zoo::searchSpaceNamed(zoo::searchSpaceName(GetParam())), GetParam());
    EXPECT_EQ(zoo::searchSpaceNamed("no such space"), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(All, SearchSpaces, testing::ValuesIn(zoo::searchSpaces()),
                         [](const auto& member) {
                             return member.param == zoo::SearchSpace::DsCnn ? "DsCnn"
                                                                            : "MobileNetV2";
                         });

}  // namespace
