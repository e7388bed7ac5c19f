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
          m_window(m_params.window),
          m_input(call.input<int8_t>(0)),
          m_output(call.output<int8_t>()),
          m_columns(call.scratch<int16_t>()),
          m_tiles(tilesOf(m_params)),
          m_pixels(m_window.batches * m_window.outHeight * m_window.outWidth),
          m_call{call.array<DspChannel>(m_params.channels),
                 nullptr,
                 m_window.outChannels,
                 m_columns,
                 m_params.depth / 4,
                 nullptr,
                 call.array<int8_t>(m_params.weights)} {}

    void run() {
        int8_t* const output = m_output;
        if (m_params.pointwise != 0)
            runPointwise();
        else
            runWindow();
        clampBytes(output, m_output - output, m_params.lowest, m_params.highest);
    }

private:
    void runPointwise() {
        const int32_t step = m_window.inChannels, gap = columnPixels(m_window);
        const int8_t* input = m_input;
        for (; m_pixels >= 3; input += 3 * step) {
            widenThree(input, input + step, input + 2 * step, m_call.fours, m_columns);
            finish(3);
        }
        for (; m_pixels > 0; input += step) {
            widen(input, m_call.fours, m_columns, gap);
            finish(1);
        }
    }

    void runWindow() {
        const Window& w = m_window;
        Columns columns(m_params, m_input, m_columns);
        const Inside inside = insideOf(w.outWidth, w.strideWidth, w.padLeft,
                                       (w.filterWidth - 1) * w.dilationWidth, w.inWidth);
        const bool direct = w.dilationWidth == 1;
        int32_t place = 0;
        for (int32_t batch = 0; batch < w.batches; ++batch)
            for (int32_t row = 0; row < w.outHeight; ++row) {
                const Taps y = tapsInside(row, w.strideHeight, w.padTop, w.dilationHeight,
                                          w.filterHeight, w.inHeight);
                const bool whole = direct && y.begin == 0 && y.end == w.filterHeight;
                const int32_t first = (batch * w.inHeight + y.origin) * w.inWidth - w.padLeft;
                for (int32_t column = 0; column < w.outWidth; ++column) {
                    if (whole && inside.holds(column))
                        columns.takeWhole(
                            place, m_input + (first + column * w.strideWidth) * w.inChannels);
                    else
                        columns.takeClipped(place, pixelAt(batch, y, column));
                    const int32_t group = m_pixels < 3 ? 1 : 3;
                    if (++place < group) continue;
                    columns.complete(group);
                    finish(group);
                    place = 0;
                }
            }
    }

    Pixel pixelAt(int32_t batch, const Taps& y, int32_t column) const {
        const Window& w = m_window;
        return {
            y,
            tapsInside(column, w.strideWidth, w.padLeft, w.dilationWidth, w.filterWidth, w.inWidth),
            batch, 0};
    }

    /// Computes all channels of three pixels or of one. A last group of channels that is not whole
    /// goes through a buffer.
    void finish(int32_t pixels) {
        const bool fours = columnPixels(m_window) == 1;
        const Tile tile = m_tiles[fours ? 2 : pixels == 1];
        const int32_t group = fours ? 4 : 2, channels = m_window.outChannels;
        const int32_t rest = channels % group, whole = channels - rest;
        TileCall call = m_call;
        call.output = m_output;
        call.end = call.weights + whole * m_params.depth;
        if (whole > 0) tile(call);
        if (rest > 0) {
            int8_t codes[6];
            call.channels += whole;
            call.weights = call.end;
            call.end += group * m_params.depth;
            call.output = codes;
            call.stride = group;
            tile(call);
            for (int32_t pixel = 0; pixel < pixels; ++pixel)
                for (int32_t i = 0; i < rest; ++i)
                    m_output[pixel * channels + whole + i] = codes[pixel * group + i];
        }
        m_output += pixels * channels;
        m_pixels -= pixels;
    }

    const PackedConvParams& m_params;
    const Window& m_window;
    const int8_t* m_input;
    int8_t* m_output;
    int16_t* m_columns;
    const Tile* m_tiles;
    int32_t m_pixels;  ///< that are not computed yet
    TileCall m_call;   ///< for all channels; without output and end
};

}  // namespace

Status packedConvInt8(const Call& call) {
    Convolution(call).run();
    return Status::Ok;
}

}  // namespace runtime
