// SPDX-License-Identifier: GPL-3.0-or-later
// CONV_2D, TRANSPOSE_CONV and FULLY_CONNECTED on floats: tiles of M output positions times N
// vectors of output channels, as in fast_conv_int8.cpp. Each sum runs in the order of the plain
// kernel, but for small tiles; the rounding between product and sum is left out where the machine
// has a fused multiply-add. With it, as TFLM has it, layers take 1.27 times as long (geometric mean
// over the layers that tests/bench times; AVX-512).
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_conv_float32.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/host/conv_shape.h"
#include "runtime/host/fast_kernel_list.h"
#include "runtime/host/floats_inl.h"
#include "runtime/host/layer_float32.h"
#include "runtime/host/side_block.h"

HWY_BEFORE_NAMESPACE();
namespace runtime {
namespace HWY_NAMESPACE {
namespace {

#if NETCALIPER_VECTORS

constexpr int kMostVectors = kRegisters == 32 ? 4 : 2;
constexpr int kMostVectorsAlone = 8;
constexpr int32_t kLaneCount = static_cast<int32_t>(kFloatLanes);

struct TileTask {
    const float* first;  ///< under the window of the first position
    size_t step;         ///< to the next
    const int32_t* runOffsets;
    int32_t runs, runLength;
    const float* weights;
    const float* bias;
    float lowest, highest;
    float* output;
    size_t channels, outputStep;
};

using Tile = void (*)(const TileTask& task);

struct ChannelBlock {
    Tile tile;
    int32_t positions, vectors, channels;
};

struct FloatConvSide {
    ConvShape shape;
    Stuffing stuffing;
    float lowest, highest;
    int32_t blockCount;
    size_t runOffsets, blocks, weights, bias;  ///< parts of the side block

