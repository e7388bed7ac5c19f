// SPDX-License-Identifier: GPL-3.0-or-later
// CONV_2D, TRANSPOSE_CONV and FULLY_CONNECTED on 8-bit codes with 8-bit or 4-bit weights.
//
// The input is copied once into a padded image in the form that dot products read. A tile then
// computes M output positions times N vectors of output channels in registers: it walks the
// filter's rows as runs of neighbouring values, broadcasts one group of values per position and
// multiplies it with N vectors of weights, which packing has put in exactly that order.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_conv_int8.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/host/conv_shape.h"
#include "runtime/host/fast_kernel_list.h"
#include "runtime/host/padded_values_inl.h"
#include "runtime/host/requantize_inl.h"
#include "runtime/host/side_block.h"

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
    const Value* first;  ///< under the window of the first position
    size_t step;         ///< to the next
    const int32_t* runOffsets;
    int32_t runs, runGroups;
    const Weight* weights;
    const ChannelScale* scales;
    CodeRange range;
    int8_t* output;
    size_t channels, outputStep;  ///< codes to store per position; from one position to the next
};

using Tile = void (*)(const TileTask& task);

/// Vectors of channels that are computed together.
struct ChannelBlock {
    Tile tile;
    int32_t positions;  ///< of `tile`
    int32_t vectors;
    int32_t channels;
};

struct ConvSide {
    ConvShape shape;
    Stuffing stuffing;
    CodeRange range;
    int32_t zeroPoint;
    int32_t runGroups;  ///< dot product groups of a run
    int32_t blockCount;
    size_t runOffsets, blocks, weights, scales;  ///< parts of the side block

    size_t vectorWeights() const {
        return static_cast<size_t>(shape.runs) * static_cast<size_t>(runGroups) * kLanes * kGroup;
    }
};

/// Small tiles keep several sums per result: an instruction waits for the one before it.
template <int M, int N>
constexpr int kChains = M* N >= 4 ? 1 : 4 / (M * N);

/// One group of the sums of all positions.
template <int M, int N>
HWY_INLINE void addGroup(const Weight* HWY_RESTRICT weights, const Positions<Value, M>& positions,
                         V32* HWY_RESTRICT sums) {
    decltype(loadWeights(weights)) w[N];
#pragma GCC unroll 8
    for (int n = 0; n < N; ++n)
        w[n] = loadWeights(weights + n * kLaneCount * kGroupSize);
#pragma GCC unroll 16
    for (int m = 0; m < M; ++m) {
        const Values x = broadcastValues(positions.at(m));
#pragma GCC unroll 8
        for (int n = 0; n < N; ++n)
            sums[m * N + n] = dot(sums[m * N + n], x, w[n]);
    }
}

