// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Histogram: counts of a tensor's values in bins of equal width between the least and the greatest
// value seen.

#include <cstdint>
#include <span>
#include <vector>

namespace calibration {

class Histogram {
public:
    /// TensorRT's number of bins (range_methods.h).
    static constexpr size_t kBins = 2048;

    Histogram() = default;
    /// Requires low < high.
    Histogram(float low, float high)
        : m_low(low), m_width((double{high} - low) / kBins), m_counts(kBins, 0) {}

    void add(std::span<const float> values);
    void add(const Histogram& other);

    bool empty() const { return m_counts.empty(); }
    double low() const { return m_low; }
    double width() const { return m_width; }
    double high() const { return m_low + m_width * kBins; }
    const std::vector<int64_t>& counts() const { return m_counts; }
    /// Centre of a bin.
    double middle(size_t bin) const { return m_low + m_width * (static_cast<double>(bin) + 0.5); }

private:
    double m_low = 0, m_width = 0;
    std::vector<int64_t> m_counts;
};

}  // namespace calibration
