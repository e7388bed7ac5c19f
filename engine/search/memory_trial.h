// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A graph tried on a board: its footprint, and under TFLM, which runs operators in the order of the
// file, whether another order makes it fit. The order changes no result.

#include "footprint/footprint.h"

namespace search {

struct MemoryTrial {
    types::GraphPtr graph;     ///< as it would be written
    bool isReordered = false;  ///< its operators stand in another order than they were given in
    footprint::Footprint footprint;
};

/// Errors: a model that our own runtime cannot run. `mayReorder` counts for TFLM, where the graph
/// does not fit in its own order.
types::Result<MemoryTrial> tryOn(const types::DeviceProfile& device, const types::GraphPtr& graph,
                                 types::Runtime runtime, bool mayReorder);

}  // namespace search
