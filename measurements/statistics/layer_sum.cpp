// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/layer_sum.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace statistics {
namespace {

using namespace types;

using Parts = std::vector<const Measurement*>;

/// Samples of the signed sum, inference by inference; empty where sample counts differ.
std::vector<double> addSamples(const Parts& parts, const std::vector<double>& signs) {
    std::vector<double> sum(parts.front()->samples.size());
    std::vector<double> sizes(sum.size());
    for (size_t p = 0; p < parts.size(); ++p) {
        if (parts[p]->samples.size() != sum.size()) return {};
        for (size_t i = 0; i < sum.size(); ++i) {
            sum[i] += signs[p] * parts[p]->samples[i];
            sizes[i] += std::abs(parts[p]->samples[i]);
        }
    }
    // Rounding errors of equal numbers do not count as a difference.
    constexpr double kDust = 1e-12;
    for (size_t i = 0; i < sum.size(); ++i)
        if (std::abs(sum[i]) < kDust * sizes[i]) sum[i] = 0;
    return sum;
}

MedianEstimate addMedians(const Parts& parts, const std::vector<double>& signs) {
    MedianEstimate sum;
    sum.samples = std::numeric_limits<size_t>::max();
    sum.standardError = 0;
    sum.freedom = std::numeric_limits<double>::infinity();
    for (size_t p = 0; p < parts.size(); ++p) {
        const MedianEstimate part = estimateMedian(parts[p]->samples);
        sum.median += signs[p] * part.median;
        sum.samples = std::min(sum.samples, part.samples);
        sum.freedom = std::min(sum.freedom, part.freedom);
        if (!part.standardError || !sum.standardError)
            sum.standardError.reset();
        else
            *sum.standardError += *part.standardError;
    }
    return sum;
}

std::optional<MedianEstimate> add(const Parts& parts, const std::vector<double>& signs) {
    if (parts.empty()) return std::nullopt;
    const auto samples = addSamples(parts, signs);
    return samples.empty() ? addMedians(parts, signs) : estimateMedian(samples);
}

}  // namespace

SessionTotals totalsOf(const Session& session, Quantity quantity) {
    Parts layers;
    const Measurement* whole = nullptr;
    for (const Measurement& m : session.measurements) {
        if (m.quantity != quantity) continue;
        if (m.layer) layers.push_back(&m);
        if (m.key == kWhole && !whole) whole = &m;
    }
    SessionTotals totals;
    totals.sumOfLayers = add(layers, std::vector<double>(layers.size(), 1));
    if (!whole) return totals;
    totals.whole = estimateMedian(whole->samples);
    if (layers.empty()) return totals;
    std::vector<double> signs(layers.size(), -1);
    layers.push_back(whole);
    signs.push_back(1);
    totals.outside = add(layers, signs);
    return totals;
}

}  // namespace statistics
