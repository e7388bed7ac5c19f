// SPDX-License-Identifier: GPL-3.0-or-later
// Runtimes whose sources are not public or read other files: what their documents and published
// runs state. All else is unknown.
#include <algorithm>
#include <array>
#include <span>

#include "compat/kernel_rows.h"
#include "cost/tflm/window_dims.h"

namespace compat {
namespace {

using types::DataType;
using types::LayerSupport;
using types::OpKind;
using types::Support;
using enum types::OpKind;

bool isIn(std::span<const OpKind> kinds, OpKind kind) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

LayerSupport unknown(const std::string& reason, const std::string& source) {
    return answer(Support::Unknown, reason, source);
}

// ---- ST Edge AI Core (X-CUBE-AI) ----

constexpr const char* kStTable = "ST Edge AI Core 3.0.0, TensorFlow Lite toolbox support";
constexpr const char* kStRuns = "MLPerf Tiny v1.2 and v1.3, runs of STMicroelectronics";
constexpr const char* kStNews = "ST Edge AI Core 2.0.0, release note";

/// Operators of the int8 models that ST ran and published.
constexpr auto kStPublished = std::to_array<OpKind>(
    {ADD, AVERAGE_POOL_2D, CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED, RESHAPE, SOFTMAX});
/// Operators that release 2.0.0 added; their types are not stated.
constexpr auto kStSince2 =
    std::to_array<OpKind>({BATCH_MATMUL, BROADCAST_ARGS, BROADCAST_TO, GATHER_ND, RELU_0_TO_1});

// ---- ExecuTorch, Cortex-M backend ----

constexpr const char* kExecuTorch = "ExecuTorch 1.6, docs/source/backends/arm-cortex-m";

/// Operators with a CMSIS-NN kernel for int8 activations and weights.
constexpr auto kExecuTorchKernels = std::to_array<OpKind>(
    {ADD, AVERAGE_POOL_2D, BATCH_MATMUL, CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED, MAXIMUM,
     MAX_POOL_2D, MINIMUM, MUL, PAD, SOFTMAX, TRANSPOSE, TRANSPOSE_CONV});

// ---- Nordic Axon ----

constexpr const char* kAxonInput = "Nordic Edge AI Lab, Compile your own model";
constexpr const char* kAxonLimits = "ExecuTorch PR #18863, constraints of Axon";

/// Operators that the NPU runs, with the largest filter or row that it takes.
struct AxonRow {
    OpKind kind;
    int64_t most;
};
constexpr auto kAxonRows = std::to_array<AxonRow>({
    {ADD, 0},
    {AVERAGE_POOL_2D, 32},
    {CONV_2D, 16},
    {DEPTHWISE_CONV_2D, 16},
    {FULLY_CONNECTED, 2048},
    {MAX_POOL_2D, 32},
    {MUL, 0},
    {RELU, 0},
    {RELU6, 0},
});

/// Operators that the core computes beside the NPU.
constexpr auto kAxonExtensions = std::to_array<OpKind>({LOGISTIC, SOFTMAX, TANH});

/// The size that AxonRow::most limits.
int64_t sizeOf(const Question& q) {
    if (q.op.kind == FULLY_CONNECTED)
        return q.input(1) ? std::max(q.input(1)->shape.front(), q.input(1)->shape.back()) : 0;
    if (const auto dims = cost::windowDims(q.graph, q.op))
        return std::max(dims->filterHeight, dims->filterWidth);
    const auto* window = std::get_if<types::WindowOptions>(&q.op.options);
    return window ? std::max(window->filterHeight, window->filterWidth) : 0;
}

LayerSupport axonKernel(const Question& q, const AxonRow& row) {
    const int64_t size = sizeOf(q);
    if (row.most > 0 && size > row.most)
        return answer(Support::Refused,
                      "takes at most " + std::to_string(row.most) + ", not " + std::to_string(size),
                      kAxonLimits);
    return runs(kAxonLimits);
}

}  // namespace

LayerSupport judgeStEdgeAi(const Question& q) {
    if (q.hasInt4Weights())
        return answer(Support::FallsBack,
                      "weights of 4 bits run on Neural-ART alone; elsewhere they become int8",
                      "ST Edge AI Core 3.0, release note");
    if (q.isHybrid()) return unknown("no document states hybrid operators", kStTable);
    if (q.type() == DataType::Int8 && isIn(kStPublished, q.op.kind)) return runs(kStRuns);
    constexpr int32_t kRelease2 = 20'000;
    if (isIn(kStSince2, q.op.kind))
        return q.release >= kRelease2
                   ? unknown("is imported; for which types is not stated", kStNews)
                   : answer(Support::Refused, "is imported since 2.0.0", kStNews);
    return unknown("look it up in the document", kStTable);
}

LayerSupport judgeExecuTorch(const Question& q) {
    const auto type = q.type();
    const bool hasKernel = isIn(kExecuTorchKernels, q.op.kind);
    if (hasKernel && type == DataType::Int8 && !q.hasInt4Weights()) {
        const bool isPerChannelDense = q.op.kind == FULLY_CONNECTED && q.isPerChannel();
        if (!isPerChannelDense) return runs(kExecuTorch);
        return answer(Support::FallsBack, "takes one scale for all weights of a linear layer",
                      kExecuTorch);
    }
    if (types::isCustom(q.op.kind)) return unknown("no document states this operator", kExecuTorch);
    if (type == DataType::Float32)
        return answer(Support::FallsBack, "portable float32 kernels run it", kExecuTorch);
    const std::string what = q.hasInt4Weights() ? " for weights of 4 bits"
                             : type             ? " for " + types::dataTypeName(*type)
                                                : "";
    return answer(Support::FallsBack,
                  "no CMSIS-NN kernel is called" + what + "; portable float32 kernels run it",
                  kExecuTorch);
}

LayerSupport judgeAxon(const Question& q) {
    const auto type = q.type();
    if (type && (*type == DataType::Float32 || *type == DataType::Int16))
        return answer(Support::Refused, "takes int8 models only, not " + types::dataTypeName(*type),
                      kAxonInput);
    if (q.hasInt4Weights())
        return answer(Support::Refused, "takes int8 weights only, not int4", kAxonInput);
    for (const AxonRow& row : kAxonRows)
        if (row.kind == q.op.kind) return axonKernel(q, row);
    if (isIn(kAxonExtensions, q.op.kind))
        return answer(Support::FallsBack, "the core computes it, not the NPU", kAxonLimits);
    return unknown("no public document states this operator", kAxonLimits);
}

}  // namespace compat
