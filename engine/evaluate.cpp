// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate.h"

#include <algorithm>
#include <chrono>

#include "analysis/count.h"
#include "cost/budget.h"
#include "cost/predict.h"
#include "cost/tflm_arena.h"
#include "engine/compare_outputs.h"
#include "engine/score.h"
#include "lowering/requirements.h"
#include "memory/greedy_planner.h"
#include "tflite/write.h"
#include "transform/apply.h"

namespace engine {
namespace {

using namespace types;

/// Samples are cut so that both models together stay below this many MACs: about a quarter of a
/// second with plain kernels.
constexpr int64_t kSampleMacs = 300'000'000;

int64_t liveBytesAt(const MemoryPlan& plan, int32_t op) {
    int64_t bytes = 0;
    for (const PlannedBuffer& buffer : plan.buffers)
        if (buffer.aliveAt(op)) bytes += buffer.size;
    return bytes;
}

std::vector<Shape> shapesOf(const Graph& graph, const std::vector<int32_t>& tensors) {
    std::vector<Shape> shapes;
    for (int32_t t : tensors)
        if (t >= 0) shapes.push_back(graph.tensor(t).shape);
    return shapes;
}

/// Element type that the operator computes in: that of its first activation.
DataType computeType(const Graph& graph, const Op& op) {
    for (int32_t t : op.inputs)
        if (t >= 0 && !graph.isConstant(t) && !graph.tensor(t).isVariable)
            return graph.tensor(t).type;
    return op.outputs.empty() ? DataType::Float32 : graph.tensor(op.outputs[0]).type;
}

std::vector<LayerEvaluation> describeLayers(const Graph& graph, const MemoryPlan& plan) {
    const auto counts = analysis::countOps(graph);
    std::vector<LayerEvaluation> layers;
    for (size_t i = 0; i < graph.ops.size(); ++i) {
        const Op& op = graph.ops[i];
        LayerEvaluation layer;
        layer.index = static_cast<int32_t>(i);
        layer.kind = op.kind;
        layer.op = op.name();
        if (!op.outputs.empty()) layer.name = graph.tensor(op.outputs[0]).name;
        layer.type = computeType(graph, op);
        layer.inputShapes = shapesOf(graph, op.inputs);
        layer.outputShapes = shapesOf(graph, op.outputs);
        layer.macs = counts[i].macs;
        layer.ops = counts[i].ops;
        layer.params = counts[i].params;
        layer.weightBytes = counts[i].weightBytes;
        layer.liveBytes = liveBytesAt(plan, layer.index);
        const auto runnable = lowering::checkRunnable(graph, i);
        layer.supported = runnable.has_value();
        if (!runnable) layer.unsupportedReason = runnable.error().message();
        layers.push_back(std::move(layer));
    }
    return layers;
}

Totals sumLayers(const Evaluation& e) {
    Totals totals;
    for (const LayerEvaluation& layer : e.layers) {
        totals.macs += layer.macs;
        totals.ops += layer.ops;
        totals.params += layer.params;
        totals.weightBytes += layer.weightBytes;
        totals.peakActivationBytes = std::max(totals.peakActivationBytes, layer.liveBytes);
    }
    totals.modelBytes = static_cast<int64_t>(tflite::writeBytes(*e.graph).size());
    totals.arenaBytes = e.plan.arenaBytes;
    return totals;
}

void predictCosts(Evaluation& e) {
    const auto predictions = cost::predictOps(*e.graph, *e.device);
    std::vector<std::optional<Estimate>> latencies, energies;
    for (size_t i = 0; i < e.layers.size(); ++i) {
        e.layers[i].latencyUs = predictions[i].latencyUs;
        e.layers[i].energyUj = predictions[i].energyUj;
        e.layers[i].costSource = predictions[i].source;
        latencies.push_back(predictions[i].latencyUs);
        energies.push_back(predictions[i].energyUj);
    }
    e.totals.latencyUs = cost::sum(latencies);
    e.totals.energyUj = cost::sum(energies);
    e.flash = cost::flashBudget(e.totals.modelBytes, *e.device);
    e.sram = cost::sramBudget(e.tflmCortexM, *e.device);
}

int32_t affordableSamples(int64_t macs, int32_t wanted) {
    const int64_t affordable = kSampleMacs / std::max<int64_t>(macs, 1);
    return static_cast<int32_t>(std::clamp<int64_t>(affordable, 1, std::max(wanted, 1)));
}

Result<void> compareWithOriginal(const Graph& original, Evaluation& e,
                                 const EvaluateOptions& options, std::stop_token stop) {
    if (const auto runnable = lowering::checkRunnable(*e.graph); !runnable) {
        e.notRunnableReason = runnable.error().message();
        return {};
    }
    if (e.variation.isIdentity()) return {};
    int64_t macs = e.totals.macs;
    for (const Op& op : original.ops)
        macs += analysis::countMacs(original, op);
    const int32_t samples = affordableSamples(macs, options.samples);
    const auto comparison = compareOutputs(original, *e.graph, samples, options.sampleSeed, stop);
    if (!comparison) return tl::unexpected(comparison.error());
    e.samples = comparison->samples;
    e.samplesSource = std::to_string(comparison->samples) + " random inputs, seed " +
                      std::to_string(options.sampleSeed);
    e.totals.agreement = comparison->agreement;
    e.totals.sqnrDb = comparison->sqnrDb;
    for (size_t i = 0; i < e.layers.size(); ++i)
        e.layers[i].sqnrDb = comparison->layerSqnrDb[i];
    return {};
}

/// Tells the steps and sees a request to stop between them.
class Steps {
public:
    Steps(const Progress& progress, std::stop_token stop) : m_progress(progress), m_stop(stop) {}

