// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/sample_summary.h"

#include <algorithm>
#include <cmath>

namespace views {
namespace {

double quantile(const std::vector<double>& sorted, double share) {
    const double position = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<size_t>(std::floor(position));
    const size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (position - std::floor(position)) * (sorted[above] - sorted[below]);
}

}  // namespace

std::optional<SampleSummary> summarize(std::vector<double> samples) {
    if (samples.empty()) return std::nullopt;
    std::sort(samples.begin(), samples.end());
    return SampleSummary{samples.size(),         samples.front(),         quantile(samples, 0.25),
                         quantile(samples, 0.5), quantile(samples, 0.75), samples.back()};
}

}  // namespace views
