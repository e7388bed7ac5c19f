// SPDX-License-Identifier: GPL-3.0-or-later
// Steps in centred coordinates are those of the layer that reads the centred input.
#include "learning/centring.h"

#include <gtest/gtest.h>

#include "learning/optimizer.h"
#include "learning/random.h"
#include "zoo/graph_builder.h"

namespace {

using learning::CentredLayer;
using learning::Network;
using learning::NetworkOptions;
using learning::Optimizer;
using learning::OptimizerOptions;
using learning::ParameterRole;

constexpr int32_t kBatch = 8;

types::GraphPtr denseLayer() {
    zoo::GraphBuilder build("dense", zoo::Precision::Float32, 5);
    return *build.finish({build.fullyConnected(build.input({1, 6}, -1, 1), 3)});
}

Network built(const types::Graph& graph) {
    NetworkOptions options;
    options.batch = kBatch;
    options.threads = 1;
    options.beforeSoftmax = false;
    return std::move(*Network::build(graph, options));
}

std::span<float> parameterOf(const Network& network, ParameterRole role) {
    for (const auto& parameter : network.parameters())
        if (parameter.role == role) return parameter.value;
    return {};
}

/// Inputs around 3, less `shift`.
void fillInputs(Network& network, uint64_t step, float shift) {
    learning::Random random{step};
    for (float& value : network.input())
        value = 3 + random.between(-1, 1) - shift;
}

/// A step towards outputs of 1.
void stepOnce(Network& network, Optimizer& optimizer) {
    ASSERT_TRUE(network.forward(kBatch));
    const std::span<const float> outputs = network.outputs();
    for (size_t i = 0; i < outputs.size(); ++i)
        network.outputGradient()[i] = outputs[i] - 1;
    ASSERT_TRUE(network.backward());
    optimizer.step(0.01);
}

TEST(Centring, StepsAreThoseOfTheLayerBehindACentredInput) {
    const auto graph = denseLayer();
    const auto layers = learning::centredLayers(*graph);
    ASSERT_EQ(layers.size(), 1u);
    Network plain = built(*graph), shifted = built(*graph);
    const std::span<float> weights = parameterOf(shifted, ParameterRole::Weights);
    for (size_t i = 0; i < weights.size(); ++i)
        parameterOf(shifted, ParameterRole::Bias)[layers[0].channelOf(i)] += 3 * weights[i];
    OptimizerOptions centred, usual;
    centred.layers = usual.layers = layers;
    centred.layers[0].means.assign(weights.size(), 3);
    usual.layers[0].means.assign(weights.size(), 0);
    Optimizer first(plain.parameters(), centred), second(shifted.parameters(), usual);
    for (uint64_t step = 0; step < 20; ++step) {
        fillInputs(plain, step, 0);
        fillInputs(shifted, step, 3);
        stepOnce(plain, first);
        stepOnce(shifted, second);
    }
    for (size_t i = 0; i < weights.size(); ++i)
        EXPECT_NEAR(parameterOf(plain, ParameterRole::Weights)[i], weights[i], 1e-4) << i;
    for (size_t i = 0; i < plain.outputs().size(); ++i)
        EXPECT_NEAR(plain.outputs()[i], shifted.outputs()[i], 1e-3) << i;
}

TEST(Centring, MeansAreThoseOfTheInputsByChannel) {
    zoo::GraphBuilder build("layers", zoo::Precision::Float32, 5);
    auto x = build.conv(build.input({1, 4, 4, 2}, -1, 1), 3, 3, 1, zoo::Padding::Same);
    x = build.depthwise(x, 3, 1, zoo::Padding::Same);
    const auto graph = *build.finish({build.fullyConnected(build.flatten(x), 2)});
    Network network = built(*graph);
    for (size_t i = 0; i < network.input().size(); ++i)
        network.input()[i] = i % 2 == 0 ? 1.0f : -2.0f;
    ASSERT_TRUE(network.forward(kBatch));
    learning::InputMeans means(*graph, learning::centredLayers(*graph));
    means.add(network);
    const std::vector<CentredLayer> layers = means.finish();
    ASSERT_EQ(layers.size(), 3u);
    EXPECT_EQ(layers[0].channels, 3u);
    EXPECT_EQ(layers[0].means.size(), 3u * 3 * 3 * 2);
    for (size_t i = 0; i < layers[0].means.size(); ++i)
        EXPECT_FLOAT_EQ(layers[0].means[i], i % 2 == 0 ? 1.0f : -2.0f);
    EXPECT_NEAR(layers[0].deviation, 0, 1e-3);
    // Depthwise: every place of a channel's filter reads that channel.
    EXPECT_EQ(layers[1].inner, 1u);
    EXPECT_FLOAT_EQ(layers[1].means[0], layers[1].means[3]);
    // Dense: an element of the input is a channel.
    EXPECT_EQ(layers[2].means.size(), 2u * 4 * 4 * 3);
    EXPECT_FLOAT_EQ(layers[2].means[1], network.values(layers[2].input)[1]);
}

}  // namespace
