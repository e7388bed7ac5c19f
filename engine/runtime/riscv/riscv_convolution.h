// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CONV_2D and FULLY_CONNECTED of int8: four output channels at a time; for each, all pixels, two at
// a time where the whole filter lies inside the image. Eight sums, four weights and two codes stay
// in registers: 22 instructions for 8 products. The input's zero point is added to each code at the
// border; inside it is part of the value that a sum starts from.

#include "runtime/kernels/convolution.h"
#include "runtime/riscv/channel_block.h"
#include "runtime/riscv/riscv_pixels.h"

namespace runtime {

/// The taps of one output pixel: `rows` rows of `runs` runs of `length` taps that are contiguous in
/// image and weights. Steps are in bytes.
struct TapRuns {
    const int8_t* codes;
    const int8_t* weights;  ///< of the first channel
    int32_t rows, runs, length;
    int32_t codeRowStep, codeRunStep, weightRowStep, weightRunStep;
    int32_t pixelStep, channelStep;  ///< to the next pixel's codes, to the next channel's weights
    int32_t offset;                  ///< added to every code, where kShifted
};

/// The sums of kPixels pixels times kChannels channels. All of it must be inlined, so that it stays
/// in registers.
template <int kPixels, int kChannels, bool kShifted>
class TileSums {
public:
    [[gnu::always_inline]] TileSums(const TapRuns& taps, const uint32_t* starts)
        : m_length(taps.length), m_offset(taps.offset) {
#pragma GCC unroll 8
        for (int i = 0; i < kPixels; ++i)
#pragma GCC unroll 8
            for (int c = 0; c < kChannels; ++c)
                m_sums[i][c] = starts[c];
    }

    [[gnu::always_inline]] void addRun(const TapRuns& taps, const int8_t* codes,
                                       const int8_t* weights) {
#pragma GCC unroll 8
        for (int i = 0; i < kPixels; ++i)
            m_codes[i] = codes + i * taps.pixelStep;
#pragma GCC unroll 8
        for (int c = 0; c < kChannels; ++c)
            m_weights[c] = weights + c * taps.channelStep;
        int32_t left = m_length;
        for (; left >= 4; left -= 4, advance(4))
            addTap(0), addTap(1), addTap(2), addTap(3);
        if ((left & 2) != 0) addTap(0), addTap(1), advance(2);
        if ((left & 1) != 0) addTap(0);
    }

    [[gnu::always_inline]] void store(uint32_t* results) const {
#pragma GCC unroll 8
        for (int i = 0; i < kPixels; ++i)
#pragma GCC unroll 8
            for (int c = 0; c < kChannels; ++c)
                *results++ = m_sums[i][c];
    }

private:
    [[gnu::always_inline]] void addTap(int at) {
        int32_t codes[kPixels];
#pragma GCC unroll 8
        for (int i = 0; i < kPixels; ++i)
            codes[i] = kShifted ? m_codes[i][at] + m_offset : m_codes[i][at];
#pragma GCC unroll 8
        for (int c = 0; c < kChannels; ++c) {
            const int32_t weight = m_weights[c][at];
#pragma GCC unroll 8
            for (int i = 0; i < kPixels; ++i) {
                m_sums[i][c] += static_cast<uint32_t>(codes[i] * weight);
                keepInRegister(m_sums[i][c]);
            }
        }
    }

    [[gnu::always_inline]] void advance(int32_t taps) {
#pragma GCC unroll 8
        for (int i = 0; i < kPixels; ++i)
            m_codes[i] += taps;
#pragma GCC unroll 8
        for (int c = 0; c < kChannels; ++c)
            m_weights[c] += taps;
    }

    int32_t m_length, m_offset;
    uint32_t m_sums[kPixels][kChannels];
    const int8_t* m_codes[kPixels];
    const int8_t* m_weights[kChannels];
};

/// Writes the sums [pixel][channel] of a tile, from `starts` per channel on. A function of its own:
/// it needs every register.
template <int kPixels, int kChannels, bool kShifted>
[[gnu::noinline]] void sumTile(const TapRuns& taps, const uint32_t* starts, uint32_t* results) {
    TileSums<kPixels, kChannels, kShifted> sums(taps, starts);
    const int8_t *codeRow = taps.codes, *weightRow = taps.weights;
    for (int32_t row = taps.rows; row > 0; --row) {
        const int8_t *codes = codeRow, *weights = weightRow;
        for (int32_t run = taps.runs; run > 0; --run) {
            sums.addRun(taps, codes, weights);
            codes += taps.codeRunStep, weights += taps.weightRunStep;
        }
        codeRow += taps.codeRowStep, weightRow += taps.weightRowStep;
    }
    sums.store(results);
}

class RiscvConvolution {
public:
    /// `factorStep`: 0 for one factor for all channels, else 1.
    RiscvConvolution(const Call& call, const ConvParams& params, size_t factorStep)
        : m_params(params),
          m_pixels(params.window),
          m_input(call.input<int8_t>(0)),
          m_weights(call.input<int8_t>(1)),
          m_bias(call.input<int32_t>(2)),
          m_factors(call.array<Factor>(params.factors)),
          m_output(call.output<int8_t>()),
          m_factorStep(factorStep),
          m_depth(static_cast<int32_t>(channelWeights(params))) {
        const Window& w = m_pixels.window();
        m_taps.offset = m_params.inputOffset;
        m_taps.codeRowStep = w.dilationHeight * w.inWidth * w.inChannels;
        m_taps.codeRunStep = w.dilationWidth * w.inChannels;
        m_taps.weightRowStep = w.filterWidth * m_params.filterChannels;
        m_taps.weightRunStep = m_params.filterChannels;
        m_taps.pixelStep = w.strideWidth * w.inChannels;
        m_taps.channelStep = m_depth;
    }

