// SPDX-License-Identifier: GPL-3.0-or-later
// The accuracy regained by recovery, on inputs that it did not use.
#include "transform/recovery/recover.h"

#include <gtest/gtest.h>

#include <cmath>

#include <fstream>

#include "analysis/real_values.h"
#include "calibration/model_inputs.h"
#include "graph_surgery.h"
#include "lowering/batch.h"
#include "support/shared_files.h"
#include "tflite/read.h"
#include "zoo/graph_builder.h"
#include "zoo/reference_models.h"

namespace {

using namespace surgery;
using calibration::RealInputs;
using types::Graph;
using types::GraphPtr;
using types::Variation;
using zoo::Padding;
using zoo::Precision;

/// First outputs of a graph for each sample, as real values.
std::vector<std::vector<float>> floatOutputsOf(const Graph& graph, const RealInputs& inputs) {
    std::vector<std::vector<float>> result(inputs.samples.size());
    const auto execution = lowering::Execution::create(graph);
    EXPECT_TRUE(execution) << execution.error().message();
    lowering::BatchHooks hooks;
    hooks.fill = [&](size_t sample, lowering::Execution& e) -> types::Result<void> {
        calibration::writeInputs(graph, inputs.samples[sample], e);
        return {};
    };
    hooks.collect = [&](size_t sample, const lowering::Execution& e) {
        result[sample] = analysis::dequantize(graph.tensor(graph.outputs[0]), e.output(0));
    };
    EXPECT_TRUE(lowering::runBatch(*execution, result.size(), hooks));
    return result;
}

double squaredError(const Graph& a, const Graph& b, const RealInputs& inputs) {
    const auto first = floatOutputsOf(a, inputs), second = floatOutputsOf(b, inputs);
    double sum = 0;
    for (size_t s = 0; s < first.size(); ++s)
        for (size_t i = 0; i < first[s].size(); ++i)
            sum += std::pow(double{first[s][i]} - second[s][i], 2);
    return sum;
}

/// Every third channel is another one at half the size.
void thirdsAreCopies(zoo::LayerWeights& w) {
    const size_t channels = w.bias.size(), each = w.filter.size() / channels;
    for (size_t channel = 2; channel < channels; channel += 3) {
        for (size_t i = 0; i < each; ++i)
            w.filter[channel * each + i] = w.filter[(channel - 1) * each + i] / 2;
        w.bias[channel] = w.bias[channel - 1] / 2;
    }
}

/// When a third of the first layer is removed, the remaining channels can replace the removed ones.
GraphPtr smallNet(Precision precision) {
    zoo::GraphBuilder build("small", precision, 4);
    zoo::Value x = build.input({1, 8, 8, 2});
    x = build.editNext(thirdsAreCopies).conv(x, 24, 3, 1, Padding::Same, zoo::Activation::Relu);
    x = build.conv(x, 16, 1, 1, Padding::Same, zoo::Activation::Relu6);
    x = build.depthwise(x, 3, 2, Padding::Same, zoo::Activation::Relu);
    x = build.averagePool(x, 2, 2);
    return build.finish({build.fullyConnected(build.flatten(x), 6)}).value();
}

/// Prunes the first layer only.
Variation firstPruned(bool recover) {
    Variation variation;
    variation.layers[0].pruneChannels = 1.0 / 3;
    variation.prune.recover = recover;
    return variation;
}

Variation pruned(double share, bool recover) {
    Variation variation;
    variation.prune.channels = share;
    variation.prune.recover = recover;
    return variation;
}

transform::ApplyContext learningFrom(calibration::RealInputsPtr inputs) {
    transform::ApplyContext context;
    context.calibration = std::move(inputs);
    return context;
}

TEST(Recover, WinsBackMostOfTheError) {
    for (Precision precision : {Precision::Float32, Precision::Int8}) {
        const auto graph = smallNet(precision);
        const auto context = learningFrom(calibration::randomInputs(*graph, 64, 1));
        const auto unseen = calibration::randomInputs(*graph, 32, 99);
        const auto plain = transform::apply(graph, firstPruned(false), context).value();
        const auto recovered = transform::apply(graph, firstPruned(true), context).value();
        EXPECT_EQ(macsOf(*plain.graph), macsOf(*recovered.graph));
        EXPECT_LT(squaredError(*graph, *recovered.graph, *unseen),
                  0.05 * squaredError(*graph, *plain.graph, *unseen));
    }
}

TEST(Recover, LeavesTheOriginalAlone) {
    const auto graph = smallNet(Precision::Int8);
    const Graph before = *graph;
    ASSERT_TRUE(transform::apply(graph, firstPruned(true)));
    for (size_t i = 0; i < before.buffers.size(); ++i)
        EXPECT_EQ(before.buffers[i].data(), graph->buffers[i].data());
}

TEST(Recover, WithoutDataItLearnsFromRandomInputsAndSaysSo) {
    const auto varied = transform::apply(smallNet(Precision::Int8), firstPruned(true)).value();
    const bool said =
        std::any_of(varied.changes.begin(), varied.changes.end(), [](const std::string& change) {
            return change.find("64 random inputs, seed 1") != std::string::npos;
        });
    EXPECT_TRUE(said);
}

TEST(Recover, CanBeCancelled) {
    std::stop_source source;
    transform::ApplyContext context;
    context.work.stop = source.get_token();
    context.work.progress = [&](double, const char*) { source.request_stop(); };
    const auto varied = transform::apply(smallNet(Precision::Int8), firstPruned(true), context);
    ASSERT_FALSE(varied);
    EXPECT_TRUE(varied.error().isCancelled());
}

TEST(Recover, DataOfAnotherModelAreRefused) {
    const auto graph = smallNet(Precision::Int8);
    auto wrong = std::make_shared<RealInputs>(RealInputs{"wrong", {{{1, 2, 3}}}});
    const auto varied = transform::apply(graph, firstPruned(true), learningFrom(wrong));
    ASSERT_FALSE(varied);
    EXPECT_EQ(varied.error().what, "has 3 values, the model's input 0 takes 128");
    EXPECT_EQ(varied.error().where, "sample 0 of wrong");
}

struct Labelled {
    RealInputs inputs{"keyword samples", {}};
    std::vector<size_t> labels;
};

/// Of every `step` samples of the keyword dataset the one at `phase`.
Labelled keywords(const Graph& graph, size_t step, size_t phase) {
    Labelled data;
    const auto dir = *support::sharedDir() / "datasets" / "kws01";
    std::ifstream list(dir / "y_labels.csv");
    size_t index = 0;
    for (std::string line; std::getline(list, line); ++index) {
        if (index % step != phase) continue;
        std::ifstream file(dir / line.substr(0, line.find(',')), std::ios::binary);
        const std::vector<uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
        data.inputs.samples.push_back({analysis::dequantize(graph.tensor(graph.inputs[0]), bytes)});
        data.labels.push_back(std::stoul(line.substr(line.rfind(',') + 1)));
    }
    return data;
}

double accuracy(const Graph& graph, const Labelled& data) {
    const auto scores = floatOutputsOf(graph, data.inputs);
    size_t right = 0;
    for (size_t s = 0; s < scores.size(); ++s)
        right += analysis::firstChoice(scores[s]) == data.labels[s];
    return static_cast<double>(right) / static_cast<double>(scores.size());
}

TEST(Recover, TheKeywordModelRegainsHalfOfItsAccuracyAndMore) {
    SKIP_WITHOUT_SHARED();
    const auto graph =
        tflite::read(*support::sharedDir() / "models" / "mlpt_kws_int8.tflite").value();
    // Calibrates on a tenth of the data and evaluates on a fifth, to save time.
    const auto calibrated = keywords(*graph, 10, 0), evaluated = keywords(*graph, 5, 1);
    const auto context = learningFrom(std::make_shared<RealInputs>(calibrated.inputs));
    // Data would choose channels that are missed less.
    const auto byNorm = [](bool recover) {
        Variation variation = pruned(0.25, recover);
        variation.prune.measure = types::ImportanceMeasure::L1;
        variation.prune.scope = types::PruneScope::PerLayer;
        return variation;
    };
    const auto plain = transform::apply(graph, byNorm(false), context).value();
    const auto recovered = transform::apply(graph, byNorm(true), context).value();
    const double original = accuracy(*graph, evaluated), lost = accuracy(*plain.graph, evaluated);
    EXPECT_LT(lost, original - 0.2);
    EXPECT_GT(accuracy(*recovered.graph, evaluated), lost + 0.7 * (original - lost));
}

}  // namespace
