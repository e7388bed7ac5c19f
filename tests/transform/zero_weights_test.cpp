// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/zero_weights.h"

#include <gtest/gtest.h>

#include <cmath>

#include "graph_surgery.h"
#include "same_outputs.h"
#include "transform/recovery/layer_weights.h"
#include "zoo/reference_models.h"

namespace {

using namespace surgery;
using types::GraphPtr;
using types::Variation;
using zoo::Precision;

Variation zeroing(double share) {
    Variation variation;
    variation.prune.weights = share;
    return variation;
}

TEST(ZeroWeights, TheSmallestGoAndTheRestStays) {
    for (Precision precision : {Precision::Float32, Precision::Int8}) {
        const auto graph = zoo::keywordDsCnn(precision).value();
        const auto varied = transform::apply(graph, zeroing(0.5)).value();
        for (size_t op = 0; op < graph->ops.size(); ++op) {
            if (!transform::weightOperand(*graph, op)) continue;
            const auto before = transform::realOperand(*graph, op, 1);
            const auto after = transform::realOperand(*varied.graph, op, 1);
            float largestGone = 0, smallestLeft = 1e9f;
            for (size_t i = 0; i < before.size(); ++i) {
                if (after[i] == 0) {
                    largestGone = std::max(largestGone, std::fabs(before[i]));
                } else {
                    EXPECT_EQ(after[i], before[i]);
                    smallestLeft = std::min(smallestLeft, std::fabs(after[i]));
                }
            }
            EXPECT_LE(largestGone, smallestLeft);
            EXPECT_GE(2 * std::ranges::count(after, 0.0f), static_cast<long>(before.size()) - 1);
        }
    }
}

TEST(ZeroWeights, ShapesAndWorkStayAndChangesSaySo) {
    const auto graph = zoo::keywordDsCnn(Precision::Int8).value();
    const auto varied = transform::apply(graph, zeroing(0.75)).value();
    EXPECT_EQ(macsOf(*varied.graph), macsOf(*graph));
    EXPECT_GT(transform::countZeroWeights(*varied.graph),
              transform::countZeroWeights(*graph) + 10'000);
    EXPECT_NE(varied.changes.back().find("neither time nor size"), std::string::npos);
    EXPECT_FALSE(outputsOf(*varied.graph, 1).empty());
}

TEST(ZeroWeights, FourBitWeightsHaveAZero) {
    const auto graph = copyOf(zoo::keywordDsCnn(Precision::Int8).value());
    const int32_t filter = graph->ops[2].input(1);
    auto& tensor = graph->tensors[static_cast<size_t>(filter)];
    tensor.type = types::DataType::Int4;
    std::vector<uint8_t> packed(static_cast<size_t>(tensor.bytes()), 0x9F);  // codes -1 and -7
    setElements(*graph, filter, packed);
    Variation variation;
    variation.layers[2].pruneWeights = 0.5;
    const auto varied = transform::apply(graph, variation).value();
    const auto after = elementsOf<uint8_t>(*varied.graph, varied.graph->ops[2].input(1));
    EXPECT_EQ(std::ranges::count(after, 0x90), static_cast<long>(after.size()));
    EXPECT_EQ(varied.changes.front(), "#2 CONV_2D: 2048 of 4096 weights are zero");
}

TEST(ZeroWeights, NothingToDoIsTheSameGraph) {
    const auto graph = zoo::keywordDsCnn(Precision::Int8).value();
    Variation variation;
    variation.layers[0].pruneWeights = 0;
    EXPECT_EQ(transform::apply(graph, variation).value().graph, graph);
}

}  // namespace
