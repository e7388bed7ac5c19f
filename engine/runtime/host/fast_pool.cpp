// SPDX-License-Identifier: GPL-3.0-or-later
// AVERAGE_POOL_2D and MAX_POOL_2D on 8- and 16-bit codes and on floats, a vector of channels at a
// time. The output may overwrite the input: the taps of a vector of channels are read before its
// results are written.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_pool.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/float_math.h"
#include "runtime/host/fast_families_inl.h"
#include "runtime/host/floats_inl.h"
#include "runtime/kernels/pool.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

namespace {

/// A vector of channels in the stored element type.
template <typename T>
using Narrow = hn::Rebind<T, D32>;
template <typename T>
using Channels = hn::Vec<Narrow<T>>;

/// Loads the first `count` channels, at most a vector; the other lanes are unspecified.
HWY_INLINE VF loadChannels(const float* values, size_t count) {
    return loadFloats(values, count, 0.0f);
}
HWY_INLINE void storeChannels(VF v, size_t count, float* output) {
    storeFloats(v, count, output);
}
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
HWY_INLINE Channels<int8_t> loadChannels(const int8_t* codes, size_t count) {
    if (count >= kLanes) return hn::LoadU(Narrow<int8_t>(), codes);
    return Channels<int8_t>{_mm_maskz_loadu_epi8(firstLanes<__mmask16>(count), codes)};
}
HWY_INLINE Channels<int16_t> loadChannels(const int16_t* codes, size_t count) {
    if (count >= kLanes) return hn::LoadU(Narrow<int16_t>(), codes);
    return Channels<int16_t>{_mm256_maskz_loadu_epi16(firstLanes<__mmask16>(count), codes)};
}
HWY_INLINE void storeChannels(Channels<int8_t> v, size_t count, int8_t* output) {
    if (count >= kLanes) return hn::StoreU(v, Narrow<int8_t>(), output);
    _mm_mask_storeu_epi8(output, firstLanes<__mmask16>(count), v.raw);
}
HWY_INLINE void storeChannels(Channels<int16_t> v, size_t count, int16_t* output) {
    if (count >= kLanes) return hn::StoreU(v, Narrow<int16_t>(), output);
    _mm256_mask_storeu_epi16(output, firstLanes<__mmask16>(count), v.raw);
}
#else
template <typename T>
HWY_INLINE Channels<T> loadChannels(const T* codes, size_t count) {
    if (count >= kLanes) return hn::LoadU(Narrow<T>(), codes);
    HWY_ALIGN T lanes[kLanes] = {};
    __builtin_memcpy(lanes, codes, count * sizeof(T));
    return hn::Load(Narrow<T>(), lanes);
}
template <typename T>
HWY_INLINE void storeChannels(Channels<T> v, size_t count, T* output) {
    if (count >= kLanes) return hn::StoreU(v, Narrow<T>(), output);
    HWY_ALIGN T lanes[kLanes];
    hn::Store(v, Narrow<T>(), lanes);
    __builtin_memcpy(output, lanes, count * sizeof(T));
}
#endif

/// Averages of 8- or 16-bit codes, summed in 32 bits. Float division gives the exact integer
/// quotient while sums stay below 2^24; planning checks that bound.
template <typename T>
struct AverageCodes {
    using Element = T;
    using State = V32;
    /// Keeps sums plus half a divisor below 2^24.
    static constexpr int64_t kMaxTaps =
        (int64_t{1} << 23) / (int64_t{1} << (8 * sizeof(T) - 1)) - 1;

