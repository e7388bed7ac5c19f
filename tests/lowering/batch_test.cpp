// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/batch.h"

#include <gtest/gtest.h>

#include <atomic>

#include "lowering/requirements.h"
#include "zoo/graph_builder.h"

namespace {

using namespace types;

/// A chain of many operators.
GraphPtr chain(int length) {
    zoo::GraphBuilder build("chain", zoo::Precision::Int8);
    zoo::Value tensor = build.input({1, 8});
    for (int i = 0; i < length; ++i)
        tensor = build.fullyConnected(tensor, 8);
    return *build.finish({tensor});
}

lowering::BatchHooks silent() {
    return {[](size_t, lowering::Execution&) { return Result<void>(); },
            [](size_t, const lowering::Execution&) {}};
}

// A single sample of a large model takes long, so its operators are what can be stopped.
TEST(Batch, StopsBetweenTheOperatorsOfASample) {
    const auto execution = lowering::Execution::create(*chain(50));
    ASSERT_TRUE(execution);
    std::stop_source stop;
    lowering::Execution own = execution->sibling();
    size_t ran = 0;
    const auto result = own.invoke(
        [&](size_t) {
            if (++ran == 3) stop.request_stop();
        },
        stop.get_token());
    EXPECT_EQ(ran, 3u);
    ASSERT_FALSE(result);
    EXPECT_TRUE(result.error().isCancelled());
}

TEST(Batch, AStoppedBatchIsCancelled) {
    const auto execution = lowering::Execution::create(*chain(50));
    ASSERT_TRUE(execution);
    std::stop_source stop;
    auto hooks = silent();
    hooks.fill = [&](size_t, lowering::Execution&) {
        stop.request_stop();
        return Result<void>();
    };
    std::atomic<int> collected{0};
    hooks.collect = [&](size_t, const lowering::Execution&) { ++collected; };
    const auto ran = lowering::runBatch(*execution, 4, hooks, {stop.get_token(), {}, 1});
    ASSERT_FALSE(ran);
    EXPECT_TRUE(ran.error().isCancelled());
    EXPECT_EQ(collected, 0);
}

TEST(Batch, ReportsItsEnd) {
    const auto execution = lowering::Execution::create(*chain(5));
    ASSERT_TRUE(execution);
    double last = 0;
    Work work;
    work.threads = 1;
    work.progress = [&](double share, const char*) {
        EXPECT_GE(share, last);
        last = share;
    };
    ASSERT_TRUE(lowering::runBatch(*execution, 3, silent(), work));
    EXPECT_EQ(last, 1.0);
}

}  // namespace
