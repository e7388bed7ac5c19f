// SPDX-License-Identifier: GPL-3.0-or-later
// CONV_2D and FULLY_CONNECTED on 8-bit codes with 8-bit or 4-bit weights.
//
// The input is copied once into a padded image in the form that dot products read. A tile then
// computes M output positions times N vectors of output channels in registers: it walks the
// filter's rows as runs of neighbouring values, broadcasts one group of values per position and
// multiplies it with N vectors of weights, which packing has put in exactly that order.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_conv_int8.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/host/fast_kernel_list.h"
#include "runtime/host/padded_values_inl.h"
#include "runtime/host/requantize_inl.h"
#include "runtime/host/side_block.h"

HWY_BEFORE_NAMESPACE();
namespace runtime {
namespace HWY_NAMESPACE {
namespace {

#if NETCALIPER_VECTORS

constexpr int kMostPositions = 8;
constexpr int kMostVectors = kRegisters == 32 ? 4 : 2;
constexpr int kMostVectorsAlone = 8;  ///< in a tile of a single position
constexpr int32_t kLaneCount = static_cast<int32_t>(kLanes);
constexpr int32_t kGroupSize = static_cast<int32_t>(kGroup);

/// What a tile reads and writes.
struct TileTask {
    const Value* positions[kMostPositions];  ///< first value under each position's window
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
    Tile tile, single;
    int32_t positions;  ///< of `tile`
    int32_t vectors;
    int32_t channels;
};

struct ConvSide {
    Window window;
    CodeRange range;
    int32_t zeroPoint;
    int32_t groups, groupInputs, groupOutputs;  ///< of channels
    int32_t runs, runGroups;  ///< runs of neighbouring values; dot product groups in each
    int32_t blockCount;
    size_t runOffsets, blocks, weights, scales;  ///< parts of the side block
};

template <int M, int N>
HWY_INLINE void sumProducts(const TileTask& task, V32 (&sums)[M * N]) {
    const D32 d;
#pragma GCC unroll 32
    for (int i = 0; i < M * N; ++i) sums[i] = hn::Load(d, task.scales[i % N].start);
    const Weight* HWY_RESTRICT weights = task.weights;
    for (int32_t run = 0; run < task.runs; ++run) {
        const Value* at[M];
#pragma GCC unroll 8
        for (int m = 0; m < M; ++m) at[m] = task.positions[m] + task.runOffsets[run];
        for (int32_t k = 0; k < task.runGroups * kGroupSize; k += kGroupSize) {
            decltype(loadWeights(weights)) w[N];
#pragma GCC unroll 8
            for (int n = 0; n < N; ++n) w[n] = loadWeights(weights + n * kLaneCount * kGroupSize);
            weights += N * kLaneCount * kGroupSize;
#pragma GCC unroll 8
            for (int m = 0; m < M; ++m) {
                const Values x = broadcastValues(at[m] + k);
#pragma GCC unroll 8
                for (int n = 0; n < N; ++n) sums[m * N + n] = dot(sums[m * N + n], x, w[n]);
            }
        }
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
        else
            __builtin_memcpy(output, codes + m * kBytes, task.channels);
    }
}

// ---- Choosing tiles --------------------------------------------------------------------------

/// Offers a tile of M positions: taken where it wastes least on the positions there are.
template <Rounding kRounding, int M, int N>
void offerTile(ChannelBlock& block, int32_t positions, int64_t& leastWork) {
    const int64_t work = int64_t{(positions + M - 1) / M} * (M * N + 2);
    if (M > positions || work > leastWork) return;
    leastWork = work;
    block.tile = computeTile<kRounding, M, N>;
    block.positions = M;
}

template <Rounding kRounding, int N>
void chooseTile(ChannelBlock& block, int32_t positions) {
    int64_t leastWork = INT64_MAX;
    block.single = computeTile<kRounding, 1, N>;
    offerTile<kRounding, 1, N>(block, positions, leastWork);
    if constexpr (kRounding != Rounding::General && N <= kMostVectors) {
        if constexpr (N == 4) {
            offerTile<kRounding, 3, N>(block, positions, leastWork);
            offerTile<kRounding, 6, N>(block, positions, leastWork);
        } else {
            offerTile<kRounding, 4, N>(block, positions, leastWork);
            if constexpr (kRegisters == 32)
                offerTile<kRounding, 8, N>(block, positions, leastWork);
        }
    }
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
        case Rounding::Positive: return chooseTile<Rounding::Positive>(block, positions);
        case Rounding::Signed: return chooseTile<Rounding::Signed>(block, positions);
        case Rounding::General: return chooseTile<Rounding::General>(block, positions);
    }
}

// ---- Packing ---------------------------------------------------------------------------------

/// Lays out, and with memory fills, the side block of one layer.
class ConvPacker {
public:
    ConvPacker(const LayerInt8& layer, uint8_t* memory) : m_layer(layer), m_side(memory) {
        const Window& w = layer.window;
        m_head.window = w;
        m_head.range = layer.range;
        m_head.zeroPoint = layer.zeroPoint();
        m_head.groups = w.inChannels / layer.filterChannels;
        m_head.groupInputs = layer.filterChannels;
        m_head.groupOutputs = w.outChannels / m_head.groups;
        // Taps of a row are one run where they lie side by side.
        const bool joined = w.dilationWidth == 1 && m_head.groups == 1;
        m_runTaps = joined ? w.filterWidth : 1;
        m_head.runs = layer.taps() / m_runTaps;
        const int32_t length = m_runTaps * layer.filterChannels;
        m_head.runGroups = (length + kGroupSize - 1) / kGroupSize;
        m_vectors = (m_head.groupOutputs + kLaneCount - 1) / kLaneCount;
    }

