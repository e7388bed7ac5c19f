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
#include "runtime/host/code_tiles_inl.h"
#include "runtime/host/fast_kernel_list.h"
#include "runtime/host/padded_values_inl.h"
#include "runtime/host/side_block.h"

HWY_BEFORE_NAMESPACE();
namespace runtime {
namespace HWY_NAMESPACE {
namespace {

#if NETCALIPER_VECTORS

struct ConvSide {
    ConvShape shape;
    Stuffing stuffing;
    CodeRange range;
    int32_t zeroPoint;
    Source source;      ///< of the tiles; codes for a dense layer on one row of whole groups
    int32_t runGroups;  ///< dot product groups of a run
    int32_t blockCount;
    size_t runOffsets, blocks, weights, scales;  ///< parts of the side block

    size_t vectorWeights() const {
        return static_cast<size_t>(shape.runs) * static_cast<size_t>(runGroups) * kLanes * kGroup;
    }
};

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
    const bool isRow = side.shape.isRow() && !layer.stuffing.any();
    if (kReadsCodes && isRow && side.shape.runLength % kGroupSize == 0) side.source = Source::Codes;
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
        channels->source = side.source;
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
    const int8_t* input = fast.input<int8_t>(side.stuffing.any() ? 1 : 0);
    int8_t* output = fast.output<int8_t>();
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

/// A dense layer on a single row: no loops but that over blocks of outputs.
Status runRow(const FastCall& fast) {
    const auto& side = *sideAt<ConvSide>(fast.side, 0);
    const int8_t* input = fast.input<int8_t>(0);
    TileTask task{};
    if (side.source == Source::Codes) {
        task.first = reinterpret_cast<const Value*>(input);
    } else {
        auto* values = reinterpret_cast<Value*>(fast.workspace);
        convertCodes(input, static_cast<size_t>(side.shape.runLength), values);
        task.first = values;
    }
    task.runOffsets = sideAt<int32_t>(fast.side, side.runOffsets);
    task.runs = 1;
    task.runGroups = side.runGroups;
    task.weights = sideAt<Weight>(fast.side, side.weights);
    task.scales = sideAt<ChannelScale>(fast.side, side.scales);
    task.range = side.range;
    task.output = fast.output<int8_t>();
    const auto* block = sideAt<ChannelBlock>(fast.side, side.blocks);
    for (int32_t b = 0; b < side.blockCount; ++b, ++block) {
        task.channels = task.outputStep = static_cast<size_t>(block->channels);
        block->tile(task);
        task.output += block->channels;
        task.scales += block->vectors;
        task.weights += static_cast<size_t>(block->vectors) * side.vectorWeights();
    }
    return Status::Ok;
}

FastPlan prepareConv(const LayerInt8& layer, uint8_t* memory) {
    SideBlock block(memory);
    const ConvSide side = layOut(layer, block);
    if (block.writing()) pack(layer, side, block);
    // The last group of a run may reach beyond the image.
    const size_t values = PaddedImage(layer.window).elements() + kSideAlignment;
    const FastKernel kernel = side.shape.isRow() && !layer.stuffing.any() ? runRow : runConv;
    return {kernel, block.bytes(), values * sizeof(Value)};
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
