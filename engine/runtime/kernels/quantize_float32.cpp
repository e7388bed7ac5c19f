// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/float_math.h"
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/quantize.h"

namespace runtime {
namespace {

template <typename T>
Status quantize(const Call& call, int64_t lowest, int64_t highest) {
    const auto& p = call.params<QuantizeParams>();
    const float* input = call.input<float>(0);
    T* output = call.output<T>();
    for (int32_t i = 0; i < p.elements; ++i) {
        const int64_t code = int64_t{toInt32(roundFloat(input[i] / p.scale))} + p.outputZeroPoint;
        output[i] = static_cast<T>(clamp(code, lowest, highest));
    }
    return Status::Ok;
}

}  // namespace

Status quantizeInt8(const Call& call) {
    return quantize<int8_t>(call, INT8_MIN, INT8_MAX);
}
Status quantizeInt16(const Call& call) {
    return quantize<int16_t>(call, INT16_MIN, INT16_MAX);
}

}  // namespace runtime
