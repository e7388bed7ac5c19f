// SPDX-License-Identifier: GPL-3.0-or-later
// SELECT to SELECT_V2, and BATCH_MATMUL to FULLY_CONNECTED.
#include <algorithm>
#include <cstring>

#include "analysis/op_version.h"
#include "bytes/number_bytes.h"
#include "transform/rewrites/rewrites.h"

namespace transform {

using types::BatchMatMulOptions;
using types::Bytes;
using types::DataType;
using types::Graph;
using types::Op;
using types::OpKind;
using types::Shape;
using types::Tensor;

namespace {

int32_t addTensor(Graph& graph, Tensor tensor) {
    graph.tensors.push_back(std::move(tensor));
    return static_cast<int32_t>(graph.tensors.size()) - 1;
}

int32_t addConstant(Graph& graph, Tensor tensor, std::vector<uint8_t> data) {
    tensor.buffer = static_cast<uint32_t>(graph.buffers.size());
    graph.buffers.emplace_back(std::move(data));
    return addTensor(graph, std::move(tensor));
}

int32_t addShape(Graph& graph, const Shape& shape, const std::string& name) {
    Tensor tensor;
    tensor.name = name;
    tensor.type = DataType::Int32;
    tensor.shape = {static_cast<int32_t>(shape.size())};
    tensor.hasRank = true;
    return addConstant(graph, std::move(tensor), bytes::bytesOfNumbers(shape));
}

/// Replaces kind and options; what the container kept of the old ones goes.
void become(Op& op, OpKind kind, types::OpOptions options) {
    op.kind = kind;
    op.options = std::move(options);
    op.carried = nullptr;
    op.version = 1;
}

/// One condition per slice of the first axis, for operands of a higher rank.
bool selectsSlices(const Graph& graph, const Op& op) {
    return graph.tensor(op.inputs[0]).shape.size() == 1 &&
           graph.tensor(op.inputs[1]).shape.size() > 1;
}

/// Returns the conditions with the rank of the operands: as a constant, or written by a RESHAPE
/// that is added to `before`.
int32_t withRank(Graph& graph, const Op& op, std::vector<Op>& before) {
    Shape shape(graph.tensor(op.inputs[1]).shape.size(), 1);
    shape[0] = graph.tensor(op.inputs[0]).shape[0];
    Tensor tensor = graph.tensor(op.inputs[0]);
    tensor.shape = shape;
    tensor.shapeSignature.clear();
    tensor.name += "/column";
    if (graph.isConstant(op.inputs[0])) return addTensor(graph, std::move(tensor));
    Op& reshape = before.emplace_back();
    become(reshape, OpKind::RESHAPE, types::ReshapeOptions{shape});
    reshape.inputs = {op.inputs[0], addShape(graph, shape, tensor.name + "/shape")};
    reshape.outputs = {addTensor(graph, std::move(tensor))};
    return reshape.outputs[0];
}

/// The constant right side of a product as a matrix: one for all leading dimensions.
bool isMatrix(const Graph& graph, int32_t t) {
    if (t < 0 || !graph.isConstant(t)) return false;
    const Tensor& tensor = graph.tensor(t);
    const bool isWhole = types::bitsOf(tensor.type) % 8 == 0 && types::bitsOf(tensor.type) > 0;
    return isWhole && !tensor.isSparse && !tensor.blockScales && tensor.shape.size() >= 2 &&
           std::all_of(tensor.shape.begin(), tensor.shape.end() - 2,
                       [](int32_t dimension) { return dimension == 1; });
}

bool allZero(const std::vector<int64_t>& zeroPoints) {
    return std::ranges::all_of(zeroPoints, [](int64_t zero) { return zero == 0; });
}

/// True where FULLY_CONNECTED takes the weights: floats, or symmetric codes with one scale or one
/// per output.
bool isDense(const Graph& graph, const Op& op) {
    const auto* o = std::get_if<BatchMatMulOptions>(&op.options);
    if (op.kind != OpKind::BATCH_MATMUL || o == nullptr || o->transposeLeft) return false;
    if (op.input(0) < 0 || graph.isConstant(op.input(0)) || !isMatrix(graph, op.input(1)))
        return false;
    const Tensor& right = graph.tensor(op.inputs[1]);
    if (right.type == DataType::Float32) return graph.tensor(op.inputs[0]).type == right.type;
    const size_t rank = right.shape.size(), outputs = o->transposeRight ? rank - 2 : rank - 1;
    return right.type == DataType::Int8 && right.quantization.present() &&
           allZero(right.quantization.zeroPoint) &&
           (!right.quantization.perChannel() ||
            right.quantization.axis == static_cast<int32_t>(outputs));
}

std::vector<uint8_t> transposed(std::span<const uint8_t> data, size_t rows, size_t columns) {
    const size_t width = data.size() / (rows * columns);
    std::vector<uint8_t> result(rows * columns * width);
    for (size_t r = 0; r < rows; ++r)
        for (size_t c = 0; c < columns; ++c)
            std::memcpy(result.data() + (c * rows + r) * width,
                        data.data() + (r * columns + c) * width, width);
    return result;
}

int32_t denseWeights(Graph& graph, int32_t right, bool isTransposed) {
    Tensor weights = graph.tensor(right);
    const auto data = graph.constantData(right).view().first(static_cast<size_t>(weights.bytes()));
    const int32_t rows = weights.shape[weights.shape.size() - 2], columns = weights.shape.back();
    weights.shape = isTransposed ? Shape{rows, columns} : Shape{columns, rows};
    weights.shapeSignature.clear();
    weights.quantization.axis = 0;
    weights.name += "/dense";
    if (isTransposed || data.empty())
        return addConstant(graph, std::move(weights), {data.begin(), data.end()});
    auto bytes = transposed(data, static_cast<size_t>(rows), static_cast<size_t>(columns));
    return addConstant(graph, std::move(weights), std::move(bytes));
}

}  // namespace

int selectToV2(Graph& graph) {
    int count = 0;
    std::vector<Op> ops;
    for (Op& op : graph.ops) {
        if (op.kind == OpKind::SELECT && op.inputs.size() == 3 && op.input(0) >= 0 &&
            op.input(1) >= 0) {
            std::vector<Op> before;
            if (selectsSlices(graph, op)) op.inputs[0] = withRank(graph, op, before);
            become(op, OpKind::SELECT_V2, {});
            ops.insert(ops.end(), before.begin(), before.end());
            ++count;
        }
        ops.push_back(std::move(op));
    }
    graph.ops = std::move(ops);
    return count;
}

int matMulToDense(Graph& graph) {
    int count = 0;
    for (Op& op : graph.ops) {
        if (!isDense(graph, op)) continue;
        const auto o = std::get<BatchMatMulOptions>(op.options);
        types::FullyConnectedOptions dense;
        dense.keepNumDims =
            graph.tensor(op.inputs[0]).shape.size() == graph.tensor(op.outputs[0]).shape.size();
        dense.asymmetricQuantizeInputs = o.asymmetricQuantizeInputs;
        const int32_t weights = denseWeights(graph, op.inputs[1], o.transposeRight);
        become(op, OpKind::FULLY_CONNECTED, dense);
        op.inputs = {op.inputs[0], weights, -1};
        op.version = analysis::opVersion(graph, op);
        ++count;
    }
    return count;
}

}  // namespace transform
