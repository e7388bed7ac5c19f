// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The 90 % band of a fitted prediction. Near the measured layers it is the error found by
// cross-validation, times sqrt(1 + leverage). Far from them the fit itself may be wrong, which
// residuals do not show: the band grows by kFarError, more than the error of whole kernel families
// that were left out of a fit. A layer is far that runs loops in another mix than the measured
// ones, or is much larger than all of them.

#include <algorithm>
#include <cmath>

namespace cost {

inline constexpr double kFarError = 0.15;
/// A shape is far once its leverage exceeds this multiple of the mean, fully so at twice that.
inline constexpr double kFarMultiple = 4;
/// Layers over this multiple of the largest measured one are far, fully so at four times that.
inline constexpr double kFarSize = 2;

/// 0 near the measured layers, 1 far from them. The mean leverage of a fit's layers is terms /
/// layers.
inline double farShare(double leverage, double terms, double layers) {
    return std::clamp(leverage * layers / (kFarMultiple * terms) - 1, 0.0, 1.0);
}

/// The same by size; `largest`: cycles of the largest measured layer, 0: unknown.
inline double farBySize(double cycles, double largest) {
    if (!(largest > 0) || !(cycles > 0)) return 0;
    return std::clamp(std::log2(cycles / (kFarSize * largest)) / 2, 0.0, 1.0);
}

inline double relativeBand(double nearBand, double leverage, double far) {
    return nearBand * std::sqrt(1 + leverage) + far * kFarError;
}

/// Inverse: the `nearBand` that would just contain an error.
inline double nearBandFor(double error, double leverage, double far) {
    return std::max(0.0, error - far * kFarError) / std::sqrt(1 + leverage);
}

}  // namespace cost
