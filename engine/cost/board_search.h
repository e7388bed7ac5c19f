// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The question turned round: which boards does a model fit, how fast is it there, at what energy;
// and on a board where it does not fit, how much smaller it would have to be.

#include <algorithm>
#include <optional>
#include <vector>

#include "types/device_profile.h"
#include "types/evaluation.h"
#include "types/graph.h"

namespace cost {

/// What the board's memories must hold.
struct MemoryNeed {
    int64_t modelBytes = 0;
    types::TflmArena arena;  ///< as TFLM has it on a Cortex-M
};

struct BoardMatch {
    types::DevicePtr device;
    types::Budget flash, sram;
    std::optional<types::Estimate> latencyUs, energyUj;

    bool fits() const { return flash.fits() && sram.fits(); }
    /// Bytes that must go before it fits; 0: none.
    int64_t flashExcess() const { return std::max<int64_t>(0, -flash.spareBytes()); }
    int64_t sramExcess() const { return std::max<int64_t>(0, -sram.spareBytes()); }
};

/// One entry per board: those that fit first, the fastest first; then the others, the least excess
/// first.
std::vector<BoardMatch> matchBoards(const types::Graph& graph, const MemoryNeed& need,
                                    const std::vector<types::DevicePtr>& boards);

}  // namespace cost
