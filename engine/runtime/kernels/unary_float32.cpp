// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/float_math.h"
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/unary.h"

namespace runtime {
namespace {

template <typename Function>
Status apply(const Call& call, Function function) {
    const float* input = call.input<float>(0);
    float* output = call.output<float>();
    for (uint32_t i = 0; i < call.outputBytes() / sizeof(float); ++i)
        output[i] = function(input[i]);
    return Status::Ok;
}

// Rounds halves to even, like TFLite's ROUND.
float roundEven(float x) {
    const float below = floorFloat(x);
    const float rest = x - below;
    const bool up = rest > 0.5f || (rest == 0.5f && floorFloat(below * 0.5f) * 2.0f != below);
    return up ? below + 1.0f : below;
}

float clampFloat(float x, float low, float high) {
    return x < low ? low : x > high ? high : x;
}

}  // namespace

Status absFloat32(const Call& call) {
    return apply(call, [](float x) { return __builtin_fabsf(x); });
}
Status ceilFloat32(const Call& call) {
    return apply(call, ceilFloat);
}
Status cosFloat32(const Call& call) {
    return apply(call, cosFloat);
}
Status eluFloat32(const Call& call) {
    return apply(call, [](float x) { return x < 0.0f ? expMinusOneFloat(x) : x; });
}
Status expFloat32(const Call& call) {
    return apply(call, expFloat);
}
Status floorFloat32(const Call& call) {
    return apply(call, floorFloat);
}
Status hardSwishFloat32(const Call& call) {
    return apply(call, [](float x) { return x * clampFloat(x + 3.0f, 0.0f, 6.0f) / 6.0f; });
}
Status leakyReluFloat32(const Call& call) {
    const float alpha = call.params<LeakyReluParams>().alpha;
    return apply(call, [alpha](float x) { return x > 0.0f ? x : x * alpha; });
}
Status logFloat32(const Call& call) {
    return apply(call, logFloat);
}
Status logisticFloat32(const Call& call) {
    return apply(call, logisticFloat);
}
Status negFloat32(const Call& call) {
    return apply(call, [](float x) { return -x; });
}
Status reluFloat32(const Call& call) {
    return apply(call, [](float x) { return x < 0.0f ? 0.0f : x; });
}
Status relu6Float32(const Call& call) {
    return apply(call, [](float x) { return clampFloat(x, 0.0f, 6.0f); });
}
Status roundFloat32(const Call& call) {
    return apply(call, roundEven);
}
Status rsqrtFloat32(const Call& call) {
    return apply(call, [](float x) { return 1.0f / sqrtFloat(x); });
}
Status sinFloat32(const Call& call) {
    return apply(call, sinFloat);
}
Status sqrtFloat32(const Call& call) {
    return apply(call, sqrtFloat);
}
Status squareFloat32(const Call& call) {
    return apply(call, [](float x) { return x * x; });
}
Status tanhFloat32(const Call& call) {
    return apply(call, tanhFloat);
}

}  // namespace runtime
