// SPDX-License-Identifier: GPL-3.0-or-later
// Rows times weights must equal the results of the runtime's kernels.
#include "calibration/linear_layer.h"

#include <gtest/gtest.h>

#include "analysis/real_values.h"
#include "calibration/model_inputs.h"
#include "calibration/run_samples.h"
#include "zoo/graph_builder.h"

namespace {

using calibration::LinearLayer;
using zoo::GraphBuilder;
using zoo::Padding;

std::vector<float> constant(const types::Graph& graph, int32_t tensor) {
    return analysis::dequantize(graph.tensor(tensor), graph.constantData(tensor).view());
}

std::vector<float> productsOf(const types::Graph& graph, const std::vector<float>& input) {
    const LinearLayer layer(graph, 0);
    const auto weights = constant(graph, graph.ops[0].inputs[1]);
    std::vector<float> row(layer.columns()), outputs;
    for (size_t position = 0; position < layer.positions(); ++position) {
        layer.writeRow(input, position, row.data());
        for (size_t channel = 0; channel < layer.channels(); ++channel) {
            float sum = constant(graph, graph.ops[0].inputs[2])[channel];
            for (size_t k = 0; k < layer.taps(); ++k)
                sum += weights[layer.weightAt(channel, k)] * row[layer.columnAt(channel, k)];
            outputs.push_back(sum);
        }
    }
    return outputs;
}

void expectSame(GraphBuilder& build, zoo::Value output) {
    const auto graph = build.finish({output});
    ASSERT_TRUE(graph) << graph.error().message();
    ASSERT_TRUE(LinearLayer::is(**graph, 0));
    const auto samples = calibration::randomInputs(**graph, 1, 5)->samples;
    std::vector<float> expected;
    const auto visit = [&](size_t, size_t, std::span<const float> values) {
        expected.assign(values.begin(), values.end());
    };
    ASSERT_TRUE(calibration::runSamples(**graph, (*graph)->outputs, samples, visit));
    const auto found = productsOf(**graph, samples[0][0]);
    ASSERT_EQ(found.size(), expected.size());
    for (size_t i = 0; i < found.size(); ++i)
        EXPECT_NEAR(found[i], expected[i], 1e-4);
}

TEST(LinearLayer, ConvolutionWithPaddingAndStride) {
    GraphBuilder build("conv");
    const auto x = build.input({1, 7, 9, 3});
    expectSame(build, build.conv(x, 5, {3, 2}, {2, 1}));
}

TEST(LinearLayer, DepthwiseConvolutionWithTwoChannelsForEachInput) {
    GraphBuilder build("depthwise");
    const auto x = build.input({1, 6, 6, 4});
    expectSame(build, build.depthwise(x, 3, 1, Padding::Same, zoo::Activation::None, 2));
}

TEST(LinearLayer, FullyConnected) {
    GraphBuilder build("dense");
    const auto x = build.input({1, 20});
    expectSame(build, build.fullyConnected(x, 4));
}

}  // namespace
