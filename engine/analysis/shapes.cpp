// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/shapes.h"

#include <algorithm>

#include "analysis/constants.h"
#include "analysis/shape_rules.h"
#include "types/op_traits.h"

namespace analysis {
namespace {

using types::elementCount;
using types::OpKind;
using types::OpPattern;
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

/// Kernels check the inputs that are not data (gate weights, state).
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

/// The subgraphs, variables, data or options decide; lowering compares them with what is declared.
Shapes asDeclared(const OpShapes& view) {
    return view.declared();
}

/// Rules by operator class, and for operators that differ from their class.
ShapeRule elementwiseRule(OpKind kind) {
    switch (kind) {
        case OpKind::CUMSUM:
        case OpKind::DYNAMIC_UPDATE_SLICE:
        case OpKind::PRELU:  // the slopes broadcast to the input, never the other way round
        case OpKind::REVERSE_V2:
            return sameAsInput;
        case OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM:
            return sequenceLstm;
        case OpKind::IF:
        case OpKind::WHILE:
        case OpKind::CALL_ONCE:
        case OpKind::VAR_HANDLE:
        case OpKind::READ_VARIABLE:
        case OpKind::ASSIGN_VARIABLE:
        case OpKind::TFLM_DECODE:
        case OpKind::DETECTION_POSTPROCESS:
            return asDeclared;
        default:
            break;
    }
    switch (types::opTraits(kind).pattern) {
        case OpPattern::ElementWise:
        case OpPattern::LastAxis:
            return sameAsInput;
        case OpPattern::Broadcast:
            return broadcastInputs;
        default:
            return nullptr;
    }
}

ShapeRule shapeRule(OpKind kind) {
    for (auto family : {elementwiseRule, windowRule, dataMovementRule, indexRule, signalRule})
        if (ShapeRule rule = family(kind)) return rule;
    return nullptr;
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
    const ShapeRule rule = shapeRule(op.kind);
    return rule != nullptr ? rule(view) : view.declared();
}

bool hasShapeRule(OpKind kind) {
    return shapeRule(kind) != nullptr;
}

}  // namespace analysis
