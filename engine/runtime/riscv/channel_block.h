// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// From sums to codes on a core with 32-bit registers. A rounding high multiply and a rounding shift
// (fixed_point.h) take the 64-bit product apart three times; RiscvScale rounds both at once. Its
// formula is that of runtime::DspChannel (cortex_m/packed_kernels.h): h = round(sum * multiplier /
// 2^31), code = (h + addend - (sum < 0)) >> shift, where the addend holds one half and the output's
// zero point, both scaled by 2^shift.

#include "runtime/fixed_point.h"

namespace runtime {

/// Stops the compiler from adding up the products of several taps first and from loading ahead: it
/// would run out of registers.
[[gnu::always_inline]] inline void keepInRegister(uint32_t& sum) {
    __asm__ volatile("" : "+r"(sum) : : "memory");
}

/// round(a * b / 2^32), halves up.
inline int32_t highMultiply(int32_t a, int32_t b) {
    const int64_t product = int64_t{a} * b;
    return static_cast<int32_t>(product >> 32) +
           static_cast<int32_t>(static_cast<uint32_t>(product) >> 31);
}

class RiscvScale {
public:
    RiscvScale() = default;
    RiscvScale(Factor factor, int32_t outputOffset)
        : m_multiplier(factor.multiplier),
          m_shift(rightShift(factor)),
          m_addend((1 << (m_shift - 1)) + outputOffset * (1 << m_shift)) {}

    /// Doubling the sum moves the product's bits from 31 on into the high word.
    int32_t operator()(int32_t sum) const {
        const int32_t high = highMultiply(wrapShiftLeft(sum, 1), m_multiplier);
        return (high + m_addend + (sum >> 31)) >> m_shift;
    }

    /// True where the formula holds: a factor in [2^-23, 1/2), and every sum below 2^30. A product
    /// of an int8 weight with a code and its zero point is below 2^15.
    static bool applies(Factor factor, int32_t bias, int32_t taps) {
        constexpr int32_t kMostTaps = 28000, kLargestBias = 1 << 27;
        static_assert(int64_t{kMostTaps} * (1 << 15) + kLargestBias <= 1 << 30);
        const int32_t shift = rightShift(factor);
        return shift >= 1 && shift <= 22 && taps <= kMostTaps && bias > -kLargestBias &&
               bias < kLargestBias;
    }

private:
    // A factor of zero gives zero with any shift.
    static int32_t rightShift(Factor factor) { return factor.multiplier == 0 ? 1 : -factor.shift; }

    int32_t m_multiplier = 0, m_shift = 1, m_addend = 0;
};

/// Bias, factor and clamp of kChannels output channels that are computed together.
template <int kChannels>
class RiscvChannels {
public:
    /// `factors`: `factorStep` apart; `bias` may be null. Params: ConvParams or alike.
    template <typename Params>
    RiscvChannels(const Params& p, const int32_t* bias, const Factor* factors, size_t factorStep,
                  int32_t taps)
        : m_factors(factors),
          m_factorStep(factorStep),
          m_outputOffset(p.outputOffset),
          m_lowest(p.lowest),
          m_highest(p.highest) {
        for (int c = 0; c < kChannels; ++c) {
            const Factor factor = factors[static_cast<size_t>(c) * factorStep];
            starts[c] = bias != nullptr ? static_cast<uint32_t>(bias[c]) : 0;
            m_isCommon &= RiscvScale::applies(factor, static_cast<int32_t>(starts[c]), taps);
            if (m_isCommon) m_scales[c] = RiscvScale(factor, p.outputOffset);
        }
    }

    /// False where a factor or bias is out of RiscvScale's range, so that codes cost more.
    bool isCommon() const { return m_isCommon; }
    const RiscvScale& scale(int c) const { return m_scales[c]; }

    [[gnu::always_inline]] void store(const uint32_t (&sums)[kChannels], int8_t* to) const {
        if (m_isCommon) {
#pragma GCC unroll 8
            for (int c = 0; c < kChannels; ++c)
                to[c] = clamped(m_scales[c](static_cast<int32_t>(sums[c])));
        } else {
            storeOthers(sums, to);
        }
    }

    uint32_t starts[kChannels];  ///< the biases

private:
    int8_t clamped(int32_t code) const {
        return static_cast<int8_t>(clamp(code, m_lowest, m_highest));
    }
    [[gnu::noinline]] void storeOthers(const uint32_t (&sums)[kChannels], int8_t* to) const {
        for (int c = 0; c < kChannels; ++c) {
            const Factor factor = m_factors[static_cast<size_t>(c) * m_factorStep];
            const int32_t code = multiplyByFactor(static_cast<int32_t>(sums[c]), factor);
            to[c] = clamped(wrapAdd(code, m_outputOffset));
        }
    }

    RiscvScale m_scales[kChannels];
    const Factor* m_factors;
    size_t m_factorStep;
    int32_t m_outputOffset, m_lowest, m_highest;
    bool m_isCommon = true;
};

}  // namespace runtime
