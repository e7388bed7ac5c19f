// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Centring: the coordinates in which the Optimizer steps. A layer y = W x + b whose input has a
// mean m far from zero ties W to b: every step of W moves all of y. In the coordinates W and c = b
// + W m, those of the layer (x - m) W + c, it does not. Together with steps that are relative to
// each output channel's weights this has what batch normalization does for training (its parameters
// are scale and mean of every channel), while the layer stays folded as it is stored. Source:
// Desjardins et al. 2015, "Natural neural networks", section 3 (centred inputs alone).

#include <vector>

#include "learning/network.h"

namespace learning {

/// A layer with an own slice of weights for each output channel.
struct CentredLayer {
    int32_t input = -1, weights = -1;  ///< tensors
    int32_t bias = -1;                 ///< -1: none, and nothing to centre
    size_t channels = 1;               ///< outputs
    size_t inner = 1;  ///< distance of neighbouring elements of the channel axis of the weights
    /// By weight: mean of the input that it multiplies; empty: not measured.
    std::vector<float> means = {};
    float deviation = 1;  ///< of the input

    size_t channelOf(size_t weight) const { return weight / inner % channels; }
};

/// Convolutions, depthwise convolutions and dense layers whose weights no other operator reads.
std::vector<CentredLayer> centredLayers(const types::Graph& graph);

/// Sums over the inputs of layers in several batches.
class InputMeans {
public:
    InputMeans(const types::Graph& graph, std::vector<CentredLayer> layers);

    /// Adds what the last forward() of the network has computed.
    void add(const Network& network);
    /// Sets means and deviations of the layers whose inputs were seen.
    std::vector<CentredLayer> finish();

private:
    struct Sums {
        std::vector<double> values;  ///< by channel of the input
        double squares = 0, count = 0;
    };
    void setMeans(CentredLayer& layer, const Sums& sums) const;

    const types::Graph& m_graph;
    std::vector<CentredLayer> m_layers;
    std::vector<Sums> m_sums;
};

}  // namespace learning
