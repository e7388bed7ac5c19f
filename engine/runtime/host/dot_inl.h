// SPDX-License-Identifier: GPL-3.0-or-later
// Dot products of 8-bit integers in the instructions of one target. Values (activations) and
// weights are stored as the dot product reads them: kGroup neighbours along the sum share one
// 32-bit lane, and value = code + kValueBias. Sums wrap as two's complement.
//
//   AVX-512 VNNI  four products per lane, unsigned values times signed weights
//   AVX2, AVX-512 two products per lane of 16-bit integers (the 8-bit form would saturate)
//   NEON          two products per lane of 8-bit integers

// Included once per target: the guard toggles like Highway's own guards.
#if defined(NETCALIPER_DOT_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NETCALIPER_DOT_INL_H
#undef NETCALIPER_DOT_INL_H
#else
#define NETCALIPER_DOT_INL_H
#endif

#include <stddef.h>
#include <stdint.h>

#include "hwy/highway.h"

// On Highway's targets without vectors the plain kernels serve all operators.
#undef NETCALIPER_VECTORS
#if HWY_TARGET == HWY_EMU128 || HWY_TARGET == HWY_SCALAR
#define NETCALIPER_VECTORS 0
#else
#define NETCALIPER_VECTORS 1
#endif

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

#if NETCALIPER_VECTORS

using D32 = hn::ScalableTag<int32_t>;
using V32 = hn::Vec<D32>;
constexpr size_t kLanes = HWY_LANES(int32_t);  ///< of floats, too
constexpr auto kLaneCount = static_cast<int32_t>(kLanes);
/// Number of vector registers of the target; bounds the tiles kept in registers.
constexpr size_t kRegisters = HWY_TARGET == HWY_AVX2 ? 16 : 32;

#if HWY_TARGET == HWY_AVX3_DL
using Value = uint8_t;
using Weight = int8_t;
constexpr size_t kGroup = 4;
constexpr int32_t kValueBias = 128;
constexpr bool kReadsCodes = true;
#elif HWY_ARCH_X86
using Value = int16_t;
using Weight = int16_t;
constexpr size_t kGroup = 2;
constexpr int32_t kValueBias = 0;
constexpr bool kReadsCodes = false;
#else  // NEON
using Value = int8_t;
using Weight = int8_t;
constexpr size_t kGroup = 2;
constexpr int32_t kValueBias = 0;
constexpr bool kReadsCodes = false;
#endif

/// Loads a vector of 8- or 16-bit integers, widened to 32 bits.
template <typename T>
HWY_INLINE V32 loadWidened(const T* values) {
    return hn::PromoteTo(D32(), hn::LoadU(hn::Rebind<T, D32>(), values));
}

#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
/// Mask of the first `count` lanes, at most 63.
template <typename Mask>
HWY_INLINE Mask firstLanes(size_t count) {
    return static_cast<Mask>((uint64_t{1} << count) - 1);
}
#endif

/// Broadcasts the 32 bits at `values` to every lane.
template <typename T>
HWY_INLINE V32 broadcastLane(const T* values) {
    int32_t key;
    __builtin_memcpy(&key, values, sizeof key);
    return hn::Set(D32(), key);
}

template <typename T>
HWY_INLINE V32 loadLanes(const T* values) {
    return hn::Load(D32(), reinterpret_cast<const int32_t*>(values));
}

#if HWY_ARCH_X86

using Values = V32;

/// Broadcasts one group of values to every lane.
HWY_INLINE Values broadcastValues(const Value* values) {
    return broadcastLane(values);
}
HWY_INLINE V32 loadWeights(const Weight* weights) {
    return loadLanes(weights);
}

#else

using Values = int8x8_t;

HWY_INLINE Values broadcastValues(const Value* values) {
    int16_t key;
    __builtin_memcpy(&key, values, sizeof key);
    return vreinterpret_s8_s16(vdup_n_s16(key));
}

HWY_INLINE int8x8_t loadWeights(const Weight* weights) {
    return vld1_s8(weights);
}

#endif

/// sum + the products of the 16-bit halves of every lane. Wraps.
HWY_INLINE V32 addPairs(V32 sum, V32 a, V32 b) {
#if HWY_TARGET == HWY_AVX3_DL
    // Highway 1.0.3 wraps neither this instruction nor that of dot().
    __asm__("vpdpwssd %2, %1, %0" : "+v"(sum.raw) : "v"(a.raw), "vm"(b.raw));
    return sum;
#elif HWY_TARGET == HWY_AVX3
    return hn::Add(sum, V32{_mm512_madd_epi16(a.raw, b.raw)});
#elif HWY_TARGET == HWY_AVX2
    return hn::Add(sum, V32{_mm256_madd_epi16(a.raw, b.raw)});
#else
    const int16x8_t x = vreinterpretq_s16_s32(a.raw), y = vreinterpretq_s16_s32(b.raw);
    const int32x4_t low = vmull_s16(vget_low_s16(x), vget_low_s16(y));
    return V32{vaddq_s32(sum.raw, vpaddq_s32(low, vmull_high_s16(x, y)))};
#endif
}

/// sum + the dot product of a group of values and one of weights in every lane.
template <typename Weights>
HWY_INLINE V32 dot(V32 sum, Values values, Weights weights) {
#if HWY_TARGET == HWY_AVX3_DL
    __asm__("vpdpbusd %2, %1, %0" : "+v"(sum.raw) : "v"(values.raw), "vm"(weights.raw));
    return sum;
#elif HWY_ARCH_X86
    return addPairs(sum, values, weights);
#else
    return V32{vpadalq_s16(sum.raw, vmull_s8(values, weights))};
#endif
}

/// Converts codes to values in the broadcast, on targets that can (kReadsCodes): adding 128 flips
/// the top bit.
HWY_INLINE Values broadcastCodes(const Value* codes) {
#if HWY_TARGET == HWY_AVX3_DL
    return hn::Xor(broadcastValues(codes), hn::Set(D32(), static_cast<int32_t>(0x80808080u)));
#else
    return broadcastValues(codes);
#endif
}

HWY_INLINE Value toValue(int8_t code) {
    return static_cast<Value>(code + kValueBias);
}

/// Converts codes to the form that dot() reads. Reads exactly `count` codes.
HWY_INLINE void toValues(const int8_t* HWY_RESTRICT codes, size_t count,
                         Value* HWY_RESTRICT values) {
    size_t i = 0;
#if HWY_TARGET == HWY_AVX3_DL
    const __m512i flip = _mm512_set1_epi8(-128);
    for (; i + 64 <= count; i += 64)
        _mm512_storeu_si512(values + i, _mm512_xor_si512(_mm512_loadu_si512(codes + i), flip));
    if (i < count) {
        const __mmask64 rest = ~uint64_t{0} >> (64 - (count - i));
        const __m512i last = _mm512_maskz_loadu_epi8(rest, codes + i);
        _mm512_mask_storeu_epi8(values + i, rest, _mm512_xor_si512(last, flip));
    }
#else
    for (; i < count; ++i)
        values[i] = toValue(codes[i]);
#endif
}

/// 16-bit codes need no conversion.
HWY_INLINE int16_t toValue(int16_t code) {
    return code;
}
HWY_INLINE void toValues(const int16_t* HWY_RESTRICT codes, size_t count,
                         int16_t* HWY_RESTRICT values) {
    __builtin_memcpy(values, codes, count * sizeof(int16_t));
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
