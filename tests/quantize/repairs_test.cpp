// SPDX-License-Identifier: GPL-3.0-or-later
// Each repair helps where it should.
#include "quantized_net.h"

namespace {

using namespace quantized;

/// Two layers whose channels have very different weights, as trained depthwise layers have: one
/// scale for all serves the small ones badly.
GraphPtr unevenNet(zoo::Activation activation) {
    zoo::GraphBuilder build("uneven");
    auto x = build.input({1, 8, 8, 8});
    const auto spread = [](float base) {
        return [base](zoo::LayerWeights& weights) {
            for (size_t i = 0; i < weights.filter.size(); ++i)
                weights.filter[i] *= std::pow(base, static_cast<float>(i % 8) - 3.5f);
            for (size_t c = 0; c < weights.bias.size(); ++c)
                weights.bias[c] *= std::pow(base, static_cast<float>(c) - 3.5f);
        };
    };
    build.editNext(spread(2.0f));
    x = build.depthwise(x, 3, 1, zoo::Padding::Same, activation);
    build.editNext([](zoo::LayerWeights& weights) {
        for (size_t i = 0; i < weights.filter.size(); ++i)
            weights.filter[i] *= std::pow(2.0f, 3.5f - static_cast<float>(i % 8));
    });
    return *build.finish({build.conv(x, 8, 1)});
}

double sqnrWith(const GraphPtr& net, const types::QuantizeKnobs& knobs) {
    types::Variation variation;
    variation.quantize = knobs;
    return sqnrDb(*net, *apply(net, variation, dataFor(*net)).graph);
}

TEST(Repairs, EqualizationHelpsUnevenChannelsPerTensor) {
    types::QuantizeKnobs knobs = in(Precision::Int8).quantize;
    knobs.perChannel = false;
    for (zoo::Activation activation : {zoo::Activation::None, zoo::Activation::Relu}) {
        const auto net = unevenNet(activation);
        knobs.equalize = false;
        const double plain = sqnrWith(net, knobs);
        knobs.equalize = true;
        EXPECT_GT(sqnrWith(net, knobs), plain + 6);
    }
}

TEST(Repairs, EqualizationAloneChangesNoFunction) {
    for (zoo::Activation activation : {zoo::Activation::Relu, zoo::Activation::Relu6}) {
        const auto net = unevenNet(activation);
        types::QuantizeKnobs knobs = in(Precision::Float32).quantize;
        knobs.equalize = true;
        const double sqnr = sqnrWith(net, knobs);
        EXPECT_GT(sqnr, activation == zoo::Activation::Relu ? 100 : 40);
    }
}

TEST(Repairs, EqualizationWithoutDataIsLeftOutWhereScalesAreTheModelsOwn) {
    const auto net = smallNet();
    const auto int8 = apply(net, in(Precision::Int8), dataFor(*net)).graph;
    auto variation = in(Precision::Int8);
    variation.quantize.equalize = true;
    EXPECT_TRUE(mentions(apply(int8, variation, nullptr).changes, "layers not equalized"));
}

TEST(Repairs, BiasCorrectionTakesTheMeanErrorAway) {
    const auto net = smallNet(3);
    const auto meanError = [&](bool corrected) {
        auto variation = in(Precision::Int8W4);
        variation.quantize.correctBias = corrected;
        const auto graph = apply(net, variation, dataFor(*net)).graph;
        const auto samples = dataFor(*net, 12)->samples;
        const auto wanted = outputsOf(*net, samples), found = outputsOf(*graph, samples);
        std::vector<double> means(7, 0);
        for (size_t i = 0; i < wanted.size(); ++i)
            means[i % 7] += (double{found[i]} - wanted[i]) / static_cast<double>(samples.size());
        double sum = 0;
        for (double mean : means)
            sum += mean * mean;
        return std::sqrt(sum);
    };
    EXPECT_LT(meanError(true), 0.5 * meanError(false));
}

TEST(Repairs, ReconstructionLosesLessThanPlainRounding) {
    // Behind a rectifier inputs are correlated, and errors of weights can make up for each other.
    zoo::GraphBuilder build("deep");
    auto x = build.input({1, 12, 12, 3});
    for (int layer = 0; layer < 3; ++layer)
        x = build.conv(x, 12, 3, 1, zoo::Padding::Valid, zoo::Activation::Relu);
    const auto net = *build.finish({x});
    types::QuantizeKnobs knobs = in(Precision::Int8W4).quantize;
    const double plain = sqnrWith(net, knobs);
    knobs.reconstruct = true;
    EXPECT_GT(sqnrWith(net, knobs), plain + 1.5);
}

TEST(Repairs, ThoseThatAreNotSetAreTriedOnData) {
    const auto net = unevenNet(zoo::Activation::Relu);
    types::Variation variation;
    variation.quantize.precision = Precision::Int8;
    variation.quantize.perChannel = false;
    const auto tried = apply(net, variation, dataFor(*net, 16));
    EXPECT_TRUE(mentions(tried.changes, "repairs: equalized"));
    EXPECT_TRUE(mentions(tried.changes, "held-back samples"));
    variation.quantize.equalize = false;
    variation.quantize.correctBias = false;
    const auto off = apply(net, variation, dataFor(*net, 16));
    EXPECT_FALSE(mentions(off.changes, "equalized"));
    EXPECT_FALSE(mentions(apply(net, in(Precision::Int8), nullptr).changes, "repairs"));
}

TEST(Repairs, FourBitWeightsAreReconstructedWhereThereAreData) {
    const auto net = unevenNet(zoo::Activation::Relu);
    types::Variation variation;
    variation.quantize.precision = Precision::Int8W4;
    EXPECT_TRUE(mentions(apply(net, variation, dataFor(*net, 16)).changes, "reconstruction"));
}

}  // namespace
