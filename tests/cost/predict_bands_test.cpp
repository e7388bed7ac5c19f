// SPDX-License-Identifier: GPL-3.0-or-later
// The cost of a model in bands of rows, from the cost of each call.
#include "cost/predict_bands.h"

#include <gtest/gtest.h>

#include "zoo/graph_builder.h"

namespace {

using namespace types;

GraphPtr twoLayers() {
    zoo::GraphBuilder build("two", zoo::Precision::Int8);
    const auto x = build.conv(build.input({1, 12, 8, 3}), 8, 3, 2);
    return *build.finish({build.depthwise(x, 3)});
}

cost::Predictor predictorOf(std::vector<TermCost> terms) {
    auto device = std::make_shared<DeviceProfile>();
    device->id = "board";
    device->clockMhz = 100;
    KernelCost cost;
    cost.kernel = cost.dtype = "*";
    cost.terms = std::move(terms);
    cost.relativeError = 0.1;
    device->kernels = {cost};
    return cost::Predictor(device);
}

BandPlan planOf(const Graph& graph, int32_t rows) {
    BandPlan plan;
    for (int32_t op = 0; op < static_cast<int32_t>(graph.ops.size()); ++op) {
        const int32_t height = graph.tensor(graph.ops[static_cast<size_t>(op)].outputs[0]).shape[1];
        for (int32_t row = 0; row < height; row += rows)
            plan.steps.push_back(
                {BandStep::Kind::Rows, op, -1, {row, std::min(height, row + rows)}, {}});
    }
    return plan;
}

double microseconds(const cost::Predictor& predictor, const Graph& graph, const BandPlan& plan) {
    return cost::predictBands(predictor, graph, plan).latencyUs->value;
}

TEST(PredictBands, RowsAddUpToTheWholeWhereCallsAreFree) {
    const GraphPtr graph = twoLayers();
    const auto predictor = predictorOf({{"mac", 3}, {"output", 7}});
    const double whole = predictor.predict(*graph).latencyUs->value;
    for (const int32_t rows : {1, 2, 5})
        EXPECT_NEAR(microseconds(predictor, *graph, planOf(*graph, rows)), whole, 1e-9 * whole);
}

TEST(PredictBands, EachCallCostsWhatACallCosts) {
    const GraphPtr graph = twoLayers();
    const auto predictor = predictorOf({{"mac", 3}, {"call", 400}});
    const double whole = predictor.predict(*graph).latencyUs->value;
    // Six calls of each of two operators instead of one: ten more.
    EXPECT_NEAR(microseconds(predictor, *graph, planOf(*graph, 1)), whole + 10 * 400 / 100.0, 1e-9);
}

TEST(PredictBands, RowsComputedAgainAndMovedBytesCostMore) {
    const GraphPtr graph = twoLayers();
    const auto predictor = predictorOf({{"mac", 3}});
    BandPlan plan = planOf(*graph, 1);
    const double once = microseconds(predictor, *graph, plan);
    plan.steps.push_back(plan.steps.front());
    const double more = microseconds(predictor, *graph, plan);
    EXPECT_NEAR(more - once, predictor.predict(*graph).ops[0].latencyUs->value / 6, 1e-9);
    const int32_t between = graph->ops[0].outputs[0];
    plan.steps.push_back({BandStep::Kind::Move, 1, between, {1, 3}, {32, 0}});
    const double bytes = 2.0 * graph->tensor(between).bytes() / graph->tensor(between).shape[1];
    EXPECT_NEAR(microseconds(predictor, *graph, plan) - more,
                bytes * cost::kCyclesPerMovedByte / 100, 1e-9);
}

TEST(PredictBands, TapsInsideTheImageAddUp) {
    const GraphPtr graph = twoLayers();
    for (const Op& op : graph->ops) {
        const cost::Workload whole = cost::workloadOf(*graph, op);
        int64_t valid = 0, clipped = 0, outputs = 0;
        for (int32_t row = 0; row < whole.outHeight; ++row) {
            const cost::Workload part = cost::workloadOfRows(*graph, op, {row, row + 1});
            valid += part.validRows;
            clipped += part.clippedRows;
            outputs += part.outputs;
        }
        EXPECT_EQ(valid, whole.validRows);
        EXPECT_EQ(clipped, whole.clippedRows);
        EXPECT_EQ(outputs, whole.outputs);
    }
}

}  // namespace
