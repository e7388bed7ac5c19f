// SPDX-License-Identifier: GPL-3.0-or-later
#include "calibration/observe.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <mutex>
#include <numeric>
#include <set>
#include <thread>

#include "calibration/layer_rows.h"
#include "calibration/model_inputs.h"
#include "zoo/graph_builder.h"

namespace {

types::GraphPtr smallNet() {
    zoo::GraphBuilder build("small");
    auto x = build.input({1, 8, 8, 2});
    x = build.conv(x, 6, 3, 2, zoo::Padding::Same, zoo::Activation::Relu);
    x = build.depthwise(x, 3, 1, zoo::Padding::Same, zoo::Activation::Relu6);
    auto graph = build.finish({build.fullyConnected(build.flatten(x), 5)});
    EXPECT_TRUE(graph);
    return *graph;
}

std::vector<int32_t> written(const types::Graph& graph) {
    std::vector<int32_t> tensors = graph.inputs;
    for (const auto& op : graph.ops)
        tensors.push_back(op.outputs[0]);
    return tensors;
}

TEST(Observe, RangesAreThoseOfTheValues) {
    const auto graph = smallNet();
    const auto samples = calibration::randomInputs(*graph, 9, 3)->samples;
    const auto seen = calibration::observe(*graph, written(*graph), samples, true);
    ASSERT_TRUE(seen) << seen.error().message();
    EXPECT_EQ(seen->size(), 5u);
    std::vector<float> inputs;
    for (const auto& sample : samples)
        inputs.insert(inputs.end(), sample[0].begin(), sample[0].end());
    EXPECT_EQ(seen->at(graph->inputs[0]).low, std::ranges::min(inputs));
    EXPECT_EQ(seen->at(graph->inputs[0]).high, std::ranges::max(inputs));
    const auto& clipped = seen->at(graph->ops[1].outputs[0]);
    EXPECT_GE(clipped.low, 0);
    EXPECT_LE(clipped.high, 6);
    const auto& counts = clipped.histogram.counts();
    EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), int64_t{0}), 9 * 4 * 4 * 6);
}

TEST(Observe, IsTheSameEveryTime) {
    const auto graph = smallNet();
    const auto samples = calibration::randomInputs(*graph, 16, 3)->samples;
    const auto first = calibration::meanRows(*graph, {0, 1, 3}, samples);
    const auto second = calibration::meanRows(*graph, {0, 1, 3}, samples);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(*first, *second);
}

TEST(Observe, StopsWhenAsked) {
    const auto graph = smallNet();
    const auto samples = calibration::randomInputs(*graph, 16, 3)->samples;
    std::stop_source stop;
    stop.request_stop();
    const auto seen =
        calibration::observe(*graph, written(*graph), samples, false, {stop.get_token()});
    ASSERT_FALSE(seen);
    EXPECT_TRUE(seen.error().isCancelled());
}

// An evaluation has one policy: whoever asks for one thread gets one.
TEST(RunSamples, UsesNoMoreThreadsThanTheWorkAllows) {
    const auto graph = smallNet();
    const auto samples = calibration::randomInputs(*graph, 16, 1)->samples;
    std::mutex mutex;
    std::set<std::thread::id> threads;
    const auto visit = [&](size_t, size_t, std::span<const float>) {
        const std::lock_guard lock(mutex);
        threads.insert(std::this_thread::get_id());
    };
    ASSERT_TRUE(
        calibration::runSamples(*graph, graph->outputs, samples, visit, types::Work{{}, {}, 1}));
    EXPECT_EQ(threads, std::set{std::this_thread::get_id()});
}

}  // namespace
