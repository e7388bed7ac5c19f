// SPDX-License-Identifier: GPL-3.0-or-later
// QUANTIZE between integer types.
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/quantize.h"

namespace runtime {
namespace {

template <typename In, typename Out>
Status requantize(const Call& call, int32_t lowest, int32_t highest) {
    const QuantizeParams p = call.params<QuantizeParams>();  // a local copy stays in registers
    const In* input = call.input<In>(0);
    Out* output = call.output<Out>();
    for (int32_t i = 0; i < p.elements; ++i) {
        const int32_t scaled = multiplyByFactor(wrapAdd(input[i], -p.inputZeroPoint), p.factor);
        output[i] = static_cast<Out>(clamp(wrapAdd(scaled, p.outputZeroPoint), lowest, highest));
    }
    return Status::Ok;
}

}  // namespace

Status requantizeInt8ToInt8(const Call& call) {
    return requantize<int8_t, int8_t>(call, INT8_MIN, INT8_MAX);
}
Status requantizeInt8ToUInt8(const Call& call) {
    return requantize<int8_t, uint8_t>(call, 0, UINT8_MAX);
}
Status requantizeInt8ToInt16(const Call& call) {
    return requantize<int8_t, int16_t>(call, INT16_MIN, INT16_MAX);
}
Status requantizeInt8ToInt32(const Call& call) {
    return requantize<int8_t, int32_t>(call, kInt32Min, kInt32Max);
}
Status requantizeUInt8ToInt8(const Call& call) {
    return requantize<uint8_t, int8_t>(call, INT8_MIN, INT8_MAX);
}
Status requantizeInt16ToInt8(const Call& call) {
    return requantize<int16_t, int8_t>(call, INT8_MIN, INT8_MAX);
}
Status requantizeInt16ToInt16(const Call& call) {
    return requantize<int16_t, int16_t>(call, INT16_MIN, INT16_MAX);
}
Status requantizeInt16ToInt32(const Call& call) {
    return requantize<int16_t, int32_t>(call, kInt32Min, kInt32Max);
}
Status requantizeInt32ToInt8(const Call& call) {
    return requantize<int32_t, int8_t>(call, INT8_MIN, INT8_MAX);
}
Status requantizeInt32ToInt16(const Call& call) {
    return requantize<int32_t, int16_t>(call, INT16_MIN, INT16_MAX);
}

}  // namespace runtime
