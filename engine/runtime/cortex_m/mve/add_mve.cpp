// SPDX-License-Identifier: GPL-3.0-or-later
// ADD on MVE, four elements at a time.
#include "runtime/cortex_m/mve/combine_mve.h"
#include "runtime/cortex_m/replacements.h"

namespace runtime {
namespace {

/// As in the DSP kernel: a shift of zero does no second rounding and ignores the sign correction.
template <typename T>
struct Operand {
    static constexpr int32_t kHeadStart = addHeadStart(sizeof(T));

    Operand(int32_t codeOffset, Factor f)
        : offset(codeOffset * (1 << kHeadStart)),
          multiplier(f.multiplier),
          negatedShift(f.shift),
          signMask(vdupq_n_s32(f.shift < 0 ? -1 : 0)) {}

    int32x4_t operator()(int32x4_t codes) const {
        const int32x4_t x = vaddq_n_s32(vshlq_n_s32(codes, kHeadStart), offset);
        const int32x4_t sign = vandq_s32(vshrq_n_s32(x, 31), signMask);
        const int32x4_t high = vaddq_s32(vqrdmulhq_n_s32(x, multiplier), sign);
        return vrshlq_n_s32(high, negatedShift);
    }

    int32_t offset, multiplier, negatedShift;
    int32x4_t signMask;
};

template <typename T>
Status add(const Call& call, Kernel plain) {
    const auto& p = call.params<BinaryParams>();
    if (!isCommonAdd(p, sizeof(T)) || !hasPlainRows(p)) return plain(call);
    const Operand<T> left(p.offsets[0], p.factors[0]), right(p.offsets[1], p.factors[1]);
    const int32_t multiplier = p.outputFactor.multiplier, negatedShift = p.outputFactor.shift;
    return combineVectors<T>(call, p, [&](int32x4_t a, int32x4_t b) {
        return scaledDown(vaddq_s32(left(a), right(b)), multiplier, negatedShift);
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
