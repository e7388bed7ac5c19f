// SPDX-License-Identifier: GPL-3.0-or-later
// DEPTHWISE_CONV_2D on MVE: sixteen channels at a time. The products of two taps are added in 16
// bits (lowering proves that they fit), then widened: even and odd bytes, then even and odd halves,
// so that the four sums hold channels 4i, 4i + 2, 4i + 1, 4i + 3. Narrowing at the end reverses
// this order.
#include "runtime/cortex_m/mve/depthwise_mve.h"
#include "runtime/cortex_m/mve/requantize_mve.h"

namespace runtime {
namespace {

struct Sums {
    int32x4_t s0, s2, s1, s3;
};

// Widens q6 and q4, products of even and odd bytes, and adds them to the sums.
#define NETCALIPER_ADD_PRODUCTS       \
    "vmovlb.s16 q5, q6\n\t"           \
    "vmovlt.s16 q6, q6\n\t"           \
    "vadd.i32 %q[s0], %q[s0], q5\n\t" \
    "vmovlb.s16 q5, q4\n\t"           \
    "vadd.i32 %q[s2], %q[s2], q6\n\t" \
    "vmovlt.s16 q4, q4\n\t"           \
    "vadd.i32 %q[s1], %q[s1], q5\n\t" \
    "vadd.i32 %q[s3], %q[s3], q4\n\t"

/// Adds pairs of taps, then an odd one; moves `weights` to the next channels. 23 instructions
/// per round for 32 products. The second weights are loaded twice: four sums and two operands leave
/// two registers for the products.
inline Sums sumTaps(const int8_t* const* taps, int32_t pairs, int32_t odd, int32_t channel,
                    const int8_t*& weights, const MveChannels* c) {
    Sums sums;
    const int8_t *x, *y;
    __asm__ volatile(
        "vldrw.32 %q[s0], [%[c]]\n\t"
        "vldrw.32 %q[s2], [%[c], #48]\n\t"
        "vldrw.32 %q[s1], [%[c], #96]\n\t"
        "vldrw.32 %q[s3], [%[c], #144]\n\t"
        "wls lr, %[pairs], 2f\n\t"
        "1:\n\t"
        "ldrd %[x], %[y], [%[taps]], #8\n\t"
        "add %[x], %[channel]\n\t"
        "add %[y], %[channel]\n\t"
        "vldrb.8 q4, [%[x]]\n\t"
        "vldrb.8 q5, [%[w]], #32\n\t"
        "vmullb.s8 q6, q4, q5\n\t"
        "vldrb.8 q7, [%[w], #-16]\n\t"
        "vmullt.s8 q4, q4, q5\n\t"
        "vldrb.8 q5, [%[y]]\n\t"
        "vmullb.s8 q7, q5, q7\n\t"
        "vadd.i16 q6, q6, q7\n\t"
        "vldrb.8 q7, [%[w], #-16]\n\t"
        "vmullt.s8 q5, q5, q7\n\t"
        "vadd.i16 q4, q4, q5\n\t" NETCALIPER_ADD_PRODUCTS
        "le lr, 1b\n\t"
        "2:\n\t"
        "cbz %[odd], 3f\n\t"
        "ldr %[x], [%[taps]]\n\t"
        "add %[x], %[channel]\n\t"
        "vldrb.8 q4, [%[x]]\n\t"
        "vldrb.8 q5, [%[w]], #16\n\t"
        "vmullb.s8 q6, q4, q5\n\t"
        "vmullt.s8 q4, q4, q5\n\t" NETCALIPER_ADD_PRODUCTS "3:"
        : [s0] "=&w"(sums.s0), [s2] "=&w"(sums.s2), [s1] "=&w"(sums.s1), [s3] "=&w"(sums.s3),
          [taps] "+r"(taps), [w] "+l"(weights), [x] "=&r"(x), [y] "=&r"(y)
        : [c] "r"(c), [pairs] "r"(pairs), [odd] "l"(odd), [channel] "r"(channel)
        : "lr", "q4", "q5", "q6", "q7", "memory");
    return sums;
}
#undef NETCALIPER_ADD_PRODUCTS

/// Zero point and clamp of an output.
struct OutputRange {
    int32_t offset, lowest, highest;
};

// Scales the sums of four channels by the MveChannels' multiplier and shift.
#define NETCALIPER_SCALE(sums, multiplier, shift) \
    "vldrw.32 q4, [%[c], #" multiplier            \
    "]\n\t"                                       \
    "vqrdmulh.s32 %q[" sums "], %q[" sums         \
    "], q4\n\t"                                   \
    "vldrw.32 q5, [%[c], #" shift                 \
    "]\n\t"                                       \
    "vrshl.s32 %q[" sums "], %q[" sums "], q5\n\t"
// The same for sums of any sign, as scaledDown().
#define NETCALIPER_SCALE_ANY(sums, multiplier, shift) \
    "vldrw.32 q4, [%[c], #" multiplier                \
    "]\n\t"                                           \
    "vshr.s32 q6, %q[" sums                           \
    "], #31\n\t"                                      \
    "vqrdmulh.s32 %q[" sums "], %q[" sums             \
    "], q4\n\t"                                       \
    "vldrw.32 q5, [%[c], #" shift                     \
    "]\n\t"                                           \
    "vadd.i32 %q[" sums "], %q[" sums                 \
    "], q6\n\t"                                       \
    "vrshl.s32 %q[" sums "], %q[" sums "], q5\n\t"
// Narrows to bytes. Saturating to 16 bits before the offset is added gives the same bytes.
#define NETCALIPER_FINISH(SCALE)          \
    SCALE("s0", "16", "32")               \
    SCALE("s2", "64", "80")               \
    SCALE("s1", "112", "128")             \
    SCALE("s3", "160", "176")             \
    "ldr %[a], [%[range]]\n\t"            \
    "vqmovnb.s32 q4, %q[s0]\n\t"          \
    "vqmovnb.s32 q5, %q[s1]\n\t"          \
    "vqmovnt.s32 q4, %q[s2]\n\t"          \
    "vqmovnt.s32 q5, %q[s3]\n\t"          \
    "vqadd.s16 q4, q4, %[a]\n\t"          \
    "vqadd.s16 q5, q5, %[a]\n\t"          \
    "ldrd %[a], %[b], [%[range], #4]\n\t" \
    "vqmovnb.s16 %q[s0], q4\n\t"          \
    "vdup.8 q6, %[a]\n\t"                 \
    "vqmovnt.s16 %q[s0], q5\n\t"          \
    "vdup.8 q4, %[b]\n\t"                 \
    "vmax.s8 %q[s0], %q[s0], q6\n\t"      \
    "vmin.s8 %q[s0], %q[s0], q4"

/// kAnySign: false where negativeIsLowest().
template <bool kAnySign>
inline int8x16_t requantized(Sums sums, const MveChannels* c, const OutputRange& range) {
    int32_t a, b;
#define NETCALIPER_ASSEMBLY(SCALE)                                                            \
    __asm__(NETCALIPER_FINISH(SCALE)                                                          \
            : [s0] "+w"(sums.s0), [s2] "+w"(sums.s2), [s1] "+w"(sums.s1), [s3] "+w"(sums.s3), \
              [a] "=&r"(a), [b] "=&r"(b)                                                      \
            : [c] "r"(c), [range] "r"(&range)                                                 \
            : "q4", "q5", "q6", "memory")
    if constexpr (kAnySign)
        NETCALIPER_ASSEMBLY(NETCALIPER_SCALE_ANY);
    else
        NETCALIPER_ASSEMBLY(NETCALIPER_SCALE);
    return vreinterpretq_s8_s32(sums.s0);
}
#undef NETCALIPER_ASSEMBLY
#undef NETCALIPER_FINISH
#undef NETCALIPER_SCALE_ANY
#undef NETCALIPER_SCALE

template <bool kAnySign>
class ByteArithmetic {
public:
    using Lanes = ByteLanes;

    explicit ByteArithmetic(const PackedDepthwiseParams& p)
        : m_pairs(p.taps / 2), m_odd(p.taps % 2), m_range{p.outputOffset, p.lowest, p.highest} {}

    int8x16_t codes(const int8_t* const* taps, int32_t channel, const int8_t*& weights,
                    const MveChannels*& channels) const {
        const MveChannels* const c = channels;
        channels += 4;
        return requantized<kAnySign>(sumTaps(taps, m_pairs, m_odd, channel, weights, c), c,
                                     m_range);
    }

private:
    int32_t m_pairs, m_odd;
    OutputRange m_range;
};

}  // namespace

Status packedDepthwiseInt8(const Call& call) {
    const auto& p = call.params<PackedDepthwiseParams>();
    if (p.multiplier == 1 && negativeIsLowest(p))
        return DepthwisePasses<ByteArithmetic<false>, true, int8_t>(call).run(call);
    return depthwise<ByteArithmetic<true>, int8_t>(call);
}

}  // namespace runtime
