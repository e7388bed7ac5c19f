// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SeededNumbers: random numbers that are equal on every machine, which std's distributions are not.
// Source: Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators" (splitmix64).

#include <cstdint>

namespace search {

class SeededNumbers {
public:
    explicit SeededNumbers(uint64_t seed) : m_state(seed) {}

    uint64_t bits() {
        uint64_t z = m_state += 0x9e3779b97f4a7c15u;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
        z = (z ^ z >> 27) * 0x94d049bb133111ebu;
        return z ^ z >> 31;
    }
    /// In [0, 1).
    double unit() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
    /// In [0, count), which is positive.
    int32_t below(int64_t count) {
        return static_cast<int32_t>(unit() * static_cast<double>(count));
    }

private:
    uint64_t m_state;
};

}  // namespace search
