// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// OrderedFootprint: the footprint of a graph on a board, in another order of operators where that
// makes it fit. Only TFLM runs operators in the order of the file. The order does not change any
// result.

#include "footprint/footprint.h"

namespace search {

struct OrderedFootprint {
    types::GraphPtr graph;     ///< as it would be written
    bool isReordered = false;  ///< its operators are in another order than the given one
    footprint::Footprint footprint;
};

/// Returns an Error for a model that our own runtime cannot run. `mayReorder`: only for TFLM, where
/// the graph does not fit in its own order.
types::Result<OrderedFootprint> footprintOn(const types::DeviceProfile& device,
                                            const types::GraphPtr& graph, types::Runtime runtime,
                                            bool mayReorder);

}  // namespace search
