// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/holm.h"

#include <algorithm>
#include <numeric>

namespace statistics {

std::vector<double> holmAdjusted(const std::vector<double>& pValues) {
    const size_t count = pValues.size();
    std::vector<size_t> order(count);
    std::iota(order.begin(), order.end(), size_t{0});
    std::sort(order.begin(), order.end(),
              [&](size_t a, size_t b) { return pValues[a] < pValues[b]; });
    std::vector<double> adjusted(count);
    double largest = 0;
    for (size_t rank = 0; rank < count; ++rank) {
        const double factor = static_cast<double>(count - rank);
        largest = std::max(largest, std::min(1.0, factor * pValues[order[rank]]));
        adjusted[order[rank]] = largest;
    }
    return adjusted;
}

}  // namespace statistics
