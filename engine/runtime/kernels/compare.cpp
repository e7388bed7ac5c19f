// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/compare.h"

#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

template <typename T>
Status compare(const Call& call) {
    const auto& p = call.params<CompareParams>();
    return combineElements<T, uint8_t>(
        call, p.binary, [&p](T a, T b) { return static_cast<uint8_t>(holds(p.comparison, a, b)); });
}

template <typename T>
Status compareQuantized(const Call& call) {
    const auto& p = call.params<CompareParams>();
    const BinaryParams& b = p.binary;
    return combineElements<T, uint8_t>(call, b, [&](T left, T right) {
        return static_cast<uint8_t>(
            holds(p.comparison, rescaled(left, b.offsets[0], b.leftShift, b.factors[0]),
                  rescaled(right, b.offsets[1], b.leftShift, b.factors[1])));
    });
}

}  // namespace

Status compareInt8(const Call& call) {
    return compareQuantized<int8_t>(call);
}
Status compareInt16(const Call& call) {
    return compareQuantized<int16_t>(call);
}
Status compareInt32(const Call& call) {
    return compare<int32_t>(call);
}
Status compareInt64(const Call& call) {
    return compare<int64_t>(call);
}
Status compareFloat32(const Call& call) {
    return compare<float>(call);
}
Status compareBool(const Call& call) {
    return compare<uint8_t>(call);
}

}  // namespace runtime
