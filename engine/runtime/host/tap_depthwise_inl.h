// SPDX-License-Identifier: GPL-3.0-or-later
// DEPTHWISE_CONV_2D on integers for any shape and Format (conv_tiles_inl.h): vectors of channels,
// tap by tap. The input is first copied to a padded image in which each channel is repeated once
// per output channel.

#if defined(NETCALIPER_TAP_DEPTHWISE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NETCALIPER_TAP_DEPTHWISE_INL_H
#undef NETCALIPER_TAP_DEPTHWISE_INL_H
#else
#define NETCALIPER_TAP_DEPTHWISE_INL_H
#endif

#include "runtime/host/dot_inl.h"
#include "runtime/host/padded_values_inl.h"
#include "runtime/host/side_block.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

template <typename Format>
struct TapSide {
    Window window;  ///< with one input channel per output channel
    typename Format::Range range;
    typename Format::Value pad;
    int32_t repeats;  ///< output channels per input channel
    int32_t vectors;
    size_t tapOffsets, weights, lanes;  ///< offsets in the side block

    int32_t taps() const { return window.filterHeight * window.filterWidth; }
    int32_t tapWeights() const { return vectors * kLaneCount; }
};

/// Computes a few vectors of channels at one position.
template <typename Format>
struct TapTask {
    const typename Format::Value* values;
    const int32_t* weights;  ///< in the lower half of each lane
    const typename Format::Lanes* lanes;
    typename Format::Input* output;

    TapTask from(int32_t vector) const {
        const int32_t channel = vector * kLaneCount;
        return {values + channel, weights + channel, lanes + vector, output + channel};
    }
};

template <typename Arithmetic, int kCount>
HWY_INLINE void sumTaps(const TapSide<typename Arithmetic::Format>& side, const int32_t* offsets,
                        const TapTask<typename Arithmetic::Format>& task, V32 (&sums)[kCount]) {
#pragma GCC unroll 4
    for (int v = 0; v < kCount; ++v)
        sums[v] = Arithmetic::start(task.lanes[v]);
    const int32_t* HWY_RESTRICT weights = task.weights;
    for (int32_t tap = 0; tap < side.taps(); ++tap, weights += side.tapWeights())
#pragma GCC unroll 4
        for (int v = 0; v < kCount; ++v)
            sums[v] = addPairs(sums[v], loadWidened(task.values + offsets[tap] + v * kLaneCount),
                               hn::Load(D32(), weights + v * kLaneCount));
}

template <typename Arithmetic>
void computePosition(const TapSide<typename Arithmetic::Format>& side, const int32_t* offsets,
                     const TapTask<typename Arithmetic::Format>& position) {
    int32_t vector = 0;
    for (; (vector + 4) * kLaneCount <= side.window.outChannels; vector += 4) {
        const auto task = position.from(vector);
        V32 sums[4];
        sumTaps<Arithmetic>(side, offsets, task, sums);
        Arithmetic::template storeVectors<4>(sums, task.lanes, side.range, task.output);
    }
    for (; vector < side.vectors; ++vector) {
        const auto task = position.from(vector);
        const int32_t left = side.window.outChannels - vector * kLaneCount;
        V32 sums[1];
        sumTaps<Arithmetic>(side, offsets, task, sums);
        Arithmetic::storeSome(sums[0], *task.lanes, side.range,
                              static_cast<size_t>(left < kLaneCount ? left : kLaneCount),
                              task.output);
    }
}

template <typename Arithmetic>
Status runTaps(const FastCall& fast) {
    using Format = typename Arithmetic::Format;
    using Input = typename Format::Input;
    using Value = typename Format::Value;
    const auto& side = *sideAt<TapSide<Format>>(fast.side, 0);
    const auto* offsets = sideAt<int32_t>(fast.side, side.tapOffsets);
    const Window& w = side.window;
    const PaddedImage image(w);
    auto* values = reinterpret_cast<Value*>(fast.workspace);
    const Input* input = fast.input<Input>(0);
    TapTask<Format> task{nullptr, sideAt<int32_t>(fast.side, side.weights),
                         sideAt<typename Format::Lanes>(fast.side, side.lanes),
                         fast.output<Input>()};
    for (int32_t batch = 0; batch < w.batches; ++batch) {
        fillImage(w, image, input, side.repeats, side.pad, values);
        for (int32_t row = 0; row < w.outHeight; ++row) {
            task.values = values + static_cast<size_t>(row * w.strideHeight) * image.rowElements();
            for (int32_t column = 0; column < w.outWidth; ++column) {
                computePosition<Arithmetic>(side, offsets, task);
                task.values += w.strideWidth * w.inChannels;
                task.output += w.outChannels;
            }
        }
        input += static_cast<size_t>(w.inHeight) * static_cast<size_t>(w.inWidth) *
                 static_cast<size_t>(w.inChannels / side.repeats);
    }
    return Status::Ok;
}

template <typename Format>
void packTaps(const typename Format::Layer& layer, const TapSide<Format>& side,
              const SideBlock& block) {
    *block.at<TapSide<Format>>(0) = side;
    const Window& w = side.window;
    const auto rowElements = static_cast<int32_t>(PaddedImage(w).rowElements());
    for (int32_t tap = 0; tap < layer.taps(); ++tap)
        block.at<int32_t>(side.tapOffsets)[tap] =
            tap / w.filterWidth * w.dilationHeight * rowElements +
            tap % w.filterWidth * w.dilationWidth * w.inChannels;
    for (int32_t c = 0; c < side.tapWeights(); ++c) {
        const bool real = c < w.outChannels;
        Format::setLane(layer, real ? c : -1, static_cast<size_t>(c % kLaneCount),
                        block.at<typename Format::Lanes>(side.lanes)[c / kLaneCount]);
        for (int32_t tap = 0; tap < layer.taps(); ++tap)
            block.at<int32_t>(side.weights)[tap * side.tapWeights() + c] =
                real ? layer.weight(c, tap, 0) & 0xffff : 0;
    }
}

/// `kernel`: runTaps() of the layer's arithmetic.
template <typename Format>
FastPlan prepareTaps(const typename Format::Layer& layer, FastKernel kernel, uint8_t* memory) {
    TapSide<Format> side{};
    side.window = layer.window;
    side.window.inChannels = layer.window.outChannels;
    const PaddedImage image(side.window);
    if (!image.isModest()) return {};
    side.range = layer.range;
    side.pad = Format::pad(layer);
    side.repeats = layer.depthMultiplier;
    side.vectors = (side.window.outChannels + kLaneCount - 1) / kLaneCount;
    const auto vectors = static_cast<size_t>(side.vectors);
    SideBlock block(memory);
    block.take<TapSide<Format>>(1);
    side.tapOffsets = block.take<int32_t>(static_cast<size_t>(layer.taps()));
    side.weights = block.take<int32_t>(static_cast<size_t>(layer.taps()) * vectors * kLanes);
    side.lanes = block.take<typename Format::Lanes>(vectors);
    if (block.writing()) packTaps<Format>(layer, side, block);
    // Vectors of the last channels may read beyond the image.
    return {kernel, block.bytes(), (image.elements() + kLanes) * sizeof(typename Format::Value)};
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
