// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BroadcastRows: walks a tensor in rows along which every operand that is broadcast to it either
// steps or stays. Operands are aligned at the last axes.

#include <vector>

#include "types/tensor.h"

namespace learning {

struct BroadcastRows {
    struct Operand {
        std::vector<size_t> offsets;  ///< of each row's first element
        size_t step = 0;              ///< 1: moves along the row; 0: one element for the row
    };

    size_t count = 0, length = 0;
    std::vector<Operand> operands;
    std::vector<bool> whole;  ///< the operand has the tensor's own shape

    BroadcastRows(const types::Shape& large, const std::vector<types::Shape>& small);
};

/// False where a shape cannot be broadcast to `large`.
bool broadcasts(const types::Shape& small, const types::Shape& large);

}  // namespace learning
