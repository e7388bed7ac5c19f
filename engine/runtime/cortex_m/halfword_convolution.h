// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CONV_2D and FULLY_CONNECTED of int16 with int8 weights, for both instruction sets: two pixels at
// a time, blocks of four channels. Pointwise layers read the image directly; others gather columns
// (im2col.h).
//
// Tiles are the instruction set's inner loops over whole groups of taps:
//   kGroup: taps of a group;
//   pair(weights, x, y, groups, valid, sums): the dot products of two pixels with the four channels
//   of a block, sums[0..3] and sums[4..7]; sums of channels from `valid` on are unspecified;
//   one(weights, x, groups, sums): the same for one pixel.

#include "runtime/cortex_m/im2col.h"
#include "runtime/cortex_m/wide_channel.h"

namespace runtime {

template <typename Tiles>
class HalfwordConvolution {
public:
    explicit HalfwordConvolution(const Call& call)
        : m_call(call),
          m_params(call.params<PackedConvParams>()),
          m_output(call.output<int16_t>()),
          m_weights(call.array<int8_t>(m_params.weights)),
          m_channels(call.array<WideChannel>(m_params.channels)),
          m_groups(m_params.depth / Tiles::kGroup),
          m_clamp(m_params) {}

    Status run() {
        int16_t* columns = m_params.pointwise != 0 ? nullptr : m_call.scratch<int16_t>();
        forEachPair(
            m_params, m_call.input<int16_t>(0), columns,
            [this](const int16_t* x, const int16_t* y) { finishPair(x, y); },
            [this](const int16_t* x) { finishOne(x); });
        return Status::Ok;
    }

private:
    void finishPair(const int16_t* x, const int16_t* y) {
        const int32_t channels = m_params.window.outChannels;
        const WideClamp clampCode = m_clamp;
        const int8_t* weights = m_weights;
        const WideChannel* c = m_channels;
        int16_t *first = m_output, *second = first + channels;
        m_output += 2 * channels;
        for (int32_t left = channels; left > 0; left -= kChannelBlock) {
            const int32_t valid = left < kChannelBlock ? left : kChannelBlock;
            int32_t sums[2 * kChannelBlock];
            Tiles::pair(weights, x, y, m_groups, valid, sums);
            weights += m_params.depth * kChannelBlock;
            for (int32_t i = 0; i < valid; ++i, ++c) {
                *first++ = clampCode(scaledWide(*c, sums[i]));
                *second++ = clampCode(scaledWide(*c, sums[i + kChannelBlock]));
            }
        }
    }

    void finishOne(const int16_t* x) {
        const WideClamp clampCode = m_clamp;
        const int8_t* weights = m_weights;
        const WideChannel* c = m_channels;
        for (int32_t left = m_params.window.outChannels; left > 0; left -= kChannelBlock) {
            const int32_t valid = left < kChannelBlock ? left : kChannelBlock;
            int32_t sums[kChannelBlock];
            Tiles::one(weights, x, m_groups, sums);
            weights += m_params.depth * kChannelBlock;
            for (int32_t i = 0; i < valid; ++i, ++c)
                *m_output++ = clampCode(scaledWide(*c, sums[i]));
        }
    }

    const Call& m_call;
    const PackedConvParams& m_params;
    int16_t* m_output;
    const int8_t* m_weights;
    const WideChannel* m_channels;
    int32_t m_groups;
    WideClamp m_clamp;
};

}  // namespace runtime
