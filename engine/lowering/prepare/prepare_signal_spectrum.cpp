// SPDX-License-Identifier: GPL-3.0-or-later
// SignalWindow, SignalFftAutoScale, SignalRfft, SignalIrfft, SignalEnergy. The factors of an FFT
// are computed as KISS FFT computes them when TFLM prepares the operator.
#include <cmath>

#include "lowering/prepare/prepare.h"
#include "lowering/prepare/signal_operands.h"
#include "runtime/kernels/signal_spectrum.h"

namespace lowering {
namespace {

using runtime::KernelId;
using types::DataType;

/// exp(i * phase) in the numbers of the kernel.
template <typename T>
void appendFactor(double phase, std::vector<T>& factors) {
    for (const double part : {std::cos(phase), std::sin(phase)})
        if constexpr (std::is_same_v<T, float>)
            factors.push_back(static_cast<float>(part));
        else
            factors.push_back(
                static_cast<T>(std::floor(.5 + std::numeric_limits<T>::max() * part)));
}

template <typename T>
void addFactors(ParamBlock<runtime::SignalFftParams>& params, bool isInverse) {
    constexpr double kPi = 3.141592653589793238462643383279502884;
    const auto half = static_cast<int32_t>(params->length / 2);
    const double sign = isInverse ? -1 : 1;
    std::vector<T> twiddles, ends;
    for (int32_t i = 0; i < half; ++i)
        appendFactor(sign * (-2 * kPi * i / half), twiddles);
    for (int32_t i = 0; i < half / 2; ++i)
        appendFactor(sign * (-kPi * (static_cast<double>(i + 1) / half + .5)), ends);
    params->twiddles = params.add(twiddles);
    params->ends = params.add(ends);
}

/// Radices of the stages, each with the length of the transforms that it joins: fours first, then
/// twos, then odd ones. TFLM has no memory for radices above 5.
std::vector<int32_t> stagesOf(const OpView& op, int32_t length) {
    std::vector<int32_t> stages;
    int32_t radix = 4;
    while (length > 1) {
        while (radix <= 5 && length % radix != 0)
            radix = radix == 4 ? 2 : radix == 2 ? 3 : radix + 2;
        op.require(radix <= 5, "needs an FFT whose half length has no other factors than 2, 3, 5");
        length /= radix;
        stages.insert(stages.end(), {radix, length});
    }
    return stages;
}

OpPlan planFft(const OpView& op, bool isInverse) {
    requireCounts(op, 1, 1);
    const types::Tensor &input = op.input(0), &output = op.output();
    const auto kernels = [&](KernelId forward, KernelId inverse) {
        return isInverse ? inverse : forward;
    };
    const KernelId kernel = op.choose(
        input.type,
        {{DataType::Int16, kernels(KernelId::SignalRfftInt16, KernelId::SignalIrfftInt16)},
         {DataType::Int32, kernels(KernelId::SignalRfftInt32, KernelId::SignalIrfftInt32)},
         {DataType::Float32, kernels(KernelId::SignalRfftFloat32, KernelId::SignalIrfftFloat32)}});
    const auto type = op.options<types::CustomOptions>().integer("T");
    op.require(type == static_cast<int32_t>(input.type), "has another type in its option T");
    const int32_t length = op.number(1, "fft_length", 4, kMaxSamples);
    op.require(length % 2 == 0, "needs an even fft_length");
    const SignalRows in = rowsOf(op, input, input.type, "an input");
    const SignalRows out = rowsOf(op, output, input.type, "an output");
    const auto values = static_cast<uint32_t>(length);
    op.require(in.count == out.count && input.shape.size() == output.shape.size(),
               "needs an output of as many rows as its input");
    op.require(isInverse ? in.length == values + 2 && out.length == values
                         : in.length <= values && out.length == values + 2,
               "of " + std::to_string(length) + " values does not fit its operands");
    ParamBlock<runtime::SignalFftParams> params;
    params->rows = in.count;
    params->inputStep = in.length;
    params->outputStep = out.length;
    params->length = values;
    params->stages = params.add(stagesOf(op, length / 2));
    if (input.type == DataType::Int16)
        addFactors<int16_t>(params, isInverse);
    else if (input.type == DataType::Int32)
        addFactors<int32_t>(params, isInverse);
    else
        addFactors<float>(params, isInverse);
    OpPlan plan{kernel, params.bytes(), {}, {}};
    plan.ownState = int64_t{length} * elementBytes(op, input.type);
    if (!isInverse) plan.scratch = {plan.ownState};
    return plan;
}

}  // namespace

OpPlan prepareWindow(const OpView& op) {
    requireCounts(op, 2, 1);
    const SignalRows rows = rowsOf(op, op.input(0), DataType::Int16, "an input");
    op.requireType(op.output(), DataType::Int16, "output");
    op.require(op.output().shape == op.input(0).shape, "needs an output of its input's shape");
    ParamBlock<runtime::SignalWindowParams> params;
    params->length = elements(op, op.input(1), DataType::Int16, 1, "weights");
    const uint32_t samples = rows.count * rows.length;
    op.require(params->length > 0 && samples % params->length == 0,
               "needs an input of whole windows");
    params->windows = samples / params->length;
    params->shift = op.number(0, "shift", 0, 31);
    return {KernelId::SignalWindow, params.bytes(), {}, {}};
}

OpPlan prepareFftAutoScale(const OpView& op) {
    requireCounts(op, 1, 2);
    ParamBlock<runtime::SignalFftAutoScaleParams> params;
    params->count = elements(op, op.input(0), DataType::Int16, 1, "an input");
    op.require(elements(op, op.output(0), DataType::Int16, 1, "an output") == params->count,
               "needs an output of its input's shape");
    elements(op, op.output(1), DataType::Int32, 0, "a second output");
    return {KernelId::SignalFftAutoScale, params.bytes(), {}, {}};
}

OpPlan prepareRfft(const OpView& op) {
    return planFft(op, false);
}

OpPlan prepareIrfft(const OpView& op) {
    return planFft(op, true);
}

OpPlan prepareEnergy(const OpView& op) {
    requireCounts(op, 1, 1);
    const uint32_t values = elements(op, op.input(0), DataType::Int16, 1, "an input");
    const uint32_t energies = elements(op, op.output(), DataType::UInt32, 1, "an output");
    const auto most = static_cast<int32_t>(std::min(values / 2, energies));
    ParamBlock<runtime::SignalEnergyParams> params;
    params->end = static_cast<uint32_t>(op.number(0, "end_index", 0, most));
    params->start = static_cast<uint32_t>(op.number(1, "start_index", 0, most));
    return {KernelId::SignalEnergy, params.bytes(), {}, {}};
}

}  // namespace lowering
