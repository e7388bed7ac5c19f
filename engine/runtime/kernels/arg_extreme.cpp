// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/arg_extreme.h"

#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

template <typename T>
int32_t argOf(const T* values, const ArgParams& p) {
    int32_t best = 0;
    for (int32_t i = 1; i < p.axisSize; ++i) {
        const T value = values[static_cast<size_t>(i) * p.inner];
        const T kept = values[static_cast<size_t>(best) * p.inner];
        if (p.smallest != 0 ? value < kept : value > kept) best = i;
    }
    return best;
}

template <typename T>
Status argExtreme(const Call& call) {
    const auto& p = call.params<ArgParams>();
    const T* input = call.input<T>(0);
    size_t at = 0;
    for (int32_t outer = 0; outer < p.outer; ++outer) {
        for (int32_t inner = 0; inner < p.inner; ++inner, ++at) {
            const int32_t index = argOf(input + inner, p);
            if (p.wideOutput != 0)
                call.output<int64_t>()[at] = index;
            else
                call.output<int32_t>()[at] = index;
        }
        input += static_cast<size_t>(p.axisSize) * p.inner;
    }
    return Status::Ok;
}

}  // namespace

Status argExtremeInt8(const Call& call) {
    return argExtreme<int8_t>(call);
}
Status argExtremeFloat32(const Call& call) {
    return argExtreme<float>(call);
}

}  // namespace runtime
