// SPDX-License-Identifier: GPL-3.0-or-later
// Gemm and MatMul: FULLY_CONNECTED for constant weights, else BATCH_MATMUL.
#include <algorithm>

#include "onnx/operators.h"
#include "onnx/tensor_data.h"
#include "onnx/weighted_layer.h"

namespace onnx {
namespace {

using types::DataType;
using types::OpKind;
using types::Shape;

/// Weights as units x depth.
struct DenseLayout {
    bool isTransposed = false;       ///< stored as units x depth already
    std::optional<Factors> columns;  ///< how the depth lies in memory, where that differs
    double factor = 1;
};

/// The input in memory as rows x depth. Where only the depth lies in another order (a flattened
/// image), the weights take that order.
int32_t denseInput(Conversion& c, const View& view, DenseLayout& layout) {
    const AxisOrder order = identityOrder(view.shape.size());
    if (isInOrder(view, order)) return view.tensor;
    const auto factors = factorsOf(view);
    if (!factors) return c.materialized(view);
    std::vector<size_t> rows;
    for (size_t axis = 0; axis + 1 < view.shape.size(); ++axis)
        rows.insert(rows.end(), factors->ofAxis[axis].begin(), factors->ofAxis[axis].end());
    const bool startsWithRows =
        std::equal(rows.begin(), rows.end(), factors->memory.begin(),
                   factors->memory.begin() + static_cast<int64_t>(rows.size()));
    if (!startsWithRows) return c.materialized(view);
    layout.columns = factors;
    return view.tensor;
}

/// Splits the depth into its factors and orders them as in memory.
ConstantArray withColumnOrder(const ConstantArray& weights, const Factors& factors) {
    const std::vector<size_t>& own = factors.ofAxis.back();
    Shape split{weights.shape[0]};
    for (size_t factor : own)
        split.push_back(factors.sizes[factor]);
    AxisOrder order{0};
    for (size_t factor : factors.memory) {
        const auto at = std::find(own.begin(), own.end(), factor);
        if (at != own.end()) order.push_back(static_cast<int32_t>(at - own.begin()) + 1);
    }
    return reshaped(transposed(reshaped(weights, split), order), weights.shape);
}

ConstantArray arrangedDense(const ConstantArray& stored, const DenseLayout& layout) {
    const Shape& s = stored.shape;
    ConstantArray weights = s.size() == 1 ? reshaped(stored, {s[0], 1}) : stored;
    if (!layout.isTransposed) weights = transposed(weights, {1, 0});
    if (layout.factor != 1)
        weights = mapped(weights, weights.type, [&](double w) { return w * layout.factor; });
    return layout.columns ? withColumnOrder(weights, *layout.columns) : weights;
}

/// A bias with one number per unit, or one for all.
bool isBias(const OnnxValue& value, int32_t units) {
    if (!value.constant) return false;
    const int64_t count = value.constant->elements();
    return count == 1 || (count == units && !value.shape.empty() && value.shape.back() == units);
}

struct DenseNode {
    View input;  ///< rows x depth, or with more leading dimensions
    Shape out;   ///< of the value; may lack the row or the column of a vector
    int32_t units = 1;
    DenseLayout layout;
    double biasFactor = 1;
};

void emitDense(Conversion& c, const Node& node, DenseNode dense) {
    const int32_t units = dense.units;
    LayerType type = layerType(c, node, dense.layout.isTransposed ? 0 : 1);
    if (dense.layout.factor != 1 || dense.biasFactor != 1) {
        type.weights.reset();
        type.input.reset();
        type.tail = c.tailOf(node, true, false);
    }
    const int32_t tensor =
        denseInput(c, type.input ? dense.input : c.real(dense.input), dense.layout);
    const int32_t weights = addWeights(
        c, node, type, 0, [&](const ConstantArray& w) { return arrangedDense(w, dense.layout); });
    const int32_t bias = addBias(c, node, type, 2, units, dense.biasFactor);
    types::FullyConnectedOptions options;
    options.activation = type.tail.activation;
    const auto rows = static_cast<int32_t>(types::elementCount(dense.out) / units);
    const int32_t result = c.addScaled(type.tail.name, {rows, units}, type.tail.scale);
    c.emit(OpKind::FULLY_CONNECTED, {tensor, weights, bias}, {result}, options);
    c.finish(type.tail, reshapedView(viewOf(result, {rows, units}, {0, 1}), dense.out));
}

/// Two activations, or a constant left one.
View emitBatch(Conversion& c, const Node& node, View a, View b, types::BatchMatMulOptions options,
               const Shape& out) {
    const auto left = c.scaleOf(a), right = c.scaleOf(b);
    const Tail tail = c.tailOf(node, false, left && right);
    const bool isInteger =
        tail.scale && left->type == right->type && tail.scale->type == left->type;
    const std::string& name = isInteger ? tail.name : node.outputs[0];
    if (!isInteger) a = c.real(a), b = c.real(b);
    const int32_t x = c.materialized(a), y = c.materialized(b);
    const int32_t result = c.addScaled(name, out, isInteger ? tail.scale : std::nullopt);
    c.emit(OpKind::BATCH_MATMUL, {x, y}, {result}, options);
    const View view = viewOf(result, out, identityOrder(out.size()));
    if (isInteger)
        c.finish(tail, view);
    else
        c.give(node, view, DataType::Float32);
    return view;
}

Shape matMulShape(const Node& node, const Shape& a, const Shape& b) {
    require(
        a.size() >= 2 && b.size() >= 2 && a.back() == b[b.size() - 2], node,
        "has inputs " + types::shapeText(a) + " and " + types::shapeText(b) + " that do not match");
    Shape out = broadcastShape(node, Shape(a.begin(), a.end() - 2), Shape(b.begin(), b.end() - 2));
    out.push_back(a[a.size() - 2]);
    out.push_back(b.back());
    return out;
}

void convertMatMul(Conversion& c, const Node& node) {
    View a = c.numbers(node, 0);
    const OnnxValue& right = c.input(node, 1);
    Shape left = a.shape, b = right.shape;
    require(!left.empty() && !b.empty(), node, "multiplies a scalar");
    const bool isRow = left.size() == 1, isColumn = b.size() == 1;
    if (isRow) left.insert(left.begin(), 1);
    if (isColumn) b.push_back(1);
    const Shape full = matMulShape(node, left, b);
    Shape out = full;
    if (isRow) out.erase(out.end() - 2);
    if (isColumn) out.pop_back();
    if (right.constant && b.size() == 2) {
        emitDense(c, node, {reshapedView(a, left), out, b[1], {}, 1});
        return;
    }
    require(!node.hasInput(2), node, "has a bias behind a product of activations");
    const View product =
        emitBatch(c, node, reshapedView(a, left), reshapedView(c.numbers(node, 1), b), {}, full);
    if (out != full) c.give(node, reshapedView(product, out), DataType::Float32);
}

/// alpha * A * B + beta * C where B is computed or C has another number for each row.
void emitGemmParts(Conversion& c, const Node& node, const View& a, const View& b,
                   types::BatchMatMulOptions options, const Shape& out) {
    const double alpha = static_cast<double>(node.real("alpha", 1));
    const double beta = static_cast<double>(node.real("beta", 1));
    const int32_t x = c.materialized(c.real(a)), y = c.materialized(c.real(b));
    int32_t result = c.addTensor(node.outputs[0], DataType::Float32, out);
    c.emit(OpKind::BATCH_MATMUL, {x, y}, {result}, options);
    const auto combine = [&](OpKind kind, int32_t left, int32_t right) {
        const int32_t next = c.addTensor(node.outputs[0], DataType::Float32, out);
        c.emit(kind, {left, right}, {next}, types::ArithmeticOptions{});
        return next;
    };
    const auto scalar = [&](double value) {
        return c.addConstant(node.outputs[0] + "/factor",
                             makeArray(DataType::Float32, {1}, {value}), DataType::Float32);
    };
    if (alpha != 1) result = combine(OpKind::MUL, result, scalar(alpha));
    if (node.hasInput(2)) {
        const View bias = c.real(c.numbers(node, 2));
        require(broadcastShape(node, bias.shape, out) == out, node,
                "has a C that does not broadcast to its result");
        int32_t term = c.materialized(bias);
        if (beta != 1) {
            const int32_t scaled =
                c.addTensor(node.outputs[0] + "/c", DataType::Float32, bias.shape);
            c.emit(OpKind::MUL, {term, scalar(beta)}, {scaled}, types::ArithmeticOptions{});
            term = scaled;
        }
        result = combine(OpKind::ADD, result, term);
    }
    c.give(node, viewOf(result, out, {0, 1}), DataType::Float32);
}

void convertGemm(Conversion& c, const Node& node) {
    View a = c.numbers(node, 0);
    const OnnxValue& right = c.input(node, 1);
    require(a.shape.size() == 2 && right.shape.size() == 2, node, "needs 2-D inputs");
    const bool left = node.integer("transA", 0) != 0, transposed = node.integer("transB", 0) != 0;
    const Shape turned = left ? Shape{a.shape[1], a.shape[0]} : a.shape;
    const Shape b = transposed ? Shape{right.shape[1], right.shape[0]} : right.shape;
    const Shape out = matMulShape(node, turned, b);
    if (!right.constant || (node.hasInput(2) && !isBias(c.input(node, 2), out[1]))) {
        emitGemmParts(c, node, a, c.numbers(node, 1), {left, transposed, false}, out);
        return;
    }
    if (left) {
        if (!a.isPlain()) a = viewOf(c.materialized(a), a.shape, {0, 1});
        a = transposedView(a, {1, 0});
    }
    DenseLayout layout;
    layout.isTransposed = transposed;
    layout.factor = static_cast<double>(node.real("alpha", 1));
    emitDense(c, node, {a, out, out[1], layout, static_cast<double>(node.real("beta", 1))});
}

}  // namespace

Converter denseConverter(const std::string& op) {
    if (op == "MatMul") return convertMatMul;
    return op == "Gemm" ? convertGemm : nullptr;
}

}  // namespace onnx
