// SPDX-License-Identifier: GPL-3.0-or-later
// Tiles of convolutions: M output positions times N vectors of output channels in registers. A tile
// visits the runs of the filter, broadcasts one group of values per position and multiplies it by N
// vectors of weights; then its arithmetic scales and stores the sums. This file also chooses M for
// a layer.
//
// Element types differ in a Format, the types and constants of a layer, and an Arithmetic, its
// instructions: code_tiles_inl.h, float_tiles_inl.h.

#if defined(NETCALIPER_CONV_TILES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NETCALIPER_CONV_TILES_INL_H
#undef NETCALIPER_CONV_TILES_INL_H
#else
#define NETCALIPER_CONV_TILES_INL_H
#endif

#include "runtime/host/conv_shape.h"
#include "runtime/host/dot_inl.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

constexpr int kMaxVectors = kRegisters == 32 ? 4 : 2;
constexpr int kMaxVectorsAlone = 8;  ///< maximum in a tile of a single position

/// Inputs and outputs of a tile.
template <typename Format>
struct TileTask {
    const typename Format::Value* first;  ///< first value in the window of the first position
    size_t step;                          ///< distance to the next position
    const int32_t* runOffsets;
    int32_t runs, runGroups;
    const typename Format::Weight* weights;
    const typename Format::Lanes* lanes;  ///< per vector of channels: parameters other than weights
    typename Format::Range range;
    typename Format::Input* output;
    size_t channels, outputStep;  ///< stored per position; distance of positions
};

template <typename Format>
using Tile = void (*)(const TileTask<Format>& task);

/// Vectors of channels that one tile computes.
template <typename Format>
struct ChannelBlock {
    Tile<Format> tile;
    int32_t positions;  ///< positions of `tile`
    int32_t vectors;
    int32_t channels;
};

/// Small tiles keep several sums per result, because each addition waits for the one before it.
template <int M, int N>
constexpr int kChains = M* N >= 4 ? 1 : 4 / (M * N);

/// Adds one group to the sums of all positions.
template <typename Arithmetic, int M, int N>
HWY_INLINE void addGroup(const typename Arithmetic::Weight* HWY_RESTRICT weights,
                         const Positions<typename Arithmetic::Value, M>& positions,
                         typename Arithmetic::Sum* HWY_RESTRICT sums) {
    decltype(Arithmetic::load(weights)) w[N];
#pragma GCC unroll 8
    for (int n = 0; n < N; ++n)
        w[n] = Arithmetic::load(weights + n * kLaneCount * Arithmetic::kGroupSize);
#pragma GCC unroll 16
    for (int m = 0; m < M; ++m) {
        const auto x = Arithmetic::broadcast(positions.at(m));
#pragma GCC unroll 8
        for (int n = 0; n < N; ++n)
            sums[m * N + n] = Arithmetic::multiplyAdd(sums[m * N + n], x, w[n]);
    }
}

