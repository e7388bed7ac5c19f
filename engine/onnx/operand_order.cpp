// SPDX-License-Identifier: GPL-3.0-or-later
#include "onnx/operand_order.h"

#include "onnx/quantization.h"

namespace onnx {

using types::DataType;
using types::Shape;

OperandOrder::OperandOrder(Conversion& conversion, const Node& node, Shape out)
    : m_conversion(conversion), m_node(node), m_out(std::move(out)) {
    m_axes = identityOrder(m_out.size());
    int64_t largest = 0;
    for (size_t i = 0; i < node.inputs.size(); ++i) {
        if (!node.hasInput(i)) continue;
        const OnnxValue& value = conversion.input(node, i);
        const bool decides = !value.constant && value.shape.size() == m_out.size() &&
                             value.view.isPlain() && types::elementCount(value.shape) > largest;
        if (!decides) continue;
        m_axes = value.view.order;
        largest = types::elementCount(value.shape);
    }
}

Shape OperandOrder::fullRank(const Shape& shape) const {
    Shape full(m_out.size() - shape.size(), 1);
    full.insert(full.end(), shape.begin(), shape.end());
    return full;
}

int32_t OperandOrder::operand(size_t i, std::optional<DataType> type) const {
    if (m_conversion.input(m_node, i).constant) return constantOperand(i, type);
    View view = m_conversion.numbers(m_node, i);
    if (!type) view = m_conversion.real(view);
    return m_conversion.materialized(reshapedView(view, fullRank(view.shape)), m_axes);
}

int32_t OperandOrder::constantOperand(size_t i, std::optional<DataType> type) const {
    const OnnxValue& value = m_conversion.input(m_node, i);
    const auto arranged = [&](const ConstantArray& array) {
        if (array.elements() == 1) return reshaped(array, {1});
        return transposed(reshaped(array, fullRank(array.shape)), m_axes);
    };
    const std::string& name = m_node.inputs[i];
    if (type) {
        const ConstantCodes codes = *operandCodes(value, *type);
        return m_conversion.addConstant(name, arranged(codes.array), *type, codes.quantization);
    }
    return m_conversion.addConstant(name, arranged(*value.constant), value.type);
}

}  // namespace onnx
