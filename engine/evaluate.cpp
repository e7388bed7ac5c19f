// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate.h"

#include <algorithm>
#include <chrono>

#include "analysis/fold_constants.h"
#include "bytes/sha256.h"
#include "cost/predict_bands.h"
#include "engine/choose_schedule.h"
#include "engine/compare_with_original.h"
#include "engine/describe_layers.h"
#include "engine/vary_on_data.h"
#include "footprint/compressed_size.h"
#include "footprint/footprint.h"
#include "lowering/requirements.h"
#include "tflite/write.h"
#include "transform/zero_weights.h"
#include "types/target.h"

namespace engine {
namespace {

using namespace types;

/// Compression takes longer than all counting, so it is done only where zeros matter.
bool zeroesWeights(const Variation& variation) {
    return variation.prune.weights != 0 ||
           std::any_of(variation.layers.begin(), variation.layers.end(),
                       [](const auto& layer) { return layer.second.pruneWeights.has_value(); });
}

/// Plans our own runtime for the kernels of the device's core if the device uses it, else for plain
/// ones.
void findFootprint(Evaluation& e, int64_t fileBytes) {
    const footprint::TflmNeeds tflm = footprint::tflmNeeds(*e.graph, fileBytes);
    e.plan = tflm.plan;
    e.tflmHost64 = tflm.arenas.host64;
    e.tflmCortexM = tflm.arenas.cortexM;
    const bool isNetcaliper = runtimeOf(e.device) == Runtime::Netcaliper;
    if (e.device) {
        footprint::Footprint found = footprint::of(*e.graph, *e.device, tflm);
        e.flash = std::move(found.flash);
        e.sram = std::move(found.sram);
        if (found.runtime == Runtime::Netcaliper) {
            e.netcaliperPlan = std::move(found.plan);
            return;
        }
    }
    e.netcaliperPlan =
        lowering::netcaliperPlan(*e.graph, isNetcaliper ? isaOf(e.device->core) : Isa::Portable);
}

/// Sets everything that is known without running the model.
void count(Evaluation& e, bool wantsCompressed) {
    const auto file = tflite::writeBytes(*e.graph);
    e.modelSha256 = bytes::sha256(file.view());
    findFootprint(e, static_cast<int64_t>(file.size()));
    e.layers = describeLayers(*e.graph, e.plan);
    e.totals = sumLayers(e.layers, e.plan);
    e.totals.arenaBytes = e.tflmHost64.nonPersistentBytes.value_or(e.plan.arenaBytes);
    e.totals.modelBytes = static_cast<int64_t>(file.size());
    const auto decoded = analysis::withDecoded(*e.graph);
    e.totals.zeroWeights = transform::countZeroWeights(decoded ? *decoded : *e.graph);
    if (wantsCompressed) e.totals.compressedBytes = footprint::compressedSize(file.view());
}

void predictCosts(Evaluation& e) {
    if (!e.device) return;
    const cost::Predictor predictor(e.device);
    const cost::Prediction prediction =
        e.isScheduled() ? cost::predictBands(predictor, *e.graph, e.schedule->plan)
                        : predictor.predict(*e.graph);
    for (size_t i = 0; i < e.layers.size(); ++i) {
        e.layers[i].latencyUs = prediction.ops[i].latencyUs;
        e.layers[i].energyUj = prediction.ops[i].energyUj;
        e.layers[i].costSource = prediction.ops[i].source;
    }
    e.totals.latencyUs = prediction.latencyUs;
    e.totals.energyUj = prediction.energyUj;
    e.totals.latencyGap = prediction.latencyGap;
    e.totals.energyGap = prediction.energyGap;
}

}  // namespace

Result<EvaluationPtr> evaluate(const GraphPtr& graph, const Variation& variation,
                               const DevicePtr& device, const EvaluateOptions& options,
                               const Work& work) {
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    const auto begin = [&work](double share, const char* step) {
        work.report(share, step);
        return !work.isStopped();
    };
    auto e = std::make_shared<Evaluation>();
    e->variation = variation;
    e->device = device;
    if (options.data.dataset) e->datasetPath = options.data.dataset->path.string();

    // Training takes nearly all of the time.
    const double trainedShare = variation.train.isSet() ? 0.95 : 0.4;
    if (!begin(0.0, "varying")) return cancelled();
    auto varied = varyOnData(graph, variation, options.data, work.part(0.0, trainedShare),
                             options.training, options.shared.get(), device);
    if (!varied) return tl::unexpected(varied.error());
    e->graph = varied->graph;
    e->changes = std::move(varied->changes);
    e->calibrationSource = std::move(varied->calibrationSource);

    if (!begin(trainedShare, "planning memory")) return cancelled();
    count(*e, options.compress || zeroesWeights(variation));
    if (variation.schedule.isSet()) {
        auto schedule = chooseSchedule(*e->graph, variation.schedule, device, work.quiet());
        if (!schedule) return tl::unexpected(schedule.error());
        e->schedule = std::move(*schedule);
        applySchedule(*e);
    }
    predictCosts(*e);

    const double planned = std::max(trainedShare, 0.5);
    if (!begin(planned, "running samples")) return cancelled();
    const ComparisonOptions comparison{options.samples, options.sampleSeed, options.layerErrors,
                                       options.shared.get()};
    if (auto compared = compareWithOriginal(*graph, varied->evaluation, comparison, *e,
                                            work.part(planned, 1.0, "running samples"));
        !compared)
        return tl::unexpected(compared.error());
    e->training = std::move(varied->training);
    e->mix = std::move(varied->mix);
    if (varied->trainedOriginal && varied->evaluation) {
        auto quality =
            qualityOf(*graph, *varied->trainedOriginal, *varied->evaluation, work.quiet());
        if (!quality) return tl::unexpected(quality.error());
        e->trainedOriginalQuality = std::move(*quality);
    }
    if (!begin(1.0, "done")) return cancelled();
    e->tookMs = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
    return e;
}

}  // namespace engine
