// SPDX-License-Identifier: GPL-3.0-or-later
#include "compat/question.h"
#include "compat/tflm_history.h"
#include "cost/tflm/tflm_refusal.h"

namespace compat {
namespace {

using types::DataType;
using types::LayerSupport;
using types::OpKind;
using types::Support;

constexpr const char* kReferenceKernels = "tflite-micro 90b983c2, micro/kernels";

std::string monthText(Month month) {
    const std::string digits = std::to_string(month);
    return digits.substr(0, 4) + "-" + digits.substr(4);
}

LayerSupport refusedBefore(const Learned& learned, const std::string& what) {
    return answer(Support::Refused, what + " since " + monthText(learned.month), learned.source);
}

/// TFLM reads no scales in blocks, and finds none where a kernel needs one.
bool hasBlockScales(const Question& q) {
    for (const auto* list : {&q.op.inputs, &q.op.outputs})
        for (int32_t tensor : *list)
            if (tensor >= 0 && q.graph.tensor(tensor).blockScales) return true;
    return false;
}

/// Weights of FULLY_CONNECTED with a scale per output were read with the first scale alone, until
/// such models were refused, and later run.
std::optional<LayerSupport> perChannelDense(const Question& q) {
    constexpr Month kRefused = 202405, kRun = 202409;
    if (q.op.kind != OpKind::FULLY_CONNECTED || !q.isPerChannel() || q.release >= kRun)
        return std::nullopt;
    if (q.type() == DataType::Float32) return std::nullopt;
    if (q.release >= kRefused)
        return answer(Support::Refused, "takes one scale for all weights until 2024-09",
                      "tflite-micro PR #2602");
    return answer(Support::Wrong, "all outputs get the scale of the first",
                  "tflite-micro PR #2602");
}

}  // namespace

LayerSupport judgeTflm(const Question& q) {
    const auto refusal = cost::tflmRefusal(q.graph, q.op);
    if (refusal) return answer(Support::Refused, *refusal, kReferenceKernels);
    if (hasBlockScales(q))
        return answer(Support::Wrong, "scales in blocks are not read, which ends in a crash",
                      "tflite-micro 90b983c2, run on x86-64");
    if (q.release >= kTflmNow) return runs(kReferenceKernels);
    if (const Learned learned = learnedOperator(q.op.kind); learned.month > q.release)
        return refusedBefore(learned, "has this operator");
    if (const auto dense = perChannelDense(q)) return *dense;
    const auto learned = learnedType(q);
    if (!learned)
        return answer(Support::Unknown,
                      "when its kernel learned " + types::dataTypeName(*q.type()) +
                          " was not read; in 2026-08 it has",
                      kReferenceKernels);
    if (learned->month > q.release) return refusedBefore(*learned, "has this type");
    return runs(learned->source);
}

}  // namespace compat
