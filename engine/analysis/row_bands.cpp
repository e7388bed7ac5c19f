// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/row_bands.h"

#include "analysis/constants.h"
#include "analysis/shapes.h"
#include "types/op_traits.h"

namespace analysis {
namespace {

using types::Graph;
using types::Op;
using types::OpKind;
using types::OpPattern;
using types::Tensor;

/// An image whose rows are whole bytes.
bool isImage(const Tensor& tensor) {
    return tensor.shape.size() == 4 && tensor.shape[0] == 1 && tensor.elements() > 0 &&
           types::bytesOf(tensor.type, 1) * tensor.elements() == tensor.bytes() &&
           !tensor.isVariable && !hasOpenShape(tensor);
}

/// Length along the rows of an operand that is broadcast to an image.
int32_t broadcastRows(const Tensor& tensor) {
    const size_t rank = tensor.shape.size();
    return rank < 3 ? 1 : tensor.shape[rank - 3];
}

bool areConstant(const Graph& graph, const Op& op, size_t from) {
    for (size_t i = from; i < op.inputs.size(); ++i)
        if (op.inputs[i] >= 0 && !graph.isConstant(op.inputs[i])) return false;
    return true;
}

std::optional<RowRule> rowsOfWindow(const Graph& graph, const Op& op) {
    const auto* o = std::get_if<types::WindowOptions>(&op.options);
    if (o == nullptr || !areConstant(graph, op, 1)) return std::nullopt;
    const Tensor& input = graph.tensor(op.inputs[0]);
    const bool isPool = op.inputs.size() == 1;
    if (!isImage(input) || (!isPool && graph.tensor(op.inputs[1]).shape.size() != 4))
        return std::nullopt;
    const int32_t filter = isPool ? o->filterHeight : graph.tensor(op.inputs[1]).shape[1];
    RowRule rule;
    rule.stride = o->strideHeight;
    rule.reach = (filter - 1) * o->dilationHeight + 1;
    rule.padding =
        windowExtent(o->padding, input.shape[1], filter, o->strideHeight, o->dilationHeight)
            .paddingBefore;
    rule.inputs = {0};
    return rule;
}

std::optional<RowRule> padRule(const Graph& graph, const Op& op) {
    const auto paddings = constantInts(graph, op.input(1));
    if (!paddings || paddings->size() != 8 || (*paddings)[0] != 0 || (*paddings)[1] != 0)
        return std::nullopt;
    if (!isImage(graph.tensor(op.inputs[0]))) return std::nullopt;
    RowRule rule;
    rule.padding = static_cast<int32_t>((*paddings)[2]);
    rule.inputs = {0};
    return rule;
}

/// Operands that are images of the output's rows are read by rows; others must be broadcast along
/// them.
std::optional<RowRule> alignedRule(const Graph& graph, const Op& op, size_t operands) {
    const int32_t rows = graph.tensor(op.outputs[0]).shape[1];
    RowRule rule;
    for (size_t i = 0; i < operands; ++i) {
        if (op.inputs[i] < 0) continue;
        const Tensor& tensor = graph.tensor(op.inputs[i]);
        if (broadcastRows(tensor) == 1) continue;
        if (graph.isConstant(op.inputs[i]) || !isImage(tensor) || tensor.shape[1] != rows)
            return std::nullopt;
        rule.inputs.push_back(i);
    }
    if (rule.inputs.empty()) return std::nullopt;
    return rule;
}

std::optional<RowRule> concatenationRule(const Graph& graph, const Op& op) {
    const auto* o = std::get_if<types::ConcatenationOptions>(&op.options);
    if (o == nullptr || o->axis == 0 || o->axis == 1 || o->axis == -3 || o->axis == -4)
        return std::nullopt;
    auto rule = alignedRule(graph, op, op.inputs.size());
    if (!rule || rule->inputs.size() != op.inputs.size()) return std::nullopt;
    return rule;
}

}  // namespace

std::optional<RowRule> rowRule(const Graph& graph, const Op& op) {
    if (op.outputs.size() != 1 || op.input(0) < 0 || !isImage(graph.tensor(op.outputs[0])))
        return std::nullopt;
    if (graph.isConstant(op.outputs[0]) || graph.tensor(op.outputs[0]).shape[1] < 2)
        return std::nullopt;
    switch (op.kind) {
        case OpKind::CONV_2D:
        case OpKind::DEPTHWISE_CONV_2D:
        case OpKind::AVERAGE_POOL_2D:
        case OpKind::MAX_POOL_2D:
        case OpKind::L2_POOL_2D:
            return rowsOfWindow(graph, op);
        case OpKind::PAD:
        case OpKind::PADV2:
            return padRule(graph, op);
        case OpKind::CONCATENATION:
            return concatenationRule(graph, op);
        case OpKind::ZEROS_LIKE:
            return std::nullopt;
        default:
            break;
    }
    switch (types::opTraits(op.kind).pattern) {
        case OpPattern::ElementWise:
        case OpPattern::LastAxis:
            return alignedRule(graph, op, 1);
        case OpPattern::Broadcast:
            return alignedRule(graph, op, op.inputs.size());
        default:
            return std::nullopt;
    }
}

int64_t rowBytes(const Tensor& tensor) {
    return tensor.bytes() / tensor.shape[1];
}

}  // namespace analysis
