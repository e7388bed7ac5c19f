// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/update_slice.h"

#include "runtime/fixed_point.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {

Status updateSlice(const Call& call) {
    const auto& p = call.params<UpdateSliceParams>();
    const size_t bytes = static_cast<size_t>(p.elementBytes);
    const uint8_t* input = call.input<uint8_t>(0);
    uint8_t* output = call.output<uint8_t>();
    if (output != input) __builtin_memcpy(output, input, call.outputBytes());
    ptrdiff_t start = 0;
    for (int32_t d = 0; d < p.rank; ++d) {
        const int64_t given =
            p.wideStart != 0 ? call.input<int64_t>(2)[d] : call.input<int32_t>(2)[d];
        const int slot = kIteratorRank - p.rank + d;
        start += static_cast<ptrdiff_t>(clamp<int64_t>(given, 0, p.last[slot])) *
                 p.iterator.strides[0][slot];
    }
    const uint8_t* update = call.input<uint8_t>(1);
    const size_t row = bytes * static_cast<size_t>(p.iterator.rowLength());
    forEachRow(p.iterator, [&](const ptrdiff_t(&offsets)[1]) {
        __builtin_memcpy(output + static_cast<size_t>(start + offsets[0]) * bytes, update, row);
        update += row;
    });
    return Status::Ok;
}

}  // namespace runtime
