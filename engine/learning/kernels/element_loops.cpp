// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/kernels/element_loops.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "learning/kernels/element_loops.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "learning/kernels/vectors_inl.h"

HWY_BEFORE_NAMESPACE();
namespace learning::HWY_NAMESPACE {
namespace {

V keptWithin(const ClampBackward& task, V value, V gradient) {
    const D d;
    const auto inside =
        hn::And(hn::Gt(value, hn::Set(d, task.lowest)), hn::Lt(value, hn::Set(d, task.highest)));
    return hn::IfThenElseZero(inside, gradient);
}

/// N vectors of channels in a block of rows; the sums stay in registers.
template <int N, bool kWhole>
void clampColumns(const ClampBackward& task, size_t row, size_t end, size_t c) {
    const D d;
    const size_t lanes = kWhole ? kLanes : task.channels - c;
    V sums[N];
#pragma GCC unroll 8
    for (V& sum : sums)
        sum = hn::Zero(d);
    for (size_t i = row * task.channels + c; row < end; ++row, i += task.channels)
#pragma GCC unroll 8
        for (size_t n = 0; n < N; ++n) {
            const float* value = task.value + i + n * kLanes;
            const float* gradient = task.gradient + i + n * kLanes;
            const V kept = keptWithin(task, kWhole ? hn::LoadU(d, value) : loadPart(value, lanes),
                                      kWhole ? hn::LoadU(d, gradient) : loadPart(gradient, lanes));
            sums[n] = hn::Add(sums[n], kept);
            storePart(kept, task.to + i + n * kLanes, lanes);
        }
#pragma GCC unroll 8
    for (size_t n = 0; n < N; ++n) {
        float* to = task.sums + c + n * kLanes;
        storePart(hn::Add(loadPart(to, lanes), sums[n]), to, lanes);
    }
}

void clampRows(const ClampBackward& task, size_t row, size_t end) {
    size_t c = 0;
    for (; c + 8 * kLanes <= task.channels; c += 8 * kLanes)
        clampColumns<8, true>(task, row, end, c);
    for (; c + 2 * kLanes <= task.channels; c += 2 * kLanes)
        clampColumns<2, true>(task, row, end, c);
    for (; c + kLanes <= task.channels; c += kLanes)
        clampColumns<1, true>(task, row, end, c);
    if (c < task.channels) clampColumns<1, false>(task, row, end, c);
}

void clampBackwardVectors(const ClampBackward& task) {
    if (task.sums == nullptr) {
        const size_t count = task.rows * task.channels;
        for (size_t i = 0; i < count; i += kLanes) {
            const size_t lanes = count - i;
            storePart(keptWithin(task, loadPart(task.value + i, lanes),
                                 loadPart(task.gradient + i, lanes)),
                      task.to + i, lanes);
        }
        return;
    }
    // Blocks of rows stay in the first cache while their columns pass.
    constexpr size_t kBlockFloats = 2048;
    const size_t block = std::max<size_t>(kBlockFloats / task.channels, 1);
    for (size_t row = 0; row < task.rows; row += block)
        clampRows(task, row, std::min(row + block, task.rows));
}

void addToVectors(float* HWY_RESTRICT to, const float* HWY_RESTRICT from, size_t count) {
    for (size_t i = 0; i < count; ++i)
        to[i] += from[i];
}

void addClampedVectors(const float* HWY_RESTRICT a, const float* HWY_RESTRICT b, size_t count,
                       float lowest, float highest, float* HWY_RESTRICT to) {
    for (size_t i = 0; i < count; ++i) {
        const float sum = a[i] + b[i];
        const float above = sum > lowest ? sum : lowest;
        to[i] = above < highest ? above : highest;
    }
}

/// Halves away from zero.
V nearest(V x) {
    const V whole = hn::Floor(hn::Add(hn::Abs(x), hn::Set(D(), 0.5f)));
    return hn::CopySignToAbs(whole, x);
}

void roundRow(float* values, size_t count, const Steps& steps) {
    const D d;
    const V factor = hn::Set(d, 1.0f / steps.scale), size = hn::Set(d, steps.scale);
    const V low = hn::Set(d, steps.lowest), high = hn::Set(d, steps.highest);
    for (size_t i = 0; i < count; i += kLanes) {
        const size_t lanes = count - i;
        V code = hn::Mul(loadPart(values + i, lanes), factor);
        if (steps.resolutions != nullptr) {
            const V resolution = loadPart(steps.resolutions + i, lanes);
            // Lanes beyond the row divide by 0 and are not stored.
            code = hn::Div(nearest(hn::Mul(code, resolution)), resolution);
        }
        code = hn::Min(hn::Max(nearest(code), low), high);
        storePart(hn::Mul(code, size), values + i, lanes);
    }
}

void roundToStepsVectors(float* values, size_t count, const Steps& steps) {
    const size_t row = steps.resolutions != nullptr ? steps.channels : count;
    for (size_t i = 0; i < count; i += row)
        roundRow(values + i, row, steps);
}

}  // namespace
}  // namespace learning::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace learning {

HWY_EXPORT(clampBackwardVectors);
HWY_EXPORT(addToVectors);
HWY_EXPORT(addClampedVectors);
HWY_EXPORT(roundToStepsVectors);

void clampBackward(const ClampBackward& task) {
    HWY_DYNAMIC_DISPATCH(clampBackwardVectors)(task);
}

void addTo(float* to, const float* from, size_t count) {
    HWY_DYNAMIC_DISPATCH(addToVectors)(to, from, count);
}

void addClamped(const float* a, const float* b, size_t count, float lowest, float highest,
                float* to) {
    HWY_DYNAMIC_DISPATCH(addClampedVectors)(a, b, count, lowest, highest, to);
}

void roundToSteps(float* values, size_t count, const Steps& steps) {
    HWY_DYNAMIC_DISPATCH(roundToStepsVectors)(values, count, steps);
}

}  // namespace learning
#endif  // HWY_ONCE
