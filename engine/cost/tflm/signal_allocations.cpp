// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/tflm/signal_allocations.h"

#include <algorithm>

namespace cost {
namespace {

using types::DataType;
using types::Graph;
using types::Op;
using types::OpKind;
using types::Shape;

using Sizes = std::vector<int64_t>;

/// An operator that allocates; its operands may be of any shape.
struct Allocating {
    const Graph& graph;
    const Op& op;
    const TflmSizes& sizes;

    int64_t option(size_t position) const {
        const auto* options = std::get_if<types::CustomOptions>(&op.options);
        const auto value = options == nullptr ? std::nullopt : options->integer(position);
        return std::max(0, value.value_or(0));
    }
    /// Length of input 0 along its last axes, counted from 1; 1 for an axis that it lacks.
    int64_t length(size_t fromLast) const {
        const Shape& shape = input().shape;
        return shape.size() < fromLast ? 1 : std::max(1, shape[shape.size() - fromLast]);
    }
    const types::Tensor& input() const { return graph.tensor(op.input(0)); }
    /// Rows of `values` elements each.
    int64_t rows(int64_t values) const { return input().elements() / values; }
    int64_t elementBytes() const { return types::bitsOf(input().type) / 8; }

    /// A ring that is stored twice, so that a window never wraps: three sizes, two int32, a
    /// pointer.
    int64_t ring(int64_t capacity) const { return 4 * sizes.pointer + 8 + 4 * capacity; }
    /// Two lists of pointers, then the rings of all rows.
    Sizes rings(int64_t count, int64_t capacity) const {
        constexpr int64_t kMost = 1 << 16;  // rows that are listed one by one
        Sizes all{sizes.pointer * count, sizes.pointer * count};
        all.insert(all.end(), static_cast<size_t>(std::min(count, kMost)), ring(capacity));
        return all;
    }
};

Sizes framer(const Allocating& a) {
    const int64_t frame = a.option(0), step = a.option(1);
    if (step == 0) return {};
    return a.rings(a.rows(a.length(1)), (frame + step - 1) / step * step);
}

Sizes delay(const Allocating& a) {
    return a.rings(a.rows(a.length(1)), a.length(1) + a.option(0));
}

Sizes stacker(const Allocating& a) {
    return {a.ring(a.option(0) * (a.option(1) + a.option(2) + 1))};
}

Sizes overlapAdd(const Allocating& a) {
    constexpr int64_t kMost = 1 << 16;
    const int64_t frame = a.length(1), rows = a.rows(frame * a.length(2));
    Sizes all{a.sizes.pointer * rows};
    all.insert(all.end(), static_cast<size_t>(std::min(rows, kMost)), frame * a.elementBytes());
    return all;
}

/// Three pointers; then length, direction, 64 factors and a twiddle per value of the complex
/// transform of half the length; then a buffer of as many values and half as many factors. The
/// inverse float kernel keeps its length and a pointer before them.
Sizes fft(const Allocating& a) {
    constexpr int64_t kFactors = 4 * (2 + 64);
    const int64_t half = a.option(1) / 2, complex = 2 * a.elementBytes();
    const bool hasHead = a.op.kind == OpKind::SIGNAL_IRFFT && a.input().type == DataType::Float32;
    return {(hasHead ? 2 * a.sizes.pointer : 0) + 3 * a.sizes.pointer + kFactors + complex * half +
            complex * (half * 3 / 2)};
}

}  // namespace

std::vector<int64_t> signalAllocations(const Graph& graph, const Op& op, TflmBuild build) {
    if (op.input(0) < 0) return {};
    const Allocating a{graph, op, tflmSizes(build)};
    switch (op.kind) {
        case OpKind::SIGNAL_FRAMER:
            return framer(a);
        case OpKind::SIGNAL_DELAY:
            return delay(a);
        case OpKind::SIGNAL_STACKER:
            return stacker(a);
        case OpKind::SIGNAL_OVERLAP_ADD:
            return overlapAdd(a);
        case OpKind::SIGNAL_RFFT:
        case OpKind::SIGNAL_IRFFT:
            return fft(a);
        case OpKind::SIGNAL_FILTER_BANK:  // sums, and one that is dropped
            return {8 * (a.option(0) + 1)};
        case OpKind::SIGNAL_FILTER_BANK_SPECTRAL_SUBTRACTION:  // estimates
            return {4 * a.option(4)};
        default:
            return {};
    }
}

}  // namespace cost
