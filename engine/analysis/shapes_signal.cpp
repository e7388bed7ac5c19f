// SPDX-License-Identifier: GPL-3.0-or-later
// Shapes of the custom operators of TFLM's signal library. Where an option is missing, shapes are
// those declared; kernels check what else they rely on.
#include "analysis/shape_rules.h"

namespace analysis {
namespace {

using types::OpKind;
using types::Shape;

/// An option from 0 to 2^24; larger products are refused with the shape.
std::optional<int32_t> lengthOf(const OpShapes& view, size_t position) {
    constexpr int32_t kMost = 1 << 24;
    const auto* options = view.options<types::CustomOptions>();
    if (options == nullptr) return std::nullopt;
    const auto value = options->integer(position);
    return value && *value >= 0 && *value <= kMost ? value : std::nullopt;
}

Shapes declaredOutputs(const OpShapes& view) {
    return view.declared();
}

/// All outputs have the shape of input 0.
Shapes sameOutputs(const OpShapes& view) {
    if (!view.hasInput(0)) return broken("needs an input");
    return std::vector<Shape>(view.op.outputs.size(), view.shape(0));
}

/// Scaled values and a shift.
Shapes autoScale(const OpShapes& view) {
    if (!view.hasInput(0)) return broken("needs an input");
    return std::vector<Shape>{view.shape(0), {}};
}

/// An output whose last axis has `length` elements; for the flag `valid` no axis.
Shapes withLast(const OpShapes& view, std::optional<int64_t> length, bool hasFlag) {
    if (!view.hasInput(0) || view.shape(0).empty()) return broken("needs an input with an axis");
    if (!length || *length > INT32_MAX) return view.declared();
    Shape shape = view.shape(0);
    shape.back() = static_cast<int32_t>(*length);
    return hasFlag ? std::vector<Shape>{shape, {}} : std::vector<Shape>{shape};
}

Shapes spectrum(const OpShapes& view) {
    const auto length = lengthOf(view, 1);
    return withLast(view, length ? std::optional<int64_t>(*length + 2) : std::nullopt, false);
}

Shapes fromSpectrum(const OpShapes& view) {
    return withLast(view, lengthOf(view, 1), false);
}

Shapes energies(const OpShapes& view) {
    if (!view.hasInput(0) || view.shape(0).empty()) return broken("needs an input with an axis");
    return withLast(view, view.shape(0).back() / 2, false);
}

Shapes channels(const OpShapes& view) {
    return withLast(view, lengthOf(view, 0), false);
}

Shapes stacks(const OpShapes& view) {
    const auto slice = lengthOf(view, 0), left = lengthOf(view, 1), right = lengthOf(view, 2);
    if (!slice || !left || !right) return view.declared();
    return withLast(view, (int64_t{*left} + *right + 1) * *slice, true);
}

Shapes frames(const OpShapes& view) {
    const auto frame = lengthOf(view, 0), step = lengthOf(view, 1);
    if (!view.hasInput(0) || view.shape(0).empty()) return broken("needs an input with an axis");
    if (!frame || step.value_or(0) == 0) return view.declared();
    Shape shape = view.shape(0);
    shape.back() /= *step;
    shape.push_back(*frame);
    return std::vector<Shape>{shape, {}};
}

Shapes overlapped(const OpShapes& view) {
    const auto step = lengthOf(view, 1);
    if (!view.hasInput(0) || view.shape(0).size() < 2)
        return broken("needs an input with two axes");
    Shape shape = view.shape(0);
    shape.pop_back();
    const int64_t samples = int64_t{shape.back()} * step.value_or(0);
    if (!step || samples > INT32_MAX) return view.declared();
    shape.back() = static_cast<int32_t>(samples);
    return std::vector<Shape>{shape};
}

}  // namespace

ShapeRule signalRule(OpKind kind) {
    switch (kind) {
        case OpKind::CIRCULAR_BUFFER:  // the output alone says how many slices it keeps
            return declaredOutputs;
        case OpKind::SIGNAL_DELAY:
        case OpKind::SIGNAL_WINDOW:
        case OpKind::SIGNAL_FILTER_BANK_LOG:
        case OpKind::SIGNAL_FILTER_BANK_SPECTRAL_SUBTRACTION:
        case OpKind::SIGNAL_FILTER_BANK_SQUARE_ROOT:
        case OpKind::SIGNAL_PCAN:
            return sameOutputs;
        case OpKind::SIGNAL_FFT_AUTO_SCALE:
            return autoScale;
        case OpKind::SIGNAL_RFFT:
            return spectrum;
        case OpKind::SIGNAL_IRFFT:
            return fromSpectrum;
        case OpKind::SIGNAL_ENERGY:
            return energies;
        case OpKind::SIGNAL_FILTER_BANK:
            return channels;
        case OpKind::SIGNAL_FRAMER:
            return frames;
        case OpKind::SIGNAL_STACKER:
            return stacks;
        case OpKind::SIGNAL_OVERLAP_ADD:
            return overlapped;
        default:
            return nullptr;
    }
}

}  // namespace analysis
