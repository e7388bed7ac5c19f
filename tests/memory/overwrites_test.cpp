// SPDX-License-Identifier: GPL-3.0-or-later
// In-place planning without kernels: the tests state which input may be overwritten.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "lowering/requirements.h"
#include "memory/best_planner.h"
#include "memory/operator_order.h"
#include "support/shared_files.h"
#include "tflite/read.h"

namespace {

using memory::Overwritable;
using memory::ScratchNeeds;
using types::Graph;
using types::MemoryPlan;
using types::PlannedBuffer;

/// Tensors of int8 with the given sizes; operator i has inputs and one output.
Graph makeGraph(const std::vector<int32_t>& sizes,
                const std::vector<std::pair<std::vector<int32_t>, int32_t>>& ops) {
    Graph graph;
    graph.buffers.resize(1);
    for (int32_t size : sizes) {
        types::Tensor tensor;
        tensor.type = types::DataType::Int8;
        tensor.shape = {size};
        graph.tensors.push_back(tensor);
    }
    for (const auto& [inputs, output] : ops) {
        types::Op op;
        op.inputs = inputs;
        op.outputs = {output};
        graph.ops.push_back(op);
    }
    graph.inputs = {0};
    graph.outputs = {ops.back().second};
    return graph;
}

const PlannedBuffer& bufferOf(const MemoryPlan& plan, int32_t tensor) {
    return *std::find_if(plan.buffers.begin(), plan.buffers.end(),
                         [&](const PlannedBuffer& b) { return b.tensor == tensor; });
}

/// Every operator may overwrite any input.
Overwritable anyInput(const Graph& graph) {
    Overwritable inputs;
    for (const types::Op& op : graph.ops)
        inputs.push_back(op.inputs);
    return inputs;
}

MemoryPlan planned(const Graph& graph) {
    return memory::planBest(graph, ScratchNeeds(graph.ops.size()), anyInput(graph));
}

TEST(Overwrites, AChainIsOneBuffer) {
    const Graph graph = makeGraph({64, 64, 64, 64}, {{{0}, 1}, {{1}, 2}, {{2}, 3}});
    const MemoryPlan plan = planned(graph);
    EXPECT_TRUE(memory::isConsistent(plan));
    EXPECT_EQ(plan.arenaBytes, 64);
    EXPECT_EQ(plan.lowerBoundBytes, 64);
    EXPECT_EQ(bufferOf(plan, 3).overwrites, 2);
    EXPECT_EQ(bufferOf(plan, 0).overwrites, -1);
}

TEST(Overwrites, AShorterOutputLeavesTheRestFree) {
    // 64 bytes shrink to 16; then 48 more are needed beside them.
    const Graph graph = makeGraph({64, 16, 48, 16}, {{{0}, 1}, {{1}, 2}, {{1, 2}, 3}});
    const MemoryPlan plan = memory::planBest(graph, ScratchNeeds(3), {{0}, {}, {}});
    EXPECT_TRUE(memory::isConsistent(plan));
    EXPECT_EQ(plan.arenaBytes, 16 + 48 + 16);
    EXPECT_EQ(plan.arenaBytes, plan.lowerBoundBytes);
}

TEST(Overwrites, AnInputThatIsReadLaterKeepsItsPlace) {
    const Graph graph = makeGraph({64, 64, 64}, {{{0}, 1}, {{0, 1}, 2}});
    const MemoryPlan plan = planned(graph);
    EXPECT_EQ(bufferOf(plan, 1).overwrites, -1);
    EXPECT_NE(bufferOf(plan, 2).overwrites, -1);
    EXPECT_EQ(plan.arenaBytes, 128);
}

TEST(Overwrites, AnOutputLongerThanItsInputHasAPlaceOfItsOwn) {
    const Graph graph = makeGraph({16, 64}, {{{0}, 1}});
    EXPECT_EQ(planned(graph).arenaBytes, 80);
}

TEST(Overwrites, SharedBytesCountOnce) {
    std::vector<PlannedBuffer> buffers = {{0, 64, 64, 0, -1, 0}, {1, 32, 32, 0, 0, 1}};
    EXPECT_EQ(memory::lowerBound(buffers, 2), 96);
    buffers[1].overwrites = 0;
    EXPECT_EQ(memory::lowerBound(buffers, 2), 64);
    EXPECT_EQ(buffers[1].bytesAt(0), 0);
    EXPECT_EQ(buffers[1].bytesAt(1), 32);
}

TEST(Overwrites, OnlyTheHeirMayShare) {
    MemoryPlan plan;
    plan.arenaBytes = 64;
    plan.buffers = {{0, 64, 64, 0, -1, 0}, {1, 32, 32, 0, 0, 1}};
    EXPECT_FALSE(memory::isConsistent(plan));
    plan.buffers[1].overwrites = 0;
    EXPECT_TRUE(memory::isConsistent(plan));
    plan.buffers[1].offset = 16;
    EXPECT_FALSE(memory::isConsistent(plan));
    plan.buffers[1].offset = 0;
    plan.buffers[0].lastOp = 1;
    EXPECT_FALSE(memory::isConsistent(plan));
}

/// Each operator reads one or two earlier values of one of two sizes.
Graph randomGraph(std::mt19937& random) {
    const auto pick = [&](int n) {
        return static_cast<int32_t>(random() % static_cast<unsigned>(n));
    };
    std::vector<int32_t> sizes = {pick(2) ? 64 : 128};
    std::vector<std::pair<std::vector<int32_t>, int32_t>> ops;
    for (int i = 1; i <= 9; ++i) {
        sizes.push_back(pick(2) ? 64 : 128);
        const int32_t first = std::max(0, i - 1 - pick(3));
        ops.push_back({pick(2) ? std::vector<int32_t>{first}
                               : std::vector<int32_t>{first, std::max(0, i - 1 - pick(4))},
                       i});
    }
    return makeGraph(sizes, ops);
}

TEST(Overwrites, RandomGraphsStayConsistentAndNeedNoMore) {
    std::mt19937 random(7);
    int lower = 0, atBound = 0;
    for (int i = 0; i < 300; ++i) {
        const Graph graph = randomGraph(random);
        const auto apart = memory::planBest(graph, ScratchNeeds(graph.ops.size()));
        const MemoryPlan plan = planned(graph);
        ASSERT_TRUE(memory::isConsistent(plan));
        ASSERT_LE(plan.arenaBytes, apart.arenaBytes);
        ASSERT_LE(plan.lowerBoundBytes, apart.lowerBoundBytes);
        ASSERT_GE(plan.arenaBytes, plan.lowerBoundBytes);
        lower += plan.arenaBytes < apart.arenaBytes ? 1 : 0;
        atBound += plan.arenaBytes == plan.lowerBoundBytes ? 1 : 0;
    }
    EXPECT_GT(lower, 100);
    EXPECT_GT(atBound, 280);
}

TEST(Overwrites, OrdersAreSearchedInPlace) {
    std::mt19937 random(3);
    for (int i = 0; i < 100; ++i) {
        const Graph graph = randomGraph(random);
        const ScratchNeeds none(graph.ops.size());
        const Overwritable any = anyInput(graph);
        const auto found = memory::searchOrder(graph, none, any);
        const auto plan = memory::planBest(memory::withOrder(graph, found.order), none,
                                           memory::withOrder(any, found.order));
        EXPECT_TRUE(found.exact());
        EXPECT_EQ(plan.lowerBoundBytes, found.peakBytes);
        EXPECT_LE(found.peakBytes, planned(graph).lowerBoundBytes);
    }
}

TEST(Overwrites, ReferenceModelsReachTheBoundInPlace) {
    SKIP_WITHOUT_SHARED();
    int models = 0, atBound = 0;
    for (const auto& file : support::filesOf(*support::sharedDir() / "models", ".tflite")) {
        const auto graph = tflite::read(file);
        ASSERT_TRUE(graph);
        const MemoryPlan plan = lowering::netcaliperPlan(**graph);
        EXPECT_TRUE(memory::isConsistent(plan)) << file;
        ++models;
        atBound += plan.arenaBytes == plan.lowerBoundBytes ? 1 : 0;
    }
    EXPECT_GE(atBound * 10, models * 9);
}

}  // namespace
