// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/host/linear_sum.h"

#include "runtime/kernels/add.h"

namespace runtime {
namespace {

constexpr int32_t kCodes = 256;
constexpr double kMaxHigh = 1 << 14;  ///< keeps sums of two products of codes far below 2^31
constexpr int32_t kMaxShift = 20;

double realOf(Factor factor) {
    double real = static_cast<double>(factor.multiplier) / 2147483648.0;
    for (int32_t i = 0; i < factor.shift; ++i)
        real *= 2.0;
    for (int32_t i = 0; i > factor.shift; --i)
        real /= 2.0;
    return real;
}

struct Weights {
    int64_t of[2] = {};
    int32_t shift = 0;  ///< right shift of the high parts
};

/// Chooses weights (output codes per input code) with as many bits as fit; false where sums would
/// grow too large.
bool chooseWeights(const BinaryParams& p, int32_t sign, Weights& weights) {
    const double common = realOf(p.outputFactor) * static_cast<double>(int64_t{1} << p.leftShift);
    double steps[2] = {common * realOf(p.factors[0]), common * realOf(p.factors[1])};
    const double larger = steps[0] > steps[1] ? steps[0] : steps[1];
    if (!(larger < kMaxHigh)) return false;
    double unit = 1.0;
    for (; weights.shift < kMaxShift && larger * unit * 2.0 < kMaxHigh; ++weights.shift)
        unit *= 2.0;
    const double scale = unit * (1 << kLowBits);
    weights.of[0] = static_cast<int64_t>(steps[0] * scale + 0.5);
    weights.of[1] = sign * static_cast<int64_t>(steps[1] * scale + 0.5);
    return true;
}

/// The biases that give the plain kernel's code for all pairs of codes.
class BiasRange {
public:
    BiasRange(const BinaryParams& p, int32_t sign, const Weights& weights)
        : m_p(p), m_unit(int64_t{1} << (weights.shift + kLowBits)) {
        int32_t right[kCodes];
        for (int32_t b = 0; b < kCodes; ++b)
            right[b] = sign * rescaled(b + INT8_MIN, p.offsets[1], p.leftShift, p.factors[1]);
        for (int32_t a = INT8_MIN; a <= INT8_MAX; ++a) {
            const int32_t left = rescaled(a, p.offsets[0], p.leftShift, p.factors[0]);
            for (int32_t b = 0; b < kCodes; ++b)
                narrow(left + right[b], a * weights.of[0] + (b + INT8_MIN) * weights.of[1]);
        }
    }

    bool isEmpty() const { return m_least > m_most; }
    int64_t middle() const { return m_least + (m_most - m_least) / 2; }

private:
    void narrow(int32_t sum, int64_t linear) {
        const int32_t code = multiplyByFactor(sum, m_p.outputFactor) + m_p.outputOffset;
        if (code > m_p.lowest) {
            const int64_t from = (code < m_p.highest ? code : m_p.highest) * m_unit - linear;
            m_least = from > m_least ? from : m_least;
        }
        if (code < m_p.highest) {
            const int64_t end = ((code > m_p.lowest ? code : m_p.lowest) + 1) * m_unit - linear;
            m_most = end - 1 < m_most ? end - 1 : m_most;
        }
    }

    const BinaryParams& m_p;
    const int64_t m_unit;
    int64_t m_least = -(int64_t{1} << 44), m_most = int64_t{1} << 44;
};

}  // namespace

bool findLinearSum(const BinaryParams& p, int32_t sign, LinearSum& sum) {
    Weights weights;
    if (!chooseWeights(p, sign, weights)) return false;
    const BiasRange biases(p, sign, weights);
    if (biases.isEmpty()) return false;
    constexpr int64_t kLowMask = (1 << kLowBits) - 1;
    for (int o = 0; o < 2; ++o) {
        sum.high[o] = static_cast<int16_t>(weights.of[o] >> kLowBits);
        sum.low[o] = static_cast<int16_t>(weights.of[o] & kLowMask);
    }
    sum.highBias = static_cast<int32_t>(biases.middle() >> kLowBits);
    sum.lowBias = static_cast<int32_t>(biases.middle() & kLowMask);
    sum.shift = weights.shift;
    return true;
}

}  // namespace runtime
