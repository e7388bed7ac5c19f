// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// logistic and tanh of table16.h, four codes at a time, bit-identical.

#include <arm_mve.h>

#include "runtime/table16.h"

namespace runtime {

/// As in table16.cpp: kBits of |x| interpolate between two entries.
template <int kBits>
inline int32x4_t interpolatedLogistic(const uint16_t* table, int32x4_t x, int32_t saturated) {
    const uint32x4_t size = vreinterpretq_u32_s32(vabsq_s32(x));
    const uint32x4_t index = vshrq_n_u32(size, kBits);
    const mve_pred16_t inside = vcmphiq_u32(vdupq_n_u32(kLogisticEntries - 1), index);
    const uint32x4_t low = vldrhq_gather_shifted_offset_z_u32(table, index, inside);
    const uint32x4_t high = vldrhq_gather_shifted_offset_z_u32(table + 1, index, inside);
    const uint32x4_t part = vandq_u32(size, vdupq_n_u32((1u << kBits) - 1));
    const uint32x4_t rise = vmulq_u32(part, vsubq_u32(high, low));
    const uint32x4_t value = vaddq_u32(vshlq_n_u32(low, kBits), rise);
    return vpselq_s32(vreinterpretq_s32_u32(value), vdupq_n_s32(saturated), inside);
}

/// logistic(-x) is 2^25 - 1 minus logistic(x); adds half of the last place for rounding.
inline int32x4_t logisticOf(const uint16_t* table, int32x4_t x) {
    const int32x4_t value = interpolatedLogistic<9>(table, x, 0x7fff << 10);
    const int32x4_t sign = vshrq_n_s32(x, 31);
    const int32x4_t mirrored = vaddq_s32(vsubq_s32(veorq_s32(value, sign), sign),
                                         vandq_s32(sign, vdupq_n_s32((1 << 25) - 1)));
    return vshrq_n_s32(vaddq_n_s32(mirrored, 1 << 9), 10);
}

inline int32x4_t tanhOf(const uint16_t* table, int32x4_t x) {
    const int32x4_t value = interpolatedLogistic<8>(table, x, 0xffff << 8);
    const int32x4_t sign = vshrq_n_s32(x, 31);
    const int32x4_t mirrored = veorq_s32(vaddq_n_s32(value, -(1 << 23)), sign);
    return vshrq_n_s32(vaddq_n_s32(mirrored, 1 << 7), 8);
}

/// Scales codes for the tables.
struct VectorTableScale {
    explicit VectorTableScale(TableScale scale)
        : multiplier(scale.multiplier),
          negatedShift(-scale.shift),
          half(scale.shift > 0 ? 1 << (scale.shift - 1) : 0) {}
    int32x4_t operator()(int32x4_t codes) const {
        return vshlq_r_s32(vaddq_n_s32(vmulq_n_s32(codes, multiplier), half), negatedShift);
    }
    int32_t multiplier, negatedShift, half;
};

}  // namespace runtime
