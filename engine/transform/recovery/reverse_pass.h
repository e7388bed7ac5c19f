// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Gradients by reverse-mode differentiation: given what every activation held in one run and the
// gradient of some number with respect to the model's scores, the gradient with respect to every
// activation before them. Rules exist for the operators of convolutional networks
// (derivative_rules.h); through any other nothing flows, and it is named.
//
// Quantized models are differentiated as the real functions that their codes stand for: rounding
// counts as the identity.

#include <optional>
#include <vector>

#include "types/graph.h"

namespace transform {

/// Real values by tensor index; empty where there are none.
using TensorValues = std::vector<std::vector<float>>;

/// The tensors that a model's outputs are judged by: what enters a softmax that ends the model,
/// since its saturation hides how far the scores moved; else the outputs themselves.
std::vector<int32_t> scoreTensors(const types::Graph& graph);

class ReversePass {
public:
    explicit ReversePass(const types::Graph& graph);

    /// Last operator through which nothing flows although its outputs matter to the scores.
    std::optional<size_t> barrier() const { return m_barrier; }

    /// `values` of all activations; `gradients` holds those of the scores and gets all others.
    void run(const TensorValues& values, TensorValues& gradients) const;

private:
    const types::Graph& m_graph;
    TensorValues m_constants;  ///< real values, once
    std::optional<size_t> m_barrier;
};

}  // namespace transform
