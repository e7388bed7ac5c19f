// SPDX-License-Identifier: GPL-3.0-or-later
// Operators of several operands, element by element with broadcasting.
#include <algorithm>

#include "onnx/operand_order.h"
#include "onnx/operators.h"
#include "onnx/quantization.h"

namespace onnx {
namespace {

using types::DataType;
using types::OpKind;
using types::Shape;

struct BinaryKind {
    const char* op;
    OpKind kind;
    bool isComparison, hasActivation, onCodes;
};

constexpr BinaryKind kBinaryKinds[] = {
    {"Add", OpKind::ADD, false, true, true},
    {"Sub", OpKind::SUB, false, true, true},
    {"Mul", OpKind::MUL, false, true, true},
    {"Div", OpKind::DIV, false, true, true},
    {"PRelu", OpKind::PRELU, false, false, true},
    {"Min", OpKind::MINIMUM, false, false, false},
    {"Max", OpKind::MAXIMUM, false, false, false},
    {"Equal", OpKind::EQUAL, true, false, false},
    {"Greater", OpKind::GREATER, true, false, false},
    {"GreaterOrEqual", OpKind::GREATER_EQUAL, true, false, false},
    {"Less", OpKind::LESS, true, false, false},
    {"LessOrEqual", OpKind::LESS_EQUAL, true, false, false},
    {"And", OpKind::LOGICAL_AND, true, false, false},
    {"Or", OpKind::LOGICAL_OR, true, false, false},
    {"Sum", OpKind::ADD, false, true, true},
};

const BinaryKind* binaryKindOf(const std::string& op) {
    const auto* kind =
        std::ranges::find_if(kBinaryKinds, [&](const auto& k) { return op == k.op; });
    return kind == std::end(kBinaryKinds) ? nullptr : kind;
}

/// The type in which an operator runs on codes; nothing where an operand has none.
std::optional<DataType> codeType(Conversion& c, const Node& node) {
    std::optional<DataType> type;
    for (size_t i = 0; i < 2; ++i) {
        const OnnxValue& value = c.input(node, i);
        if (value.constant) continue;
        const auto scale = c.scaleOf(value.view);
        if (!scale || (type && *type != scale->type)) return std::nullopt;
        type = scale->type;
    }
    for (size_t i = 0; type && i < 2; ++i)
        if (c.input(node, i).constant && !operandCodes(c.input(node, i), *type))
            return std::nullopt;
    return type;
}

types::OpOptions binaryOptionsOf(const BinaryKind& kind, types::Activation activation) {
    if (!kind.hasActivation) return {};
    return types::ArithmeticOptions{activation, false};
}

void convertBinary(Conversion& c, const Node& node) {
    const BinaryKind& kind = *binaryKindOf(node.op);
    require(node.inputs.size() == 2 && node.hasInput(1), node, "has other than two inputs");
    const Shape out = broadcastShape(node, c.input(node, 0).shape, c.input(node, 1).shape);
    const auto type = kind.onCodes ? codeType(c, node) : std::nullopt;
    Tail tail = c.tailOf(node, kind.hasActivation, type.has_value());
    const bool isInteger = type && tail.scale && tail.scale->type == *type;
    if (!isInteger) tail = c.tailOf(node, kind.hasActivation, false);
    const OperandOrder order(c, node, out);
    std::vector<int32_t> operands;
    for (size_t i = 0; i < 2; ++i)
        operands.push_back(order.operand(i, isInteger ? type : std::nullopt));
    const DataType first = c.tensor(operands[0]).type;
    const DataType second = c.tensor(operands[1]).type;
    require(
        first == second, node,
        "has operands of " + types::dataTypeName(first) + " and " + types::dataTypeName(second));
    const Shape shape = ordered(out, order.axes());
    const int32_t result =
        isInteger ? c.addScaled(tail.name, shape, tail.scale)
                  : c.addTensor(tail.name, kind.isComparison ? DataType::Bool : first, shape);
    c.emit(kind.kind, operands, {result}, binaryOptionsOf(kind, tail.activation));
    if (!isInteger) tail.type = kind.isComparison ? DataType::Bool : c.input(node, 0).type;
    c.finish(tail, viewOf(result, out, order.axes()));
}

/// Sum, Min and Max of one or more inputs: as a chain.
void convertMany(Conversion& c, const Node& node) {
    if (node.inputs.size() == 2) return convertBinary(c, node);
    if (node.inputs.size() == 1) {
        c.give(node.outputs[0], c.input(node, 0));
        return;
    }
    std::string sum = node.inputs[0];
    for (size_t i = 1; i < node.inputs.size(); ++i) {
        Node step = node;
        step.inputs = {sum, node.inputs[i]};
        const bool isLast = i + 1 == node.inputs.size();
        step.outputs = {isLast ? node.outputs[0] : node.outputs[0] + "/" + std::to_string(i)};
        convertBinary(c, step);
        sum = step.outputs[0];
    }
}

/// x * x, square roots; other powers have no kernel.
void convertPow(Conversion& c, const Node& node) {
    const OnnxValue& exponent = c.input(node, 1);
    require(exponent.constant && exponent.constant->elements() == 1, node,
            "has an exponent that is no constant number");
    View view = c.real(c.numbers(node, 0));
    const double power = exponent.constant->at(0);
    require(power == 1.0 || power == 2.0 || power == 0.5, node,
            "has an exponent other than 0.5, 1 or 2");
    if (power != 1.0) {
        const int32_t result =
            c.addTensorLike(node.outputs[0], view.tensor, c.tensor(view.tensor).shape);
        c.emit(power == 2.0 ? OpKind::SQUARE : OpKind::SQRT, {view.tensor}, {result});
        view.tensor = result;
    }
    c.give(node, view, DataType::Float32);
}

void convertWhere(Conversion& c, const Node& node) {
    require(node.inputs.size() == 3, node, "has other than three inputs");
    Shape out;
    for (size_t i = 0; i < 3; ++i)
        out = broadcastShape(node, out, c.input(node, i).shape);
    const OperandOrder order(c, node, out);
    std::vector<int32_t> operands;
    for (size_t i = 0; i < 3; ++i)
        operands.push_back(order.operand(i, std::nullopt));
    const int32_t result =
        c.addTensor(node.outputs[0], c.tensor(operands[1]).type, ordered(out, order.axes()));
    c.emit(OpKind::SELECT_V2, operands, {result});
    c.give(node, viewOf(result, out, order.axes()), c.input(node, 1).type);
}

}  // namespace

Converter binaryConverter(const std::string& op) {
    if (op == "Pow") return convertPow;
    if (op == "Where") return convertWhere;
    if (op == "Sum" || op == "Min" || op == "Max") return convertMany;
    return binaryKindOf(op) != nullptr ? convertBinary : nullptr;
}

}  // namespace onnx
