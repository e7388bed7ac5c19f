// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// FloatModel: the starting point of quantization. toFloat() converts a model of any precision to a
// float32 graph with the same real function, up to rounding, and records how each tensor was
// stored, so that layers that stay as stored get exactly the same codes and scales back.

#include <vector>

#include "types/graph.h"
#include "types/result.h"

namespace quantize {

/// How a tensor was stored; without a scale where it was not quantized.
struct StoredAs {
    types::DataType type = types::DataType::Float32;
    types::Quantization quantization;

    bool quantized() const { return type != types::DataType::Float32 && quantization.present(); }
};

struct FloatModel {
    types::Graph graph;
    std::vector<StoredAs> stored;                          ///< per tensor
    std::vector<types::DataType> inputTypes, outputTypes;  ///< of the original model

    /// True for tensors that quantization concerns: float32 here; false for indices, shapes and
    /// booleans.
    bool isReal(int32_t tensor) const {
        return tensor >= 0 && graph.tensor(tensor).type == types::DataType::Float32;
    }
    bool isActivation(int32_t tensor) const {
        return isReal(tensor) && !graph.isConstant(tensor) && !graph.tensor(tensor).isVariable;
    }
};

/// Converts integer activations, weights, biases and states to float32 and removes QUANTIZE and
/// DEQUANTIZE. Tensors keep their index; unused ones stay in the list, without data.
FloatModel toFloat(const types::Graph& graph);

}  // namespace quantize
