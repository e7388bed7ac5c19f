// SPDX-License-Identifier: GPL-3.0-or-later
// Converts 32-bit sums to 8-bit codes in vectors, with exactly the rounding of fixed_point.h.
//
// With multiplier m and right shift e >= 1, roundingDoublingHighMul is
//     x = floor((sum * m + 2^30) / 2^31) for either sign,
// and the division by 2^e, halves away from zero, is
//     (x + 2^(e-1) - (x < 0)) >> e
// as long as |x| < 2^30, which packing proves from the weights. x is the upper half of (sum + 2^31)
// * 2m + 2^31, minus m: one unsigned product per lane. Sums are therefore kept with 2^31 added. The
// sign of x may be taken from the sum: they differ only for sum = -1 with m = 2^30, where both give
// 0. Where negative results are clamped (a fused ReLU) the sign does not matter.

#if defined(NETCALIPER_REQUANTIZE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NETCALIPER_REQUANTIZE_INL_H
#undef NETCALIPER_REQUANTIZE_INL_H
#else
#define NETCALIPER_REQUANTIZE_INL_H
#endif

#include "runtime/host/dot_inl.h"
#include "runtime/host/layer_int8.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

/// Scaling parameters of one vector of channels; left shifts only with Rounding::General.
struct HWY_ALIGN ChannelScale {
    int32_t start[kLanes];  ///< initial value of the sums: bias and offsets, plus 2^31
    uint32_t even[kLanes];  ///< 2 * multiplier of lanes 0, 2, ... in these lanes
    uint32_t odd[kLanes];   ///< 2 * multiplier of lanes 1, 3, ... in lanes 0, 2, ...
    int32_t nudge[kLanes];  ///< 2^(e-1) - 2 * multiplier
    int32_t right[kLanes];  ///< e
    int32_t left[kLanes];
};

/// `start` wraps like sums. A factor of zero gives zero with any shift; a shift of 1 is valid for
/// all roundings.
inline void setChannel(ChannelScale& scale, size_t lane, uint32_t start, Factor factor) {
    const int32_t e = factor.multiplier == 0 ? 1 : factor.shift > 0 ? 0 : -factor.shift;
    const uint32_t twice = static_cast<uint32_t>(factor.multiplier) * 2;
    scale.start[lane] = static_cast<int32_t>(start + 0x80000000u);
    (lane % 2 == 0 ? scale.even[lane] : scale.odd[lane - 1]) = twice;
    const uint32_t half = e > 0 ? uint32_t{1} << (e - 1) : 0;
    scale.nudge[lane] = static_cast<int32_t>(half - static_cast<uint32_t>(factor.multiplier));
    scale.right[lane] = e;
    scale.left[lane] = factor.shift > 0 ? factor.shift : 0;
}

/// Sets the same factor in all lanes, with sums that start at zero.
inline void setAllChannels(ChannelScale& scale, Factor factor) {
    for (size_t lane = 0; lane < kLanes; ++lane)
        setChannel(scale, lane, 0, factor);
}

/// Upper halves of sums * 2m + 2^31, which are x + m.
HWY_INLINE V32 highProducts(V32 sums, const ChannelScale& scale) {
    const hn::ScalableTag<uint32_t> du;
    const hn::ScalableTag<uint64_t> d64;
    const auto u = hn::BitCast(du, sums);
    const auto half = hn::Set(d64, uint64_t{1} << 31);
    const auto oddSums = hn::BitCast(du, hn::ShiftRight<32>(hn::BitCast(d64, u)));
    const auto even = hn::Add(hn::MulEven(u, hn::Load(du, scale.even)), half);
    const auto odd = hn::Add(hn::MulEven(oddSums, hn::Load(du, scale.odd)), half);
    const D32 d;
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
    return V32{_mm512_mask_shuffle_epi32(odd.raw, 0x5555, even.raw, _MM_PERM_DDBB)};
#else
    return hn::OddEven(hn::BitCast(d, odd), hn::BitCast(d, hn::ShiftRight<32>(even)));
#endif
}

/// Rounding::General: every step of fixed_point.h.
HWY_INLINE V32 scaleGeneral(V32 sums, const ChannelScale& scale) {
    const D32 d;
    const auto zero = hn::Zero(d), one = hn::Set(d, 1);
    const auto top = hn::Set(d, kInt32Min);
    const auto right = hn::Load(d, scale.right);
    const auto shifted = hn::Xor(hn::Shl(hn::Xor(sums, top), hn::Load(d, scale.left)), top);
    const auto rounds = hn::Gt(right, zero);
    const auto half = hn::IfThenElseZero(rounds, hn::Shl(one, hn::Max(hn::Sub(right, one), zero)));
    const auto x = hn::Add(highProducts(shifted, scale), hn::Sub(hn::Load(d, scale.nudge), half));
    const auto mask = hn::Sub(hn::Shl(one, right), one);  // e = 31 wraps to 2^31 - 1, as intended
    const auto rest = hn::And(x, mask);
    const auto threshold = hn::Sub(hn::ShiftRight<1>(mask), hn::BroadcastSignBit(x));
    const auto up = hn::IfThenElseZero(hn::Gt(rest, threshold), one);
    return hn::Add(hn::Shr(x, right), up);
}

