// SPDX-License-Identifier: GPL-3.0-or-later
// Convolution tiles on floats. Each sum runs in the order of the plain kernel, except in small
// tiles; machines with a fused multiply-add do not round between product and sum. Rounding there,
// as TFLM does, makes layers 1.27 times slower (geometric mean over the layers that tests/bench
// times; AVX-512).

#if defined(NETCALIPER_FLOAT_TILES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NETCALIPER_FLOAT_TILES_INL_H
#undef NETCALIPER_FLOAT_TILES_INL_H
#else
#define NETCALIPER_FLOAT_TILES_INL_H
#endif

#include "runtime/host/conv_tiles_inl.h"
#include "runtime/host/floats_inl.h"
#include "runtime/host/layer_float32.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

struct FloatFormat {
    using Layer = LayerFloat32;
    using Input = float;
    using Value = float;
    using Weight = float;
    struct HWY_ALIGN Lanes {
        float bias[kLanes];
    };
    using Range = ActivationBounds;
    static constexpr int32_t kGroupSize = 1;

    static Value pad(const Layer&) { return 0.0f; }
    static bool readsInput(const Layer& layer, const ConvShape&) { return layer.readsImage(); }
    /// Sets the lane of output channel `channel`; -1: a lane without a channel.
    static void setLane(const Layer& layer, int32_t channel, size_t lane, Lanes& lanes) {
        lanes.bias[lane] = channel >= 0 ? layer.biasOf(channel) : 0.0f;
    }
    static ChooseTile<FloatFormat> tilesFor(const Layer& layer, bool readsInput);
};

struct FloatArithmetic : FloatFormat {
    using Format = FloatFormat;
    using Sum = VF;
    static constexpr bool kAlone = false;

    static HWY_INLINE VF load(const float* weights) { return hn::Load(DF(), weights); }
    static HWY_INLINE VF broadcast(const float* value) { return hn::Set(DF(), *value); }
    /// Adds the bias last, like the plain kernel.
    static HWY_INLINE VF start(const Lanes&) { return hn::Zero(DF()); }
    static HWY_INLINE VF zero() { return hn::Zero(DF()); }
    static HWY_INLINE VF multiplyAdd(VF sum, VF value, VF weights) {
        return hn::MulAdd(value, weights, sum);
    }
    template <int M, int N>
    static HWY_INLINE void store(const TileTask<Format>& task, VF (&sums)[M * N]) {
        const DF d;
        const VF lowest = hn::Set(d, task.range.lowest), highest = hn::Set(d, task.range.highest);
#pragma GCC unroll 32
        for (int i = 0; i < M * N; ++i) {
            const VF sum = hn::Add(sums[i], hn::Load(d, task.lanes[i % N].bias));
            sums[i] = clampFloats(sum, lowest, highest);
        }
        const bool whole = task.channels == N * kLanes;
#pragma GCC unroll 32
        for (int i = 0; i < M * N; ++i) {
            const size_t first = i % N * kLanes;
            float* output = task.output + i / N * task.outputStep + first;
            if (whole)
                hn::StoreU(sums[i], d, output);
            else if (first < task.channels)
                storeFloats(sums[i], task.channels - first, output);
        }
    }
};

inline ChooseTile<FloatFormat> FloatFormat::tilesFor(const Layer&, bool) {
    return chooseTile<FloatArithmetic>;
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
