// SPDX-License-Identifier: GPL-3.0-or-later
// DEPTHWISE_CONV_2D of int16 on the DSP extension: four channels and two taps at a time.
#include "runtime/cortex_m/tap_addresses.h"
#include "runtime/cortex_m/wide_channel.h"

namespace runtime {
namespace {

/// Sums four channels over all taps, as in packed_depthwise_dsp.cpp; each tap contributes the eight
/// bytes at `offset`. 18 instructions for 8 products. Not inlined: it needs every register.
[[gnu::noinline]] const int32_t* sumTaps(const int16_t* const* taps, int32_t offset,
                                         const int32_t* weights, int32_t (&sums)[4]) {
    int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    int32_t x, y, a, b, v, w;
    const int32_t behind = offset + 4;
    __asm__ volatile(
        "ldrd %[x], %[y], [%[tap]], #8\n\t"
        "1:\n\t"
        "ldr %[a], [%[x], %[c]]\n\t"
        "ldr %[x], [%[x], %[d]]\n\t"
        "ldr %[b], [%[y], %[c]]\n\t"
        "ldr %[y], [%[y], %[d]]\n\t"
        "ldrd %[v], %[w], [%[weights]], #8\n\t"
        "smlabb %[s0], %[a], %[v], %[s0]\n\t"
        "smlatt %[s1], %[a], %[v], %[s1]\n\t"
        "smlabb %[s2], %[x], %[w], %[s2]\n\t"
        "smlatt %[s3], %[x], %[w], %[s3]\n\t"
        "ldrd %[v], %[w], [%[weights]], #8\n\t"
        "smlabb %[s0], %[b], %[v], %[s0]\n\t"
        "smlatt %[s1], %[b], %[v], %[s1]\n\t"
        "smlabb %[s2], %[y], %[w], %[s2]\n\t"
        "smlatt %[s3], %[y], %[w], %[s3]\n\t"
        "ldrd %[x], %[y], [%[tap]], #8\n\t"
        "cmp %[x], #0\n\t"
        "bne 1b"
        : [s0] "+r"(s0), [s1] "+r"(s1), [s2] "+r"(s2), [s3] "+r"(s3), [weights] "+r"(weights),
          [tap] "+r"(taps), [x] "=&r"(x), [y] "=&r"(y), [a] "=&r"(a), [b] "=&r"(b), [v] "=&r"(v),
          [w] "=&r"(w)
        : [c] "r"(offset), [d] "r"(behind)
        : "cc", "memory");
    sums[0] = s0, sums[1] = s1, sums[2] = s2, sums[3] = s3;
    return weights;
}

}  // namespace

Status packedDepthwiseInt16(const Call& call) {
    const auto& p = call.params<PackedDepthwiseParams>();
    const auto* weights = call.array<int32_t>(p.weights);
    const auto* channels = call.array<WideChannel>(p.channels);
    const WideClamp clampCode(p);
    TapAddresses addresses(p, call.input<int16_t>(0), call.scratch<int8_t>());
    int16_t* output = call.output<int16_t>();
    const int32_t count = p.window.inChannels, step = p.multiplier;
    // Contiguous results, in whole blocks.
    const int32_t whole = step == 1 ? count / kChannelBlock * kChannelBlock : 0;
    forEachPixel(p.window, [&](const Pixel& at) {
        const int16_t* const* const taps = addresses.at(at);
        const int32_t* w = weights;
        const WideChannel* channel = channels;
        for (int32_t pass = 0; pass < step; ++pass) {
            int16_t* to = output + pass;
            for (int32_t c = 0; c < count; c += kChannelBlock, channel += kChannelBlock) {
                int32_t sums[kChannelBlock];
                w = sumTaps(taps, 2 * c, w, sums);
                if (c < whole) {
#pragma GCC unroll 4
                    for (int32_t i = 0; i < kChannelBlock; ++i)
                        *to++ = clampCode(scaledWide(channel[i], sums[i]));
                } else {
                    for (int32_t i = 0; i < kChannelBlock && i < count - c; ++i, to += step)
                        *to = clampCode(scaledWide(channel[i], sums[i]));
                }
            }
        }
        output += p.window.outChannels;
    });
    return Status::Ok;
}

}  // namespace runtime
