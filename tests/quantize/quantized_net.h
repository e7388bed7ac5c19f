// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Helpers of this room's tests: quantize small nets, run them, and compare with the float ones.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "analysis/real_values.h"
#include "analysis/validate.h"
#include "calibration/model_inputs.h"
#include "lowering/requirements.h"
#include "quantize/quantize_graph.h"
#include "tflite/read.h"
#include "tflite/write.h"
#include "zoo/graph_builder.h"

namespace quantized {

using types::DataType;
using types::Graph;
using types::GraphPtr;
using types::OpKind;
using types::Precision;

/// Without repairs; data decide about those that are not set.
inline types::Variation in(Precision precision) {
    types::Variation variation;
    variation.quantize.precision = precision;
    variation.quantize.equalize = false;
    variation.quantize.correctBias = false;
    variation.quantize.reconstruct = false;
    return variation;
}

/// Convolution, depthwise convolution, a residual sum, a pool, a dense layer and a softmax.
inline GraphPtr smallNet(uint64_t seed = 1) {
    zoo::GraphBuilder build("small", zoo::Precision::Float32, seed);
    auto x = build.input({1, 12, 12, 3});
    x = build.conv(x, 8, 3, 2, zoo::Padding::Same, zoo::Activation::Relu);
    auto y = build.depthwise(x, 3, 1, zoo::Padding::Same, zoo::Activation::Relu6);
    y = build.conv(y, 8, 1);
    x = build.averagePool(build.add(x, y, zoo::Activation::Relu), 6);
    x = build.softmax(build.fullyConnected(build.flatten(x), 7));
    return *build.finish({x});
}

inline calibration::RealInputsPtr dataFor(const Graph& graph, uint64_t seed = 11) {
    return calibration::randomInputs(graph, 48, seed);
}

struct Result {
    GraphPtr graph;
    std::vector<std::string> changes;
};

/// Quantizes, and checks what must hold for any result: valid, runnable, equal on both kernel
/// sets, and the same after it was written and read.
inline Result apply(const GraphPtr& graph, const types::Variation& variation,
                    calibration::RealInputsPtr data) {
    Result result;
    auto made = quantize::quantize(graph, variation, std::move(data), {}, result.changes);
    EXPECT_TRUE(made) << made.error().message();
    if (!made) return {graph, {}};
    result.graph = *made;
    EXPECT_TRUE(analysis::validate(*result.graph));
    const auto runs = lowering::checkRunnable(*result.graph);
    EXPECT_TRUE(runs) << runs.error().message();
    const auto bytes = tflite::writeBytes(*result.graph);
    const auto again = tflite::readBytes(bytes, "again");
    EXPECT_TRUE(again) << again.error().message();
    Graph rewritten = **again;
    rewritten.original = {};
    EXPECT_TRUE(std::ranges::equal(tflite::writeBytes(rewritten).view(), bytes.view()));
    return result;
}

/// Real outputs of all samples, one after the other.
inline std::vector<float> outputsOf(const Graph& graph,
                                    const std::vector<calibration::RealSample>& samples,
                                    lowering::Kernels kernels = lowering::Kernels::Fast) {
    auto execution = lowering::Execution::create(graph, kernels);
    EXPECT_TRUE(execution) << execution.error().message();
    std::vector<float> all;
    for (const auto& sample : samples) {
        execution->resetState();
        calibration::writeInputs(graph, sample, *execution);
        EXPECT_TRUE(execution->invoke());
        const auto values =
            analysis::dequantize(graph.tensor(graph.outputs[0]), execution->output(0));
        all.insert(all.end(), values.begin(), values.end());
    }
    return all;
}

/// Signal to noise of a varied graph against the original, on inputs that it has not seen.
inline double sqnrDb(const Graph& original, const Graph& varied) {
    const auto samples = dataFor(original, 12)->samples;
    const auto wanted = outputsOf(original, samples), found = outputsOf(varied, samples);
    double signal = 0, noise = 0;
    for (size_t i = 0; i < wanted.size(); ++i) {
        signal += double{wanted[i]} * wanted[i];
        noise += (double{wanted[i]} - found[i]) * (double{wanted[i]} - found[i]);
    }
    return 10 * std::log10(signal / noise);
}

inline int countOf(const Graph& graph, OpKind kind) {
    return static_cast<int>(std::ranges::count(graph.ops, kind, &types::Op::kind));
}

inline const types::Op& first(const Graph& graph, OpKind kind) {
    return *std::ranges::find(graph.ops, kind, &types::Op::kind);
}

inline const types::Tensor& inputOf(const Graph& graph, const types::Op& op, size_t i = 0) {
    return graph.tensor(op.inputs[i]);
}
inline const types::Tensor& outputOf(const Graph& graph, const types::Op& op) {
    return graph.tensor(op.outputs[0]);
}

inline bool mentions(const std::vector<std::string>& changes, const std::string& words) {
    return std::ranges::any_of(changes, [&](const std::string& sentence) {
        return sentence.find(words) != std::string::npos;
    });
}

}  // namespace quantized
