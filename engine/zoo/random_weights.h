// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// RandomWeights: seeded numbers, equal on every machine. The sequences of standard distributions
// depend on the implementation, and logarithms differ in the last bit between C libraries, so
// normal numbers are made from integers alone: the sum of twelve 16-bit uniforms, scaled to
// variance 1; its tails end at 6 (Irwin-Hall). Source of the generator: Steele, Lea, Flood 2014,
// SplitMix64.

#include <cstdint>

namespace zoo {

class RandomWeights {
public:
    explicit RandomWeights(uint64_t seed) : m_state(seed) {}

    uint64_t next() {
        m_state += 0x9E3779B97F4A7C15u;
        uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }

    /// Mean 0, variance 1, always within [-6, 6].
    double normal() {
        int64_t sum = 0;
        for (int draw = 0; draw < 3; ++draw) {
            const uint64_t bits = next();
            for (int part = 0; part < 4; ++part)
                sum += (bits >> (16 * part)) & 0xFFFF;
        }
        // The mean of twelve uniforms on 0..65535 is 12 * 32767.5.
        return (static_cast<double>(sum) - 393210.0) / 65536.0;
    }

private:
    uint64_t m_state;
};

}  // namespace zoo
