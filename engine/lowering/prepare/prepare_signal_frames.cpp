// SPDX-License-Identifier: GPL-3.0-or-later
// CIRCULAR_BUFFER, SignalDelay, SignalFramer, SignalStacker, SignalOverlapAdd.
#include <algorithm>

#include "analysis/streaming.h"
#include "lowering/prepare/prepare.h"
#include "lowering/prepare/signal_operands.h"
#include "runtime/kernels/circular_buffer.h"
#include "runtime/kernels/signal_frames.h"

namespace lowering {
namespace {

using runtime::KernelId;
using types::DataType;
using types::Shape;

/// The second output of operators that collect samples: true where the first one is new.
void requireValidFlag(const OpView& op) {
    elements(op, op.output(1), DataType::Bool, 0, "a second output");
}

void requireElements(const OpView& op, const types::Tensor& output, uint64_t count) {
    op.require(static_cast<uint64_t>(output.elements()) == count,
               "has an output of " + std::to_string(output.elements()) + " elements, not of " +
                   std::to_string(count));
}

}  // namespace

OpPlan prepareCircularBuffer(const OpView& op) {
    requireCounts(op, 1, 1);
    const types::Tensor &slice = op.input(0), &slices = op.output();
    op.requireType(slice, DataType::Int8, "input");
    op.requireType(slices, DataType::Int8, "output");
    op.require(slice.shape.size() == 4 && slices.shape.size() == 4 && slice.elements() > 0 &&
                   slice.shape[0] == 1 && slice.shape[1] == 1 && slices.elements() > 0,
               "needs an input of shape 1x1xWxC and an output of 1xNxWxC");
    op.require(Shape{1, slices.shape[1], slice.shape[2], slice.shape[3]} == slices.shape,
               "needs an output of slices like its input");
    const auto cycles = analysis::cyclesOf(op.graph(), op.op());
    op.require(cycles.has_value(), "has options that are no number of cycles");
    ParamBlock<runtime::CircularBufferParams> params;
    params->sliceBytes = static_cast<uint32_t>(slice.bytes());
    params->keptBytes = static_cast<uint32_t>(slices.bytes() - slice.bytes());
    params->cycles = *cycles;
    OpPlan plan{KernelId::CircularBuffer, params.bytes(), {}, {}};
    plan.ownState = sizeof(int32_t);
    plan.keepsOutput = true;
    return plan;
}

OpPlan prepareDelay(const OpView& op) {
    requireCounts(op, 1, 1);
    const SignalRows rows = rowsOf(op, op.input(0), DataType::Int16, "an input");
    op.requireType(op.output(), DataType::Int16, "output");
    requireElements(op, op.output(), uint64_t{rows.count} * rows.length);
    ParamBlock<runtime::SignalDelayParams> params;
    params->rows = rows.count;
    params->frame = rows.length;
    params->delay = static_cast<uint32_t>(op.number(0, "delay_length", 0, kMaxSamples));
    OpPlan plan{KernelId::SignalDelay, params.bytes(), {}, {}};
    plan.ownState = int64_t{2} * rows.count * params->delay;
    return plan;
}

OpPlan prepareFramer(const OpView& op) {
    requireCounts(op, 1, 2);
    const SignalRows rows = rowsOf(op, op.input(0), DataType::Int16, "an input");
    op.requireType(op.output(0), DataType::Int16, "output");
    requireValidFlag(op);
    ParamBlock<runtime::SignalFramerParams> params;
    params->frame = static_cast<uint32_t>(op.number(0, "frame_size", 1, kMaxSamples));
    params->step = static_cast<uint32_t>(op.number(1, "frame_step", 1, kMaxSamples));
    const bool isPrefilled = op.number(2, "prefill", 0, 1) != 0;
    op.require(rows.length % params->step == 0, "needs rows of whole frame steps");
    op.require(!isPrefilled || params->frame >= params->step,
               "cannot be prefilled, its frames do not overlap");
    params->rows = rows.count;
    params->frames = rows.length / params->step;
    params->first = isPrefilled ? params->frame - params->step : 0;
    params->most = (params->frame - 1) / params->step * params->step;
    op.require(op.output(0).shape.size() == op.input(0).shape.size() + 1,
               "needs an output of one more axis than its input");
    requireElements(op, op.output(0), uint64_t{rows.count} * params->frames * params->frame);
    OpPlan plan{KernelId::SignalFramer, params.bytes(), {}, {}};
    plan.ownState = int64_t{rows.count} * params->rowBytes();
    return plan;
}

OpPlan prepareStacker(const OpView& op) {
    requireCounts(op, 1, 2);
    requireValidFlag(op);
    ParamBlock<runtime::SignalStackerParams> params;
    params->slice = static_cast<uint32_t>(op.number(0, "num_channels", 1, kMaxSamples));
    params->leftContext =
        static_cast<uint32_t>(op.number(1, "stacker_left_context", 0, kMaxSamples));
    const int32_t right = op.number(2, "stacker_right_context", 0, kMaxSamples);
    const int64_t slices = int64_t{params->leftContext} + right + 1;
    const int32_t step = op.number(3, "stacker_step", 1, kMaxSamples);
    op.require(step <= slices, "drops more slices than it stacks");
    op.require(slices * params->slice <= int64_t{1} << 24, "stacks more than 16 million channels");
    params->stack = static_cast<uint32_t>(slices * params->slice);
    params->step = static_cast<uint32_t>(step) * params->slice;
    op.require(elements(op, op.input(0), DataType::Int16, 1, "an input") == params->slice,
               "needs an input of num_channels");
    elements(op, op.output(0), DataType::Int16, 1, "an output");
    requireElements(op, op.output(0), params->stack);
    OpPlan plan{KernelId::SignalStacker, params.bytes(), {}, {}};
    plan.ownState = params->stateBytes();
    return plan;
}

OpPlan prepareOverlapAdd(const OpView& op) {
    requireCounts(op, 1, 1);
    const types::Tensor& input = op.input(0);
    const KernelId kernel =
        op.choose(input.type, {{DataType::Int16, KernelId::SignalOverlapAddInt16},
                               {DataType::Float32, KernelId::SignalOverlapAddFloat32}});
    const auto type = op.options<types::CustomOptions>().integer("T");
    op.require(type == static_cast<int32_t>(input.type), "has another type in its option T");
    op.requireType(op.output(), input.type, "output");
    op.require(input.shape.size() >= 2 && input.elements() > 0 &&
                   input.shape.size() == op.output().shape.size() + 1,
               "needs an input of two axes or more, and an output of one less");
    ParamBlock<runtime::SignalOverlapAddParams> params;
    params->frame = static_cast<uint32_t>(input.shape.back());
    params->frames = static_cast<uint32_t>(input.shape[input.shape.size() - 2]);
    params->rows = static_cast<uint32_t>(count(input)) / params->frame / params->frames;
    params->step = static_cast<uint32_t>(op.number(1, "frame_step", 1, input.shape.back()));
    requireElements(op, op.output(), uint64_t{params->rows} * params->frames * params->step);
    OpPlan plan{kernel, params.bytes(), {}, {}};
    plan.ownState = int64_t{elementBytes(op, input.type)} * params->rows * params->frame;
    return plan;
}

}  // namespace lowering
