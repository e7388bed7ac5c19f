// SPDX-License-Identifier: GPL-3.0-or-later
// PAD and PADV2 of 8-bit codes and floats: copies rows as blocks of bytes.
#include "runtime/host/fast_families.h"
#include "runtime/kernels/pad.h"

namespace runtime {
namespace {

template <typename T>
void fill(T* output, int32_t count, const PadParams& p) {
    T value;
    __builtin_memcpy(&value, p.value, sizeof value);
    if (sizeof(T) == 1)
        __builtin_memset(output, p.value[0], static_cast<size_t>(count));
    else
        for (int32_t i = 0; i < count; ++i)
            output[i] = value;
}

// T only has the size of an element; its value is not interpreted.
template <typename T>
Status padRows(const FastCall& fast) {
    const auto& p = fast.call.params<PadParams>();
    const T* input = fast.input<T>(0);
    T* output = fast.output<T>();
    fill(output, p.outputs, p);
    const int32_t length = p.iterator.rowLength();
    forEachRow(p.iterator, [&](const ptrdiff_t(&offsets)[1]) {
        __builtin_memcpy(output + p.start + offsets[0], input,
                         static_cast<size_t>(length) * sizeof(T));
        input += length;
    });
    return Status::Ok;
}

}  // namespace

FastPlan preparePad(const Call&, KernelId id, uint8_t*) {
    return {id == KernelId::Pad1 ? padRows<uint8_t> : padRows<uint32_t>, 0, 0};
}

}  // namespace runtime
