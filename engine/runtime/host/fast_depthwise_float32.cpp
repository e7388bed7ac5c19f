// SPDX-License-Identifier: GPL-3.0-or-later
// DEPTHWISE_CONV_2D on floats. A lane is a channel; a vector of them keeps its weights in registers
// while it moves along a row of outputs.
//
// Whole vectors of channels read the input in place: rows outside of the image are rows of zeros,
// and columns whose windows reach outside leave taps out. Otherwise rows are copied into a ring of
// padded rows. Few channels are then laid out flat, several columns in one vector, which needs
// neighbouring outputs to read neighbouring inputs: a horizontal stride of 1.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_depthwise_float32.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/host/fast_kernel_list.h"
#include "runtime/host/floats_inl.h"
#include "runtime/host/layer_float32.h"
#include "runtime/host/side_block.h"

HWY_BEFORE_NAMESPACE();
namespace runtime {
namespace HWY_NAMESPACE {
namespace {

#if NETCALIPER_VECTORS

constexpr int32_t kLaneCount = static_cast<int32_t>(kFloatLanes);
constexpr int32_t kMostTaps = 1024;

struct FloatDepthwiseSide {
    Window window;  ///< with as many input channels as output channels
    int32_t repeats;
    float lowest, highest;
    bool inPlace, flat;
    int32_t innerBegin, innerEnd;  ///< output columns whose windows lie inside the rows
    int32_t vectors;             ///< of weights
    int32_t lanes, steps;        ///< of a row: lanes a vector strides over, and how often
    size_t inputStep;            ///< values between the inputs of two steps
    size_t weights, bias, zeros;  ///< parts of the side block: weights[vector][tap][lane]

