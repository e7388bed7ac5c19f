// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/kernels/element_loops.h"

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

/// One vector of channels in all rows; the sum stays in a register.
template <bool kWhole>
void clampColumn(const ClampBackward& task, size_t c) {
    const D d;
    const size_t lanes = kWhole ? kLanes : task.channels - c;
    V sum = hn::Zero(d);
    for (size_t i = c, row = 0; row < task.rows; ++row, i += task.channels) {
        const V value = kWhole ? hn::LoadU(d, task.value + i) : loadPart(task.value + i, lanes);
        const V gradient =
            kWhole ? hn::LoadU(d, task.gradient + i) : loadPart(task.gradient + i, lanes);
        const V kept = keptWithin(task, value, gradient);
        sum = hn::Add(sum, kept);
        storePart(kept, task.to + i, lanes);
    }
    storePart(hn::Add(loadPart(task.sums + c, lanes), sum), task.sums + c, lanes);
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
    for (size_t c = 0; c < task.channels; c += kLanes)
        c + kLanes <= task.channels ? clampColumn<true>(task, c) : clampColumn<false>(task, c);
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
