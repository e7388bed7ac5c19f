// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// RecoveryUnit: layers whose weights are solved together, and the activation that they are to
// approximate: the output of one layer, or the sum that layers without an activation of their own
// feed (residual networks). A sum is the better target: its layers then make up for each other's
// errors and for those of an operand that no layer of theirs makes, and its clamp leaves them more
// freedom.

#include <cstdint>
#include <vector>

#include "transform/channels/kept_elements.h"
#include "types/graph.h"

namespace transform {

struct RecoveryUnit {
    std::vector<size_t> layers;  ///< linear layers, in order of execution
    size_t last = 0;             ///< operator that writes the target
    int32_t other = -1;          ///< operand of the sum that stays as it is; -1: none

    size_t first() const { return layers.front(); }
    bool isSum() const { return last != layers.back(); }
};

/// Units whose inputs or targets feel what was removed from `graph`, channels or blocks, in order
/// of their targets.
std::vector<RecoveryUnit> unitsBehind(const types::Graph& graph, const KeptElements& kept);

}  // namespace transform
