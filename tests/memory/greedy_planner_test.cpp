// SPDX-License-Identifier: GPL-3.0-or-later
#include "memory/greedy_planner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "support/golden.h"
#include "tflite/read.h"

namespace {

using Placed = std::tuple<int32_t, int64_t, int64_t>;  // tensor (-1: scratch), size, offset

/// Scratch as TFLM requested it, from the golden's plan.
memory::ScratchNeeds goldenScratch(const nlohmann::json& plan, size_t ops) {
    memory::ScratchNeeds needs(ops);
    for (const auto& buffer : plan)
        if (buffer.contains("scratch"))
            needs[buffer["first_used"].get<size_t>() - 1].push_back(buffer["size"]);
    return needs;
}

std::vector<Placed> placedIn(const nlohmann::json& plan) {
    std::vector<Placed> result;
    for (const auto& buffer : plan)
        result.emplace_back(buffer.contains("tensor") ? buffer["tensor"].get<int32_t>() : -1,
                            buffer["size"], buffer["offset"]);
    std::sort(result.begin(), result.end());
    return result;
}

std::vector<Placed> placedIn(const types::MemoryPlan& plan) {
    std::vector<Placed> result;
    for (const auto& buffer : plan.buffers)
        result.emplace_back(buffer.tensor, buffer.size, buffer.offset);
    std::sort(result.begin(), result.end());
    return result;
}

void expectGoldenPlans(const std::string& sub, size_t atLeast) {
    size_t compared = 0;
    for (const auto& golden : support::goldenCases(sub)) {
        SCOPED_TRACE(golden.name());
        const auto& wanted = golden.golden["planned_buffers"];
        const auto graph = tflite::read(golden.model);
        ASSERT_TRUE(graph);
        // TFLM plans several subgraphs together; ours gives each call a region of its own.
        if ((*graph)->subgraphCount > 1) continue;
        const auto plan = memory::planGreedy(**graph, goldenScratch(wanted, (*graph)->ops.size()));
        EXPECT_TRUE(memory::isConsistent(plan));
        EXPECT_EQ(placedIn(plan), placedIn(wanted));
        const auto& host = golden.golden.contains("host") ? golden.golden["host"] : golden.golden;
        EXPECT_EQ(plan.arenaBytes, host["nonpersistent_bytes"].get<int64_t>());
        EXPECT_GE(plan.arenaBytes, plan.lowerBoundBytes);
        ++compared;
    }
    EXPECT_GE(compared, atLeast);
}

TEST(GreedyPlanner, EqualsTflmOnTheReferenceModels) {
    SKIP_WITHOUT_SHARED();
    expectGoldenPlans("", 32);
}

TEST(GreedyPlanner, EqualsTflmOnTheConformanceModels) {
    SKIP_WITHOUT_SHARED();
    expectGoldenPlans("conformance/", 300);
}

TEST(GreedyPlanner, LowerBoundIsTheLargestSumAlive) {
    std::vector<types::PlannedBuffer> buffers = {
        {0, 32, 32, 0, -1, 0}, {1, 64, 64, 0, 0, 1}, {2, 16, 16, 0, 1, 2}, {-1, 48, 48, 0, 1, 1}};
    int32_t peak = -1;
    EXPECT_EQ(memory::lowerBound(buffers, 3, &peak), 64 + 16 + 48);
    EXPECT_EQ(peak, 1);
}

TEST(GreedyPlanner, ConsistencySeesAnOverlap) {
    types::MemoryPlan plan;
    plan.arenaBytes = 64;
    plan.buffers = {{0, 32, 32, 0, 0, 1}, {1, 32, 32, 16, 1, 2}};
    EXPECT_FALSE(memory::isConsistent(plan));
    plan.buffers[1].offset = 32;
    EXPECT_TRUE(memory::isConsistent(plan));
}

}  // namespace
