// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/transpose_conv.h"

namespace runtime {

Status transposeConvInt8(const Call& call) {
    return spreadIntegers<int8_t, int32_t>(call);
}
Status transposeConvInt16(const Call& call) {
    return spreadIntegers<int16_t, int64_t>(call);
}

}  // namespace runtime
