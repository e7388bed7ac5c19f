// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/tflm/prepare_allocations.h"

#include "cost/tflm/decode_allocations.h"
#include "cost/tflm/signal_allocations.h"

namespace cost {
namespace {

using types::DataType;
using types::Graph;
using types::Op;
using types::OpKind;
using types::Shape;

using Sizes = std::vector<int64_t>;

constexpr int64_t kWord = 4;  ///< int32 or float

const types::Tensor& inputOf(const Graph& graph, const Op& op, size_t i) {
    return graph.tensor(op.input(i));
}

/// A TfLiteIntArray: its length, then its elements.
int64_t intArray(const Shape& shape) {
    return kWord * (1 + static_cast<int64_t>(shape.size()));
}

/// A multiplier and a shift per output channel. The reference kernels allocate them for float, too;
/// the CMSIS-NN kernels do not.
Sizes channelQuantization(const Graph& graph, const Op& op, TflmBuild build, size_t channelAxis) {
    const bool isFloat = graph.tensor(op.output(0)).type == DataType::Float32;
    const bool cmsis = build == TflmBuild::CortexM && op.kind != OpKind::TRANSPOSE_CONV;
    if (isFloat && cmsis) return {};
    const int64_t bytes = kWord * inputOf(graph, op, 1).shape[channelAxis];
    return {bytes, bytes};
}

Sizes fullyConnected(const Graph& graph, const Op& op) {
    const types::Tensor& weights = inputOf(graph, op, 1);
    if (!weights.quantization.perChannel()) return {};
    return {kWord * weights.shape[0], kWord * weights.shape[0]};
}

/// Tables of exp(x) and 1 / (1 + x), 513 entries of 16 bits each.
Sizes softmax(const Graph& graph, const Op& op) {
    constexpr int64_t kTable = 513 * 2;
    if (inputOf(graph, op, 0).type != DataType::Int16) return {};
    return {kTable, kTable};
}

/// CMSIS-NN stores the weight sums of each gate: input and recurrent weights of four gates, in the
/// type of the bias.
Sizes lstm(const Graph& graph, const Op& op, TflmBuild build) {
    constexpr size_t kHiddenState = 18, kWeightSums = 8;
    const DataType type = inputOf(graph, op, 0).type;
    if (build != TflmBuild::CortexM || type == DataType::Float32) return {};
    const int64_t bias = type == DataType::Int8 ? 4 : 8;
    return Sizes(kWeightSums, bias * inputOf(graph, op, kHiddenState).shape[1]);
}

void appendTransposed(const types::Tensor& tensor, TflmBuild build, Sizes& sizes) {
    sizes.push_back(tflmSizes(build).evalTensor);
    sizes.push_back(intArray(tensor.shape));
    sizes.push_back(tensor.bytes());
}

/// Reference kernel: quantization parameters for integers, and transposed copies of operands that
/// are stored the wrong way for its loops (the left matrix where it is flagged, the right one where
/// it is not).
Sizes batchMatMul(const Graph& graph, const Op& op, TflmBuild build) {
    constexpr int64_t kQuantization = 28;
    Sizes sizes;
    const auto* o = std::get_if<types::BatchMatMulOptions>(&op.options);
    if (inputOf(graph, op, 0).type != DataType::Float32) sizes.push_back(kQuantization);
    if (o && o->transposeLeft) appendTransposed(inputOf(graph, op, 0), build, sizes);
    if (!o || !o->transposeRight) appendTransposed(inputOf(graph, op, 1), build, sizes);
    sizes.push_back(intArray(graph.tensor(op.output(0)).shape));
    return sizes;
}

/// A copy of the output's shape, then a scale and a count of columns.
Sizes embeddingLookup(const Graph& graph, const Op& op, TflmBuild build) {
    return {intArray(graph.tensor(op.output(0)).shape), build == TflmBuild::Host64 ? 16 : 8};
}

/// Kernels that allocate data only for integers.
Sizes integerOnly(const Graph& graph, const Op& op, int64_t bytes) {
    if (inputOf(graph, op, 0).type == DataType::Float32) return {};
    return {bytes};
}

}  // namespace

Sizes prepareAllocations(const Graph& graph, const Op& op, TflmBuild build) {
    switch (op.kind) {
        case OpKind::CONV_2D:
        case OpKind::TRANSPOSE_CONV:
            return channelQuantization(graph, op, build, 0);
        case OpKind::DEPTHWISE_CONV_2D:
            return channelQuantization(graph, op, build, 3);
        case OpKind::FULLY_CONNECTED:
            return fullyConnected(graph, op);
        case OpKind::SOFTMAX:
            return softmax(graph, op);
        case OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM:
            return lstm(graph, op, build);
        case OpKind::BATCH_MATMUL:
            return batchMatMul(graph, op, build);
        case OpKind::ADD_N:
            return integerOnly(graph, op, 40);
        case OpKind::CUMSUM:
            return integerOnly(graph, op, 36);
        case OpKind::LOG_SOFTMAX:
            return integerOnly(graph, op, build == TflmBuild::Host64 ? 40 : 28);
        case OpKind::EMBEDDING_LOOKUP:
            return embeddingLookup(graph, op, build);
        case OpKind::GATHER:
        case OpKind::GATHER_ND:
        case OpKind::SPACE_TO_DEPTH:
        case OpKind::DEPTH_TO_SPACE:
            return {intArray(graph.tensor(op.output(0)).shape)};
        case OpKind::TFLM_DECODE:
            return decodeAllocations(graph, op, build);
        default:
            return signalAllocations(graph, op, build);
    }
}

}  // namespace cost
