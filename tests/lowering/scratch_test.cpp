// SPDX-License-Identifier: GPL-3.0-or-later
// Scratch as our kernels state it: with it, the greedy plan of every model equals TFLM's, offset by
// offset.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <tuple>

#include "lowering/requirements.h"
#include "support/golden.h"
#include "tflite/read.h"

namespace {

using Placed = std::vector<std::tuple<int32_t, int64_t, int64_t>>;  // first op + 1, size, offset

Placed goldenScratch(const nlohmann::json& plan) {
    Placed result;
    for (const auto& buffer : plan)
        if (buffer.contains("scratch"))
            result.emplace_back(buffer["first_used"], buffer["size"], buffer["offset"]);
    std::sort(result.begin(), result.end());
    return result;
}

Placed ourScratch(const types::MemoryPlan& plan) {
    Placed result;
    for (const types::PlannedBuffer& buffer : plan.buffers)
        if (buffer.isScratch()) result.emplace_back(buffer.firstOp + 1, buffer.size, buffer.offset);
    std::sort(result.begin(), result.end());
    return result;
}

/// Number of plans with scratch that were compared.
int comparePlans(const std::string& sub) {
    int compared = 0;
    for (const auto& golden : support::goldenCases(sub)) {
        SCOPED_TRACE(golden.name());
        const auto graph = tflite::read(golden.model);
        EXPECT_TRUE(graph);
        // Operators that call subgraphs hold their memory as scratch here, but not in TFLM.
        if (!graph || !(*graph)->others.empty() || !lowering::checkRunnable(**graph)) continue;
        const auto plan = memory::planGreedy(**graph, lowering::scratchNeeds(**graph));
        const Placed expected = goldenScratch(golden.golden["planned_buffers"]);
        EXPECT_EQ(ourScratch(plan), expected);
        if (!expected.empty()) ++compared;
    }
    return compared;
}

TEST(Scratch, PlansEqualTflm) {
    SKIP_WITHOUT_SHARED();
    const int compared = comparePlans("") + comparePlans("conformance/");
    std::printf("%d plans with scratch compared\n", compared);
    EXPECT_GE(compared, 80);
}

}  // namespace