    void run() {
        const int32_t groupSize = channelsPerGroup(m_params);
        for (int32_t c = 0, group = 0; c < m_params.window.outChannels; ++group) {
            const int32_t end = c + groupSize;
            for (; !m_pixels.hasPairs() && c + 8 <= end; c += 8)
                runBlock<8>(c, group);
            for (; c + 4 <= end; c += 4)
                runBlock<4>(c, group);
            for (; c < end; ++c)
                runBlock<1>(c, group);
        }
    }

private:
    /// Taps of neighbouring columns are one run where they are contiguous.
    bool runsAreJoined() const {
        const Window& w = m_params.window;
        return w.dilationWidth == 1 && m_params.filterChannels == w.inChannels;
    }

    void setTaps(const Pixel& at, int32_t group, const int8_t* weights) {
        const Window& w = m_pixels.window();
        const int32_t columns = at.x.end - at.x.begin, depth = m_params.filterChannels;
        m_taps.codes = m_input + inputIndex(w, at, at.y.begin, at.x.begin) + group * depth;
        m_taps.weights = weights + (at.y.begin * w.filterWidth + at.x.begin) * depth;
        m_taps.rows = at.y.end - at.y.begin;
        m_taps.runs = runsAreJoined() ? 1 : columns;
        m_taps.length = runsAreJoined() ? columns * depth : depth;
    }

    /// Results of kChannels channels from `first` on, for all pixels.
    template <int kChannels>
    [[gnu::noinline]] void runBlock(int32_t first, int32_t group) {
        const int8_t* weights = m_weights + first * m_depth;
        const RiscvChannels<kChannels> block(m_params, m_bias != nullptr ? m_bias + first : nullptr,
                                             m_factors + static_cast<size_t>(first) * m_factorStep,
                                             m_factorStep, m_depth);
        uint32_t wholeStarts[kChannels] = {};
        if (m_pixels.hasPairs()) findStarts(weights, block, wholeStarts);
        m_pixels.forEach([&](const Pixel& at, int32_t pairs) {
            setTaps(at, group, weights);
            int8_t* to = m_output + at.output + first;
            if (pairs == 0)
                runPixels<1, true>(block, block.starts, to);
            else if constexpr (kChannels <= 4)
                runPairs(block, wholeStarts, pairs, to);
        });
    }

    /// Biases plus the input's zero point times the sum of the weights.
    template <int kChannels>
    void findStarts(const int8_t* weights, const RiscvChannels<kChannels>& block,
                    uint32_t (&starts)[kChannels]) const {
        for (int c = 0; c < kChannels; ++c) {
            int32_t sum = 0;
            for (int32_t i = 0; i < m_depth; ++i)
                sum += *weights++;
            starts[c] = block.starts[c] +
                        static_cast<uint32_t>(sum) * static_cast<uint32_t>(m_params.inputOffset);
        }
    }

    template <int kChannels>
    void runPairs(const RiscvChannels<kChannels>& block, const uint32_t (&starts)[kChannels],
                  int32_t pairs, int8_t* to) {
        for (; pairs > 0; --pairs, to += 2 * m_params.window.outChannels) {
            runPixels<2, false>(block, starts, to);
            m_taps.codes += 2 * m_taps.pixelStep;
        }
    }

    template <int kPixels, bool kShifted, int kChannels>
    void runPixels(const RiscvChannels<kChannels>& block, const uint32_t (&starts)[kChannels],
                   int8_t* to) const {
        uint32_t sums[kPixels][kChannels];
        sumTile<kPixels, kChannels, kShifted>(m_taps, starts, sums[0]);
        for (int i = 0; i < kPixels; ++i)
            block.store(sums[i], to + i * m_params.window.outChannels);
    }

    const ConvParams& m_params;
    RiscvPixels m_pixels;
    const int8_t* m_input;
    const int8_t* m_weights;
    const int32_t* m_bias;
    const Factor* m_factors;
    int8_t* m_output;
    size_t m_factorStep;
    int32_t m_depth;  ///< weights of a channel
    TapRuns m_taps;
};

}  // namespace runtime
