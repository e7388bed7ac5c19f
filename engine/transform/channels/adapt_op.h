// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// adaptOp(): options and operands that spell out sizes (the target of a reshape, a depth
// multiplier, the parts of a split) must say the new ones after channels were removed
// or the input was resized.

#include "transform/channels/constant_edits.h"
#include "types/graph.h"

namespace transform {

/// `before` and `after` have the same operators and tensors; activations in `after` have their new
/// shapes. Options are changed in `after`, operands through `edits`.
void adaptOp(const types::Graph& before, types::Graph& after, size_t op, ConstantEdits& edits);

}  // namespace transform