    static HWY_INLINE State start() { return hn::Zero(D32()); }
    static HWY_INLINE State fold(State sum, Channels<T> codes) {
        return hn::Add(sum, hn::PromoteTo(D32(), codes));
    }
    static HWY_INLINE Channels<T> finish(State sum, int32_t count, const PoolParams& p) {
        const D32 d;
        const V32 half = hn::Set(d, count / 2);
        const auto nudged =
            hn::Add(sum, hn::IfThenElse(hn::Gt(sum, hn::Zero(d)), half, hn::Neg(half)));
        const auto quotient =
            hn::Div(hn::ConvertTo(DF(), nudged), hn::Set(DF(), static_cast<float>(count)));
        const auto code = hn::Min(hn::Max(hn::ConvertTo(d, quotient), hn::Set(d, p.lowest)),
                                  hn::Set(d, p.highest));
        return hn::DemoteTo(Narrow<T>(), code);
    }
};

template <typename T>
struct MaximumCodes {
    using Element = T;
    using State = Channels<T>;
    static HWY_INLINE State start() {
        return hn::Set(Narrow<T>(), static_cast<T>(-(1 << (8 * sizeof(T) - 1))));
    }
    static HWY_INLINE State fold(State best, Channels<T> codes) { return hn::Max(best, codes); }
    static HWY_INLINE Channels<T> finish(State best, int32_t, const PoolParams& p) {
        const Narrow<T> d;
        return hn::Min(hn::Max(best, hn::Set(d, static_cast<T>(p.lowest))),
                       hn::Set(d, static_cast<T>(p.highest)));
    }
};

HWY_INLINE VF inRange(VF values, const PoolParams& p) {
    return clampFloats(values, hn::Set(DF(), p.lowestFloat), hn::Set(DF(), p.highestFloat));
}

struct AverageFloats {
    using Element = float;
    using State = VF;
    static HWY_INLINE State start() { return hn::Zero(DF()); }
    static HWY_INLINE State fold(State sum, VF values) { return hn::Add(sum, values); }
    static HWY_INLINE VF finish(State sum, int32_t count, const PoolParams& p) {
        return inRange(hn::Div(sum, hn::Set(DF(), static_cast<float>(count))), p);
    }
};

struct MaximumFloats {
    using Element = float;
    using State = VF;
    static HWY_INLINE State start() { return hn::Set(DF(), -kFloatMax); }
    static HWY_INLINE State fold(State best, VF values) { return larger(values, best); }
    static HWY_INLINE VF finish(State best, int32_t, const PoolParams& p) {
        return inRange(best, p);
    }
};

/// Calls visit(first channel under the tap) for every tap.
template <typename T, typename Visit>
HWY_INLINE void forEachTap(const PoolParams& p, const Pixel& at, const T* input,
                           const Visit& visit) {
    for (int32_t tapY = at.y.begin; tapY < at.y.end; ++tapY) {
        const T* values = input + inputIndex(p.window, at, tapY, at.x.begin);
        for (int32_t tapX = at.x.begin; tapX < at.x.end; ++tapX, values += p.window.inChannels)
            visit(values);
    }
}

int32_t countOf(const Pixel& at) {
    return (at.y.end - at.y.begin) * (at.x.end - at.x.begin);
}

/// Computes kVectors of channels; the last vector has `last` channels.
template <typename Pool, int kVectors>
HWY_INLINE void poolVectors(const PoolParams& p, const Pixel& at, size_t last,
                            const typename Pool::Element* input, typename Pool::Element* output) {
    using Element = typename Pool::Element;
    const Narrow<Element> d;
    constexpr int kLast = kVectors - 1;
    typename Pool::State states[kVectors];
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v)
        states[v] = Pool::start();
    forEachTap(p, at, input, [&](const Element* values) HWY_ATTR {
#pragma GCC unroll 4
        for (int v = 0; v < kLast; ++v)
            states[v] = Pool::fold(states[v], hn::LoadU(d, values + v * kLaneCount));
        states[kLast] = Pool::fold(states[kLast], loadChannels(values + kLast * kLaneCount, last));
    });
#pragma GCC unroll 4
    for (int v = 0; v < kLast; ++v)
        hn::StoreU(Pool::finish(states[v], countOf(at), p), d, output + v * kLaneCount);
    storeChannels(Pool::finish(states[kLast], countOf(at), p), last, output + kLast * kLaneCount);
}

template <typename Pool>
HWY_INLINE void poolPixel(const PoolParams& p, const Pixel& at, const typename Pool::Element* input,
                          typename Pool::Element* output) {
    constexpr size_t kMax = 4 * kLanes;
    size_t left = static_cast<size_t>(p.window.inChannels);
    for (; left > kMax; left -= kMax, input += kMax, output += kMax)
        poolVectors<Pool, 4>(p, at, kLanes, input, output);
    if (left > 3 * kLanes)
        poolVectors<Pool, 4>(p, at, left - 3 * kLanes, input, output);
    else if (left > 2 * kLanes)
        poolVectors<Pool, 3>(p, at, left - 2 * kLanes, input, output);
    else if (left > kLanes)
        poolVectors<Pool, 2>(p, at, left - kLanes, input, output);
    else
        poolVectors<Pool, 1>(p, at, left, input, output);
}

/// forEachPixel(), compiled for this target, which saves a call per pixel. Pools have no dilation,
/// which saves four divisions.
template <typename Visit>
void forEachPoolPixel(const Window& w, const Visit& visit) {
    size_t output = 0;
    for (int32_t batch = 0; batch < w.batches; ++batch) {
        for (int32_t row = 0; row < w.outHeight; ++row) {
            const Taps y = tapsInside(row, w.strideHeight, w.padTop, 1, w.filterHeight, w.inHeight);
            for (int32_t column = 0; column < w.outWidth; ++column) {
                const Taps x =
                    tapsInside(column, w.strideWidth, w.padLeft, 1, w.filterWidth, w.inWidth);
                visit(Pixel{y, x, batch, output});
                output += static_cast<size_t>(w.outChannels);
            }
        }
    }
}

template <typename Pool>
Status runPool(const FastCall& fast) {
    using Element = typename Pool::Element;
    const auto p = fast.call.params<PoolParams>();  // a local copy, not aliased by stores
    const Element* input = fast.input<Element>(0);
    Element* output = fast.output<Element>();
    forEachPoolPixel(p.window, [&](const Pixel& at)
                                   HWY_ATTR { poolPixel<Pool>(p, at, input, output + at.output); });
    return Status::Ok;
}

/// For codes, requires averages of few taps and clamps that are codes.
template <typename T>
FastPlan planCodes(const PoolParams& p, bool average) {
    constexpr int32_t kEnd = 1 << (8 * sizeof(T) - 1);
    const bool codes = p.lowest >= -kEnd && p.highest < kEnd && p.lowest <= p.highest;
    const int64_t taps = int64_t{p.window.filterHeight} * p.window.filterWidth;
    if (!codes || (average && taps > AverageCodes<T>::kMaxTaps)) return {};
    return {average ? runPool<AverageCodes<T>> : runPool<MaximumCodes<T>>, 0, 0};
}

}  // namespace

FastPlan preparePool(const Call& call, KernelId id, uint8_t*) {
    const auto& p = call.params<PoolParams>();
    switch (id) {
        case KernelId::AveragePoolInt8:
        case KernelId::MaxPoolInt8:
            return planCodes<int8_t>(p, id == KernelId::AveragePoolInt8);
        case KernelId::AveragePoolInt16:
        case KernelId::MaxPoolInt16:
            return planCodes<int16_t>(p, id == KernelId::AveragePoolInt16);
        case KernelId::AveragePoolFloat32:
            return {runPool<AverageFloats>, 0, 0};
        default:
            return {runPool<MaximumFloats>, 0, 0};
    }
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
