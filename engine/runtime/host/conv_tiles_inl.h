// SPDX-License-Identifier: GPL-3.0-or-later
// Tiles of convolutions: M output positions times N vectors of output channels in registers. A tile
// walks the runs of the filter, broadcasts one group of values per position and multiplies it with
// N vectors of weights; then its arithmetic scales and stores. Which M suits a layer is chosen here
// too.
//
// What differs between element types is a Format, the types and constants of a layer, and an
// Arithmetic, its instructions: code_tiles_inl.h, float_tiles_inl.h.

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

constexpr int kMostVectors = kRegisters == 32 ? 4 : 2;
constexpr int kMostVectorsAlone = 8;  ///< in a tile of a single position

/// What a tile reads and writes.
template <typename Format>
struct TileTask {
    const typename Format::Value* first;  ///< under the window of the first position
    size_t step;                          ///< to the next
    const int32_t* runOffsets;
    int32_t runs, runGroups;
    const typename Format::Weight* weights;
    const typename Format::Lanes* lanes;  ///< what each vector of channels needs beside weights
    typename Format::Range range;
    typename Format::Input* output;
    size_t channels, outputStep;  ///< to store per position; from one position to the next
};

template <typename Format>
using Tile = void (*)(const TileTask<Format>& task);

/// Vectors of channels that are computed together.
template <typename Format>
struct ChannelBlock {
    Tile<Format> tile;
    int32_t positions;  ///< of `tile`
    int32_t vectors;
    int32_t channels;
};

/// Small tiles keep several sums per result: an instruction waits for the one before it.
template <int M, int N>
constexpr int kChains = M* N >= 4 ? 1 : 4 / (M * N);

/// One group of the sums of all positions.
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

/// Offers a tile of M positions: taken where it wastes least on a row of positions.
template <typename Arithmetic, int M, int N>
void offerTile(ChannelBlock<typename Arithmetic::Format>& block, int32_t positions,
               int64_t& leastWork) {
    const int64_t work = int64_t{(positions + M - 1) / M} * (M * N + 2);
    if (M > positions || work > leastWork) return;
    leastWork = work;
    block.tile = computeTile<Arithmetic, M, N>;
    block.positions = M;
}

template <typename Arithmetic, int N>
void offerTiles(ChannelBlock<typename Arithmetic::Format>& block, int32_t positions,
                int64_t& leastWork) {
    offerTile<Arithmetic, 4, N>(block, positions, leastWork);
    if constexpr (kRegisters == 32 && N == 1) {
        offerTile<Arithmetic, 8, N>(block, positions, leastWork);
        offerTile<Arithmetic, 16, N>(block, positions, leastWork);
    } else if constexpr (kRegisters == 32 && N <= 3) {
        offerTile<Arithmetic, 8, N>(block, positions, leastWork);
    } else if constexpr (kRegisters == 32) {
        offerTile<Arithmetic, 3, N>(block, positions, leastWork);
        offerTile<Arithmetic, 5, N>(block, positions, leastWork);
        offerTile<Arithmetic, 6, N>(block, positions, leastWork);
    }
}

template <typename Arithmetic, int N>
void chooseTile(ChannelBlock<typename Arithmetic::Format>& block, int32_t positions) {
    int64_t leastWork = INT64_MAX;
    offerTile<Arithmetic, 1, N>(block, positions, leastWork);
    if constexpr (!Arithmetic::kAlone && N <= kMostVectors)
        offerTiles<Arithmetic, N>(block, positions, leastWork);
}

template <typename Arithmetic>
void chooseTile(ChannelBlock<typename Arithmetic::Format>& block, int32_t positions) {
    if (block.vectors == 1) return chooseTile<Arithmetic, 1>(block, positions);
    if (block.vectors == 2) return chooseTile<Arithmetic, 2>(block, positions);
    if constexpr (kMostVectors == 4) {
        if (block.vectors == 3) return chooseTile<Arithmetic, 3>(block, positions);
        if (block.vectors == 4) return chooseTile<Arithmetic, 4>(block, positions);
    }
    chooseTile<Arithmetic, kMostVectorsAlone>(block, positions);
}

/// Sets `tile` and `positions` of a block, for rows of so many positions.
template <typename Format>
using ChooseTile = void (*)(ChannelBlock<Format>& block, int32_t positions);

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
