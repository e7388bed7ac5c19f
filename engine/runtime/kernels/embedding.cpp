// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/embedding.h"

#include "runtime/kernels/kernel_list.h"

namespace runtime {

Status embeddingInt8(const Call& call) {
    const auto& p = call.params<EmbeddingParams>();
    const int32_t* ids = call.input<int32_t>(0);
    float* output = call.output<float>();
    for (int32_t i = 0; i < p.ids; ++i) {
        if (ids[i] < 0 || ids[i] >= p.rows) return Status::BadData;
        const int8_t* row =
            call.input<int8_t>(1) + static_cast<size_t>(ids[i]) * static_cast<size_t>(p.columns);
        for (int32_t column = 0; column < p.columns; ++column)
            *output++ = static_cast<float>(row[column]) * p.scale;
    }
    return Status::Ok;
}

}  // namespace runtime
