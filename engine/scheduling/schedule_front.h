// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The front of schedules: the least MACs for each size of the arena.
//
// Every run of consecutive operators that compute rows is a stage that might be taken; its own peak
// and cost are exact. For a limit, the cheapest division of the model into stages below the limit
// is a shortest path. Stages at the peak are then tried with rows that are computed again, which
// need less and cost MACs. The divisions found are planned, and those that no other beats are the
// front.

#include "scheduling/schedule.h"
#include "types/result.h"
#include "types/work.h"

namespace scheduling {

struct FrontOptions {
    bool feeds = false;  ///< the caller gives model inputs row by row
    types::Isa isa = types::Isa::Portable;
};

struct SchedulePoint {
    Schedule schedule;
    size_t problem = 0;    ///< index of ScheduleFront::problems
    types::BandPlan plan;  ///< without steps
};

struct ScheduleFront {
    std::vector<Problem> problems;      ///< the model in each order that was tried
    std::vector<SchedulePoint> points;  ///< by growing arena and falling MACs
    SchedulePoint whole;                ///< each operator as a whole
    int64_t tried = 0;                  ///< stages and divisions that were evaluated
};

types::Result<ScheduleFront> findFront(const types::Graph& graph, const FrontOptions& options = {},
                                       const types::Work& work = {});

/// Plans a point with its steps, for lowering.
types::BandPlan planOf(const ScheduleFront& front, const SchedulePoint& point);

/// The point with the least MACs whose arena is at most `bytes`; null where none is.
const SchedulePoint* cheapestWithin(const ScheduleFront& front, int64_t bytes);

}  // namespace scheduling
