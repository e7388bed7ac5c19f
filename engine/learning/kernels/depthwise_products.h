// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Depthwise convolution of one padded sample, forwards and backwards. Images are rows, columns,
// channels; weights are rows, columns, channels of the window, with one weight per channel and tap.
// Each function has a plain twin of the same name in `plain`.

#include <cstdint>

namespace learning {

struct DepthwiseShape {
    int32_t channels = 0;
    int32_t outHeight = 0, outWidth = 0;
    int32_t height = 0, width = 0;  ///< of the window
    int32_t strideHeight = 1, strideWidth = 1;
    int32_t dilationHeight = 1, dilationWidth = 1;
    int32_t paddedWidth = 0;  ///< columns of the padded input
};

struct DepthwiseForward {
    const float *input = nullptr, *weights = nullptr;
    const float* bias = nullptr;  ///< null: none
    float* output = nullptr;
    float lowest = 0, highest = 0;
    bool add = false;  ///< output += the sum, neither bias nor clamp
};
void depthwise(const DepthwiseShape& shape, const DepthwiseForward& task);

/// weights[tap][c] += sum over outputs of gradient * input.
void depthwiseWeights(const DepthwiseShape& shape, const float* input, const float* gradient,
                      float* weights);

/// input[...][c] += weights[tap][c] * gradient: the gradient of the padded input.
void depthwiseSpread(const DepthwiseShape& shape, const float* gradient, const float* weights,
                     float* input);

namespace plain {
void depthwise(const DepthwiseShape& shape, const DepthwiseForward& task);
void depthwiseWeights(const DepthwiseShape& shape, const float* input, const float* gradient,
                      float* weights);
void depthwiseSpread(const DepthwiseShape& shape, const float* gradient, const float* weights,
                     float* input);
}  // namespace plain

}  // namespace learning
