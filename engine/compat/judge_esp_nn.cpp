// SPDX-License-Identifier: GPL-3.0-or-later
// TFLM with ESP-NN: the esp-tflite-micro of the month of the library's release.
#include <array>

#include "compat/kernel_rows.h"
#include "compat/tflm_history.h"
#include "cost/tflm/esp_scratch.h"
#include "cost/tflm/window_dims.h"

namespace compat {
namespace {

using cost::kernelVersion;
using types::DataType;
using types::LayerSupport;
using types::Support;
using enum types::OpKind;

constexpr const char* kEspGlue = "esp-tflite-micro 1.4.0, micro/kernels/esp_nn";

Month espMonthOf(cost::KernelVersion version) {
    if (version >= kernelVersion(1, 2)) return kTflmNow;
    if (version >= kernelVersion(1, 1, 2)) return 202509;
    if (version >= kernelVersion(1, 1, 1)) return 202503;
    if (version >= kernelVersion(1, 1)) return 202409;
    return version >= kernelVersion(1, 0, 2) ? 202310 : 202306;
}

constexpr auto kEspKernels = std::to_array<KernelRow>({
    {ADD, DataType::Int8},
    {AVERAGE_POOL_2D, DataType::Int8},
    {CONV_2D, DataType::Int8},
    {DEPTHWISE_CONV_2D, DataType::Int8},
    {FULLY_CONNECTED, DataType::Int8},
    {MAX_POOL_2D, DataType::Int8},
    {MUL, DataType::Int8},
    {SOFTMAX, DataType::Int8},
});

std::optional<LayerSupport> convolution(const Question& q) {
    const auto dims = cost::windowDims(q.graph, q.op);
    if (!dims) return std::nullopt;
    if (dims->isDilated()) return fallsBack("the library has no dilation", kEspGlue);
    if (q.op.kind != CONV_2D || dims->filterChannels == dims->inChannels) return std::nullopt;
    if (q.release >= kernelVersion(1, 2, 3))
        return answer(Support::FallsBack, "the library's plain C runs groups of channels",
                      "ESP-NN 1.2.3, convolution/esp_nn_conv_ansi.c");
    return answer(Support::Wrong,
                  "the kernel knows no groups of channels and reads beyond the filter",
                  "ESP-NN before 1.2.3, convolution/esp_nn_conv_ansi.c");
}

std::optional<LayerSupport> dense(const Question& q) {
    if (!q.isPerChannel()) return std::nullopt;
    if (q.release < kernelVersion(1, 1, 1))
        return answer(Support::Wrong, "all outputs get the scale of the first",
                      "esp-tflite-micro PR #109");
    if (q.output() && !q.output()->shape.empty() && q.output()->shape.back() == 2)
        return answer(Support::Wrong,
                      "on ESP32-S3, two outputs with a scale each depend on where weights lie",
                      "esp-nn issue #34, open in 2026");
    return std::nullopt;
}

std::optional<LayerSupport> softmax(const Question& q) {
    if (q.output() && q.output()->type != DataType::Int8)
        return fallsBack("the library has no output of int16", kEspGlue);
    if (q.input(0)->shape.size() < 2)
        return answer(Support::Unknown, "the scratch is counted from behind a shape of rank 1",
                      "esp-tflite-micro 1.4.0, esp_nn/softmax.cc");
    const int64_t missing = cost::espSoftmaxShortfall(q.graph, q.op);
    if (missing == 0) return std::nullopt;
    return answer(Support::Wrong,
                  "the scratch is counted by dimension 1 and lacks " + std::to_string(missing) +
                      " bytes that the kernel writes",
                  "esp-tflite-micro 1.4.0, esp_nn/softmax.cc");
}

std::optional<LayerSupport> espRule(const Question& q) {
    if (q.hasInt4Weights()) return fallsBack("weights of 4 bits are unpacked for it", kEspGlue);
    switch (q.op.kind) {
        case CONV_2D:
        case DEPTHWISE_CONV_2D:
            return convolution(q);
        case FULLY_CONNECTED:
            return dense(q);
        case SOFTMAX:
            return softmax(q);
        case ADD:
        case MUL:
            if (!isElementwiseAlike(q))
                return fallsBack("the library has no broadcasting", kEspGlue);
            return std::nullopt;
        default:
            return std::nullopt;
    }
}

}  // namespace

LayerSupport judgeEspNn(const Question& q) {
    LayerSupport reference = judgeTflm({q.graph, q.op, q.index, espMonthOf(q.release)});
    const bool hasKernel = findKernel(kEspKernels, q) == HasKernel::Yes;
    const bool isWrongDense = reference.verdict == Support::Wrong && hasKernel;
    if (reference.verdict != Support::Runs && !isWrongDense) return reference;
    if (isOfAnyType(q.op.kind)) return reference;
    if (!hasKernel) {
        const std::string type = q.type() ? " for " + types::dataTypeName(*q.type()) : "";
        return fallsBack("the library has no kernel" + type, kEspGlue);
    }
    const auto rule = espRule(q);
    return rule ? *rule : runs(kEspGlue);
}

}  // namespace compat
