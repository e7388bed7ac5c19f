// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/count.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "analysis/constants.h"
#include "analysis/resource_variables.h"
#include "types/op_traits.h"

namespace analysis {
namespace {

using namespace types;

int64_t elementsOf(const Graph& graph, int32_t tensor) {
    return tensor < 0 ? 0 : graph.tensor(tensor).elements();
}

/// Each output element of a convolution is the sum over one filter, so the filter's size decides.
int64_t convolutionMacs(const Graph& graph, const Op& op) {
    const Shape& filter = graph.tensor(op.input(1)).shape;
    return elementsOf(graph, op.output(0)) * filter[1] * filter[2] * filter[3];
}

int64_t depthwiseMacs(const Graph& graph, const Op& op) {
    const Shape& filter = graph.tensor(op.input(1)).shape;
    return elementsOf(graph, op.output(0)) * filter[1] * filter[2];
}

/// A transposed convolution multiplies every input element with one filter.
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

/// Each energy of a band is weighed twice.
int64_t filterBankMacs(const Graph& graph, const Op& op) {
    const auto widths = constantInts(graph, op.input(5));
    if (!widths) return 2 * elementsOf(graph, op.input(1));
    int64_t macs = 0;
    for (int64_t width : *widths)
        macs += 2 * std::max<int64_t>(0, width);
    return macs;
}

/// 5 n log2 n operations of a complex transform of n = length / 2 values (Cooley, Tukey 1965), then
/// 8 per pair of values between it and the real one.
int64_t fftArithmetic(const Graph& graph, const Op& op) {
    const bool isInverse = op.kind == OpKind::SIGNAL_IRFFT;
    const int32_t operand = isInverse ? op.input(0) : op.output(0);
    if (operand < 0) return 0;
    const Tensor& spectrum = graph.tensor(operand);
    if (spectrum.shape.empty() || spectrum.shape.back() < 4) return 0;
    const int64_t half = (spectrum.shape.back() - 2) / 2;
    const double each = 5 * std::log2(static_cast<double>(half)) + 8;
    const int64_t rows = spectrum.elements() / spectrum.shape.back();
    return rows * std::llround(each * static_cast<double>(half));
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

/// A window may be declared far larger than its image; it never covers more than the image.
int64_t poolTaps(const Graph& graph, const Op& op) {
    const auto* o = std::get_if<WindowOptions>(&op.options);
    const Shape& image = graph.tensor(op.input(0)).shape;
    if (!o || image.size() != 4) return 0;
    return int64_t{std::min(o->filterHeight, image[1])} * std::min(o->filterWidth, image[2]);
}

/// Arithmetic outside MACs. Data movement and operations on shapes count as nothing.
int64_t otherArithmetic(const Graph& graph, const Op& op) {
    const int64_t out = elementsOf(graph, op.output(0)), in = elementsOf(graph, op.input(0));
    switch (op.kind) {
        // kh*kw - 1 additions and one division; for maximum only comparisons; for L2 also squares
        // and a root.
        case OpKind::AVERAGE_POOL_2D:
            return out * poolTaps(graph, op);
        case OpKind::MAX_POOL_2D:
            return out * (poolTaps(graph, op) - 1);
        case OpKind::L2_POOL_2D:
            return out * (2 * poolTaps(graph, op) + 1);
        case OpKind::MEAN:
            return in + out;
        case OpKind::ARG_MAX:
        case OpKind::ARG_MIN:
        case OpKind::CUMSUM:
            return in;
        case OpKind::SIGNAL_OVERLAP_ADD:
            return in;
        case OpKind::SIGNAL_RFFT:
        case OpKind::SIGNAL_IRFFT:
            return fftArithmetic(graph, op);
        case OpKind::ADD_N:
            return (static_cast<int64_t>(op.inputs.size()) - 1) * out;
        default:
            break;
    }
    const OpTraits traits = opTraits(op.kind);
    if (traits.pattern == OpPattern::Reduction) return in;
    return (traits.opsPerOutput + (hasBias(op) ? 1 : 0)) * out;
}

/// Shapes, axes and paddings are integers, too, but not trained parameters. Encoded weights are as
/// many as they decode to.
int64_t parametersIn(const Graph& graph, const Op& op, size_t operand, bool hasWeights) {
    if (op.kind == OpKind::TFLM_DECODE)
        return operand % 2 == 0 ? elementsOf(graph, op.output(operand / 2)) : 0;
    const Tensor& constant = graph.tensor(op.input(operand));
    const bool wide = constant.type == DataType::Int32 || constant.type == DataType::Int64;
    return hasWeights || !wide ? constant.elements() : 0;
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
        case OpKind::SIGNAL_FILTER_BANK:
            return filterBankMacs(graph, op);
        default:
            return 0;
    }
}

namespace {

/// Counts a model's operators, called subgraphs included.
class Counter {
public:
    explicit Counter(const Graph& model) : m_model(model) {
        if (!model.others.empty()) m_called.buffers = model.buffers;
    }

