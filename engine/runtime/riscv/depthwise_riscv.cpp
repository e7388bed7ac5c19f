// SPDX-License-Identifier: GPL-3.0-or-later
// DEPTHWISE_CONV_2D of int8: 3x3 filters in lines, others four channels at a time and two pixels
// where the whole filter lies inside the image.
#include "runtime/riscv/depthwise_lines.h"
#include "runtime/riscv/riscv_kernels.h"
#include "runtime/riscv/riscv_pixels.h"

namespace runtime {
namespace {

/// The taps of one output pixel. Steps are in bytes.
struct DepthwiseTaps {
    const int8_t *codes, *weights;  ///< of the first channel
    int32_t rows, columns;
    int32_t codeRowStep, codeStep, weightRowStep, weightStep;
    int32_t pixelStep;  ///< to the codes of the next pixel
    int32_t offset;     ///< added to every code, where kShifted
};

/// Sums of kPixels pixels times kChannels channels, [pixel][channel], from `starts` per channel on.
/// kSpread: each channel has a code of its own, else all share one. A function of its own: it needs
/// every register.
template <int kPixels, int kChannels, bool kSpread, bool kShifted>
[[gnu::noinline]] void sumDepthwise(const DepthwiseTaps& taps, const uint32_t* starts,
                                    uint32_t* results) {
    const int32_t offset = taps.offset, codeStep = taps.codeStep, weightStep = taps.weightStep;
    uint32_t sums[kPixels][kChannels];
#pragma GCC unroll 4
    for (int i = 0; i < kPixels; ++i)
#pragma GCC unroll 4
        for (int c = 0; c < kChannels; ++c)
            sums[i][c] = starts[c];
    const int8_t *codeRow = taps.codes, *weightRow = taps.weights;
    for (int32_t rows = taps.rows; rows > 0; --rows) {
        const int8_t *x = codeRow, *y = codeRow + taps.pixelStep, *w = weightRow;
        for (int32_t columns = taps.columns; columns > 0; --columns) {
#pragma GCC unroll 4
            for (int c = 0; c < kChannels; ++c) {
                const int at = kSpread ? c : 0;
                const int32_t weight = w[c], shift = kShifted ? offset : 0;
                sums[0][c] += static_cast<uint32_t>((x[at] + shift) * weight);
                keepInRegister(sums[0][c]);
                if constexpr (kPixels == 2) {
                    sums[1][c] += static_cast<uint32_t>((y[at] + shift) * weight);
                    keepInRegister(sums[1][c]);
                }
            }
            x += codeStep, y += codeStep, w += weightStep;
        }
        codeRow += taps.codeRowStep, weightRow += taps.weightRowStep;
    }
#pragma GCC unroll 4
    for (int i = 0; i < kPixels; ++i)
#pragma GCC unroll 4
        for (int c = 0; c < kChannels; ++c)
            *results++ = sums[i][c];
}

class RiscvDepthwise {
public:
    explicit RiscvDepthwise(const Call& call)
        : m_params(call.params<ConvParams>()),
          m_lines(m_params),
          m_pixels(m_params.window),
          m_input(call.input<int8_t>(0)),
          m_weights(call.input<int8_t>(1)),
          m_bias(call.input<int32_t>(2)),
          m_factors(call.array<Factor>(m_params.factors)),
          m_output(call.output<int8_t>()) {
        const Window& w = m_pixels.window();
        m_taps.offset = m_params.inputOffset;
        m_taps.codeRowStep = w.dilationHeight * w.inWidth * w.inChannels;
        m_taps.codeStep = w.dilationWidth * w.inChannels;
        m_taps.weightRowStep = w.filterWidth * w.outChannels;
        m_taps.weightStep = w.outChannels;
        m_taps.pixelStep = w.strideWidth * w.inChannels;
    }

    void run() {
        const int32_t channels = m_params.window.outChannels, multiplier = m_params.depthMultiplier;
        const bool hasLines = m_lines.apply();
        for (int32_t c = 0; c < channels;) {
            if (hasLines && runLines(c)) {
                c += 1;
            } else if (multiplier == 1 && c + 4 <= channels) {
                runBlock<4, true>(c), c += 4;
            } else if (c % multiplier + 4 <= multiplier) {
                runBlock<4, false>(c), c += 4;
            } else {
                runBlock<1, false>(c), c += 1;
            }
        }
    }

private:
    template <int kChannels>
    RiscvChannels<kChannels> blockAt(int32_t first) const {
        const Window& w = m_params.window;
        return RiscvChannels<kChannels>(m_params, m_bias != nullptr ? m_bias + first : nullptr,
                                        m_factors + first, 1, w.filterHeight * w.filterWidth);
    }

    /// False where the channel's factor or bias is out of range.
    [[gnu::noinline]] bool runLines(int32_t channel) const {
        const auto block = blockAt<1>(channel);
        if (!block.isCommon()) return false;
        m_lines.run(block, m_input + channel, m_weights + channel, m_output + channel);
        return true;
    }

    /// Results of kChannels channels from `first` on, for all pixels.
    template <int kChannels, bool kSpread>
    [[gnu::noinline]] void runBlock(int32_t first) {
        const auto block = blockAt<kChannels>(first);
        const int8_t* input = m_input + first / m_params.depthMultiplier;
        uint32_t wholeStarts[kChannels];
        for (int c = 0; c < kChannels; ++c)
            wholeStarts[c] = block.starts[c] + zeroPoints(first + c);
        m_pixels.forEach([&](const Pixel& at, int32_t pairs) {
            const Window& w = m_pixels.window();
            m_taps.codes = input + inputIndex(w, at, at.y.begin, at.x.begin);
            m_taps.weights =
                m_weights + (at.y.begin * w.filterWidth + at.x.begin) * w.outChannels + first;
            m_taps.rows = at.y.end - at.y.begin, m_taps.columns = at.x.end - at.x.begin;
            int8_t* to = m_output + at.output + first;
            if (pairs == 0) {
                uint32_t sums[kChannels];
                sumDepthwise<1, kChannels, kSpread, true>(m_taps, block.starts, sums);
                block.store(sums, to);
            }
            for (; pairs > 0; --pairs, to += 2 * w.outChannels) {
                uint32_t sums[2][kChannels];
                sumDepthwise<2, kChannels, kSpread, false>(m_taps, wholeStarts, sums[0]);
                block.store(sums[0], to);
                block.store(sums[1], to + w.outChannels);
                m_taps.codes += 2 * m_taps.pixelStep;
            }
        });
    }

    /// The input's zero point times all weights of a channel.
    uint32_t zeroPoints(int32_t channel) const {
        const Window& w = m_params.window;
        int32_t sum = 0;
        for (int32_t tap = 0; tap < w.filterHeight * w.filterWidth; ++tap)
            sum += m_weights[tap * w.outChannels + channel];
        return static_cast<uint32_t>(sum) * static_cast<uint32_t>(m_params.inputOffset);
    }

    const ConvParams& m_params;
    DepthwiseLines m_lines;
    RiscvPixels m_pixels;
    const int8_t* m_input;
    const int8_t* m_weights;
    const int32_t* m_bias;
    const Factor* m_factors;
    int8_t* m_output;
    DepthwiseTaps m_taps;
};

}  // namespace

Status riscvDepthwiseConvInt8(const Call& call) {
    RiscvDepthwise(call).run();
    return Status::Ok;
}

}  // namespace runtime
