// SPDX-License-Identifier: GPL-3.0-or-later
#include "onnx/weighted_layer.h"

namespace onnx {

using types::DataType;

LayerType layerType(Conversion& c, const Node& node, size_t channelAxis) {
    LayerType type;
    const OnnxValue &input = c.input(node, 0), &weights = c.input(node, 1);
    require(weights.constant.has_value(), node, "computes its weights at run time");
    const auto scale = input.constant ? std::nullopt : c.scaleOf(input.view);
    const auto codes = weights.codes ? symmetricCodes(*weights.codes, channelAxis) : std::nullopt;
    const bool isBiasKnown = !node.hasInput(2) || c.input(node, 2).constant.has_value();
    const bool isInteger = scale && codes && isBiasKnown;
    type.tail = c.tailOf(node, true, isInteger);
    if (isInteger && type.tail.scale && type.tail.scale->type == scale->type) {
        type.input = scale;
        type.weights = codes;
        return type;
    }
    type.tail = c.tailOf(node, true, false);
    return type;
}

int32_t addWeights(Conversion& c, const Node& node, const LayerType& type, int32_t axis,
                   const std::function<ConstantArray(const ConstantArray&)>& arrange) {
    const std::string& name = node.inputs[1];
    if (!type.weights)
        return c.addConstant(name, arrange(*c.input(node, 1).constant), DataType::Float32);
    types::Quantization quantization = type.weights->quantization;
    quantization.axis = axis;
    const ConstantArray array = arrange(type.weights->array);
    return c.addConstant(name, array, array.type, std::move(quantization));
}

int32_t addBias(Conversion& c, const Node& node, const LayerType& type, size_t input,
                int32_t channels, double factor) {
    OnnxValue bias{DataType::Float32, {channels}, {}, {}, {}};
    const bool isGiven = node.hasInput(input);
    if (isGiven) {
        bias = c.input(node, input);
        require(bias.constant.has_value(), node, "computes its bias at run time");
        const int64_t count = bias.constant->elements();
        require(count == channels || count == 1, node,
                "has " + std::to_string(count) + " biases for " + std::to_string(channels) +
                    " channels");
        if (count != channels || factor != 1) {
            std::vector<double> values(static_cast<size_t>(channels), bias.constant->at(0));
            if (count == channels) values = *bias.constant->values;
            for (double& value : values)
                value *= factor;
            bias.codes.reset();
            bias.constant = makeArray(DataType::Float32, {channels}, std::move(values));
        }
    } else {
        bias.constant = makeArray(DataType::Float32, {channels},
                                  std::vector<double>(static_cast<size_t>(channels), 0.0));
    }
    bias.constant = reshaped(*bias.constant, {channels});
    const std::string name = isGiven ? node.inputs[input] : node.outputs[0] + "/bias";
    if (!type.weights) return c.addConstant(name, *bias.constant, DataType::Float32);
    const DataType sums = type.input->type == DataType::Int16 ? DataType::Int64 : DataType::Int32;
    const ConstantCodes codes =
        biasCodes(bias, type.input->scale, type.weights->quantization.scale, sums);
    return c.addConstant(name, codes.array, sums, codes.quantization);
}

}  // namespace onnx
