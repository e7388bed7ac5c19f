// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/recover.h"

#include <algorithm>

#include "analysis/count.h"
#include "calibration/model_inputs.h"
#include "lowering/requirements.h"
#include "transform/recovery/layer_samples.h"
#include "transform/recovery/recovery_units.h"
#include "transform/recovery/segment_runs.h"
#include "transform/recovery/solve_layer.h"
#include "transform/shared_narrowing.h"

namespace transform {

using types::Graph;
using types::GraphPtr;
using types::Result;

namespace {

/// Number of random inputs without data: still determines the weights of small layers.
constexpr int32_t kRandomSamples = 64;
constexpr uint64_t kRandomSeed = 1;
constexpr const char* kRandomWorth =
    ", which are worth little: real data activate other channels; choose a calibration dataset";
/// Number of samples used; fewer where running both models on all would take too long, or where
/// what waits between layers would need too much memory.
constexpr size_t kMaxSamples = 8192;
constexpr int64_t kLeastSamples = 8, kMaxMacs = 40'000'000'000, kMaxBytes = int64_t{256} << 20;

/// Samples spread evenly over the data, since files are often sorted by class.
std::vector<calibration::RealSample> someOf(const calibration::RealInputs& inputs,
                                            const Graph& original, const Graph& narrowed) {
    int64_t macs = 1, bytes = 1;
    for (const Graph* graph : {&original, &narrowed})
        for (const types::Op& op : graph->ops) {
            macs += analysis::countMacs(*graph, op);
            for (int32_t output : op.outputs)
                bytes = std::max(bytes, graph->tensor(output).elements() * int64_t{4});
        }
    const int64_t affordable = std::min(kMaxMacs / macs, kMaxBytes / bytes);
    const size_t count =
        std::min({inputs.samples.size(), kMaxSamples,
                  static_cast<size_t>(std::max<int64_t>(affordable, kLeastSamples))});
    std::vector<calibration::RealSample> samples;
    for (size_t i = 0; i < count; ++i)
        samples.push_back(inputs.samples[i * inputs.samples.size() / count]);
    return samples;
}

Result<void> checkRunnable(const Graph& graph) {
    if (const auto runnable = lowering::checkRunnable(graph); !runnable)
        return types::fail("recovery runs the model: " + runnable.error().what,
                           runnable.error().where,
                           "convert the model with --quantize float32 first, or leave it out");
    return {};
}

/// What variations of the original share; null: nothing.
Result<OriginalActivationsPtr> sharedActivations(const Graph& original, const SegmentRuns& runs,
                                                 const ApplyContext& context,
                                                 const types::Work& work) {
    // Random inputs are made anew each time.
    if (!context.shared || !context.calibration) return OriginalActivationsPtr();
    return context.shared->activations(context.calibration, runs.samples(), [&] {
        return OriginalActivations::create(original, runs, work);
    });
}

}  // namespace

Result<GraphPtr> recover(const Graph& original, const GraphPtr& narrowed, const KeptElements& kept,
                         const ApplyContext& context, std::vector<std::string>& changes) {
    if (auto runnable = checkRunnable(original); !runnable) return tl::unexpected(runnable.error());
    const bool isData = context.calibration && !context.calibration->empty();
    const auto inputs = isData ? context.calibration
                               : calibration::randomInputs(original, kRandomSamples, kRandomSeed);
    const auto units = unitsBehind(*narrowed, kept);
    const auto samples = someOf(*inputs, original, *narrowed);
    changes.push_back("recovered by least squares on " + std::to_string(samples.size()) + " of " +
                      inputs->source + (isData ? "" : kRandomWorth));
    if (units.empty()) return narrowed;
    auto recovered = std::make_shared<Graph>(*narrowed);
    recovered->original = {};
    SegmentRuns runs(*narrowed, samples, context.work.threads);
    const types::Work running = context.work.part(0, 0.2, "running the original");
    const auto shared = sharedActivations(original, runs, context, running);
    if (!shared) return tl::unexpected(shared.error());
    auto targets = targetsOf(original, *narrowed, kept, units, runs, shared->get(), running);
    if (!targets) return tl::unexpected(targets.error());
    LinearProblem problem;
    for (size_t i = 0; i < units.size(); ++i) {
        const double all = static_cast<double>(units.size()), done = static_cast<double>(i);
        const types::Work work = context.work.part(
            0.2 + 0.8 * done / all, 0.2 + 0.8 * (done + 1) / all, "solving weights again");
        if (auto set = setProblem(*recovered, units[i], (*targets)[i], runs, problem, work); !set)
            return tl::unexpected(set.error());
        changes.push_back(solveUnit(*recovered, units[i], problem, work.threads));
        size_t next = recovered->ops.size();
        for (size_t later = i + 1; later < units.size(); ++later)
            next = std::min(next, units[later].first());
        if (i + 1 == units.size()) break;
        if (auto ran = runs.advance(*recovered, next, work); !ran)
            return tl::unexpected(ran.error());
    }
    return recovered;
}

}  // namespace transform
