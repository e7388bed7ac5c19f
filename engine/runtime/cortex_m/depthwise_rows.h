// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The layers of DEPTHWISE_CONV_2D on int8 that the DSP extension computes by rows, and the form in
// which lowering packs them: 3x3 filters without dilation, one output channel per input channel.

#include "runtime/cortex_m/packed_kernels.h"

namespace runtime {

/// One channel: its nine weights and its DspChannel. Weights and bias are doubled, as the
/// multiplication by the factor requires.
struct RowsChannel {
    int16_t weights[3][4];  ///< per column of the filter: rows 0, 1, then rows 1, 2
    DspChannel to;
};

/// A single column of results does not pay for the conversion of the input. The height does not
/// matter: the calls of a layer in bands share the packed weights.
constexpr bool computesRows(const PackedDepthwiseParams& p) {
    const Window& w = p.window;
    return w.filterHeight == 3 && w.filterWidth == 3 && w.dilationHeight == 1 &&
           w.dilationWidth == 1 && w.strideHeight == w.strideWidth && w.strideWidth <= 2 &&
           p.multiplier == 1 && w.outWidth > 1;
}

/// Columns that the filter visits, with the padding on both sides.
constexpr int32_t visitedColumns(const Window& w) {
    return w.strideWidth * (w.outWidth - 1) + w.filterWidth;
}

/// Bytes for four rows of four channels of 16 bits.
constexpr int32_t depthwiseRowsScratch(const Window& w) {
    return 4 * kChannelBlock * 2 * visitedColumns(w);
}

}  // namespace runtime
