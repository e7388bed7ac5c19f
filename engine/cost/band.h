// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The 90 % band of a fitted prediction. Near the measured layers it is what cross-validation
// found, times sqrt(1 + leverage). Far from them the fit itself may be wrong, which no residual
// shows: the band grows by kFarError, more than what whole kernel families were off when left out.

#include <algorithm>
#include <cmath>

namespace cost {

inline constexpr double kFarError = 0.15;
/// A shape counts as far from this multiple of the mean leverage on, fully so at twice that.
inline constexpr double kFarMultiple = 4;

/// 0 near the measured layers, 1 far from them. Mean leverage of the layers of a fit is terms over
/// layers.
inline double farShare(double leverage, double terms, double layers) {
    return std::clamp(leverage * layers / (kFarMultiple * terms) - 1, 0.0, 1.0);
}

/// A row that was taken over (no layers) has a band of judgement, which the other board's leverages
/// say nothing about.
inline double relativeBand(double nearBand, double leverage, double terms, double layers) {
    if (!(layers > 0)) return nearBand;
    return nearBand * std::sqrt(1 + leverage) + farShare(leverage, terms, layers) * kFarError;
}

/// The other way round: the `nearBand` that would just hold an error.
inline double nearBandFor(double error, double leverage, double terms, double layers) {
    return std::max(0.0, error - farShare(leverage, terms, layers) * kFarError) /
           std::sqrt(1 + leverage);
}

}  // namespace cost
