// SPDX-License-Identifier: GPL-3.0-or-later
// MUL of int8 on the DSP extension: the rounding high multiply replaces 64-bit products.
#include "runtime/cortex_m/dsp/requantize_dsp.h"
#include "runtime/cortex_m/replacements.h"

namespace runtime {

Status cortexMulInt8(const Call& call) {
    const auto& p = call.params<BinaryParams>();
    const int32_t shift = -p.outputFactor.shift;
    if (shift < 1 || shift > 22) return mulInt8(call);
    const int32_t multiplier = p.outputFactor.multiplier;
    const int32_t addend = (1 << (shift - 1)) + p.outputOffset * (1 << shift);
    const int32_t left = p.offsets[0], right = p.offsets[1];
    const int32_t lowest = p.lowest, highest = p.highest;
    return combineElements<int8_t, int8_t>(call, p, [=](int8_t a, int8_t b) {
        const int32_t code = requantized((a + left) * (b + right), multiplier, addend, shift);
        return static_cast<int8_t>(clamp(code, lowest, highest));
    });
}

}  // namespace runtime
