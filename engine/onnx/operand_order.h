// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the room: operands of one operator in one order of axes, so that they broadcast in
// memory as they do in the model.

#include "onnx/conversion.h"

namespace onnx {

class OperandOrder {
public:
    /// `out`: the shape to which all inputs of the node broadcast. Takes the order that the largest
    /// of them has in memory.
    OperandOrder(Conversion& conversion, const Node& node, types::Shape out);

    const AxisOrder& axes() const { return m_axes; }
    /// Input `i` as a tensor in this order: codes of `type`, else real numbers.
    int32_t operand(size_t i, std::optional<types::DataType> type) const;

private:
    int32_t constantOperand(size_t i, std::optional<types::DataType> type) const;
    types::Shape fullRank(const types::Shape& shape) const;

    Conversion& m_conversion;
    const Node& m_node;
    types::Shape m_out;
    AxisOrder m_axes;
};

}  // namespace onnx
