// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/add.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

template <typename T>
Status subQuantized(const Call& call) {
    const auto& p = call.params<BinaryParams>();
    return combineElements<T, T>(call, p, [&p](T a, T b) {
        const int32_t difference = wrapAdd(rescaled(a, p.offsets[0], p.leftShift, p.factors[0]),
                                           -rescaled(b, p.offsets[1], p.leftShift, p.factors[1]));
        const int32_t code = wrapAdd(multiplyByFactor(difference, p.outputFactor), p.outputOffset);
        return static_cast<T>(clamp(code, p.lowest, p.highest));
    });
}

}  // namespace

Status subInt8(const Call& call) {
    return subQuantized<int8_t>(call);
}
Status subInt16(const Call& call) {
    return subQuantized<int16_t>(call);
}

Status subInt32(const Call& call) {
    const auto& p = call.params<BinaryParams>();
    return combineElements<int32_t, int32_t>(call, p, [&p](int32_t a, int32_t b) {
        return clamp(wrapAdd(a, wrapMul(b, -1)), p.lowest, p.highest);
    });
}

Status subFloat32(const Call& call) {
    const auto& p = call.params<BinaryParams>();
    return combineElements<float, float>(
        call, p, [&p](float a, float b) { return clamp(a - b, p.lowestFloat, p.highestFloat); });
}

}  // namespace runtime
