// SPDX-License-Identifier: GPL-3.0-or-later
// SignalFilterBank, SignalFilterBankSquareRoot, SignalFilterBankSpectralSubtraction, SignalPCAN,
// SignalFilterBankLog.
#include <cmath>

#include "lowering/prepare/prepare.h"
#include "lowering/prepare/signal_operands.h"
#include "runtime/kernels/signal_filter_bank.h"

namespace lowering {
namespace {

using runtime::KernelId;
using types::DataType;

constexpr int32_t kAny = INT32_MAX, kLeast = INT32_MIN;

/// One channel per element of the input; refuses an output of another count.
uint32_t channelsOf(const OpView& op, DataType in, DataType out) {
    const uint32_t channels = elements(op, op.input(0), in, 1, "an input");
    op.require(elements(op, op.output(0), out, 1, "an output") == channels,
               "needs an output of its input's channels");
    return channels;
}

std::vector<uint16_t> logTable() {
    std::vector<uint16_t> table;
    for (int i = 0; i <= runtime::kLogSegments; ++i) {
        const double x = static_cast<double>(i) / runtime::kLogSegments;
        table.push_back(static_cast<uint16_t>(std::lround(65536 * (std::log2(1 + x) - x))));
    }
    return table;
}

}  // namespace

OpPlan prepareFilterBank(const OpView& op) {
    requireCounts(op, 6, 1);
    ParamBlock<runtime::SignalFilterBankParams> params;
    params->channels = op.number(0, "num_channels", 1, kMaxSamples);
    const auto channels = static_cast<uint32_t>(params->channels);
    params->energies =
        static_cast<int32_t>(elements(op, op.input(0), DataType::UInt32, 1, "an input"));
    params->weights =
        static_cast<int32_t>(std::min(elements(op, op.input(1), DataType::Int16, 1, "weights"),
                                      elements(op, op.input(2), DataType::Int16, 1, "unweights")));
    for (size_t i : {3, 4, 5})
        op.require(elements(op, op.input(i), DataType::Int16, 1, "bands") > channels,
                   "needs a band more than it has channels");
    op.require(elements(op, op.output(), DataType::UInt64, 1, "an output") == channels,
               "needs an output of num_channels");
    return {KernelId::SignalFilterBank, params.bytes(), {}, {}};
}

OpPlan prepareSquareRoot(const OpView& op) {
    requireCounts(op, 2, 1);
    ParamBlock<runtime::SignalSquareRootParams> params;
    params->channels = channelsOf(op, DataType::UInt64, DataType::UInt32);
    elements(op, op.input(1), DataType::Int32, 0, "a shift");
    return {KernelId::SignalFilterBankSquareRoot, params.bytes(), {}, {}};
}

OpPlan prepareSpectralSubtraction(const OpView& op) {
    requireCounts(op, 1, 2);
    ParamBlock<runtime::SignalSubtractionParams> params;
    params->channels = channelsOf(op, DataType::UInt32, DataType::UInt32);
    op.require(elements(op, op.output(1), DataType::UInt32, 1, "estimates") == params->channels,
               "needs an estimate per channel");
    const auto any = [&](size_t position, const char* name) {
        return static_cast<uint32_t>(op.number(position, name, kLeast, kAny));
    };
    params->oneMinusSmoothing[1] = any(0, "alternate_one_minus_smoothing");
    params->smoothing[1] = any(1, "alternate_smoothing");
    params->clamps = op.number(2, "clamping", 0, 1);
    params->least = any(3, "min_signal_remaining");
    const int32_t channels = op.number(4, "num_channels", 0, kMaxSamples);
    op.require(static_cast<uint32_t>(channels) == params->channels,
               "needs an input of num_channels");
    params->oneMinusSmoothing[0] = any(5, "one_minus_smoothing");
    params->smoothing[0] = any(6, "smoothing");
    params->smoothingBits = op.number(7, "smoothing_bits", 0, 31);
    params->bits = op.number(8, "spectral_subtraction_bits", 0, 63);
    OpPlan plan{KernelId::SignalFilterBankSpectralSubtraction, params.bytes(), {}, {}};
    plan.ownState = int64_t{4} * params->channels;
    op.require(plan.ownState > 0, "needs a channel");
    return plan;
}

OpPlan preparePcan(const OpView& op) {
    requireCounts(op, 3, 1);
    ParamBlock<runtime::SignalPcanParams> params;
    params->channels = channelsOf(op, DataType::UInt32, DataType::UInt32);
    op.require(elements(op, op.input(1), DataType::UInt32, 1, "estimates") >= params->channels,
               "needs an estimate per channel");
    params->table = elements(op, op.input(2), DataType::Int16, 1, "a table of gains");
    params->shift = op.number(0, "snr_shift", 0, 63);
    return {KernelId::SignalPcan, params.bytes(), {}, {}};
}

OpPlan prepareFilterBankLog(const OpView& op) {
    requireCounts(op, 1, 1);
    ParamBlock<runtime::SignalLogParams> params;
    params->channels = channelsOf(op, DataType::UInt32, DataType::Int16);
    params->shift = op.number(0, "input_correction_bits", 0, 31);
    params->scale = static_cast<uint32_t>(op.number(1, "output_scale", kLeast, kAny));
    params->table = params.add(logTable());
    return {KernelId::SignalFilterBankLog, params.bytes(), {}, {}};
}

}  // namespace lowering