template <int M, int N>
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
                    addGroup<M, N>(weights, positions, chains + chain * kTile);
                    positions.advance(kGroupSize);
                }
        }
        for (; group < task.runGroups; ++group, weights += kStep) {
            addGroup<M, N>(weights, positions, chains);
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

template <Rounding kRounding, int M, int N>
void computeTile(const TileTask& task) {
    V32 sums[M * N];
    sumProducts<M, N>(task, sums);
    constexpr size_t kBytes = N * kLanes;
    // Where the tile has all channels, its positions lie side by side in the output.
    if (task.channels == kBytes && task.outputStep == kBytes)
        return storeScaled<kRounding, M * N, N>(sums, task.scales, task.range, task.output);
    HWY_ALIGN int8_t codes[M * kBytes];
    storeScaled<kRounding, M * N, N>(sums, task.scales, task.range, codes);
    int8_t* output = task.output;
    for (int m = 0; m < M; ++m, output += task.outputStep) {
        if (task.channels == kBytes)
            __builtin_memcpy(output, codes + m * kBytes, kBytes);
        else if (task.channels == 8 && kBytes > 8)
            __builtin_memcpy(output, codes + m * kBytes, 8);
        else
            __builtin_memcpy(output, codes + m * kBytes, task.channels);
    }
}

// ---- Choosing tiles --------------------------------------------------------------------------

/// Offers a tile of M positions: taken where it wastes least on a row of positions.
template <Rounding kRounding, int M, int N>
void offerTile(ChannelBlock& block, int32_t positions, int64_t& leastWork) {
    const int64_t work = int64_t{(positions + M - 1) / M} * (M * N + 2);
    if (M > positions || work > leastWork) return;
    leastWork = work;
    block.tile = computeTile<kRounding, M, N>;
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

// ---- Packing ---------------------------------------------------------------------------------

template <typename Visit>
int32_t forEachBlock(const ConvShape& shape, Visit visit) {
    return shape.forEachBlock(kLaneCount, kMostVectors, kMostVectorsAlone, visit);
}

ConvSide layOut(const LayerInt8& layer, SideBlock& block) {
    ConvSide side{};
    side.shape = ConvShape(layer.window, layer.filterChannels);
    side.stuffing = layer.stuffing;
    side.range = layer.range;
    side.zeroPoint = layer.zeroPoint();
    side.runGroups = (side.shape.runLength + kGroupSize - 1) / kGroupSize;
    side.blockCount = forEachBlock(side.shape, [](int32_t, int32_t) {});
    const auto vectors = static_cast<size_t>(side.shape.vectors(kLaneCount)) *
                         static_cast<size_t>(side.shape.groups);
    block.take<ConvSide>(1);
    side.runOffsets = block.take<int32_t>(static_cast<size_t>(side.shape.runs));
    side.blocks = block.take<ChannelBlock>(static_cast<size_t>(side.blockCount));
    side.weights = block.take<Weight>(vectors * side.vectorWeights());
    side.scales = block.take<ChannelScale>(vectors);
    return side;
}

// One channel's weights (or zeros): every group of the sum is `vectors` vectors further on.
void packLane(const LayerInt8& layer, const ConvSide& side, int32_t channel, int32_t vectors,
              Weight* weights) {
    const ConvShape& shape = side.shape;
    for (int32_t run = 0; run < shape.runs; ++run)
        for (int32_t k = 0; k < side.runGroups * kGroupSize; ++k) {
            const int32_t tap = run * shape.runTaps + k / shape.groupInputs;
            const bool real = channel >= 0 && k < shape.runLength;
            weights[k % kGroupSize] =
                real ? layer.weight(channel, tap, k % shape.groupInputs) : Weight{0};
            if (k % kGroupSize == kGroupSize - 1) weights += vectors * kLaneCount * kGroupSize;
        }
}

void packGroup(const LayerInt8& layer, const ConvSide& side, int32_t group, Weight* weights,
               ChannelScale* scales) {
    forEachBlock(side.shape, [&](int32_t first, int32_t vectors) {
        for (int32_t lane = 0; lane < vectors * kLaneCount; ++lane) {
            const int32_t inGroup = first * kLaneCount + lane;
            const bool real = inGroup < side.shape.groupOutputs;
            const int32_t channel = real ? group * side.shape.groupOutputs + inGroup : -1;
            setChannel(scales[lane / kLaneCount], static_cast<size_t>(lane % kLaneCount),
                       real ? layer.start(channel, kValueBias) : 0,
                       real ? layer.factor(channel) : Factor{});
            packLane(layer, side, channel, vectors, weights + lane * kGroupSize);
        }
        scales += vectors;
        weights += static_cast<size_t>(vectors) * side.vectorWeights();
    });
}

void pack(const LayerInt8& layer, const ConvSide& side, const SideBlock& block) {
    *block.at<ConvSide>(0) = side;
    const ConvShape& shape = side.shape;
    for (int32_t run = 0; run < shape.runs; ++run)
        block.at<int32_t>(side.runOffsets)[run] = shape.runOffset(run);
    const Rounding rounding = layer.rounding();
    auto* channels = block.at<ChannelBlock>(side.blocks);
    forEachBlock(shape, [&](int32_t first, int32_t vectors) {
        const int32_t left = shape.groupOutputs - first * kLaneCount;
        channels->vectors = vectors;
        channels->channels = left < vectors * kLaneCount ? left : vectors * kLaneCount;
        chooseTile(rounding, *channels++, shape.rowLength());
    });
    const auto vectors = static_cast<size_t>(shape.vectors(kLaneCount));
    for (int32_t group = 0; group < shape.groups; ++group)
        packGroup(layer, side, group,
                  block.at<Weight>(side.weights) +
                      static_cast<size_t>(group) * vectors * side.vectorWeights(),
                  block.at<ChannelScale>(side.scales) + static_cast<size_t>(group) * vectors);
}

// ---- Running ---------------------------------------------------------------------------------

/// Fills the image of one batch; returns where the next one's input starts.
const int8_t* fillValues(const ConvSide& side, const int8_t* input, Value* values) {
    const PaddedImage image(side.shape.window);
    if (!side.stuffing.any()) {
        fillImage(side.shape.window, image, input, side.zeroPoint, values);
        return input + side.shape.inputElements();
    }
    const auto channels = static_cast<size_t>(image.channels);
    const auto zero = static_cast<Value>(side.zeroPoint + kValueBias);
    for (size_t i = 0; i < image.elements(); ++i)
        values[i] = zero;
    side.stuffing.forEachPixel(image, [&](size_t from, size_t to) {
        convertCodes(input + from * channels, channels, values + to * channels);
    });
    return input + static_cast<size_t>(side.stuffing.height) *
                       static_cast<size_t>(side.stuffing.width) * channels;
}

Status runConv(const FastCall& fast) {
    const auto& side = *sideAt<ConvSide>(fast.side, 0);
    const ConvShape& shape = side.shape;
    auto* values = reinterpret_cast<Value*>(fast.workspace);
    const int8_t* input = fast.call.input<int8_t>(side.stuffing.any() ? 1 : 0);
    int8_t* output = fast.call.output<int8_t>();
    const auto* blocks = sideAt<ChannelBlock>(fast.side, side.blocks);
    TileTask task{};
    task.runOffsets = sideAt<int32_t>(fast.side, side.runOffsets);
    task.runs = shape.runs;
    task.runGroups = side.runGroups;
    task.range = side.range;
    task.outputStep = static_cast<size_t>(shape.window.outChannels);
    for (int32_t batch = 0; batch < shape.window.batches; ++batch) {
        input = fillValues(side, input, values);
        task.weights = sideAt<Weight>(fast.side, side.weights);
        task.scales = sideAt<ChannelScale>(fast.side, side.scales);
        int8_t* channels = output;
        for (int32_t group = 0; group < shape.groups; ++group)
            for (int32_t b = 0; b < side.blockCount; ++b) {
                tilePositions(shape, blocks[b], values + group * shape.groupInputs, task, channels);
                channels += blocks[b].channels;
                task.scales += blocks[b].vectors;
                task.weights += static_cast<size_t>(blocks[b].vectors) * side.vectorWeights();
            }
        output += shape.outputElements();
    }
    return Status::Ok;
}

FastPlan prepareConv(const LayerInt8& layer, uint8_t* memory) {
    SideBlock block(memory);
    const ConvSide side = layOut(layer, block);
    if (block.writing()) pack(layer, side, block);
    // The last group of a run may reach beyond the image.
    const size_t values = PaddedImage(layer.window).elements() + kSideAlignment;
    return {runConv, block.bytes(), values * sizeof(Value)};
}

#else
FastPlan prepareConv(const LayerInt8&, uint8_t*) {
    return {};
}
#endif  // NETCALIPER_VECTORS

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace runtime
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace runtime {

HWY_EXPORT(prepareConv);

FastPlan prepareConvInt8(const Call& call, KernelId id, uint8_t* side) {
    LayerInt8 layer;
    const bool fourBits = id == KernelId::ConvInt4 || id == KernelId::FullyConnectedInt4;
    const bool dense = id == KernelId::FullyConnectedInt8 || id == KernelId::FullyConnectedInt4;
    const bool served = dense ? describeFullyConnected(call, fourBits, layer)
                        : id == KernelId::TransposeConvInt8
                            ? describeTransposed(call, layer)
                            : describeConvolution(call, fourBits, layer);
    return served ? HWY_DYNAMIC_DISPATCH(prepareConv)(layer, side) : FastPlan{};
}

}  // namespace runtime
#endif  // HWY_ONCE
