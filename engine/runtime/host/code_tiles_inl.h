// SPDX-License-Identifier: GPL-3.0-or-later
// Convolution tiles on 8-bit codes: dot products of groups, exact scaling, storing of codes.

#if defined(NETCALIPER_CODE_TILES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NETCALIPER_CODE_TILES_INL_H
#undef NETCALIPER_CODE_TILES_INL_H
#else
#define NETCALIPER_CODE_TILES_INL_H
#endif

#include "runtime/host/conv_tiles_inl.h"
#include "runtime/host/fast_kernels.h"
#include "runtime/host/requantize_inl.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

/// What a tile reads: converted values, or the codes of a layer's input directly.
enum class Source { Values, Codes };

struct CodeFormat {
    using Layer = LayerInt8;
    using Input = int8_t;
    using Value = HWY_NAMESPACE::Value;
    using Weight = HWY_NAMESPACE::Weight;
    using Lanes = ChannelScale;
    using Range = OutputCodes;
    static constexpr auto kGroupSize = static_cast<int32_t>(kGroup);

    static Value pad(const Layer& layer) {
        return static_cast<Value>(layer.zeroPoint() + kValueBias);
    }
    /// True where codes can replace values: a dense layer on one row of whole groups.
    static bool readsInput(const Layer& layer, const ConvShape& shape) {
        return kReadsCodes && shape.isRow() && !layer.stuffing.any() &&
               shape.runLength % kGroupSize == 0;
    }
    /// Sets the lane of output channel `channel`; -1: a lane without a channel.
    static void setLane(const Layer& layer, int32_t channel, size_t lane, Lanes& lanes) {
        const bool real = channel >= 0;
        setChannel(lanes, lane, real ? layer.start(channel, kValueBias) : 0,
                   real ? layer.factor(channel) : Factor{});
    }
    static ChooseTile<CodeFormat> tilesFor(const Layer& layer, bool readsInput);
};

/// Copies `count` codes; may read a whole line.
HWY_INLINE void copyCodes(const int8_t* from, size_t count, int8_t* to) {
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
    // Loads as wide as the stores were: a wider load would wait until the stores reach the cache.
    if (count <= 16)
        return _mm_mask_storeu_epi8(to, static_cast<__mmask16>(0xffffu >> (16 - count)),
                                    _mm_load_si128(reinterpret_cast<const __m128i*>(from)));
    if (count <= 64)
        return _mm512_mask_storeu_epi8(to, ~uint64_t{0} >> (64 - count), _mm512_loadu_si512(from));
#endif
    __builtin_memcpy(to, from, count);
}

/// Stores the results of a tile of several vectors.
template <Rounding kRounding, int M, int N>
HWY_INLINE void storeTile(const TileTask<CodeFormat>& task, const V32 (&sums)[M * N]) {
    constexpr size_t kBytes = N * kLanes;
    // Where the tile covers all channels, its positions are contiguous in the output.
    if (task.channels == kBytes && task.outputStep == kBytes)
        return storeScaled<kRounding, M * N, N>(sums, task.lanes, task.range, task.output);
    HWY_ALIGN int8_t codes[M * kBytes + kSideAlignment];  // copies read a whole line
    storeScaled<kRounding, M * N, N>(sums, task.lanes, task.range, codes);
    int8_t* output = task.output;
    for (int m = 0; m < M; ++m, output += task.outputStep) {
        if (task.channels == kBytes)
            __builtin_memcpy(output, codes + m * kBytes, kBytes);
        else
            copyCodes(codes + m * kBytes, task.channels, output);
    }
}

template <Rounding kRounding, Source kSource>
struct CodeArithmetic : CodeFormat {
    using Format = CodeFormat;
    using Sum = V32;
    static constexpr bool kAlone = kRounding == Rounding::General || kSource == Source::Codes;

    static HWY_INLINE auto load(const Weight* weights) { return loadWeights(weights); }
    static HWY_INLINE Values broadcast(const Value* values) {
        return kSource == Source::Codes ? broadcastCodes(values) : broadcastValues(values);
    }
    static HWY_INLINE Sum start(const Lanes& lanes) { return hn::Load(D32(), lanes.start); }
    static HWY_INLINE Sum zero() { return hn::Zero(D32()); }
    template <typename W>
    static HWY_INLINE Sum multiplyAdd(Sum sum, Values values, W weights) {
        return dot(sum, values, weights);
    }
    /// N vectors of neighbouring channels.
    template <int N>
    static HWY_INLINE void storeVectors(const Sum (&sums)[N], const Lanes* lanes,
                                        const Range& range, Input* output) {
        storeScaled<kRounding, N, N>(sums, lanes, range, output);
    }
    static HWY_INLINE void storeSome(Sum sum, const Lanes& lanes, const Range& range, size_t count,
                                     Input* output) {
        storeSomeCodes(scaleSums<kRounding>(sum, lanes), range, count, output);
    }
    template <int M, int N>
    static HWY_INLINE void store(const TileTask<Format>& task, const Sum (&sums)[M * N]) {
        if constexpr (M * N == 1)
            storeSome(sums[0], *task.lanes, task.range, task.channels, task.output);
        else
            storeTile<kRounding, M, N>(task, sums);
    }
};

template <Rounding kRounding>
ChooseTile<CodeFormat> tilesOf(bool readsInput) {
    return readsInput ? chooseTile<CodeArithmetic<kRounding, Source::Codes>>
                      : chooseTile<CodeArithmetic<kRounding, Source::Values>>;
}

inline ChooseTile<CodeFormat> CodeFormat::tilesFor(const Layer& layer, bool readsInput) {
    switch (layer.rounding()) {
        case Rounding::Positive:
            return tilesOf<Rounding::Positive>(readsInput);
        case Rounding::Signed:
            return tilesOf<Rounding::Signed>(readsInput);
        case Rounding::General:
            break;
    }
    return tilesOf<Rounding::General>(readsInput);
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
