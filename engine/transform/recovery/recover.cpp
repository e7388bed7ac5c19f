// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/recover.h"

#include <algorithm>
#include <set>

#include "analysis/count.h"
#include "calibration/linear_layer.h"
#include "calibration/model_inputs.h"
#include "lowering/requirements.h"
#include "transform/channels/cut_tensor.h"
#include "transform/recovery/layer_samples.h"
#include "transform/recovery/layer_weights.h"
#include "transform/recovery/solve_layer.h"

namespace transform {

using types::Graph;
using types::GraphPtr;
using types::OpKind;
using types::Result;

namespace {

/// Number of random inputs without data: still determines the weights of small layers.
constexpr int32_t kRandomSamples = 64;
constexpr uint64_t kRandomSeed = 1;
/// Number of samples used; fewer where running all would take too long. Both models run up to each
/// layer: about ten seconds on two cores.
constexpr size_t kMaxSamples = 512, kLeastSamples = 8;
constexpr int64_t kMaxMacs = 100'000'000'000;

/// A linear layer with constant weights and biases that we can change.
bool isSolvable(const Graph& graph, size_t op) {
    const int32_t bias = graph.ops[op].input(2);
    return calibration::LinearLayer::is(graph, op) && weightOperand(graph, op) &&
           (bias < 0 || (graph.isConstant(bias) && !isOpaque(graph.tensor(bias)))) &&
           isClamp(graph, op);
}

/// Layers whose inputs lost elements that affect their outputs, in order of execution.
std::vector<size_t> layersBehind(const Graph& graph, const KeptElements& kept) {
    std::set<int32_t> changed;
    std::vector<size_t> layers;
    for (size_t i = 0; i < graph.ops.size(); ++i) {
        const types::Op& op = graph.ops[i];
        // These layers sum over channels; other operators pass the remaining channels on unchanged.
        const bool mixes = op.kind != OpKind::DEPTHWISE_CONV_2D && weightOperand(graph, i);
        const bool feels = std::any_of(op.inputs.begin(), op.inputs.end(), [&](int32_t tensor) {
            return tensor >= 0 && (changed.contains(tensor) ||
                                   (mixes && kept.isCut(tensor) && !graph.isConstant(tensor)));
        });
        if (!feels) continue;
        changed.insert(op.outputs.begin(), op.outputs.end());
        if (isSolvable(graph, i)) layers.push_back(i);
    }
    return layers;
}

size_t affordableSamples(const Graph& original, const Graph& narrowed,
                         const std::vector<size_t>& layers, size_t available) {
    int64_t macs = 1;
    for (const Graph* graph : {&original, &narrowed})
        for (size_t layer : layers)
            for (size_t op = 0; op <= layer; ++op)
                macs += analysis::countMacs(*graph, graph->ops[op]);
    const auto affordable = static_cast<size_t>(std::max<int64_t>(kMaxMacs / macs, kLeastSamples));
    return std::min({available, kMaxSamples, affordable});
}

Result<void> checkRunnable(const Graph& graph) {
    if (const auto runnable = lowering::checkRunnable(graph); !runnable)
        return types::fail("recovery runs the model: " + runnable.error().what,
                           runnable.error().where,
                           "convert the model with --quantize float32 first, or leave it out");
    return {};
}

}  // namespace

Result<GraphPtr> recover(const Graph& original, const GraphPtr& narrowed, const KeptElements& kept,
                         const ApplyContext& context, std::vector<std::string>& changes) {
    if (auto runnable = checkRunnable(original); !runnable) return tl::unexpected(runnable.error());
    const auto inputs = context.calibration && !context.calibration->empty()
                            ? context.calibration
                            : calibration::randomInputs(original, kRandomSamples, kRandomSeed);
    const auto layers = layersBehind(*narrowed, kept);
    const size_t samples = affordableSamples(original, *narrowed, layers, inputs->samples.size());
    const auto end = inputs->samples.begin() + static_cast<ptrdiff_t>(samples);
    const RecoveryTargets targets{original, kept, {inputs->samples.begin(), end}};
    changes.push_back("recovered by least squares on " + std::to_string(samples) + " of " +
                      inputs->source);
    auto recovered = std::make_shared<Graph>(*narrowed);
    recovered->original = {};
    for (size_t i = 0; i < layers.size(); ++i) {
        const double all = static_cast<double>(layers.size()), done = static_cast<double>(i);
        auto learned =
            sampleLayer(targets, *recovered, layers[i],
                        context.work.part(done / all, (done + 1) / all, "solving weights again"));
        if (!learned) return tl::unexpected(learned.error());
        changes.push_back(solveLayer(*recovered, layers[i], *learned));
    }
    return recovered;
}

}  // namespace transform
