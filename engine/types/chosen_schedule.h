// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Schedules of our own runtime, which executes a model in bands of rows: a row of their front, and
// the one that the knob of a Variation chose.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "types/band_plan.h"
#include "types/memory_plan.h"
#include "types/target.h"

namespace types {

/// One schedule that no other of its kind beats in arena, MACs and time; where that is not known,
/// in calls and moved bytes instead of it.
struct ScheduleRow {
    int32_t number = 0;  ///< from 1 on: value of the knob
    int64_t arenaBytes = 0;
    int64_t macs = 0;  ///< with those of rows that are computed again
    std::optional<double> timeUs;
    bool isFed = false;  ///< the caller gives the input row by row: it is not in the arena
    std::string text;    ///< "#0-#4 by 1 row"
};

/// Operators that run together, a few rows at a time.
struct OperatorBand {
    int32_t first = 0, end = 0;  ///< positions in BandPlan::order
    int32_t rows = 0;            ///< of one call, at most
};

struct ChosenSchedule {
    ScheduleRow row;
    BandPlan plan;            ///< with steps
    Isa isa = Isa::Portable;  ///< the kernels that it was planned for
    std::vector<OperatorBand> bands;
    int64_t wholeMacs = 0, wholeArenaBytes = 0;  ///< of each operator as a whole
};

/// Bytes of the arena in use at a time of a plan: bytes that buffers share count once.
int64_t bytesInUse(const MemoryPlan& plan, int32_t time);

/// The plan's buffers, in the same order; times are positions in its order. Its bound is the
/// greatest number of bytes in use at one time.
MemoryPlan memoryPlanOf(const BandPlan& plan);

}  // namespace types