    size_t vectorWeights() const {
        return static_cast<size_t>(shape.runs) * static_cast<size_t>(shape.runLength) * kFloatLanes;
    }
};

/// Small tiles keep several sums per result: an instruction waits for the one before it.
template <int M, int N>
constexpr int kChains = M* N >= 4 ? 1 : 4 / (M * N);

/// One product of the sums of all positions.
template <int M, int N>
HWY_INLINE void addProduct(const float* HWY_RESTRICT weights, const Positions<float, M>& positions,
                           VF* HWY_RESTRICT sums) {
    const DF d;
    VF w[N];
#pragma GCC unroll 8
    for (int n = 0; n < N; ++n)
        w[n] = hn::Load(d, weights + n * kLaneCount);
#pragma GCC unroll 16
    for (int m = 0; m < M; ++m) {
        const VF x = hn::Set(d, *positions.at(m));
#pragma GCC unroll 8
        for (int n = 0; n < N; ++n)
            sums[m * N + n] = hn::MulAdd(x, w[n], sums[m * N + n]);
    }
}

template <int M, int N>
HWY_INLINE void sumProducts(const TileTask& task, VF (&sums)[M * N]) {
    constexpr int kTile = M * N, kStep = N * kLaneCount;
    const DF d;
    VF chains[kChains<M, N> * kTile];
#pragma GCC unroll 32
    for (int i = 0; i < kChains<M, N> * kTile; ++i)
        chains[i] = hn::Zero(d);
    const float* HWY_RESTRICT weights = task.weights;
    for (int32_t run = 0; run < task.runs; ++run) {
        Positions<float, M> positions(task.first + task.runOffsets[run], task.step);
        int32_t k = 0;
        if constexpr (kChains < M, N >> 1) {
            for (; k + kChains<M, N> <= task.runLength; k += kChains<M, N>)
#pragma GCC unroll 4
                for (int chain = 0; chain < kChains<M, N>; ++chain, weights += kStep) {
                    addProduct<M, N>(weights, positions, chains + chain * kTile);
                    positions.advance(1);
                }
        }
        for (; k < task.runLength; ++k, weights += kStep) {
            addProduct<M, N>(weights, positions, chains);
            positions.advance(1);
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

template <int M, int N>
void computeTile(const TileTask& task) {
    VF sums[M * N];
    sumProducts<M, N>(task, sums);
    const DF d;
    const VF lowest = hn::Set(d, task.lowest), highest = hn::Set(d, task.highest);
#pragma GCC unroll 32
    for (int i = 0; i < M * N; ++i) {
        const VF sum = hn::Add(sums[i], hn::Load(d, task.bias + i % N * kLaneCount));
        sums[i] = hn::Min(hn::Max(sum, lowest), highest);
    }
    if (task.channels == N * kFloatLanes) {
#pragma GCC unroll 32
        for (int i = 0; i < M * N; ++i)
            hn::StoreU(sums[i], d, task.output + i / N * task.outputStep + i % N * kFloatLanes);
        return;
    }
#pragma GCC unroll 32
    for (int i = 0; i < M * N; ++i) {
        const size_t first = i % N * kFloatLanes;
        if (first < task.channels)
            storeFloats(sums[i], task.channels - first,
                        task.output + i / N * task.outputStep + first);
    }
}

template <int M, int N>
void offerTile(ChannelBlock& block, int32_t positions, int64_t& leastWork) {
    const int64_t work = int64_t{(positions + M - 1) / M} * (M * N + 2);
    if (M > positions || work > leastWork) return;
    leastWork = work;
    block.tile = computeTile<M, N>;
    block.positions = M;
}

template <int N>
void offerTiles(ChannelBlock& block, int32_t positions, int64_t& leastWork) {
    offerTile<4, N>(block, positions, leastWork);
    if constexpr (kRegisters == 32 && N == 1) {
        offerTile<8, N>(block, positions, leastWork);
        offerTile<16, N>(block, positions, leastWork);
    } else if constexpr (kRegisters == 32 && N <= 3) {
        offerTile<8, N>(block, positions, leastWork);
    } else if constexpr (kRegisters == 32) {
        offerTile<3, N>(block, positions, leastWork);
        offerTile<5, N>(block, positions, leastWork);
        offerTile<6, N>(block, positions, leastWork);
    }
}

template <int N>
void chooseTile(ChannelBlock& block, int32_t positions) {
    int64_t leastWork = INT64_MAX;
    offerTile<1, N>(block, positions, leastWork);
    if constexpr (N <= kMostVectors) offerTiles<N>(block, positions, leastWork);
}

void chooseTile(ChannelBlock& block, int32_t positions) {
    if (block.vectors == 1) return chooseTile<1>(block, positions);
    if (block.vectors == 2) return chooseTile<2>(block, positions);
    if constexpr (kMostVectors == 4) {
        if (block.vectors == 3) return chooseTile<3>(block, positions);
        if (block.vectors == 4) return chooseTile<4>(block, positions);
    }
    chooseTile<kMostVectorsAlone>(block, positions);
}

template <typename Visit>
int32_t forEachBlock(const ConvShape& shape, Visit visit) {
    return shape.forEachBlock(kLaneCount, kMostVectors, kMostVectorsAlone, visit);
}

FloatConvSide layOut(const LayerFloat32& layer, SideBlock& block) {
    FloatConvSide side{};
    side.shape = ConvShape(layer.window, layer.filterChannels);
    side.stuffing = layer.stuffing;
    side.lowest = layer.lowest;
    side.highest = layer.highest;
    side.blockCount = forEachBlock(side.shape, [](int32_t, int32_t) {});
    const auto vectors = static_cast<size_t>(side.shape.vectors(kLaneCount)) *
                         static_cast<size_t>(side.shape.groups);
    block.take<FloatConvSide>(1);
    side.runOffsets = block.take<int32_t>(static_cast<size_t>(side.shape.runs));
    side.blocks = block.take<ChannelBlock>(static_cast<size_t>(side.blockCount));
    side.weights = block.take<float>(vectors * side.vectorWeights());
    side.bias = block.take<float>(vectors * kFloatLanes);
    return side;
}

void packGroup(const LayerFloat32& layer, const ConvShape& shape, int32_t group, float* weights,
               float* bias) {
    forEachBlock(shape, [&](int32_t first, int32_t vectors) {
        const int32_t lanes = vectors * kLaneCount;
        for (int32_t lane = 0; lane < lanes; ++lane) {
            const int32_t inGroup = first * kLaneCount + lane;
            const bool real = inGroup < shape.groupOutputs;
            const int32_t channel = group * shape.groupOutputs + inGroup;
            bias[lane] = real ? layer.biasOf(channel) : 0.0f;
            float* to = weights + lane;
            for (int32_t run = 0; run < shape.runs; ++run)
                for (int32_t k = 0; k < shape.runLength; ++k, to += lanes) {
                    const int32_t tap = run * shape.runTaps + k / shape.groupInputs;
                    *to = real ? layer.weight(channel, tap, k % shape.groupInputs) : 0.0f;
                }
        }
        bias += lanes;
        weights += static_cast<size_t>(lanes) * static_cast<size_t>(shape.runs * shape.runLength);
    });
}

void pack(const LayerFloat32& layer, const FloatConvSide& side, const SideBlock& block) {
    *block.at<FloatConvSide>(0) = side;
    const ConvShape& shape = side.shape;
    for (int32_t run = 0; run < shape.runs; ++run)
        block.at<int32_t>(side.runOffsets)[run] = shape.runOffset(run);
    auto* channels = block.at<ChannelBlock>(side.blocks);
    forEachBlock(shape, [&](int32_t first, int32_t vectors) {
        const int32_t left = shape.groupOutputs - first * kLaneCount;
        channels->vectors = vectors;
        channels->channels = left < vectors * kLaneCount ? left : vectors * kLaneCount;
        chooseTile(*channels++, shape.rowLength());
    });
    const auto vectors = static_cast<size_t>(shape.vectors(kLaneCount));
    for (int32_t g = 0; g < shape.groups; ++g)
        packGroup(
            layer, shape, g,
            block.at<float>(side.weights) + static_cast<size_t>(g) * vectors * side.vectorWeights(),
            block.at<float>(side.bias) + static_cast<size_t>(g) * vectors * kFloatLanes);
}

size_t inputElements(const FloatConvSide& side) {
    if (!side.stuffing.any()) return side.shape.inputElements();
    return static_cast<size_t>(side.stuffing.height) * static_cast<size_t>(side.stuffing.width) *
           static_cast<size_t>(side.shape.window.inChannels);
}

/// The image of one batch: the input itself where nothing is padded.
const float* imageOf(const FloatConvSide& side, const float* input, float* workspace) {
    const Window& w = side.shape.window;
    const PaddedImage image(w);
    if (side.stuffing.any()) {
        const auto channels = static_cast<size_t>(image.channels);
        __builtin_memset(workspace, 0, image.elements() * sizeof(float));
        side.stuffing.forEachPixel(image, [&](size_t from, size_t to) {
            copyFloats(input + from * channels, channels, workspace + to * channels);
        });
        return workspace;
    }
    if (image.isInput(w)) return input;
    for (int32_t row = 0; row < image.rows; ++row)
        fillFloatRow(w, image, input, row - w.padTop, 1,
                     workspace + static_cast<size_t>(row) * image.rowElements());
    return workspace;
}

Status runConv(const FastCall& fast) {
    const auto& side = *sideAt<FloatConvSide>(fast.side, 0);
    const ConvShape& shape = side.shape;
    const float* input = fast.input<float>(side.stuffing.any() ? 1 : 0);
    float* output = fast.output<float>();
    const auto* blocks = sideAt<ChannelBlock>(fast.side, side.blocks);
    TileTask task{};
    task.runOffsets = sideAt<int32_t>(fast.side, side.runOffsets);
    task.runs = shape.runs;
    task.runLength = shape.runLength;
    task.lowest = side.lowest;
    task.highest = side.highest;
    task.outputStep = static_cast<size_t>(shape.window.outChannels);
    for (int32_t batch = 0; batch < shape.window.batches; ++batch) {
        const float* values = imageOf(side, input, reinterpret_cast<float*>(fast.workspace));
        task.weights = sideAt<float>(fast.side, side.weights);
        task.bias = sideAt<float>(fast.side, side.bias);
        float* channels = output;
        for (int32_t group = 0; group < shape.groups; ++group)
            for (int32_t b = 0; b < side.blockCount; ++b) {
                tilePositions(shape, blocks[b], values + group * shape.groupInputs, task, channels);
                channels += blocks[b].channels;
                task.bias += blocks[b].vectors * kLaneCount;
                task.weights += static_cast<size_t>(blocks[b].vectors) * side.vectorWeights();
            }
        input += inputElements(side);
        output += shape.outputElements();
    }
    return Status::Ok;
}

/// A dense layer on a single row: no loops but that over blocks of outputs.
Status runRow(const FastCall& fast) {
    const auto& side = *sideAt<FloatConvSide>(fast.side, 0);
    TileTask task{};
    task.first = fast.input<float>(0);
    task.runOffsets = sideAt<int32_t>(fast.side, side.runOffsets);
    task.runs = 1;
    task.runLength = side.shape.runLength;
    task.weights = sideAt<float>(fast.side, side.weights);
    task.bias = sideAt<float>(fast.side, side.bias);
    task.lowest = side.lowest;
    task.highest = side.highest;
    task.output = fast.output<float>();
    const auto* block = sideAt<ChannelBlock>(fast.side, side.blocks);
    for (int32_t b = 0; b < side.blockCount; ++b, ++block) {
        task.channels = task.outputStep = static_cast<size_t>(block->channels);
        block->tile(task);
        task.output += block->channels;
        task.bias += block->vectors * kLaneCount;
        task.weights += static_cast<size_t>(block->vectors) * side.vectorWeights();
    }
    return Status::Ok;
}

FastPlan prepareFloatConv(const LayerFloat32& layer, uint8_t* memory) {
    SideBlock block(memory);
    const FloatConvSide side = layOut(layer, block);
    if (block.writing()) pack(layer, side, block);
    const PaddedImage image(layer.window);
    const bool inPlace = image.isInput(layer.window) && !layer.stuffing.any();
    if (inPlace && side.shape.isRow()) return {runRow, block.bytes(), 0};
    return {runConv, block.bytes(), inPlace ? 0 : image.elements() * sizeof(float)};
}

#else
FastPlan prepareFloatConv(const LayerFloat32&, uint8_t*) {
    return {};
}
#endif  // NETCALIPER_VECTORS

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace runtime
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace runtime {

HWY_EXPORT(prepareFloatConv);

FastPlan prepareConvFloat32(const Call& call, KernelId id, uint8_t* side) {
    LayerFloat32 layer;
    const bool served = id == KernelId::FullyConnectedFloat32  ? describeFullyConnected(call, layer)
                        : id == KernelId::TransposeConvFloat32 ? describeTransposed(call, layer)
                                                               : describeConvolution(call, layer);
    return served ? HWY_DYNAMIC_DISPATCH(prepareFloatConv)(layer, side) : FastPlan{};
}

}  // namespace runtime
#endif  // HWY_ONCE
