// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/add.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

template <typename T>
Status squaredDifferenceQuantized(const Call& call) {
    const auto& p = call.params<BinaryParams>();
    return combineElements<T, T>(call, p, [&p](T a, T b) {
        const int32_t difference = wrapAdd(rescaled(a, p.offsets[0], p.leftShift, p.factors[0]),
                                           -rescaled(b, p.offsets[1], p.leftShift, p.factors[1]));
        const int32_t square = wrapMul(difference, difference);
        const int32_t code = wrapAdd(multiplyByFactor(square, p.outputFactor), p.outputOffset);
        return static_cast<T>(clamp(code, p.lowest, p.highest));
    });
}

}  // namespace

Status squaredDifferenceInt8(const Call& call) {
    return squaredDifferenceQuantized<int8_t>(call);
}
Status squaredDifferenceInt16(const Call& call) {
    return squaredDifferenceQuantized<int16_t>(call);
}

Status squaredDifferenceInt32(const Call& call) {
    return combineElements<int32_t, int32_t>(
        call, call.params<BinaryParams>(), [](int32_t a, int32_t b) {
            const int32_t difference = wrapAdd(a, wrapMul(b, -1));
            return wrapMul(difference, difference);
        });
}

Status squaredDifferenceFloat32(const Call& call) {
    return combineElements<float, float>(call, call.params<BinaryParams>(),
                                         [](float a, float b) { return (a - b) * (a - b); });
}

}  // namespace runtime
