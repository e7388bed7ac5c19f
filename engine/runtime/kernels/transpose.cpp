// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/transpose.h"

#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

// T only has the size of an element; its value is not interpreted.
template <typename T>
Status transpose(const Call& call) {
    const auto& p = call.params<TransposeParams>();
    const T* input = call.input<T>(0);
    T* output = call.output<T>();
    const int32_t length = p.iterator.rowLength();
    const ptrdiff_t step = p.iterator.rowStride(0);
    forEachRow(p.iterator, [&](const ptrdiff_t(&offsets)[1]) {
        const T* row = input + p.start + offsets[0];
        for (int32_t i = 0; i < length; ++i, row += step)
            *output++ = *row;
    });
    return Status::Ok;
}

}  // namespace

Status transpose1(const Call& call) {
    return transpose<uint8_t>(call);
}
Status transpose2(const Call& call) {
    return transpose<uint16_t>(call);
}
Status transpose4(const Call& call) {
    return transpose<uint32_t>(call);
}
Status transpose8(const Call& call) {
    return transpose<uint64_t>(call);
}

}  // namespace runtime
