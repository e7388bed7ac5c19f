// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/variation.h"

#include <algorithm>
#include <cstdio>

namespace types {
namespace {

std::string number(const char* format, double value) {
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

bool removesChannels(const Variation& v) {
    return v.width != 1 || v.prune.channels != 0 ||
           std::any_of(v.layers.begin(), v.layers.end(), [](const auto& layer) {
               return layer.second.width || layer.second.pruneChannels;
           });
}

/// " L2 global recovered": how channels or weights are chosen, where it is not the default.
std::string pruneManner(const PruneKnobs& prune) {
    static const char* const kMeasures[] = {"", " L2", " median", " sensitivity"};
    std::string text = kMeasures[static_cast<size_t>(prune.measure)];
    if (prune.scope == PruneScope::Global) text += " global";
    if (prune.recover) text += " recovered";
    return text;
}

std::string quantizeLabel(const QuantizeKnobs& quantize) {
    static const char* const kRanges[] = {"", " percentile", " mse", " entropy"};
    std::string text = precisionName(quantize.precision);
    if (!quantize.perChannel) text += "-per-tensor";
    text += kRanges[static_cast<size_t>(quantize.ranges)];
    if (quantize.equalize) text += " equalized";
    if (quantize.correctBias) text += " bias-corrected";
    if (quantize.reconstruct) text += " reconstructed";
    return text;
}

}  // namespace

bool Variation::isIdentity() const {
    const bool layersEmpty = std::all_of(layers.begin(), layers.end(),
                                         [](const auto& layer) { return layer.second.isEmpty(); });
    return !inputSize && width == 1 && prune.channels == 0 && prune.weights == 0 &&
           quantize.precision == Precision::AsStored && !quantize.inputType &&
           !quantize.outputType && layersEmpty;
}

std::string Variation::label() const {
    if (isIdentity()) return "original";
    std::string label;
    const auto add = [&label](const std::string& part) {
        label += (label.empty() ? "" : " ") + part;
    };
    if (inputSize) add(std::to_string((*inputSize)[0]) + "x" + std::to_string((*inputSize)[1]));
    if (width != 1) add(number("w%.4g", width));
    if (prune.channels != 0) add(number("p%.4g%%", 100 * prune.channels));
    if (prune.weights != 0) add(number("z%.4g%%", 100 * prune.weights));
    if (prune.channels != 0 || prune.weights != 0) label += pruneManner(prune);
    if (channelMultiple != 4 && removesChannels(*this))
        add("round " + std::to_string(channelMultiple));
    if (quantize.precision != Precision::AsStored) add(quantizeLabel(quantize));
    const auto set = std::count_if(layers.begin(), layers.end(),
                                   [](const auto& layer) { return !layer.second.isEmpty(); });
    if (set == 1) add("(1 layer set)");
    if (set > 1) add("(" + std::to_string(set) + " layers set)");
    if (label.empty()) label = "other input and output types";
    return label;
}

const char* precisionName(Precision precision) {
    switch (precision) {
        case Precision::AsStored:
            return "as stored";
        case Precision::Float32:
            return "float32";
        case Precision::Int8:
            return "int8";
        case Precision::Int16x8:
            return "int16x8";
        case Precision::Int8W4:
            return "int8w4";
    }
    return "";
}

}  // namespace types
