// SPDX-License-Identifier: GPL-3.0-or-later
// TFLM with CMSIS-NN: the TFLM of the month of the library's release.
#include <array>

#include "compat/kernel_rows.h"
#include "compat/tflm_history.h"
#include "cost/tflm/kernel_library.h"

namespace compat {
namespace {

using cost::kernelVersion;
using types::DataType;
using types::LayerSupport;
using types::OpKind;
using types::Support;
using enum types::OpKind;

constexpr const char* kCmsisGlue = "tflite-micro 90b983c2, micro/kernels/cmsis_nn";

struct MonthRow {
    cost::KernelVersion version;
    Month month;
};
constexpr auto kMonths = std::to_array<MonthRow>({
    {kernelVersion(4, 0), 202211},
    {kernelVersion(4, 1), 202305},
    {kernelVersion(5, 0), 202311},
    {kernelVersion(6, 0), 202406},
    {kernelVersion(7, 0), 202411},
    {kernelVersion(26, 6), kTflmNow},
});

Month cmsisMonthOf(cost::KernelVersion version) {
    for (const MonthRow& row : kMonths)
        if (row.version == version) return row.month;
    return kTflmNow;
}

/// `since`: the month in which TFLM began to call the kernel (history of micro/kernels/cmsis_nn).
constexpr auto kCmsisKernels = std::to_array<KernelRow>({
    {ADD, DataType::Int8},
    {ADD, DataType::Int16, 202211},
    {AVERAGE_POOL_2D, DataType::Int8},
    {AVERAGE_POOL_2D, DataType::Int16, 202301},
    {BATCH_MATMUL, DataType::Int8, 202409},
    {BATCH_MATMUL, DataType::Int16, 202409},
    {CONV_2D, DataType::Int8},
    {CONV_2D, DataType::Int16},
    {DEPTHWISE_CONV_2D, DataType::Int8},
    {DEPTHWISE_CONV_2D, DataType::Int16},
    {FULLY_CONNECTED, DataType::Int8},
    {FULLY_CONNECTED, DataType::Int16},
    {MAXIMUM, DataType::Int8, 202502},
    {MAX_POOL_2D, DataType::Int8},
    {MAX_POOL_2D, DataType::Int16, 202301},
    {MINIMUM, DataType::Int8, 202502},
    {MUL, DataType::Int8},
    {MUL, DataType::Int16, 202212},
    {PAD, DataType::Int8, 202503},
    {PADV2, DataType::Int8, 202503},
    {SOFTMAX, DataType::Int8},
    {SOFTMAX, DataType::Int16},
    {SVDF, DataType::Int8},
    {TRANSPOSE, DataType::Int8, 202503},
    {TRANSPOSE_CONV, DataType::Int8, 202311},
    {UNIDIRECTIONAL_SEQUENCE_LSTM, DataType::Int8, 202303},
    {UNIDIRECTIONAL_SEQUENCE_LSTM, DataType::Int16, 202404},
});

/// True where one of these inputs is computed: by TFLM_DECODE.
bool readsComputed(const Question& q, size_t first, size_t last) {
    for (size_t i = first; i <= last; ++i)
        if (q.op.input(i) >= 0 && !q.graph.isConstant(q.op.input(i))) return true;
    return false;
}

/// Rules of kernels that take some shapes and types only.
std::optional<LayerSupport> cmsisRule(const Question& q, Month month) {
    constexpr Month kInt4 = 202311, kInt32Bias = 202404;
    const bool isSum = q.op.kind == ADD || q.op.kind == MUL;
    if (isSum && !isElementwiseAlike(q))
        return fallsBack("the library has no broadcasting", kCmsisGlue);
    if (q.hasInt4Weights() && month < kInt4)
        return fallsBack("the library takes weights of 4 bits since release 5.0",
                         "tflite-micro PR #2314");
    if (q.op.kind == UNIDIRECTIONAL_SEQUENCE_LSTM && readsComputed(q, 1, 15))
        return answer(Support::Wrong,
                      "its kernel sums the weights while it is prepared, before they are computed",
                      "tflite-micro 90b983c2, cmsis_nn/unidirectional_sequence_lstm.cc");
    if (q.op.kind == SVDF && readsComputed(q, 1, 1))
        return answer(Support::Refused,
                      "on cores with MVE its kernel takes constant features only; others run it",
                      "tflite-micro 90b983c2, cmsis_nn/svdf.cc");
    const bool hasInt32Bias = q.input(2) && q.input(2)->type == DataType::Int32;
    if (q.op.kind == CONV_2D && q.type() == DataType::Int16 && hasInt32Bias) {
        if (month < kInt32Bias)
            return fallsBack("the library takes biases of 64 bits", "tflite-micro PR #2557");
        return answer(Support::Wrong,
                      "Prepare requests no scratch for biases of 32 bits, and the kernel needs it",
                      "tflite-micro 90b983c2, cmsis_nn/conv.cc");
    }
    return std::nullopt;
}

}  // namespace

LayerSupport judgeCmsisNn(const Question& q) {
    const Month month = cmsisMonthOf(q.release);
    const Question atMonth{q.graph, q.op, q.index, month};
    LayerSupport reference = judgeTflm(atMonth);
    if (reference.verdict != Support::Runs || isOfAnyType(q.op.kind)) return reference;
    const HasKernel has = findKernel(kCmsisKernels, atMonth);
    if (has == HasKernel::Yes) {
        const auto rule = cmsisRule(q, month);
        return rule ? *rule : runs(kCmsisGlue);
    }
    if (has == HasKernel::Later)
        return fallsBack("TFLM calls the library's kernel in later releases", kCmsisGlue);
    const std::string type = q.type() ? " for " + types::dataTypeName(*q.type()) : "";
    return fallsBack("the library has no kernel" + type, kCmsisGlue);
}

}  // namespace compat
