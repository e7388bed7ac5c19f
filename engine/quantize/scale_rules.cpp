// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/scale_rules.h"

namespace quantize {

using types::DataType;
using types::OpKind;

ScaleRule scaleRule(OpKind kind) {
    switch (kind) {
        case OpKind::CONV_2D:
        case OpKind::DEPTHWISE_CONV_2D:
        case OpKind::TRANSPOSE_CONV:
        case OpKind::FULLY_CONNECTED:
        case OpKind::BATCH_MATMUL:
        case OpKind::ADD:
        case OpKind::SUB:
        case OpKind::MUL:
        case OpKind::DIV:
        case OpKind::SQUARED_DIFFERENCE:
        case OpKind::PRELU:
        case OpKind::MEAN:
        case OpKind::SUM:
        case OpKind::CUMSUM:
        case OpKind::ABS:
        case OpKind::ELU:
        case OpKind::EXP:
        case OpKind::HARD_SWISH:
        case OpKind::LEAKY_RELU:
        case OpKind::LOG:
        case OpKind::RELU:
        case OpKind::RSQRT:
        case OpKind::ARG_MAX:
        case OpKind::ARG_MIN:
        case OpKind::EQUAL:
        case OpKind::NOT_EQUAL:
        case OpKind::LESS:
        case OpKind::LESS_EQUAL:
        case OpKind::GREATER:
        case OpKind::GREATER_EQUAL:
            return ScaleRule::Own;
        case OpKind::AVERAGE_POOL_2D:
        case OpKind::MAX_POOL_2D:
        case OpKind::RELU6:
        case OpKind::RESHAPE:
        case OpKind::SQUEEZE:
        case OpKind::EXPAND_DIMS:
        case OpKind::PAD:
        case OpKind::PADV2:
        case OpKind::MIRROR_PAD:
        case OpKind::TRANSPOSE:
        case OpKind::CONCATENATION:
        case OpKind::PACK:
        case OpKind::UNPACK:
        case OpKind::SPLIT:
        case OpKind::SPLIT_V:
        case OpKind::SLICE:
        case OpKind::STRIDED_SLICE:
        case OpKind::REVERSE_V2:
        case OpKind::BROADCAST_TO:
        case OpKind::SPACE_TO_DEPTH:
        case OpKind::DEPTH_TO_SPACE:
        case OpKind::SPACE_TO_BATCH_ND:
        case OpKind::BATCH_TO_SPACE_ND:
        case OpKind::RESIZE_NEAREST_NEIGHBOR:
        case OpKind::RESIZE_BILINEAR:
        case OpKind::GATHER:
        case OpKind::GATHER_ND:
        case OpKind::DYNAMIC_UPDATE_SLICE:
        case OpKind::MAXIMUM:
        case OpKind::MINIMUM:
        case OpKind::REDUCE_MAX:
        case OpKind::REDUCE_MIN:
        case OpKind::SELECT_V2:
        case OpKind::ADD_N:
            return ScaleRule::Shared;
        case OpKind::SOFTMAX:
        case OpKind::LOGISTIC:
        case OpKind::TANH:
        case OpKind::L2_NORMALIZATION:
        case OpKind::LOG_SOFTMAX:
            return ScaleRule::Fixed;
        default:
            return ScaleRule::None;
    }
}

types::Quantization fixedOutput(OpKind kind, DataType type) {
    const auto scaled = [](float scale, int64_t zeroPoint) {
        types::Quantization quantization;
        quantization.scale = {scale};
        quantization.zeroPoint = {zeroPoint};
        return quantization;
    };
    if (type == DataType::Int16) return scaled(1.0f / 32768, 0);
    switch (kind) {
        case OpKind::TANH:
        case OpKind::L2_NORMALIZATION:
            return scaled(1.0f / 128, 0);
        case OpKind::LOG_SOFTMAX:
            return scaled(16.0f / 256, 127);
        default:  // SOFTMAX and LOGISTIC
            return scaled(1.0f / 256, -128);
    }
}

std::optional<WeightRoles> weightRoles(const types::Graph& graph, size_t index) {
    const types::Op& op = graph.ops[index];
    WeightRoles roles{0, 1, 2, 0};
    switch (op.kind) {
        case OpKind::CONV_2D:
        case OpKind::FULLY_CONNECTED:
            break;
        case OpKind::DEPTHWISE_CONV_2D:
            roles.channelAxis = 3;
            break;
        case OpKind::TRANSPOSE_CONV:
            roles = {2, 1, 3, 0};
            break;
        default:
            return std::nullopt;
    }
    const int32_t weights = op.input(roles.weights), bias = op.input(roles.bias);
    if (weights < 0 || !graph.isConstant(weights)) return std::nullopt;
    if (graph.tensor(weights).blockScales) return std::nullopt;
    if (bias >= 0 && !graph.isConstant(bias)) return std::nullopt;
    const types::Shape& shape = graph.tensor(weights).shape;
    if (static_cast<int32_t>(shape.size()) <= roles.channelAxis || types::elementCount(shape) == 0)
        return std::nullopt;
    return roles;
}

}  // namespace quantize
