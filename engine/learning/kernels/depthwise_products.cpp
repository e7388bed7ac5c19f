// SPDX-License-Identifier: GPL-3.0-or-later
// A vector of channels at a time: tiles of neighbouring outputs share a weight, tiles of
// neighbouring taps share a gradient.
#include "learning/kernels/depthwise_products.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "learning/kernels/depthwise_products.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "learning/kernels/vectors_inl.h"

HWY_BEFORE_NAMESPACE();
namespace learning::HWY_NAMESPACE {
namespace {

size_t places(int32_t count, int32_t channels) {
    return static_cast<size_t>(count) * static_cast<size_t>(channels);
}

/// Floats from a window's origin to a tap.
size_t tapOffset(const DepthwiseShape& s, int32_t y, int32_t x) {
    return places(y * s.dilationHeight * s.paddedWidth + x * s.dilationWidth, s.channels);
}

/// Floats between neighbours.
struct Strides {
    size_t pixel, column, row;  ///< outputs; inputs of neighbouring outputs; of neighbouring rows
    size_t tapColumn, tapRow;   ///< inputs of neighbouring taps

    explicit Strides(const DepthwiseShape& s)
        : pixel(places(1, s.channels)),
          column(places(s.strideWidth, s.channels)),
          row(places(s.strideHeight * s.paddedWidth, s.channels)),
          tapColumn(tapOffset(s, 0, 1)),
          tapRow(tapOffset(s, 1, 0)) {}
};

/// A vector of channels, or the last few.
template <bool kWhole>
struct Lanes {
    explicit HWY_INLINE Lanes(size_t count) : mask(hn::FirstN(D(), count)) {}

    HWY_INLINE V load(const float* from) const {
        return kWhole ? hn::LoadU(D(), from) : hn::MaskedLoad(mask, D(), from);
    }
    HWY_INLINE void store(V v, float* to) const {
        if (kWhole)
            hn::StoreU(v, D(), to);
        else
            hn::BlendedStore(v, mask, D(), to);
    }