    size_t run() {
        m_side.take<ConvSide>(1);
        m_head.blockCount = forEachBlock([](int32_t, int32_t) {});
        const auto count = [](int32_t n) { return static_cast<size_t>(n); };
        const size_t total = count(m_vectors) * count(m_head.groups);
        m_head.runOffsets = m_side.take<int32_t>(count(m_head.runs));
        m_head.blocks = m_side.take<ChannelBlock>(count(m_head.blockCount));
        m_head.weights = m_side.take<Weight>(total * vectorWeights());
        m_head.scales = m_side.take<ChannelScale>(total);
        if (m_side.writing()) {
            *m_side.at<ConvSide>(0) = m_head;
            packRunOffsets();
            packBlocks();
            packChannels();
        }
        return m_side.bytes();
    }

private:
    int32_t positions() const { return m_head.window.outHeight * m_head.window.outWidth; }
    size_t vectorWeights() const {
        return static_cast<size_t>(m_head.runs) * static_cast<size_t>(m_head.runGroups) * kLanes *
               kGroup;
    }

    /// Calls visit(first vector, vectors) for the blocks of one group; returns their number.
    template <typename Visit>
    int32_t forEachBlock(Visit visit) const {
        int32_t count = 0;
        for (int32_t first = 0; first < m_vectors; ++count) {
            const int32_t left = m_vectors - first;
            int32_t vectors = left < kMostVectors ? left : kMostVectors;
            if (positions() == 1 && left >= kMostVectorsAlone) vectors = kMostVectorsAlone;
            visit(first, vectors);
            first += vectors;
        }
        return count;
    }

    void packRunOffsets() {
        const Window& w = m_head.window;
        const auto rowElements = static_cast<int32_t>(PaddedImage(w).rowElements());
        int32_t* offsets = m_side.at<int32_t>(m_head.runOffsets);
        for (int32_t run = 0; run < m_head.runs; ++run) {
            const int32_t tap = run * m_runTaps;
            offsets[run] = tap / w.filterWidth * w.dilationHeight * rowElements +
                           tap % w.filterWidth * w.dilationWidth * w.inChannels;
        }
    }

    void packBlocks() {
        const Rounding rounding = m_layer.rounding();
        ChannelBlock* block = m_side.at<ChannelBlock>(m_head.blocks);
        forEachBlock([&](int32_t first, int32_t vectors) {
            const int32_t left = m_head.groupOutputs - first * kLaneCount;
            block->vectors = vectors;
            block->channels = left < vectors * kLaneCount ? left : vectors * kLaneCount;
            chooseTile(rounding, *block++, positions());
        });
    }

    void packChannels() {
        Weight* weights = m_side.at<Weight>(m_head.weights);
        ChannelScale* scales = m_side.at<ChannelScale>(m_head.scales);
        for (int32_t group = 0; group < m_head.groups; ++group)
            forEachBlock([&](int32_t first, int32_t vectors) {
                for (int32_t lane = 0; lane < vectors * kLaneCount; ++lane) {
                    const int32_t inGroup = first * kLaneCount + lane;
                    const bool real = inGroup < m_head.groupOutputs;
                    const int32_t channel = group * m_head.groupOutputs + inGroup;
                    setChannel(scales[lane / kLaneCount], static_cast<size_t>(lane % kLaneCount),
                               real ? m_layer.start(channel, kValueBias) : 0,
                               real ? m_layer.factor(channel) : Factor{});
                    packLane(real ? channel : -1, lane, vectors, weights);
                }
                scales += vectors;
                weights += static_cast<size_t>(vectors) * vectorWeights();
            });
    }

