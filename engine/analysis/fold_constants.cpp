// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/fold_constants.h"

#include <algorithm>
#include <map>

#include "analysis/decode.h"
#include "analysis/real_values.h"

namespace analysis {
namespace {

using namespace types;

/// True where a constant has values that constantValues() gives and that are no floats yet.
bool isInCodes(const Graph& graph, int32_t t) {
    if (t < 0 || !graph.isConstant(t)) return false;
    const Tensor& tensor = graph.tensor(t);
    if (tensor.isSparse || tensor.isVariable) return false;
    switch (tensor.type) {
        case DataType::Float16:
        case DataType::BFloat16:
        case DataType::Float8E4M3FN:
        case DataType::Float8E5M2:
            return true;
        case DataType::Int2:
        case DataType::Int4:
        case DataType::UInt4:
        case DataType::Int8:
        case DataType::UInt8:
        case DataType::Int16:
        case DataType::Int32:
            if (tensor.blockScales)
                return tensor.blockScales->axes.empty() && tensor.blockScales->blockSize > 0 &&
                       graph.isConstant(tensor.blockScales->scales);
            return tensor.quantization.present();
        default:
            return false;
    }
}

bool isFloat(const Graph& graph, int32_t t) {
    return t >= 0 && graph.tensor(t).type == DataType::Float32;
}

/// Operand of an operator that holds what it computes with its weights.
size_t dataOperand(OpKind kind) {
    return kind == OpKind::TRANSPOSE_CONV ? 2 : 0;
}

/// Operands that are weights or biases.
std::vector<size_t> weightOperands(const Op& op) {
    switch (op.kind) {
        case OpKind::CONV_2D:
        case OpKind::DEPTHWISE_CONV_2D:
        case OpKind::FULLY_CONNECTED:
            return {1, 2};
        case OpKind::TRANSPOSE_CONV:
            return {1, 3};
        case OpKind::BATCH_MATMUL:
            return {1};
        case OpKind::SVDF:
            return {1, 2, 3};
        case OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM: {
            std::vector<size_t> all;
            constexpr size_t kFirst = 1, kLast = 17;  // weights, peepholes, biases, projection
            for (size_t i = kFirst; i <= kLast; ++i)
                all.push_back(i);
            return all;
        }
        default:
            return {};
    }
}

/// Operands in codes of a layer that computes in floats.
std::vector<size_t> hybridOperands(const Graph& graph, const Op& op) {
    std::vector<size_t> found;
    if (!isFloat(graph, op.input(dataOperand(op.kind))) || !isFloat(graph, op.output(0)))
        return found;
    for (size_t i : weightOperands(op))
        if (isInCodes(graph, op.input(i))) found.push_back(i);
    return found;
}

bool isConstantDequantize(const Graph& graph, const Op& op) {
    return op.kind == OpKind::DEQUANTIZE && op.inputs.size() == 1 && op.outputs.size() == 1 &&
           isInCodes(graph, op.inputs[0]) && isFloat(graph, op.outputs[0]) &&
           !graph.isConstant(op.outputs[0]) &&
           graph.tensor(op.inputs[0]).elements() == graph.tensor(op.outputs[0]).elements();
}

bool isOpenDecode(const Graph& graph, const Op& op) {
    return isDecode(graph, op) && std::ranges::none_of(op.outputs, [&](int32_t t) {
               return t < 0 || graph.isConstant(t);
           });
}

class Folding {
public:
    explicit Folding(Graph& graph) : m_graph(graph) {}

    bool fold(Op& op) {
        if (isOpenDecode(m_graph, op)) return foldDecode(op);
        if (isConstantDequantize(m_graph, op)) {
            const auto values = valuesOf(op.inputs[0]);
            if (values.empty()) return false;
            Tensor& output = m_graph.tensors[static_cast<size_t>(op.outputs[0])];
            output.buffer = addFloats(output, values);
            return true;
        }
        bool changed = false;
        for (size_t i : hybridOperands(m_graph, op)) {
            const int32_t codes = op.inputs[i];
            op.inputs[i] = inFloats(codes);
            changed = changed || op.inputs[i] != codes;
        }
        return changed;
    }

private:
    uint32_t addFloats(const Tensor& tensor, const std::vector<float>& values) {
        m_graph.buffers.emplace_back(encode(tensor, values));
        return static_cast<uint32_t>(m_graph.buffers.size() - 1);
    }

