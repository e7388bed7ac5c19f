// SPDX-License-Identifier: GPL-3.0-or-later
// ADD of int8 on the DSP extension: the rounding high multiply takes the place of 64-bit products.
#include "runtime/cortex_m/dsp/requantize_dsp.h"
#include "runtime/cortex_m/replacements.h"

namespace runtime {
namespace {

/// round((code + offset) * factor) with a head start of kAddShift - 1 bits. Without a shift
/// nothing is rounded, so the sign must not count.
struct Operand {
    Operand(int32_t codeOffset, Factor factor)
        : offset(codeOffset * (1 << kAddShift)),
          multiplier(factor.multiplier),
          shift(-factor.shift),
          half(shift > 0 ? 1 << (shift - 1) : 0),
          signMask(shift > 0 ? -1 : 0) {}

    int32_t operator()(int32_t code) const {
        const int32_t x = offset + (code << kAddShift);
        return (multiplyHighAdd(x, multiplier, half) + (x >> 31 & signMask)) >> shift;
    }

    int32_t offset, multiplier, shift, half, signMask;
};

}  // namespace

Status cortexAddInt8(const Call& call) {
    const auto& p = call.params<BinaryParams>();
    if (!isCommonAdd(p)) return addInt8(call);
    const Operand left(p.offsets[0], p.factors[0]), right(p.offsets[1], p.factors[1]);
    const int32_t shift = -p.outputFactor.shift, multiplier = p.outputFactor.multiplier;
    const int32_t addend = (1 << (shift - 1)) + p.outputOffset * (1 << shift);
    const int32_t lowest = p.lowest, highest = p.highest;
    return combineElements<int8_t, int8_t>(call, p, [=](int8_t a, int8_t b) {
        const int32_t code = requantized(left(a) + right(b), multiplier, addend, shift);
        return static_cast<int8_t>(clamp(code, lowest, highest));
    });
}

}  // namespace runtime
