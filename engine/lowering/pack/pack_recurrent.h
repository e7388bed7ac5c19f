// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inside of lowering: LSTM of int8 and SVDF with int16 state packed for a Cortex-M. They are left
// as they are where weights are computed, or where a matrix's sums could pass what the core's
// multiplication takes.

#include "lowering/prepare/op_view.h"
#include "runtime/cortex_m/packed_kernels.h"

namespace lowering {

void packLstm(const OpView& op, runtime::PackedIsa isa, OpPlan& plan);
/// `kernel`: the one for the type of the state.
void packSvdf(const OpView& op, runtime::PackedKernel kernel, runtime::PackedIsa isa, OpPlan& plan);

}  // namespace lowering
