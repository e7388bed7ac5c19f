// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DnnlModel: forward and backward pass of a convolutional float model with oneDNN, to compare our
// training with: CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED, AVERAGE_POOL_2D, ADD and RESHAPE, on
// blocked layouts of oneDNN's choice. Weights stay in its layout and are not updated.

#include <memory>

#include "types/graph.h"

namespace bench {

class DnnlModel {
public:
    /// Stops before a softmax. Requires a graph of the operators above; exceptions of oneDNN leave.
    DnnlModel(const types::Graph& graph, int batch);
    ~DnnlModel();

    /// Computes the outputs, and from fixed gradients of them those of all weights and biases.
    void step();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace bench
