// SPDX-License-Identifier: GPL-3.0-or-later
// DEPTHWISE_CONV_2D of int16 on MVE: eight channels at a time; products of even and odd channels
// are summed separately and interleaved again when they are narrowed.
#include "runtime/cortex_m/mve/depthwise_mve.h"

namespace runtime {
namespace {

constexpr int32_t kVector = 8;

struct Sums {
    int32x4_t even, odd;
};

inline Sums sumTaps(const int16_t* const* taps, int32_t count, int32_t channel,
                    const int8_t*& weights, const MveChannels* c) {
    Sums sums = {vldrwq_s32(c[0].bias), vldrwq_s32(c[1].bias)};
    for (; count > 0; --count, ++taps, weights += kVector) {
        const int16x8_t x = vldrhq_s16(*taps + channel), w = vldrbq_s16(weights);
        sums.even = vaddq_s32(sums.even, vmullbq_int_s16(x, w));
        sums.odd = vaddq_s32(sums.odd, vmulltq_int_s16(x, w));
    }
    return sums;
}

inline int16x8_t codesOf(const Sums& sums, const MveChannels* c, const PackedDepthwiseParams& p) {
    int16x8_t codes = vuninitializedq_s16();
    codes = vqmovnbq_s32(codes, vrmulhq_s32(sums.even, vldrwq_s32(c[0].multiplier)));
    codes = vqmovntq_s32(codes, vrmulhq_s32(sums.odd, vldrwq_s32(c[1].multiplier)));
    codes = vmaxq_s16(codes, vdupq_n_s16(static_cast<int16_t>(p.lowest)));
    return vminq_s16(codes, vdupq_n_s16(static_cast<int16_t>(p.highest)));
}

struct HalfwordArithmetic {
    using Lanes = HalfwordLanes;
    explicit HalfwordArithmetic(const PackedDepthwiseParams& p) : params(p) {}
    int16x8_t codes(const int16_t* const* taps, int32_t channel, const int8_t*& weights,
                    const MveChannels*& channels) const {
        const MveChannels* const c = channels;
        channels += 2;
        return codesOf(sumTaps(taps, params.taps, channel, weights, c), c, params);
    }
    const PackedDepthwiseParams& params;
};

}  // namespace

Status packedDepthwiseInt16(const Call& call) {
    return depthwise<HalfwordArithmetic, int16_t>(call);
}

}  // namespace runtime
