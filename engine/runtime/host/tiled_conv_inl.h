// SPDX-License-Identifier: GPL-3.0-or-later
// CONV_2D, TRANSPOSE_CONV and FULLY_CONNECTED in tiles, for any Format. Weights are packed in
// exactly the order in which tiles read them. An input that tiles cannot read directly is copied
// once to a padded image in the tiles' form.

#if defined(NETCALIPER_TILED_CONV_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NETCALIPER_TILED_CONV_INL_H
#undef NETCALIPER_TILED_CONV_INL_H
#else
#define NETCALIPER_TILED_CONV_INL_H
#endif

#include "runtime/host/conv_tiles_inl.h"
#include "runtime/host/padded_values_inl.h"
#include "runtime/host/side_block.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

template <typename Format>
struct ConvSide {
    ConvShape shape;
    Stuffing stuffing;
    typename Format::Range range;
    typename Format::Value pad;
    bool readsInput;      ///< tiles read the input directly
    int32_t runGroups;    ///< groups per run
    int32_t mostVectors;  ///< vectors of the largest block
    int32_t blockCount;
    size_t runOffsets, blocks, weights, lanes;  ///< offsets in the side block

    size_t vectorWeights() const {
        return static_cast<size_t>(shape.runs) * static_cast<size_t>(runGroups) * kLanes *
               static_cast<size_t>(Format::kGroupSize);
    }
    size_t groupVectors() const { return static_cast<size_t>(shape.vectors(kLaneCount)); }
    /// Elements of one batch.
    size_t inputElements() const {
        if (!stuffing.any()) return shape.inputElements();
        return static_cast<size_t>(stuffing.height) * static_cast<size_t>(stuffing.width) *
               static_cast<size_t>(shape.window.inChannels);
    }
};

// ---- Packing ---------------------------------------------------------------------------------

template <typename Visit>
int32_t forEachBlock(const ConvShape& shape, int32_t mostVectors, Visit visit) {
    return shape.forEachBlock(kLaneCount, mostVectors, kMaxVectorsAlone, visit);
}

/// Fewer vectors per tile permit more positions: on short rows, weights are then read once.
template <typename Format>
int32_t mostVectors(const ConvShape& shape, ChooseTile<Format> choose) {
    const auto cost = [&](int32_t most) {
        int64_t sum = 0;
        forEachBlock(shape, most, [&](int32_t, int32_t vectors) {
            ChannelBlock<Format> block{nullptr, 0, vectors, 0};
            sum += choose(block, shape.rowLength());
        });
        return sum;
    };
    constexpr int32_t kFewVectors = kMaxVectors / 2;
    return cost(kFewVectors) < cost(kMaxVectors) ? kFewVectors : kMaxVectors;
}

template <typename Format>
ConvSide<Format> layOut(const typename Format::Layer& layer, SideBlock& block) {
    ConvSide<Format> side{};
    side.shape = ConvShape(layer.window, layer.filterChannels);
    side.stuffing = layer.stuffing;
    side.range = layer.range;
    side.pad = Format::pad(layer);
    side.readsInput = Format::readsInput(layer, side.shape);
    side.runGroups = (side.shape.runLength + Format::kGroupSize - 1) / Format::kGroupSize;
    side.mostVectors = mostVectors(side.shape, Format::tilesFor(layer, side.readsInput));
    side.blockCount = forEachBlock(side.shape, side.mostVectors, [](int32_t, int32_t) {});
    const size_t vectors = side.groupVectors() * static_cast<size_t>(side.shape.groups);
    block.take<ConvSide<Format>>(1);
    side.runOffsets = block.take<int32_t>(static_cast<size_t>(side.shape.runs));
    side.blocks = block.take<ChannelBlock<Format>>(static_cast<size_t>(side.blockCount));
    side.weights = block.take<typename Format::Weight>(vectors * side.vectorWeights());
    side.lanes = block.take<typename Format::Lanes>(vectors);
    return side;
}

