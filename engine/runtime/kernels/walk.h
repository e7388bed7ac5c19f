// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Walk: visiting the elements of up to six dimensions while N offsets follow along, each with its
// own strides. Broadcasting (stride 0 repeats), transposing, padding, slicing and reducing are all
// walks; lowering joins dimensions where it can, so that the innermost one is long.

#include <stddef.h>
#include <stdint.h>

namespace runtime {

constexpr int kWalkRank = 6;

template <int N>
struct Walk {
    int32_t dims[kWalkRank] = {1, 1, 1, 1, 1, 1};  ///< outermost first
    int32_t strides[N][kWalkRank] = {};            ///< in elements

    int32_t rowLength() const { return dims[kWalkRank - 1]; }
    int32_t rowStride(int follower) const { return strides[follower][kWalkRank - 1]; }
};

/// Calls visit(offsets) at the start of every innermost row.
template <int N, typename Visit>
void forEachRow(const Walk<N>& walk, Visit visit) {
    for (const int32_t dim : walk.dims)
        if (dim <= 0) return;
    int32_t at[kWalkRank] = {};
    ptrdiff_t offsets[N] = {};
    for (;;) {
        visit(offsets);
        int d = kWalkRank - 2;
        for (; d >= 0; --d) {
            for (int n = 0; n < N; ++n)
                offsets[n] += walk.strides[n][d];
            if (++at[d] < walk.dims[d]) break;
            for (int n = 0; n < N; ++n)
                offsets[n] -= static_cast<ptrdiff_t>(walk.strides[n][d]) * walk.dims[d];
            at[d] = 0;
        }
        if (d < 0) return;
    }
}

}  // namespace runtime
