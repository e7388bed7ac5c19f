// SPDX-License-Identifier: GPL-3.0-or-later
#include "memory/best_planner.h"

#include <gtest/gtest.h>

#include "lowering/requirements.h"
#include "support/golden.h"
#include "tflite/read.h"

namespace {

struct Tally {
    int models = 0, atBound = 0;
};

Tally planAll(const std::string& dir) {
    Tally tally;
    for (const auto& file : support::filesOf(*support::sharedDir() / dir, ".tflite")) {
        const auto graph = tflite::read(file);
        EXPECT_TRUE(graph);
        const auto scratch = lowering::scratchNeeds(**graph);
        const auto greedy = memory::planGreedy(**graph, scratch);
        const auto best = memory::planBest(**graph, scratch);
        EXPECT_TRUE(memory::isConsistent(best)) << file;
        EXPECT_LE(best.arenaBytes, greedy.arenaBytes) << file;
        EXPECT_EQ(best.lowerBoundBytes, greedy.lowerBoundBytes) << file;
        ++tally.models;
        if (best.arenaBytes == best.lowerBoundBytes) ++tally.atBound;
    }
    return tally;
}

TEST(BestPlanner, ReachesTheBoundOnNineOfTenReferenceModels) {
    SKIP_WITHOUT_SHARED();
    const Tally tally = planAll("models");
    EXPECT_GE(tally.atBound * 10, tally.models * 9);
}

TEST(BestPlanner, ReachesTheBoundOnEveryConformanceModel) {
    SKIP_WITHOUT_SHARED();
    const Tally tally = planAll("conformance/models");
    EXPECT_EQ(tally.atBound, tally.models);
}

}  // namespace
