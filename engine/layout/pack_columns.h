// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Places rectangles of different size in columns, from the left, each about as high as the highest
// of them.

#include <vector>

#include "layout/layered.h"
#include "types/drawn_graph.h"

namespace layout {

struct PackedColumns {
    std::vector<types::DrawnPoint> corners;  ///< upper left, per rectangle
    float width = 0, height = 0;
};

/// `tops`: the least y of each; empty: 0. `height`: what columns may have at least.
PackedColumns packColumns(const std::vector<NodeSize>& sizes, const std::vector<float>& tops,
                          float gap, float height = 0);

}  // namespace layout
