// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/describe_called.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "analysis/count.h"
#include "support/golden.h"
#include "tflite/read.h"

namespace {

using namespace types;

GraphPtr modelNamed(const std::string& name) {
    const auto path =
        std::filesystem::path(NETCALIPER_SOURCE_DIR) / "tests/golden/models" / (name + ".tflite");
    const auto graph = tflite::read(path);
    EXPECT_TRUE(graph) << graph.error().message();
    return graph ? *graph : nullptr;
}

/// Operations of a called subgraph's rows.
int64_t opsOf(const CalledSubgraph& called) {
    int64_t ops = 0;
    for (const LayerEvaluation& layer : called.layers)
        ops += layer.ops;
    return ops;
}

TEST(DescribeCalled, ALoopsRowCountsItsConditionAndOneRound) {
    const GraphPtr graph = modelNamed("while_float32_00");
    ASSERT_TRUE(graph);
    const auto called = engine::describeCalled(*graph);
    ASSERT_EQ(called.size(), 2u);
    EXPECT_EQ(called[0].callers[0].counted, "the condition once");
    EXPECT_EQ(called[1].callers[0].counted, "one round of the body");
    const auto counts = analysis::countOps(*graph);
    const auto caller = static_cast<size_t>(called[0].callers[0].layer);
    EXPECT_EQ(graph->ops[caller].kind, OpKind::WHILE);
    EXPECT_EQ(opsOf(called[0]) + opsOf(called[1]), counts[caller].ops);
    for (const auto& each : called)
        for (const LayerEvaluation& layer : each.layers)
            EXPECT_TRUE(layer.supported) << layer.unsupportedReason;
}

TEST(DescribeCalled, ABranchsRowCountsTheOneWithMoreOperations) {
    const GraphPtr graph = modelNamed("if_float32_00");
    ASSERT_TRUE(graph);
    const auto called = engine::describeCalled(*graph);
    ASSERT_EQ(called.size(), 2u);
    const bool firstIsMore = opsOf(called[0]) > opsOf(called[1]);
    EXPECT_EQ(called[firstIsMore ? 0 : 1].callers[0].counted, "the branch with more operations");
    EXPECT_EQ(called[firstIsMore ? 1 : 0].callers[0].counted,
              "not: the other branch has more operations");
}

TEST(DescribeCalled, CallsOfCallsNameTheirSubgraph) {
    const GraphPtr graph = modelNamed("while_if_float32_00");
    ASSERT_TRUE(graph);
    const auto called = engine::describeCalled(*graph);
    EXPECT_TRUE(std::ranges::any_of(called, [](const CalledSubgraph& each) {
        return each.callers[0].subgraph > 0 && each.callers[0].op.ends_with("IF");
    }));
}

TEST(DescribeCalled, AModelWithoutCallsHasNone) {
    const GraphPtr graph = modelNamed("add_float32_01");
    ASSERT_TRUE(graph);
    EXPECT_TRUE(engine::describeCalled(*graph).empty());
}

}  // namespace
