// SPDX-License-Identifier: GPL-3.0-or-later
// MUL: one factor rescales quantized products to the output's scale.
#include "runtime/kernels/binary.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

template <typename T>
Status mulQuantized(const Call& call) {
    const BinaryParams p = call.params<BinaryParams>();  // a local copy stays in registers
    return combineElements<T, T>(call, p, [&p](T a, T b) {
        const int32_t product = wrapMul(a + p.offsets[0], b + p.offsets[1]);
        const int32_t code = wrapAdd(multiplyByFactor(product, p.outputFactor), p.outputOffset);
        return static_cast<T>(clamp(code, p.lowest, p.highest));
    });
}

}  // namespace

Status mulInt8(const Call& call) {
    return mulQuantized<int8_t>(call);
}
Status mulInt16(const Call& call) {
    return mulQuantized<int16_t>(call);
}

Status mulInt32(const Call& call) {
    const auto& p = call.params<BinaryParams>();
    return combineElements<int32_t, int32_t>(
        call, p, [&p](int32_t a, int32_t b) { return clamp(wrapMul(a, b), p.lowest, p.highest); });
}

Status mulFloat32(const Call& call) {
    const auto& p = call.params<BinaryParams>();
    return combineElements<float, float>(
        call, p, [&p](float a, float b) { return clamp(a * b, p.lowestFloat, p.highestFloat); });
}

}  // namespace runtime
