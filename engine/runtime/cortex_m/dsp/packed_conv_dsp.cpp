// SPDX-License-Identifier: GPL-3.0-or-later
// CONV_2D and FULLY_CONNECTED on the DSP extension: the taps of two pixels are widened to 16 bits
// once; then each block of channels is a dot product with them.
#include "runtime/cortex_m/dsp/dot_tiles.h"
#include "runtime/cortex_m/dsp/requantize_dsp.h"
#include "runtime/cortex_m/dsp/widen.h"
#include "runtime/cortex_m/im2col.h"

namespace runtime {
namespace {

template <typename Clamp>
class Convolution {
public:
    explicit Convolution(const Call& call)
        : m_params(call.params<PackedConvParams>()),
          m_input(call.input<int8_t>(0)),
          m_output(call.output<int8_t>()),
          m_weights(call.array<int8_t>(m_params.weights)),
          m_channels(call.array<DspChannel>(m_params.channels)),
          m_columns(call.scratch<int16_t>()),
          m_bytes(call.scratch<int8_t>() + 4 * m_params.depth),
          m_clamp(m_params) {}

    void run() {
        if (m_params.pointwise != 0)
            runPointwise();
        else
            runWindow();
    }

private:
    void runPointwise() {
        const Window& w = m_params.window;
        const int32_t pixels = w.batches * w.outHeight * w.outWidth;
        const int32_t fours = m_params.depth / 4;
        const int8_t* input = m_input;
        for (int32_t left = pixels / kPixelPair; left > 0; --left) {
            widen(input, fours, m_columns, kPairStep);
            input += w.inChannels;
            widen(input, fours, m_columns + kOneStep, kPairStep);
            input += w.inChannels;
            finishPair();
        }
        if (pixels % kPixelPair == 0) return;
        widen(input, fours, m_columns, kOneStep);
        finishOne<kOneStep>();
    }

    void runWindow() {
        bool second = false;
        forEachPixel(m_params.window, [&](const Pixel& at) {
            load(at, m_columns + (second ? kOneStep : 0));
            if (second) finishPair();
            second = !second;
        });
        if (second) finishOne<kPairStep>();
    }

    /// Rows with a multiple of four bytes are widened directly from the image.
    void load(const Pixel& at, int16_t* to) {
        const Window& w = m_params.window;
        const int32_t run = w.filterWidth * w.inChannels;
        if (run % 4 != 0 || w.dilationWidth != 1 || !isWhole(w, at)) {
            gather(m_params, at, m_input, m_bytes);
            widen(m_bytes, m_params.depth / 4, to, kPairStep);
            return;
        }
        const int8_t* from = m_input + inputIndex(w, at, 0, 0);
        const int32_t rowStep = w.dilationHeight * w.inWidth * w.inChannels;
        for (int32_t tapY = 0; tapY < w.filterHeight; ++tapY, from += rowStep)
            to = widen(from, run / 4, to, kPairStep);
    }

    int8_t code(int32_t sum, const DspChannel& channel) const {
        return m_clamp(requantized(sum, channel.multiplier, channel.addend, channel.shift));
    }

    void finishPair() {
        const int32_t channels = m_params.window.outChannels;
        const int32_t fours = m_params.depth / 4;
        const int8_t* weights = m_weights;
        const DspChannel* c = m_channels;
        int8_t* first = m_output;
        int8_t* second = m_output + channels;
        const int32_t skip = m_params.depth * kChannelBlock - 8;
        for (int32_t left = channels; left > 0; left -= 2, c += 2, first += 2, second += 2) {
            int32_t sums[4] = {c[0].bias, c[1].bias, c[0].bias, c[1].bias};
            dotTwoByTwo(weights, m_columns, fours, sums);
            weights += (left - channels) % 4 == 0 ? 8 : skip;
            first[0] = code(sums[0], c[0]);
            second[0] = code(sums[2], c[0]);
            if (left == 1) break;
            first[1] = code(sums[1], c[1]);
            second[1] = code(sums[3], c[1]);
        }
        m_output += 2 * channels;
    }

    template <int kStep>
    void finishOne() {
        const int32_t fours = m_params.depth / 4;
        const int8_t* weights = m_weights;
        const DspChannel* c = m_channels;
        for (int32_t left = m_params.window.outChannels; left > 0; left -= kChannelBlock) {
            int32_t sums[4] = {c[0].bias, c[1].bias, c[2].bias, c[3].bias};
            if (left > 2)
                dotOneByFour<kStep * 2>(weights, m_columns, fours, sums);
            else
                dotOneByTwo<kStep * 2>(weights, m_columns, fours, sums);
            weights += m_params.depth * kChannelBlock;
            const int32_t valid = left < kChannelBlock ? left : kChannelBlock;
            for (int32_t i = 0; i < valid; ++i, ++c)
                *m_output++ = code(sums[i], *c);
        }
    }

    const PackedConvParams& m_params;
    const int8_t* m_input;
    int8_t* m_output;
    const int8_t* m_weights;
    const DspChannel* m_channels;
    int16_t* m_columns;
    int8_t* m_bytes;  // taps of one pixel before widening
    Clamp m_clamp;
};

}  // namespace

Status packedConvInt8(const Call& call) {
    if (clampsWidest(call.params<PackedConvParams>()))
        Convolution<WidestClamp>(call).run();
    else
        Convolution<NarrowClamp>(call).run();
    return Status::Ok;
}

}  // namespace runtime
