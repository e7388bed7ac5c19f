// SPDX-License-Identifier: GPL-3.0-or-later
#include "calibration/histogram.h"

#include <algorithm>

namespace calibration {

void Histogram::add(std::span<const float> values) {
    for (float value : values) {
        const double bin = (double{value} - m_low) / m_width;
        // The comparison sends NaN to the first bin.
        const auto index = bin > 0 ? static_cast<size_t>(std::min(bin, kBins - 1.0)) : 0;
        ++m_counts[index];
    }
}

void Histogram::add(const Histogram& other) {
    std::ranges::transform(m_counts, other.m_counts, m_counts.begin(), std::plus());
}

}  // namespace calibration
