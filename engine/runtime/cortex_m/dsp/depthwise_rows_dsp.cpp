// SPDX-License-Identifier: GPL-3.0-or-later
// DEPTHWISE_CONV_2D 3x3 on the DSP extension by rows: four channels of the image are converted to
// planes of 16 bits, a pair of rows at a time, each row once; then each channel's weights stay in
// registers along one or two rows of the output. Planes have the padding in them, so the loops have
// no borders.
#include "runtime/cortex_m/dsp/depthwise_rows_dsp.h"

namespace runtime {
namespace {

using RowsLoop = void (*)(const RowsJob*);

template <bool kRectified>
RowsLoop rowsLoop(const Window& w, int32_t later) {
    if (w.strideWidth == 2)
        return later ? everySecondRow<1, kRectified> : everySecondRow<0, kRectified>;
    if (w.outHeight == 1) return oneRow;
    return later ? twoRows<1, kRectified> : twoRows<0, kRectified>;
}

/// A negative sum gives at most the code of zero.
RowsLoop rowsLoop(const PackedDepthwiseParams& p, int32_t later) {
    return p.outputOffset <= p.lowest ? rowsLoop<true>(p.window, later)
                                      : rowsLoop<false>(p.window, later);
}

class DepthwiseRows {
public:
    DepthwiseRows(const PackedDepthwiseParams& p, uint32_t* planes)
        : m_window(p.window),
          m_loops{rowsLoop(p, 0), rowsLoop(p, 1)},
          m_inRow(p.window.inWidth * p.window.inChannels),
          m_outRow(p.window.outWidth * p.window.outChannels),
          m_padding(static_cast<uint8_t>(p.padding) * 0x01010101u) {
        const Window& w = m_window;
        const int32_t columns = visitedColumns(w);
        const int32_t left = w.padLeft < columns ? w.padLeft : columns;
        const int32_t words = 2 * kChannelBlock * columns;
        for (int32_t i = 0; i < words; ++i)
            planes[i] = static_cast<uint16_t>(p.padding) * 0x00010001u;
        m_firstPixel = planes + 2 * left;
        m_pair.pixels = w.inWidth < columns - left ? w.inWidth : columns - left;
        m_pair.planeBytes = m_job.planeBytes = 8 * columns;
        m_pair.threePlanes = 3 * m_pair.planeBytes;
        m_job.plane = planes;
        m_job.end = planes + 2 * w.strideWidth * w.outWidth;
        m_job.pixelStep = w.outChannels;
        m_job.back = m_outRow - 1;
        m_job.isOdd = w.outWidth % 2;
    }

    /// At most four channels of an image.
    void compute(const int8_t* input, int8_t* output, const RowsChannel* channel, int32_t count) {
        const int32_t together = m_window.strideWidth == 2 || m_window.outHeight == 1 ? 1 : 2;
        m_job.channel = channel;
        m_job.channels = count;
        int32_t row = -m_window.padTop, later = 1;
        convert(input, row, 0);
        for (int32_t left = m_window.outHeight; left > 0; left -= together, later ^= 1) {
            row += 2;
            convert(input, row, later);
            m_job.output = output;
            m_job.rowStep = left > 1 ? m_outRow : 0;
            m_loops[later](&m_job);
            output += together * m_outRow;
        }
    }

private:
    void convert(const int8_t* input, int32_t row, int32_t slot) {
        setRow(input, row, m_pair.upper, m_pair.upperStep);
        setRow(input, row + 1, m_pair.lower, m_pair.lowerStep);
        m_pair.to = m_firstPixel + slot;
        writePair(&m_pair);
    }

    void setRow(const int8_t* input, int32_t row, const int8_t*& pixel, int32_t& step) {
        const bool isInside = row >= 0 && row < m_window.inHeight;
        pixel = isInside ? input + row * m_inRow : reinterpret_cast<const int8_t*>(&m_padding);
        step = isInside ? m_window.inChannels : 0;
    }

    const Window& m_window;
    RowsLoop m_loops[2];  ///< by the word of the later pair
    int32_t m_inRow, m_outRow;
    uint32_t m_padding;
    uint32_t* m_firstPixel;
    PlaneRows m_pair;
    RowsJob m_job;
};

}  // namespace

void depthwiseByRows(const Call& call) {
    const auto& p = call.params<PackedDepthwiseParams>();
    const Window& w = p.window;
    const auto* channels = call.array<RowsChannel>(p.weights);
    const auto* input = call.input<int8_t>(0);
    auto* output = call.output<int8_t>();
    DepthwiseRows rows(p, call.scratch<uint32_t>());
    for (int32_t batch = 0; batch < w.batches; ++batch) {
        for (int32_t c = 0; c < w.inChannels; c += kChannelBlock) {
            const int32_t left = w.inChannels - c;
            rows.compute(input + c, output + c, channels + c,
                         left < kChannelBlock ? left : kChannelBlock);
        }
        input += w.inHeight * w.inWidth * w.inChannels;
        output += w.outHeight * w.outWidth * w.outChannels;
    }
}

}  // namespace runtime
