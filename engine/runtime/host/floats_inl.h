// SPDX-License-Identifier: GPL-3.0-or-later
// Floats in the vectors of one target.

#if defined(NETCALIPER_FLOATS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NETCALIPER_FLOATS_INL_H
#undef NETCALIPER_FLOATS_INL_H
#else
#define NETCALIPER_FLOATS_INL_H
#endif

#include "runtime/host/dot_inl.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

using DF = hn::ScalableTag<float>;
using VF = hn::Vec<DF>;

HWY_INLINE float toValue(float value) {
    return value;
}

/// Copies floats: the form in which layers read them is their own.
HWY_INLINE void toValues(const float* HWY_RESTRICT from, size_t count, float* HWY_RESTRICT to) {
    const DF d;
    size_t i = 0;
    for (; i + kLanes <= count; i += kLanes)
        hn::StoreU(hn::LoadU(d, from + i), d, to + i);
    for (; i < count; ++i)
        to[i] = from[i];
}

/// Stores `count` lanes, at most a vector.
HWY_INLINE void storeFloats(VF v, size_t count, float* output) {
    const DF d;
    if (count >= kLanes) return hn::StoreU(v, d, output);
#if HWY_ARCH_X86
    return hn::BlendedStore(v, hn::FirstN(d, count), d, output);
#else
    HWY_ALIGN float lanes[kLanes];
    hn::Store(v, d, lanes);
    for (size_t i = 0; i < count; ++i)
        output[i] = lanes[i];
#endif
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
