// SPDX-License-Identifier: GPL-3.0-or-later
// Layers whose weights produce channels: convolutions and matrix products.

#include "transform/channels/dependency_rules.h"

namespace transform {
namespace {

using types::OpKind;

constexpr int32_t kChannels = 3;  // of NHWC
constexpr const char* kSlides = "slides over this axis";
constexpr const char* kDynamic = "computes its weights at run time";

bool hasConstantWeights(const OpAxes& op, size_t operand) {
    return op.has(operand) && op.graph.isConstant(op.op.input(operand));
}

/// Output axis `axis` of `out` has one slice of weights and one bias per element.
void produce(const OpAxes& op, size_t weights, int32_t weightAxis, size_t bias, int32_t outAxis) {
    const int32_t out = op.out(0);
    op.tie(op.in(weights), weightAxis, out, outAxis);
    if (op.has(bias)) op.tie(op.in(bias), op.last(op.in(bias)), out, outAxis);
    op.table.markProduced({op.in(weights), weightAxis}, op.index);
}

/// Ties input channel g to the outputs from g * multiplier on.
void tieMultiplied(const OpAxes& op, int32_t in, int32_t out, int32_t multiplier) {
    for (int32_t k = 0; k < op.length(out, kChannels); ++k)
        op.table.tie({in, kChannels}, k / multiplier, {out, kChannels}, k);
}

/// All groups must lose the same number of channels, so channels at the same index of their groups
/// are tied.
void tieGroups(const OpAxes& op, int32_t in, int32_t filter, int32_t out, int32_t groups) {
    const int32_t depth = op.length(filter, kChannels);
    for (int32_t c = 0; c < depth * groups; ++c)
        op.table.tie({in, kChannels}, c, {filter, kChannels}, c % depth);
    const int32_t perGroup = op.length(out, kChannels) / groups;
    for (int32_t k = 0; k < perGroup * groups; ++k)
        op.table.tie({out, kChannels}, k, {out, kChannels}, k % perGroup);
}

void dependenciesOfConvolution(const OpAxes& op) {
    if (!hasConstantWeights(op, 1)) return op.fixAll(kDynamic);
    const int32_t in = op.in(0), filter = op.in(1), out = op.out(0);
    op.fixOthers(in, kChannels, kSlides);
    op.fixOthers(out, kChannels, kSlides);
    produce(op, 1, 0, 2, kChannels);
    const int32_t groups = op.length(in, kChannels) / op.length(filter, kChannels);
    if (groups == 1)
        op.tie(in, kChannels, filter, kChannels);
    else if (op.length(filter, kChannels) == 1)
        tieMultiplied(op, in, out, op.length(out, kChannels) / groups);
    else
        tieGroups(op, in, filter, out, groups);
}

void dependenciesOfDepthwise(const OpAxes& op) {
    if (!hasConstantWeights(op, 1)) return op.fixAll(kDynamic);
    const int32_t in = op.in(0), out = op.out(0);
    op.fixOthers(in, kChannels, kSlides);
    op.fixOthers(out, kChannels, kSlides);
    produce(op, 1, kChannels, 2, kChannels);
    // One input channel produces all outputs: any of them may be removed, and the multiplier
    // adapts.
    const int32_t depth = op.length(in, kChannels);
    if (depth > 1) tieMultiplied(op, in, out, op.length(out, kChannels) / depth);
}

void dependenciesOfTransposedConvolution(const OpAxes& op) {
    if (!hasConstantWeights(op, 1)) return op.fixAll(kDynamic);
    if (!op.ints(0)) return op.fixAll("computes its output shape at run time");
    const int32_t in = op.in(2), out = op.out(0);
    op.fixOthers(in, kChannels, kSlides);
    op.fixOthers(out, kChannels, kSlides);
    produce(op, 1, 0, 3, kChannels);
    op.tie(in, kChannels, op.in(1), kChannels);
}

/// First of the trailing axes that together form one row of features; nothing where there is no
/// such axis.
std::optional<int32_t> firstFeatureAxis(const OpAxes& op, int32_t in, int32_t features) {
    int64_t product = 1;
    for (int32_t axis = op.last(in); axis >= 0; --axis) {
        product *= op.length(in, axis);
        if (product == features) return axis;
    }
    return std::nullopt;
}

void dependenciesOfFullyConnected(const OpAxes& op) {
    if (!hasConstantWeights(op, 1)) return op.fixAll(kDynamic);
    const auto* options = op.options<types::FullyConnectedOptions>();
    if (!options || options->shuffledWeights) return op.fixAll("holds shuffled weights");
    const int32_t in = op.in(0), weights = op.in(1), out = op.out(0);
    op.fixOthers(out, op.last(out), "keeps its batch");
    produce(op, 1, 0, 2, op.last(out));
    const auto first = firstFeatureAxis(op, in, op.length(weights, 1));
    if (!first) {
        op.table.fixOwner(in, op.because("cuts rows across axes"));
        return op.fix(weights, 1, "cuts rows across axes");
    }
    for (int32_t axis = 0; axis < *first; ++axis)
        op.fix(in, axis, "keeps its batch");
    tieMerged(op, in, *first, op.rank(in) - *first, {weights, 1});
}

void dependenciesOfMatrixProduct(const OpAxes& op) {
    const auto* options = op.options<types::BatchMatMulOptions>();
    const int32_t a = op.in(0), b = op.in(1), out = op.out(0);
    const int32_t rows = op.last(a) - (options->transposeLeft ? 0 : 1);
    const int32_t depthA = op.last(a) - (options->transposeLeft ? 1 : 0);
    const int32_t depthB = op.last(b) - (options->transposeRight ? 0 : 1);
    const int32_t columns = op.last(b) - (options->transposeRight ? 1 : 0);
    for (int32_t owner : {a, b, out})
        for (int32_t axis = 0; axis < op.rank(owner) - 2; ++axis)
            op.fix(owner, axis, "keeps its batch");
    op.tie(a, depthA, b, depthB);
    op.tie(a, rows, out, op.last(out) - 1);
    op.tie(b, columns, out, op.last(out));
    if (hasConstantWeights(op, 1)) op.table.markProduced({b, columns}, op.index);
}

}  // namespace

DependencyRule layerDependencyRule(OpKind kind) {
    switch (kind) {
        case OpKind::CONV_2D:
            return dependenciesOfConvolution;
        case OpKind::DEPTHWISE_CONV_2D:
            return dependenciesOfDepthwise;
        case OpKind::TRANSPOSE_CONV:
            return dependenciesOfTransposedConvolution;
        case OpKind::FULLY_CONNECTED:
            return dependenciesOfFullyConnected;
        case OpKind::BATCH_MATMUL:
            return dependenciesOfMatrixProduct;
        default:
            return nullptr;
    }
}

}  // namespace transform
