// SPDX-License-Identifier: GPL-3.0-or-later
// Tiles of convolutions on 8-bit codes: M output positions times N vectors of output channels in
// registers. A tile walks the runs of the filter, broadcasts one group of values per position and
// multiplies it with N vectors of weights; then it scales and stores. Which M suits a layer is
// chosen here too.

#if defined(NETCALIPER_CODE_TILES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NETCALIPER_CODE_TILES_INL_H
#undef NETCALIPER_CODE_TILES_INL_H
#else
#define NETCALIPER_CODE_TILES_INL_H
#endif

#include "runtime/host/conv_shape.h"
#include "runtime/host/fast_kernels.h"
#include "runtime/host/requantize_inl.h"

HWY_BEFORE_NAMESPACE();
namespace runtime {
namespace HWY_NAMESPACE {
namespace {

#if NETCALIPER_VECTORS

constexpr int kMostVectors = kRegisters == 32 ? 4 : 2;
constexpr int kMostVectorsAlone = 8;  ///< in a tile of a single position
constexpr int32_t kLaneCount = static_cast<int32_t>(kLanes);
constexpr int32_t kGroupSize = static_cast<int32_t>(kGroup);

/// What a tile reads and writes.
struct TileTask {
    const Value* first;  ///< under the window of the first position; a tile may read codes here
    size_t step;         ///< to the next
    const int32_t* runOffsets;
    int32_t runs, runGroups;
    const Weight* weights;
    const ChannelScale* scales;
    CodeRange range;
    int8_t* output;
    size_t channels, outputStep;  ///< codes to store per position; from one position to the next
};

/// What a tile finds under its window: values, or the codes of a layer's input as they are.
enum class Source { Values, Codes };

using Tile = void (*)(const TileTask& task);

/// Vectors of channels that are computed together.
struct ChannelBlock {
    Tile tile;
    Source source;
    int32_t positions;  ///< of `tile`
    int32_t vectors;
    int32_t channels;
};

/// Small tiles keep several sums per result: an instruction waits for the one before it.
template <int M, int N>
constexpr int kChains = M* N >= 4 ? 1 : 4 / (M * N);

/// One group of the sums of all positions.
template <int M, int N, Source kSource>
HWY_INLINE void addGroup(const Weight* HWY_RESTRICT weights, const Positions<Value, M>& positions,
                         V32* HWY_RESTRICT sums) {
    decltype(loadWeights(weights)) w[N];
#pragma GCC unroll 8
    for (int n = 0; n < N; ++n)
        w[n] = loadWeights(weights + n * kLaneCount * kGroupSize);
#pragma GCC unroll 16
    for (int m = 0; m < M; ++m) {
        const Values x = kSource == Source::Codes ? broadcastCodes(positions.at(m))
                                                  : broadcastValues(positions.at(m));
#pragma GCC unroll 8
        for (int n = 0; n < N; ++n)
            sums[m * N + n] = dot(sums[m * N + n], x, w[n]);
    }
}

template <int M, int N, Source kSource>
HWY_INLINE void sumProducts(const TileTask& task, V32 (&sums)[M * N]) {
    constexpr int kTile = M * N, kStep = N * kLaneCount * kGroupSize;
    const D32 d;
    V32 chains[kChains<M, N> * kTile];
#pragma GCC unroll 32
    for (int i = 0; i < kTile; ++i)
        chains[i] = hn::Load(d, task.scales[i % N].start);
#pragma GCC unroll 32
    for (int i = kTile; i < kChains<M, N> * kTile; ++i)
        chains[i] = hn::Zero(d);
    const Weight* HWY_RESTRICT weights = task.weights;
    for (int32_t run = 0; run < task.runs; ++run) {
        Positions<Value, M> positions(task.first + task.runOffsets[run], task.step);
        int32_t group = 0;
        if constexpr (kChains < M, N >> 1) {
            for (; group + kChains<M, N> <= task.runGroups; group += kChains<M, N>)
#pragma GCC unroll 4
                for (int chain = 0; chain < kChains<M, N>; ++chain, weights += kStep) {
                    addGroup<M, N, kSource>(weights, positions, chains + chain * kTile);
                    positions.advance(kGroupSize);
                }
        }
        for (; group < task.runGroups; ++group, weights += kStep) {
            addGroup<M, N, kSource>(weights, positions, chains);
            positions.advance(kGroupSize);
        }
    }
#pragma GCC unroll 32
    for (int i = 0; i < kTile; ++i) {
        sums[i] = chains[i];
#pragma GCC unroll 4
        for (int chain = 1; chain < kChains<M, N>; ++chain)
            sums[i] = hn::Add(sums[i], chains[chain * kTile + i]);
    }
}

/// Copies `count` codes; may read up to a line.
HWY_INLINE void copyCodes(const int8_t* from, size_t count, int8_t* to) {
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
    // As wide as it was stored: a wider load would wait until the stores have left for the cache.
    if (count <= 16)
        return _mm_mask_storeu_epi8(to, static_cast<__mmask16>(0xffffu >> (16 - count)),
                                    _mm_load_si128(reinterpret_cast<const __m128i*>(from)));
    if (count <= 64)
        return _mm512_mask_storeu_epi8(to, ~uint64_t{0} >> (64 - count), _mm512_loadu_si512(from));
#endif
    __builtin_memcpy(to, from, count);
}

/// Stores what a tile of several vectors computed.
template <Rounding kRounding, int M, int N>
HWY_INLINE void storeTile(const TileTask& task, const V32 (&sums)[M * N]) {
    constexpr size_t kBytes = N * kLanes;
    // Where the tile has all channels, its positions lie side by side in the output.
    if (task.channels == kBytes && task.outputStep == kBytes)
        return storeScaled<kRounding, M * N, N>(sums, task.scales, task.range, task.output);
    HWY_ALIGN int8_t codes[M * kBytes + kSideAlignment];  // copies read a whole line
    storeScaled<kRounding, M * N, N>(sums, task.scales, task.range, codes);
    int8_t* output = task.output;
    for (int m = 0; m < M; ++m, output += task.outputStep) {
        if (task.channels == kBytes)
            __builtin_memcpy(output, codes + m * kBytes, kBytes);
        else
            copyCodes(codes + m * kBytes, task.channels, output);
    }
}

template <Rounding kRounding, int M, int N, Source kSource>
void computeTile(const TileTask& task) {
    V32 sums[M * N];
    sumProducts<M, N, kSource>(task, sums);
    if constexpr (M * N == 1)
        storeSomeCodes(scaleSums<kRounding>(sums[0], *task.scales), task.range, task.channels,
                       task.output);
    else
        storeTile<kRounding, M, N>(task, sums);
}

// ---- Choosing tiles --------------------------------------------------------------------------

/// Offers a tile of M positions: taken where it wastes least on a row of positions.
template <Rounding kRounding, int M, int N>
void offerTile(ChannelBlock& block, int32_t positions, int64_t& leastWork) {
    const int64_t work = int64_t{(positions + M - 1) / M} * (M * N + 2);
    if (M > positions || work > leastWork) return;
    leastWork = work;
    block.tile = computeTile<kRounding, M, N, Source::Values>;
    block.positions = M;
}

template <Rounding kRounding, int N>
void offerTiles(ChannelBlock& block, int32_t positions, int64_t& leastWork) {
    offerTile<kRounding, 4, N>(block, positions, leastWork);
    if constexpr (kRegisters == 32 && N == 1) {
        offerTile<kRounding, 8, N>(block, positions, leastWork);
        offerTile<kRounding, 16, N>(block, positions, leastWork);
    } else if constexpr (kRegisters == 32 && N <= 3) {
        offerTile<kRounding, 8, N>(block, positions, leastWork);
    } else if constexpr (kRegisters == 32) {
        offerTile<kRounding, 3, N>(block, positions, leastWork);
        offerTile<kRounding, 5, N>(block, positions, leastWork);
        offerTile<kRounding, 6, N>(block, positions, leastWork);
    }
}

template <Rounding kRounding, int N>
void chooseTile(ChannelBlock& block, int32_t positions) {
    if (block.source == Source::Codes) {
        block.tile = computeTile<kRounding, 1, N, Source::Codes>;
        block.positions = 1;
        return;
    }
    int64_t leastWork = INT64_MAX;
    offerTile<kRounding, 1, N>(block, positions, leastWork);
    if constexpr (kRounding != Rounding::General && N <= kMostVectors)
        offerTiles<kRounding, N>(block, positions, leastWork);
}

template <Rounding kRounding>
void chooseTile(ChannelBlock& block, int32_t positions) {
    if (block.vectors == 1) return chooseTile<kRounding, 1>(block, positions);
    if (block.vectors == 2) return chooseTile<kRounding, 2>(block, positions);
    if constexpr (kMostVectors == 4) {
        if (block.vectors == 3) return chooseTile<kRounding, 3>(block, positions);
        if (block.vectors == 4) return chooseTile<kRounding, 4>(block, positions);
    }
    chooseTile<kRounding, kMostVectorsAlone>(block, positions);
}

void chooseTile(Rounding rounding, ChannelBlock& block, int32_t positions) {
    switch (rounding) {
        case Rounding::Positive:
            return chooseTile<Rounding::Positive>(block, positions);
        case Rounding::Signed:
            return chooseTile<Rounding::Signed>(block, positions);
        case Rounding::General:
            return chooseTile<Rounding::General>(block, positions);
    }
}

#endif  // NETCALIPER_VECTORS

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace runtime
HWY_AFTER_NAMESPACE();

#endif  // per target
