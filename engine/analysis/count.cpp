// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/count.h"

#include <algorithm>
#include <set>

namespace analysis {
namespace {

using namespace types;

int64_t elementsOf(const Graph& graph, int32_t tensor) {
    return tensor < 0 ? 0 : graph.tensor(tensor).elements();
}

/// Every output element of a convolution is the sum over one filter, so its size decides.
int64_t convolutionMacs(const Graph& graph, const Op& op) {
    const Shape& filter = graph.tensor(op.input(1)).shape;
    return elementsOf(graph, op.output(0)) * filter[1] * filter[2] * filter[3];
}

int64_t depthwiseMacs(const Graph& graph, const Op& op) {
    const Shape& filter = graph.tensor(op.input(1)).shape;
    return elementsOf(graph, op.output(0)) * filter[1] * filter[2];
}

/// A transposed convolution spreads every input element over one filter.
int64_t transposeConvolutionMacs(const Graph& graph, const Op& op) {
    const Shape& filter = graph.tensor(op.input(1)).shape;
    return elementsOf(graph, op.input(2)) * filter[0] * filter[1] * filter[2];
}

int64_t fullyConnectedMacs(const Graph& graph, const Op& op) {
    return elementsOf(graph, op.output(0)) * graph.tensor(op.input(1)).shape[1];
}

int64_t batchMatMulMacs(const Graph& graph, const Op& op) {
    const Shape& left = graph.tensor(op.input(0)).shape;
    const auto* o = std::get_if<BatchMatMulOptions>(&op.options);
    const bool transposed = o && o->transposeLeft;
    return elementsOf(graph, op.output(0)) * left[left.size() - (transposed ? 2 : 1)];
}

/// Feature filters over the newest input, then time filters over the whole state.
int64_t svdfMacs(const Graph& graph, const Op& op) {
    const int64_t batch = graph.tensor(op.input(0)).shape[0];
    return batch * (elementsOf(graph, op.input(1)) + elementsOf(graph, op.input(2)));
}

/// Per step and batch entry each gate multiplies its input and recurrent weights once.
int64_t lstmMacs(const Graph& graph, const Op& op) {
    const Shape& in = graph.tensor(op.input(0)).shape;
    int64_t weights = 0;
    constexpr size_t kFirstWeights = 1, kLastWeights = 8;
    for (size_t i = kFirstWeights; i <= kLastWeights; ++i)
        weights += elementsOf(graph, op.input(i));
    return int64_t{in[0]} * in[1] * weights;
}

bool hasBias(const Op& op) {
    switch (op.kind) {
        case OpKind::CONV_2D:
        case OpKind::DEPTHWISE_CONV_2D:
        case OpKind::FULLY_CONNECTED:
            return op.input(2) >= 0;
        case OpKind::TRANSPOSE_CONV:
        case OpKind::SVDF:
            return op.input(3) >= 0;
        default:
            return false;
    }
}

/// A window may be said to be far larger than its image; it never sees more than all of that.
int64_t poolTaps(const Graph& graph, const Op& op) {
    const auto* o = std::get_if<WindowOptions>(&op.options);
    const Shape& image = graph.tensor(op.input(0)).shape;
    if (!o || image.size() != 4) return 0;
    return int64_t{std::min(o->filterHeight, image[1])} * std::min(o->filterWidth, image[2]);
}

/// Arithmetic that is not part of a MAC, per operator. Data movement and comparisons of shapes
/// count nothing.
int64_t otherArithmetic(const Graph& graph, const Op& op) {
    const int64_t out = elementsOf(graph, op.output(0)), in = elementsOf(graph, op.input(0));
    switch (op.kind) {
        // kh*kw - 1 additions and one division; comparisons alone; squares and a root besides.
        case OpKind::AVERAGE_POOL_2D:
            return out * poolTaps(graph, op);
        case OpKind::MAX_POOL_2D:
            return out * (poolTaps(graph, op) - 1);
        case OpKind::L2_POOL_2D:
            return out * (2 * poolTaps(graph, op) + 1);
        // Greatest, difference, exponential, sum, quotient of each element.
        case OpKind::SOFTMAX:
        case OpKind::LOG_SOFTMAX:
            return 5 * out;
        case OpKind::L2_NORMALIZATION:
            return 3 * out;
        case OpKind::MEAN:
            return in + out;
        case OpKind::SUM:
        case OpKind::REDUCE_MAX:
        case OpKind::REDUCE_MIN:
        case OpKind::REDUCE_PROD:
        case OpKind::REDUCE_ALL:
        case OpKind::REDUCE_ANY:
        case OpKind::ARG_MAX:
        case OpKind::ARG_MIN:
        case OpKind::CUMSUM:
            return in;
        // A scale and an offset.
        case OpKind::QUANTIZE:
        case OpKind::DEQUANTIZE:
        case OpKind::LEAKY_RELU:
        case OpKind::PRELU:
        case OpKind::SQUARED_DIFFERENCE:
            return 2 * out;
        case OpKind::ADD_N:
            return (static_cast<int64_t>(op.inputs.size()) - 1) * out;
        // Weights of three neighbours in two directions.
        case OpKind::RESIZE_BILINEAR:
            return 7 * out;
        // Per unit and step: four gate activations and additions of two sums, a bias each, and
        // the cell's three products, one sum and one tanh.
        case OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM:
            return 17 * out;
        case OpKind::ADD:
        case OpKind::SUB:
        case OpKind::MUL:
        case OpKind::DIV:
        case OpKind::MAXIMUM:
        case OpKind::MINIMUM:
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
        case OpKind::LOGICAL_NOT:
        case OpKind::ABS:
        case OpKind::CEIL:
        case OpKind::COS:
        case OpKind::ELU:
        case OpKind::EXP:
        case OpKind::FLOOR:
        case OpKind::GELU:
        case OpKind::HARD_SWISH:
        case OpKind::LOG:
        case OpKind::LOGISTIC:
        case OpKind::NEG:
        case OpKind::RELU:
        case OpKind::RELU6:
        case OpKind::RELU_N1_TO_1:
        case OpKind::RELU_0_TO_1:
        case OpKind::ROUND:
        case OpKind::RSQRT:
        case OpKind::SIN:
        case OpKind::SIGN:
        case OpKind::SQRT:
        case OpKind::SQUARE:
        case OpKind::TANH:
        case OpKind::SELECT_V2:
            return out;
        default:
            return hasBias(op) ? out : 0;
    }
}

/// Shapes, axes and paddings are integers too, but nothing that training found.
bool isParameter(const Tensor& constant, bool hasWeights) {
    const bool wide = constant.type == DataType::Int32 || constant.type == DataType::Int64;
    return hasWeights || !wide;
}

}  // namespace

int64_t countMacs(const Graph& graph, const Op& op) {
    switch (op.kind) {
        case OpKind::CONV_2D:
            return convolutionMacs(graph, op);
        case OpKind::DEPTHWISE_CONV_2D:
            return depthwiseMacs(graph, op);
        case OpKind::TRANSPOSE_CONV:
            return transposeConvolutionMacs(graph, op);
        case OpKind::FULLY_CONNECTED:
            return fullyConnectedMacs(graph, op);
        case OpKind::BATCH_MATMUL:
            return batchMatMulMacs(graph, op);
        case OpKind::SVDF:
            return svdfMacs(graph, op);
        case OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM:
            return lstmMacs(graph, op);
        default:
            return 0;
    }
}

std::vector<OpCounts> countOps(const Graph& graph) {
    std::vector<OpCounts> counts;
    std::set<int32_t> seen;
    for (const Op& op : graph.ops) {
        OpCounts count;
        count.macs = countMacs(graph, op);
        count.ops = 2 * count.macs + otherArithmetic(graph, op);
        for (int32_t t : op.inputs) {
            if (t < 0 || !graph.isConstant(t) || !seen.insert(t).second) continue;
            if (isParameter(graph.tensor(t), count.macs > 0))
                count.params += graph.tensor(t).elements();
            count.weightBytes += graph.tensor(t).bytes();
        }
        counts.push_back(count);
    }
    return counts;
}

}  // namespace analysis
