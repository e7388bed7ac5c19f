// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "analysis/op_version.h"
#include "analysis/real_values.h"
#include "transform/channels/constant_edits.h"
#include "transform/rewrites/rewrites.h"

namespace transform {

using types::Bytes;
using types::Graph;
using types::Op;
using types::OpKind;
using types::Tensor;

namespace {

bool hasScalePerOutput(const Graph& graph, const Op& op) {
    if (op.kind != OpKind::FULLY_CONNECTED || op.input(0) < 0 || op.input(1) < 0) return false;
    const Tensor& weights = graph.tensor(op.inputs[1]);
    return graph.isConstant(op.inputs[1]) && weights.quantization.perChannel() &&
           weights.quantization.axis == 0 && !weights.isSparse &&
           weights.type != types::DataType::Float32;
}

/// The constant with one scale instead of many.
void addEdit(const Graph& graph, size_t op, size_t operand, const Tensor& old, float scale,
             ConstantEdits& edits) {
    const Bytes& data = graph.constantData(graph.ops[op].inputs[operand]);
    Tensor tensor = old;
    tensor.quantization.scale = {scale};
    tensor.quantization.zeroPoint = {0};
    tensor.quantization.axis = 0;
    tensor.quantization.min.clear();
    tensor.quantization.max.clear();
    const auto values = analysis::dequantize(old, data.view());
    edits.add(op, operand, tensor, Bytes(analysis::encode(tensor, values)));
}

/// The bias as stored; where a converter left its scales out, with those of the products.
Tensor biasOf(const Graph& graph, const Op& op) {
    Tensor bias = graph.tensor(op.inputs[2]);
    const auto& input = graph.tensor(op.inputs[0]).quantization;
    if (bias.quantization.present() || !input.present()) return bias;
    for (float scale : graph.tensor(op.inputs[1]).quantization.scale)
        bias.quantization.scale.push_back(scale * input.scale[0]);
    bias.quantization.zeroPoint.assign(bias.quantization.scale.size(), 0);
    return bias;
}

}  // namespace

int perTensorDense(Graph& graph) {
    ConstantEdits edits;
    std::vector<size_t> changed;
    for (size_t i = 0; i < graph.ops.size(); ++i) {
        const Op& op = graph.ops[i];
        if (!hasScalePerOutput(graph, op)) continue;
        const Tensor& weights = graph.tensor(op.inputs[1]);
        const float scale = std::ranges::max(weights.quantization.scale);
        addEdit(graph, i, 1, weights, scale, edits);
        const auto& input = graph.tensor(op.inputs[0]).quantization;
        if (op.input(2) >= 0 && graph.isConstant(op.inputs[2]) && input.present())
            addEdit(graph, i, 2, biasOf(graph, op), scale * input.scale[0], edits);
        changed.push_back(i);
    }
    edits.apply(graph);
    for (size_t op : changed)
        graph.ops[op].version = analysis::opVersion(graph, graph.ops[op]);
    return static_cast<int>(changed.size());
}

}  // namespace transform
