// SPDX-License-Identifier: GPL-3.0-or-later
#include "compat/helpful_rewrite.h"

#include <array>

namespace compat {
namespace {

using types::DataType;
using types::OpKind;
using types::Support;

bool isAlways(const Question&) {
    return true;
}

bool isByConstant(const Question& q) {
    return q.op.input(1) >= 0 && q.graph.isConstant(q.op.input(1));
}

bool isIntegerPerChannel(const Question& q) {
    return q.isPerChannel() && q.type() != DataType::Float32;
}

bool hasConstantInput(const Question& q) {
    return q.op.input(0) >= 0 && q.graph.isConstant(q.op.input(0));
}

bool isFloatOrInt16(const Question& q) {
    const auto type = q.type();
    const auto* output = q.output();
    const bool staysFloat =
        type == DataType::Float32 && output && output->type == DataType::Float32;
    return staysFloat || type == DataType::Int16;
}

struct RewriteRow {
    OpKind kind;
    bool (*applies)(const Question& question);
    const char* flag;
};

constexpr auto kRewrites = std::to_array<RewriteRow>({
    {OpKind::SELECT, isAlways, "--select-v2"},
    {OpKind::STABLEHLO_COMPOSITE, isAlways, "--inline-composites"},
    {OpKind::BATCH_MATMUL, isByConstant, "--dense-matmul"},
    {OpKind::FULLY_CONNECTED, isIntegerPerChannel, "--per-tensor-dense"},
    {OpKind::DEQUANTIZE, hasConstantInput, "--fold-constants"},
});

/// Operators that quantizing turns into kernels of int8.
bool isQuantizable(OpKind kind) {
    switch (kind) {
        case OpKind::ADD:
        case OpKind::AVERAGE_POOL_2D:
        case OpKind::CONV_2D:
        case OpKind::DEPTHWISE_CONV_2D:
        case OpKind::FULLY_CONNECTED:
        case OpKind::MAX_POOL_2D:
        case OpKind::MUL:
        case OpKind::SOFTMAX:
            return true;
        default:
            return false;
    }
}

}  // namespace

std::string helpfulRewrite(const Question& q, const types::LayerSupport& verdict) {
    if (verdict.verdict == Support::Runs) return {};
    for (const RewriteRow& row : kRewrites)
        if (row.kind == q.op.kind && row.applies(q)) return row.flag;
    if (q.isHybrid()) return "--fold-constants";
    if (q.hasInt4Weights() || (isQuantizable(q.op.kind) && isFloatOrInt16(q)))
        return "--quantize int8";
    return {};
}

}  // namespace compat
