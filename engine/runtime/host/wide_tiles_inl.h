// SPDX-License-Identifier: GPL-3.0-or-later
// Convolution tiles on 16-bit codes: pairs of products summed in 32 bits; biases are added and sums
// scaled in 64 bits, with the rounding of fixed_point.h.

#if defined(NETCALIPER_WIDE_TILES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NETCALIPER_WIDE_TILES_INL_H
#undef NETCALIPER_WIDE_TILES_INL_H
#else
#define NETCALIPER_WIDE_TILES_INL_H
#endif

#include "runtime/host/conv_tiles_inl.h"
#include "runtime/host/layer_int16.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

struct WideFormat {
    using Layer = LayerInt16;
    using Input = int16_t;
    using Value = int16_t;
    using Weight = int16_t;
    using Range = OutputCodes16;
    struct HWY_ALIGN Lanes {
        int64_t bias[kLanes];
        int64_t multiplier[kLanes];  ///< 16-bit multipliers
        int64_t half[kLanes];        ///< half of the bits shifted out
        int64_t shift[kLanes];
    };
    static constexpr int32_t kGroupSize = 2;

    static Value pad(const Layer&) { return 0; }
    /// The tile must not read beyond the input: a last group of one value would read another.
    static bool readsInput(const Layer& layer, const ConvShape& shape) {
        return layer.readsImage() && shape.runLength % kGroupSize == 0;
    }
    /// Sets the lane of output channel `channel`; -1: a lane without a channel. Follows the 64-bit
    /// form of multiplyByFactor().
    static void setLane(const Layer& layer, int32_t channel, size_t lane, Lanes& lanes) {
        const bool real = channel >= 0;
        const Factor factor = real ? layer.factor(channel) : Factor{};
        const bool rounds = factor.multiplier < 0x7fff0000;
        lanes.bias[lane] = real ? layer.biasOf(channel) : 0;
        lanes.multiplier[lane] = rounds ? (factor.multiplier + (1 << 15)) >> 16 : 0x7fff;
        lanes.shift[lane] = 15 - factor.shift;
        lanes.half[lane] = int64_t{1} << (14 - factor.shift);
    }
    static ChooseTile<WideFormat> tilesFor(const Layer& layer, bool readsInput);
};

/// Computes the codes of one vector of channels. Plain loops: compilers generate AVX-512's 64-bit
/// multiplications.
HWY_INLINE void storeWide(V32 sums, const WideFormat::Lanes& lanes, const OutputCodes16& range,
                          int16_t* HWY_RESTRICT output) {
    HWY_ALIGN int32_t products[kLanes];
    HWY_ALIGN int32_t scaled[kLanes];
    hn::Store(sums, D32(), products);
    for (size_t i = 0; i < kLanes; ++i) {
        const auto sum = static_cast<uint64_t>(lanes.bias[i]) +
                         static_cast<uint64_t>(static_cast<int64_t>(products[i]));
        const uint64_t rounded =
            sum * static_cast<uint64_t>(lanes.multiplier[i]) + static_cast<uint64_t>(lanes.half[i]);
        scaled[i] = static_cast<int32_t>(static_cast<int64_t>(rounded) >> lanes.shift[i]);
    }
    for (size_t i = 0; i < kLanes; ++i)
        output[i] = static_cast<int16_t>(
            clamp(wrapAdd(scaled[i], range.offset), range.lowest, range.highest));
}

struct WideArithmetic : WideFormat {
    using Format = WideFormat;
    using Sum = V32;
    static constexpr bool kAlone = false;

    static HWY_INLINE V32 load(const Weight* weights) { return loadLanes(weights); }
    static HWY_INLINE V32 broadcast(const Value* values) { return broadcastLane(values); }
    static HWY_INLINE V32 start(const Lanes&) { return hn::Zero(D32()); }
    static HWY_INLINE V32 zero() { return hn::Zero(D32()); }
    static HWY_INLINE V32 multiplyAdd(V32 sum, V32 values, V32 weights) {
        return addPairs(sum, values, weights);
    }
    template <int N>
    static HWY_INLINE void storeVectors(const V32 (&sums)[N], const Lanes* lanes,
                                        const Range& range, Input* output) {
        for (size_t n = 0; n < N; ++n)
            storeWide(sums[n], lanes[n], range, output + n * kLanes);
    }
    static HWY_INLINE void storeSome(V32 sum, const Lanes& lanes, const Range& range, size_t count,
                                     Input* output) {
        HWY_ALIGN Input codes[kLanes];
        storeWide(sum, lanes, range, codes);
        __builtin_memcpy(output, codes, count * sizeof(Input));
    }
    template <int M, int N>
    static HWY_INLINE void store(const TileTask<Format>& task, const V32 (&sums)[M * N]) {
        for (size_t i = 0; i < M * N; ++i) {
            const size_t first = i % N * kLanes;
            Input* output = task.output + i / N * task.outputStep + first;
            if (first + kLanes <= task.channels)
                storeWide(sums[i], task.lanes[i % N], task.range, output);
            else
                storeSome(sums[i], task.lanes[i % N], task.range, task.channels - first, output);
        }
    }
};

inline ChooseTile<WideFormat> WideFormat::tilesFor(const Layer&, bool) {
    return chooseTile<WideArithmetic>;
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
