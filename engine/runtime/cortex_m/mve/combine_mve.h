// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Element-wise operators of two operands on MVE, four elements at a time.

#include "runtime/cortex_m/mve/lanes.h"
#include "runtime/cortex_m/mve/requantize_mve.h"
#include "runtime/kernels/binary.h"

namespace runtime {

/// True where combined elements are contiguous in both operands.
inline bool hasPlainRows(const BinaryParams& p) {
    return p.iterator.rowStride(0) == 1 && p.iterator.rowStride(1) == 1;
}

/// Computes output = clamp(combine(left, right) + outputOffset) for plain rows.
template <typename T, typename Combine>
Status combineVectors(const Call& call, const BinaryParams& p, Combine combine) {
    constexpr int32_t kLanes = 4;
    const T* left = call.input<T>(0);
    const T* right = call.input<T>(1);
    T* output = call.output<T>();
    const int32_t offset = p.outputOffset, length = p.iterator.rowLength();
    const int32x4_t lowest = vdupq_n_s32(p.lowest), highest = vdupq_n_s32(p.highest);
    const auto code = [&](int32x4_t a, int32x4_t b) {
        return vminq_s32(vmaxq_s32(vaddq_n_s32(combine(a, b), offset), lowest), highest);
    };
    forEachRow(p.iterator, [&](const ptrdiff_t(&offsets)[2]) {
        const T *a = left + offsets[0], *b = right + offsets[1];
        for (int32_t n = length / kLanes; n > 0; --n, a += kLanes, b += kLanes, output += kLanes)
            storeFour(output, code(loadFour(a), loadFour(b)));
        const int32_t rest = length % kLanes;
        if (rest == 0) return;
        const mve_pred16_t valid = vctp32q(static_cast<uint32_t>(rest));
        storeFour(output, code(loadFour(a, valid), loadFour(b, valid)), valid);
        output += rest;
    });
    return Status::Ok;
}

}  // namespace runtime