template <Rounding kRounding>
HWY_INLINE V32 scaleSums(V32 sums, const ChannelScale& scale) {
    if (kRounding == Rounding::General) return scaleGeneral(sums, scale);
    const D32 d;
    auto x = hn::Add(highProducts(sums, scale), hn::Load(d, scale.nudge));
    // The sum is negative where its top bit is clear, since 2^31 was added.
    if (kRounding == Rounding::Signed) {
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
        const __mmask16 positive = _mm512_movepi32_mask(sums.raw);
        x = V32{_mm512_mask_add_epi32(x.raw, static_cast<__mmask16>(~positive), x.raw,
                                      _mm512_set1_epi32(-1))};
#else
        x = hn::Add(x, hn::BroadcastSignBit(hn::Not(sums)));
#endif
    }
    return hn::Shr(x, hn::Load(d, scale.right));
}

using D8 = hn::Rebind<int8_t, D32>;

HWY_INLINE hn::Vec<D8> codesOf(V32 scaled, const OutputCodes& range) {
    const D32 d;
    const auto code = hn::Add(scaled, hn::Set(d, range.offset));
    const auto clamped =
        hn::Min(hn::Max(code, hn::Set(d, range.lowest)), hn::Set(d, range.highest));
    return hn::DemoteTo(D8(), clamped);
}

/// Stores the codes of one vector.
HWY_INLINE void storeCodes(V32 scaled, const OutputCodes& range, int8_t* output) {
    hn::StoreU(codesOf(scaled, range), D8(), output);
}

/// Stores the first `count` codes of one vector.
HWY_INLINE void storeSomeCodes(V32 scaled, const OutputCodes& range, size_t count, int8_t* output) {
    const auto codes = codesOf(scaled, range);
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
    _mm_mask_storeu_epi8(output, static_cast<__mmask16>(0xffffu >> (16 - count)), codes.raw);
#else
    int8_t all[kLanes];
    hn::StoreU(codes, D8(), all);
    __builtin_memcpy(output, all, count);
#endif
}

/// Stores the codes of four vectors, one after the other. Saturation in the conversion to 8 bits
/// has no effect, because the clamps are 8-bit codes.
HWY_INLINE void storeCodes4(V32 a, V32 b, V32 c, V32 e, const OutputCodes& range, int8_t* output) {
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
    const __m512i offset = _mm512_set1_epi16(static_cast<int16_t>(range.offset));
    const __m512i ab = _mm512_adds_epi16(_mm512_packs_epi32(a.raw, b.raw), offset);
    const __m512i ce = _mm512_adds_epi16(_mm512_packs_epi32(c.raw, e.raw), offset);
    const __m512i order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
    __m512i codes = _mm512_permutexvar_epi32(order, _mm512_packs_epi16(ab, ce));
    codes = _mm512_max_epi8(codes, _mm512_set1_epi8(static_cast<int8_t>(range.lowest)));
    codes = _mm512_min_epi8(codes, _mm512_set1_epi8(static_cast<int8_t>(range.highest)));
    _mm512_storeu_si512(output, codes);
#else
    storeCodes(a, range, output);
    storeCodes(b, range, output + kLanes);
    storeCodes(c, range, output + 2 * kLanes);
    storeCodes(e, range, output + 3 * kLanes);
#endif
}

/// Scales and stores kCount consecutive vectors; vector i uses scales[i % kPeriod].
template <Rounding kRounding, int kCount, int kPeriod>
HWY_INLINE void storeScaled(const V32* HWY_RESTRICT sums, const ChannelScale* HWY_RESTRICT scales,
                            const OutputCodes& range, int8_t* HWY_RESTRICT output) {
    V32 x[kCount];
#pragma GCC unroll 32
    for (int i = 0; i < kCount; ++i)
        x[i] = scaleSums<kRounding>(sums[i], scales[i % kPeriod]);
    // Not for Rounding::General: saturation in the conversion to 8 bits would change values that
    // wrapped.
    constexpr int kFours = kRounding == Rounding::General ? 0 : kCount / 4 * 4;
#pragma GCC unroll 32
    for (int i = 0; i < kFours; i += 4)
        storeCodes4(x[i], x[i + 1], x[i + 2], x[i + 3], range, output + i * kLanes);
#pragma GCC unroll 32
    for (int i = kFours; i < kCount; ++i)
        storeCodes(x[i], range, output + i * kLanes);
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
