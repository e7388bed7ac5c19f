// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/gather.h"

#include "runtime/kernels/kernel_list.h"

namespace runtime {

Status gather(const Call& call) {
    const auto& p = call.params<GatherParams>();
    const uint8_t* input = call.input<uint8_t>(0);
    const int32_t* indices = call.input<int32_t>(1);
    uint8_t* output = call.output<uint8_t>();
    const size_t bytes = static_cast<size_t>(p.sliceBytes);
    for (int32_t batch = 0; batch < p.batches; ++batch, indices += p.indices) {
        for (int32_t outer = 0; outer < p.outer; ++outer, input += bytes * p.axisSize) {
            for (int32_t i = 0; i < p.indices; ++i, output += bytes) {
                if (indices[i] < 0 || indices[i] >= p.axisSize) return Status::BadData;
                __builtin_memcpy(output, input + bytes * static_cast<size_t>(indices[i]), bytes);
            }
        }
    }
    return Status::Ok;
}

Status gatherNd(const Call& call) {
    const auto& p = call.params<GatherNdParams>();
    const int32_t* sizes = call.array<int32_t>(p.sizes);
    const int32_t* strides = call.array<int32_t>(p.strides);
    const int32_t* index = call.input<int32_t>(1);
    uint8_t* output = call.output<uint8_t>();
    const size_t bytes = static_cast<size_t>(p.sliceBytes);
    for (int32_t i = 0; i < p.indices; ++i, index += p.sizes.count, output += bytes) {
        size_t slice = 0;
        for (uint32_t d = 0; d < p.sizes.count; ++d) {
            if (index[d] < 0 || index[d] >= sizes[d]) return Status::BadData;
            slice += static_cast<size_t>(index[d]) * static_cast<size_t>(strides[d]);
        }
        __builtin_memcpy(output, call.input<uint8_t>(0) + slice * bytes, bytes);
    }
    return Status::Ok;
}

}  // namespace runtime
