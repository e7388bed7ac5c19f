// SPDX-License-Identifier: GPL-3.0-or-later
// What simulated rounding computes, compared with the runtime's answers after conversion.

#include "analysis/real_values.h"
#include "calibration/model_inputs.h"
#include "gradients.h"
#include "lowering/execution.h"
#include "quantize/learned_scales.h"
#include "zoo/reference_models.h"

namespace {

using namespace zoo;
using learning::Network;
using learning::ParameterRole;

struct Scheme {
    const char* name;
    types::Precision precision;
    bool perChannel, learns;

    friend std::ostream& operator<<(std::ostream& stream, const Scheme& scheme) {
        return stream << scheme.name;
    }
};

class Rounding : public testing::TestWithParam<Scheme> {
protected:
    learning::NetworkOptions options(const types::Graph& graph, int32_t batch) {
        learning::RoundingOptions rounding;
        rounding.variation.quantize.precision = GetParam().precision;
        rounding.variation.quantize.perChannel = GetParam().perChannel;
        rounding.inputs = calibration::randomInputs(graph, 16, 3);
        rounding.learnRanges = GetParam().learns;
        return {.batch = batch, .threads = 1, .beforeSoftmax = false, .rounding = rounding};
    }

    /// A few steps against a random loss, so that scales and weights have moved.
    static void train(Network& network, int steps) {
        for (int step = 0; step < steps; ++step) {
            gradients::fillInputs(network);
            gradients::Loss loss(network);
            loss.value();
            loss.backward();
            for (const auto& parameter : network.parameters()) {
                double squares = 1e-12;
                for (float slope : parameter.gradient)
                    squares += double{slope} * double{slope};
                const double size = static_cast<double>(parameter.value.size());
                const auto rate = static_cast<float>(0.002 * std::sqrt(size / squares));
                for (size_t i = 0; i < parameter.value.size(); ++i)
                    parameter.value[i] -= rate * parameter.gradient[i];
            }
        }
    }

    /// Signal and noise of the simulated outputs beside the runtime's, and equal choices.
    void expectRuntimesAnswers(const types::GraphPtr& graph) {
        constexpr int32_t kSamples = 48;
        auto simulated = options(*graph, kSamples);
        auto network = Network::build(*graph, simulated).value();
        train(network, 3);
        gradients::fillInputs(network);
        const std::vector<float> inputs(network.input().begin(), network.input().end());
        ASSERT_TRUE(network.forward(kSamples));
        auto trained = std::make_shared<types::Graph>(*graph);
        network.writeBack(*trained);
        std::vector<std::string> changes;
        const auto converted =
            quantize::quantizeTrained(trained, simulated.rounding->variation,
                                      simulated.rounding->inputs, network.scales(), {}, changes);
        ASSERT_TRUE(converted) << converted.error().message();
        auto execution = lowering::Execution::create(**converted).value();
        double signal = 0, noise = 0;
        int equal = 0;
        for (size_t s = 0; s < kSamples; ++s) {
            const auto from = inputs.begin() + static_cast<ptrdiff_t>(s * network.inputSize());
            calibration::writeInputs(**converted,
                                     {{from, from + static_cast<ptrdiff_t>(network.inputSize())}},
                                     execution);
            ASSERT_TRUE(execution.invoke());
            const auto real = analysis::dequantize((*converted)->tensor((*converted)->outputs[0]),
                                                   execution.output(0));
            const auto ours =
                network.outputs().subspan(s * network.outputSize(), network.outputSize());
            for (size_t i = 0; i < real.size(); ++i) {
                signal += double{real[i]} * double{real[i]};
                noise += std::pow(double{real[i]} - double{ours[i]}, 2);
            }
            equal +=
                analysis::firstChoice(real) == analysis::firstChoice({ours.begin(), ours.end()});
        }
        const double sqnr = noise > 0 ? 10 * std::log10(signal / noise) : 200;
        RecordProperty("sqnr_db", std::to_string(sqnr));
        RecordProperty("equal_choices", equal);
        EXPECT_GE(sqnr, 35);
        EXPECT_GE(equal, kSamples - 1);
    }
};

/// The scores: 8-bit codes of probabilities that are nearly equal would hide them.
types::GraphPtr withoutSoftmax(const types::Graph& graph) {
    auto scores = std::make_shared<types::Graph>(graph);
    scores->outputs = learning::scoreTensors(graph);
    scores->ops.pop_back();
    return scores;
}

TEST_P(Rounding, IsTheRuntimesOnKeywords) {
    expectRuntimesAnswers(withoutSoftmax(*keywordDsCnn(Precision::Float32).value()));
}

TEST_P(Rounding, IsTheRuntimesOnAResidualModel) {
    GraphBuilder build("residual");
    Value x = build.conv(build.input({1, 9, 9, 3}), 8, 3, 1, Padding::Same, Activation::Relu);
    Value y = build.depthwise(x, 3, 1, Padding::Same, Activation::Relu6);
    x = build.add(x, build.conv(y, 8, 1), Activation::Relu);
    x = build.concat({x, build.maxPool(x, 3, 1, Padding::Same)});
    x = build.averagePool(x, 3, 3);
    expectRuntimesAnswers(build.finish({build.fullyConnected(build.flatten(x), 6)}).value());
}

TEST_P(Rounding, GivesTheSameBitsOnAnyNumberOfThreads) {
    const auto graph = keywordDsCnn(Precision::Float32).value();
    std::vector<std::vector<float>> results;
    for (int32_t threads : {1, 2}) {
        auto simulated = options(*graph, 16);
        simulated.threads = threads;
        auto network = Network::build(*graph, simulated).value();
        train(network, 2);
        results.emplace_back();
        for (const auto& parameter : network.parameters())
            results.back().insert(results.back().end(), parameter.value.begin(),
                                  parameter.value.end());
    }
    EXPECT_EQ(results[0], results[1]);
}

INSTANTIATE_TEST_SUITE_P(
    Schemes, Rounding,
    testing::Values(Scheme{"int8", types::Precision::Int8, true, true},
                    Scheme{"int8 following", types::Precision::Int8, true, false},
                    Scheme{"int8 per tensor", types::Precision::Int8, false, true},
                    Scheme{"int16x8", types::Precision::Int16x8, true, true},
                    Scheme{"int8w4", types::Precision::Int8W4, true, true}));

}  // namespace
