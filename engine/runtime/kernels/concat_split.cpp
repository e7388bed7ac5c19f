// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/concat_split.h"

#include "runtime/kernels/kernel_list.h"

namespace runtime {

Status concatBlocks(const Call& call) {
    const auto& p = call.params<ConcatSplitParams>();
    const int32_t* bytes = call.array<int32_t>(p.bytes);
    uint8_t* output = call.output<uint8_t>();
    for (int32_t repeat = 0; repeat < p.repeats; ++repeat) {
        for (uint32_t i = 0; i < p.bytes.count; ++i) {
            const size_t block = static_cast<size_t>(bytes[i]);
            if (block == 0) continue;
            __builtin_memcpy(output, call.input<uint8_t>(i) + block * repeat, block);
            output += block;
        }
    }
    return Status::Ok;
}

Status splitBlocks(const Call& call) {
    const auto& p = call.params<ConcatSplitParams>();
    const int32_t* bytes = call.array<int32_t>(p.bytes);
    const uint8_t* input = call.input<uint8_t>(0);
    for (int32_t repeat = 0; repeat < p.repeats; ++repeat) {
        for (uint32_t i = 0; i < p.bytes.count; ++i) {
            const size_t block = static_cast<size_t>(bytes[i]);
            if (block == 0) continue;
            __builtin_memcpy(call.output<uint8_t>(i) + block * repeat, input, block);
            input += block;
        }
    }
    return Status::Ok;
}

}  // namespace runtime
