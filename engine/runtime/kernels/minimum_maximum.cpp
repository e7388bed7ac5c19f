// SPDX-License-Identifier: GPL-3.0-or-later
// MAXIMUM and MINIMUM: compare codes without rescaling.
#include "runtime/kernels/binary.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

template <typename T>
Status maximum(const Call& call) {
    return combineElements<T, T>(call, call.params<BinaryParams>(),
                                 [](T a, T b) { return a > b ? a : b; });
}

template <typename T>
Status minimum(const Call& call) {
    return combineElements<T, T>(call, call.params<BinaryParams>(),
                                 [](T a, T b) { return a < b ? a : b; });
}

}  // namespace

Status maximumInt8(const Call& call) {
    return maximum<int8_t>(call);
}
Status maximumInt16(const Call& call) {
    return maximum<int16_t>(call);
}
Status maximumInt32(const Call& call) {
    return maximum<int32_t>(call);
}
Status maximumInt64(const Call& call) {
    return maximum<int64_t>(call);
}
Status maximumFloat32(const Call& call) {
    return maximum<float>(call);
}
Status minimumInt8(const Call& call) {
    return minimum<int8_t>(call);
}
Status minimumInt16(const Call& call) {
    return minimum<int16_t>(call);
}
Status minimumInt32(const Call& call) {
    return minimum<int32_t>(call);
}
Status minimumInt64(const Call& call) {
    return minimum<int64_t>(call);
}
Status minimumFloat32(const Call& call) {
    return minimum<float>(call);
}

}  // namespace runtime
