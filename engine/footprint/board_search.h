// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The question turned round: which boards does a model fit, how fast is it there, at what energy;
// and on a board where it does not fit, how much smaller it would have to be.

#include <optional>
#include <vector>

#include "footprint/footprint.h"
#include "types/estimate.h"

namespace footprint {

struct BoardMatch {
    types::DevicePtr device;
    Footprint footprint;  ///< under the runtime of the device's profile
    std::optional<types::Estimate> latencyUs, energyUj;
};

/// One entry per board: those that fit first, the fastest first; then the others, the least excess
/// first.
std::vector<BoardMatch> matchBoards(const types::Graph& graph,
                                    const std::vector<types::DevicePtr>& boards);

}  // namespace footprint
