// SPDX-License-Identifier: GPL-3.0-or-later
#include "studies/advise_layers.h"

#include "cost/fit/measure_next.h"
#include "cost/predict.h"
#include "zoo/reference_models.h"

namespace studies {
namespace {

/// Least share of its model's latency that makes a layer worth measuring.
constexpr double kLeastShare = 0.005;

bool matters(const cost::Prediction& prediction, size_t op) {
    double all = 0;
    for (const cost::OpPrediction& each : prediction.ops)
        if (each.latencyUs) all += each.latencyUs->value;
    const auto& latency = prediction.ops[op].latencyUs;
    return !latency || latency->value >= kLeastShare * all;
}

}  // namespace

std::vector<cost::Workload> layersToMeasure(const types::GraphPtr& model,
                                            const types::DevicePtr& profile) {
    std::vector<types::GraphPtr> models;
    if (model) models.push_back(model);
    if (models.empty())
        for (const zoo::BundledModel& bundled : zoo::bundledModels())
            if (const auto graph = bundled.build(bundled.precision)) models.push_back(*graph);
    std::vector<cost::Observation> layers;
    const cost::Predictor predictor(profile);
    for (const types::GraphPtr& graph : models) {
        const auto workloads = cost::workloadsOf(*graph);
        const auto prediction = predictor.predict(workloads);
        for (size_t i = 0; i < workloads.size(); ++i)
            if (matters(prediction, i)) layers.push_back({workloads[i], 1, 1, ""});
    }
    std::vector<cost::Workload> different;
    for (const cost::Observation& layer : cost::withoutRepeats(std::move(layers)))
        different.push_back(layer.workload);
    return different;
}

std::vector<types::LayerAdvice> adviceFor(const std::vector<cost::Workload>& workloads,
                                          const std::vector<cost::Workload>& known,
                                          const cost::FitOptions& options, size_t count) {
    std::vector<types::LayerAdvice> found;
    const auto size = [](int64_t a, int64_t b) {
        return types::Shape{static_cast<int32_t>(a), static_cast<int32_t>(b)};
    };
    for (const cost::Advice& advice :
         cost::measureNext(workloads, workloads, known, options, count)) {
        const cost::Workload& w = workloads[advice.candidate];
        types::Shape input = size(w.inHeight, w.inWidth);
        input.push_back(static_cast<int32_t>(w.inChannels));
        found.push_back({w.kind, input, size(w.kernelHeight, w.kernelWidth),
                         size(w.strideHeight, w.strideWidth), w.outChannels,
                         100 * advice.errorAfter});
    }
    return found;
}

std::vector<types::LayerAdvice> firstLayers(const types::DeviceProfile& board,
                                            const types::DevicePtr& prior,
                                            const types::GraphPtr& model, size_t count) {
    cost::FitOptions options;
    options.kernels = cost::kernelLibraryOf(board.runtime, board.core);
    options.prior = prior;
    return adviceFor(layersToMeasure(model, prior), {}, options, count);
}

}  // namespace studies
