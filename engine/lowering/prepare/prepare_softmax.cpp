// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "lowering/prepare/prepare.h"
#include "lowering/prepare/quantized.h"
#include "lowering/prepare/tables.h"
#include "runtime/kernels/softmax.h"

namespace lowering {
namespace {

using runtime::KernelId;
using runtime::SoftmaxParams;
using types::DataType;

// TFLM assumes the output's quantization and checks it: exactly for int8, nearly for int16.
constexpr double kExactly = 0, kNearly = 0.001;

void requireOutput(const OpView& op, double scale, int32_t zeroPoint, double tolerance) {
    op.require(
        std::abs(static_cast<double>(scaleOf(op, op.output())) - scale) <= tolerance * scale &&
            zeroPointOf(op, op.output()) == zeroPoint,
        "to " + types::dataTypeName(op.output().type) + " needs output scale 1/" +
            std::to_string(std::llround(1.0 / scale)) + (tolerance == kExactly ? " exactly" : "") +
            " and zero point " + std::to_string(zeroPoint));
}

void setInt8(const OpView& op, float beta, SoftmaxParams& params) {
    params.inputFactor = fiveBitFactor(
        op, static_cast<double>(beta) * static_cast<double>(scaleOf(op, op.input(0))));
    params.smallestDiff = -fiveBitRadius(params.inputFactor);
}

void setInt16(const OpView& op, float beta, ParamBlock<SoftmaxParams>& params) {
    constexpr float kCodes = 65535.0f;
    const CodeScale unit{2.0f / kCodes, 0};
    requireOutput(op, 1.0 / 32768, 0, kNearly);
    const double scale = static_cast<double>(scaleOf(op, op.input(0)));
    params->inputFactor = factorOf(op, scale * static_cast<double>(beta) / (10.0 / 65535.0));
    params->expTable =
        params.add(makeTable({10.0f / kCodes, 32767}, unit, [](float x) { return std::exp(x); }));
    params->reciprocalTable = params.add(
        makeTable({1.0f / kCodes, -32768}, unit, [](float x) { return 1.0f / (1.0f + x); }));
}

}  // namespace

OpPlan prepareSoftmax(const OpView& op) {
    ParamBlock<SoftmaxParams> params;
    const types::Tensor &input = op.input(0), &output = op.output();
    op.require(!input.shape.empty() && input.shape == output.shape, "needs at least 1-D");
    const float beta = op.options<types::SoftmaxOptions>().beta;
    op.require(std::isfinite(beta), "has a beta that is not a number");
    params->depth = input.shape.back();
    params->rows = params->depth == 0 ? 0 : count(input) / params->depth;
    params->beta = beta;
    if (input.type == DataType::Int8 && output.type == DataType::Int16) {
        requireOutput(op, 1.0 / 65536, -32768, kNearly);
        setInt8(op, beta, *params);
        return {KernelId::SoftmaxInt8ToInt16, params.bytes(), {}, {}};
    }
    op.requireType(output, input.type, "output");
    const KernelId kernel = op.choose(input.type, {{DataType::Int8, KernelId::SoftmaxInt8},
                                                   {DataType::Int16, KernelId::SoftmaxInt16},
                                                   {DataType::Float32, KernelId::SoftmaxFloat32}});
    if (input.type == DataType::Int8) {
        requireOutput(op, 1.0 / 256, -128, kExactly);
        setInt8(op, beta, *params);
    } else if (input.type == DataType::Int16) {
        setInt16(op, beta, params);
    }
    return {kernel, params.bytes(), {}, {}};
}

}  // namespace lowering
