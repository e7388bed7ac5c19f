// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The rate of learning over a training.

#include <algorithm>
#include <cmath>

namespace learning {

/// Share of the greatest rate at `progress` 0 to 1 of the training: a rise over the first 2 %, then
/// a half cosine to 0 (Loshchilov, Hutter 2017).
inline double rateAt(double progress) {
    constexpr double kRise = 0.02;
    progress = std::clamp(progress, 0.0, 1.0);
    if (progress < kRise) return (progress + kRise / 10) / (kRise * 1.1);
    return 0.5 * (1 + std::cos(3.14159265358979 * (progress - kRise) / (1 - kRise)));
}

}  // namespace learning
