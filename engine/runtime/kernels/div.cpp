// SPDX-License-Identifier: GPL-3.0-or-later
// DIV, FLOOR_DIV, FLOOR_MOD. An integer division by zero stops the run with BadData.
#include "runtime/float_math.h"
#include "runtime/kernels/binary.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

int32_t signBits(int32_t x) {
    return x == 0 ? 31 : __builtin_clrsb(x);
}

// a / b in codes of the output, b > 0: the reciprocal of b as a fraction, times a shifted left as
// far as it fits.
int32_t quotient(int32_t a, int32_t b, const BinaryParams& p) {
    int32_t bits = 0;
    const int32_t inverse = reciprocal(b, 31, &bits);
    const int32_t headroom = signBits(a);
    const int32_t unscaled = roundingDoublingHighMul(wrapShiftLeft(a, headroom), inverse);
    const int32_t shift = p.outputFactor.shift - bits - headroom;
    const int32_t high = roundingDoublingHighMul(unscaled, p.outputFactor.multiplier);
    if (shift > 0) return saturatingShiftLeft(high, shift < 31 ? shift : 31);
    return shift < -31 ? 0 : roundingDivideByPowerOfTwo(high, -shift);
}

}  // namespace

Status divInt8(const Call& call) {
    const auto& p = call.params<BinaryParams>();
    bool byZero = false;
    combineElements<int8_t, int8_t>(call, p, [&](int8_t codeA, int8_t codeB) {
        const int32_t a = codeA + p.offsets[0], b = codeB + p.offsets[1];
        byZero = byZero || b == 0;
        if (b == 0) return int8_t{0};
        const int32_t code = wrapAdd(quotient(b < 0 ? -a : a, b < 0 ? -b : b, p), p.outputOffset);
        return static_cast<int8_t>(clamp(code, p.lowest, p.highest));
    });
    return byZero ? Status::BadData : Status::Ok;
}

Status divInt32(const Call& call) {
    const auto& p = call.params<BinaryParams>();
    bool byZero = false;
    combineElements<int32_t, int32_t>(call, p, [&](int32_t a, int32_t b) {
        byZero = byZero || b == 0;
        if (b == 0) return int32_t{0};
        return clamp(b == -1 ? wrapMul(a, -1) : a / b, p.lowest, p.highest);
    });
    return byZero ? Status::BadData : Status::Ok;
}

Status divFloat32(const Call& call) {
    const auto& p = call.params<BinaryParams>();
    return combineElements<float, float>(
        call, p, [&p](float a, float b) { return clamp(a / b, p.lowestFloat, p.highestFloat); });
}

Status floorDivFloat32(const Call& call) {
    return combineElements<float, float>(call, call.params<BinaryParams>(), floorDivideFloat);
}

Status floorDivInt32(const Call& call) {
    bool byZero = false;
    combineElements<int32_t, int32_t>(call, call.params<BinaryParams>(), [&](int32_t a, int32_t b) {
        byZero = byZero || b == 0;
        if (b == 0) return int32_t{0};
        if (b == -1) return wrapMul(a, -1);
        return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
    });
    return byZero ? Status::BadData : Status::Ok;
}

Status floorModInt32(const Call& call) {
    bool byZero = false;
    combineElements<int32_t, int32_t>(call, call.params<BinaryParams>(), [&](int32_t a, int32_t b) {
        byZero = byZero || b == 0;
        if (b == 0 || b == -1) return int32_t{0};
        const int32_t rest = a % b;
        return rest != 0 && (b < 0) != (rest < 0) ? rest + b : rest;
    });
    return byZero ? Status::BadData : Status::Ok;
}

Status floorModFloat32(const Call& call) {
    return combineElements<float, float>(call, call.params<BinaryParams>(), [](float a, float b) {
        const float rest = remainderFloat(a, b);
        return rest != 0.0f && (b < 0.0f) != (rest < 0.0f) ? rest + b : rest;
    });
}

}  // namespace runtime
