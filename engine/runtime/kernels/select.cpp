// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/select.h"

#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

// T only has the size of an element; its value is not interpreted.
template <typename T>
Status select(const Call& call) {
    const auto& iterator = call.params<SelectParams>().iterator;
    const uint8_t* condition = call.input<uint8_t>(0);
    const T* chosen = call.input<T>(1);
    const T* other = call.input<T>(2);
    T* output = call.output<T>();
    const ptrdiff_t steps[3] = {iterator.rowStride(0), iterator.rowStride(1),
                                iterator.rowStride(2)};
    forEachRow(iterator, [&](const ptrdiff_t(&at)[3]) {
        for (int32_t i = 0; i < iterator.rowLength(); ++i)
            *output++ = condition[at[0] + i * steps[0]] != 0 ? chosen[at[1] + i * steps[1]]
                                                             : other[at[2] + i * steps[2]];
    });
    return Status::Ok;
}

}  // namespace

Status select1(const Call& call) {
    return select<uint8_t>(call);
}
Status select2(const Call& call) {
    return select<uint16_t>(call);
}
Status select4(const Call& call) {
    return select<uint32_t>(call);
}
Status select8(const Call& call) {
    return select<uint64_t>(call);
}

}  // namespace runtime
