// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Gradients by reverse-mode differentiation: computes the gradient with respect to every
// activation, from the values of one run and the gradient of some number with respect to the
// model's scores. Rules exist for the operators of convolutional networks (derivative_rules.h);
// other operators block gradients, and barrier() returns them.
//
// Quantized models are differentiated as real functions of their codes' values: rounding counts as
// the identity.

#include <optional>
#include <vector>

#include "types/graph.h"

namespace transform {

/// Real values by tensor index; empty where there are none.
using TensorValues = std::vector<std::vector<float>>;

/// Returns the tensors that measure a model's outputs: the input of a softmax that ends the model,
/// whose saturation would hide changes of the scores; else the outputs.
std::vector<int32_t> scoreTensors(const types::Graph& graph);

class ReversePass {
public:
    explicit ReversePass(const types::Graph& graph);

    /// Returns the last operator that blocks gradients although its outputs affect the scores.
    std::optional<size_t> barrier() const { return m_barrier; }

    /// `values`: of all activations; `gradients`: contains those of the scores and receives all
    /// others.
    void run(const TensorValues& values, TensorValues& gradients) const;

private:
    const types::Graph& m_graph;
    TensorValues m_constants;  ///< converted to real values once
    std::optional<size_t> m_barrier;
};

}  // namespace transform
