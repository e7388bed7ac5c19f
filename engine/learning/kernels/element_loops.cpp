// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/kernels/element_loops.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "learning/kernels/element_loops.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace learning::HWY_NAMESPACE {
namespace {

void clampBackwardVectors(const ClampBackward& task) {
    const float* value = task.value;
    const float* gradient = task.gradient;
    float* to = task.to;
    const float lowest = task.lowest, highest = task.highest;
    const size_t channels = task.channels;
    for (size_t row = 0; row < task.rows;
         ++row, value += channels, gradient += channels, to += channels) {
        // Copies in registers keep the loop free of writes that could change what it reads.
        if (task.sums == nullptr) {
            for (size_t c = 0; c < channels; ++c)
                to[c] = value[c] > lowest && value[c] < highest ? gradient[c] : 0.0f;
            continue;
        }
        float* HWY_RESTRICT sums = task.sums;
#pragma GCC ivdep
        for (size_t c = 0; c < channels; ++c) {
            const float kept = value[c] > lowest && value[c] < highest ? gradient[c] : 0.0f;
            to[c] = kept;
            sums[c] += kept;
        }
    }
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

}  // namespace
}  // namespace learning::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace learning {

HWY_EXPORT(clampBackwardVectors);
HWY_EXPORT(addToVectors);
HWY_EXPORT(addClampedVectors);

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

}  // namespace learning
#endif  // HWY_ONCE
