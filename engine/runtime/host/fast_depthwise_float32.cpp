// SPDX-License-Identifier: GPL-3.0-or-later
// DEPTHWISE_CONV_2D on floats, for any shape. Rows of the padded image are kept in a ring. A lane
// is a channel, and a vector keeps its weights in registers while it moves along a row of outputs.
// With few channels, one vector holds several columns (flat layout), which requires that
// neighbouring outputs read neighbouring inputs: a horizontal stride of 1.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_depthwise_float32.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/host/fast_families_inl.h"
#include "runtime/host/floats_inl.h"
#include "runtime/host/padded_values_inl.h"
#include "runtime/host/side_block.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

namespace {

constexpr int32_t kMaxTaps = 1024;

struct FloatDepthwiseSide {
    Window window;  ///< with one input channel per output channel
    int32_t repeats;
    ActivationBounds range;
    bool flat;
    int32_t vectors;       ///< vectors of weights
    int32_t lanes, steps;  ///< of a row: lanes that a vector advances per step, and number of steps
    size_t inputStep;      ///< distance of the inputs of two steps, in values
    size_t weights, bias;  ///< offsets in the side block: weights[vector][tap][lane]

    int32_t span() const { return (window.filterHeight - 1) * window.dilationHeight + 1; }
    int32_t taps() const { return window.filterHeight * window.filterWidth; }
};

struct VectorTask {
    const float* const* taps;  ///< per tap: first value of its row
    const float* weights;
    const float* bias;
    float* output;
    size_t count;  ///< number of lanes to store
};

HWY_INLINE VF finished(const FloatDepthwiseSide& side, VF sum, const float* bias) {
    const DF d;
    sum = hn::Add(sum, hn::Load(d, bias));
    return clampFloats(sum, hn::Set(d, side.range.lowest), hn::Set(d, side.range.highest));
}

/// kTaps: number of taps where known at compile time, else 0.
template <int kTaps>
void computeVector(const FloatDepthwiseSide& side, const VectorTask& task) {
    const DF d;
    const int32_t taps = kTaps > 0 ? kTaps : side.taps();
    VF weights[kTaps > 0 ? kTaps : 1];
    if constexpr (kTaps > 0) {
#pragma GCC unroll 16
        for (int t = 0; t < kTaps; ++t)
            weights[t] = hn::Load(d, task.weights + t * kLaneCount);
    }
    const size_t rowLanes =
        static_cast<size_t>(side.window.outWidth) * static_cast<size_t>(side.window.outChannels);
    for (int32_t step = 0; step < side.steps; ++step) {
        const size_t at = static_cast<size_t>(step) * side.inputStep;
        VF sum = hn::Zero(d);
        if constexpr (kTaps > 0) {
#pragma GCC unroll 16
            for (int t = 0; t < kTaps; ++t)
                sum = hn::MulAdd(hn::LoadU(d, task.taps[t] + at), weights[t], sum);
        } else {
            for (int32_t t = 0; t < taps; ++t)
                sum = hn::MulAdd(hn::LoadU(d, task.taps[t] + at),
                                 hn::Load(d, task.weights + t * kLaneCount), sum);
        }
        sum = finished(side, sum, task.bias);
        const size_t to = static_cast<size_t>(step) * static_cast<size_t>(side.lanes);
        const size_t left = side.flat ? rowLanes - to : task.count;
        storeFloats(sum, left < task.count ? left : task.count, task.output + to);
    }
}

void computeRow(const FloatDepthwiseSide& side, const uint8_t* base, const float* const* rows,
                float* output) {
    const Window& w = side.window;
    const float* taps[kMaxTaps];
    VectorTask task{taps, sideAt<float>(base, side.weights), sideAt<float>(base, side.bias), output,
                    kLanes};
    for (int32_t vector = 0; vector < side.vectors; ++vector) {
        const int32_t first = vector * kLaneCount;
        const float** tap = taps;
        for (int32_t y = 0; y < w.filterHeight; ++y)
            for (int32_t x = 0; x < w.filterWidth; ++x)
                *tap++ = rows[y] + first + x * w.dilationWidth * w.inChannels;
        task.output = output + first;
        if (!side.flat && w.outChannels - first < kLaneCount)
            task.count = static_cast<size_t>(w.outChannels - first);
        if (side.taps() == 9)
            computeVector<9>(side, task);
        else
            computeVector<0>(side, task);
        task.weights += side.taps() * kLaneCount;
        task.bias += kLaneCount;
    }
}

Status runDepthwise(const FastCall& fast) {
    const auto& side = *sideAt<FloatDepthwiseSide>(fast.side, 0);
    const Window& w = side.window;
    const PaddedImage image(w);
    const float* input = fast.input<float>(0);
    float* output = fast.output<float>();
    auto* ring = reinterpret_cast<float*>(fast.workspace);
    const float* rows[kMaxTaps];
    const auto slot = [&](int32_t row) {
        return ring + static_cast<size_t>(row % side.span()) * image.rowElements();
    };
    for (int32_t batch = 0; batch < w.batches; ++batch) {
        int32_t filled = 0;  // number of rows of the padded image in the ring
        for (int32_t row = 0; row < w.outHeight; ++row) {
            const int32_t top = row * w.strideHeight;
            filled = filled < top ? top : filled;
            for (; filled < top + side.span(); ++filled)
                fillRow(w, image, input, filled - w.padTop, side.repeats, 0.0f, slot(filled));
            for (int32_t tap = 0; tap < w.filterHeight; ++tap)
                rows[tap] = slot(top + tap * w.dilationHeight);
            computeRow(side, fast.side, rows, output);
            output += static_cast<size_t>(w.outWidth) * static_cast<size_t>(w.outChannels);
        }
        input += static_cast<size_t>(w.inHeight) * static_cast<size_t>(w.inWidth) *
                 static_cast<size_t>(w.inChannels / side.repeats);
    }
    return Status::Ok;
}

FloatDepthwiseSide layOut(const LayerFloat32& layer) {
    FloatDepthwiseSide side{};
    side.window = layer.window;
    side.window.inChannels = layer.window.outChannels;
    side.repeats = layer.depthMultiplier;
    side.range = layer.range;
    const int32_t channels = side.window.outChannels;
    side.flat =
        channels < kLaneCount && kLaneCount % channels == 0 && layer.window.strideWidth == 1;
    side.vectors = side.flat ? 1 : (channels + kLaneCount - 1) / kLaneCount;
    side.lanes = side.flat ? kLaneCount : channels;
    const int32_t rowLanes = side.window.outWidth * channels;
    side.steps = side.flat ? (rowLanes + kLaneCount - 1) / kLaneCount : side.window.outWidth;
    side.inputStep =
        static_cast<size_t>(side.lanes) * static_cast<size_t>(layer.window.strideWidth);
    return side;
}

void pack(const LayerFloat32& layer, const FloatDepthwiseSide& side, const SideBlock& block) {
    *block.at<FloatDepthwiseSide>(0) = side;
    float* weights = block.at<float>(side.weights);
    float* bias = block.at<float>(side.bias);
    const int32_t channels = side.window.outChannels;
    for (int32_t i = 0; i < side.vectors * kLaneCount; ++i) {
        const int32_t channel = side.flat ? i % channels : i;
        const bool real = channel < channels;
        bias[i] = real ? layer.biasOf(channel) : 0.0f;
        for (int32_t tap = 0; tap < side.taps(); ++tap)
            weights[(i / kLaneCount * side.taps() + tap) * kLaneCount + i % kLaneCount] =
                real ? layer.weight(channel, tap, 0) : 0.0f;
    }
}

}  // namespace

FastPlan prepareDepthwiseFloat32(const Call& call, KernelId id, uint8_t* memory) {
    LayerFloat32 layer;
    if (!describe(call, id, layer)) return {};
    if (layer.fansOut()) return prepareConvFloat32(call, id, memory);
    const FastPlan inPlace = prepareDepthwiseInPlace(layer, memory);
    if (inPlace.kernel != nullptr) return inPlace;
    FloatDepthwiseSide side = layOut(layer);
    const PaddedImage image(side.window);
    if (side.taps() > kMaxTaps || !image.isModest()) return {};
    SideBlock block(memory);
    const auto vectors = static_cast<size_t>(side.vectors);
    block.take<FloatDepthwiseSide>(1);
    side.weights = block.take<float>(vectors * static_cast<size_t>(side.taps()) * kLanes);
    side.bias = block.take<float>(vectors * kLanes);
    if (block.writing()) pack(layer, side, block);
    // The last vector may read beyond the row.
    const size_t ring = static_cast<size_t>(side.span()) * image.rowElements() + kLanes;
    return {runDepthwise, block.bytes(), ring * sizeof(float)};
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
