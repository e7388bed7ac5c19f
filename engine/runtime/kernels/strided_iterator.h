// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// StridedIterator: visits the elements of up to six dimensions of N operands at once, each with its
// own strides. Broadcasting (stride 0 repeats), transposing, padding, slicing and reducing differ
// only in strides. Lowering merges dimensions where it can, so that the innermost one is long.

#include <stddef.h>
#include <stdint.h>

namespace runtime {

constexpr int kIteratorRank = 6;

template <int N>
struct StridedIterator {
    int32_t dims[kIteratorRank] = {1, 1, 1, 1, 1, 1};  ///< outermost first
    int32_t strides[N][kIteratorRank] = {};            ///< per operand, in elements

    int32_t rowLength() const { return dims[kIteratorRank - 1]; }
    int32_t rowStride(int operand) const { return strides[operand][kIteratorRank - 1]; }
};

/// Calls visit(offsets) at the start of every innermost row, with an offset per operand.
template <int N, typename Visit>
void forEachRow(const StridedIterator<N>& iterator, Visit visit) {
    for (const int32_t dim : iterator.dims)
        if (dim <= 0) return;
    int32_t at[kIteratorRank] = {};
    ptrdiff_t offsets[N] = {};
    for (;;) {
        visit(offsets);
        int d = kIteratorRank - 2;
        for (; d >= 0; --d) {
            for (int n = 0; n < N; ++n)
                offsets[n] += iterator.strides[n][d];
            if (++at[d] < iterator.dims[d]) break;
            for (int n = 0; n < N; ++n)
                offsets[n] -= static_cast<ptrdiff_t>(iterator.strides[n][d]) * iterator.dims[d];
            at[d] = 0;
        }
        if (d < 0) return;
    }
}

}  // namespace runtime
