// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Loops over elements, with the vectors of each instruction set. Each function has a plain twin of
// the same name in `plain`.

#include <cstddef>

namespace learning {

/// The gradient before a clamp: to[i] = lowest < value[i] < highest ? gradient[i] : 0, for rows of
/// `channels`; adds each channel's sum to `sums` unless null. `to` may be `gradient`.
struct ClampBackward {
    const float *value = nullptr, *gradient = nullptr;
    float* to = nullptr;
    size_t rows = 0, channels = 0;
    float lowest = 0, highest = 0;
    float* sums = nullptr;
};
void clampBackward(const ClampBackward& task);

/// to[i] += from[i].
void addTo(float* to, const float* from, size_t count);
/// to[i] = clamp(a[i] + b[i]).
void addClamped(const float* a, const float* b, size_t count, float lowest, float highest,
                float* to);

/// Codes of activations without their zero point.
struct Steps {
    float scale = 1, lowest = 0, highest = 0;
    /// Integer layers rescale their sums in two roundings: the first leaves multiples of 1 /
    /// resolution codes, by channel along the last axis. Null: one rounding.
    const float* resolutions = nullptr;
    size_t channels = 1;
};
/// values[i] = clamp(round(values[i] / scale)) * scale; halves away from zero.
void roundToSteps(float* values, size_t count, const Steps& steps);

namespace plain {
void clampBackward(const ClampBackward& task);
void addTo(float* to, const float* from, size_t count);
void addClamped(const float* a, const float* b, size_t count, float lowest, float highest,
                float* to);
void roundToSteps(float* values, size_t count, const Steps& steps);
}  // namespace plain

}  // namespace learning
