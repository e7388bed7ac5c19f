// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The question turned round: which boards does a model fit, how fast is it there, at what energy;
// and on a board where it does not fit, how much smaller it would have to be.

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

#include "cost/budget.h"
#include "types/device_profile.h"
#include "types/evaluation.h"
#include "types/graph.h"

namespace cost {

/// What the model needs of one board's memories, under the runtime of its profile.
using BudgetsOn = std::function<MemoryBudgets(const types::DeviceProfile&)>;

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
std::vector<BoardMatch> matchBoards(const types::Graph& graph, const BudgetsOn& budgetsOn,
                                    const std::vector<types::DevicePtr>& boards);

}  // namespace cost
