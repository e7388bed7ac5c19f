// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/layer_weights.h"

#include <algorithm>
#include <cmath>

#include "analysis/real_values.h"
#include "transform/channels/cut_tensor.h"

namespace transform {

using types::DataType;
using types::Graph;
using types::OpKind;
using types::Tensor;

namespace {

constexpr size_t kWeights = 1, kBias = 2;

/// Largest magnitude of each slice with its own scale; one entry for a common scale.
std::vector<float> magnitudes(const Tensor& tensor, const std::vector<float>& values) {
    const auto& q = tensor.quantization;
    std::vector<float> largest(q.scale.size(), 0.0f);
    size_t inner = 1;
    for (size_t d = static_cast<size_t>(q.axis) + 1; d < tensor.shape.size(); ++d)
        inner *= static_cast<size_t>(tensor.shape[d]);
    for (size_t i = 0; i < values.size(); ++i) {
        float& slice = largest[largest.size() > 1 ? i / inner % largest.size() : 0];
        slice = std::max(slice, std::fabs(values[i]));
    }
    return largest;
}

Tensor rescaled(const Tensor& tensor, const std::vector<float>& values) {
    Tensor result = tensor;
    if (!tensor.quantization.present() || tensor.type == DataType::Float32) return result;
    const auto largest = magnitudes(tensor, values);
    const float steps = tensor.type == DataType::Int4 ? 7 : 127;
    for (size_t i = 0; i < largest.size(); ++i)
        if (largest[i] > 0) result.quantization.scale[i] = largest[i] / steps;
    std::ranges::fill(result.quantization.zeroPoint, 0);
    result.quantization.min.clear();
    result.quantization.max.clear();
    return result;
}

}  // namespace

std::optional<size_t> weightOperand(const Graph& graph, size_t op) {
    switch (graph.ops[op].kind) {
        case OpKind::CONV_2D:
        case OpKind::DEPTHWISE_CONV_2D:
        case OpKind::TRANSPOSE_CONV:
        case OpKind::FULLY_CONNECTED:
        case OpKind::BATCH_MATMUL:
        case OpKind::SVDF:
            break;
        default:
            return std::nullopt;
    }
    const auto* dense = std::get_if<types::FullyConnectedOptions>(&graph.ops[op].options);
    if (dense && dense->shuffledWeights) return std::nullopt;
    const int32_t tensor = graph.ops[op].input(kWeights);
    if (tensor < 0 || !graph.isConstant(tensor) || isOpaque(graph.tensor(tensor)))
        return std::nullopt;
    return kWeights;
}

std::vector<float> realOperand(const Graph& graph, size_t op, size_t operand) {
    const int32_t tensor = graph.ops[op].input(operand);
    return analysis::dequantize(graph.tensor(tensor), graph.constantData(tensor).view());
}

void setWeights(const Graph& graph, size_t op, const std::vector<float>& weights,
                const std::vector<float>& bias, ConstantEdits& edits) {
    const types::Op& layer = graph.ops[op];
    Tensor filter = rescaled(graph.tensor(layer.input(kWeights)), weights);
    if (layer.input(kBias) >= 0) {
        Tensor offsets = graph.tensor(layer.input(kBias));
        if (offsets.type != DataType::Float32) {
            const float input = graph.tensor(layer.input(0)).quantization.scale[0];
            offsets.quantization = {};
            for (float scale : filter.quantization.scale)
                offsets.quantization.scale.push_back(input * scale);
            offsets.quantization.zeroPoint.assign(offsets.quantization.scale.size(), 0);
        }
        types::Bytes data(analysis::encode(offsets, bias));
        edits.add(op, kBias, std::move(offsets), std::move(data));
    }
    types::Bytes data(analysis::encode(filter, weights));
    edits.add(op, kWeights, std::move(filter), std::move(data));
}

}  // namespace transform
