// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the reverse pass: how each operator propagates the gradient of its output to its
// inputs.

#include <vector>

#include "types/graph.h"

namespace transform {

/// One operator during a reverse pass. Values and gradients are row-major.
struct Derivative {
    const types::Graph& graph;
    size_t index;
    const std::vector<std::vector<float>>& values;  ///< by tensor, constants included
    std::vector<std::vector<float>>& gradients;     ///< by tensor

    const types::Op& op() const { return graph.ops[index]; }
    const types::Shape& shape(int32_t tensor) const { return graph.tensor(tensor).shape; }
    const std::vector<float>& value(int32_t tensor) const {
        return values[static_cast<size_t>(tensor)];
    }
    /// Gradient of output 0, not empty.
    const std::vector<float>& outer() const {
        return gradients[static_cast<size_t>(op().output(0))];
    }
    /// Returns the gradient of an input, to be added to; allocates it at first use.
    std::vector<float>& inner(size_t operand) const;
};

using DerivativeRule = void (*)(const Derivative&);

/// Returns null where there is no rule.
DerivativeRule derivativeRule(const types::Graph& graph, size_t op);

/// Returns the gradient before the fused activation, from the gradient and the values behind it.
std::vector<float> beforeActivation(types::Activation activation,
                                    const std::vector<float>& gradient,
                                    const std::vector<float>& values);

/// Rules of convolutions, matrix products and pools; null for other operators.
DerivativeRule layerDerivativeRule(const types::Graph& graph, size_t op);

}  // namespace transform
