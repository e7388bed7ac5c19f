// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/network.h"

#include "analysis/constants.h"
#include "gradients.h"
#include "lowering/execution.h"
#include "zoo/reference_models.h"

namespace {

using namespace zoo;
using learning::Network;
using types::OpKind;

/// All gradients of one step on random inputs.
std::vector<float> stepGradients(const types::Graph& graph, int32_t threads, int32_t batch,
                                 int32_t samples) {
    auto network = Network::build(graph, {.batch = batch, .threads = threads}).value();
    gradients::fillInputs(network);
    EXPECT_TRUE(network.forward(samples));
    std::ranges::fill(network.outputGradient(), 0.25f);
    EXPECT_TRUE(network.backward());
    std::vector<float> all(network.outputs().begin(), network.outputs().end());
    for (const auto& parameter : network.parameters())
        all.insert(all.end(), parameter.gradient.begin(), parameter.gradient.end());
    return all;
}

TEST(Network, GivesTheSameBitsOnAnyNumberOfThreads) {
    const auto graph = keywordDsCnn(Precision::Float32).value();
    for (int32_t samples : {32, 21}) {
        const auto one = stepGradients(*graph, 1, 32, samples);
        EXPECT_EQ(one, stepGradients(*graph, 2, 32, samples));
        EXPECT_EQ(one, stepGradients(*graph, 3, 32, samples));
    }
}

TEST(Network, AddsTheGradientsOfSamples) {
    const auto graph = keywordDsCnn(Precision::Float32).value();
    const auto whole = stepGradients(*graph, 1, 5, 5);
    auto network = Network::build(*graph, {.batch = 1, .threads = 1}).value();
    auto all = Network::build(*graph, {.batch = 5, .threads = 1}).value();
    gradients::fillInputs(all);
    std::vector<double> sums;
    for (size_t s = 0; s < 5; ++s) {
        ASSERT_TRUE(network.forward(all.input().subspan(s * all.inputSize(), all.inputSize())));
        std::ranges::fill(network.outputGradient(), 0.25f);
        ASSERT_TRUE(network.backward());
        size_t at = 0;
        for (const auto& parameter : network.parameters())
            for (float gradient : parameter.gradient) {
                if (s == 0) sums.push_back(0);
                sums[at++] += double{gradient};
            }
    }
    const size_t outputs = whole.size() - sums.size();
    for (size_t i = 0; i < sums.size(); ++i)
        ASSERT_NEAR(whole[outputs + i], sums[i], 1e-3 * (1 + std::fabs(sums[i])));
}

TEST(Network, GradientsOfReferenceModelsAreSlopes) {
    for (auto make : {keywordDsCnn, anomalyAutoencoder})
        gradients::expectSlopes(**make(Precision::Float32), 1, 0.9);
}

TEST(Network, NamesWhatIsFrozen) {
    GraphBuilder build("frozen");
    Value x = build.conv(build.input({1, 4, 4, 2}), 3, 3);
    x = build.op(OpKind::FLOOR, {x});
    const auto graph = build.finish({build.conv(x, 2, 1)}).value();
    auto network = Network::build(*graph, {.batch = 2}).value();
    ASSERT_EQ(network.frozen().size(), 1u);
    EXPECT_EQ(network.frozen()[0].op, 1u);
    int32_t trainable = 0, fixed = 0;
    for (const auto& parameter : network.parameters())
        ++(parameter.isTrainable() ? trainable : fixed);
    EXPECT_EQ(trainable, 2);
    EXPECT_EQ(fixed, 2);
    gradients::fillInputs(network);
    gradients::Loss loss(network);
    EXPECT_NE(loss.value(), 0);
    loss.backward();
}

TEST(Network, RefusesWhatCannotBeTrained) {
    GraphBuilder build("nothing");
    const auto graph = build.finish({build.op(OpKind::FLOOR, {build.input({1, 4})})}).value();
    const auto network = Network::build(*graph, {});
    ASSERT_FALSE(network);
    EXPECT_NE(network.error().message().find("FLOOR"), std::string::npos);
    EXPECT_FALSE(Network::build(**keywordDsCnn(Precision::Int8), {}));
}

TEST(Network, MasksScaleChannelsAndHaveSlopes) {
    GraphBuilder build("masked");
    Value x = build.conv(build.input({1, 5, 5, 2}), 6, 3, 1, Padding::Same, Activation::Relu);
    const int32_t masked = x.tensor;
    const auto graph = build.finish({build.conv(x, 3, 1)}).value();
    auto network = Network::build(*graph, {.batch = 3, .threads = 1}).value();
    gradients::fillInputs(network);
    gradients::Loss loss(network);
    std::vector<float> mask = {1, 0.5f, 0, 0.25f, 1, 0.75f};
    ASSERT_TRUE(network.maskChannels(masked, mask));
    loss.value();
    loss.backward();
    const std::vector<float> slopes(network.maskGradient(masked).begin(),
                                    network.maskGradient(masked).end());
    for (size_t c = 0; c < mask.size(); ++c) {
        auto moved = mask;
        moved[c] += 0.01f;
        ASSERT_TRUE(network.maskChannels(masked, moved));
        const double above = loss.value();
        moved[c] -= 0.02f;
        ASSERT_TRUE(network.maskChannels(masked, moved));
        EXPECT_NEAR(slopes[c], (above - loss.value()) / 0.02, 0.01 * (1 + std::fabs(slopes[c])));
    }
    EXPECT_FALSE(network.maskChannels(masked, std::vector<float>(5, 1.0f)));
    EXPECT_FALSE(network.maskChannels(graph->inputs[0], mask));
}

TEST(Network, WritesItsParametersBack) {
    const auto graph = keywordDsCnn(Precision::Float32).value();
    auto network = Network::build(*graph, {.batch = 1}).value();
    for (const auto& parameter : network.parameters())
        for (float& value : parameter.value)
            value += 0.01f;
    gradients::fillInputs(network);
    ASSERT_TRUE(network.forward(1));
    types::Graph trained = *graph;
    network.writeBack(trained);
    auto again = Network::build(trained, {.batch = 1}).value();
    gradients::fillInputs(again);
    ASSERT_TRUE(again.forward(1));
    EXPECT_TRUE(std::ranges::equal(network.outputs(), again.outputs()));
}

}  // namespace
