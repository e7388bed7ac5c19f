// SPDX-License-Identifier: GPL-3.0-or-later
// MUL on MVE, four elements at a time.
#include "runtime/cortex_m/mve/combine_mve.h"
#include "runtime/cortex_m/replacements.h"

namespace runtime {
namespace {

template <typename T>
Status mul(const Call& call, Kernel plain) {
    const auto& p = call.params<BinaryParams>();
    const int32_t multiplier = p.outputFactor.multiplier, negatedShift = p.outputFactor.shift;
    if (!hasPlainRows(p) || negatedShift >= 0) return plain(call);
    const int32_t left = p.offsets[0], right = p.offsets[1];
    return combineVectors<T>(call, p, [&](int32x4_t a, int32x4_t b) {
        const int32x4_t product = vmulq_s32(vaddq_n_s32(a, left), vaddq_n_s32(b, right));
        return scaledDown(product, multiplier, negatedShift);
    });
}

}  // namespace

Status cortexMulInt8(const Call& call) {
    return mul<int8_t>(call, mulInt8);
}
Status cortexMulInt16(const Call& call) {
    return mul<int16_t>(call, mulInt16);
}

}  // namespace runtime
