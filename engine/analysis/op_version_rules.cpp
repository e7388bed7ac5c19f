// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/op_version_rules.h"

#include <algorithm>

namespace analysis {

using types::DataType;
using types::OpKind;

namespace {

bool hasBiasType(const Operands& op, DataType type) {
    return op.has(0, DataType::Int16) && op.has(1, DataType::Int8) && op.gives(DataType::Int16) &&
           type != DataType::Float32;
}

int32_t convolutionVersion(const Operands& op, int32_t plain) {
    if (hasBiasType(op, op.options<types::WindowOptions>().quantizedBiasType)) return 8;
    if (op.rank(0) == 4 && op.rank(1) == 4 && op.input(0)->shape[3] != op.input(1)->shape[3])
        return 6;
    if (op.isHybrid(1)) return op.isPerChannel(1) ? 5 : 2;
    return op.has(0, DataType::Int8) && op.has(1, DataType::Int4) ? 7 : plain;
}

int32_t depthwiseVersion(const Operands& op, int32_t plain) {
    if (op.isHybrid(1)) return op.isPerChannel(1) ? 6 : 4;
    if (op.has(0, DataType::Int8) && op.has(1, DataType::Int4)) return 7;
    const auto window = op.options<types::WindowOptions>();
    const bool dilated = window.dilationHeight != 1 || window.dilationWidth != 1;
    return dilated && plain == 1 ? 2 : plain;
}

int32_t hybridDenseVersion(const types::FullyConnectedOptions& options) {
    return options.asymmetricQuantizeInputs ? 9 : 3;
}

int32_t fullyConnectedVersion(const Operands& op, int32_t plain) {
    const auto options = op.options<types::FullyConnectedOptions>();
    if (op.has(1, DataType::Int2)) return 14;
    if (op.has(0, DataType::Int16) && op.has(1, DataType::Int4)) return 13;
    if (op.isHybrid(1) && op.isPerChannel(1)) return 12;
    if (hasBiasType(op, options.quantizedBiasType)) return 11;
    if (op.input(1) != nullptr && op.input(1)->isSparse) return 8;
    if (op.has(0, DataType::Int16) && op.has(1, DataType::Int16)) return 7;
    if (op.op.inputs.size() == 2) return 6;
    if (options.keepNumDims) return 5;
    if (op.has(0, DataType::Int8) && op.has(1, DataType::Int4)) return 10;
    if (op.isHybrid(1)) return hybridDenseVersion(options);
    return options.shuffledWeights ? 2 : plain;
}

int32_t transposeConvVersion(const Operands& op, int32_t plain) {
    const auto window = op.options<types::WindowOptions>();
    if (window.activation != types::Activation::None) return 4;
    return op.input(3) != nullptr ? 3 : plain;
}

int32_t lstmVersion(const Operands& op, int32_t) {
    const auto options = op.options<types::LstmOptions>();
    if (op.has(0, DataType::Int16) && op.has(2, DataType::Int8)) return 5;
    if (options.diagonalRecurrentTensors) return 4;
    if (!op.isHybrid(2)) return 1;
    return options.asymmetricQuantizeInputs ? 3 : 2;
}

int32_t svdfVersion(const Operands& op, int32_t plain) {
    if (!op.isHybrid(1)) return plain;
    return op.options<types::SvdfOptions>().asymmetricQuantizeInputs ? 4 : 2;
}

int32_t batchMatMulVersion(const Operands& op, int32_t plain) {
    return op.isHybrid(1) && op.options<types::BatchMatMulOptions>().asymmetricQuantizeInputs
               ? 4
               : plain;
}

bool broadcastsBeyondFourDimensions(const Operands& op) {
    return op.input(0) != nullptr && op.input(1) != nullptr &&
           op.input(0)->shape != op.input(1)->shape && std::max(op.rank(0), op.rank(1)) > 4;
}

int32_t addVersion(const Operands& op, int32_t plain) {
    if (!op.has(0, DataType::Int16)) return plain;
    if (!op.isQuantized(0)) return 5;
    return op.options<types::ArithmeticOptions>().potScaleInt16 ? 1 : plain;
}

int32_t subVersion(const Operands& op, int32_t plain) {
    const bool pot = op.options<types::ArithmeticOptions>().potScaleInt16;
    if (op.has(0, DataType::Int16) && !pot) return plain;
    if (op.has(0, DataType::Int64)) return plain;
    if (broadcastsBeyondFourDimensions(op)) return 3;
    return op.has(0, DataType::Int16) ? 1 : plain;
}

int32_t mulVersion(const Operands& op, int32_t plain) {
    if (op.has(0, DataType::Int16)) return op.isQuantized(0) ? plain : 7;
    if (plain > 2 || !op.isQuantized(0) || !op.isQuantized(1)) return plain;
    const auto& output = op.output()->quantization;
    if (!output.present() || output.scale[0] == 0.0f) return plain;
    const float product = op.input(0)->quantization.scale[0] * op.input(1)->quantization.scale[0];
    return product / output.scale[0] >= 1.0f ? 3 : plain;
}

int32_t extremeVersion(const Operands& op, int32_t plain) {
    return !op.has(0, DataType::Int16) && broadcastsBeyondFourDimensions(op) ? 3 : plain;
}

int32_t divVersion(const Operands& op, int32_t plain) {
    return broadcastsBeyondFourDimensions(op) ? 2 : plain;
}

int32_t absVersion(const Operands& op, int32_t plain) {
    return op.has(0, DataType::Int16) && !op.isQuantized(0) ? 4 : plain;
}

int32_t padVersion(const Operands& op, int32_t plain) {
    return op.rank(0) > 4 ? std::max(plain, 4) : plain;
}

int32_t transposeVersion(const Operands& op, int32_t plain) {
    const size_t rank = op.rank(0);
    return std::max(plain, rank > 6 ? 8 : rank > 5 ? 6 : rank > 4 ? 4 : 1);
}

int32_t sliceVersion(const Operands& op, int32_t plain) {
    return op.rank(0) > 4 ? std::max(plain, 5) : plain;
}

int32_t stridedSliceVersion(const Operands& op, int32_t plain) {
    const auto options = op.options<types::StridedSliceOptions>();
    if (options.offset) return 8;
    if (options.ellipsisMask != 0 || options.newAxisMask != 0) return std::max(plain, 6);
    return op.rank(0) > 4 ? std::max(plain, 4) : plain;
}

int32_t batchSpaceVersion(const Operands& op, int32_t plain) {
    return op.rank(0) != 4 ? std::max(plain, 3) : plain;
}

int32_t resizeBilinearVersion(const Operands& op, int32_t plain) {
    return op.options<types::ResizeOptions>().halfPixelCenters ? std::max(plain, 3) : plain;
}

int32_t resizeNearestVersion(const Operands& op, int32_t plain) {
    const auto options = op.options<types::ResizeOptions>();
    return options.halfPixelCenters || options.alignCorners ? std::max(plain, 3) : plain;
}

int32_t gatherVersion(const Operands& op, int32_t plain) {
    if (op.has(0, DataType::Int4)) return plain;
    if (op.has(1, DataType::Int16)) return 6;
    return op.options<types::GatherOptions>().batchDims != 0 ? 5 : plain;
}

int32_t gatherNdVersion(const Operands& op, int32_t plain) {
    return op.has(1, DataType::Int16) ? std::max(plain, 4) : plain;
}

int32_t updateSliceVersion(const Operands& op, int32_t plain) {
    return op.has(2, DataType::Int64) ? std::max(plain, 2) : plain;
}

int32_t embeddingVersion(const Operands& op, int32_t plain) {
    if (op.has(1, DataType::Int4) || op.isPerChannel(1)) return 4;
    return op.has(1, DataType::Int2) ? 5 : plain;
}

int32_t quantizeVersion(const Operands& op, int32_t plain) {
    if (op.has(0, DataType::UInt4) || op.gives(DataType::UInt4)) return 5;
    if (op.has(0, DataType::Int4) || op.gives(DataType::Int4)) return 4;
    if (op.output() != nullptr && op.output()->quantization.perChannel()) return 3;
    return op.gives(DataType::Int16) ? 2 : plain;
}

int32_t dequantizeVersion(const Operands& op, int32_t plain) {
    return op.has(0, DataType::Int8) && op.isPerChannel(0) ? 5 : plain;
}

int32_t castVersion(const Operands& op, int32_t) {
    const auto either = [&](DataType type) { return op.has(0, type) || op.gives(type); };
    if (either(DataType::Float8E4M3FN) || either(DataType::Float8E5M2)) return 9;
    if (either(DataType::Int2) || either(DataType::UInt4)) return 8;
    if (either(DataType::BFloat16)) return 7;
    if (op.has(0, DataType::Int4) && op.gives(DataType::Float32)) return 6;
    if (either(DataType::Float64) || either(DataType::Float16)) return 5;
    if (either(DataType::UInt16)) return 4;
    if (either(DataType::Int8)) return 3;
    return either(DataType::UInt32) ? 2 : 1;
}

constexpr struct {
    OpKind kind;
    VersionRule rule;
} kRules[] = {
    {OpKind::ABS, absVersion},
    {OpKind::ADD, addVersion},
    {OpKind::BATCH_MATMUL, batchMatMulVersion},
    {OpKind::BATCH_TO_SPACE_ND, batchSpaceVersion},
    {OpKind::CAST, castVersion},
    {OpKind::CONV_2D, convolutionVersion},
    {OpKind::DEPTHWISE_CONV_2D, depthwiseVersion},
    {OpKind::DEQUANTIZE, dequantizeVersion},
    {OpKind::DIV, divVersion},
    {OpKind::DYNAMIC_UPDATE_SLICE, updateSliceVersion},
    {OpKind::EMBEDDING_LOOKUP, embeddingVersion},
    {OpKind::FULLY_CONNECTED, fullyConnectedVersion},
    {OpKind::GATHER, gatherVersion},
    {OpKind::GATHER_ND, gatherNdVersion},
    {OpKind::MAXIMUM, extremeVersion},
    {OpKind::MINIMUM, extremeVersion},
    {OpKind::MUL, mulVersion},
    {OpKind::PAD, padVersion},
    {OpKind::PADV2, padVersion},
    {OpKind::QUANTIZE, quantizeVersion},
    {OpKind::RESIZE_BILINEAR, resizeBilinearVersion},
    {OpKind::RESIZE_NEAREST_NEIGHBOR, resizeNearestVersion},
    {OpKind::SLICE, sliceVersion},
    {OpKind::SPACE_TO_BATCH_ND, batchSpaceVersion},
    {OpKind::STRIDED_SLICE, stridedSliceVersion},
    {OpKind::SUB, subVersion},
    {OpKind::SVDF, svdfVersion},
    {OpKind::TRANSPOSE, transposeVersion},
    {OpKind::TRANSPOSE_CONV, transposeConvVersion},
    {OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM, lstmVersion},
};

}  // namespace

VersionRule versionRule(OpKind kind) {
    const auto* found =
        std::ranges::find_if(kRules, [&](const auto& candidate) { return candidate.kind == kind; });
    return found == std::end(kRules) ? nullptr : found->rule;
}

}  // namespace analysis
