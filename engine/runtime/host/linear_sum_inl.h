// SPDX-License-Identifier: GPL-3.0-or-later
// LinearSum in vectors: the codes of both operands are interleaved as 16-bit pairs, which one
// instruction multiplies and adds; packing to 16 bits reverses the interleaving.

#if defined(NETCALIPER_LINEAR_SUM_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NETCALIPER_LINEAR_SUM_INL_H
#undef NETCALIPER_LINEAR_SUM_INL_H
#else
#define NETCALIPER_LINEAR_SUM_INL_H
#endif

#include "runtime/host/code_rows_inl.h"
#include "runtime/host/layer_int8.h"
#include "runtime/host/linear_sum.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

using D16 = hn::Repartition<int16_t, D32>;
using V16 = hn::Vec<D16>;

/// A LinearSum whose parameters stay in registers along a row.
class LinearRow {
public:
    static constexpr int32_t kStep = 2 * kLaneCount;

    LinearRow(const LinearSum& sum, const OutputCodes& range)
        : m_high(pairOf(sum.high)),
          m_low(pairOf(sum.low)),
          m_highBias(hn::Set(D32(), sum.highBias)),
          m_lowBias(hn::Set(D32(), sum.lowBias)),
          m_shift(hn::Set(D32(), sum.shift)),
          m_lowest(hn::Set(D16(), static_cast<int16_t>(range.lowest))),
          m_highest(hn::Set(D16(), static_cast<int16_t>(range.highest))) {}

    /// Computes kStep codes.
    HWY_INLINE void operator()(CodeOperand<int8_t> a, CodeOperand<int8_t> b, int8_t* output) const {
        const D16 d;
        const V16 left = load(a), right = load(b);
        // Interleaving and packing both work within blocks of 128 bits, so the order is preserved.
        const V32 lower = combine(hn::InterleaveLower(d, left, right));
        const V32 upper = combine(hn::InterleaveUpper(d, left, right));
        const V16 codes = hn::ReorderDemote2To(d, lower, upper);
        const V16 clamped = hn::Min(hn::Max(codes, m_lowest), m_highest);
        const hn::Rebind<int8_t, D16> d8;
        hn::StoreU(hn::DemoteTo(d8, clamped), d8, output);
    }

private:
    static HWY_INLINE V32 pairOf(const int16_t (&weights)[2]) {
        int32_t pair;
        __builtin_memcpy(&pair, weights, sizeof pair);
        return hn::Set(D32(), pair);
    }
    static HWY_INLINE V16 load(CodeOperand<int8_t> operand) {
        if (operand.repeats) return hn::Set(D16(), *operand.codes);
        return hn::PromoteTo(D16(), hn::LoadU(hn::Rebind<int8_t, D16>(), operand.codes));
    }
    HWY_INLINE V32 combine(V16 pairs) const {
        const V32 both = hn::BitCast(D32(), pairs);
        const V32 low = addPairs(m_lowBias, both, m_low);
        const V32 high = addPairs(m_highBias, both, m_high);
        return hn::Shr(hn::Add(high, hn::ShiftRight<kLowBits>(low)), m_shift);
    }

    V32 m_high, m_low, m_highBias, m_lowBias, m_shift;
    V16 m_lowest, m_highest;
};

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
