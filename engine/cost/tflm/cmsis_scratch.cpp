// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/tflm/cmsis_scratch.h"

#include <algorithm>

#include "analysis/shapes.h"

namespace cost {
namespace {

using types::DataType;
using types::Graph;
using types::Op;
using types::OpKind;
using types::Shape;
using types::WindowOptions;

using ScratchSizes = std::vector<int64_t>;

int64_t roundUpTo4(int64_t n) {
    return (n + 3) / 4 * 4;
}

/// Two im2col columns, widened to 16 bits; 8-bit kernels require whole groups of four.
int64_t twoColumns(int64_t columnLength) {
    return 2 * 2 * columnLength;
}

struct Window {
    const Shape& input;
    const Shape& filter;
    const WindowOptions& options;

    bool isDilated() const { return options.dilationHeight != 1 || options.dilationWidth != 1; }
    int32_t padding(size_t axis) const {
        const bool rows = axis == 1;
        return analysis::windowExtent(options.padding, input[axis], filter[axis],
                                      rows ? options.strideHeight : options.strideWidth,
                                      rows ? options.dilationHeight : options.dilationWidth)
            .paddingBefore;
    }
};

ScratchSizes convolution(const Graph& graph, const Op& op, const WindowOptions& options) {
    const types::Tensor& input = graph.tensor(op.input(0));
    const Window window{input.shape, graph.tensor(op.input(1)).shape, options};
    const int64_t taps = int64_t{window.filter[1]} * window.filter[2];
    const int64_t columnLength = taps * input.shape[3];
    if (input.type == DataType::Int16) return {twoColumns(columnLength)};
    if (input.type != DataType::Int8) return {};
    const bool pointwise = taps == 1 && !window.isDilated();
    if (pointwise && window.padding(1) == 0 && window.padding(2) == 0) return {};
    return {twoColumns(roundUpTo4(columnLength))};
}

/// The optimised kernels widen the filter once; the kernel for 8-bit 3x3 filters does not.
ScratchSizes depthwise(const Graph& graph, const Op& op, const WindowOptions& options) {
    const types::Tensor& input = graph.tensor(op.input(0));
    const types::Tensor& filter = graph.tensor(op.input(1));
    const Window window{input.shape, filter.shape, options};
    const bool optimised = input.shape[3] == graph.tensor(op.output(0)).shape[3] &&
                           input.shape[0] == 1 && !window.isDilated();
    if (input.type != DataType::Int8 || !optimised) return {};
    const bool threeByThree = filter.shape[1] == 3 && filter.shape[2] == 3 &&
                              window.padding(1) <= 1 && window.padding(2) <= 1;
    if (threeByThree && filter.type == DataType::Int8) return {};
    return {int64_t{2} * input.shape[3] * filter.shape[1] * filter.shape[2]};
}

/// Either a convolution with the reversed filter, which needs a copy of it, or a ring of rows of
/// 32-bit sums over the output.
ScratchSizes transposed(const Graph& graph, const Op& op, const WindowOptions& options) {
    constexpr int32_t kReverseFromChannels = 17, kReverseUpToStride = 2;
    const Shape& in = graph.tensor(op.input(2)).shape;
    const Shape& filter = graph.tensor(op.input(1)).shape;
    const bool reverse = in[3] >= kReverseFromChannels &&
                         options.strideWidth <= kReverseUpToStride &&
                         options.strideHeight <= kReverseUpToStride;
    if (reverse) {
        const int64_t columnLength = int64_t{filter[1]} * filter[2] * in[3];
        return {twoColumns(roundUpTo4(columnLength)), columnLength * filter[0]};
    }
    const int64_t rows = std::max(filter[1], options.strideHeight);
    const int64_t columns =
        int64_t{in[2] - 1} * options.strideWidth + std::max(filter[2], options.strideHeight);
    return {4 * rows * columns * filter[0], 0};
}

bool isInteger(DataType type) {
    return type == DataType::Int8 || type == DataType::Int16;
}

/// One row of 32-bit sums.
ScratchSizes averagePool(const Graph& graph, const Op& op) {
    const types::Tensor& input = graph.tensor(op.input(0));
    if (!isInteger(input.type)) return {};
    return {int64_t{4} * input.shape[3]};
}

/// Scratch of operator `op`; `reference`: the request of its reference kernel.
ScratchSizes scratchOf(const Graph& graph, const Op& op, ScratchSizes reference) {
    const auto* window = std::get_if<WindowOptions>(&op.options);
    switch (op.kind) {
        case OpKind::CONV_2D:
            return window ? convolution(graph, op, *window) : reference;
        case OpKind::DEPTHWISE_CONV_2D:
            return window ? depthwise(graph, op, *window) : reference;
        case OpKind::TRANSPOSE_CONV:
            if (!window || graph.tensor(op.input(2)).type != DataType::Int8) return reference;
            return transposed(graph, op, *window);
        case OpKind::AVERAGE_POOL_2D:
            return averagePool(graph, op);
        case OpKind::FULLY_CONNECTED:  // 4-bit weights are read unpacked
            return {};
        case OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM:  // one buffer fewer than the reference kernel
            if (isInteger(graph.tensor(op.input(0)).type) && reference.size() == 4)
                reference.pop_back();
            return reference;
        case OpKind::ADD_N:  // pointers, half as long as on the host
            for (int64_t& bytes : reference)
                bytes /= 2;
            return reference;
        default:
            return reference;
    }
}

}  // namespace

memory::ScratchNeeds cortexMScratch(const Graph& graph, memory::ScratchNeeds reference) {
    for (size_t i = 0; i < graph.ops.size(); ++i)
        reference[i] = scratchOf(graph, graph.ops[i], std::move(reference[i]));
    return reference;
}

}  // namespace cost
