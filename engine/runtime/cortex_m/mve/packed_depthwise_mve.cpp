// SPDX-License-Identifier: GPL-3.0-or-later
// DEPTHWISE_CONV_2D on MVE: sixteen channels at a time. The products of two taps are added in 16
// bits (weights are above -128, so this cannot overflow), then widened: even and odd bytes, then
// even and odd halves, so that the four sums hold channels 4i, 4i + 2, 4i + 1, 4i + 3. Narrowing at
// the end reverses this order.
#include "runtime/cortex_m/mve/depthwise_mve.h"
#include "runtime/cortex_m/mve/requantize_mve.h"

namespace runtime {
namespace {

constexpr int32_t kVector = 16;

struct Sums {
    int32x4_t s0, s2, s1, s3;
};

inline Sums sumTaps(const int8_t* const* taps, int32_t channel, const int8_t* weights,
                    const MveChannels* c) {
    Sums sums = {vldrwq_s32(c[0].bias), vldrwq_s32(c[1].bias), vldrwq_s32(c[2].bias),
                 vldrwq_s32(c[3].bias)};
    for (; *taps != nullptr; taps += 2, weights += 2 * kVector) {
        const int8x16_t x = vldrbq_s8(taps[0] + channel), v = vldrbq_s8(weights);
        int16x8_t even = vmullbq_int_s8(x, v), odd = vmulltq_int_s8(x, v);
        const int8x16_t y = vldrbq_s8(taps[1] + channel), w = vldrbq_s8(weights + kVector);
        even = vaddq_s16(even, vmullbq_int_s8(y, w));
        odd = vaddq_s16(odd, vmulltq_int_s8(y, w));
        sums.s0 = vaddq_s32(sums.s0, vmovlbq_s16(even));
        sums.s2 = vaddq_s32(sums.s2, vmovltq_s16(even));
        sums.s1 = vaddq_s32(sums.s1, vmovlbq_s16(odd));
        sums.s3 = vaddq_s32(sums.s3, vmovltq_s16(odd));
    }
    return sums;
}

inline int32x4_t codesOf(int32x4_t sums, const MveChannels& c, int32_t outputOffset) {
    return vaddq_n_s32(scaledDown(sums, vldrwq_s32(c.multiplier), vldrwq_s32(c.negatedShift)),
                       outputOffset);
}

inline int8x16_t requantized(const Sums& sums, const MveChannels* c,
                             const PackedDepthwiseParams& p) {
    int16x8_t even = vuninitializedq_s16(), odd = vuninitializedq_s16();
    even = vqmovnbq_s32(even, codesOf(sums.s0, c[0], p.outputOffset));
    even = vqmovntq_s32(even, codesOf(sums.s2, c[1], p.outputOffset));
    odd = vqmovnbq_s32(odd, codesOf(sums.s1, c[2], p.outputOffset));
    odd = vqmovntq_s32(odd, codesOf(sums.s3, c[3], p.outputOffset));
    int8x16_t codes = vuninitializedq_s8();
    codes = vqmovntq_s16(vqmovnbq_s16(codes, even), odd);
    codes = vmaxq_s8(codes, vdupq_n_s8(static_cast<int8_t>(p.lowest)));
    return vminq_s8(codes, vdupq_n_s8(static_cast<int8_t>(p.highest)));
}

struct Arithmetic {
    using Lanes = ByteLanes;
    static int8x16_t codes(const int8_t* const* taps, int32_t channel, const int8_t* weights,
                           const MveChannels* c, const PackedDepthwiseParams& p) {
        return requantized(sumTaps(taps, channel, weights, c), c, p);
    }
};

}  // namespace

Status packedDepthwiseInt8(const Call& call) {
    return depthwise<Arithmetic, int8_t>(call);
}

}  // namespace runtime
