// SPDX-License-Identifier: GPL-3.0-or-later
// ADD on the DSP extension: the rounding high multiply replaces 64-bit products.
#include "runtime/cortex_m/dsp/requantize_dsp.h"
#include "runtime/cortex_m/replacements.h"

namespace runtime {
namespace {

/// round((code + offset) * factor) with the extra fraction bits of T. A shift of zero does no
/// second rounding, so it must ignore the sign correction.
template <typename T>
struct Operand {
    static constexpr int32_t kDoubled = addHeadStart(sizeof(T)) + 1;

    Operand(int32_t codeOffset, Factor factor)
        : offset(codeOffset * (1 << kDoubled)),
          multiplier(factor.multiplier),
          shift(-factor.shift),
          half(shift > 0 ? 1 << (shift - 1) : 0),
          signMask(shift > 0 ? -1 : 0) {}

    int32_t operator()(T code) const {
        const int32_t x = offset + code * (1 << kDoubled);
        return (multiplyHighAdd(x, multiplier, half) + (x >> 31 & signMask)) >> shift;
    }

    int32_t offset, multiplier, shift, half, signMask;
};

template <typename T>
Status add(const Call& call, Kernel plain) {
    const auto& p = call.params<BinaryParams>();
    if (!isCommonAdd(p, sizeof(T))) return plain(call);
    const Operand<T> left(p.offsets[0], p.factors[0]), right(p.offsets[1], p.factors[1]);
    const int32_t shift = -p.outputFactor.shift, multiplier = p.outputFactor.multiplier;
    const int32_t addend = (1 << (shift - 1)) + p.outputOffset * (1 << shift);
    const int32_t lowest = p.lowest, highest = p.highest;
    return combineElements<T, T>(call, p, [=](T a, T b) {
        const int32_t code = requantized(left(a) + right(b), multiplier, addend, shift);
        return static_cast<T>(clamp(code, lowest, highest));
    });
}

}  // namespace

Status cortexAddInt8(const Call& call) {
    return add<int8_t>(call, addInt8);
}
Status cortexAddInt16(const Call& call) {
    return add<int16_t>(call, addInt16);
}

}  // namespace runtime
