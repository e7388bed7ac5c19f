// SPDX-License-Identifier: GPL-3.0-or-later
// Floats in the vectors of one target: types, and rows of a padded image.

#if defined(NETCALIPER_FLOATS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NETCALIPER_FLOATS_INL_H
#undef NETCALIPER_FLOATS_INL_H
#else
#define NETCALIPER_FLOATS_INL_H
#endif

#include "runtime/host/dot_inl.h"
#include "runtime/host/padded_image.h"

HWY_BEFORE_NAMESPACE();
namespace runtime {
namespace HWY_NAMESPACE {

#if NETCALIPER_VECTORS

using DF = hn::ScalableTag<float>;
using VF = hn::Vec<DF>;
constexpr size_t kFloatLanes = HWY_LANES(float);

HWY_INLINE void copyFloats(const float* HWY_RESTRICT from, size_t count, float* HWY_RESTRICT to) {
    const DF d;
    size_t i = 0;
    for (; i + kFloatLanes <= count; i += kFloatLanes)
        hn::StoreU(hn::LoadU(d, from + i), d, to + i);
    for (; i < count; ++i)
        to[i] = from[i];
}

/// One row of a padded image: `row` counts input rows and may lie in the padding. Every channel of
/// the input stands `repeats` times.
inline void fillFloatRow(const Window& w, const PaddedImage& image, const float* input, int32_t row,
                         int32_t repeats, float* values) {
    const auto channels = static_cast<size_t>(image.channels);
    const size_t all = image.rowElements();
    if (row < 0 || row >= w.inHeight)
        return static_cast<void>(__builtin_memset(values, 0, all * 4));
    const ImageSpan span(image.columns, w.padLeft, w.inWidth);
    const size_t before = static_cast<size_t>(span.before) * channels;
    const size_t count = static_cast<size_t>(span.count) * channels;
    const float* from = input + static_cast<size_t>(row) * static_cast<size_t>(w.inWidth) *
                                    (channels / static_cast<size_t>(repeats));
    __builtin_memset(values, 0, before * 4);
    if (repeats == 1)
        copyFloats(from, count, values + before);
    else
        for (size_t i = 0; i < count; ++i)
            values[before + i] = from[i / static_cast<size_t>(repeats)];
    __builtin_memset(values + before + count, 0, (all - before - count) * 4);
}

/// Stores `count` lanes, at most a vector.
HWY_INLINE void storeFloats(VF v, size_t count, float* output) {
    const DF d;
    if (count >= kFloatLanes) return hn::StoreU(v, d, output);
#if HWY_ARCH_X86
    return hn::BlendedStore(v, hn::FirstN(d, count), d, output);
#else
    HWY_ALIGN float lanes[kFloatLanes];
    hn::Store(v, d, lanes);
    for (size_t i = 0; i < count; ++i)
        output[i] = lanes[i];
#endif
}

#endif  // NETCALIPER_VECTORS

}  // namespace HWY_NAMESPACE
}  // namespace runtime
HWY_AFTER_NAMESPACE();

#endif  // per target