    /// False beyond a limit: a forged file could fold the same data a thousand times.
    bool reserve(int32_t t) {
        constexpr int64_t kMaxElements = int64_t{1} << 28;  // 1 GiB of floats
        const int64_t elements = m_graph.tensor(t).elements();
        if (m_elements + elements > kMaxElements) return false;
        m_elements += elements;
        return true;
    }

    std::vector<float> valuesOf(int32_t t) {
        return reserve(t) ? constantValues(m_graph, t) : std::vector<float>();
    }

    /// All outputs, or none.
    bool foldDecode(const Op& op) {
        std::vector<Bytes> decoded;
        for (size_t i = 0; i < op.outputs.size(); ++i) {
            if (!reserve(op.outputs[i])) return false;
            auto bytes = decodeOutput(m_graph, op, i);
            if (!bytes || bytes->empty()) return false;
            decoded.emplace_back(std::move(*bytes));
        }
        for (size_t i = 0; i < op.outputs.size(); ++i) {
            m_graph.tensors[static_cast<size_t>(op.outputs[i])].buffer =
                static_cast<uint32_t>(m_graph.buffers.size());
            m_graph.buffers.push_back(std::move(decoded[i]));
        }
        return true;
    }

    /// Layers that share their weights share the floats, too.
    int32_t inFloats(int32_t codes) {
        if (const auto made = m_made.find(codes); made != m_made.end()) return made->second;
        const auto values = valuesOf(codes);
        if (values.empty()) return codes;
        Tensor tensor;
        tensor.name = m_graph.tensor(codes).name + "/float32";
        tensor.shape = m_graph.tensor(codes).shape;
        tensor.hasRank = m_graph.tensor(codes).hasRank;
        tensor.buffer = addFloats(tensor, values);
        m_graph.tensors.push_back(std::move(tensor));
        return m_made[codes] = static_cast<int32_t>(m_graph.tensors.size()) - 1;
    }

    Graph& m_graph;
    std::map<int32_t, int32_t> m_made;
    int64_t m_elements = 0;  ///< folded so far
};

}  // namespace

bool isFoldable(const Graph& graph, const Op& op) {
    return isConstantDequantize(graph, op) || isOpenDecode(graph, op) ||
           !hybridOperands(graph, op).empty();
}

std::vector<size_t> foldableOps(const Graph& graph) {
    std::vector<size_t> found;
    for (size_t i = 0; i < graph.ops.size(); ++i)
        if (isFoldable(graph, graph.ops[i])) found.push_back(i);
    return found;
}

std::vector<size_t> foldableAsTflm(const Graph& graph) {
    auto found = foldableOps(graph);
    std::erase_if(found, [&](size_t i) {
        const Op& op = graph.ops[i];
        if (op.kind != OpKind::DEQUANTIZE) return false;
        const Tensor& codes = graph.tensor(op.inputs[0]);
        const bool hasKernel = codes.type == DataType::Int8 || codes.type == DataType::UInt8 ||
                               codes.type == DataType::Int16;
        return hasKernel && codes.quantization.perChannel();
    });
    return found;
}

int foldConstants(Graph& graph, const std::vector<size_t>& ops) {
    Folding folding(graph);
    int count = 0;
    for (size_t op : ops)
        count += folding.fold(graph.ops[op]) ? 1 : 0;
    return count;
}

bool isFolded(const Graph& graph, const Op& op) {
    if (op.kind == OpKind::TFLM_DECODE)
        return !op.outputs.empty() && std::ranges::all_of(op.outputs, [&](int32_t t) {
            return t >= 0 && graph.isConstant(t);
        });
    return op.kind == OpKind::DEQUANTIZE && op.outputs.size() == 1 &&
           graph.isConstant(op.outputs[0]);
}

std::optional<Graph> withDecoded(const Graph& graph) {
    auto ops = foldableOps(graph);
    std::erase_if(ops, [&](size_t i) { return graph.ops[i].kind != OpKind::TFLM_DECODE; });
    if (ops.empty()) return std::nullopt;
    std::optional<Graph> view = graph;
    foldConstants(*view, ops);
    return view;
}

}  // namespace analysis
