// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Element-wise operators of one operand. Functions of an 8-bit code are tables of 256 codes that
// lowering computes; 16-bit and float functions are computed at run time. Operands: input; output.

#include "runtime/fixed_point.h"
#include "runtime/kernel.h"
#include "runtime/table16.h"

namespace runtime {

struct TableParams {
    Part table;                 ///< int8_t, indexed by code + 128
    int32_t lowestCode = -128;  ///< below it the function is undefined: BadData
};

/// y = x for x >= 0 and slope x for x < 0, rescaled; used for RELU, RELU6, LEAKY_RELU and ABS.
struct SlopesParams {
    int32_t inputOffset = 0, outputOffset = 0;
    Factor above, below;
    int32_t mirrored = 0;  ///< 1: -x instead of x below zero
    int32_t lowest = 0, highest = 0;
};

struct Table16Params {
    TableScale scale;
};

struct RsqrtParams {
    int32_t inputOffset = 0, outputOffset = 0;
    Factor factor;
};

struct LeakyReluParams {
    float alpha = 0.0f;
};

/// 1 / sqrt(code + inputOffset) in codes of the output; requires code + inputOffset > 0.
int32_t rsqrtCode(int32_t code, const RsqrtParams& params, int32_t lowest, int32_t highest);

}  // namespace runtime
