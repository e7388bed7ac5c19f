// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/terms/workload.h"

#include <algorithm>
#include <cmath>

#include "analysis/count.h"

namespace cost {
namespace {

using types::Graph;
using types::Op;
using types::OpKind;
using types::Shape;

/// Index of the input with the data; the others are weights, axes or shapes.
size_t dataInput(OpKind kind) {
    switch (kind) {
        case OpKind::TRANSPOSE_CONV:
            return 2;
        case OpKind::SPLIT:
        case OpKind::SELECT:
        case OpKind::SELECT_V2:
            return 1;
        default:
            return 0;
    }
}

size_t biasInput(OpKind kind) {
    return kind == OpKind::TRANSPOSE_CONV ? 3 : 2;
}

bool hasFilter(OpKind kind) {
    return kind == OpKind::CONV_2D || kind == OpKind::DEPTHWISE_CONV_2D ||
           kind == OpKind::FULLY_CONNECTED || kind == OpKind::TRANSPOSE_CONV;
}

bool slides(OpKind kind) {
    return kind == OpKind::CONV_2D || kind == OpKind::DEPTHWISE_CONV_2D ||
           kind == OpKind::TRANSPOSE_CONV || kind == OpKind::AVERAGE_POOL_2D ||
           kind == OpKind::MAX_POOL_2D;
}

/// Operators that take several data operands.
bool takesOperands(OpKind kind) {
    switch (kind) {
        case OpKind::ADD:
        case OpKind::SUB:
        case OpKind::MUL:
        case OpKind::DIV:
        case OpKind::MAXIMUM:
        case OpKind::MINIMUM:
        case OpKind::CONCATENATION:
        case OpKind::PACK:
        case OpKind::ADD_N:
            return true;
        default:
            return false;
    }
}

/// Dimension `fromBack`, counted from the innermost; 1 where the rank is smaller.
int64_t dim(const Shape& shape, size_t fromBack) {
    return fromBack < shape.size() ? shape[shape.size() - 1 - fromBack] : 1;
}

/// A window along one axis: padding before the first element, and the taps inside.
struct Span {
    int64_t padding = 0, valid = 0;
    int64_t clipped = 0;  ///< windows that extend over the start, plus those over the end
};

Span spanOf(int64_t in, int64_t out, int64_t kernel, int64_t stride, int64_t dilation, bool same) {
    Span span;
    const int64_t reach = (out - 1) * stride + (kernel - 1) * dilation + 1;
    span.padding = same ? std::max<int64_t>(0, reach - in) / 2 : 0;
    for (int64_t o = 0; o < out; ++o) {
        const int64_t first = o * stride - span.padding;
        const int64_t skipped =
            std::min(kernel, first < 0 ? (-first + dilation - 1) / dilation : int64_t{0});
        const int64_t end = first >= in ? 0 : std::min(kernel, (in - first - 1) / dilation + 1);
        span.valid += std::max<int64_t>(0, end - skipped);
        span.clipped += (skipped > 0) + (end < kernel);
    }
    return span;
}

void setWindow(Workload& w, const types::WindowOptions& o) {
    w.strideHeight = o.strideHeight;
    w.strideWidth = o.strideWidth;
    w.dilationHeight = std::max(1, o.dilationHeight);
    w.dilationWidth = std::max(1, o.dilationWidth);
    const bool same = o.padding == types::Padding::Same;
    const bool transposed = w.kind == OpKind::TRANSPOSE_CONV;
    // A transposed convolution moves over its output and gathers at its input.
    const Span rows =
        spanOf(transposed ? w.outHeight : w.inHeight, transposed ? w.inHeight : w.outHeight,
               w.kernelHeight, w.strideHeight, w.dilationHeight, same);
    const Span columns =
        spanOf(transposed ? w.outWidth : w.inWidth, transposed ? w.inWidth : w.outWidth,
               w.kernelWidth, w.strideWidth, w.dilationWidth, same);
    w.padTop = rows.padding;
    w.padLeft = columns.padding;
    w.validRows = rows.valid;
    w.validColumns = columns.valid;
    w.clippedRows = rows.clipped;
    w.clippedColumns = columns.clipped;
}

/// Number of pieces in which a concatenation copies each operand: the product of the dimensions
/// before the joined axis.
int64_t piecesOf(const Shape& operand, const Shape& joined) {
    int64_t pieces = 1;
    for (size_t d = 0; d < std::min(operand.size(), joined.size()); ++d) {
        if (operand[d] != joined[d]) return pieces;
        pieces *= joined[d];
    }
    return 1;
}

int64_t macsOf(const OperatorShapes& s, const Workload& w) {
    switch (s.kind) {
        case OpKind::CONV_2D:
            return w.outputs * w.taps() * (s.filter.empty() ? w.inChannels : dim(s.filter, 0));
        case OpKind::DEPTHWISE_CONV_2D:
            return w.outputs * w.taps();
        case OpKind::TRANSPOSE_CONV:
            return w.inputs * w.taps() * w.outChannels;
        case OpKind::FULLY_CONNECTED:
            return w.outputs * dim(s.filter, 0);
        default:
            return 0;
    }
}

/// True where the activation clamps to less than the 8-bit range; false where its bounds are at or
/// beyond codes -128 and 127.
bool isClamped(const Op& op, const types::Tensor& output) {
    using types::Activation;
    if (!std::holds_alternative<types::WindowOptions>(op.options) &&
        !std::holds_alternative<types::FullyConnectedOptions>(op.options))
        return false;
    const Activation activation = activationOf(op.options);
    if (activation == Activation::None || output.type != types::DataType::Int8 ||
        !output.quantization.present())
        return false;
    const auto codeOf = [&output](double value) {
        // Limits the quotient, which overflows a long for tiny scales, far beyond 8-bit codes.
        constexpr double kFar = 1e6;
        const double steps = value / static_cast<double>(output.quantization.scale[0]);
        return output.quantization.firstZeroPoint() + std::lround(std::clamp(steps, -kFar, kFar));
    };
    const bool cutsBelow = codeOf(activation == Activation::ReluN1To1 ? -1 : 0) > INT8_MIN;
    const double ceiling = activation == Activation::Relu6 ? 6 : 1;
    return cutsBelow || (activation != Activation::Relu && codeOf(ceiling) < INT8_MAX);
}

bool isRectified(const Op& op, const types::Tensor& output) {
    using types::Activation;
    if (output.type != types::DataType::Int8 || !output.quantization.present()) return false;
    const Activation activation = activationOf(op.options);
    return activation == Activation::Relu || activation == Activation::Relu6 ||
           output.quantization.firstZeroPoint() == INT8_MIN;
}

}  // namespace

Workload workloadOf(const OperatorShapes& s) {
    Workload w;
    w.kind = s.kind;
    w.type = s.type;
    w.weightType = s.weightType;
    w.perChannel = s.perChannel;
    w.biased = s.biased;
    const Shape in = s.inputs.empty() ? Shape{} : s.inputs[0];
    w.batch = dim(s.output, 3);
    w.inHeight = dim(in, 2);
    w.inWidth = dim(in, 1);
    w.inChannels = dim(in, 0);
    w.outHeight = dim(s.output, 2);
    w.outWidth = dim(s.output, 1);
    w.outChannels = dim(s.output, 0);
    w.inputs = types::elementCount(in);
    w.outputs = s.outputElements > 0 ? s.outputElements : types::elementCount(s.output);
    w.operands = std::max<int64_t>(1, static_cast<int64_t>(s.inputs.size()));
    w.outer = piecesOf(in, s.output);
    w.broadcast = s.inputs.size() == 2 && s.inputs[0] != s.inputs[1];
    if (s.kind == OpKind::FULLY_CONNECTED) {
        w.inChannels = dim(s.filter, 0);
        w.batch = w.outChannels > 0 ? w.outputs / w.outChannels : 0;
        w.inHeight = w.inWidth = w.outHeight = w.outWidth = 1;
    } else if (slides(s.kind)) {
        w.kernelHeight = s.filter.empty() ? s.window.filterHeight : dim(s.filter, 2);
        w.kernelWidth = s.filter.empty() ? s.window.filterWidth : dim(s.filter, 1);
        setWindow(w, s.window);
    }
    w.macs = macsOf(s, w);
    return w;
}

Workload workloadOf(const Graph& graph, const Op& op) {
    OperatorShapes s;
    s.kind = op.kind;
    const int32_t filter = hasFilter(op.kind) ? op.input(1) : -1;
    const int32_t first =
        op.input(dataInput(op.kind)) >= 0 ? op.input(dataInput(op.kind)) : op.output(0);
    if (first >= 0) {
        s.type = s.weightType = graph.tensor(first).type;
        s.inputs.push_back(graph.tensor(first).shape);
    }
    if (takesOperands(op.kind))
        for (size_t i = 1; i < op.inputs.size(); ++i)
            if (op.inputs[i] >= 0) s.inputs.push_back(graph.tensor(op.inputs[i]).shape);
    if (filter >= 0) {
        s.weightType = graph.tensor(filter).type;
        s.filter = graph.tensor(filter).shape;
        s.perChannel = graph.tensor(filter).quantization.perChannel();
        s.biased = op.input(biasInput(op.kind)) >= 0;
    }
    for (int32_t output : op.outputs)
        if (output >= 0) s.outputElements += graph.tensor(output).elements();
    if (op.output(0) >= 0) s.output = graph.tensor(op.output(0)).shape;
    if (const auto* window = std::get_if<types::WindowOptions>(&op.options)) s.window = *window;
    Workload w = workloadOf(s);
    if (op.output(0) >= 0) {
        w.clamped = isClamped(op, graph.tensor(op.output(0)));
        w.rectified = hasFilter(op.kind) && isRectified(op, graph.tensor(op.output(0)));
    }
    w.macs = analysis::countMacs(graph, op);
    return w;
}

std::vector<Workload> workloadsOf(const Graph& graph) {
    std::vector<Workload> workloads;
    workloads.reserve(graph.ops.size());
    for (const Op& op : graph.ops)
        workloads.push_back(workloadOf(graph, op));
    return workloads;
}

std::string costType(const Workload& workload) {
    const bool narrow = workload.weightType == types::DataType::Int4;
    return narrow ? "int4" : types::dataTypeName(workload.type);
}

}  // namespace cost
