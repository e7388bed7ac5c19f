// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/shapes.h"

#include <algorithm>

#include "analysis/constants.h"
#include "analysis/shape_rules.h"

namespace analysis {
namespace {

using types::elementCount;
using types::OpKind;
using types::Shape;
using types::shapeText;

Shapes sameAsInput(const OpShapes& view) {
    if (!view.hasInput(0)) return broken("needs an input");
    return std::vector<Shape>{view.shape(0)};
}

Shapes broadcastInputs(const OpShapes& view) {
    if (view.inputCount() < 2) return broken("needs two inputs");
    Shape result;
    for (size_t i = 0; i < view.inputCount(); ++i) {
        if (!view.hasInput(i)) return broken("needs all of its inputs");
        const auto joined = broadcast(result, view.shape(i));
        if (!joined)
            return broken("input shapes " + shapeText(result) + " and " + shapeText(view.shape(i)) +
                          " do not broadcast");
        result = *joined;
    }
    return std::vector<Shape>{result};
}

/// Inputs that are not data (gate weights, state) are the kernel's to check.
Shapes sequenceLstm(const OpShapes& view) {
    const auto* o = view.options<types::LstmOptions>();
    constexpr size_t kOutputState = 18;
    if (!o || view.inputCount() <= kOutputState || !view.hasInput(0) ||
        !view.hasInput(kOutputState))
        return broken("needs options and 20 or 24 inputs");
    const Shape &in = view.shape(0), &state = view.shape(kOutputState);
    if (in.size() != 3 || state.empty()) return broken("needs a 3-D input and an output state");
    return std::vector<Shape>{{in[0], in[1], state.back()}};
}

ShapeRule elementwiseRule(OpKind kind) {
    switch (kind) {
        case OpKind::ABS:
        case OpKind::CEIL:
        case OpKind::COS:
        case OpKind::ELU:
        case OpKind::EXP:
        case OpKind::FLOOR:
        case OpKind::GELU:
        case OpKind::HARD_SWISH:
        case OpKind::LEAKY_RELU:
        case OpKind::LOG:
        case OpKind::LOGISTIC:
        case OpKind::LOGICAL_NOT:
        case OpKind::NEG:
        case OpKind::QUANTIZE:
        case OpKind::DEQUANTIZE:
        case OpKind::CAST:
        case OpKind::RELU:
        case OpKind::RELU6:
        case OpKind::RELU_N1_TO_1:
        case OpKind::RELU_0_TO_1:
        case OpKind::ROUND:
        case OpKind::RSQRT:
        case OpKind::SIN:
        case OpKind::SIGN:
        case OpKind::SOFTMAX:
        case OpKind::LOG_SOFTMAX:
        case OpKind::SQRT:
        case OpKind::SQUARE:
        case OpKind::TANH:
        case OpKind::L2_NORMALIZATION:
        case OpKind::ZEROS_LIKE:
        case OpKind::CUMSUM:
        case OpKind::PRELU:
        case OpKind::REVERSE_V2:
        case OpKind::DYNAMIC_UPDATE_SLICE:
            return sameAsInput;
        case OpKind::ADD:
        case OpKind::SUB:
        case OpKind::MUL:
        case OpKind::DIV:
        case OpKind::ADD_N:
        case OpKind::MAXIMUM:
        case OpKind::MINIMUM:
        case OpKind::SQUARED_DIFFERENCE:
        case OpKind::FLOOR_DIV:
        case OpKind::FLOOR_MOD:
        case OpKind::POW:
        case OpKind::EQUAL:
        case OpKind::NOT_EQUAL:
        case OpKind::LESS:
        case OpKind::LESS_EQUAL:
        case OpKind::GREATER:
        case OpKind::GREATER_EQUAL:
        case OpKind::LOGICAL_AND:
        case OpKind::LOGICAL_OR:
        case OpKind::SELECT_V2:
        case OpKind::BITWISE_XOR:
            return broadcastInputs;
        case OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM:
            return sequenceLstm;
        default:
            return nullptr;
    }
}

}  // namespace

std::optional<std::vector<int64_t>> OpShapes::ints(size_t i) const {
    return constantInts(graph, op.input(i));
}

std::vector<Shape> OpShapes::declared() const {
    std::vector<Shape> shapes;
    for (int32_t output : op.outputs)
        shapes.push_back(graph.tensor(output).shape);
    return shapes;
}

tl::unexpected<types::Error> broken(std::string what) {
    return types::fail(std::move(what));
}

std::optional<size_t> axisOf(int64_t axis, size_t rank) {
    const auto signedRank = static_cast<int64_t>(rank);
    if (axis < -signedRank || axis >= signedRank) return std::nullopt;
    return static_cast<size_t>(axis < 0 ? axis + signedRank : axis);
}

std::optional<Shape> broadcast(const Shape& a, const Shape& b) {
    const Shape &longer = a.size() >= b.size() ? a : b, &shorter = a.size() >= b.size() ? b : a;
    Shape result = longer;
    const size_t lead = longer.size() - shorter.size();
    for (size_t i = 0; i < shorter.size(); ++i) {
        int32_t& dimension = result[lead + i];
        if (dimension == shorter[i] || shorter[i] == 1) continue;
        if (dimension != 1) return std::nullopt;
        dimension = shorter[i];
    }
    return result;
}

WindowExtent windowExtent(types::Padding padding, int32_t input, int32_t filter, int32_t stride,
                          int32_t dilation) {
    const int64_t reach = (int64_t{filter} - 1) * dilation + 1;
    const int64_t covered = padding == types::Padding::Same ? input : int64_t{input} - reach + 1;
    if (covered <= 0) return {};
    const int64_t output = (covered + stride - 1) / stride;
    const int64_t total = std::max<int64_t>(0, (output - 1) * stride + reach - input);
    return {static_cast<int32_t>(output), static_cast<int32_t>(total / 2)};
}

bool hasOpenShape(const types::Tensor& tensor) {
    const Shape& signature = tensor.shapeSignature;
    return std::count(signature.begin() + (signature.empty() ? 0 : 1), signature.end(), -1) > 0;
}

types::Result<std::vector<Shape>> inferOutputShapes(const types::Graph& graph,
                                                    const types::Op& op) {
    const OpShapes view{graph, op};
    for (auto family : {elementwiseRule, windowRule, dataMovementRule, indexRule})
        if (ShapeRule rule = family(op.kind)) return rule(view);
    return view.declared();
}

}  // namespace analysis
