// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// FULLY_CONNECTED: a matrix of weights (rows = outputs) times each row of the input. Operands:
// input, weights, optional bias; output. Arithmetic as in convolution.h, with one factor per output
// or one for all.

#include "runtime/fixed_point.h"
#include "runtime/kernel.h"
#include "runtime/kernels/dot.h"

namespace runtime {

struct FullyConnectedParams {
    int32_t batches = 0, depth = 0, outputs = 0;
    int32_t inputOffset = 0, outputOffset = 0;
    int32_t lowest = 0, highest = 0;
    float lowestFloat = 0.0f, highestFloat = 0.0f;
    Part factors;  ///< Factor: one for all, or one per output
    int32_t weightOffset = 0;  ///< minus the weights' zero point; for the shifted kernels alone
};

template <typename T, typename Sum>
Status multiplyIntegers(const Call& call, const int8_t* weights) {
    const auto& p = call.params<FullyConnectedParams>();
    const T* row = call.input<T>(0);
    const Sum* bias = call.input<Sum>(2);
    const Factor* factors = call.array<Factor>(p.factors);
    const size_t perOutput = p.factors.count > 1 ? 1 : 0;
    T* output = call.output<T>();
    for (int32_t batch = 0; batch < p.batches; ++batch, row += p.depth) {
        for (int32_t out = 0; out < p.outputs; ++out) {
            const Sum start = bias != nullptr ? bias[out] : 0;
            const int8_t* w = weights + static_cast<size_t>(out) * static_cast<size_t>(p.depth);
            const Sum sum = dot(row, w, p.depth, p.inputOffset, start);
            const Factor factor = factors[static_cast<size_t>(out) * perOutput];
            *output++ = static_cast<T>(
                clamp(wrapAdd(multiplyByFactor(sum, factor), p.outputOffset), p.lowest, p.highest));
        }
    }
    return Status::Ok;
}

}  // namespace runtime
