// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/dot.h"
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/svdf.h"

namespace runtime {
namespace {

// Appends the newest value of every feature to its history.
template <typename S>
void addNewest(const SvdfParams& p, const int8_t* input, const int8_t* weights, S* state,
               int32_t lowest, int32_t highest) {
    for (int32_t b = 0; b < p.batches; ++b, input += p.inputs) {
        for (int32_t f = 0; f < p.filters; ++f, state += p.memory) {
            const int32_t sum = dot(input, weights + f * p.inputs, p.inputs, p.inputOffset, 0);
            const int32_t code = wrapAdd(multiplyByFactor(sum, p.featureFactor), p.stateZeroPoint);
            state[p.memory - 1] = static_cast<S>(clamp(code, lowest, highest));
        }
    }
}

template <typename S>
int32_t weighHistory(const S* state, const S* weights, int32_t memory, int32_t zeroPoint) {
    if constexpr (sizeof(S) == 1) return dot(state, weights, memory, -zeroPoint, 0);
    int32_t sum = 0;
    for (int32_t i = 0; i < memory; ++i)
        sum = wrapAdd(sum, wrapMul(weights[i], state[i] - zeroPoint));
    return sum;
}

template <typename S>
Status svdf(const Call& call, int32_t lowest, int32_t highest) {
    const auto& p = call.params<SvdfParams>();
    const S* timeWeights = call.input<S>(2);
    const int32_t* bias = call.input<int32_t>(3);
    S* state = call.state<S>(4);
    int8_t* output = call.output<int8_t>();
    const size_t values = static_cast<size_t>(p.batches) * p.filters * p.memory;
    if (values > 0) __builtin_memmove(state, state + 1, (values - 1) * sizeof(S));
    addNewest(p, call.input<int8_t>(0), call.input<int8_t>(1), state, lowest, highest);
    for (int32_t b = 0; b < p.batches; ++b) {
        for (int32_t unit = 0; unit < p.units; ++unit) {
            int32_t sum = bias != nullptr ? bias[unit] : 0;
            for (int32_t r = 0; r < p.rank; ++r, state += p.memory) {
                const S* weights = timeWeights + (unit * p.rank + r) * p.memory;
                sum = wrapAdd(sum, weighHistory(state, weights, p.memory, p.stateZeroPoint));
            }
            const int32_t code = wrapAdd(multiplyByFactor(sum, p.outputFactor), p.outputOffset);
            *output++ = static_cast<int8_t>(clamp<int32_t>(code, INT8_MIN, INT8_MAX));
        }
    }
    return Status::Ok;
}

}  // namespace

Status svdfInt8(const Call& call) {
    return svdf<int8_t>(call, INT8_MIN, INT8_MAX);
}
/// With a 16-bit state.
Status svdfInt16(const Call& call) {
    return svdf<int16_t>(call, INT16_MIN, INT16_MAX);
}

}  // namespace runtime
