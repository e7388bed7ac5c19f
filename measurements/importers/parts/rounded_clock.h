// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Rounds a clock computed from rounded cycles and times of a log to four digits.

#include <cmath>

namespace importers {

inline double roundedClock(double megahertz) {
    if (!(megahertz > 0) || !std::isfinite(megahertz)) return 0;
    const double unit = std::pow(10.0, std::floor(std::log10(megahertz)) - 3);
    const double rounded = std::round(megahertz / unit) * unit;
    return std::isfinite(rounded) ? rounded : 0;
}

}  // namespace importers
