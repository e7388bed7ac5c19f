// SPDX-License-Identifier: GPL-3.0-or-later
// AVERAGE_POOL_2D and MAX_POOL_2D on 8-bit codes and floats, a vector of channels at a time. The
// last vector of a position may compute some channels again, so there must be a vector of them.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_pool.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/float_math.h"
#include "runtime/host/fast_kernel_list.h"
#include "runtime/host/floats_inl.h"
#include "runtime/kernels/pool.h"

HWY_BEFORE_NAMESPACE();
namespace runtime {
namespace HWY_NAMESPACE {
namespace {

#if NETCALIPER_VECTORS

constexpr int32_t kLaneCount = static_cast<int32_t>(kLanes);

/// Averages of codes: sums in 32 bits. A division of floats gives the exact quotient's integer part
/// while sums stay below 2^24, which planning checks.
struct AverageCodes {
    using Element = int8_t;
    using State = V32;
    static HWY_INLINE State start() { return hn::Zero(D32()); }
    static HWY_INLINE State fold(State sum, const int8_t* codes) {
        const hn::Rebind<int8_t, D32> d8;
        return hn::Add(sum, hn::PromoteTo(D32(), hn::LoadU(d8, codes)));
    }
    static HWY_INLINE void finish(State sum, int32_t count, const PoolParams& p, int8_t* output) {
        const D32 d;
        const V32 half = hn::Set(d, count / 2);
        const auto nudged =
            hn::Add(sum, hn::IfThenElse(hn::Gt(sum, hn::Zero(d)), half, hn::Neg(half)));
        const auto quotient =
            hn::Div(hn::ConvertTo(DF(), nudged), hn::Set(DF(), static_cast<float>(count)));
        const auto code = hn::Min(hn::Max(hn::ConvertTo(d, quotient), hn::Set(d, p.lowest)),
                                  hn::Set(d, p.highest));
        hn::StoreU(hn::DemoteTo(hn::Rebind<int8_t, D32>(), code), hn::Rebind<int8_t, D32>(),
                   output);
    }
};

struct MaximumCodes {
    using Element = int8_t;
    using D8 = hn::Rebind<int8_t, D32>;
    using State = hn::Vec<D8>;
    static HWY_INLINE State start() { return hn::Set(D8(), INT8_MIN); }
    static HWY_INLINE State fold(State best, const int8_t* codes) {
        return hn::Max(best, hn::LoadU(D8(), codes));
    }
    static HWY_INLINE void finish(State best, int32_t, const PoolParams& p, int8_t* output) {
        const auto low = hn::Set(D8(), static_cast<int8_t>(p.lowest));
        const auto high = hn::Set(D8(), static_cast<int8_t>(p.highest));
        hn::StoreU(hn::Min(hn::Max(best, low), high), D8(), output);
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

template <typename Pool, int kVectors>
HWY_INLINE void poolVectors(const PoolParams& p, const Pixel& at,
                            const typename Pool::Element* input, typename Pool::Element* output) {
    typename Pool::State states[kVectors];
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
    const int32_t count = (at.y.end - at.y.begin) * (at.x.end - at.x.begin);
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v)
        Pool::finish(states[v], count, p, output + v * kLaneCount);
}

template <typename Pool>
Status runPool(const FastCall& fast) {
    using Element = typename Pool::Element;
    const auto& p = fast.call.params<PoolParams>();
    const Element* input = fast.input<Element>(0);
    Element* output = fast.output<Element>();
    const int32_t channels = p.window.inChannels;
    forEachPixel(p.window, [&](const Pixel& at) {
        int32_t c = 0;
        for (; c + 4 * kLaneCount <= channels; c += 4 * kLaneCount)
            poolVectors<Pool, 4>(p, at, input + c, output + at.output + c);
        for (; c < channels; c += kLaneCount) {
            c = c + kLaneCount > channels ? channels - kLaneCount : c;
            poolVectors<Pool, 1>(p, at, input + c, output + at.output + c);
        }
    });
    return Status::Ok;
}

FastPlan preparePool(const PoolParams& p, KernelId id) {
    const Window& w = p.window;
    const bool codes = p.lowest >= INT8_MIN && p.highest <= INT8_MAX && p.lowest <= p.highest;
    const int64_t taps = int64_t{w.filterHeight} * w.filterWidth;
    constexpr int64_t kMostTaps = (1 << 16) - 1;
    if (w.inChannels < kLaneCount) return {};
    if (id == KernelId::AveragePoolInt8 && codes && taps <= kMostTaps)
        return {runPool<AverageCodes>, 0, 0};
    if (id == KernelId::MaxPoolInt8 && codes) return {runPool<MaximumCodes>, 0, 0};
    if (id == KernelId::AveragePoolFloat32) return {runPool<AverageFloats>, 0, 0};
    if (id == KernelId::MaxPoolFloat32) return {runPool<MaximumFloats>, 0, 0};
    return {};
}

#else
FastPlan preparePool(const PoolParams&, KernelId) {
    return {};
}
#endif  // NETCALIPER_VECTORS

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace runtime
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace runtime {

HWY_EXPORT(preparePool);

FastPlan preparePooling(const Call& call, KernelId id, uint8_t*) {
    return HWY_DYNAMIC_DISPATCH(preparePool)(call.params<PoolParams>(), id);
}

}  // namespace runtime
#endif  // HWY_ONCE
