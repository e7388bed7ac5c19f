// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Floats to test a function with: every kind of special value, random bit patterns and values of
// the usual range; and the comparison with an exact result.

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace test {

/// Zeros, infinities, NaN, ends of the normal and denormal floats, and the neighbours of points
/// where implementations branch.
inline std::vector<float> specialFloats() {
    using Limits = std::numeric_limits<float>;
    std::vector<float> values = {0.0f, Limits::infinity(), Limits::quiet_NaN()};
    const auto withNeighbours = [&](float x) {
        for (const float value : {std::nextafter(x, 0.0f), x, std::nextafter(x, INFINITY)})
            values.push_back(value);
    };
    for (const float x : {Limits::denorm_min(),
                          1e-40f,
                          Limits::min(),
                          1e-30f,
                          Limits::epsilon(),
                          1e-4f,
                          0.0625f,
                          0.25f,
                          0.3465736f,
                          0.5f,
                          0.625f,
                          0.70710678f,
                          0.78539816f,
                          1.0f,
                          1.5f,
                          2.5f,
                          3.0f,
                          6.0f,
                          9.0f,
                          9.1f,
                          16.619047f,
                          17.5f,
                          87.336544f,
                          88.722839f,
                          103.27893f,
                          103.97208f,
                          104.0f,
                          8192.0f,
                          1e5f,
                          8388608.0f,
                          16777216.0f,
                          2147483648.0f,
                          1e9f,
                          9.2233720e18f,
                          1e30f,
                          Limits::max()})
        withNeighbours(x);
    // The nearest floats to multiples of pi/2, and the one of all floats that is nearest to such.
    for (int i = 1; i < 64; ++i)
        withNeighbours(static_cast<float>(i * 1.57079632679489662));
    withNeighbours(16367173.0f * std::exp2(72.0f));
    const size_t positive = values.size();
    for (size_t i = 0; i < positive; ++i)
        values.push_back(-values[i]);
    return values;
}

/// Deterministic: half random bit patterns, half values between -120 and 120 with more near zero.
class RandomFloats {
public:
    explicit RandomFloats(uint64_t seed) : m_state(seed) {}

    float operator()() {
        const uint64_t bits = next();
        if ((bits & 1) != 0) return std::bit_cast<float>(static_cast<uint32_t>(bits >> 32));
        const double unit = static_cast<double>(static_cast<int64_t>(bits)) * 0x1p-63;
        return static_cast<float>(120.0 * unit * unit * unit);
    }

private:
    uint64_t next() {
        uint64_t z = m_state += 0x9e3779b97f4a7c15u;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
        z = (z ^ z >> 27) * 0x94d049bb133111ebu;
        return z ^ z >> 31;
    }

    uint64_t m_state;
};

/// The distance of `got` from `exact` in units of the last place of the float nearest to it.
/// Infinity counts as 2^128. Returns infinity where only one is a NaN or a zero has the wrong sign.
inline double unitsApart(float got, double exact) {
    constexpr float kLargest = std::numeric_limits<float>::max();
    constexpr double kEnd = 0x1p128;
    const auto rounded = static_cast<float>(exact);
    if (std::isnan(got) || std::isnan(rounded))
        return std::isnan(got) && std::isnan(rounded) ? 0.0 : HUGE_VAL;
    if (got == 0.0f && rounded == 0.0f && std::signbit(got) != std::signbit(rounded))
        return HUGE_VAL;
    const float size = std::clamp(std::abs(rounded), std::numeric_limits<float>::min(), kLargest);
    const double unit = size == kLargest ? 0x1p104 : double{std::nextafter(size, kLargest)} - size;
    const auto reached = [&](double x) { return std::clamp(x, -kEnd, kEnd); };
    return std::abs(reached(got) - reached(exact)) / unit;
}

}  // namespace test
