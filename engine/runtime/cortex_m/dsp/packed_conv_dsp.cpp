// SPDX-License-Identifier: GPL-3.0-or-later
// CONV_2D and FULLY_CONNECTED on the DSP extension: the taps of three pixels are widened to 16 bits
// once; then each pair of channels is a dot product with them. Layers of one or two pixels take one
// pixel and four channels at a time.
#include "runtime/cortex_m/dsp/clamp_bytes.h"
#include "runtime/cortex_m/dsp/conv_columns.h"
#include "runtime/cortex_m/dsp/conv_tiles.h"

namespace runtime {
namespace {

/// The output positions [begin, end) along an axis whose window lies inside the image.
struct Inside {
    int32_t begin, end;
    bool holds(int32_t out) const { return out >= begin && out < end; }
};

Inside insideOf(int32_t outputs, int32_t stride, int32_t padding, int32_t reach, int32_t size) {
    const int32_t last = size - 1 - reach + padding;
    const int32_t end = last < 0 ? 0 : last / stride + 1;
    return {(padding + stride - 1) / stride, end < outputs ? end : outputs};
}

template <bool kFused, bool kRectified>
constexpr Tile kTiles[] = {tileOfThree<kFused, kRectified>, tileOfOne<kFused, kRectified>,
                           tileOfFourChannels<kFused, kRectified>};

const Tile* tilesOf(const PackedConvParams& p) {
    const bool rectified = p.outputOffset <= p.lowest;
    if (p.fused != 0) return rectified ? kTiles<true, true> : kTiles<true, false>;
    return rectified ? kTiles<false, true> : kTiles<false, false>;
}

class Convolution {
public:
    explicit Convolution(const Call& call)
        : m_params(call.params<PackedConvParams>()),
          m_input(call.input<int8_t>(0)),
          m_output(call.output<int8_t>()),
          m_columns(call.scratch<int16_t>()),
          m_pixels(pixelsOf(m_params.window)),
          m_call{call.array<DspChannel>(m_params.channels),
                 nullptr,
                 m_params.window.outChannels,
                 m_columns,
                 m_params.depth / 4,
                 nullptr,
                 call.array<int8_t>(m_params.weights)} {
        const bool few = columnPixels(m_params.window) == 1;
        const Tile* const tiles = tilesOf(m_params);
        m_three = tiles[0];
        m_one = tiles[few ? 2 : 1];
        m_group = few ? 4 : 2;
        m_rest = m_params.window.outChannels % m_group;
    }

    void run() {
        int8_t* const output = m_output;
        if (m_params.pointwise != 0)
            runPointwise();
        else
            runWindow();
        clampBytes(output, m_output - output, m_params.lowest, m_params.highest);
    }

private:
    static int32_t pixelsOf(const Window& w) { return w.batches * w.outHeight * w.outWidth; }

    void runPointwise() {
        const int32_t step = m_params.window.inChannels;
        const int8_t* input = m_input;
        for (; m_pixels >= 3; input += 3 * step) {
            widenThree(input, input + step, input + 2 * step, m_call.fours, m_columns);
            finish(3);
        }
        for (; m_pixels > 0; input += step) {
            widen(input, m_call.fours, m_columns, columnPixels(m_params.window));
            finish(1);
        }
    }

    void runWindow() {
        const Window w = m_params.window;
        ConvColumns columns(m_params, m_input, m_columns);
        const Inside inside = insideOf(w.outWidth, w.strideWidth, w.padLeft,
                                       (w.filterWidth - 1) * w.dilationWidth, w.inWidth);
        const int32_t step = w.strideWidth * w.inChannels;
        int32_t place = 0;
        for (int32_t batch = 0; batch < w.batches; ++batch)
            for (int32_t row = 0; row < w.outHeight; ++row) {
                const Taps y = tapsInside(row, w.strideHeight, w.padTop, w.dilationHeight,
                                          w.filterHeight, w.inHeight);
                const bool whole = w.dilationWidth == 1 && y.begin == 0 && y.end == w.filterHeight;
                int32_t first =
                    ((batch * w.inHeight + y.origin) * w.inWidth - w.padLeft) * w.inChannels;
                for (int32_t column = 0; column < w.outWidth; ++column, first += step) {
                    if (whole && inside.holds(column))
                        columns.takeWhole(place, m_input + first);
                    else
                        columns.takeAny(
                            place, {y,
                                    tapsInside(column, w.strideWidth, w.padLeft, w.dilationWidth,
                                               w.filterWidth, w.inWidth),
                                    batch, 0});
                    const int32_t group = m_pixels < 3 ? 1 : 3;
                    if (++place < group) continue;
                    columns.complete(group);
                    finish(group);
                    place = 0;
                }
            }
    }

    /// Computes all channels of three pixels or of one.
    [[gnu::noinline]] void finish(int32_t pixels) {
        const Tile tile = pixels == 3 ? m_three : m_one;
        const int32_t channels = m_params.window.outChannels, whole = channels - m_rest;
        m_call.output = m_output;
        m_call.end = m_call.weights + whole * m_params.depth;
        if (whole > 0) tile(m_call);
        if (m_rest > 0) finishRest(tile, pixels);
        m_output += pixels * channels;
        m_pixels -= pixels;
    }

    /// The last channels, which are no whole group, through a buffer.
    void finishRest(Tile tile, int32_t pixels) const {
        const int32_t channels = m_params.window.outChannels, whole = channels - m_rest;
        int8_t codes[6];
        TileCall last = m_call;
        last.channels += whole;
        last.output = codes;
        last.stride = m_group;
        last.weights = m_call.end;
        last.end += m_group * m_params.depth;
        tile(last);
        for (int32_t pixel = 0; pixel < pixels; ++pixel)
            for (int32_t i = 0; i < m_rest; ++i)
                m_output[pixel * channels + whole + i] = codes[pixel * m_group + i];
    }

    const PackedConvParams& m_params;
    const int8_t* m_input;
    int8_t* m_output;
    int16_t* m_columns;
    int32_t m_pixels;  ///< that are not computed yet
    TileCall m_call;   ///< for whole groups of channels
    Tile m_three, m_one;
    int32_t m_group;  ///< channels that a tile computes at once
    int32_t m_rest;   ///< channels of a last group that is not whole
};

}  // namespace

Status packedConvInt8(const Call& call) {
    Convolution(call).run();
    return Status::Ok;
}

}  // namespace runtime
