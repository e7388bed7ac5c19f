// SPDX-License-Identifier: GPL-3.0-or-later
// CONV_2D and FULLY_CONNECTED on MVE: dot products of sixteen bytes, two pixels and four channels
// at a time, sums in core registers.
#include "runtime/cortex_m/im2col.h"
#include "runtime/cortex_m/mve/requantize_mve.h"

namespace runtime {
namespace {

constexpr int32_t kVector = 16;

/// Adds the dot products of two pixels with four channels; returns the address of the next weights.
/// The instruction accumulates into even registers only; eight sums occupy all of them, so no
/// low-overhead loop is possible. 16 instructions for 128 products.
inline const int8_t* dotPair(const int8_t* x, const int8_t* y, const int8_t* weights,
                             int32_t vectors, int32_t (&a)[4], int32_t (&b)[4]) {
    __asm__ volatile(
        "1:\n\t"
        "vldrb.8 q0, [%[x]], #16\n\t"
        "vldrb.8 q2, [%[w]], #16\n\t"
        "vldrb.8 q1, [%[y]], #16\n\t"
        "vmladava.s8 %[a0], q0, q2\n\t"
        "vldrb.8 q3, [%[w]], #16\n\t"
        "vmladava.s8 %[b0], q1, q2\n\t"
        "vldrb.8 q2, [%[w]], #16\n\t"
        "vmladava.s8 %[a1], q0, q3\n\t"
        "vmladava.s8 %[b1], q1, q3\n\t"
        "vldrb.8 q3, [%[w]], #16\n\t"
        "vmladava.s8 %[a2], q0, q2\n\t"
        "vmladava.s8 %[b2], q1, q2\n\t"
        "vmladava.s8 %[a3], q0, q3\n\t"
        "vmladava.s8 %[b3], q1, q3\n\t"
        "subs %[n], #1\n\t"
        "bne 1b"
        : [a0] "+Te"(a[0]), [a1] "+Te"(a[1]), [a2] "+Te"(a[2]), [a3] "+Te"(a[3]), [b0] "+Te"(b[0]),
          [b1] "+Te"(b[1]), [b2] "+Te"(b[2]), [b3] "+Te"(b[3]), [x] "+r"(x), [y] "+r"(y),
          [w] "+r"(weights), [n] "+r"(vectors)
        :
        : "q0", "q1", "q2", "q3", "cc", "memory");
    return weights;
}

/// Converts sums to codes; keeps its parameters in registers over all blocks of channels.
class Finish {
public:
    explicit Finish(const PackedConvParams& p)
        : m_offset(p.outputOffset),
          m_lowest(vdupq_n_s32(p.lowest)),
          m_highest(vdupq_n_s32(p.highest)) {}

    int32x4_t codes(int32x4_t sums, int32x4_t multiplier, int32x4_t shift) const {
        const int32x4_t scaled = vaddq_n_s32(scaledDown(sums, multiplier, shift), m_offset);
        return vminq_s32(vmaxq_s32(scaled, m_lowest), m_highest);
    }

private:
    int32_t m_offset;
    int32x4_t m_lowest, m_highest;
};

inline void storeFirst(int8_t* to, int32x4_t codes, int32_t count) {
    if (count >= kChannelBlock)
        vstrbq_s32(to, codes);
    else
        vstrbq_p_s32(to, codes, vctp32q(static_cast<uint32_t>(count)));
}

class Convolution {
public:
    explicit Convolution(const Call& call)
        : m_call(call),
          m_params(call.params<PackedConvParams>()),
          m_output(call.output<int8_t>()),
          m_weights(call.array<int8_t>(m_params.weights)),
          m_channels(call.array<MveChannels>(m_params.channels)) {}

    void run() {
        int8_t* columns = m_params.pointwise != 0 ? nullptr : m_call.scratch<int8_t>();
        forEachPair(
            m_params, m_call.input<int8_t>(0), columns,
            [this](const int8_t* x, const int8_t* y) { finishPair(x, y); },
            [this](const int8_t* x) { finishOne(x); });
    }

private:
    void finishPair(const int8_t* x, const int8_t* y) {
        const Finish finish(m_params);
        const int32_t channels = m_params.window.outChannels;
        const int32_t vectors = m_params.depth / kVector;
        const int8_t* w = m_weights;
        const MveChannels* c = m_channels;
        int8_t* output = m_output;
        for (int32_t left = channels; left > 0; left -= kChannelBlock, ++c) {
            int32_t a[4] = {c->bias[0], c->bias[1], c->bias[2], c->bias[3]};
            int32_t b[4] = {a[0], a[1], a[2], a[3]};
            w = dotPair(x, y, w, vectors, a, b);
            const int32x4_t first = fourOf(a[0], a[1], a[2], a[3]);
            const int32x4_t second = fourOf(b[0], b[1], b[2], b[3]);
            const int32x4_t multiplier = vldrwq_s32(c->multiplier);
            const int32x4_t shift = vldrwq_s32(c->negatedShift);
            storeFirst(output, finish.codes(first, multiplier, shift), left);
            storeFirst(output + channels, finish.codes(second, multiplier, shift), left);
            output += kChannelBlock;
        }
        m_output += 2 * channels;
    }

    void finishOne(const int8_t* x) {
        const Finish finish(m_params);
        const int32_t vectors = m_params.depth / kVector;
        const int8_t* w = m_weights;
        const MveChannels* c = m_channels;
        int8_t* output = m_output;
        for (int32_t left = m_params.window.outChannels; left > 0; left -= kChannelBlock, ++c) {
            int32_t a0 = c->bias[0], a1 = c->bias[1], a2 = c->bias[2], a3 = c->bias[3];
            const int8_t* first = x;
            for (int32_t n = vectors; n > 0; --n) {
                const int8x16_t vx = vldrbq_s8(first);
                a0 = vmladavaq_s8(a0, vx, vldrbq_s8(w));
                a1 = vmladavaq_s8(a1, vx, vldrbq_s8(w + kVector));
                a2 = vmladavaq_s8(a2, vx, vldrbq_s8(w + 2 * kVector));
                a3 = vmladavaq_s8(a3, vx, vldrbq_s8(w + 3 * kVector));
                first += kVector, w += 4 * kVector;
            }
            storeFirst(output,
                       finish.codes(fourOf(a0, a1, a2, a3), vldrwq_s32(c->multiplier),
                                    vldrwq_s32(c->negatedShift)),
                       left);
            output += kChannelBlock;
        }
        m_output += m_params.window.outChannels;
    }

    const Call& m_call;
    const PackedConvParams& m_params;
    int8_t* m_output;
    const int8_t* m_weights;
    const MveChannels* m_channels;
};

}  // namespace

Status packedConvInt8(const Call& call) {
    Convolution(call).run();
    return Status::Ok;
}

}  // namespace runtime
