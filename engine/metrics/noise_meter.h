// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// NoiseMeter: signal to quantization-noise ratio, SQNR = 10 log10(sum of squares of the original's
// values / sum of squared differences), and statistics of the differences, over any number of
// values.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>

namespace metrics {

class NoiseMeter {
public:
    /// Compares values element by element; surplus elements of the longer span are ignored.
    void add(std::span<const float> original, std::span<const float> varied) {
        const size_t count = std::min(original.size(), varied.size());
        for (size_t i = 0; i < count; ++i) {
            const double difference = double{varied[i]} - original[i];
            m_signal += double{original[i]} * original[i];
            m_noise += difference * difference;
            m_absolute += std::abs(difference);
            m_greatest = std::max(m_greatest, std::abs(difference));
        }
        m_values += count;
    }

    void add(const NoiseMeter& other) {
        m_signal += other.m_signal;
        m_noise += other.m_noise;
        m_absolute += other.m_absolute;
        m_greatest = std::max(m_greatest, other.m_greatest);
        m_values += other.m_values;
    }

    /// Empty where nothing differs or the original is all zeros.
    std::optional<double> decibels() const {
        if (m_signal <= 0 || m_noise <= 0) return std::nullopt;
        return 10.0 * std::log10(m_signal / m_noise);
    }
    bool differs() const { return m_noise > 0; }
    bool empty() const { return m_values == 0; }
    double meanDifference() const {
        return m_values ? m_absolute / static_cast<double>(m_values) : 0.0;
    }
    double greatestDifference() const { return m_greatest; }

private:
    double m_signal = 0, m_noise = 0, m_absolute = 0, m_greatest = 0;
    size_t m_values = 0;
};

}  // namespace metrics
