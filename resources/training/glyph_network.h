// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The network of the bundled example: a small depthwise separable ConvNet in the manner of DS-CNN
// (Zhang et al. 2017), trained by Adam on the cross entropy, and written as a .tflite graph with
// its normalizations folded into the convolutions.

#include <functional>

#include "glyphs.h"
#include "trained_layer.h"
#include "types/graph.h"
#include "types/result.h"

namespace training {

class GlyphNetwork {
public:
    explicit GlyphNetwork(uint64_t seed);

    /// One pass over the glyphs in an order of its own; gives the mean loss.
    double train(const std::vector<Glyph>& glyphs, float rate);
    /// Share of glyphs whose class is the first choice.
    double accuracy(const std::vector<Glyph>& glyphs);
    types::Result<types::GraphPtr> graph(const std::string& name) const;

private:
    struct Block {
        ConvolutionLayer::Form form;
        ConvolutionLayer convolution;
        NormalizationLayer normalization;
    };
    Batch forward(const std::vector<const Glyph*>& glyphs, bool training);
    double learn(const std::vector<const Glyph*>& glyphs, float rate);

    zoo::RandomWeights m_random;
    std::vector<Block> m_blocks;
    ReadoutLayer m_readout;
    int32_t m_time = 0;  ///< steps of Adam so far
};

}  // namespace training
