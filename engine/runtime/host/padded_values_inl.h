// SPDX-License-Identifier: GPL-3.0-or-later
// Filling a PaddedImage with values that dot products read.

#if defined(NETCALIPER_PADDED_VALUES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NETCALIPER_PADDED_VALUES_INL_H
#undef NETCALIPER_PADDED_VALUES_INL_H
#else
#define NETCALIPER_PADDED_VALUES_INL_H
#endif

#include "runtime/host/dot_inl.h"
#include "runtime/host/padded_image.h"

HWY_BEFORE_NAMESPACE();
namespace runtime {
namespace HWY_NAMESPACE {

#if NETCALIPER_VECTORS

/// One image row; `row` counts input rows and may lie in the padding.
inline void fillRow(const Window& w, const PaddedImage& image, const int8_t* input, int32_t row,
                    int32_t zeroPoint, Value* values) {
    const auto pad = static_cast<Value>(zeroPoint + kValueBias);
    const auto channels = static_cast<size_t>(image.channels);
    const ImageSpan span(image.columns, w.padLeft, w.inWidth);
    const size_t before = static_cast<size_t>(span.before) * channels;
    const size_t count = static_cast<size_t>(span.count) * channels;
    const size_t all = image.rowElements();
    if (row < 0 || row >= w.inHeight) {
        for (size_t i = 0; i < all; ++i)
            values[i] = pad;
        return;
    }
    for (size_t i = 0; i < before; ++i)
        values[i] = pad;
    convertCodes(input + static_cast<size_t>(row) * static_cast<size_t>(w.inWidth) * channels,
                 count, values + before);
    for (size_t i = before + count; i < all; ++i)
        values[i] = pad;
}

/// The whole image of one batch.
inline void fillImage(const Window& w, const PaddedImage& image, const int8_t* input,
                      int32_t zeroPoint, Value* values) {
    if (image.isInput(w)) return convertCodes(input, image.elements(), values);
    for (int32_t row = 0; row < image.rows; ++row, values += image.rowElements())
        fillRow(w, image, input, row - w.padTop, zeroPoint, values);
}

#endif  // NETCALIPER_VECTORS

}  // namespace HWY_NAMESPACE
}  // namespace runtime
HWY_AFTER_NAMESPACE();

#endif  // per target
