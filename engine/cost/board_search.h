// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Search over boards: on which boards a model fits, with which latency and energy; and where it
// does not fit, by how many bytes.

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

#include "cost/budget.h"
#include "types/device_profile.h"
#include "types/evaluation.h"
#include "types/graph.h"

namespace cost {

/// Returns what the model needs of one board's memories, under the runtime of its profile.
using BudgetsOn = std::function<MemoryBudgets(const types::DeviceProfile&)>;

struct BoardMatch {
    types::DevicePtr device;
    types::Budget flash, sram;
    std::optional<types::Estimate> latencyUs, energyUj;

    bool fits() const { return flash.fits() && sram.fits(); }
    /// Bytes above the board's flash; 0: it fits.
    int64_t flashExcess() const { return std::max<int64_t>(0, -flash.spareBytes()); }
    int64_t sramExcess() const { return std::max<int64_t>(0, -sram.spareBytes()); }
};

/// Returns one entry per board: first the boards that fit, fastest first; then the others, least
/// excess first.
std::vector<BoardMatch> matchBoards(const types::Graph& graph, const BudgetsOn& budgetsOn,
                                    const std::vector<types::DevicePtr>& boards);

}  // namespace cost
