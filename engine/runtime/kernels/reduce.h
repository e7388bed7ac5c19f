// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SUM and MEAN over axes. Operands: input; output; integers also one int32 of scratch per output.
// Integers: (sum - zero points) times a factor that contains the scales and, for MEAN, 1 / count.

#include "runtime/fixed_point.h"
#include "runtime/kernel.h"
#include "runtime/kernels/strided_iterator.h"

namespace runtime {

struct ReduceParams {
    StridedIterator<1> iterator;  ///< over the input; operand: output (stride 0: reduced)
    int32_t outputs = 0;
    int32_t divisor = 1;    ///< float32 MEAN: elements per output
    int32_t sumOffset = 0;  ///< added to each sum: minus zero point times count
    int32_t outputOffset = 0;
    Factor factor;
    int32_t lowest = 0, highest = 0;
};

/// Computes sums[output] = sum of its inputs, in the order of the input.
template <typename T, typename Sum, typename Add>
void sumUp(const ReduceParams& p, const T* input, Sum* sums, Add add) {
    for (int32_t i = 0; i < p.outputs; ++i)
        sums[i] = 0;
    const int32_t length = p.iterator.rowLength();
    const ptrdiff_t step = p.iterator.rowStride(0);
    forEachRow(p.iterator, [&](const ptrdiff_t(&offsets)[1]) {
        Sum* sum = sums + offsets[0];
        for (int32_t i = 0; i < length; ++i, sum += step)
            *sum = add(*sum, *input++);
    });
}

template <typename T>
Status sumIntegers(const Call& call) {
    const auto& p = call.params<ReduceParams>();
    int32_t* sums = call.scratch<int32_t>();
    T* output = call.output<T>();
    sumUp(p, call.input<T>(0), sums, [](int32_t sum, T value) { return wrapAdd(sum, value); });
    for (int32_t i = 0; i < p.outputs; ++i) {
        const int32_t scaled = multiplyByFactor(wrapAdd(sums[i], p.sumOffset), p.factor);
        output[i] = static_cast<T>(clamp(wrapAdd(scaled, p.outputOffset), p.lowest, p.highest));
    }
    return Status::Ok;
}

/// REDUCE_MAX, REDUCE_MIN, REDUCE_ALL, REDUCE_ANY: the best input of each output.
template <typename T, typename Better>
Status extremeOf(const Call& call, T worst, Better better) {
    const auto& p = call.params<ReduceParams>();
    const T* input = call.input<T>(0);
    T* output = call.output<T>();
    for (int32_t i = 0; i < p.outputs; ++i)
        output[i] = worst;
    const int32_t length = p.iterator.rowLength();
    const ptrdiff_t step = p.iterator.rowStride(0);
    forEachRow(p.iterator, [&](const ptrdiff_t(&offsets)[1]) {
        T* best = output + offsets[0];
        for (int32_t i = 0; i < length; ++i, best += step, ++input)
            if (better(*input, *best)) *best = *input;
    });
    return Status::Ok;
}

}  // namespace runtime
