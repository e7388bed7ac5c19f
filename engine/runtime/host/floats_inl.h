// SPDX-License-Identifier: GPL-3.0-or-later
// Float vectors of one target.

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

/// Copies floats: layers read them unconverted.
HWY_INLINE void toValues(const float* HWY_RESTRICT from, size_t count, float* HWY_RESTRICT to) {
    const DF d;
    size_t i = 0;
    for (; i + kLanes <= count; i += kLanes)
        hn::StoreU(hn::LoadU(d, from + i), d, to + i);
    for (; i < count; ++i)
        to[i] = from[i];
}

#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
// Loads and stores of partial vectors, no wider than needed: a masked access waits for stores to
// its whole span, and delays loads of it, even for masked-off lanes.

HWY_INLINE VF loadSome(const float* values, size_t count, float rest) {
    const __m512 all = _mm512_set1_ps(rest);
    const __m256 half = _mm256_set1_ps(rest);
    const __m128 quarter = _mm_set1_ps(rest);
    if (count > 12) return VF{_mm512_mask_loadu_ps(all, firstLanes<__mmask16>(count), values)};
    if (count > 8)
        return VF{_mm512_insertf32x4(
            _mm512_insertf32x8(all, _mm256_loadu_ps(values), 0),
            _mm_mask_loadu_ps(quarter, firstLanes<__mmask8>(count - 8), values + 8), 2)};
    const auto some = firstLanes<__mmask8>(count);
    if (count > 4) return VF{_mm512_insertf32x8(all, _mm256_mask_loadu_ps(half, some, values), 0)};
    return VF{_mm512_insertf32x4(all, _mm_mask_loadu_ps(quarter, some, values), 0)};
}
HWY_INLINE void storeSome(VF v, size_t count, float* output) {
    if (count > 12) return _mm512_mask_storeu_ps(output, firstLanes<__mmask16>(count), v.raw);
    const __m256 half = _mm512_castps512_ps256(v.raw);
    if (count > 8) {
        _mm256_storeu_ps(output, half);
        return _mm_mask_storeu_ps(output + 8, firstLanes<__mmask8>(count - 8),
                                  _mm512_extractf32x4_ps(v.raw, 2));
    }
    const auto some = firstLanes<__mmask8>(count);
    if (count > 4) return _mm256_mask_storeu_ps(output, some, half);
    _mm_mask_storeu_ps(output, some, _mm256_castps256_ps128(half));
}
#elif HWY_ARCH_X86
HWY_INLINE VF loadSome(const float* values, size_t count, float rest) {
    const auto some = hn::FirstN(DF(), count);
    return hn::IfThenElse(some, hn::MaskedLoad(some, DF(), values), hn::Set(DF(), rest));
}
HWY_INLINE void storeSome(VF v, size_t count, float* output) {
    hn::BlendedStore(v, hn::FirstN(DF(), count), DF(), output);
}
#else
HWY_INLINE VF loadSome(const float* values, size_t count, float rest) {
    HWY_ALIGN float lanes[kLanes];
    hn::Store(hn::Set(DF(), rest), DF(), lanes);
    for (size_t i = 0; i < count; ++i)
        lanes[i] = values[i];
    return hn::Load(DF(), lanes);
}
HWY_INLINE void storeSome(VF v, size_t count, float* output) {
    HWY_ALIGN float lanes[kLanes];
    hn::Store(v, DF(), lanes);
    for (size_t i = 0; i < count; ++i)
        output[i] = lanes[i];
}
#endif

/// Loads `count` floats, at most a vector; the other lanes hold `rest`.
HWY_INLINE VF loadFloats(const float* values, size_t count, float rest) {
    return count >= kLanes ? hn::LoadU(DF(), values) : loadSome(values, count, rest);
}

/// Stores `count` lanes, at most a vector.
HWY_INLINE void storeFloats(VF v, size_t count, float* output) {
    if (count >= kLanes)
        hn::StoreU(v, DF(), output);
    else
        storeSome(v, count, output);
}

/// a > b ? a : b per lane, and a < b ? a : b: b where a lane is NaN and for two zeros, as in the
/// plain kernels. The instructions of x86 are defined that way, those of others are not.
HWY_INLINE VF larger(VF a, VF b) {
#if HWY_ARCH_X86
    return hn::Max(a, b);
#else
    return hn::IfThenElse(hn::Gt(a, b), a, b);
#endif
}
HWY_INLINE VF smaller(VF a, VF b) {
#if HWY_ARCH_X86
    return hn::Min(a, b);
#else
    return hn::IfThenElse(hn::Lt(a, b), a, b);
#endif
}

/// Keeps NaN and the sign of zero.
HWY_INLINE VF clampFloats(VF values, VF lowest, VF highest) {
    return smaller(highest, larger(lowest, values));
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
