// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the room: weights and bias of a layer, as integers where the model has them.

#include <functional>

#include "onnx/conversion.h"
#include "onnx/quantization.h"

namespace onnx {

/// How a layer is computed.
struct LayerType {
    std::optional<ActivationScale> input;  ///< set: with integers
    std::optional<ConstantCodes> weights;  ///< likewise
    Tail tail;
};

/// Decides by the node's first two inputs and by what follows it. `channelAxis`: of the weights as
/// stored in the model.
LayerType layerType(Conversion& c, const Node& node, size_t channelAxis);

/// The weights as a constant tensor; `arrange` brings them into TFLite's layout, where output
/// channels lie along `axis`.
int32_t addWeights(Conversion& c, const Node& node, const LayerType& type, int32_t axis,
                   const std::function<ConstantArray(const ConstantArray&)>& arrange);
/// Bias `input` of the node times `factor`; zeros where it has none.
int32_t addBias(Conversion& c, const Node& node, const LayerType& type, size_t input,
                int32_t channels, double factor = 1);

}  // namespace onnx
