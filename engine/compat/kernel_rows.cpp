// SPDX-License-Identifier: GPL-3.0-or-later
#include "compat/kernel_rows.h"

namespace compat {

using types::DataType;
using types::OpKind;

namespace {

size_t dataInput(OpKind kind) {
    switch (kind) {
        case OpKind::EMBEDDING_LOOKUP:
        case OpKind::FILL:
        case OpKind::SELECT:
        case OpKind::SELECT_V2:
        case OpKind::SPLIT:
            return 1;
        case OpKind::TRANSPOSE_CONV:
            return 2;
        default:
            return 0;
    }
}

bool hasWeights(OpKind kind) {
    switch (kind) {
        case OpKind::CONV_2D:
        case OpKind::DEPTHWISE_CONV_2D:
        case OpKind::FULLY_CONNECTED:
        case OpKind::TRANSPOSE_CONV:
            return true;
        default:
            return false;
    }
}

}  // namespace

const types::Tensor* Question::data() const {
    return input(dataInput(op.kind));
}

std::optional<DataType> Question::type() const {
    const types::Tensor* tensor = data() ? data() : output();
    return tensor ? std::optional(tensor->type) : std::nullopt;
}

bool Question::hasInt4Weights() const {
    return hasWeights(op.kind) && input(1) && input(1)->type == DataType::Int4;
}

bool Question::isPerChannel() const {
    return hasWeights(op.kind) && input(1) && input(1)->quantization.perChannel();
}

bool Question::isHybrid() const {
    return hasWeights(op.kind) && data() && input(1) && data()->type == DataType::Float32 &&
           input(1)->type != DataType::Float32;
}

types::LayerSupport runs(std::string source) {
    return {types::Support::Runs, {}, std::move(source), {}};
}

types::LayerSupport answer(types::Support verdict, std::string reason, std::string source) {
    return {verdict, std::move(reason), std::move(source), {}};
}

HasKernel findKernel(std::span<const KernelRow> rows, const Question& question) {
    HasKernel found = HasKernel::No;
    for (const KernelRow& row : rows) {
        if (row.kind != question.op.kind || row.type != question.type()) continue;
        if (row.since <= question.release) return HasKernel::Yes;
        found = HasKernel::Later;
    }
    return found;
}

types::LayerSupport fallsBack(const std::string& reason, const std::string& source) {
    return answer(types::Support::FallsBack, "TFLM's reference kernel runs it: " + reason, source);
}

bool isElementwiseAlike(const Question& question) {
    const auto *left = question.input(0), *right = question.input(1), *result = question.output();
    return left && right && result && left->shape == result->shape && right->shape == result->shape;
}

}  // namespace compat
