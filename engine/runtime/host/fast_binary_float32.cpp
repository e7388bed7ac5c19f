// SPDX-License-Identifier: GPL-3.0-or-later
// ADD, SUB and MUL on floats, row by row of the iterator; a row's operand is a run of values or one
// repeated value. Bit-identical to the plain kernels but for the payload of a NaN.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_binary_float32.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/float_math.h"
#include "runtime/host/fast_families_inl.h"
#include "runtime/host/floats_inl.h"
#include "runtime/host/operand_rows.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

namespace {

struct AddFloats {
    template <typename T>
    HWY_INLINE T operator()(T a, T b) const {
        return a + b;
    }
};
struct SubFloats {
    template <typename T>
    HWY_INLINE T operator()(T a, T b) const {
        return a - b;
    }
};
struct MulFloats {
    template <typename T>
    HWY_INLINE T operator()(T a, T b) const {
        return a * b;
    }
};

struct Run {
    const float* values;

    HWY_INLINE VF load(int32_t i) const { return hn::LoadU(DF(), values + i); }
    float at(int32_t i) const { return values[i]; }
    HWY_INLINE void prefetch(int32_t i) const { __builtin_prefetch(values + i); }
};
struct Repeated {
    const float* value;

    HWY_INLINE VF load(int32_t) const { return hn::Set(DF(), *value); }
    float at(int32_t) const { return *value; }
    HWY_INLINE void prefetch(int32_t) const {}
};

struct Clamp {
    VF lowest, highest;

    explicit Clamp(const BinaryParams& p)
        : lowest(hn::Set(DF(), p.lowestFloat)), highest(hn::Set(DF(), p.highestFloat)) {}
    static bool serves(const BinaryParams&) { return true; }
    HWY_INLINE VF operator()(VF x) const { return clampFloats(x, lowest, highest); }
};

#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
/// Clamp in one instruction (VFIXUPIMM), for ranges that end at the largest finite float and start
/// at the smallest one or at zero: the class of a float selects the result, four bits per class.
struct FiniteClamp {
    __m512i kinds;

    explicit FiniteClamp(const BinaryParams& p)
        : kinds(_mm512_set1_epi32(p.lowestFloat == 0.0f ? kPositive : kAll)) {}
    static bool serves(const BinaryParams& p) {
        return p.highestFloat == kFloatMax &&
               (p.lowestFloat == 0.0f || p.lowestFloat == -kFloatMax);
    }
    HWY_INLINE VF operator()(VF x) const { return VF{_mm512_fixupimm_ps(x.raw, x.raw, kinds, 0)}; }

private:
    /// -inf at bit 16, +inf at 20, negative numbers at 24. 0 keeps the float, 8 gives zero, 14 and
    /// 15 the largest and smallest finite float.
    static constexpr int kPositive = 8 << 16 | 14 << 20 | 8 << 24, kAll = 15 << 16 | 14 << 20;
};
#else
using FiniteClamp = Clamp;
#endif

/// Longer rows exceed the first-level cache and are bound by memory, where the processor's prefetch
/// starts too late: prefetching four lines ahead gains 4 % on 64 KiB. On shorter rows it costs 20
/// %.
constexpr int32_t kNearLength = 4096, kAhead = 64;

template <typename Combine, typename Bounds, typename A, typename B>
void combineRow(const BinaryParams& p, A a, B b, int32_t length, float* output) {
    constexpr int32_t kUnrolled = 4;
    const DF d;
    const Combine combine;
    const Bounds clamped(p);
    int32_t i = 0;
    if (length > kNearLength) {
        for (; i + kLaneCount <= length; i += kLaneCount) {
            __builtin_prefetch(output + i + kAhead, 1);
            a.prefetch(i + kAhead);
            b.prefetch(i + kAhead);
            hn::StoreU(clamped(combine(a.load(i), b.load(i))), d, output + i);
        }
    }
    for (; i + kUnrolled * kLaneCount <= length; i += kUnrolled * kLaneCount) {
        VF results[kUnrolled];
#pragma GCC unroll 4
        for (int k = 0; k < kUnrolled; ++k)
            results[k] = combine(a.load(i + k * kLaneCount), b.load(i + k * kLaneCount));
#pragma GCC unroll 4
        for (int k = 0; k < kUnrolled; ++k)
            hn::StoreU(clamped(results[k]), d, output + i + k * kLaneCount);
    }
    for (; i + kLaneCount <= length; i += kLaneCount)
        hn::StoreU(clamped(combine(a.load(i), b.load(i))), d, output + i);
    for (; i < length; ++i)
        output[i] = clamp(combine(a.at(i), b.at(i)), p.lowestFloat, p.highestFloat);
}

template <typename Combine, typename Bounds>
Status runBinary(const FastCall& fast) {
    const auto& p = fast.call.params<BinaryParams>();
    const float* left = fast.input<float>(0);
    const float* right = fast.input<float>(1);
    float* output = fast.output<float>();
    const int32_t length = p.iterator.rowLength();
    const bool repeatsLeft = p.iterator.rowStride(0) == 0,
               repeatsRight = p.iterator.rowStride(1) == 0;
    forEachRow(p.iterator, [&](const ptrdiff_t(&offsets)[2]) {
        const float *a = left + offsets[0], *b = right + offsets[1];
        if (repeatsLeft && repeatsRight)
            combineRow<Combine, Bounds>(p, Repeated{a}, Repeated{b}, length, output);
        else if (repeatsLeft)
            combineRow<Combine, Bounds>(p, Repeated{a}, Run{b}, length, output);
        else if (repeatsRight)
            combineRow<Combine, Bounds>(p, Run{a}, Repeated{b}, length, output);
        else
            combineRow<Combine, Bounds>(p, Run{a}, Run{b}, length, output);
        output += length;
    });
    return Status::Ok;
}

template <typename Combine>
FastPlan planOf(const BinaryParams& p) {
    return {FiniteClamp::serves(p) ? runBinary<Combine, FiniteClamp> : runBinary<Combine, Clamp>, 0,
            0};
}

}  // namespace

FastPlan prepareBinaryFloat32(const Call& call, KernelId id, uint8_t*) {
    const auto& p = call.params<BinaryParams>();
    if (!hasRowsOfRuns(p)) return {};
    if (id == KernelId::MulFloat32) return planOf<MulFloats>(p);
    if (id == KernelId::SubFloat32) return planOf<SubFloats>(p);
    return planOf<AddFloats>(p);
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
