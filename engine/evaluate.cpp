// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate.h"

#include <algorithm>
#include <chrono>

#include "analysis/count.h"
#include "bytes/sha256.h"
#include "cost/budget.h"
#include "cost/predict.h"
#include "cost/tflm/tflm_arena.h"
#include "engine/compare_with_original.h"
#include "footprint/compressed_size.h"
#include "footprint/netcaliper_budgets.h"
#include "lowering/requirements.h"
#include "memory/best_planner.h"
#include "tflite/write.h"
#include "transform/apply.h"
#include "transform/zero_weights.h"
#include "types/target.h"

namespace engine {
namespace {

using namespace types;

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
        layer.origin = op.origin;
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

/// Compressing takes longer than all other counting, so it is done where zeros make a difference.
bool zeroesWeights(const Variation& variation) {
    return variation.prune.weights != 0 ||
           std::any_of(variation.layers.begin(), variation.layers.end(),
                       [](const auto& layer) { return layer.second.pruneWeights.has_value(); });
}

Totals sumLayers(Evaluation& e, bool wantsCompressed) {
    Totals totals;
    for (const LayerEvaluation& layer : e.layers) {
        totals.macs += layer.macs;
        totals.ops += layer.ops;
        totals.params += layer.params;
        totals.weightBytes += layer.weightBytes;
        totals.peakActivationBytes = std::max(totals.peakActivationBytes, layer.liveBytes);
    }
    const auto written = tflite::writeBytes(*e.graph);
    totals.modelBytes = static_cast<int64_t>(written.size());
    e.modelSha256 = bytes::sha256(written.view());
    if (wantsCompressed) totals.compressedBytes = footprint::compressedSize(written.view());
    totals.zeroWeights = transform::countZeroWeights(*e.graph);
    totals.arenaBytes = e.plan.arenaBytes;
    return totals;
}

void predictCosts(Evaluation& e) {
    const cost::Prediction prediction = cost::Predictor(e.device).predict(*e.graph);
    for (size_t i = 0; i < e.layers.size(); ++i) {
        e.layers[i].latencyUs = prediction.ops[i].latencyUs;
        e.layers[i].energyUj = prediction.ops[i].energyUj;
        e.layers[i].costSource = prediction.ops[i].source;
    }
    e.totals.latencyUs = prediction.latencyUs;
    e.totals.energyUj = prediction.energyUj;
}

/// Under the runtime of the device's profile; a model that ours cannot run is told TFLM's need.
void budgetMemory(Evaluation& e) {
    if (runsOwnRuntime(*e.device)) {
        if (auto own = footprint::netcaliperBudgets(*e.graph, e.netcaliperPlan, *e.device)) {
            e.flash = std::move(own->flash);
            e.sram = std::move(own->sram);
            return;
        }
    }
    e.flash = cost::flashBudget(e.totals.modelBytes, *e.device);
    e.sram = cost::sramBudget(e.tflmCortexM, *e.device);
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

/// What apply() is given: samples to learn from, and a share of the progress.
transform::ApplyContext contextFor(const scoring::ChosenSamples& chosen, const Steps& steps,
                                   std::stop_token stop) {
    transform::ApplyContext context;
    context.calibration = chosen.calibration;
    context.stop = stop;
    context.progress = [&steps](double share, const char* step) { steps.begin(0.4 * share, step); };
    return context;
}

Result<void> varyGraph(const GraphPtr& graph, Evaluation& e,
                       const transform::ApplyContext& context) {
    auto varied = transform::apply(graph, e.variation, context);
    if (!varied) return tl::unexpected(varied.error());
    e.graph = varied->graph;
    e.changes = std::move(varied->changes);
    if (context.calibration) e.calibrationSource = context.calibration->source;
    return {};
}

void planMemory(Evaluation& e) {
    const lowering::PlanNeeds needs = lowering::planNeeds(*e.graph);
    e.plan = memory::planGreedy(*e.graph, needs.scratch);
    // On a device that runs it, our own runtime has kernels, and so scratch, of that core.
    e.netcaliperPlan = runsOwnRuntime(e.device)
                           ? lowering::netcaliperPlan(*e.graph, footprint::targetOf(*e.device))
                           : memory::planBest(*e.graph, needs.scratch, needs.overwritable);
    e.tflmHost64 = cost::tflmArenaHost64(*e.graph, e.plan);
    e.tflmCortexM = cost::tflmArenaCortexM(*e.graph, e.plan);
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
    if (options.data.dataset) e->datasetPath = options.data.dataset->path.string();

    if (!steps.begin(0.0, "varying")) return fail(kCancelled);
    const auto chosen = scoring::chooseSamples(*graph, variation, options.data);
    if (!chosen) return tl::unexpected(chosen.error());
    if (auto varied = varyGraph(graph, *e, contextFor(*chosen, steps, stop)); !varied)
        return tl::unexpected(varied.error());

    if (!steps.begin(0.4, "planning memory")) return fail(kCancelled);
    planMemory(*e);
    e->layers = describeLayers(*e->graph, e->plan);
    e->totals = sumLayers(*e, options.compress || zeroesWeights(variation));
    if (device) {
        predictCosts(*e);
        budgetMemory(*e);
    }

    if (!steps.begin(0.5, "running samples")) return fail(kCancelled);
    const ComparisonOptions judging{
        options.samples, options.sampleSeed, options.threads, stop,
        [&steps](double share) { steps.begin(0.5 + 0.5 * share, "running samples"); }};
    if (auto judged = compareWithOriginal(*graph, chosen->judged, *e, judging); !judged)
        return tl::unexpected(judged.error());
    if (!steps.begin(1.0, "done")) return fail(kCancelled);
    e->tookMs = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
    return e;
}

}  // namespace engine
