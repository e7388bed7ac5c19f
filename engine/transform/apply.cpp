// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/apply.h"

#include <algorithm>
#include <iterator>

#include "analysis/shapes.h"
#include "calibration/model_inputs.h"
#include "lowering/requirements.h"
#include "quantize/quantize_graph.h"
#include "tflite/edit_subgraphs.h"
#include "transform/channels/narrow.h"
#include "transform/compression/compress_weights.h"
#include "transform/document/check_knobs.h"
#include "transform/input_size.h"
#include "transform/rewrites/rewrites.h"
#include "transform/vary_signatures.h"
#include "transform/zero_weights.h"

namespace transform {

using types::Graph;
using types::GraphPtr;
using types::Result;
using types::Variation;

namespace {

/// One knob or family of knobs. Returns the same graph where it has nothing to do; adds its effects
/// to `changes`.
using Step = Result<GraphPtr> (*)(const GraphPtr& graph, const Variation& variation,
                                  const ApplyContext& context, std::vector<std::string>& changes);

Result<GraphPtr> quantizeGraph(const GraphPtr& graph, const Variation& variation,
                               const ApplyContext& context, std::vector<std::string>& changes) {
    if (context.train) return context.train(graph, variation, context, changes);
    return quantize::quantize(graph, variation, context.calibration, context.work, changes);
}

/// In the order of types/variation.h.
constexpr Step kSteps[] = {rewrite,     resizeInput,   narrow,
                           zeroWeights, quantizeGraph, compressWeights};

/// Share of the work that is done after `count` steps; training takes as long as 20 of the others.
double shareAfter(size_t count, bool trains) {
    constexpr double kTraining = 20;
    const auto done = kSteps + count;
    const bool trained = std::find(kSteps, done, quantizeGraph) != done;
    const auto all = static_cast<double>(std::size(kSteps));
    if (!trains) return static_cast<double>(count) / all;
    return (static_cast<double>(count) + (trained ? kTraining : 0)) / (all + kTraining);
}

/// Varies one subgraph.
Result<GraphPtr> runSteps(GraphPtr graph, const Variation& variation, const ApplyContext& context,
                          std::vector<std::string>& changes) {
    const bool trains = context.train != nullptr;
    for (size_t i = 0; i < std::size(kSteps); ++i) {
        if (context.work.isStopped()) return types::cancelled();
        const auto part = context.part(shareAfter(i, trains), shareAfter(i + 1, trains));
        auto next = kSteps[i](graph, variation, part, changes);
        if (!next) return next;
        graph = std::move(*next);
    }
    return graph;
}

/// Knobs change weights and shapes: both must be in the file, and every value must come from
/// somewhere.
Result<void> checkVariable(const Graph& graph) {
    for (size_t i = 0; i < graph.ops.size(); ++i) {
        const types::Op& op = graph.ops[i];
        if (analysis::mayHavePlaceholders(graph, op) && !analysis::shapesAgree(graph, op))
            return types::fail("has shapes that only a runtime which resizes models knows",
                               types::opLabel(graph, i), "export the model with fixed shapes");
        for (int32_t t : op.inputs)
            if (t >= 0 && graph.tensor(t).externalBuffer != 0)
                return types::fail("its data lie in another file (external buffer)",
                                   types::tensorLabel(graph, t), "export the model as one file");
    }
    return lowering::checkWritten(graph);
}

/// Varies the other signatures of the file with a graph that the steps changed.
Result<GraphPtr> finishSubgraphs(const Graph& original, const GraphPtr& varied,
                                 const Variation& variation, const ApplyContext& context,
                                 std::vector<std::string>& changes) {
    const auto vary = [&](const GraphPtr& other, const Variation& own,
                          std::vector<std::string>& told) -> Result<GraphPtr> {
        if (auto sound = checkVariable(*other); !sound) return tl::unexpected(sound.error());
        const auto samples = samplesFor(original, *other, context.calibration);
        if (context.calibration && !samples)
            changes.push_back(
                "the calibration data do not fit the next signature: its ranges come "
                "from random inputs");
        return runSteps(other, own, {resizeSamples(*other, own, samples), context.work}, told);
    };
    auto result = varyOtherSignatures(original, varied, variation, vary, changes);
    if (result && variation.rewrite.inlineComposites)
        result = tflite::withoutUncalled(**result, original.signatures);
    return result;
}

}  // namespace

Result<Varied> apply(const GraphPtr& graph, const Variation& asked, const ApplyContext& context) {
    if (auto sound = checkKnobs(*graph, asked); !sound) return tl::unexpected(sound.error());
    Varied varied{graph, {}};
    Variation variation = asked;
    variation.schedule = {};  // it acts on no operator
    if (variation.isIdentity()) return varied;
    if (auto sound = checkVariable(*graph); !sound) return tl::unexpected(sound.error());
    ApplyContext fitting = context;
    if (context.calibration) {
        auto fits = calibration::checkInputs(*graph, *context.calibration);
        if (!fits) return tl::unexpected(fits.error());
        fitting.calibration = resizeSamples(*graph, variation, context.calibration);
    }
    GraphPtr source = graph;
    if (variation.rewrite.dropSignatures && graph->subgraphCount > 1) {
        auto alone = tflite::withoutOtherSignatures(*graph);
        if (!alone) return tl::unexpected(alone.error());
        source = std::move(*alone);
        varied.changes.push_back(std::to_string(graph->subgraphCount - source->subgraphCount) +
                                 " of " + std::to_string(graph->subgraphCount) +
                                 " subgraphs dropped");
    }
    auto done = runSteps(source, variation, fitting, varied.changes);
    if (done && *done != source && source->subgraphCount > 1)
        done = finishSubgraphs(*source, *done, variation, context, varied.changes);
    if (!done) return tl::unexpected(done.error());
    varied.graph = std::move(*done);
    return varied;
}

}  // namespace transform
