// SPDX-License-Identifier: GPL-3.0-or-later
// Fills a PaddedImage with the values that layers read.

#if defined(NETCALIPER_PADDED_VALUES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NETCALIPER_PADDED_VALUES_INL_H
#undef NETCALIPER_PADDED_VALUES_INL_H
#else
#define NETCALIPER_PADDED_VALUES_INL_H
#endif

#include "runtime/host/dot_inl.h"
#include "runtime/host/floats_inl.h"
#include "runtime/host/padded_image.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

template <typename T>
HWY_INLINE void fillValues(T value, size_t count, T* values) {
    for (size_t i = 0; i < count; ++i)
        values[i] = value;
}

/// Fills one row of a batch's image; `row` counts input rows and may lie in the padding. Every
/// input channel is repeated `repeats` times.
template <typename Input, typename T>
void fillRow(const Window& w, const PaddedImage& image, const Input* input, int32_t row,
             int32_t repeats, T pad, T* values) {
    if (row < 0 || row >= w.inHeight) return fillValues(pad, image.rowElements(), values);
    const auto channels = static_cast<size_t>(image.channels);
    const auto each = static_cast<size_t>(repeats);
    const ImageSpan span(image.columns, w.padLeft, w.inWidth);
    const size_t before = static_cast<size_t>(span.before) * channels;
    const size_t count = static_cast<size_t>(span.count) * channels;
    const Input* from =
        input + static_cast<size_t>(row) * static_cast<size_t>(w.inWidth) * (channels / each);
    fillValues(pad, before, values);
    if (each == 1)
        toValues(from, count, values + before);
    else
        for (size_t i = 0; i < count; ++i)
            values[before + i] = toValue(from[i / each]);
    fillValues(pad, static_cast<size_t>(span.after) * channels, values + before + count);
}

/// Fills the whole image.
template <typename Input, typename T>
void fillImage(const Window& w, const PaddedImage& image, const Input* input, int32_t repeats,
               T pad, T* values) {
    if (repeats == 1 && image.isInput(w)) return toValues(input, image.elements(), values);
    for (int32_t row = 0; row < image.rows; ++row, values += image.rowElements())
        fillRow(w, image, input, row - w.padTop, repeats, pad, values);
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
