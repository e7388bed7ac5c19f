// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Search over boards: on which boards a model fits, with which latency and energy; and where it
// does not fit, by how many bytes.

#include <functional>
#include <optional>
#include <vector>

#include "footprint/footprint.h"
#include "types/estimate.h"

namespace footprint {

struct BoardMatch {
    types::DevicePtr device;
    Footprint footprint;  ///< under the runtime of the device's profile
    std::optional<types::Estimate> latencyUs, energyUj;
    std::string latencyGap, energyGap;  ///< why each of them is empty
};

/// What a board needs in another way than its profile says; empty: nothing else.
using OtherNeed = std::function<std::optional<BoardMatch>(const types::DevicePtr&)>;

/// Returns one entry per board: first the boards that fit, fastest first; then those where a part
/// of the need is unknown, fastest first; then the others, least excess first.
std::vector<BoardMatch> matchBoards(const types::Graph& graph,
                                    const std::vector<types::DevicePtr>& boards,
                                    const OtherNeed& otherNeed = {});

}  // namespace footprint
