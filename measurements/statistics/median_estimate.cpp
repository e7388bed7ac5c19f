// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/median_estimate.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

#include "statistics/median.h"

namespace statistics {
namespace {

constexpr size_t kResamples = 300;
constexpr uint64_t kSeed = 20210501;

size_t blockCount(size_t samples) {
    const auto length = static_cast<size_t>(std::sqrt(static_cast<double>(samples)));
    return samples / std::max<size_t>(1, length);
}

/// Computes medians of resamples without making them: samples are sorted once, and a resample is
/// the number of times each block was drawn. Its median is where half of these counts lie below.
class BlockBootstrap {
public:
    explicit BlockBootstrap(std::span<const double> samples)
        : m_blocks(blockCount(samples.size())), m_sizes(m_blocks), m_drawn(m_blocks) {
        std::vector<size_t> order(samples.size());
        std::iota(order.begin(), order.end(), size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](size_t a, size_t b) { return samples[a] < samples[b]; });
        for (const size_t i : order) {
            const auto block = static_cast<uint32_t>(i * m_blocks / samples.size());
            ++m_sizes[block];
            m_sorted.push_back({samples[i], block});
        }
    }

    size_t blocks() const { return m_blocks; }

    double drawMedian() {
        std::fill(m_drawn.begin(), m_drawn.end(), 0);
        size_t total = 0;
        for (size_t i = 0; i < m_blocks; ++i) {
            const auto block = static_cast<size_t>(m_random() % m_blocks);
            ++m_drawn[block];
            total += m_sizes[block];
        }
        return medianOfDrawn(total);
    }

private:
    struct Sample {
        double value;
        uint32_t block;
    };

    double medianOfDrawn(size_t total) const {
        const size_t lower = (total - 1) / 2, upper = total / 2;
        size_t below = 0;
        double first = std::numeric_limits<double>::quiet_NaN();
        for (const Sample& sample : m_sorted) {
            below += m_drawn[sample.block];
            if (below > lower && std::isnan(first)) first = sample.value;
            if (below > upper) return std::midpoint(first, sample.value);
        }
        return first;
    }

    size_t m_blocks;
    std::vector<Sample> m_sorted;
    std::vector<size_t> m_sizes, m_drawn;
    std::mt19937_64 m_random{kSeed};
};

/// Smallest step between different samples: the timer's resolution. 0 where all are equal.
double resolutionOf(std::span<const double> samples) {
    std::vector<double> sorted(samples.begin(), samples.end());
    std::sort(sorted.begin(), sorted.end());
    double smallest = 0;
    for (size_t i = 1; i < sorted.size(); ++i) {
        const double step = sorted[i] - sorted[i - 1];
        if (step > 0 && (smallest == 0 || step < smallest)) smallest = step;
    }
    return smallest;
}

/// Half of the width that contains the middle 68.27 %, which corresponds to one standard deviation
/// on each side of a normal distribution.
double halfWidth(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const auto at = [&](double share) {
        return values[static_cast<size_t>(share * static_cast<double>(values.size() - 1))];
    };
    return (at(0.8413447) - at(0.1586553)) / 2;
}

}  // namespace

MedianEstimate estimateMedian(std::span<const double> samples) {
    MedianEstimate estimate;
    estimate.samples = samples.size();
    estimate.median = median({samples.begin(), samples.end()});
    if (samples.size() < 2) return estimate;
    BlockBootstrap bootstrap(samples);
    std::vector<double> medians(kResamples);
    for (double& drawn : medians)
        drawn = bootstrap.drawMedian();
    const auto blocks = static_cast<double>(bootstrap.blocks());
    estimate.freedom = 1 / (1 / (blocks - 1) + 1 / std::sqrt(static_cast<double>(samples.size())));
    const double spread = halfWidth(std::move(medians)) * std::sqrt(blocks / (blocks - 1));
    // A value read in steps has a uniform error of one step, whose variance is step^2 / 12.
    estimate.standardError = std::hypot(spread, resolutionOf(samples) / std::sqrt(12.0));
    return estimate;
}

}  // namespace statistics
