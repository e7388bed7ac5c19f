// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Random: numbers drawn from a seed and a place (epoch, sample), so that a training that is resumed
// anywhere draws the same. Splitmix64.

#include <cmath>
#include <cstdint>
#include <initializer_list>

namespace learning {

class Random {
public:
    explicit Random(std::initializer_list<uint64_t> place) {
        for (uint64_t part : place)
            m_state = mixed(m_state ^ part);
    }

    uint64_t next() { return mixed(m_state); }
    /// In [0, 1).
    float unit() { return static_cast<float>(next() >> 40) * 0x1p-24f; }
    /// In [low, high].
    float between(float low, float high) { return low + (high - low) * unit(); }
    /// In [-most, most], whole.
    int32_t shift(int32_t most) {
        return static_cast<int32_t>(next() % static_cast<uint64_t>(2 * most + 1)) - most;
    }
    uint64_t below(uint64_t count) { return next() % count; }
    /// Normally distributed, mean 0, standard deviation 1 (Box-Muller).
    float normal() {
        const float radius = std::sqrt(-2 * std::log(1 - unit()));
        return radius * std::cos(6.2831853f * unit());
    }

private:
    uint64_t mixed(uint64_t& state) const {
        uint64_t z = state += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    uint64_t mixed(uint64_t&& value) const { return mixed(value); }

    uint64_t m_state = 0;
};

}  // namespace learning
