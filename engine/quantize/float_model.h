// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// FloatModel: the one variant that quantization starts from. Whatever precision a model came in,
// toFloat() gives a float32 graph that computes the same real function but for rounding, and keeps
// beside it how each tensor was stored, so that layers that shall stay as they were get the very
// same codes and scales back.

#include <vector>

#include "types/graph.h"
#include "types/result.h"

namespace quantize {

/// How a tensor was stored; without a scale where it was no quantized number.
struct StoredAs {
    types::DataType type = types::DataType::Float32;
    types::Quantization quantization;

    bool quantized() const { return type != types::DataType::Float32 && quantization.present(); }
};

struct FloatModel {
    types::Graph graph;
    std::vector<StoredAs> stored;                          ///< per tensor
    std::vector<types::DataType> inputTypes, outputTypes;  ///< of the model as it came

    /// True for numbers that quantization is about: float32 here; indices, shapes and truth values
    /// are not.
    bool isReal(int32_t tensor) const {
        return tensor >= 0 && graph.tensor(tensor).type == types::DataType::Float32;
    }
    bool isActivation(int32_t tensor) const {
        return isReal(tensor) && !graph.isConstant(tensor) && !graph.tensor(tensor).isVariable;
    }
};

/// Integer activations, weights, biases and states become float32; QUANTIZE and DEQUANTIZE vanish.
/// Tensors keep their index; those that nothing uses any more stay in the list, without data.
FloatModel toFloat(const types::Graph& graph);

}  // namespace quantize
