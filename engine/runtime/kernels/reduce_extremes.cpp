// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/float_math.h"
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/reduce.h"

namespace runtime {

Status reduceMaxInt8(const Call& call) {
    return extremeOf<int8_t>(call, INT8_MIN, [](int8_t a, int8_t b) { return a > b; });
}
Status reduceMinInt8(const Call& call) {
    return extremeOf<int8_t>(call, INT8_MAX, [](int8_t a, int8_t b) { return a < b; });
}
Status reduceMaxFloat32(const Call& call) {
    return extremeOf<float>(call, -kFloatMax, [](float a, float b) { return a > b; });
}
Status reduceMinFloat32(const Call& call) {
    return extremeOf<float>(call, kFloatMax, [](float a, float b) { return a < b; });
}
Status reduceAll(const Call& call) {
    return extremeOf<uint8_t>(call, 1, [](uint8_t a, uint8_t b) { return a < b; });
}
Status reduceAny(const Call& call) {
    return extremeOf<uint8_t>(call, 0, [](uint8_t a, uint8_t b) { return a > b; });
}

}  // namespace runtime
