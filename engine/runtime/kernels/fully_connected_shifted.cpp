// SPDX-License-Identifier: GPL-3.0-or-later
// FULLY_CONNECTED whose weights have a zero point, as old quantizers wrote them: the plain kernels'
// sum, and the zero point times the sum of the row.
#include "runtime/kernels/fully_connected.h"
#include "runtime/kernels/int4.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

template <typename T, typename Sum>
Status multiplyShifted(const Call& call, const int8_t* weights) {
    const auto& p = call.params<FullyConnectedParams>();
    const T* row = call.input<T>(0);
    const Sum* bias = call.input<Sum>(2);
    const Factor factor = *call.array<Factor>(p.factors);
    T* output = call.output<T>();
    for (int32_t batch = 0; batch < p.batches; ++batch, row += p.depth) {
        Sum shift = 0;
        for (int32_t i = 0; i < p.depth; ++i)
            shift = addTo(shift, wrapMul(row[i] + p.inputOffset, p.weightOffset));
        const int8_t* w = weights;
        for (int32_t out = 0; out < p.outputs; ++out, w += p.depth) {
            const Sum start = bias != nullptr ? wrapSum(shift, bias[out]) : shift;
            const Sum sum = dot(row, w, p.depth, p.inputOffset, start);
            *output++ = static_cast<T>(
                clamp(wrapAdd(multiplyByFactor(sum, factor), p.outputOffset), p.lowest, p.highest));
        }
    }
    return Status::Ok;
}

}  // namespace

Status shiftedFullyConnectedInt8(const Call& call) {
    return multiplyShifted<int8_t, int32_t>(call, call.input<int8_t>(1));
}

Status shiftedFullyConnectedInt4(const Call& call) {
    const auto& p = call.params<FullyConnectedParams>();
    int8_t* weights = call.scratch<int8_t>();
    unpackInt4(call.input<uint8_t>(1), static_cast<uint32_t>(p.outputs * p.depth), weights);
    return multiplyShifted<int8_t, int32_t>(call, weights);
}

Status shiftedFullyConnectedInt16(const Call& call) {
    return multiplyShifted<int16_t, int32_t>(call, call.input<int8_t>(1));
}

Status shiftedFullyConnectedInt16Wide(const Call& call) {
    return multiplyShifted<int16_t, int64_t>(call, call.input<int8_t>(1));
}

}  // namespace runtime
