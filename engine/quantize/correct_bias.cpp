// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/correct_bias.h"

#include <algorithm>

#include "calibration/layer_rows.h"

namespace quantize {

using calibration::LinearLayer;

namespace {

/// Number of samples that makes means over all positions accurate enough.
constexpr size_t kMaxSamples = 32;

std::vector<calibration::RealSample> someOf(const std::vector<calibration::RealSample>& samples) {
    const size_t count = std::min(samples.size(), kMaxSamples);
    std::vector<calibration::RealSample> some;
    for (size_t i = 0; i < count; ++i)
        some.push_back(samples[i * samples.size() / count]);
    return some;
}

/// Mean of every output channel before bias and activation.
std::vector<double> meanProducts(const LinearLayer& layer, const std::vector<float>& weights,
                                 const std::vector<double>& row) {
    std::vector<double> means(layer.channels(), 0);
    for (size_t channel = 0; channel < means.size(); ++channel)
        for (size_t k = 0; k < layer.taps(); ++k)
            means[channel] +=
                double{weights[layer.weightAt(channel, k)]} * row[layer.columnAt(channel, k)];
    return means;
}

}  // namespace

types::Result<void> correctBias(const FloatModel& model, std::map<size_t, LayerCodes>& layers,
                                const CalibrationSet& calibrationSet, const types::Work& work,
                                const std::function<const Emitted&()>& emit,
                                std::vector<std::string>& changes) {
    std::vector<size_t> ops;
    for (const auto& [op, layer] : layers)
        if (!layer.bias.empty() && LinearLayer::is(model.graph, op)) ops.push_back(op);
    if (ops.empty()) return {};
    const auto samples = someOf(calibrationSet.inputs->samples);
    // The first run sees all layers at once, later ones a layer each.
    const double share = 1.0 / static_cast<double>(ops.size() + 1);
    const auto wanted = calibration::meanRows(model.graph, ops, samples, work.part(0, share));
    if (!wanted) return tl::unexpected(wanted.error());
    for (size_t i = 0; i < ops.size(); ++i) {
        const Emitted& quantized = emit();
        const size_t place = quantized.ops[ops[i]];
        const double done = share * static_cast<double>(i + 1);
        const auto found =
            calibration::meanRows(quantized.graph, {place}, samples, work.part(done, done + share));
        if (!found) return tl::unexpected(found.error());
        LayerCodes& layer = layers.at(ops[i]);
        const LinearLayer rows(model.graph, ops[i]);
        const auto real = meanProducts(rows, layer.source, wanted->at(ops[i]));
        const auto coded = meanProducts(rows, layer.rounded(), found->at(place));
        for (size_t c = 0; c < layer.bias.size(); ++c)
            layer.bias[c] = layer.sourceBias[c] + static_cast<float>(real[c] - coded[c]);
    }
    emit();
    changes.push_back("biases of " + std::to_string(ops.size()) + " layers corrected on " +
                      calibrationSet.inputs->source);
    return {};
}

}  // namespace quantize