    std::vector<OpCounts> countAll() {
        std::vector<OpCounts> counts;
        std::set<int32_t> seen;
        for (const Op& op : m_model.ops) {
            OpCounts count = arithmetic(m_model, op);
            for (size_t i = 0; i < op.inputs.size(); ++i)
                if (const int32_t t = op.inputs[i];
                    t >= 0 && isStored(m_model, t) && seen.insert(t).second)
                    addConstant(m_model, op, i, count);
            addCalled(op, count);
            counts.push_back(count);
        }
        return counts;
    }

private:
    /// In the file, or in one beside it.
    static bool isStored(const Graph& graph, int32_t t) {
        return graph.isConstant(t) || graph.tensor(t).externalBuffer != 0;
    }

    static OpCounts arithmetic(const Graph& graph, const Op& op) {
        OpCounts count;
        count.macs = countMacs(graph, op);
        count.ops = 2 * count.macs + otherArithmetic(graph, op);
        return count;
    }

    void addConstant(const Graph& graph, const Op& op, size_t operand, OpCounts& count) {
        const Tensor& tensor = graph.tensor(op.input(operand));
        m_buffers.insert(tensor.buffer);
        count.params += parametersIn(graph, op, operand, countMacs(graph, op) > 0);
        count.weightBytes += tensor.bytes();
    }

    void addCalled(const Op& op, OpCounts& count) {
        std::vector<OpCounts> called;
        for (int32_t index : calledSubgraphs(op))
            if (index > 0 && static_cast<size_t>(index) <= m_model.others.size())
                called.push_back(subgraph(static_cast<size_t>(index)));
        for (const OpCounts& each : called) {
            count.params += op.kind == OpKind::CALL_ONCE ? 0 : each.params;
            count.weightBytes += each.weightBytes;
        }
        if (op.kind == OpKind::STABLEHLO_COMPOSITE && called.size() == 1) {
            count.macs += called[0].macs;
            count.ops += called[0].ops;
        }
        if (called.size() != 2) return;
        const bool firstIsMore = called[0].ops > called[1].ops;
        for (size_t i = 0; i < 2; ++i) {
            if (op.kind == OpKind::IF && firstIsMore != (i == 0)) continue;
            count.macs += called[i].macs;
            count.ops += called[i].ops;
        }
    }

    /// Sums of a subgraph; constants only the first time.
    OpCounts subgraph(size_t index) {
        const auto [row, isNew] = m_sums.try_emplace(index, OpCounts{});
        if (!isNew) return {row->second.macs, row->second.ops, 0, 0};
        const Subgraph& other = m_model.others[index - 1];
        if (!other.problem.empty() || m_depth > kMaxDepth) return {};
        OpCounts sum = ownOps(other);
        ++m_depth;
        for (const Op& op : other.ops)
            addCalled(op, sum);
        --m_depth;
        m_sums[index] = sum;
        return sum;
    }

    OpCounts ownOps(const Subgraph& other) {
        m_called.tensors = other.tensors;
        OpCounts sum;
        for (const Op& op : other.ops) {
            const OpCounts count = arithmetic(m_called, op);
            sum.macs += count.macs;
            sum.ops += count.ops;
            for (size_t i = 0; i < op.inputs.size(); ++i)
                if (const int32_t t = op.inputs[i]; t >= 0 && m_called.isConstant(t) &&
                                                    !m_buffers.contains(m_called.tensor(t).buffer))
                    addConstant(m_called, op, i, sum);
        }
        return sum;
    }

    static constexpr int kMaxDepth = 16;  ///< deeper calls do not run (lowering/model.cpp)

    const Graph& m_model;
    std::set<uint32_t> m_buffers;  ///< of the constants that were counted
    std::map<size_t, OpCounts> m_sums;
    Graph m_called;  ///< the subgraph that is being counted
    int m_depth = 0;
};

}  // namespace

std::vector<OpCounts> countOps(const Graph& graph) {
    return Counter(graph).countAll();
}

}  // namespace analysis
