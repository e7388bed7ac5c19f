// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The 90 % band of a fitted prediction. Near the measured layers it is the error found by
// cross-validation, times sqrt(1 + leverage). Far from them the fit itself may be wrong, which
// residuals do not show: the band grows by kFarError, more than the error of whole kernel families
// that were left out of a fit.

#include <algorithm>
#include <cmath>

namespace cost {

inline constexpr double kFarError = 0.15;
/// A shape is far once its leverage exceeds this multiple of the mean, fully so at twice that.
inline constexpr double kFarMultiple = 4;

/// 0 near the measured layers, 1 far from them. The mean leverage of a fit's layers is terms /
/// layers.
inline double farShare(double leverage, double terms, double layers) {
    return std::clamp(leverage * layers / (kFarMultiple * terms) - 1, 0.0, 1.0);
}

/// A row taken over from another board (no layers) has an estimated band: leverages on that board
/// do not apply here.
inline double relativeBand(double nearBand, double leverage, double terms, double layers) {
    if (!(layers > 0)) return nearBand;
    return nearBand * std::sqrt(1 + leverage) + farShare(leverage, terms, layers) * kFarError;
}

/// Inverse: the `nearBand` that would just contain an error.
inline double nearBandFor(double error, double leverage, double terms, double layers) {
    return std::max(0.0, error - farShare(leverage, terms, layers) * kFarError) /
           std::sqrt(1 + leverage);
}

}  // namespace cost
