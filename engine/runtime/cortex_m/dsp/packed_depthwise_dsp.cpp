// SPDX-License-Identifier: GPL-3.0-or-later
// DEPTHWISE_CONV_2D on the DSP extension: by rows where computesRows(), else four channels and two
// taps at a time.
#include "runtime/cortex_m/dsp/clamp_bytes.h"
#include "runtime/cortex_m/dsp/depthwise_rows_dsp.h"
#include "runtime/cortex_m/dsp/requantize_dsp.h"
#include "runtime/cortex_m/im2col.h"
#include "runtime/cortex_m/tap_addresses.h"

namespace runtime {
namespace {

/// Sums four channels over all taps. `taps` ends with a null; each tap contributes the four bytes
/// at `channel`. A word of weights holds a pair of taps, channels in the order 0 2 1 3. 19
/// instructions for 8 products. Returns the address of the next four channels' weights.
inline const uint32_t* sumTaps(const int8_t* const* taps, int32_t channel, const uint32_t* weights,
                               int32_t (&sums)[4]) {
    uint32_t x, y, a, b, v, w;
    __asm__ volatile(
        "ldrd %[x], %[y], [%[tap]], #8\n\t"
        "1:\n\t"
        "ldr %[x], [%[x], %[c]]\n\t"
        "ldr %[y], [%[y], %[c]]\n\t"
        "ldrd %[v], %[w], [%[weights]], #8\n\t"
        "sxtb16 %[a], %[x]\n\t"
        "sxtb16 %[b], %[y]\n\t"
        "sxtb16 %[x], %[x], ror #8\n\t"
        "sxtb16 %[y], %[y], ror #8\n\t"
        "smlabb %[s0], %[a], %[v], %[s0]\n\t"
        "smlabt %[s0], %[b], %[v], %[s0]\n\t"
        "smlatb %[s2], %[a], %[w], %[s2]\n\t"
        "smlatt %[s2], %[b], %[w], %[s2]\n\t"
        "ldrd %[v], %[w], [%[weights]], #8\n\t"
        "smlabb %[s1], %[x], %[v], %[s1]\n\t"
        "smlabt %[s1], %[y], %[v], %[s1]\n\t"
        "smlatb %[s3], %[x], %[w], %[s3]\n\t"
        "smlatt %[s3], %[y], %[w], %[s3]\n\t"
        "ldrd %[x], %[y], [%[tap]], #8\n\t"
        "cmp %[x], #0\n\t"
        "bne 1b"
        : [s0] "+r"(sums[0]), [s1] "+r"(sums[1]), [s2] "+r"(sums[2]), [s3] "+r"(sums[3]),
          [weights] "+r"(weights), [tap] "+r"(taps), [x] "=&r"(x), [y] "=&r"(y), [a] "=&r"(a),
          [b] "=&r"(b), [v] "=&r"(v), [w] "=&r"(w)
        : [c] "r"(channel)
        : "cc", "memory");
    return weights;
}

/// Not inlined: layers by rows need less stack.
[[gnu::noinline]] void depthwiseByTaps(const Call& call) {
    const auto& p = call.params<PackedDepthwiseParams>();
    const auto* weights = call.array<uint32_t>(p.weights);
    const auto* channels = call.array<DspChannel>(p.channels);
    TapAddresses addresses(p, call.input<int8_t>(0), call.scratch<int8_t>());
    int8_t* output = call.output<int8_t>();
    const auto code = [](int32_t sum, const DspChannel& channel) {
        return static_cast<int8_t>(
            __ssat(requantized(sum, channel.multiplier, channel.addend, channel.shift), 8));
    };
    const int32_t count = p.window.inChannels, step = p.multiplier;
    // Contiguous results, in whole blocks.
    const int32_t whole = step == 1 ? count / kChannelBlock * kChannelBlock : 0;
    forEachPixel(p.window, [&](const Pixel& at) {
        const int8_t* const* const taps = addresses.at(at);
        const uint32_t* w = weights;
        const DspChannel* channel = channels;
        for (int32_t pass = 0; pass < step; ++pass) {
            int8_t* to = output + pass;
            for (int32_t c = 0; c < count; c += 4, channel += 4) {
                int32_t sums[4] = {channel[0].bias, channel[1].bias, channel[2].bias,
                                   channel[3].bias};
                w = sumTaps(taps, c, w, sums);
                if (c < whole) {
#pragma GCC unroll 4
                    for (int32_t i = 0; i < 4; ++i)
                        *to++ = code(sums[i], channel[i]);
                } else {
                    for (int32_t i = 0; i < 4 && i < count - c; ++i, to += step)
                        *to = code(sums[i], channel[i]);
                }
            }
        }
        output += p.window.outChannels;
    });
}

}  // namespace

Status packedDepthwiseInt8(const Call& call) {
    const auto& p = call.params<PackedDepthwiseParams>();
    const Window& w = p.window;
    if (computesRows(p))
        depthwiseByRows(call);
    else
        depthwiseByTaps(call);
    clampBytes(call.output<int8_t>(), w.batches * w.outHeight * w.outWidth * w.outChannels,
               p.lowest, p.highest);
    return Status::Ok;
}

}  // namespace runtime
