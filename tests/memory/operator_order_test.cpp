// SPDX-License-Identifier: GPL-3.0-or-later
#include "memory/operator_order.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "analysis/validate.h"
#include "lowering/requirements.h"
#include "memory/best_planner.h"
#include "support/golden.h"
#include "tflite/read.h"

namespace {

using namespace types;

/// An input that two branches widen and narrow again before they meet: in file order (both widen
/// first) two wide tensors live at once, in the best order one.
Graph twoBranches() {
    Graph graph;
    graph.buffers.emplace_back();
    const std::vector<Shape> shapes = {{16}, {64}, {64}, {16}, {16}, {16}};
    for (const Shape& shape : shapes) {
        Tensor tensor;
        tensor.shape = shape;
        graph.tensors.push_back(tensor);
    }
    const auto addOp = [&](std::vector<int32_t> inputs, int32_t output) {
        Op op;
        op.kind = OpKind::CONCATENATION;
        op.inputs = std::move(inputs);
        op.outputs = {output};
        graph.ops.push_back(op);
    };
    addOp({0}, 1);
    addOp({0}, 2);
    addOp({1}, 3);
    addOp({2}, 4);
    addOp({3, 4}, 5);
    graph.inputs = {0};
    graph.outputs = {5};
    return graph;
}

/// Smallest peak of all orders, by trying them all.
int64_t bruteForcePeak(const Graph& graph) {
    const memory::ScratchNeeds none(graph.ops.size());
    std::vector<int32_t> order(graph.ops.size());
    for (size_t i = 0; i < order.size(); ++i)
        order[i] = static_cast<int32_t>(i);
    int64_t best = std::numeric_limits<int64_t>::max();
    do {
        const Graph candidate = memory::withOrder(graph, order);
        std::vector<bool> ready(graph.tensors.size());
        for (int32_t t : graph.inputs)
            ready[static_cast<size_t>(t)] = true;
        bool sound = true;
        for (const Op& op : candidate.ops) {
            for (int32_t t : op.inputs)
                sound = sound && ready[static_cast<size_t>(t)];
            for (int32_t t : op.outputs)
                ready[static_cast<size_t>(t)] = true;
        }
        if (sound)
            best = std::min(best, memory::lowerBound(memory::plannedBuffers(candidate, none),
                                                     static_cast<int32_t>(order.size())));
    } while (std::next_permutation(order.begin(), order.end()));
    return best;
}

TEST(OperatorOrder, EqualsTheBestOfAllOrders) {
    const Graph graph = twoBranches();
    const auto found = memory::searchOrder(graph, memory::ScratchNeeds(graph.ops.size()));
    EXPECT_TRUE(found.exact());
    EXPECT_EQ(found.peakBytes, bruteForcePeak(graph));
    EXPECT_LT(found.peakBytes, 64 * 4 + 64 * 4 + 16 * 4);
}

TEST(OperatorOrder, ReadsAndAssignmentsOfVariablesKeepTheirOrder) {
    Graph graph = twoBranches();
    const memory::ScratchNeeds none(graph.ops.size());
    const std::vector<int32_t> asInTheFile = {0, 1, 2, 3, 4};
    EXPECT_NE(memory::searchOrder(graph, none).order, asInTheFile);
    for (const OpKind second : {OpKind::ASSIGN_VARIABLE, OpKind::CALL_ONCE, OpKind::IF}) {
        for (size_t op : {0u, 1u, 2u, 3u})
            graph.ops[op].kind = op % 2 == 0 ? OpKind::READ_VARIABLE : second;
        EXPECT_EQ(memory::searchOrder(graph, none).order, asInTheFile);
    }
}

TEST(OperatorOrder, WithoutStatesToSpareGivesASoundOrderAndABound) {
    const Graph graph = twoBranches();
    const auto found = memory::searchOrder(graph, memory::ScratchNeeds(graph.ops.size()), {}, 1);
    EXPECT_EQ(found.order.size(), graph.ops.size());
    EXPECT_LE(found.boundBytes, bruteForcePeak(graph));
    EXPECT_GE(found.peakBytes, bruteForcePeak(graph));
}

TEST(OperatorOrder, LowersThePeakOfTheOrderingGraphs) {
    SKIP_WITHOUT_SHARED();
    int lowered = 0;
    for (const auto& golden : support::goldenCases("conformance/")) {
        if (!golden.name().starts_with("graph_")) continue;
        const auto graph = tflite::read(golden.model);
        ASSERT_TRUE(graph);
        const auto scratch = lowering::scratchNeeds(**graph);
        const auto found = memory::searchOrder(**graph, scratch);
        const Graph reordered = memory::withOrder(**graph, found.order);
        ASSERT_TRUE(analysis::validate(reordered)) << golden.name();
        const auto before = memory::planBest(**graph, scratch);
        const auto after = memory::planBest(reordered, memory::withOrder(scratch, found.order));
        EXPECT_LE(after.arenaBytes, before.arenaBytes) << golden.name();
        EXPECT_EQ(after.lowerBoundBytes, found.peakBytes) << golden.name();
        if (after.arenaBytes < before.arenaBytes) ++lowered;
    }
    EXPECT_GE(lowered, 3);
}

}  // namespace
