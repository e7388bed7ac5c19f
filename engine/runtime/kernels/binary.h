// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Element-wise operators of two operands, with broadcasting.

#include "runtime/fixed_point.h"
#include "runtime/kernel.h"
#include "runtime/kernels/strided_iterator.h"

namespace runtime {

struct BinaryParams {
    StridedIterator<2> iterator;  ///< in the order of the output
    int32_t offsets[2] = {};
    int32_t outputOffset = 0;
    Factor factors[2], outputFactor;
    int32_t leftShift = 0;
    int32_t lowest = kInt32Min, highest = kInt32Max;
    float lowestFloat = 0.0f, highestFloat = 0.0f;
};

/// Computes output = combine(left, right) element by element.
template <typename In, typename Out, typename Combine>
Status combineElements(const Call& call, const BinaryParams& p, Combine combine) {
    const In* left = call.input<In>(0);
    const In* right = call.input<In>(1);
    Out* output = call.output<Out>();
    const ptrdiff_t leftStep = p.iterator.rowStride(0), rightStep = p.iterator.rowStride(1);
    const int32_t length = p.iterator.rowLength();
    forEachRow(p.iterator, [&](const ptrdiff_t(&offsets)[2]) {
        const In* a = left + offsets[0];
        const In* b = right + offsets[1];
        for (int32_t i = 0; i < length; ++i, a += leftStep, b += rightStep)
            *output++ = combine(*a, *b);
    });
    return Status::Ok;
}

}  // namespace runtime
