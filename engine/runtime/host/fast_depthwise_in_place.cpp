// SPDX-License-Identifier: GPL-3.0-or-later
// DEPTHWISE_CONV_2D on floats where the channels fill whole vectors. The input is read where it is:
// a table made by packing tells for every output position where the pixel under each tap starts;
// taps outside of the image read a pixel of zeros. Two positions share the loads of the weights.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_depthwise_in_place.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/host/fast_kernel_list.h"
#include "runtime/host/floats_inl.h"
#include "runtime/host/side_block.h"

HWY_BEFORE_NAMESPACE();
namespace runtime {
namespace HWY_NAMESPACE {
namespace {

#if NETCALIPER_VECTORS

constexpr int32_t kLaneCount = static_cast<int32_t>(kFloatLanes);
constexpr int32_t kMostTaps = 64;
constexpr int32_t kOutside = -1;

struct InPlaceSide {
    Window window;
    float lowest, highest;
    size_t pixels, weights, bias, zeros;  ///< parts of the side block: pixels[position][tap]

    int32_t taps() const { return window.filterHeight * window.filterWidth; }
    int32_t positions() const { return window.outHeight * window.outWidth; }
};

struct PairTask {
    const float* pixels[2][kMostTaps];
    const float* weights;  ///< [tap][channel], as in the model
    const float* bias;
    float* outputs[2];
};

/// kTaps: the number of taps where it is known, 0 otherwise.
template <int kTaps, int kVectors>
HWY_INLINE void computeVectors(const InPlaceSide& side, const PairTask& task, int32_t channel) {
    const DF d;
    const int32_t taps = kTaps > 0 ? kTaps : side.taps();
    const float* HWY_RESTRICT weights = task.weights + channel;
    VF sums[2][kVectors];
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v)
        sums[0][v] = sums[1][v] = hn::Zero(d);
#pragma GCC unroll 9
    for (int32_t t = 0; t < taps; ++t, weights += side.window.outChannels)
#pragma GCC unroll 4
        for (int v = 0; v < kVectors; ++v) {
            const VF w = hn::Load(d, weights + v * kLaneCount);
#pragma GCC unroll 2
            for (int p = 0; p < 2; ++p)
                sums[p][v] = hn::MulAdd(hn::LoadU(d, task.pixels[p][t] + channel + v * kLaneCount),
                                        w, sums[p][v]);
        }
    const VF lowest = hn::Set(d, side.lowest), highest = hn::Set(d, side.highest);
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
        const VF bias = hn::Load(d, task.bias + channel + v * kLaneCount);
#pragma GCC unroll 2
        for (int p = 0; p < 2; ++p)
            hn::StoreU(hn::Min(hn::Max(hn::Add(sums[p][v], bias), lowest), highest), d,
                       task.outputs[p] + channel + v * kLaneCount);
    }
}

template <int kTaps>
void computePair(const InPlaceSide& side, const PairTask& task) {
    const int32_t channels = side.window.outChannels;
    int32_t channel = 0;
    for (; channel + 4 * kLaneCount <= channels; channel += 4 * kLaneCount)
        computeVectors<kTaps, 4>(side, task, channel);
    for (; channel + 2 * kLaneCount <= channels; channel += 2 * kLaneCount)
        computeVectors<kTaps, 2>(side, task, channel);
    for (; channel < channels; channel += kLaneCount)
        computeVectors<kTaps, 1>(side, task, channel);
}

Status runInPlace(const FastCall& fast) {
    const auto& side = *sideAt<InPlaceSide>(fast.side, 0);
    const Window& w = side.window;
    const auto* zeros = sideAt<float>(fast.side, side.zeros);
    const float* input = fast.input<float>(0);
    float* output = fast.output<float>();
    const int32_t taps = side.taps(), positions = side.positions();
    PairTask task;
    task.weights = sideAt<float>(fast.side, side.weights);
    task.bias = sideAt<float>(fast.side, side.bias);
    for (int32_t batch = 0; batch < w.batches; ++batch) {
        const auto* pixels = sideAt<int32_t>(fast.side, side.pixels);
        for (int32_t position = 0; position < positions; position += 2) {
            // A last position without a partner is computed twice.
            const int32_t pair[2] = {position, position + 1 < positions ? position + 1 : position};
            for (int p = 0; p < 2; ++p) {
                const int32_t* from = pixels + pair[p] * taps;
                for (int32_t t = 0; t < taps; ++t)
                    task.pixels[p][t] = from[t] == kOutside ? zeros : input + from[t];
                task.outputs[p] =
                    output + static_cast<size_t>(pair[p]) * static_cast<size_t>(w.outChannels);
            }
            if (taps == 9)
                computePair<9>(side, task);
            else
                computePair<0>(side, task);
        }
        input += static_cast<size_t>(w.inHeight) * static_cast<size_t>(w.inWidth) *
                 static_cast<size_t>(w.inChannels);
        output += static_cast<size_t>(positions) * static_cast<size_t>(w.outChannels);
    }
    return Status::Ok;
}

// Where the pixel under a tap starts, seen from the start of the image.
int32_t pixelUnder(const Window& w, int32_t row, int32_t column, int32_t tap) {
    const int32_t y = row * w.strideHeight - w.padTop + tap / w.filterWidth * w.dilationHeight;
    const int32_t x = column * w.strideWidth - w.padLeft + tap % w.filterWidth * w.dilationWidth;
    const bool inside = y >= 0 && y < w.inHeight && x >= 0 && x < w.inWidth;
    return inside ? (y * w.inWidth + x) * w.inChannels : kOutside;
}

void pack(const LayerFloat32& layer, const InPlaceSide& side, const SideBlock& block) {
    *block.at<InPlaceSide>(0) = side;
    const Window& w = side.window;
    auto* pixels = block.at<int32_t>(side.pixels);
    for (int32_t position = 0; position < side.positions(); ++position)
        for (int32_t tap = 0; tap < side.taps(); ++tap)
            *pixels++ = pixelUnder(w, position / w.outWidth, position % w.outWidth, tap);
    for (int32_t c = 0; c < w.outChannels; ++c) {
        block.at<float>(side.bias)[c] = layer.biasOf(c);
        block.at<float>(side.zeros)[c] = 0.0f;
        for (int32_t tap = 0; tap < side.taps(); ++tap)
            block.at<float>(side.weights)[tap * w.outChannels + c] = layer.weight(c, tap, 0);
    }
}

FastPlan prepareInPlace(const LayerFloat32& layer, uint8_t* memory) {
    const Window& w = layer.window;
    InPlaceSide side{};
    side.window = w;
    side.lowest = layer.lowest;
    side.highest = layer.highest;
    constexpr int64_t kMostPixels = int64_t{1} << 28;  // offsets stay below 2^31
    if (w.outChannels % kLaneCount != 0 || layer.depthMultiplier != 1 || side.taps() > kMostTaps ||
        int64_t{w.inHeight} * w.inWidth * w.inChannels > kMostPixels)
        return {};
    SideBlock block(memory);
    const auto channels = static_cast<size_t>(w.outChannels);
    const auto taps = static_cast<size_t>(side.taps());
    block.take<InPlaceSide>(1);
    side.pixels = block.take<int32_t>(static_cast<size_t>(side.positions()) * taps);
    side.weights = block.take<float>(taps * channels);
    side.bias = block.take<float>(channels);
    side.zeros = block.take<float>(channels);
    if (block.writing()) pack(layer, side, block);
    return {runInPlace, block.bytes(), 0};
}

#else
FastPlan prepareInPlace(const LayerFloat32&, uint8_t*) {
    return {};
}
#endif  // NETCALIPER_VECTORS

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace runtime
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace runtime {

HWY_EXPORT(prepareInPlace);

FastPlan prepareDepthwiseInPlace(const LayerFloat32& layer, uint8_t* side) {
    return HWY_DYNAMIC_DISPATCH(prepareInPlace)(layer, side);
}

}  // namespace runtime
#endif  // HWY_ONCE
