// SPDX-License-Identifier: GPL-3.0-or-later
// A vector of channels at a time: tiles of neighbouring outputs share a weight, tiles of taps share
// a gradient.
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

/// Floats from a window's origin to a tap, and from an output's origin to its right neighbour's.
size_t tapOffset(const DepthwiseShape& s, int32_t y, int32_t x) {
    return places(y * s.dilationHeight * s.paddedWidth + x * s.dilationWidth, s.channels);
}

/// T outputs of one row from `input`, the first window's origin.
template <int T, bool kWhole>
HWY_INLINE void outputTile(const DepthwiseShape& s, const DepthwiseForward& task,
                           const float* input, const float* weights, const float* bias,
                           float* output, size_t lanes) {
    const D d;
    const size_t step = places(s.strideWidth, s.channels), pixel = places(1, s.channels);
    const auto load = [&](const float* from) {
        return kWhole ? hn::LoadU(d, from) : loadPart(from, lanes);
    };
    V sums[T];
#pragma GCC unroll 8
    for (V& sum : sums)
        sum = hn::Zero(d);
    for (int32_t y = 0; y < s.height; ++y)
        for (int32_t x = 0; x < s.width; ++x, weights += pixel) {
            const V w = load(weights);
            const float* from = input + tapOffset(s, y, x);
#pragma GCC unroll 8
            for (int t = 0; t < T; ++t)
                sums[t] = hn::MulAdd(w, load(from + static_cast<size_t>(t) * step), sums[t]);
        }
    const V lowest = hn::Set(d, task.lowest), highest = hn::Set(d, task.highest);
    const V start = bias != nullptr ? load(bias) : hn::Zero(d);
#pragma GCC unroll 8
    for (int t = 0; t < T; ++t) {
        float* to = output + static_cast<size_t>(t) * pixel;
        const V sum = task.add ? hn::Add(load(to), sums[t])
                               : hn::Min(highest, hn::Max(lowest, hn::Add(sums[t], start)));
        storePart(sum, to, kWhole ? kLanes : lanes);
    }
}

template <bool kWhole>
void outputRow(const DepthwiseShape& s, const DepthwiseForward& task, const float* input,
               float* output, int32_t c) {
    const size_t lanes = static_cast<size_t>(s.channels - c);
    const float* bias = task.bias != nullptr ? task.bias + c : nullptr;
    const float* weights = task.weights + c;
    const size_t step = places(s.strideWidth, s.channels), pixel = places(1, s.channels);
    int32_t x = 0;
    const auto run = [&]<int T>() {
        for (; x + T <= s.outWidth; x += T)
            outputTile<T, kWhole>(s, task, input + static_cast<size_t>(x) * step + c, weights, bias,
                                  output + static_cast<size_t>(x) * pixel + c, lanes);
    };
    run.template operator()<8>();
    run.template operator()<4>();
    run.template operator()<2>();
    run.template operator()<1>();
}

void depthwiseVectors(const DepthwiseShape& s, const DepthwiseForward& task) {
    const size_t inRow = places(s.strideHeight * s.paddedWidth, s.channels);
    const size_t outRow = places(s.outWidth, s.channels);
    for (int32_t y = 0; y < s.outHeight; ++y) {
        const float* input = task.input + static_cast<size_t>(y) * inRow;
        float* output = task.output + static_cast<size_t>(y) * outRow;
        for (int32_t c = 0; c < s.channels; c += static_cast<int32_t>(kLanes))
            if (c + static_cast<int32_t>(kLanes) <= s.channels)
                outputRow<true>(s, task, input, output, c);
            else
                outputRow<false>(s, task, input, output, c);
    }
}

/// Adds to the weights of T taps, at `offsets` from each window's origin.
template <int T, bool kWhole>
void weightTile(const DepthwiseShape& s, const float* input, const float* gradient,
                const size_t* offsets, float* weights, size_t lanes) {
    const size_t pixel = places(1, s.channels), step = places(s.strideWidth, s.channels);
    const size_t inRow = places(s.strideHeight * s.paddedWidth, s.channels);
    const auto load = [&](const float* from) {
        return kWhole ? hn::LoadU(D(), from) : loadPart(from, lanes);
    };
    V sums[T];
#pragma GCC unroll 16
    for (V& sum : sums)
        sum = hn::Zero(D());
    for (int32_t y = 0; y < s.outHeight; ++y) {
        const float* from = input + static_cast<size_t>(y) * inRow;
        for (int32_t x = 0; x < s.outWidth; ++x, from += step, gradient += pixel) {
            const V g = load(gradient);
#pragma GCC unroll 16
            for (int t = 0; t < T; ++t)
                sums[t] = hn::MulAdd(g, load(from + offsets[t]), sums[t]);
        }
    }
#pragma GCC unroll 16
    for (int t = 0; t < T; ++t) {
        float* to = weights + static_cast<size_t>(t) * pixel;
        storePart(hn::Add(loadPart(to, lanes), sums[t]), to, lanes);
    }
}

template <int T>
void weightTiles(const DepthwiseShape& s, const float* input, const float* gradient,
                 const size_t* offsets, float* weights) {
    for (int32_t c = 0; c < s.channels; c += static_cast<int32_t>(kLanes)) {
        const auto lanes = static_cast<size_t>(s.channels - c);
        (lanes >= kLanes ? weightTile<T, true> : weightTile<T, false>)(s, input + c, gradient + c,
                                                                       offsets, weights + c, lanes);
    }
}

void depthwiseWeightsVectors(const DepthwiseShape& s, const float* input, const float* gradient,
                             float* weights) {
    constexpr int32_t kMost = 9;
    const int32_t taps = s.height * s.width;
    for (int32_t tap = 0; tap < taps;) {
        size_t offsets[kMost];
        const int32_t left = std::min(kMost, taps - tap);
        for (int32_t t = 0; t < left; ++t)
            offsets[t] = tapOffset(s, (tap + t) / s.width, (tap + t) % s.width);
        float* to = weights + places(tap, s.channels);
        const int32_t done = left == kMost ? kMost : left >= 5 ? 5 : left >= 3 ? 3 : 1;
        (done == 9   ? weightTiles<9>
         : done == 5 ? weightTiles<5>
         : done == 3 ? weightTiles<3>
                     : weightTiles<1>)(s, input, gradient, offsets, to);
        tap += done;
    }
}

template <bool kWhole>
void spreadRow(const DepthwiseShape& s, const float* gradient, const float* weights, float* input,
               size_t lanes) {
    const size_t pixel = places(1, s.channels), step = places(s.strideWidth, s.channels);
    const auto load = [&](const float* from) {
        return kWhole ? hn::LoadU(D(), from) : loadPart(from, lanes);
    };
    for (int32_t y = 0; y < s.height; ++y)
        for (int32_t x = 0; x < s.width; ++x, weights += pixel) {
            const V w = load(weights);
            const float* outer = gradient;
            float* to = input + tapOffset(s, y, x);
            for (int32_t i = 0; i < s.outWidth; ++i, outer += pixel, to += step)
                storePart(hn::MulAdd(load(outer), w, load(to)), to, kWhole ? kLanes : lanes);
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
