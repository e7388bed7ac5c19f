// SPDX-License-Identifier: GPL-3.0-or-later
#include "calibration/range_methods.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace calibration {
namespace {

/// Prefix sums over the bins: counts, and counts times powers of the bin centre.
class Moments {
public:
    explicit Moments(const Histogram& histogram) : m_histogram(histogram) {
        for (size_t bin = 0; bin < Histogram::kBins; ++bin) {
            const auto count = static_cast<double>(histogram.counts()[bin]);
            const double x = histogram.middle(bin);
            const Sums last = m_before.back();
            m_before.push_back(
                {last.count + count, last.sum + count * x, last.square + count * x * x});
        }
    }

    /// Sum of squared errors when all values are rounded to `codes` codes between low and high.
    double error(double low, double high, double codes) const {
        const size_t first = binOf(low), last = binOf(high);
        const double step = (high - low) / (codes - 1);
        const double inside = m_before[last].count - m_before[first].count;
        return inside * step * step / 12 + distance({}, m_before[first], low) +
               distance(m_before[last], m_before.back(), high);
    }

private:
    struct Sums {
        double count = 0, sum = 0, square = 0;
    };

    size_t binOf(double value) const {
        const double bin = std::round((value - m_histogram.low()) / m_histogram.width());
        return static_cast<size_t>(std::clamp(bin, 0.0, double{Histogram::kBins}));
    }
    /// Sum of (x - to)^2 over the bins between two prefixes.
    static double distance(const Sums& from, const Sums& until, double to) {
        return until.square - from.square - 2 * to * (until.sum - from.sum) +
               to * to * (until.count - from.count);
    }

    const Histogram& m_histogram;
    std::vector<Sums> m_before{Sums{}};
};

/// Histogram of magnitudes, with bins from 0 to the greatest one.
std::vector<double> magnitudes(const Histogram& histogram, double greatest) {
    std::vector<double> counts(Histogram::kBins, 0);
    for (size_t bin = 0; bin < Histogram::kBins; ++bin) {
        const double at = std::fabs(histogram.middle(bin)) / greatest * Histogram::kBins;
        counts[static_cast<size_t>(std::min(at, Histogram::kBins - 1.0))] +=
            static_cast<double>(histogram.counts()[bin]);
    }
    // Zeros are exact under any scale, and after a rectifier they would dominate the histogram.
    counts[0] = counts[1];
    return counts;
}

/// Quantizes the first `kept` bins to `levels` levels and back: spreads each level's count evenly
/// over its bins that are not empty.
std::vector<double> inLevels(const std::vector<double>& counts, size_t kept, size_t levels) {
    std::vector<double> spread(kept, 0);
    for (size_t level = 0; level < levels; ++level) {
        const size_t first = level * kept / levels, last = (level + 1) * kept / levels;
        double sum = 0, filled = 0;
        for (size_t i = first; i < last; ++i) {
            sum += counts[i];
            filled += counts[i] > 0 ? 1 : 0;
        }
        for (size_t i = first; i < last; ++i)
            if (counts[i] > 0) spread[i] = sum / filled;
    }
    return spread;
}

/// Kullback-Leibler divergence of the clipped distribution p from q; neither is normalized.
double divergence(const std::vector<double>& p, const std::vector<double>& q) {
    const double sumP = std::accumulate(p.begin(), p.end(), 0.0);
    const double sumQ = std::accumulate(q.begin(), q.end(), 0.0);
    // A level that is empty in q would make the divergence infinite.
    constexpr double kLeast = 1e-12;
    double total = 0;
    for (size_t i = 0; i < p.size(); ++i)
        if (p[i] > 0) total += p[i] / sumP * std::log(p[i] / sumP / std::max(q[i] / sumQ, kLeast));
    return total;
}

}  // namespace

Range minMaxRange(const Observed& seen) {
    return {seen.low, seen.high};
}

Range percentileRange(const Observed& seen, double percentile) {
    if (seen.histogram.empty()) return minMaxRange(seen);
    const auto& counts = seen.histogram.counts();
    const auto total = std::accumulate(counts.begin(), counts.end(), int64_t{0});
    const double clipped = (1 - percentile / 100) * static_cast<double>(total);
    size_t first = 0, last = counts.size();
    double below = 0, above = 0;
    while (first + 1 < last && (below += static_cast<double>(counts[first])) <= clipped)
        ++first;
    while (last > first + 1 && (above += static_cast<double>(counts[last - 1])) <= clipped)
        --last;
    const double width = seen.histogram.width(), low = seen.histogram.low();
    return {low + width * static_cast<double>(first), low + width * static_cast<double>(last)};
}

Range meanSquaredErrorRange(const Observed& seen, double codes) {
    if (seen.histogram.empty()) return minMaxRange(seen);
    constexpr int kSteps = 100;
    const Moments moments(seen.histogram);
    // Codes must include 0.
    const double low = std::min(double{seen.low}, 0.0), high = std::max(double{seen.high}, 0.0);
    Range best{low, high};
    double least = moments.error(low, high, codes);
    for (int i = 1; i <= (low < 0 ? kSteps : 1); ++i)
        for (int j = 1; j <= (high > 0 ? kSteps : 1); ++j) {
            const Range range{low * i / kSteps, high * j / kSteps};
            const double error = moments.error(range.low, range.high, codes);
            if (error < least) least = error, best = range;
        }
    return best;
}

Range entropyRange(const Observed& seen) {
    if (seen.histogram.empty()) return minMaxRange(seen);
    // A range of one sign uses all 256 codes for that side.
    const size_t levels = seen.low >= 0 || seen.high <= 0 ? 256 : 128;
    const double greatest = std::max(std::fabs(double{seen.low}), std::fabs(double{seen.high}));
    const std::vector<double> counts = magnitudes(seen.histogram, greatest);
    double least = std::numeric_limits<double>::infinity();
    size_t best = counts.size();
    double outside =
        std::accumulate(counts.begin() + static_cast<ptrdiff_t>(levels), counts.end(), 0.0);
    for (size_t kept = levels; kept <= counts.size(); ++kept) {
        std::vector<double> clipped(counts.begin(), counts.begin() + static_cast<ptrdiff_t>(kept));
        clipped.back() += outside;
        if (kept < counts.size()) outside -= counts[kept];
        const double far = divergence(clipped, inLevels(counts, kept, levels));
        if (far < least) least = far, best = kept;
    }
    const double threshold = greatest * static_cast<double>(best) / Histogram::kBins;
    return {std::max(double{seen.low}, -threshold), std::min(double{seen.high}, threshold)};
}

Range rangeOf(const Observed& seen, const types::QuantizeKnobs& knobs, bool sixteenBits) {
    switch (knobs.ranges) {
        case types::RangeMethod::MinMax:
            break;
        case types::RangeMethod::Percentile:
            return percentileRange(seen, knobs.percentile);
        case types::RangeMethod::MeanSquaredError:
            if (!sixteenBits) return meanSquaredErrorRange(seen, 256);
            break;
        case types::RangeMethod::Entropy:
            if (!sixteenBits) return entropyRange(seen);
            break;
    }
    return minMaxRange(seen);
}

}  // namespace calibration