    // One channel's weights: every group of the sum is `vectors` vectors further on.
    void packLane(int32_t channel, int32_t lane, int32_t vectors, Weight* weights) const {
        weights += lane * kGroupSize;
        for (int32_t run = 0; run < m_head.runs; ++run)
            for (int32_t k = 0; k < m_head.runGroups * kGroupSize; ++k) {
                const int32_t tap = run * m_runTaps + k / m_head.groupInputs;
                const bool real = channel >= 0 && k < m_runTaps * m_head.groupInputs;
                weights[k % kGroupSize] =
                    real ? m_layer.weight(channel, tap, k % m_head.groupInputs) : Weight{0};
                if (k % kGroupSize == kGroupSize - 1) weights += vectors * kLaneCount * kGroupSize;
            }
    }

    const LayerInt8& m_layer;
    SideBlock m_side;
    ConvSide m_head{};
    int32_t m_runTaps, m_vectors;
};

// ---- Running ---------------------------------------------------------------------------------

/// Output positions of one image in order; windows start at (row, column) times the strides.
class PositionWalk {
public:
    PositionWalk(const Window& w, const Value* image)
        : m_image(image),
          m_width(w.outWidth),
          m_step(static_cast<size_t>(w.strideWidth) * static_cast<size_t>(w.inChannels)),
          m_rowStep(static_cast<size_t>(w.strideHeight) * PaddedImage(w).rowElements()) {}

    void moveTo(int32_t position) {
        m_column = position % m_width;
        m_row = m_image + static_cast<size_t>(position / m_width) * m_rowStep;
    }
    const Value* next() {
        const Value* at = m_row + static_cast<size_t>(m_column) * m_step;
        if (++m_column == m_width) {
            m_column = 0;
            m_row += m_rowStep;
        }
        return at;
    }

private:
    const Value* m_image;
    const Value* m_row = nullptr;
    int32_t m_width, m_column = 0;
    size_t m_step, m_rowStep;
};

void runBlock(const ConvSide& side, const ChannelBlock& block, const Value* image, TileTask& task,
              int8_t* output) {
    const int32_t count = side.window.outHeight * side.window.outWidth;
    const int32_t tile = block.positions;
    PositionWalk walk(side.window, image);
    walk.moveTo(0);
    task.channels = static_cast<size_t>(block.channels);
    for (int32_t position = 0; position < count; position += tile) {
        // The last tile may compute some positions again.
        if (position + tile > count) walk.moveTo(position = count - tile);
        for (int32_t m = 0; m < tile; ++m) task.positions[m] = walk.next();
        task.output = output + static_cast<size_t>(position) * task.outputStep;
        block.tile(task);
    }
}

Status runConv(const FastCall& fast) {
    const auto& side = *sideAt<ConvSide>(fast.side, 0);
    const Window& w = side.window;
    const PaddedImage image(w);
    auto* values = reinterpret_cast<Value*>(fast.workspace);
    const int8_t* input = fast.call.input<int8_t>(0);
    int8_t* output = fast.call.output<int8_t>();
    const auto* blocks = sideAt<ChannelBlock>(fast.side, side.blocks);
    TileTask task{};
    task.runOffsets = sideAt<int32_t>(fast.side, side.runOffsets);
    task.runs = side.runs;
    task.runGroups = side.runGroups;
    task.range = side.range;
    task.outputStep = static_cast<size_t>(w.outChannels);
    for (int32_t batch = 0; batch < w.batches; ++batch) {
        fillImage(w, image, input, side.zeroPoint, values);
        task.weights = sideAt<Weight>(fast.side, side.weights);
        task.scales = sideAt<ChannelScale>(fast.side, side.scales);
        int8_t* channels = output;
        for (int32_t group = 0; group < side.groups; ++group)
            for (int32_t b = 0; b < side.blockCount; ++b) {
                runBlock(side, blocks[b], values + group * side.groupInputs, task, channels);
                channels += blocks[b].channels;
                task.scales += blocks[b].vectors;
                task.weights += blocks[b].vectors * side.runs * side.runGroups * kLaneCount *
                                kGroupSize;
            }
        input += static_cast<size_t>(w.inHeight) * static_cast<size_t>(w.inWidth) *
                 static_cast<size_t>(w.inChannels);
        output += static_cast<size_t>(w.outHeight) * static_cast<size_t>(w.outWidth) *
                  static_cast<size_t>(w.outChannels);
    }
    return Status::Ok;
}

FastPlan prepareConv(const LayerInt8& layer, uint8_t* side) {
    // The last group of a run may reach beyond the image.
    const size_t values = PaddedImage(layer.window).elements() + kSideAlignment;
    return {runConv, ConvPacker(layer, side).run(), values * sizeof(Value)};
}

#else
FastPlan prepareConv(const LayerInt8&, uint8_t*) { return {}; }
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
                              : describeConvolution(call, fourBits, layer);
    return served ? HWY_DYNAMIC_DISPATCH(prepareConv)(layer, side) : FastPlan{};
}

}  // namespace runtime
#endif  // HWY_ONCE
