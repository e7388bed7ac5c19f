// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/quantize.h"

namespace runtime {
namespace {

template <typename T>
Status dequantize(const Call& call) {
    const auto& p = call.params<QuantizeParams>();
    const T* input = call.input<T>(0);
    float* output = call.output<float>();
    for (int32_t i = 0; i < p.elements; ++i)
        output[i] = p.scale * static_cast<float>(input[i] - p.inputZeroPoint);
    return Status::Ok;
}

}  // namespace

Status dequantizeInt8(const Call& call) {
    return dequantize<int8_t>(call);
}
Status dequantizeUInt8(const Call& call) {
    return dequantize<uint8_t>(call);
}
Status dequantizeInt16(const Call& call) {
    return dequantize<int16_t>(call);
}

}  // namespace runtime
