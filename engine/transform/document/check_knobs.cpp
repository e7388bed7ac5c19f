// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/document/check_knobs.h"

#include <algorithm>

namespace transform {

using types::fail;
using types::Result;

namespace {

// All comparisons are written so that NaN fails, too.

Result<void> checkWidth(double width, const std::string& where) {
    if (width > 0 && width <= 1) return {};
    return fail("the width is outside (0, 1]", where, "1 keeps every channel");
}

Result<void> checkShare(double share, const char* what, const std::string& where) {
    if (share >= 0 && share < 1) return {};
    return fail("the share of " + std::string(what) + " is outside [0, 1)", where, "0 takes none");
}

Result<void> checkLayer(const types::Graph& graph, int32_t layer, const types::LayerKnobs& knobs) {
    const std::string where = "layer " + std::to_string(layer);
    const bool known = std::any_of(graph.ops.begin(), graph.ops.end(),
                                   [&](const types::Op& op) { return op.origin == layer; });
    if (!known)
        return fail("the model has no such layer", where,
                    "layers are numbered from 0 to " + std::to_string(graph.ops.size() - 1));
    if (auto sound = checkWidth(knobs.width.value_or(1), where); !sound) return sound;
    if (auto sound = checkShare(knobs.pruneChannels.value_or(0), "removed channels", where); !sound)
        return sound;
    return checkShare(knobs.pruneWeights.value_or(0), "zeroed weights", where);
}

}  // namespace

Result<void> checkKnobs(const types::Graph& graph, const types::Variation& variation) {
    const std::string where = variation.label();
    if (auto sound = checkWidth(variation.width, where); !sound) return sound;
    if (variation.channelMultiple < 1)
        return fail("channels cannot be rounded to a multiple below 1", where,
                    "1 switches rounding off");
    if (auto sound = checkShare(variation.prune.channels, "removed channels", where); !sound)
        return sound;
    if (auto sound = checkShare(variation.prune.weights, "zeroed weights", where); !sound)
        return sound;
    if (variation.inputSize && ((*variation.inputSize)[0] < 1 || (*variation.inputSize)[1] < 1))
        return fail("the input size is below 1", where, "give height and width in pixels");
    const double percentile = variation.quantize.percentile;
    if (!(percentile > 50 && percentile <= 100))
        return fail("the percentile is outside (50, 100]", where, "100 is the same as min-max");
    for (const auto& [layer, knobs] : variation.layers)
        if (auto sound = checkLayer(graph, layer, knobs); !sound) return sound;
    return {};
}

}  // namespace transform
