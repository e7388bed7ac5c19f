// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Loops over rows of least squares, with the vectors of this machine's instruction set. Each
// function has a plain twin of the same name in `plain`.
//
// Thread rules: functions of their arguments. Sums run in an order that depends on the sizes only.

#include <cstddef>
#include <cstdint>

namespace transform {

/// predicted[i][c] becomes wanted[i][c] - predicted[i][c], or 0 where both lie at or beyond the
/// same bound; each channel's sum is added to `sums`.
struct ClampedResidual {
    const float* wanted = nullptr;
    float low = 0, high = 0;
    float* predicted = nullptr;
    size_t rows = 0, channels = 0;
    float* sums = nullptr;
};
void clampedResidual(const ClampedResidual& task);

/// values[i] = (codes[i] - zero) * scale.
void realValues(const int8_t* codes, size_t count, float zero, float scale, float* values);

namespace plain {
void clampedResidual(const ClampedResidual& task);
void realValues(const int8_t* codes, size_t count, float zero, float scale, float* values);
}  // namespace plain

}  // namespace transform
