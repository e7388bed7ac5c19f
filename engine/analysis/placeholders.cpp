// SPDX-License-Identifier: GPL-3.0-or-later
// Shapes that a file leaves open: which operators they concern, and which of them follow from
// constants and from the inputs as declared.
#include <algorithm>
#include <cstring>
#include <functional>

#include "analysis/constants.h"
#include "analysis/shapes.h"
#include "analysis/validate.h"

namespace analysis {
namespace {

using namespace types;

using Ints = std::vector<int64_t>;
using MaybeInts = std::optional<Ints>;

/// Longer vectors are data, not shapes.
constexpr int64_t kMaxComputed = 64;

bool isOpen(const Graph& graph, int32_t t) {
    if (t < 0 || graph.isConstant(t)) return false;
    return hasOpenShape(graph.tensor(t)) || graph.tensor(t).mayLackRank();
}

bool hasRank(const Graph& graph, int32_t t, size_t least, size_t most) {
    if (t < 0) return false;
    const size_t rank = graph.tensor(t).shape.size();
    return rank >= least && rank <= most;
}

/// Computes the integers of shapes: vectors and scalars that follow from constants.
class ShapeArithmetic {
public:
    ShapeArithmetic(const Graph& graph, const Op& op) : m_graph(graph), m_op(op) {}

    MaybeInts result() const {
        if (m_op.outputs.size() != 1) return std::nullopt;
        const Tensor& out = m_graph.tensor(m_op.outputs[0]);
        const bool isShape = out.type == DataType::Int32 || out.type == DataType::Int64;
        if (!isShape || out.elements() > kMaxComputed || out.shape.size() > 1) return std::nullopt;
        MaybeInts values = compute();
        if (values && static_cast<int64_t>(values->size()) != out.elements()) return std::nullopt;
        return values;
    }

private:
    MaybeInts compute() const {
        switch (m_op.kind) {
            case OpKind::SHAPE:
                return shapeOf(m_op.input(0));
            case OpKind::CAST:
            case OpKind::RESHAPE:
            case OpKind::SQUEEZE:
            case OpKind::EXPAND_DIMS:
                return ints(0);
            case OpKind::PACK:
            case OpKind::CONCATENATION:
                return joined();
            case OpKind::GATHER:
                return gathered();
            case OpKind::STRIDED_SLICE:
                return sliced();
            case OpKind::REDUCE_PROD:
                return product();
            default:
                return elementwise();
        }
    }

    MaybeInts ints(size_t i) const {
        const int32_t t = m_op.input(i);
        if (t < 0 || m_graph.tensor(t).elements() > kMaxComputed) return std::nullopt;
        return constantInts(m_graph, t);
    }

    MaybeInts shapeOf(int32_t t) const {
        if (t < 0 || isOpen(m_graph, t)) return std::nullopt;
        const Shape& shape = m_graph.tensor(t).shape;
        return Ints(shape.begin(), shape.end());
    }

    MaybeInts joined() const {
        Ints all;
        for (size_t i = 0; i < m_op.inputs.size(); ++i) {
            const auto part = ints(i);
            if (!part) return std::nullopt;
            all.insert(all.end(), part->begin(), part->end());
        }
        return all;
    }

    MaybeInts gathered() const {
        const auto values = ints(0), indices = ints(1);
        if (!values || !indices || m_graph.tensor(m_op.input(0)).shape.size() != 1)
            return std::nullopt;
        Ints result;
        for (int64_t i : *indices) {
            if (i < 0 || i >= static_cast<int64_t>(values->size())) return std::nullopt;
            result.push_back((*values)[static_cast<size_t>(i)]);
        }
        return result;
    }

    MaybeInts sliced() const {
        const auto* o = std::get_if<StridedSliceOptions>(&m_op.options);
        const auto values = ints(0), begin = ints(1), end = ints(2), stride = ints(3);
        if (!o || !values || !begin || !end || !stride || begin->size() != 1 || end->size() != 1 ||
            *stride != Ints{1} || o->offset || o->ellipsisMask || o->newAxisMask)
            return std::nullopt;
        const auto count = static_cast<int64_t>(values->size());
        const auto place = [count](int64_t at) {
            return std::clamp<int64_t>(at < 0 ? at + count : at, 0, count);
        };
        const int64_t from = o->beginMask & 1 ? 0 : place((*begin)[0]);
        const int64_t to = o->shrinkAxisMask & 1 ? std::min(from + 1, count)
                           : o->endMask & 1      ? count
                                                 : place((*end)[0]);
        if (from >= to) return Ints();
        return Ints(values->begin() + from, values->begin() + to);
    }

    MaybeInts product() const {
        const auto values = ints(0);
        if (!values || m_graph.tensor(m_op.input(0)).shape.size() != 1) return std::nullopt;
        int64_t result = 1;
        for (int64_t value : *values)
            if (__builtin_mul_overflow(result, value, &result)) return std::nullopt;
        return Ints{result};
    }

