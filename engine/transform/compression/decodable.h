// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Operands of layers that TFLM_DECODE may give: constants that the layer's kernels read in every
// inference, not while they are prepared. Source: tflite-micro 90b983c2, micro/kernels.

#include <cstddef>
#include <span>

#include "types/op.h"

namespace transform {

struct DecodableOperand {
    size_t operand;
    bool isBias = false;
    /// CMSIS-NN's kernels sum these while they are prepared (LSTM; SVDF on cores with MVE), so that
    /// TFLM's reference kernels alone take them decoded.
    bool isForReference = false;
};

/// Empty for operators without weights.
std::span<const DecodableOperand> decodableOperands(types::OpKind kind);

}  // namespace transform
