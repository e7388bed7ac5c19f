// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to search/space: the layers that a layer's knob acts on.

#include <string>
#include <vector>

#include "types/graph.h"

namespace search {

/// Layers by their index in the model as opened. Of width and pruning of channels: the first layer
/// of each group that may lose channels; of other knobs: those with weights.
std::vector<int32_t> layersWithKnob(const types::GraphPtr& graph, const std::string& knob);

}  // namespace search
