// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/choose_repairs.h"

#include <algorithm>
#include <cstdio>
#include <optional>

#include "calibration/output_distance.h"
#include "lowering/requirements.h"

namespace quantize {

using types::Graph;
using types::Precision;
using types::QuantizeKnobs;
using types::Result;
using types::Variation;

namespace {

constexpr size_t kLeastSamples = 8;

template <typename Holds>
bool anyPrecision(const Variation& variation, Holds holds) {
    return holds(variation.quantize.precision) ||
           std::ranges::any_of(variation.layers, [&](const auto& layer) {
               return layer.second.precision && holds(*layer.second.precision);
           });
}

/// The settings of one repair to try: the one that is set, or off and on.
std::vector<bool> settingsOf(const std::optional<bool>& repair) {
    return repair ? std::vector<bool>{*repair} : std::vector<bool>{false, true};
}

std::vector<QuantizeKnobs> candidatesOf(const Variation& variation) {
    const bool hasFourBits =
        anyPrecision(variation, [](Precision p) { return p == Precision::Int8W4; });
    std::vector<QuantizeKnobs> list;
    for (bool equalize : settingsOf(variation.quantize.equalize))
        for (bool correctBias : settingsOf(variation.quantize.correctBias)) {
            QuantizeKnobs knobs = variation.quantize;
            knobs.equalize = equalize;
            knobs.correctBias = correctBias;
            // Reconstruction never raises a layer's error on the samples.
            knobs.reconstruct = knobs.reconstruct.value_or(hasFourBits);
            list.push_back(knobs);
        }
    return list;
}

std::string nameOf(const QuantizeKnobs& knobs) {
    std::string name;
    const auto add = [&](const std::optional<bool>& repair, const char* word) {
        if (repair.value_or(false)) name += (name.empty() ? "" : " + ") + std::string(word);
    };
    add(knobs.equalize, "equalized");
    add(knobs.correctBias, "biases corrected");
    add(knobs.reconstruct, "reconstructed");
    return name.empty() ? "no repair" : name;
}

std::string distanceText(double distance) {
    char text[32];
    std::snprintf(text, sizeof text, " %.2f %%", 100 * distance);
    return text;
}

}  // namespace

Result<QuantizeKnobs> chooseRepairs(const Graph& graph, const Variation& variation,
                                    const calibration::RealInputsPtr& inputs,
                                    const QuantizeWith& quantizeWith, const types::Work& work,
                                    std::vector<std::string>& changes) {
    const bool lowers = anyPrecision(
        variation, [](Precision p) { return p != Precision::AsStored && p != Precision::Float32; });
    const std::vector<QuantizeKnobs> candidates = candidatesOf(variation);
    QuantizeKnobs best = candidates[0];
    if (!lowers || !inputs || inputs->samples.size() < kLeastSamples ||
        !lowering::checkRunnable(graph)) {
        best.reconstruct = variation.quantize.reconstruct.value_or(false);
        return best;
    }
    if (candidates.size() == 1) return best;
    const auto parts = calibration::holdBack(*inputs);
    const auto judge = calibration::OutputDistance::create(graph, parts.heldBack, work.quiet());
    if (!judge) return tl::unexpected(judge.error());
    std::optional<double> least;
    std::string told;
    for (size_t i = 0; i < candidates.size(); ++i) {
        work.report(static_cast<double>(i) / static_cast<double>(candidates.size()),
                    "trying repairs");
        const auto quantized = quantizeWith(candidates[i], parts.learned);
        if (!quantized) return tl::unexpected(quantized.error());
        const auto distance = judge->to(**quantized, work.quiet());
        if (!distance && distance.error().isCancelled()) return tl::unexpected(distance.error());
        if (!distance) continue;
        told += (told.empty() ? "" : ", ") + nameOf(candidates[i]) + distanceText(*distance);
        if (least && !(*distance < *least)) continue;
        least = *distance;
        best = candidates[i];
    }
    changes.push_back("repairs: " + nameOf(best) + ", nearest outputs on " +
                      std::to_string(judge->samples()) + " held-back samples (" + told + ")");
    return best;
}

}  // namespace quantize
