// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/median.h"

#include <algorithm>
#include <numeric>

namespace statistics {

double median(std::vector<double> samples) {
    if (samples.empty()) return 0;
    std::sort(samples.begin(), samples.end());
    const size_t middle = samples.size() / 2;
    return samples.size() % 2 ? samples[middle]
                              : std::midpoint(samples[middle - 1], samples[middle]);
}

}  // namespace statistics
