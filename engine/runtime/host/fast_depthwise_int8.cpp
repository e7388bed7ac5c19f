// SPDX-License-Identifier: GPL-3.0-or-later
// DEPTHWISE_CONV_2D on 8-bit codes with 8-bit or 4-bit weights, for any shape: one vector of
// channels at a time, tap by tap. The input is copied into a padded image first, in which each
// channel stands as often as it has outputs.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_depthwise_int8.cpp"
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

constexpr int32_t kLaneCount = static_cast<int32_t>(kLanes);

struct DepthwiseSide {
    Window window;  ///< with as many input channels as output channels
    CodeRange range;
    int32_t zeroPoint, repeats;  ///< of each input channel
    Rounding rounding;
    int32_t vectors;
    size_t tapOffsets, weights, scales;  ///< parts of the side block
};

/// sum + value * weight in every lane; both fit 16 bits.
HWY_INLINE V32 multiplyAdd(V32 sum, V32 values, V32 weights) {
#if HWY_TARGET == HWY_AVX2
    return hn::Add(sum, V32{_mm256_madd_epi16(values.raw, weights.raw)});
#elif HWY_ARCH_X86
    return hn::Add(sum, V32{_mm512_madd_epi16(values.raw, weights.raw)});
#else
    return hn::Add(sum, hn::Mul(values, weights));
#endif
}

HWY_INLINE V32 loadValues(const Value* values) {
    const hn::Rebind<Value, D32> dv;
    return hn::PromoteTo(D32(), hn::LoadU(dv, values));
}

/// The sums of kCount vectors of channels at one position.
template <Rounding kRounding, int kCount>
HWY_INLINE void computeVectors(const DepthwiseSide& side, const int32_t* HWY_RESTRICT offsets,
                               const Value* HWY_RESTRICT at, const int32_t* HWY_RESTRICT weights,
                               const ChannelScale* HWY_RESTRICT scales, int8_t* output) {
    const D32 d;
    V32 sums[kCount];
#pragma GCC unroll 4
    for (int v = 0; v < kCount; ++v)
        sums[v] = hn::Load(d, scales[v].start);
    const int32_t taps = side.window.filterHeight * side.window.filterWidth;
    for (int32_t tap = 0; tap < taps; ++tap, weights += side.vectors * kLaneCount)
#pragma GCC unroll 4
        for (int v = 0; v < kCount; ++v)
            sums[v] = multiplyAdd(sums[v], loadValues(at + offsets[tap] + v * kLaneCount),
                                  hn::Load(d, weights + v * kLaneCount));
    storeScaled<kRounding, kCount, kCount>(sums, scales, side.range, output);
}

template <Rounding kRounding>
void computePosition(const DepthwiseSide& side, const uint8_t* base, const Value* at,
                     int8_t* output) {
    const auto* offsets = sideAt<int32_t>(base, side.tapOffsets);
    const auto* weights = sideAt<int32_t>(base, side.weights);
    const auto* scales = sideAt<ChannelScale>(base, side.scales);
    const int32_t channels = side.window.outChannels;
    int32_t vector = 0;
    for (; (vector + 4) * kLaneCount <= channels; vector += 4)
        computeVectors<kRounding, 4>(side, offsets, at + vector * kLaneCount,
                                     weights + vector * kLaneCount, scales + vector,
                                     output + vector * kLaneCount);
    for (; vector < side.vectors; ++vector) {
        const int32_t left = channels - vector * kLaneCount;
        HWY_ALIGN int8_t codes[kLanes];
        int8_t* target = left < kLaneCount ? codes : output + vector * kLaneCount;
        computeVectors<kRounding, 1>(side, offsets, at + vector * kLaneCount,
                                     weights + vector * kLaneCount, scales + vector, target);
        if (left < kLaneCount)
            __builtin_memcpy(output + vector * kLaneCount, codes, static_cast<size_t>(left));
    }
}

// Each channel of the input `repeats` times, so that input and output channels correspond.
void fillRepeated(const DepthwiseSide& side, const PaddedImage& image, const int8_t* input,
                  Value* values) {
    const Window& w = side.window;
    if (side.repeats == 1) return fillImage(w, image, input, side.zeroPoint, values);
    const auto pad = static_cast<Value>(side.zeroPoint + kValueBias);
    for (int32_t row = -w.padTop; row < image.rows - w.padTop; ++row)
        for (int32_t column = -w.padLeft; column < image.columns - w.padLeft; ++column) {
            const bool inside = row >= 0 && row < w.inHeight && column >= 0 && column < w.inWidth;
            const int8_t* code =
                input + (static_cast<size_t>(inside ? row : 0) * static_cast<size_t>(w.inWidth) +
                         static_cast<size_t>(inside ? column : 0)) *
                            static_cast<size_t>(w.inChannels / side.repeats);
            for (int32_t c = 0; c < w.inChannels; ++c)
                *values++ = inside ? static_cast<Value>(code[c / side.repeats] + kValueBias) : pad;
        }
}