    std::function<int64_t(int64_t, int64_t)> operation() const {
        switch (m_op.kind) {
            case OpKind::ADD:
                return [](int64_t a, int64_t b) { return a + b; };
            case OpKind::SUB:
                return [](int64_t a, int64_t b) { return a - b; };
            case OpKind::MUL:  // constantInts() keeps to 2^40, so a shape's product is far below
                return [](int64_t a, int64_t b) {
                    int64_t result = 0;
                    return __builtin_mul_overflow(a, b, &result) ? -1 : result;
                };
            case OpKind::MAXIMUM:
                return [](int64_t a, int64_t b) { return std::max(a, b); };
            case OpKind::MINIMUM:
                return [](int64_t a, int64_t b) { return std::min(a, b); };
            case OpKind::DIV:
            case OpKind::FLOOR_DIV:  // of shapes, which are not negative
                return [](int64_t a, int64_t b) { return a < 0 || b <= 0 ? -1 : a / b; };
            default:
                return nullptr;
        }
    }

    MaybeInts elementwise() const {
        const auto apply = operation();
        if (!apply) return std::nullopt;
        const auto a = ints(0), b = ints(1);
        if (!a || !b || a->empty() || b->empty()) return std::nullopt;
        const size_t count = std::max(a->size(), b->size());
        if ((a->size() != count && a->size() != 1) || (b->size() != count && b->size() != 1))
            return std::nullopt;
        Ints result(count);
        for (size_t i = 0; i < count; ++i)
            result[i] = apply((*a)[a->size() == 1 ? 0 : i], (*b)[b->size() == 1 ? 0 : i]);
        return result;
    }

    const Graph& m_graph;
    const Op& m_op;
};

Bytes encoded(const Ints& values, DataType type) {
    std::vector<uint8_t> bytes;
    const auto put = [&bytes](const auto& value) {
        const auto* first = reinterpret_cast<const uint8_t*>(&value);
        bytes.insert(bytes.end(), first, first + sizeof value);
    };
    for (int64_t value : values)
        if (type == DataType::Int64)
            put(value);
        else
            put(static_cast<int32_t>(std::clamp<int64_t>(value, INT32_MIN, INT32_MAX)));
    return Bytes(std::move(bytes));
}

/// Gives a tensor the shape that it has at run time; its signature then leaves nothing open.
void settle(Tensor& tensor, const Shape& shape) {
    tensor.shape = shape;
    tensor.shapeSignature.clear();
    tensor.hasRank = true;
    tensor.isFilledIn = true;
}

/// Rules compute with the shapes that others gave, before validate() limits them.
bool isPlausible(const Shape& shape) {
    if (shape.size() > kMaxRank) return false;
    int64_t elements = 1;
    for (int32_t dimension : shape) {
        if (dimension < 0) return false;
        elements *= std::max(dimension, 1);
        if (elements > kMaxTensorBytes) return false;
    }
    return true;
}

}  // namespace

bool mayHavePlaceholders(const Graph& graph, const Op& op) {
    const auto open = [&](int32_t t) { return isOpen(graph, t); };
    return std::ranges::any_of(op.inputs, open) || std::ranges::any_of(op.outputs, open);
}

bool shapesAgree(const Graph& graph, const Op& op) {
    const auto inferred = inferOutputShapes(graph, op);
    if (!inferred || inferred->size() != op.outputs.size()) return false;
    for (size_t i = 0; i < op.outputs.size(); ++i)
        if ((*inferred)[i] != graph.tensor(op.outputs[i]).shape) return false;
    return true;
}

bool mayDisagree(const Graph& graph, const Op& op) {
    constexpr size_t kAny = 100;
    switch (op.kind) {
        case OpKind::CONV_2D:
        case OpKind::DEPTHWISE_CONV_2D:
        case OpKind::TRANSPOSE_CONV:
        case OpKind::AVERAGE_POOL_2D:
        case OpKind::MAX_POOL_2D:
        case OpKind::L2_POOL_2D:
        case OpKind::SVDF:
        case OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM:
            return false;
        case OpKind::FULLY_CONNECTED:
            return hasRank(graph, op.input(0), 0, kAny) && hasRank(graph, op.input(1), 2, 2);
        case OpKind::BATCH_MATMUL:
            return hasRank(graph, op.input(0), 2, kAny) && hasRank(graph, op.input(1), 2, kAny);
        default:
            return true;
    }
}

void resolvePlaceholders(Graph& graph) {
    const bool any = std::ranges::any_of(
        graph.ops, [&](const Op& op) { return mayHavePlaceholders(graph, op); });
    if (!any) return;
    Graph known = graph;  // computed shapes are constants here
    for (const Op& op : graph.ops) {
        if (const auto values = ShapeArithmetic(known, op).result()) {
            Tensor& computed = known.tensors[static_cast<size_t>(op.outputs[0])];
            computed.buffer = static_cast<uint32_t>(known.buffers.size());
            known.buffers.push_back(encoded(*values, computed.type));
        }
        if (!mayHavePlaceholders(known, op)) continue;
        const auto shapes = inferOutputShapes(known, op);
        if (!shapes || shapes->size() != op.outputs.size()) continue;
        for (size_t i = 0; i < shapes->size(); ++i) {
            const auto t = static_cast<size_t>(op.outputs[i]);
            if (graph.tensors[t].shape == (*shapes)[i] || !isPlausible((*shapes)[i])) continue;
            settle(graph.tensors[t], (*shapes)[i]);
            settle(known.tensors[t], (*shapes)[i]);
        }
    }
}

}  // namespace analysis
