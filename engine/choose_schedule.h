// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The knob that executes a model in bands of rows: which schedule of the front it chooses, what the
// evaluation then says, and the Programs that run so.
//
// Thread rules: pure functions.

#include "lowering/execution.h"
#include "scheduling/schedule_front.h"
#include "types/evaluation.h"
#include "types/result.h"
#include "types/work.h"

namespace engine {

/// The front as rows, numbered from 1 on; arenas with what kernels read beyond them.
std::vector<types::ScheduleRow> rowsOf(const scheduling::ScheduleFront& front);

/// Chooses for the board's core and, where its profile tells it, by time (engine/schedules_on.h).
/// `device` may be null. Errors: no schedule within the bytes, no such row, a model that cannot
/// run.
types::Result<types::ChosenSchedule> chooseSchedule(const types::Graph& graph,
                                                    const types::ScheduleKnobs& knobs,
                                                    const types::DevicePtr& device,
                                                    const types::Work& work = {});

/// Sets the plan, counts and changes of an evaluation whose schedule is chosen and whose layers are
/// counted as wholes. Totals and budgets stay those of TFLM where the board runs that, and
/// Evaluation::scheduleGap says so.
void applySchedule(types::Evaluation& evaluation);

/// The model of an evaluation with a schedule, lowered for any kernels: those that it was planned
/// for as they are; for others the fastest schedule with as many bytes, or the smallest.
types::Result<lowering::Lowered> lowerScheduled(const types::Evaluation& evaluation,
                                                types::Isa isa);

}  // namespace engine
