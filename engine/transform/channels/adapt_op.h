// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// adaptOp(): updates options and operands that state sizes (the target of a reshape, a depth
// multiplier, the parts of a split) after channels were removed or the input was resized.

#include "transform/channels/constant_edits.h"
#include "types/graph.h"

namespace transform {

/// `before` and `after` have the same operators and tensors; activations in `after` have their new
/// shapes. Changes options in `after`, and operands through `edits`.
void adaptOp(const types::Graph& before, types::Graph& after, size_t op, ConstantEdits& edits);

}  // namespace transform