template <typename Arithmetic, int M, int N>
HWY_INLINE void sumProducts(const TileTask<typename Arithmetic::Format>& task,
                            typename Arithmetic::Sum (&sums)[M * N]) {
    constexpr int kTile = M * N, kStep = N * kLaneCount * Arithmetic::kGroupSize;
    typename Arithmetic::Sum chains[kChains<M, N> * kTile];
#pragma GCC unroll 32
    for (int i = 0; i < kTile; ++i)
        chains[i] = Arithmetic::start(task.lanes[i % N]);
#pragma GCC unroll 32
    for (int i = kTile; i < kChains<M, N> * kTile; ++i)
        chains[i] = Arithmetic::zero();
    const auto* HWY_RESTRICT weights = task.weights;
    for (int32_t run = 0; run < task.runs; ++run) {
        Positions<typename Arithmetic::Value, M> positions(task.first + task.runOffsets[run],
                                                           task.step);
        int32_t group = 0;
        if constexpr (kChains < M, N >> 1) {
            for (; group + kChains<M, N> <= task.runGroups; group += kChains<M, N>)
#pragma GCC unroll 4
                for (int chain = 0; chain < kChains<M, N>; ++chain, weights += kStep) {
                    addGroup<Arithmetic, M, N>(weights, positions, chains + chain * kTile);
                    positions.advance(Arithmetic::kGroupSize);
                }
        }
        for (; group < task.runGroups; ++group, weights += kStep) {
            addGroup<Arithmetic, M, N>(weights, positions, chains);
            positions.advance(Arithmetic::kGroupSize);
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

template <typename Arithmetic, int M, int N>
void computeTile(const TileTask<typename Arithmetic::Format>& task) {
    typename Arithmetic::Sum sums[M * N];
    sumProducts<Arithmetic, M, N>(task, sums);
    Arithmetic::template store<M, N>(task, sums);
}

// ---- Choosing tiles --------------------------------------------------------------------------

/// Sets `tile` and `positions` of a block to the tile with the least cost on a row of this many
/// positions; returns that cost.
template <typename Format>
using ChooseTile = int64_t (*)(ChannelBlock<Format>& block, int32_t positions);

/// Cost of a row in tiles, in quarters of a multiplication: products, values to broadcast, weights
/// to load (for large layers from the second-level cache) and the loop.
template <int M, int N>
int64_t rowCost(int32_t positions) {
    return int64_t{(positions + M - 1) / M} * (4 * M * N + M + 3 * N + 8);
}

template <typename Arithmetic, int M, int N>
void offerTile(ChannelBlock<typename Arithmetic::Format>& block, int32_t positions,
               int64_t& leastCost) {
    const int64_t cost = rowCost<M, N>(positions);
    if (M > positions || cost > leastCost) return;
    leastCost = cost;
    block.tile = computeTile<Arithmetic, M, N>;
    block.positions = M;
}

template <typename Arithmetic, int N, int... kPositions>
int64_t chooseAmong(ChannelBlock<typename Arithmetic::Format>& block, int32_t positions) {
    int64_t leastCost = INT64_MAX;
    (offerTile<Arithmetic, kPositions, N>(block, positions, leastCost), ...);
    return leastCost;
}

/// Largest M that fits the registers: sums, a vector of weights for each N, and a value.
template <typename Arithmetic, int N>
int64_t chooseTile(ChannelBlock<typename Arithmetic::Format>& block, int32_t positions) {
    if constexpr (Arithmetic::kAlone || N > kMaxVectors)
        return chooseAmong<Arithmetic, N, 1>(block, positions);
    else if constexpr (kRegisters == 16)
        return chooseAmong<Arithmetic, N, 1, 4>(block, positions);
    else if constexpr (N == 1)
        return chooseAmong<Arithmetic, N, 1, 4, 8, 16>(block, positions);
    else if constexpr (N == 2)
        return chooseAmong<Arithmetic, N, 1, 4, 7, 8, 9, 12>(block, positions);
    else if constexpr (N == 3)
        return chooseAmong<Arithmetic, N, 1, 4, 8>(block, positions);
    else
        return chooseAmong<Arithmetic, N, 1, 3, 4, 5, 6>(block, positions);
}

template <typename Arithmetic>
int64_t chooseTile(ChannelBlock<typename Arithmetic::Format>& block, int32_t positions) {
    if (block.vectors == 1) return chooseTile<Arithmetic, 1>(block, positions);
    if (block.vectors == 2) return chooseTile<Arithmetic, 2>(block, positions);
    if constexpr (kMaxVectors == 4) {
        if (block.vectors == 3) return chooseTile<Arithmetic, 3>(block, positions);
        if (block.vectors == 4) return chooseTile<Arithmetic, 4>(block, positions);
    }
    return chooseTile<Arithmetic, kMaxVectorsAlone>(block, positions);
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