template <Rounding kRounding>
void computeImage(const DepthwiseSide& side, const uint8_t* base, const Value* values,
                  int8_t* output) {
    const Window& w = side.window;
    const size_t rowElements = PaddedImage(w).rowElements();
    const auto step = static_cast<size_t>(w.strideWidth) * static_cast<size_t>(w.inChannels);
    for (int32_t row = 0; row < w.outHeight; ++row) {
        const Value* at = values + static_cast<size_t>(row * w.strideHeight) * rowElements;
        for (int32_t column = 0; column < w.outWidth; ++column, at += step) {
            computePosition<kRounding>(side, base, at, output);
            output += w.outChannels;
        }
    }
}

Status runDepthwise(const FastCall& fast) {
    const auto& side = *sideAt<DepthwiseSide>(fast.side, 0);
    const Window& w = side.window;
    auto* values = reinterpret_cast<Value*>(fast.workspace);
    const int8_t* input = fast.input<int8_t>(0);
    int8_t* output = fast.output<int8_t>();
    for (int32_t batch = 0; batch < w.batches; ++batch) {
        fillRepeated(side, PaddedImage(w), input, values);
        if (side.rounding == Rounding::Positive)
            computeImage<Rounding::Positive>(side, fast.side, values, output);
        else if (side.rounding == Rounding::Signed)
            computeImage<Rounding::Signed>(side, fast.side, values, output);
        else
            computeImage<Rounding::General>(side, fast.side, values, output);
        input += static_cast<size_t>(w.inHeight) * static_cast<size_t>(w.inWidth) *
                 static_cast<size_t>(w.inChannels / side.repeats);
        output += static_cast<size_t>(w.outHeight) * static_cast<size_t>(w.outWidth) *
                  static_cast<size_t>(w.outChannels);
    }
    return Status::Ok;
}

void packDepthwise(const LayerInt8& layer, const DepthwiseSide& side, SideBlock& block) {
    const Window& w = side.window;
    auto* offsets = block.at<int32_t>(side.tapOffsets);
    const auto rowElements = static_cast<int32_t>(PaddedImage(w).rowElements());
    for (int32_t tap = 0; tap < layer.taps(); ++tap)
        offsets[tap] = tap / w.filterWidth * w.dilationHeight * rowElements +
                       tap % w.filterWidth * w.dilationWidth * w.inChannels;
    auto* weights = block.at<int32_t>(side.weights);
    auto* scales = block.at<ChannelScale>(side.scales);
    for (int32_t c = 0; c < side.vectors * kLaneCount; ++c) {
        const bool real = c < w.outChannels;
        setChannel(scales[c / kLaneCount], static_cast<size_t>(c % kLaneCount),
                   real ? layer.start(c, kValueBias) : 0, real ? layer.factor(c) : Factor{});
        for (int32_t tap = 0; tap < layer.taps(); ++tap) {
            const int32_t weight = real ? layer.weight(c, tap, 0) : 0;
            // Multiplying 16-bit pairs: the upper half of the lane does not count.
            weights[tap * side.vectors * kLaneCount + c] = HWY_ARCH_X86 ? weight & 0xffff : weight;
        }
    }
}

FastPlan prepareDepthwise(const LayerInt8& layer, uint8_t* memory) {
    SideBlock block(memory);
    DepthwiseSide side{};
    side.window = layer.window;
    side.window.inChannels = layer.window.outChannels;
    const PaddedImage image(side.window);
    if (!image.isModest()) return {};
    side.range = layer.range;
    side.zeroPoint = layer.zeroPoint();
    side.repeats = layer.depthMultiplier;
    side.vectors = (side.window.outChannels + kLaneCount - 1) / kLaneCount;
    const auto taps = static_cast<size_t>(layer.taps());
    const auto vectors = static_cast<size_t>(side.vectors);
    block.take<DepthwiseSide>(1);
    side.tapOffsets = block.take<int32_t>(taps);
    side.weights = block.take<int32_t>(taps * vectors * kLanes);
    side.scales = block.take<ChannelScale>(vectors);
    if (block.writing()) {
        side.rounding = layer.rounding();
        *block.at<DepthwiseSide>(0) = side;
        packDepthwise(layer, side, block);
    }
    // Vectors of the last channels reach beyond the image.
    return {runDepthwise, block.bytes(), (image.elements() + kLanes) * sizeof(Value)};
}

#else
FastPlan prepareDepthwise(const LayerInt8&, uint8_t*) {
    return {};
}
#endif  // NETCALIPER_VECTORS

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace runtime
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace runtime {

HWY_EXPORT(prepareDepthwise);

FastPlan prepareDepthwiseInt8(const Call& call, KernelId id, uint8_t* side) {
    LayerInt8 layer;
    if (!describeDepthwise(call, id == KernelId::DepthwiseConvInt4, layer)) return {};
    const FastPlan quads = prepareDepthwiseQuads(layer, side);
    return quads.kernel != nullptr ? quads : HWY_DYNAMIC_DISPATCH(prepareDepthwise)(layer, side);
}

}  // namespace runtime
#endif  // HWY_ONCE
