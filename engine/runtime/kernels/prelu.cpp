// SPDX-License-Identifier: GPL-3.0-or-later
// PRELU: multiplies negative values by a slope (operand 1, broadcast).
#include "runtime/kernels/binary.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {

Status preluInt8(const Call& call) {
    const auto& p = call.params<BinaryParams>();
    return combineElements<int8_t, int8_t>(call, p, [&p](int8_t code, int8_t slope) {
        const int32_t x = code + p.offsets[0];
        const int32_t value =
            x >= 0 ? multiplyByFactor(x, p.factors[0])
                   : multiplyByFactor(wrapMul(x, slope + p.offsets[1]), p.factors[1]);
        return static_cast<int8_t>(clamp(wrapAdd(value, p.outputOffset), p.lowest, p.highest));
    });
}

Status preluFloat32(const Call& call) {
    return combineElements<float, float>(
        call, call.params<BinaryParams>(),
        [](float x, float slope) { return x >= 0.0f ? x : x * slope; });
}

}  // namespace runtime