    hn::Mask<D> mask;
};

/// Tiles of up to 4 columns and 4 rows: their sums, a weight and an input fit into 16 registers,
/// and there are enough sums that none waits for itself.
constexpr int32_t kTileColumns = 4;
constexpr int32_t tileRows(int32_t columns) {
    return columns == 4 ? 3 : 4;
}

/// The pointers of tile and task at one vector of channels.
struct OutputTask {
    const float *input, *weights, *bias;
    float* output;
    size_t lanes;
};

template <int R, int T, bool kWhole>
void outputTile(const DepthwiseShape& s, const DepthwiseForward& task, const Strides& strides,
                const OutputTask& at) {
    const D d;
    const Lanes<kWhole> lanes(at.lanes);
    V sums[R * T];
#pragma GCC unroll 16
    for (V& sum : sums)
        sum = hn::Zero(d);
    const float* weights = at.weights;
    for (int32_t y = 0; y < s.height; ++y) {
        const float* from[R];
#pragma GCC unroll 4
        for (int r = 0; r < R; ++r)
            from[r] = at.input + static_cast<size_t>(y) * strides.tapRow +
                      static_cast<size_t>(r) * strides.row;
        for (int32_t x = 0; x < s.width; ++x, weights += strides.pixel) {
            const V w = lanes.load(weights);
#pragma GCC unroll 4
            for (int r = 0; r < R; ++r) {
#pragma GCC unroll 4
                for (int t = 0; t < T; ++t)
                    sums[r * T + t] =
                        hn::MulAdd(w, lanes.load(from[r] + static_cast<size_t>(t) * strides.column),
                                   sums[r * T + t]);
                from[r] += strides.tapColumn;
            }
        }
    }
    const V lowest = hn::Set(d, task.lowest), highest = hn::Set(d, task.highest);
    const V start = at.bias != nullptr ? lanes.load(at.bias) : hn::Zero(d);
    const size_t outRow = places(s.outWidth, s.channels);
#pragma GCC unroll 4
    for (int r = 0; r < R; ++r)
#pragma GCC unroll 4
        for (int t = 0; t < T; ++t) {
            float* to = at.output + static_cast<size_t>(r) * outRow +
                        static_cast<size_t>(t) * strides.pixel;
            const V sum = sums[r * T + t];
            lanes.store(task.add ? hn::Add(lanes.load(to), sum)
                                 : hn::Min(highest, hn::Max(lowest, hn::Add(sum, start))),
                        to);
        }
}

using OutputTile = void (*)(const DepthwiseShape&, const DepthwiseForward&, const Strides&,
                            const OutputTask&);

template <bool kWhole>
OutputTile outputTileOf(int32_t rows, int32_t columns) {
    static constexpr OutputTile kTiles[4][4] = {
        {outputTile<1, 1, kWhole>, outputTile<1, 2, kWhole>, outputTile<1, 3, kWhole>,
         outputTile<1, 4, kWhole>},
        {outputTile<2, 1, kWhole>, outputTile<2, 2, kWhole>, outputTile<2, 3, kWhole>,
         outputTile<2, 4, kWhole>},
        {outputTile<3, 1, kWhole>, outputTile<3, 2, kWhole>, outputTile<3, 3, kWhole>,
         outputTile<3, 4, kWhole>},
        {outputTile<4, 1, kWhole>, outputTile<4, 2, kWhole>, outputTile<4, 3, kWhole>, nullptr}};
    return kTiles[rows - 1][columns - 1];
}

/// A tile of all channels.
void outputTiles(const DepthwiseShape& s, const DepthwiseForward& task, const Strides& strides,
                 OutputTask at, int32_t rows, int32_t columns) {
    for (; at.lanes > 0; at.lanes -= std::min(at.lanes, kLanes)) {
        const bool whole = at.lanes >= kLanes;
        (whole ? outputTileOf<true> : outputTileOf<false>)(rows, columns)(s, task, strides, at);
        at.input += kLanes, at.weights += kLanes, at.output += kLanes;
        if (at.bias != nullptr) at.bias += kLanes;
    }
}

void depthwiseVectors(const DepthwiseShape& s, const DepthwiseForward& task) {
    const Strides strides(s);
    const size_t outRow = places(s.outWidth, s.channels);
    // Tiles of nearly equal width: a single column would wait for its few sums.
    const int32_t tiles = (s.outWidth + kTileColumns - 1) / kTileColumns;
    const int32_t most = tileRows((s.outWidth + tiles - 1) / tiles);
    for (int32_t y = 0; y < s.outHeight; y += most) {
        const float* input = task.input + static_cast<size_t>(y) * strides.row;
        float* output = task.output + static_cast<size_t>(y) * outRow;
        for (int32_t tile = 0; tile < tiles; ++tile) {
            const int32_t columns = s.outWidth / tiles + (tile < s.outWidth % tiles ? 1 : 0);
            outputTiles(s, task, strides, {input, task.weights, task.bias, output, strides.pixel},
                        std::min(most, s.outHeight - y), columns);
            input += static_cast<size_t>(columns) * strides.column;
            output += static_cast<size_t>(columns) * strides.pixel;
        }
    }
}

/// Adds to the weights of H x W taps, the first of them at `input` and `weights`.
template <int H, int W, bool kWhole>
void weightTile(const DepthwiseShape& s, const Strides& strides, const float* input,
                const float* gradient, float* weights, size_t count) {
    const Lanes<kWhole> lanes(count);
    V sums[H * W];
#pragma GCC unroll 16
    for (V& sum : sums)
        sum = hn::Zero(D());
    for (int32_t y = 0; y < s.outHeight; ++y) {
        const float* from[H];
#pragma GCC unroll 3
        for (int h = 0; h < H; ++h)
            from[h] = input + static_cast<size_t>(y) * strides.row +
                      static_cast<size_t>(h) * strides.tapRow;
        for (int32_t x = 0; x < s.outWidth; ++x, gradient += strides.pixel) {
            const V g = lanes.load(gradient);
#pragma GCC unroll 3
            for (int h = 0; h < H; ++h) {
#pragma GCC unroll 3
                for (int w = 0; w < W; ++w)
                    sums[h * W + w] = hn::MulAdd(
                        g, lanes.load(from[h] + static_cast<size_t>(w) * strides.tapColumn),
                        sums[h * W + w]);
                from[h] += strides.column;
            }
        }
    }
#pragma GCC unroll 3
    for (int h = 0; h < H; ++h)
#pragma GCC unroll 3
        for (int w = 0; w < W; ++w) {
            float* to = weights + static_cast<size_t>(h * s.width + w) * strides.pixel;
            lanes.store(hn::Add(lanes.load(to), sums[h * W + w]), to);
        }
}

using WeightTile = void (*)(const DepthwiseShape&, const Strides&, const float*, const float*,
                            float*, size_t);

template <bool kWhole>
WeightTile weightTileOf(int32_t height, int32_t width) {
    static constexpr WeightTile kTiles[3][3] = {
        {weightTile<1, 1, kWhole>, weightTile<1, 2, kWhole>, weightTile<1, 3, kWhole>},
        {weightTile<2, 1, kWhole>, weightTile<2, 2, kWhole>, weightTile<2, 3, kWhole>},
        {weightTile<3, 1, kWhole>, weightTile<3, 2, kWhole>, weightTile<3, 3, kWhole>}};
    return kTiles[height - 1][width - 1];
}

void depthwiseWeightsVectors(const DepthwiseShape& s, const float* input, const float* gradient,
                             float* weights) {
    constexpr int32_t kTaps = 3;
    const Strides strides(s);
    for (int32_t h = 0; h < s.height; h += kTaps)
        for (int32_t w = 0; w < s.width; w += kTaps) {
            const int32_t height = std::min(kTaps, s.height - h);
            const int32_t width = std::min(kTaps, s.width - w);
            const float* from = input + tapOffset(s, h, w);
            float* to = weights + places(h * s.width + w, s.channels);
            for (size_t c = 0; c < strides.pixel; c += kLanes) {
                const size_t lanes = strides.pixel - c;
                (lanes >= kLanes ? weightTileOf<true> : weightTileOf<false>)(height, width)(
                    s, strides, from + c, gradient + c, to + c, lanes);
            }
        }
}

template <bool kWhole>
void spreadRow(const DepthwiseShape& s, const float* gradient, const float* weights, float* input,
               size_t count) {
    const Strides strides(s);
    const Lanes<kWhole> lanes(count);
    for (int32_t y = 0; y < s.height; ++y)
        for (int32_t x = 0; x < s.width; ++x, weights += strides.pixel) {
            const V w = lanes.load(weights);
            const float* outer = gradient;
            float* to = input + tapOffset(s, y, x);
            for (int32_t i = 0; i < s.outWidth; ++i, outer += strides.pixel, to += strides.column)
                lanes.store(hn::MulAdd(lanes.load(outer), w, lanes.load(to)), to);
        }
}

void depthwiseSpreadVectors(const DepthwiseShape& s, const float* gradient, const float* weights,
                            float* input) {
    for (int32_t y = 0; y < s.outHeight; ++y, gradient += places(s.outWidth, s.channels)) {
        float* to = input + places(y * s.strideHeight * s.paddedWidth, s.channels);
        for (int32_t c = 0; c < s.channels; c += static_cast<int32_t>(kLanes)) {
            const auto lanes = static_cast<size_t>(s.channels - c);
            (lanes >= kLanes ? spreadRow<true> : spreadRow<false>)(s, gradient + c, weights + c,
                                                                   to + c, lanes);
        }
    }
}

}  // namespace
}  // namespace learning::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace learning {

HWY_EXPORT(depthwiseVectors);
HWY_EXPORT(depthwiseWeightsVectors);
HWY_EXPORT(depthwiseSpreadVectors);

void depthwise(const DepthwiseShape& shape, const DepthwiseForward& task) {
    HWY_DYNAMIC_DISPATCH(depthwiseVectors)(shape, task);
}

void depthwiseWeights(const DepthwiseShape& shape, const float* input, const float* gradient,
                      float* weights) {
    HWY_DYNAMIC_DISPATCH(depthwiseWeightsVectors)(shape, input, gradient, weights);
}

void depthwiseSpread(const DepthwiseShape& shape, const float* gradient, const float* weights,
                     float* input) {
    HWY_DYNAMIC_DISPATCH(depthwiseSpreadVectors)(shape, gradient, weights, input);
}

}  // namespace learning
#endif  // HWY_ONCE
