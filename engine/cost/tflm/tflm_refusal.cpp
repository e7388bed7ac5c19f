// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/tflm/tflm_refusal.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/decode.h"
#include "cost/tflm/tflm_types.h"
#include "types/number_text.h"

namespace cost {
namespace {

using types::DataType;
using types::Graph;
using types::Op;
using types::OpKind;
using types::Quantization;
using types::Shape;
using types::Tensor;

using Reason = std::optional<std::string>;

/// An operator whose operands exist where a rule asks for them.
struct Operands {
    const Graph& graph;
    const Op& op;

    const Tensor* input(size_t i) const {
        return op.input(i) < 0 ? nullptr : &graph.tensor(op.input(i));
    }
    const Tensor* output() const {
        return op.output(0) < 0 ? nullptr : &graph.tensor(op.output(0));
    }
};

double scaleOf(const Tensor& tensor) {
    return tensor.quantization.present() ? static_cast<double>(tensor.quantization.scale[0]) : 0.0;
}

bool sameQuantization(const Tensor& a, const Tensor& b) {
    return scaleOf(a) == scaleOf(b) &&
           a.quantization.firstZeroPoint() == b.quantization.firstZeroPoint();
}

Reason wantsOutput(const Tensor& output, double scale, const char* name, int32_t zeroPoint,
                   double tolerance) {
    const double is = scaleOf(output);
    const int32_t zero = output.quantization.firstZeroPoint();
    if (std::abs(is - scale) > tolerance * scale)
        return std::string("needs output scale ") + name + (tolerance == 0 ? " exactly" : "") +
               ", has " + types::digits(is, 7);
    if (zero != zeroPoint)
        return "needs output zero point " + std::to_string(zeroPoint) + ", has " +
               std::to_string(zero);
    return std::nullopt;
}

Reason softmax(const Operands& o) {
    constexpr double kNear = 0.001;
    const DataType in = o.input(0)->type, out = o.output()->type;
    if (in == DataType::Int8 && out == DataType::Int16)
        return wantsOutput(*o.output(), 1.0 / 65536, "1/65536", -32768, kNear);
    if (in != out) return "its input and output differ in type";
    if (in == DataType::Int8) return wantsOutput(*o.output(), 1.0 / 256, "1/256", -128, 0);
    if (in == DataType::Int16) return wantsOutput(*o.output(), 1.0 / 32768, "1/32768", 0, kNear);
    return std::nullopt;
}

Reason logSoftmax(const Operands& o) {
    if (o.input(0)->type != DataType::Int8) return std::nullopt;
    return wantsOutput(*o.output(), 16.0 / 256, "16/256", 127, 0);
}

Reason logistic(const Operands& o) {
    if (o.input(0)->type == DataType::Int8 && o.output()->quantization.firstZeroPoint() != -128)
        return "needs output zero point -128";
    return std::nullopt;
}

/// Activations and weights as the kernels pair them; float activations with integer weights are a
/// hybrid model.
Reason weightTypes(const Operands& o, size_t data, bool takesInt4) {
    const Tensor *input = o.input(data), *weights = o.input(1);
    if (input == nullptr || weights == nullptr) return std::nullopt;
    const bool isInt8 = weights->type == DataType::Int8;
    const bool isInt4 = weights->type == DataType::Int4 && takesInt4;
    const bool taken = input->type == DataType::Float32 ? weights->type == DataType::Float32
                       : input->type == DataType::Int8  ? isInt8 || isInt4
                                                        : isInt8;
    if (!taken)
        return types::dataTypeName(weights->type) + " weights with " +
               types::dataTypeName(input->type) + " activations" +
               (input->type == DataType::Float32 ? " (a hybrid model)" : "") + " have no kernel";
    if (o.output() != nullptr && o.output()->type != input->type)
        return "its input and output differ in type";
    if (input->type != DataType::Float32 && !weights->quantization.present())
        return "its weights have no scale";
    return std::nullopt;
}

/// The bias of a layer with one scale for all weights must have the product of both scales.
Reason biasScale(const Operands& o) {
    constexpr double kTolerance = 0.02;
    const Tensor *input = o.input(0), *weights = o.input(1), *bias = o.input(2);
    const bool asked = bias != nullptr && input->type != DataType::Float32 &&
                       !weights->quantization.perChannel() && scaleOf(*o.output()) > 0;
    if (!asked) return std::nullopt;
    const double off = std::abs(scaleOf(*input) * scaleOf(*weights) - scaleOf(*bias));
    if (off / scaleOf(*o.output()) <= kTolerance) return std::nullopt;
    return "its bias scale is not the product of input and weight scale";
}

Reason fullyConnected(const Operands& o) {
    if (const Reason reason = weightTypes(o, 0, true)) return reason;
    const Tensor* weights = o.input(1);
    if (weights != nullptr && weights->type == DataType::Int4 && weights->quantization.perChannel())
        return "takes int4 weights with one scale only, not one per channel";
    return weights != nullptr && o.output() != nullptr ? biasScale(o) : std::nullopt;
}

Reason batchMatMul(const Operands& o) {
    const Tensor *left = o.input(0), *right = o.input(1);
    if (right == nullptr || o.output() == nullptr) return std::nullopt;
    if (left->type != right->type || left->type != o.output()->type)
        return types::dataTypeName(left->type) + " by " + types::dataTypeName(right->type) +
               " has no kernel: both matrices and the result must have one type";
    return std::nullopt;
}

Reason concatenation(const Operands& o) {
    constexpr size_t kMostInputs = 10;
    if (o.op.inputs.size() > kMostInputs)
        return "takes " + std::to_string(kMostInputs) + " inputs at most, has " +
               std::to_string(o.op.inputs.size());
    if (types::activationOf(o.op.options) != types::Activation::None)
        return "has no kernel with a fused activation";
    for (size_t i = 0; i < o.op.inputs.size(); ++i) {
        const Tensor* input = o.input(i);
        if (input == nullptr) continue;
        if (input->type != o.output()->type) return "its inputs and output differ in type";
        if (input->type == DataType::Int8 && !sameQuantization(*input, *o.output()))
            return "needs the same scale and zero point for all inputs and the output";
    }
    return std::nullopt;
}

Reason pool(const Operands& o) {
    constexpr double kNear = 1e-6;
    const Tensor &input = *o.input(0), &output = *o.output();
    if (input.type == DataType::Float32) return std::nullopt;
    const bool same = std::abs(scaleOf(input) - scaleOf(output)) <= kNear &&
                      input.quantization.firstZeroPoint() == output.quantization.firstZeroPoint();
    return same ? Reason() : "needs the same scale and zero point for input and output";
}

/// Kernels that compare codes and rescale nothing.
Reason reduceExtreme(const Operands& o) {
    const bool asked = o.input(0)->type == DataType::Int8;
    if (!asked || sameQuantization(*o.input(0), *o.output())) return std::nullopt;
    return "needs the same scale and zero point for input and output";
}

Reason quantize(const Operands& o) {
    const DataType in = o.input(0)->type, out = o.output()->type;
    const bool isWide = in == DataType::Float32 || in == DataType::Int16 || in == DataType::Int32;
    const bool taken = in == DataType::UInt8 ? out == DataType::Int8
                       : in == DataType::Int8
                           ? true
                           : isWide && (out == DataType::Int8 || out == DataType::Int16 ||
                                        (out == DataType::Int32 && in == DataType::Int16));
    if (taken) return std::nullopt;
    return types::dataTypeName(in) + " to " + types::dataTypeName(out) + " has no kernel";
}

Reason squeeze(const Operands& o) {
    const auto* options = std::get_if<types::SqueezeOptions>(&o.op.options);
    const auto& shape = o.input(0)->shape;
    const auto rank = static_cast<int32_t>(shape.size());
    for (int32_t dim : options ? options->dims : std::vector<int32_t>()) {
        const int32_t at = dim < 0 ? dim + rank : dim;
        if (at < 0 || at >= rank || shape[static_cast<size_t>(at)] != 1)
            return "squeezes dimension " + std::to_string(dim) + " of shape " +
                   types::shapeText(shape);
    }
    return std::nullopt;
}

Reason reshape(const Operands& o) {
    if (o.input(0)->elements() != o.output()->elements())
        return "its shapes " + types::shapeText(o.input(0)->shape) + " and " +
               types::shapeText(o.output()->shape) + " hold different numbers of elements";
    // The writer states what the reader filled in, so this holds for an unchanged file.
    if (o.graph.original.empty() || !o.output()->isFilledIn) return std::nullopt;
    return "the file leaves the shape of its output open; a file that is written from here states "
           "it";
}

Reason select(const Operands& o) {
    const bool same = !o.input(1) || !o.input(2) || o.input(1)->type == o.input(2)->type;
    return same ? Reason() : "its two choices differ in type";
}

Reason decode(const Operands& o) {
    for (size_t i = 0; i < o.op.outputs.size(); ++i)
        if (const auto decoded = analysis::decodeOutput(o.graph, o.op, i); !decoded)
            return decoded.error().what;
    return std::nullopt;
}

/// The input that a kernel reads when it prepares, so that it must be a constant.
int32_t controlInput(OpKind kind) {
    switch (kind) {
        case OpKind::SPLIT:
        case OpKind::FILL:
            return 0;
        case OpKind::BROADCAST_TO:
        case OpKind::EXPAND_DIMS:
        case OpKind::PAD:
        case OpKind::PADV2:
        case OpKind::RESIZE_BILINEAR:
        case OpKind::RESIZE_NEAREST_NEIGHBOR:
        case OpKind::STRIDED_SLICE:
        case OpKind::TRANSPOSE:
            return 1;
        case OpKind::SPLIT_V:
            return 2;
        default:
            return -1;
    }
}

Reason control(const Operands& o) {
    const int32_t at = controlInput(o.op.kind);
    const int32_t tensor = at < 0 ? -1 : o.op.input(static_cast<size_t>(at));
    if (tensor < 0 || o.graph.isConstant(tensor)) return std::nullopt;
    return "its input " + std::to_string(at) + " must be a constant";
}

/// Rules of single operators; their operands exist.
Reason ruleOf(const Operands& o) {
    switch (o.op.kind) {
        case OpKind::CONV_2D:
        case OpKind::DEPTHWISE_CONV_2D:
            return weightTypes(o, 0, true);
        case OpKind::TRANSPOSE_CONV:
            return weightTypes(o, 2, false);
        case OpKind::FULLY_CONNECTED:
            return fullyConnected(o);
        case OpKind::BATCH_MATMUL:
            return batchMatMul(o);
        case OpKind::SOFTMAX:
            return softmax(o);
        case OpKind::LOG_SOFTMAX:
            return logSoftmax(o);
        case OpKind::LOGISTIC:
            return logistic(o);
        case OpKind::CONCATENATION:
            return concatenation(o);
        case OpKind::AVERAGE_POOL_2D:
        case OpKind::MAX_POOL_2D:
            return pool(o);
        case OpKind::REDUCE_MAX:
        case OpKind::REDUCE_MIN:
            return reduceExtreme(o);
        case OpKind::QUANTIZE:
            return quantize(o);
        case OpKind::SQUEEZE:
            return squeeze(o);
        case OpKind::RESHAPE:
            return reshape(o);
        case OpKind::SELECT_V2:
            return select(o);
        case OpKind::TFLM_DECODE:
            return decode(o);
        default:
            return std::nullopt;
    }
}

/// Tensors of these types have no size in TFLM.
bool isSizeless(DataType type) {
    switch (type) {
        case DataType::String:
        case DataType::Variant:
        case DataType::Int2:
        case DataType::UInt4:
        case DataType::Float8E4M3FN:
        case DataType::Float8E5M2:
            return true;
        default:
            return !types::isKnown(type);
    }
}

/// `where`: " of subgraph 1", or empty.
std::optional<TflmRefusal> inSubgraph(const Graph& graph, const std::string& where) {
    for (size_t i = 0; i < graph.ops.size(); ++i)
        if (Reason reason = tflmRefusal(graph, graph.ops[i]))
            return TflmRefusal{opLabel(graph, i) + where, std::move(*reason)};
    for (size_t t = 0; t < graph.tensors.size(); ++t)
        if (isSizeless(graph.tensors[t].type))
            return TflmRefusal{
                tensorLabel(graph, static_cast<int32_t>(t)) + where,
                "it has no tensors of " + types::dataTypeName(graph.tensors[t].type)};
    return std::nullopt;
}

}  // namespace

std::optional<std::string> tflmRefusal(const Graph& graph, const Op& op) {
    if (!isKnownToTflm(op))
        return op.kind == OpKind::CUSTOM
                   ? "it is not one of TFLM's operators; an application would have to register it"
                   : "it has no kernel";
    if (Reason types = refusedTypes(graph, op)) return types;
    const Operands operands{graph, op};
    if (Reason constant = control(operands)) return constant;
    for (int32_t output : op.outputs) {
        const Shape& shape = graph.tensor(output).shape;
        const bool isEmpty = std::any_of(shape.begin(), shape.end(), [](int d) { return d <= 0; });
        if (isEmpty && shape != Shape{0})
            return "its output has the shape " + types::shapeText(shape);
    }
    const bool exist = operands.output() != nullptr &&
                       (operands.input(0) != nullptr || op.kind == OpKind::TRANSPOSE_CONV);
    return exist ? ruleOf(operands) : std::nullopt;
}

std::optional<TflmRefusal> tflmRefusal(const Graph& graph) {
    if (auto refusal = inSubgraph(graph, "")) return refusal;
    for (size_t i = 0; i < graph.others.size(); ++i) {
        if (!graph.others[i].problem.empty()) continue;
        const std::string where = " of subgraph " + std::to_string(i + 1);
        if (auto refusal = inSubgraph(types::subgraphOf(graph, i + 1), where)) return refusal;
    }
    return std::nullopt;
}

}  // namespace cost
