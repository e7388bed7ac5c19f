// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/signal_spectrum.h"

#include "runtime/fixed_point.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

/// Bits without leading zeros; 32 for 0, as TFLM counts them.
int32_t bitLength(uint32_t x) {
    return x == 0 ? 32 : 32 - __builtin_clz(x);
}

/// The greatest magnitude as TFLM finds it: in 16 bits, where that of -32768 becomes negative.
int16_t greatestMagnitude(const int16_t* values, uint32_t count) {
    int16_t greatest = 0;
    for (uint32_t i = 0; i < count; ++i) {
        if (values[i] > greatest)
            greatest = values[i];
        else if (-int32_t{values[i]} > greatest)
            greatest = static_cast<int16_t>(-int32_t{values[i]});
    }
    return greatest;
}

}  // namespace

Status signalWindow(const Call& call) {
    const auto& p = call.params<SignalWindowParams>();
    const int16_t *input = call.input<int16_t>(0), *weights = call.input<int16_t>(1);
    int16_t* output = call.output<int16_t>();
    for (uint32_t window = 0; window < p.windows; ++window)
        for (uint32_t i = 0; i < p.length; ++i) {
            const int32_t product = (int32_t{*input++} * weights[i]) >> p.shift;
            *output++ = static_cast<int16_t>(clamp<int32_t>(product, INT16_MIN, INT16_MAX));
        }
    return Status::Ok;
}

Status signalFftAutoScale(const Call& call) {
    const auto& p = call.params<SignalFftAutoScaleParams>();
    const int16_t* input = call.input<int16_t>(0);
    const auto greatest = static_cast<uint32_t>(int32_t{greatestMagnitude(input, p.count)});
    const int32_t free = 15 - bitLength(greatest), shift = free > 0 ? free : 0;
    for (uint32_t i = 0; i < p.count; ++i)
        call.output<int16_t>(0)[i] = static_cast<int16_t>(input[i] * (1 << shift));
    *call.output<int32_t>(1) = shift;
    return Status::Ok;
}

Status signalEnergy(const Call& call) {
    const auto& p = call.params<SignalEnergyParams>();
    const int16_t* input = call.input<int16_t>(0);
    for (uint32_t i = p.start; i < p.end; ++i) {
        const int32_t real = input[2 * i], imaginary = input[2 * i + 1];
        call.output<uint32_t>()[i] =
            static_cast<uint32_t>(real * real) + static_cast<uint32_t>(imaginary * imaginary);
    }
    return Status::Ok;
}

}  // namespace runtime
