// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inside of lowering: layers packed for a Cortex-M. Weights and biases move into the parameter
// block, in the order that the packed kernels read; scratch grows by what those ask for.

#include "lowering/prepare/op_view.h"
#include "types/target.h"

namespace lowering {

/// Replaces the plan of an operator that has a packed kernel for these instructions; leaves all
/// others as they are: weights that are computed, factors of 1/2 and more, sums that could pass
/// 2^30.
void packForIsa(const OpView& op, types::Isa isa, OpPlan& plan);

}  // namespace lowering
