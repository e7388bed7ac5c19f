// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Median of figures: costs are summarised by it because one outlier moves it little.

#include <algorithm>
#include <vector>

namespace cost {

/// Returns `ifNone` for an empty list.
inline double medianOf(std::vector<double> values, double ifNone = 0) {
    if (values.empty()) return ifNone;
    std::sort(values.begin(), values.end());
    const size_t middle = values.size() / 2;
    return values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace cost
