// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/batch_matmul.h"

#include "runtime/kernels/dot.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

// Computes sum(left row, right column) for every element of the output.
template <typename T, typename Sum, typename Multiply, typename Finish>
Status multiplyMatrices(const Call& call, const BatchMatMulParams& p, Multiply multiply,
                        Finish finish) {
    T* output = call.output<T>();
    forEachRow(p.batches, [&](const ptrdiff_t(&offsets)[2]) {
        for (int32_t m = 0; m < p.batches.rowLength(); ++m) {
            const T* left = call.input<T>(0) + offsets[0] + m * ptrdiff_t{p.batches.rowStride(0)};
            const T* rights = call.input<T>(1) + offsets[1] + m * ptrdiff_t{p.batches.rowStride(1)};
            for (int32_t row = 0; row < p.rows; ++row, left += p.leftRowStep) {
                const T* right = rights;
                for (int32_t column = 0; column < p.columns; ++column, right += p.rightColumnStep) {
                    Sum sum{};
                    for (int32_t d = 0; d < p.depth; ++d)
                        sum = multiply(sum, left[d * ptrdiff_t{p.leftDepthStep}],
                                       right[d * ptrdiff_t{p.rightDepthStep}]);
                    *output++ = finish(sum);
                }
            }
        }
    });
    return Status::Ok;
}

template <typename T, typename Sum>
Status multiplyIntegers(const Call& call) {
    const auto& p = call.params<BatchMatMulParams>();
    return multiplyMatrices<T, Sum>(
        call, p,
        [&p](Sum sum, T a, T b) {
            return wrapSum(sum, static_cast<Sum>(wrapMul(a + p.leftOffset, b + p.rightOffset)));
        },
        [&p](Sum sum) {
            const int32_t code = wrapAdd(multiplyByFactor(sum, p.factor), p.outputOffset);
            return static_cast<T>(clamp(code, p.lowest, p.highest));
        });
}

}  // namespace

Status batchMatMulInt8(const Call& call) {
    return multiplyIntegers<int8_t, int32_t>(call);
}
Status batchMatMulInt16(const Call& call) {
    return multiplyIntegers<int16_t, int64_t>(call);
}

Status batchMatMulFloat32(const Call& call) {
    return multiplyMatrices<float, float>(
        call, call.params<BatchMatMulParams>(),
        [](float sum, float a, float b) { return sum + a * b; }, [](float sum) { return sum; });
}

}  // namespace runtime
