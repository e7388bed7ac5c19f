// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/validate_tensor.h"

#include <algorithm>
#include <cmath>

#include "analysis/validate.h"

namespace analysis {
namespace {

using namespace types;

Result<void> checkShape(const Tensor& tensor, const std::string& where) {
    if (tensor.shape.size() > kMaxRank)
        return fail("shape has " + std::to_string(tensor.shape.size()) + " dimensions, at most " +
                        std::to_string(kMaxRank) + " are supported",
                    where, kExportAgain);
    // A dimension of 0 makes the tensor empty, but its strides still grow with the other
    // dimensions.
    int64_t elements = 1;
    for (int32_t dimension : tensor.shape) {
        if (dimension < 0)
            return fail("shape has the negative dimension " + std::to_string(dimension), where,
                        "export the model with fixed shapes");
        elements *= std::max(dimension, 1);
        if (elements > kMaxTensorBytes)
            return fail("shape " + shapeText(tensor.shape) + " needs more than 1 GiB", where,
                        kExportAgain);
    }
    if (tensor.bytes() > kMaxTensorBytes)
        return fail("tensor needs more than 1 GiB", where, kExportAgain);
    return {};
}

Result<void> checkData(const Graph& graph, const Tensor& tensor, const std::string& where) {
    if (tensor.buffer >= graph.buffers.size())
        return fail("buffer " + std::to_string(tensor.buffer) + " does not exist, the file has " +
                        std::to_string(graph.buffers.size()),
                    where, kExportAgain);
    const size_t given = graph.buffers[tensor.buffer].size();
    if (given == 0 || tensor.isSparse || bitsOf(tensor.type) == 0) return {};
    if (given < static_cast<size_t>(tensor.bytes()))
        return fail("data of " + std::to_string(given) + " bytes are too short for " +
                        dataTypeName(tensor.type) + " " + shapeText(tensor.shape) +
                        ", which needs " + std::to_string(tensor.bytes()),
                    where, kExportAgain);
    return {};
}

Result<void> checkQuantization(const Tensor& tensor, const std::string& where) {
    const Quantization& q = tensor.quantization;
    for (float scale : q.scale)
        if (!std::isfinite(scale) || scale < 0.0f ||
            (scale == 0.0f && tensor.type != DataType::Float32))
            return fail("quantization scale " + std::to_string(scale) + " is not a positive number",
                        where, kExportAgain);
    const auto [lowest, highest] = codeRange(tensor.type);
    for (int64_t zeroPoint : q.zeroPoint)
        if (zeroPoint < lowest || zeroPoint > highest)
            return fail("zero point " + std::to_string(zeroPoint) + " is outside " +
                            dataTypeName(tensor.type),
                        where, kExportAgain);
    const size_t scales = q.scale.size(), zeroPoints = q.zeroPoint.size();
    if (scales == 0 && zeroPoints > 0 && tensor.type != DataType::Float32)
        return fail("zero point without a scale", where, kExportAgain);
    if (scales <= 1) return {};
    // Some converters give a bias the axis of its filter; a single dimension has a single axis.
    const size_t axis = tensor.shape.size() == 1 ? 0 : static_cast<size_t>(q.axis);
    if (q.axis < 0 || axis >= tensor.shape.size())
        return fail("quantized axis " + std::to_string(q.axis) + " is outside the shape", where,
                    kExportAgain);
    if (scales != static_cast<size_t>(tensor.shape[axis]))
        return fail(std::to_string(scales) + " scales for " + std::to_string(tensor.shape[axis]) +
                        " channels",
                    where, kExportAgain);
    if (zeroPoints > 1 && zeroPoints != scales)
        return fail(
            std::to_string(zeroPoints) + " zero points for " + std::to_string(scales) + " scales",
            where, kExportAgain);
    return {};
}

/// The tensors that hold scales have none of their own kind, so that looking them up ends.
Result<void> checkBlockScales(const Graph& graph, const BlockScales& blocks,
                              const std::string& where) {
    const auto count = static_cast<int32_t>(graph.tensors.size());
    for (int32_t t : {blocks.scales, blocks.zeroPoints}) {
        if (t < -1 || t >= count)
            return fail("its scales or zero points are tensor " + std::to_string(t) +
                            ", the model has " + std::to_string(count),
                        where, kExportAgain);
        if (t >= 0 && graph.tensor(t).blockScales)
            return fail("its scales have scales in blocks, too", where, kExportAgain);
    }
    if (blocks.scales < 0) return fail("has no tensor of scales", where, kExportAgain);
    if (blocks.blockSize < 0)
        return fail("blocks of " + std::to_string(blocks.blockSize) + " elements", where,
                    kExportAgain);
    return {};
}

}  // namespace

Result<void> validateTensor(const Graph& graph, int32_t index) {
    const Tensor& tensor = graph.tensor(index);
    const std::string where = tensorLabel(graph, index);
    if (!isKnown(tensor.type))
        return fail("unknown element " + dataTypeName(tensor.type), where,
                    "the file is damaged or newer than this version");
    if (auto sound = checkShape(tensor, where); !sound) return sound;
    if (auto sound = checkData(graph, tensor, where); !sound) return sound;
    if (tensor.blockScales)
        if (auto sound = checkBlockScales(graph, *tensor.blockScales, where); !sound) return sound;
    return checkQuantization(tensor, where);
}

}  // namespace analysis