    int32_t span() const { return (window.filterHeight - 1) * window.dilationHeight + 1; }
    int32_t taps() const { return window.filterHeight * window.filterWidth; }
};

struct VectorTask {
    const float* const* taps;  ///< first value of the row under each tap
    const float* weights;
    const float* bias;
    float* output;
    size_t count;  ///< lanes to store
};

HWY_INLINE VF finished(const FloatDepthwiseSide& side, VF sum, const float* bias) {
    const DF d;
    sum = hn::Add(sum, hn::Load(d, bias));
    return hn::Min(hn::Max(sum, hn::Set(d, side.lowest)), hn::Set(d, side.highest));
}

/// An output column whose window reaches beyond the row; sums column by column.
void computeEdge(const FloatDepthwiseSide& side, const VectorTask& task, int32_t column) {
    const Window& w = side.window;
    const DF d;
    const size_t at = static_cast<size_t>(column) * side.inputStep;
    VF sum = hn::Zero(d);
    int32_t from = column * w.strideWidth - w.padLeft;
    for (int32_t x = 0; x < w.filterWidth; ++x, from += w.dilationWidth) {
        if (from < 0 || from >= w.inWidth) continue;
        for (int32_t t = x; t < side.taps(); t += w.filterWidth)
            sum = hn::MulAdd(hn::LoadU(d, task.taps[t] + at),
                             hn::Load(d, task.weights + t * kLaneCount), sum);
    }
    hn::StoreU(finished(side, sum, task.bias), d,
               task.output + static_cast<size_t>(column) * static_cast<size_t>(side.lanes));
}

/// kTaps: the number of taps where it is known, 0 otherwise.
template <int kTaps>
void computeVector(const FloatDepthwiseSide& side, const VectorTask& task) {
    const DF d;
    const int32_t taps = kTaps > 0 ? kTaps : side.taps();
    VF weights[kTaps > 0 ? kTaps : 1];
    if constexpr (kTaps > 0) {
#pragma GCC unroll 16
        for (int t = 0; t < kTaps; ++t) weights[t] = hn::Load(d, task.weights + t * kLaneCount);
    }
    for (int32_t column = 0; column < side.innerBegin; ++column) computeEdge(side, task, column);
    for (int32_t column = side.innerEnd; column < side.steps; ++column)
        computeEdge(side, task, column);
    const size_t rowLanes =
        static_cast<size_t>(side.window.outWidth) * static_cast<size_t>(side.window.outChannels);
    for (int32_t step = side.innerBegin; step < side.innerEnd; ++step) {
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
    const float* taps[kMostTaps];
    VectorTask task{taps, sideAt<float>(base, side.weights), sideAt<float>(base, side.bias), output,
                    kFloatLanes};
    const int32_t before = side.inPlace ? w.padLeft : 0;
    for (int32_t vector = 0; vector < side.vectors; ++vector) {
        const int32_t first = vector * kLaneCount;
        const float** tap = taps;
        for (int32_t y = 0; y < w.filterHeight; ++y)
            for (int32_t x = 0; x < w.filterWidth; ++x)
                *tap++ = rows[y] + first + (x * w.dilationWidth - before) * w.inChannels;
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

/// Rows under the windows of one row of outputs after the other.
class RowSource {
public:
    RowSource(const FloatDepthwiseSide& side, const FastCall& fast, const float* input)
        : m_side(side),
          m_image(side.window),
          m_input(input),
          m_zeros(sideAt<float>(fast.side, side.zeros)),
          m_ring(reinterpret_cast<float*>(fast.workspace)) {}

    void fill(int32_t outputRow, const float** rows) {
        const Window& w = m_side.window;
        const int32_t top = outputRow * w.strideHeight;
        if (!m_side.inPlace) extendRing(top);
        for (int32_t tap = 0; tap < w.filterHeight; ++tap) {
            const int32_t row = top + tap * w.dilationHeight;
            rows[tap] = m_side.inPlace ? inputRow(row - w.padTop) : slot(row);
        }
    }

private:
    const float* inputRow(int32_t row) const {
        const Window& w = m_side.window;
        if (row < 0 || row >= w.inHeight) return m_zeros;
        return m_input + static_cast<size_t>(row) * static_cast<size_t>(w.inWidth) *
                             static_cast<size_t>(w.inChannels);
    }
    void extendRing(int32_t top) {
        m_filled = m_filled < top ? top : m_filled;
        for (; m_filled < top + m_side.span(); ++m_filled)
            fillFloatRow(m_side.window, m_image, m_input, m_filled - m_side.window.padTop,
                         m_side.repeats, slot(m_filled));
    }
    float* slot(int32_t row) const {
        return m_ring + static_cast<size_t>(row % m_side.span()) * m_image.rowElements();
    }

    const FloatDepthwiseSide& m_side;
    const PaddedImage m_image;
    const float *m_input, *m_zeros;
    float* m_ring;
    int32_t m_filled = 0;  ///< rows of the padded image
};

Status runDepthwise(const FastCall& fast) {
    const auto& side = *sideAt<FloatDepthwiseSide>(fast.side, 0);
    const Window& w = side.window;
    const float* input = fast.call.input<float>(0);
    float* output = fast.call.output<float>();
    const float* rows[kMostTaps];
    for (int32_t batch = 0; batch < w.batches; ++batch) {
        RowSource source(side, fast, input);
        for (int32_t row = 0; row < w.outHeight; ++row) {
            source.fill(row, rows);
            computeRow(side, fast.side, rows, output);
            output += static_cast<size_t>(w.outWidth) * static_cast<size_t>(w.outChannels);
        }
        input += static_cast<size_t>(w.inHeight) * static_cast<size_t>(w.inWidth) *
                 static_cast<size_t>(w.inChannels / side.repeats);
    }
    return Status::Ok;
}

void setInner(FloatDepthwiseSide& side) {
    const Window& w = side.window;
    const int32_t reach = (w.filterWidth - 1) * w.dilationWidth;
    const auto isInside = [&](int32_t column) {
        const int32_t from = column * w.strideWidth - w.padLeft;
        return from >= 0 && from + reach < w.inWidth;
    };
    while (side.innerBegin < w.outWidth && !isInside(side.innerBegin)) ++side.innerBegin;
    side.innerEnd = side.innerBegin;
    while (side.innerEnd < w.outWidth && isInside(side.innerEnd)) ++side.innerEnd;
}

FloatDepthwiseSide layOut(const LayerFloat32& layer) {
    FloatDepthwiseSide side{};
    side.window = layer.window;
    side.window.inChannels = layer.window.outChannels;
    side.repeats = layer.depthMultiplier;
    side.lowest = layer.lowest;
    side.highest = layer.highest;
    const int32_t channels = side.window.outChannels;
    side.flat = channels < kLaneCount && kLaneCount % channels == 0 && layer.window.strideWidth == 1;
    side.vectors = side.flat ? 1 : (channels + kLaneCount - 1) / kLaneCount;
    side.lanes = side.flat ? kLaneCount : channels;
    const int32_t rowLanes = side.window.outWidth * channels;
    side.steps = side.flat ? (rowLanes + kLaneCount - 1) / kLaneCount : side.window.outWidth;
    side.inputStep = static_cast<size_t>(side.lanes) * static_cast<size_t>(layer.window.strideWidth);
    side.inPlace = channels % kLaneCount == 0 && side.repeats == 1;
    side.innerEnd = side.steps;
    if (side.inPlace) setInner(side);
    return side;
}

void pack(const LayerFloat32& layer, const FloatDepthwiseSide& side, const SideBlock& block) {
    *block.at<FloatDepthwiseSide>(0) = side;
    if (side.inPlace)
        __builtin_memset(block.at<float>(side.zeros), 0,
                         static_cast<size_t>(side.window.inWidth) *
                             static_cast<size_t>(side.window.inChannels) * sizeof(float));
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

FastPlan prepareFloatDepthwise(const LayerFloat32& layer, uint8_t* memory) {
    FloatDepthwiseSide side = layOut(layer);
    const PaddedImage image(side.window);
    if (side.taps() > kMostTaps || !image.isModest()) return {};
    SideBlock block(memory);
    const auto vectors = static_cast<size_t>(side.vectors);
    block.take<FloatDepthwiseSide>(1);
    side.weights = block.take<float>(vectors * static_cast<size_t>(side.taps()) * kFloatLanes);
    side.bias = block.take<float>(vectors * kFloatLanes);
    const Window& w = layer.window;
    const size_t row = static_cast<size_t>(w.inWidth) * static_cast<size_t>(w.inChannels);
    side.zeros = block.take<float>(side.inPlace ? row : 0);
    if (block.writing()) pack(layer, side, block);
    if (side.inPlace) return {runDepthwise, block.bytes(), 0};
    // The last vector may reach beyond the row.
    const size_t ring = static_cast<size_t>(side.span()) * image.rowElements() + kFloatLanes;
    return {runDepthwise, block.bytes(), ring * sizeof(float)};
}

#else
FastPlan prepareFloatDepthwise(const LayerFloat32&, uint8_t*) { return {}; }
#endif  // NETCALIPER_VECTORS

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace runtime
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace runtime {

HWY_EXPORT(prepareFloatDepthwise);

FastPlan prepareDepthwiseFloat32(const Call& call, KernelId, uint8_t* side) {
    LayerFloat32 layer;
    if (!describeDepthwise(call, layer)) return {};
    return HWY_DYNAMIC_DISPATCH(prepareFloatDepthwise)(layer, side);
}

}  // namespace runtime
#endif  // HWY_ONCE
