// SPDX-License-Identifier: GPL-3.0-or-later
// The plain twins: definitions of the products and loops, one element at a time.
#include <algorithm>
#include <cmath>

#include "learning/kernels/depthwise_products.h"
#include "learning/kernels/element_loops.h"
#include "learning/kernels/products.h"

namespace learning::plain {
namespace {

float elementAt(const Rows& rows, int32_t row, int32_t element) {
    return rows
        .base[rows.rows[row] + rows.runs[element / rows.runLength] + element % rows.runLength];
}

/// Calls visit(element of the padded input, tap, output) for every product of one channel.
template <typename Visit>
void forEachTap(const DepthwiseShape& s, int32_t channel, Visit visit) {
    for (int32_t y = 0; y < s.outHeight; ++y)
        for (int32_t x = 0; x < s.outWidth; ++x)
            for (int32_t tap = 0; tap < s.height * s.width; ++tap) {
                const int32_t row = y * s.strideHeight + tap / s.width * s.dilationHeight;
                const int32_t column = x * s.strideWidth + tap % s.width * s.dilationWidth;
                visit((row * s.paddedWidth + column) * s.channels + channel,
                      tap * s.channels + channel, (y * s.outWidth + x) * s.channels + channel);
            }
}

}  // namespace

void rowProduct(const RowProduct& p) {
    const int32_t width = panelWidth();
    for (int32_t m = 0; m < p.a.count; ++m)
        for (int32_t n = 0; n < p.columns; ++n) {
            const float* b = p.b + n / width * width * p.a.length() + n % width;
            float sum = 0;
            for (int32_t k = 0; k < p.a.length(); ++k)
                sum += elementAt(p.a, m, k) * b[k * width];
            float& c = p.c[m * p.cStep + n];
            const float biased = sum + (p.bias != nullptr ? p.bias[n] : 0.0f);
            c = p.add ? c + sum : std::min(p.highest, std::max(p.lowest, biased));
        }
}

void outerProduct(const OuterProduct& p) {
    for (int32_t i = 0; i < p.count; ++i)
        for (int32_t j = 0; j < p.b.length(); ++j)
            for (int32_t row = 0; row < p.b.count; ++row)
                p.c[i * p.cStep + j] += p.a[row * p.aStep + i] * elementAt(p.b, row, j);
}

void depthwise(const DepthwiseShape& s, const DepthwiseForward& task) {
    const int32_t count = s.outHeight * s.outWidth * s.channels;
    if (!task.add)
        for (int32_t i = 0; i < count; ++i)
            task.output[i] = task.bias != nullptr ? task.bias[i % s.channels] : 0.0f;
    for (int32_t c = 0; c < s.channels; ++c)
        forEachTap(s, c, [&](int32_t in, int32_t tap, int32_t out) {
            task.output[out] += task.input[in] * task.weights[tap];
        });
    if (!task.add)
        for (int32_t i = 0; i < count; ++i)
            task.output[i] = std::min(task.highest, std::max(task.lowest, task.output[i]));
}

void depthwiseWeights(const DepthwiseShape& s, const float* input, const float* gradient,
                      float* weights) {
    for (int32_t c = 0; c < s.channels; ++c)
        forEachTap(s, c, [&](int32_t in, int32_t tap, int32_t out) {
            weights[tap] += input[in] * gradient[out];
        });
}

void depthwiseSpread(const DepthwiseShape& s, const float* gradient, const float* weights,
                     float* input) {
    for (int32_t c = 0; c < s.channels; ++c)
        forEachTap(s, c, [&](int32_t in, int32_t tap, int32_t out) {
            input[in] += weights[tap] * gradient[out];
        });
}

void clampBackward(const ClampBackward& task) {
    for (size_t i = 0; i < task.rows * task.channels; ++i) {
        const bool inside = task.value[i] > task.lowest && task.value[i] < task.highest;
        task.to[i] = inside ? task.gradient[i] : 0.0f;
        if (task.sums != nullptr) task.sums[i % task.channels] += task.to[i];
    }
}

void addTo(float* to, const float* from, size_t count) {
    for (size_t i = 0; i < count; ++i)
        to[i] += from[i];
}

void addClamped(const float* a, const float* b, size_t count, float lowest, float highest,
                float* to) {
    for (size_t i = 0; i < count; ++i)
        to[i] = std::min(highest, std::max(lowest, a[i] + b[i]));
}

void roundToSteps(float* values, size_t count, const Steps& steps) {
    for (size_t i = 0; i < count; ++i) {
        float code = values[i] * (1.0f / steps.scale);
        if (steps.resolutions != nullptr) {
            const float resolution = steps.resolutions[i % steps.channels];
            code = std::round(code * resolution) / resolution;
        }
        values[i] = std::clamp(std::round(code), steps.lowest, steps.highest) * steps.scale;
    }
}

}  // namespace learning::plain