    bool begin(double share, const char* step) const {
        if (m_progress) m_progress(share, step);
        return !m_stop.stop_requested();
    }

private:
    const Progress& m_progress;
    std::stop_token m_stop;
};

Result<void> scoreDataset(Evaluation& e, const EvaluateOptions& options, std::stop_token stop,
                          const Steps& steps) {
    if (!options.dataset || !e.notRunnableReason.empty()) return {};
    const auto progress = [&](double share) {
        steps.begin(0.6 + 0.4 * share, "scoring the dataset");
    };
    const auto score = engine::score(*e.graph, *options.dataset, options.threads, stop, progress);
    if (!score) return tl::unexpected(score.error());
    e.totals.accuracy = score->accuracy();
    e.labelledSamples = score->samples;
    e.labelledSource = options.dataset->name;
    return {};
}

}  // namespace

Result<EvaluationPtr> evaluate(const GraphPtr& graph, const Variation& variation,
                               const DevicePtr& device, const EvaluateOptions& options,
                               std::stop_token stop, const Progress& progress) {
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    const Steps steps(progress, stop);
    auto e = std::make_shared<Evaluation>();
    e->variation = variation;
    e->device = device;

    if (!steps.begin(0.0, "varying")) return fail(kCancelled);
    auto varied = transform::apply(graph, variation);
    if (!varied) return tl::unexpected(varied.error());
    e->graph = varied->graph;
    e->changes = std::move(varied->changes);

    if (!steps.begin(0.2, "planning memory")) return fail(kCancelled);
    e->plan = memory::planGreedy(*e->graph, lowering::scratchNeeds(*e->graph));
    e->tflmHost64 = cost::tflmArenaHost64(*e->graph, e->plan);
    e->tflmCortexM = cost::tflmArenaCortexM(*e->graph, e->plan);

    if (!steps.begin(0.3, "counting")) return fail(kCancelled);
    e->layers = describeLayers(*e->graph, e->plan);
    e->totals = sumLayers(*e);
    if (device) predictCosts(*e);

    if (!steps.begin(0.4, "running samples")) return fail(kCancelled);
    if (auto compared = compareWithOriginal(*graph, *e, options, stop); !compared)
        return tl::unexpected(compared.error());
    if (!steps.begin(0.6, "scoring the dataset")) return fail(kCancelled);
    if (auto scored = scoreDataset(*e, options, stop, steps); !scored)
        return tl::unexpected(scored.error());
    if (!steps.begin(1.0, "done")) return fail(kCancelled);
    e->tookMs = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
    return e;
}

}  // namespace engine
