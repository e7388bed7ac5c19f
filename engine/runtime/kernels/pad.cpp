// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/pad.h"

#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

// T only has the size of an element; its value is not interpreted.
template <typename T>
Status pad(const Call& call) {
    const auto& p = call.params<PadParams>();
    T value;
    __builtin_memcpy(&value, p.value, sizeof value);
    const T* input = call.input<T>(0);
    T* output = call.output<T>();
    for (int32_t i = 0; i < p.outputs; ++i)
        output[i] = value;
    const int32_t length = p.iterator.rowLength();
    forEachRow(p.iterator, [&](const ptrdiff_t(&offsets)[1]) {
        T* row = output + p.start + offsets[0];
        for (int32_t i = 0; i < length; ++i)
            row[i] = *input++;
    });
    return Status::Ok;
}

}  // namespace

Status pad1(const Call& call) {
    return pad<uint8_t>(call);
}
Status pad2(const Call& call) {
    return pad<uint16_t>(call);
}
Status pad4(const Call& call) {
    return pad<uint32_t>(call);
}
Status pad8(const Call& call) {
    return pad<uint64_t>(call);
}

}  // namespace runtime
