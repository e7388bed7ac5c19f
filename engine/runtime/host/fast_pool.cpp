// SPDX-License-Identifier: GPL-3.0-or-later
// AVERAGE_POOL_2D and MAX_POOL_2D on codes of 8 and 16 bits and on floats, a vector of channels at
// a time. The last vector of a position may compute some channels again, so there must be a vector
// of them.
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

/// Averages of codes of 8 or 16 bits: sums in 32 bits. A division of floats gives the exact
/// quotient's integer part while sums stay below 2^24, which planning checks.
template <typename T>
struct AverageCodes {
    using Element = T;
    using State = V32;
    /// Sums and half a divisor stay below 2^24.
    static constexpr int64_t kMostTaps =
        (int64_t{1} << 23) / (int64_t{1} << (8 * sizeof(T) - 1)) - 1;

    static HWY_INLINE State start() { return hn::Zero(D32()); }
    static HWY_INLINE State fold(State sum, const T* codes) {
        return hn::Add(sum, loadWidened(codes));
    }
    static HWY_INLINE void finish(State sum, int32_t count, const PoolParams& p, T* output) {
        const D32 d;
        const hn::Rebind<T, D32> narrow;
        const V32 half = hn::Set(d, count / 2);
        const auto nudged =
            hn::Add(sum, hn::IfThenElse(hn::Gt(sum, hn::Zero(d)), half, hn::Neg(half)));
        const auto quotient =
            hn::Div(hn::ConvertTo(DF(), nudged), hn::Set(DF(), static_cast<float>(count)));
        const auto code = hn::Min(hn::Max(hn::ConvertTo(d, quotient), hn::Set(d, p.lowest)),
                                  hn::Set(d, p.highest));
        hn::StoreU(hn::DemoteTo(narrow, code), narrow, output);
    }
};

template <typename T>
struct MaximumCodes {
    using Element = T;
    using D = hn::Rebind<T, D32>;
    using State = hn::Vec<D>;
    static HWY_INLINE State start() {
        return hn::Set(D(), static_cast<T>(-(1 << (8 * sizeof(T) - 1))));
    }
    static HWY_INLINE State fold(State best, const T* codes) {
        return hn::Max(best, hn::LoadU(D(), codes));
    }
    static HWY_INLINE void finish(State best, int32_t, const PoolParams& p, T* output) {
        const auto low = hn::Set(D(), static_cast<T>(p.lowest));
        const auto high = hn::Set(D(), static_cast<T>(p.highest));
        hn::StoreU(hn::Min(hn::Max(best, low), high), D(), output);
    }
};

struct AverageFloats {
    using Element = float;
    using State = VF;
    static HWY_INLINE State start() { return hn::Zero(DF()); }
    static HWY_INLINE State fold(State sum, const float* values) {
        return hn::Add(sum, hn::LoadU(DF(), values));
    }
    static HWY_INLINE void finish(State sum, int32_t count, const PoolParams& p, float* output) {
        const DF d;
        const VF mean = hn::Div(sum, hn::Set(d, static_cast<float>(count)));
        hn::StoreU(hn::Min(hn::Max(mean, hn::Set(d, p.lowestFloat)), hn::Set(d, p.highestFloat)), d,
                   output);
    }
};

struct MaximumFloats {
    using Element = float;
    using State = VF;
    static HWY_INLINE State start() { return hn::Set(DF(), -kFloatMax); }
    static HWY_INLINE State fold(State best, const float* values) {
        return hn::Max(best, hn::LoadU(DF(), values));
    }
    static HWY_INLINE void finish(State best, int32_t, const PoolParams& p, float* output) {
        const DF d;
        hn::StoreU(hn::Min(hn::Max(best, hn::Set(d, p.lowestFloat)), hn::Set(d, p.highestFloat)), d,
                   output);
    }
};

/// Folds the taps of `kVectors` vectors of channels from `input` on.
template <typename Pool, int kVectors>
HWY_INLINE void foldTaps(const PoolParams& p, const Pixel& at, const typename Pool::Element* input,
                         typename Pool::State (&states)[kVectors]) {
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v)
        states[v] = Pool::start();
    for (int32_t tapY = at.y.begin; tapY < at.y.end; ++tapY) {
        const auto* values = input + inputIndex(p.window, at, tapY, at.x.begin);
        for (int32_t tapX = at.x.begin; tapX < at.x.end; ++tapX, values += p.window.inChannels)
#pragma GCC unroll 4
            for (int v = 0; v < kVectors; ++v)
                states[v] = Pool::fold(states[v], values + v * kLaneCount);
    }
}

template <typename Pool, int kVectors>
HWY_INLINE void finishAll(const typename Pool::State (&states)[kVectors], const Pixel& at,
                          const PoolParams& p, typename Pool::Element* output) {
    const int32_t count = (at.y.end - at.y.begin) * (at.x.end - at.x.begin);
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v)
        Pool::finish(states[v], count, p, output + v * kLaneCount);
}

template <typename Pool, int kVectors>
HWY_INLINE void poolVectors(const PoolParams& p, const Pixel& at,
                            const typename Pool::Element* input, typename Pool::Element* output) {
    typename Pool::State states[kVectors];
    foldTaps<Pool, kVectors>(p, at, input, states);
    finishAll<Pool, kVectors>(states, at, p, output);
}

/// One position. The last vector may share channels with the one before it, and the output may lie
/// over the input: its taps are read before anything is written.
template <typename Pool>
HWY_INLINE void poolPixel(const PoolParams& p, const Pixel& at, const typename Pool::Element* input,
                          typename Pool::Element* output) {
    const int32_t channels = p.window.inChannels, last = channels - kLaneCount;
    const bool hasRest = channels % kLaneCount != 0;
    typename Pool::State rest[1];
    if (hasRest) foldTaps<Pool, 1>(p, at, input + last, rest);
    int32_t c = 0;
    for (; c + 4 * kLaneCount <= channels; c += 4 * kLaneCount)
        poolVectors<Pool, 4>(p, at, input + c, output + c);
    for (; c + kLaneCount <= channels; c += kLaneCount)
        poolVectors<Pool, 1>(p, at, input + c, output + c);
    if (hasRest) finishAll<Pool, 1>(rest, at, p, output + last);
}

template <typename Pool>
Status runPool(const FastCall& fast) {
    using Element = typename Pool::Element;
    const auto& p = fast.call.params<PoolParams>();
    const Element* input = fast.input<Element>(0);
    Element* output = fast.output<Element>();
    forEachPixel(p.window, [&](const Pixel& at)
                               HWY_ATTR { poolPixel<Pool>(p, at, input, output + at.output); });
    return Status::Ok;
}

/// Of codes: averages of modest windows only, and clamps that are codes.
template <typename T>
FastPlan planCodes(const PoolParams& p, bool average) {
    constexpr int32_t kEnd = 1 << (8 * sizeof(T) - 1);
    const bool codes = p.lowest >= -kEnd && p.highest < kEnd && p.lowest <= p.highest;
    const int64_t taps = int64_t{p.window.filterHeight} * p.window.filterWidth;
    if (!codes || (average && taps > AverageCodes<T>::kMostTaps)) return {};
    return {average ? runPool<AverageCodes<T>> : runPool<MaximumCodes<T>>, 0, 0};
}

}  // namespace

FastPlan preparePool(const Call& call, KernelId id, uint8_t*) {
    const auto& p = call.params<PoolParams>();
    if (p.window.inChannels < kLaneCount) return {};
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
