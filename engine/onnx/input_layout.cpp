// SPDX-License-Identifier: GPL-3.0-or-later
#include "onnx/input_layout.h"

#include <deque>
#include <set>

namespace onnx {
namespace {

const std::set<std::string>& imageOperators() {
    static const std::set<std::string> operators = {"Conv",
                                                    "ConvTranspose",
                                                    "MaxPool",
                                                    "AveragePool",
                                                    "GlobalAveragePool",
                                                    "GlobalMaxPool",
                                                    "BatchNormalization",
                                                    "DepthToSpace",
                                                    "SpaceToDepth",
                                                    "Resize",
                                                    "Upsample",
                                                    "InstanceNormalization"};
    return operators;
}

/// The result has the axes of the operand.
const std::set<std::string>& passingOperators() {
    static const std::set<std::string> operators = {"QuantizeLinear",
                                                    "DequantizeLinear",
                                                    "Cast",
                                                    "Identity",
                                                    "Dropout",
                                                    "Relu",
                                                    "Clip",
                                                    "LeakyRelu",
                                                    "PRelu",
                                                    "Sigmoid",
                                                    "Tanh",
                                                    "Add",
                                                    "Sub",
                                                    "Mul",
                                                    "Div",
                                                    "Pad",
                                                    "Concat",
                                                    "Slice",
                                                    "Split"};
    return operators;
}

}  // namespace

InputLayout::InputLayout(const OnnxNetwork& network) {
    for (const Node& node : network.nodes)
        for (const std::string& name : node.inputs)
            m_readers[name].push_back(&node);
}

AxisOrder InputLayout::orderOf(const Port& port) const {
    const size_t rank = port.shape.size();
    std::deque<std::string> open{port.name};
    std::set<std::string> seen{port.name};
    while (rank >= 3 && !open.empty()) {
        const auto readers = m_readers.find(open.front());
        open.pop_front();
        if (readers == m_readers.end()) continue;
        for (const Node* node : readers->second) {
            if (imageOperators().contains(node->op)) return channelsLast(rank);
            if (!passingOperators().contains(node->op)) continue;
            for (const std::string& output : node->outputs)
                if (seen.insert(output).second) open.push_back(output);
        }
    }
    return identityOrder(rank);
}

}  // namespace onnx
