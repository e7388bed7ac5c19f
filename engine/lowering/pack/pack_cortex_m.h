// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: packs layers for a Cortex-M. Weights and biases move into the parameter
// block, in the order in which the packed kernels read them; scratch grows by the kernels'
// requests.

#include "lowering/prepare/op_view.h"
#include "types/target.h"

namespace lowering {

/// Replaces the plan of an operator that has a packed kernel for these instructions; leaves all
/// others unchanged: weights computed at run time, factors of 1/2 and more, sums that could exceed
/// 2^30.
void packForIsa(const OpView& op, types::Isa isa, OpPlan& plan);

}  // namespace lowering
