// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inside of lowering: layers packed for a Cortex-M. Weights and biases move into the parameter
// block, in the order that the packed kernels read; scratch grows by what those ask for.

#include "lowering/prepare/op_view.h"
#include "lowering/target.h"

namespace lowering {

/// Replaces the plan of an operator that has a packed kernel on this target; leaves all others as
/// they are: weights that are computed, factors of 1/2 and more, sums that could pass 2^30.
void packForTarget(const OpView& op, Target target, OpPlan& plan);

}  // namespace lowering