/// Packs one channel's weights (or zeros); successive groups of the sum are `vectors` vectors
/// apart.
template <typename Format>
void packLane(const typename Format::Layer& layer, const ConvSide<Format>& side, int32_t channel,
              int32_t vectors, typename Format::Weight* weights) {
    constexpr int32_t kSize = Format::kGroupSize;
    const ConvShape& shape = side.shape;
    for (int32_t run = 0; run < shape.runs; ++run)
        for (int32_t k = 0; k < side.runGroups * kSize; ++k) {
            const int32_t tap = run * shape.runTaps + k / shape.groupInputs;
            const bool real = channel >= 0 && k < shape.runLength;
            weights[k % kSize] = real ? layer.weight(channel, tap, k % shape.groupInputs) : 0;
            if (k % kSize == kSize - 1) weights += vectors * kLaneCount * kSize;
        }
}

template <typename Format>
void packGroup(const typename Format::Layer& layer, const ConvSide<Format>& side, int32_t group,
               typename Format::Weight* weights, typename Format::Lanes* lanes) {
    forEachBlock(side.shape, side.mostVectors, [&](int32_t first, int32_t vectors) {
        for (int32_t lane = 0; lane < vectors * kLaneCount; ++lane) {
            const int32_t inGroup = first * kLaneCount + lane;
            const bool real = inGroup < side.shape.groupOutputs;
            const int32_t channel = real ? group * side.shape.groupOutputs + inGroup : -1;
            Format::setLane(layer, channel, static_cast<size_t>(lane % kLaneCount),
                            lanes[lane / kLaneCount]);
            packLane<Format>(layer, side, channel, vectors, weights + lane * Format::kGroupSize);
        }
        lanes += vectors;
        weights += static_cast<size_t>(vectors) * side.vectorWeights();
    });
}

template <typename Format>
void packBlocks(const typename Format::Layer& layer, const ConvSide<Format>& side,
                ChannelBlock<Format>* block) {
    const ConvShape& shape = side.shape;
    const ChooseTile<Format> choose = Format::tilesFor(layer, side.readsInput);
    forEachBlock(shape, side.mostVectors, [&](int32_t first, int32_t vectors) {
        const int32_t left = shape.groupOutputs - first * kLaneCount;
        block->vectors = vectors;
        block->channels = left < vectors * kLaneCount ? left : vectors * kLaneCount;
        choose(*block++, shape.rowLength());
    });
}

template <typename Format>
void pack(const typename Format::Layer& layer, const ConvSide<Format>& side,
          const SideBlock& block) {
    *block.at<ConvSide<Format>>(0) = side;
    for (int32_t run = 0; run < side.shape.runs; ++run)
        block.at<int32_t>(side.runOffsets)[run] = side.shape.runOffset(run);
    packBlocks(layer, side, block.at<ChannelBlock<Format>>(side.blocks));
    auto* weights = block.at<typename Format::Weight>(side.weights);
    auto* lanes = block.at<typename Format::Lanes>(side.lanes);
    for (int32_t group = 0; group < side.shape.groups; ++group) {
        packGroup(layer, side, group, weights, lanes);
        weights += side.groupVectors() * side.vectorWeights();
        lanes += side.groupVectors();
    }
}

// ---- Running ---------------------------------------------------------------------------------

/// Returns the image of one batch: the input itself, or a copy made in the workspace.
template <typename Format>
const typename Format::Value* imageOf(const ConvSide<Format>& side,
                                      const typename Format::Input* input, uint8_t* workspace) {
    using Value = typename Format::Value;
    if (side.readsInput) return reinterpret_cast<const Value*>(input);
    auto* values = reinterpret_cast<Value*>(workspace);
    const PaddedImage image(side.shape.window);
    if (!side.stuffing.any()) {
        fillImage(side.shape.window, image, input, 1, side.pad, values);
        return values;
    }
    const auto channels = static_cast<size_t>(image.channels);
    fillValues(side.pad, image.elements(), values);
    side.stuffing.forEachPixel(image, [&](size_t from, size_t to) {
        toValues(input + from * channels, channels, values + to * channels);
    });
    return values;
}

