// SPDX-License-Identifier: GPL-3.0-or-later
// Gradients compared with finite differences of the running model, and the sensitivities made from
// them.
#include "transform/recovery/sensitivity.h"

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/real_values.h"
#include "calibration/model_inputs.h"
#include "graph_surgery.h"
#include "lowering/execution.h"
#include "same_outputs.h"
#include "transform/recovery/reverse_pass.h"
#include "zoo/graph_builder.h"
#include "zoo/reference_models.h"

namespace {

using namespace surgery;
using namespace zoo;
using transform::TensorValues;
using types::Graph;
using types::GraphPtr;
using types::OpKind;

/// Every operator that has a derivative rule, between one input and one score.
GraphPtr manyOperators() {
    GraphBuilder build("many");
    Value x = build.input({1, 8, 8, 3});
    x = build.conv(x, 6, 3, 1, Padding::Same, Activation::Relu6);
    Value y = build.depthwise(build.pad(x, {{0, 0}, {1, 1}, {1, 1}, {0, 0}}), 3, 1, Padding::Valid,
                              Activation::Relu);
    y = build.unary(OpKind::HARD_SWISH, build.conv(y, 6, 1));
    x = build.add(x, y, Activation::Relu);
    const Value gate = build.unary(OpKind::LOGISTIC, build.mean(x, {1, 2}, true));
    x = build.mul(x, gate);
    x = build.concat({x, build.unary(OpKind::TANH, y), build.unary(OpKind::LEAKY_RELU, y)});
    x = build.concat({build.maxPool(x, 2, 2), build.averagePool(x, 2, 2)});
    x = build.averagePool(x, 3, 1, Padding::Same);
    x = build.fullyConnected(build.flatten(x), 5, Activation::Relu);
    return build.finish({build.fullyConnected(x, 1)}).value();
}

std::vector<float> outputOf(lowering::Execution& execution, const Graph& graph,
                            const std::vector<float>& input, TensorValues& values) {
    calibration::writeInputs(graph, {input}, execution);
    values.assign(graph.tensors.size(), {});
    values[static_cast<size_t>(graph.inputs[0])] = input;
    EXPECT_TRUE(execution.invoke([&](size_t op) {
        const int32_t out = graph.ops[op].output(0);
        values[static_cast<size_t>(out)] =
            analysis::dequantize(graph.tensor(out), execution.tensor(out));
    }));
    return values[static_cast<size_t>(graph.outputs[0])];
}

TEST(Sensitivity, GradientsAreTheSlopesOfTheModel) {
    const auto graph = manyOperators();
    const transform::ReversePass pass(*graph);
    EXPECT_FALSE(pass.barrier());
    auto execution = lowering::Execution::create(*graph).value();
    auto input = calibration::randomInputs(*graph, 1, 7)->samples[0][0];
    TensorValues values, unused;
    outputOf(execution, *graph, input, values);
    TensorValues gradients(graph->tensors.size());
    gradients[static_cast<size_t>(graph->outputs[0])] = {1};
    pass.run(values, gradients);
    const auto& slopes = gradients[static_cast<size_t>(graph->inputs[0])];
    ASSERT_EQ(slopes.size(), input.size());
    constexpr float kStep = 1e-3f;
    int32_t close = 0, compared = 0;
    for (size_t i = 0; i < input.size(); i += 7) {
        auto moved = input;
        moved[i] += kStep;
        const float above = outputOf(execution, *graph, moved, unused)[0];
        moved[i] -= 2 * kStep;
        const float below = outputOf(execution, *graph, moved, unused)[0];
        const float slope = (above - below) / (2 * kStep);
        // A kink within the step makes single slopes differ.
        if (std::fabs(slope - slopes[i]) <= 0.02f * std::fabs(slope) + 1e-3f) ++close;
        ++compared;
    }
    EXPECT_GE(close, compared * 9 / 10) << "of " << compared;
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
    TensorValues unused;
    for (int32_t channel = 0; channel < 8; ++channel) {
        const auto silent = copyOf(graph);
        zeroSlice(*silent, graph->ops[0].input(1), 0, channel);
        auto before = lowering::Execution::create(*graph).value();
        auto after = lowering::Execution::create(*silent).value();
        double sum = 0;
        for (const auto& sample : context.calibration->samples) {
            const double change = double{outputOf(before, *graph, sample[0], unused)[0]} -
                                  outputOf(after, *silent, sample[0], unused)[0];
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
    x = build.transpose(x, {0, 2, 1, 3});
    const auto graph = build.finish({build.conv(x, 2, 1)}).value();
    types::Variation variation;
    variation.prune.channels = 0.5;
    variation.prune.measure = types::ImportanceMeasure::Sensitivity;
    const auto varied = transform::apply(graph, variation);
    ASSERT_FALSE(varied);
    EXPECT_EQ(varied.error().where, "#1 TRANSPOSE");
}

}  // namespace
