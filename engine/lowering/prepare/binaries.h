// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: common parts of element-wise operators of two operands.

#include "lowering/prepare/op_view.h"
#include "runtime/kernels/binary.h"

namespace lowering {

/// Sets the iterator over the output, to which both operands broadcast. Refuses operands and output
/// of different types.
void setBroadcast(const OpView& op, runtime::BinaryParams& params);

/// Scales both operands to twice the larger scale, with `leftShift` extra fraction bits; the output
/// factor reverts this. `power` is 2 where the kernel squares in between.
void setCommonScale(const OpView& op, int32_t leftShift, int power, runtime::BinaryParams& params);

/// Zero points of operands and output as offsets.
void setOffsets(const OpView& op, runtime::BinaryParams& params);

/// A factor below 1; refuses others.
runtime::Factor fractionOf(const OpView& op, double real);

}  // namespace lowering