/// Sets the fields of a task that are constant along the output.
template <typename Format>
TileTask<Format> taskOf(const ConvSide<Format>& side, const uint8_t* base) {
    TileTask<Format> task{};
    task.runOffsets = sideAt<int32_t>(base, side.runOffsets);
    task.runs = side.shape.runs;
    task.runGroups = side.runGroups;
    task.weights = sideAt<typename Format::Weight>(base, side.weights);
    task.lanes = sideAt<typename Format::Lanes>(base, side.lanes);
    task.range = side.range;
    return task;
}

/// Advances a task to the next block of channels.
template <typename Format>
HWY_INLINE void moveOn(const ConvSide<Format>& side, const ChannelBlock<Format>& block,
                       TileTask<Format>& task) {
    task.weights += static_cast<size_t>(block.vectors) * side.vectorWeights();
    task.lanes += block.vectors;
}

template <typename Format>
Status runConv(const FastCall& fast) {
    using Input = typename Format::Input;
    const auto& side = *sideAt<ConvSide<Format>>(fast.side, 0);
    const ConvShape& shape = side.shape;
    const auto* blocks = sideAt<ChannelBlock<Format>>(fast.side, side.blocks);
    const Input* input = fast.input<Input>(side.stuffing.any() ? 1 : 0);
    Input* output = fast.output<Input>();
    for (int32_t batch = 0; batch < shape.window.batches; ++batch) {
        const auto* image = imageOf<Format>(side, input, fast.workspace);
        TileTask<Format> task = taskOf(side, fast.side);
        task.outputStep = static_cast<size_t>(shape.window.outChannels);
        Input* channels = output;
        for (int32_t group = 0; group < shape.groups; ++group, image += shape.groupInputs)
            for (int32_t b = 0; b < side.blockCount; ++b) {
                tilePositions(shape, blocks[b], image, task, channels);
                channels += blocks[b].channels;
                moveOn(side, blocks[b], task);
            }
        input += side.inputElements();
        output += shape.outputElements();
    }
    return Status::Ok;
}

/// A dense layer on a single row: loops only over blocks of outputs.
template <typename Format>
Status runRow(const FastCall& fast) {
    using Input = typename Format::Input;
    using Value = typename Format::Value;
    const auto& side = *sideAt<ConvSide<Format>>(fast.side, 0);
    const Input* input = fast.input<Input>(0);
    TileTask<Format> task = taskOf(side, fast.side);
    task.first = reinterpret_cast<const Value*>(input);
    if (!side.readsInput) {
        auto* values = reinterpret_cast<Value*>(fast.workspace);
        toValues(input, static_cast<size_t>(side.shape.runLength), values);
        task.first = values;
    }
    task.output = fast.output<Input>();
    const auto* block = sideAt<ChannelBlock<Format>>(fast.side, side.blocks);
    for (int32_t b = 0; b < side.blockCount; ++b, ++block) {
        task.channels = task.outputStep = static_cast<size_t>(block->channels);
        block->tile(task);
        task.output += block->channels;
        moveOn(side, *block, task);
    }
    return Status::Ok;
}

template <typename Format>
FastPlan prepareTiled(const Call& call, KernelId id, uint8_t* memory) {
    typename Format::Layer layer;
    if (!describe(call, id, layer)) return {};
    SideBlock block(memory);
    const auto side = layOut<Format>(layer, block);
    if (block.writing()) pack<Format>(layer, side, block);
    // The last group of a run may read beyond the image.
    const size_t values = PaddedImage(layer.window).elements() + kSideAlignment;
    const bool isRow = side.shape.isRow() && !layer.stuffing.any();
    return {isRow ? runRow<Format> : runConv<Format>, block.bytes(),
            side.readsInput ? 0 : values * sizeof(typename Format::Value)};
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
