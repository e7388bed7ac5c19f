// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// WindowDims: the numbers of a convolution that the scratch of kernel libraries depends on.

#include <cstdint>
#include <optional>

#include "types/graph.h"

namespace cost {

struct WindowDims {
    int64_t batch = 1;
    int64_t inHeight = 1, inWidth = 1, inChannels = 1;
    int64_t outHeight = 1, outWidth = 1, outChannels = 1;
    int64_t filterHeight = 1, filterWidth = 1;
    int64_t filterChannels = 1;  ///< input channels of one group
    int64_t strideHeight = 1, strideWidth = 1;
    int64_t dilationHeight = 1, dilationWidth = 1;
    int64_t padHeight = 0, padWidth = 0;  ///< before the first row and column
    int64_t depthMultiplier = 1;          ///< as the file states it

    int64_t taps() const { return filterHeight * filterWidth; }
    bool isDilated() const { return dilationHeight != 1 || dilationWidth != 1; }
};

/// Of CONV_2D, DEPTHWISE_CONV_2D and TRANSPOSE_CONV (padding 0: nothing asks for it); nothing for
/// other operators and for tensors that are not of rank 4.
std::optional<WindowDims> windowDims(const types::Graph& graph, const types::Op& op);

}  // namespace cost
