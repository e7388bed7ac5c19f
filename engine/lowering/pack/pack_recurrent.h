// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: packs LSTM of int8 and SVDF with int16 state for a Cortex-M. Layers stay
// unchanged where weights are computed at run time, or where a matrix's sums could exceed the range
// of the core's multiplication.

#include "lowering/prepare/op_view.h"
#include "runtime/cortex_m/packed_kernels.h"

namespace lowering {

void packLstm(const OpView& op, runtime::PackedIsa isa, OpPlan& plan);
/// `kernel`: for the type of the state.
void packSvdf(const OpView& op, runtime::PackedKernel kernel, runtime::PackedIsa isa, OpPlan& plan);

}  // namespace lowering
