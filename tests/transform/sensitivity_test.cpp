// SPDX-License-Identifier: GPL-3.0-or-later
// Sensitivities compared with what the removal of channels changes. Gradients themselves are
// compared with finite differences in tests/learning.
#include "transform/recovery/sensitivity.h"

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/real_values.h"
#include "calibration/model_inputs.h"
#include "graph_surgery.h"
#include "lowering/execution.h"
#include "same_outputs.h"
#include "zoo/graph_builder.h"
#include "zoo/reference_models.h"

namespace {

using namespace surgery;
using namespace zoo;
using types::Graph;
using types::GraphPtr;
using types::OpKind;

float outputOf(lowering::Execution& execution, const Graph& graph,
               const std::vector<float>& input) {
    calibration::writeInputs(graph, {input}, execution);
    EXPECT_TRUE(execution.invoke());
    return analysis::dequantize(graph.tensor(graph.outputs[0]), execution.output(0))[0];
}

/// Two linear layers without biases before one score: first order is then exact.
GraphPtr linearModel() {
    GraphBuilder build("linear");
    const auto noBias = [](LayerWeights& w) { std::ranges::fill(w.bias, 0.0f); };
    Value x = build.input({1, 4, 4, 2});
    x = build.editNext(noBias).conv(x, 8, 3);
    x = build.editNext(noBias).fullyConnected(build.flatten(x), 1);
    return build.finish({x}).value();
}

TEST(Sensitivity, OfALinearModelIsTheSquaredChange) {
    const auto graph = linearModel();
    const auto groups = groupsOf(*graph);
    transform::ApplyContext context;
    context.calibration = calibration::randomInputs(*graph, 3, 5);
    std::vector<std::string> changes;
    const auto scores = transform::sensitivity(*graph, groups, context, changes).value();
    ASSERT_EQ(changes.size(), 1u);
    for (int32_t channel = 0; channel < 8; ++channel) {
        const auto silent = copyOf(graph);
        zeroSlice(*silent, graph->ops[0].input(1), 0, channel);
        auto before = lowering::Execution::create(*graph).value();
        auto after = lowering::Execution::create(*silent).value();
        double sum = 0;
        for (const auto& sample : context.calibration->samples) {
            const double change =
                double{outputOf(before, *graph, sample[0])} - outputOf(after, *silent, sample[0]);
            sum += change * change;
        }
        // Four random directions: signs of a single score square to one.
        EXPECT_NEAR(scores[0][static_cast<size_t>(channel)], 4 * sum, 1e-3 * (1 + 4 * sum));
    }
}

TEST(Sensitivity, DeadChannelsMatterLeastInQuantizedModelsToo) {
    for (Precision precision : {Precision::Float32, Precision::Int8}) {
        GraphBuilder build("dead", precision);
        const auto dead = [](LayerWeights& w) {
            for (size_t i = 0; i < w.filter.size(); ++i)
                if (i / (w.filter.size() / 8) % 2 == 1) w.filter[i] = 0;
            for (size_t i = 1; i < 8; i += 2)
                w.bias[i] = 0;
        };
        Value x = build.editNext(dead).conv(build.input({1, 6, 6, 3}), 8, 3, 1, Padding::Same,
                                            Activation::Relu);
        const auto graph =
            build.finish({build.softmax(build.fullyConnected(build.flatten(x), 4))}).value();
        types::Variation variation;
        variation.prune.channels = 0.5;
        variation.prune.measure = types::ImportanceMeasure::Sensitivity;
        const auto varied = transform::apply(graph, variation).value();
        EXPECT_EQ(varied.graph->tensor(varied.graph->ops[0].output(0)).shape.back(), 4);
        expectSameOutputs(*graph, *varied.graph);
    }
}

TEST(Sensitivity, AnOperatorWithoutARuleIsNamed) {
    GraphBuilder build("barrier");
    Value x = build.conv(build.input({1, 4, 4, 2}), 8, 3);
    x = build.op(OpKind::FLOOR, {x});
    const auto graph = build.finish({build.conv(x, 2, 1)}).value();
    types::Variation variation;
    variation.prune.channels = 0.5;
    variation.prune.measure = types::ImportanceMeasure::Sensitivity;
    const auto varied = transform::apply(graph, variation);
    ASSERT_FALSE(varied);
    EXPECT_EQ(varied.error().where, "#1 FLOOR");
}

}  // namespace
